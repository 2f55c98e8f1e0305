/** Checks the cosignatures of a checkpoint against a policy. */

import { keyText } from '../../core/crypto/index.ts';
import { decodeUtf8 } from '../../core/encoding/index.ts';
import {
  type Checkpoint,
  checkCosignature,
  isWitnessKey,
  meetsQuorum,
  type PolicyWitness,
  readCheckpoint,
  readVerifierKey,
  type TlogPolicy,
  verifierKeyText,
  type WitnessKey,
} from '../../core/log/index.ts';
import { type Finding, foundLog, observation } from '../evidence/index.ts';
import type { MonitoredLog, TreeHead } from '../log/index.ts';

/** Reports whether a policy applies to a log: it names the log's key, or no log at all. */
export function appliesTo({ logs }: TlogPolicy, { publicKey }: Pick<MonitoredLog, 'publicKey'>): boolean {
  return logs.length === 0 || logs.some((log) => verifierKeyText(log) === keyText(publicKey));
}

/** Returns the finding that a checkpoint does not meet the quorum of a policy, if it does not. */
export async function checkQuorum(
  policy: TlogPolicy,
  log: MonitoredLog,
  head: TreeHead,
  now: Date,
): Promise<readonly Finding[]> {
  const checkpoint = readCheckpoint(decodeUtf8(head.note) ?? '');
  const cosigned = new Set<PolicyWitness>();
  const refused: string[] = [];
  for (const witness of policy.witnesses) {
    const check = await checkCosignature(checkpoint, witness.key, now);
    if (check.status === 'valid') cosigned.add(witness);
    if (check.status === 'refused') refused.push(`the cosignature of ${witness.key.name} ${check.reason}`);
  }
  if (meetsQuorum(policy, cosigned)) return [];
  const by = [...cosigned].map(({ key }) => key.name).join(', ');
  const message = [
    `the checkpoint of ${head.size} entries is cosigned by ${by === '' ? 'no witness' : by} of the policy, which does not meet its quorum`,
    ...refused,
  ].join('; ');
  const remedy =
    'Witnesses may be down. Run the audit again later; if the finding remains, ask the operator of the log.';
  return [observation('WITNESS_QUORUM', foundLog(log, head.origin), message, remedy)];
}

/** The keys of witnesses that cosign checkpoints of Sigstore's logs. They are used for the time of a checkpoint, and are not required. */
const knownWitnesses = [
  'witness.navigli.sunlight.geomys.org+a3e00fe2+BNy/co4C1Hn1p+INwJrfUlgz7W55dSZReusH/GhUhJ/G',
  'witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv',
  'staging.witness.transparency.goog/ring-any-bells+2e1a8dc9+BG5JTpLc3FJtwzgh1Uv+Qelz9qeOH2bfWjS1s0s+y4rL',
];

/** Returns a function that finds the latest time at which a known witness, or one of the policy, cosigned a checkpoint. */
export function cosignatureTimes(
  policy: TlogPolicy | undefined,
  clock: () => Date,
): (checkpoint: Checkpoint) => Promise<Date | undefined> {
  const known = knownWitnesses.map((key) => readVerifierKey(key, 'witness')).filter(isWitnessKey);
  const keys: readonly WitnessKey[] = [...known, ...(policy?.witnesses ?? []).map(({ key }) => key)];
  return async (checkpoint) => {
    let latest: Date | undefined;
    for (const key of keys) {
      const check = await checkCosignature(checkpoint, key, clock());
      if (check.status === 'valid' && (latest === undefined || check.time > latest)) latest = check.time;
    }
    return latest;
  };
}
