/** Step 6: transparency logs that hold an entry about this very signature. */

import type { Bundle, LogEntry, LogInclusion } from '../../bundle/index.ts';
import { countKeys, keyText } from '../../crypto/index.ts';
import { encodeHex, equalBytes } from '../../encoding/index.ts';
import { fail } from '../../errors/index.ts';
import {
  type Checkpoint,
  countWitnesses,
  isCosignedBy,
  leafHash,
  readCheckpoint,
  verifyCheckpoint,
  verifyInclusion,
  type WitnessKey,
} from '../../log/index.ts';
import type { Policy } from '../../policy/index.ts';
import { covers, type TransparencyLog, type TrustedRoot } from '../../trust/index.ts';
import type { Artifact } from '../artifact.ts';
import { atLeast, type Checked, check } from '../criterion.ts';
import { checkEntryBody, isRekorV2, type Logged } from '../entry-body.ts';
import { findLog } from '../find-log.ts';
import { remember } from '../remember.ts';
import { findRepeat } from '../repeats.ts';
import type { Signer } from '../signer.ts';
import type { VerifiedTime } from './times.ts';

export interface VerifiedLogEntry {
  readonly log: TransparencyLog;
  readonly logIndex: bigint;
  /** The size of the tree in which the entry is proven to be; `undefined` if the log has only promised to include it. */
  readonly treeSize: bigint | undefined;
  /** The witnesses of the policy that have cosigned the checkpoint of that tree. */
  readonly witnesses: readonly string[];
}

/** An inclusion proof whose checkpoint the log signed. */
type SignedProof = Omit<LogInclusion, 'checkpoint'> & { readonly checkpoint: Checkpoint };

const howToComplete =
  'The log may have been down when this was signed. Anyone who has the bundle can add the entry with `countersign complete`. To accept signatures with a timestamp alone, set `accept-timestamp-only`.';

/** Prepares the step for one artifact, and starts the signatures of the checkpoints. Entries about a statement are verified once. */
export function logStep(
  bundle: Bundle,
  trust: TrustedRoot,
  policy: Policy,
): (
  artifact: Artifact,
) => (
  signer: Signer | undefined,
  times: readonly VerifiedTime[] | undefined,
) => Promise<Checked<readonly VerifiedLogEntry[]>> {
  const { content, logEntries } = bundle;
  const proofOf = remember((entry: LogEntry) => verifyCheckpointOf(entry, trust));
  for (const entry of logEntries) proofOf(entry);
  const examineFor = (artifact: Artifact) => (signer: Signer | undefined, times: readonly VerifiedTime[] | undefined) =>
    check(
      {
        name: 'log',
        expected: expectedEntries(policy),
      },
      { signer, time: times },
      (basis) =>
        verifyLogEntries(bundle, { content, artifact, signer: basis.signer }, trust, basis.time, policy, proofOf),
      (found) => found.map(({ log, logIndex }) => `${log.baseUrl} ${logIndex}`).join(', ') || 'none',
    );
  if (content.kind === 'message-signature') return examineFor;
  let shared: ReturnType<ReturnType<typeof examineFor>> | undefined;
  return (artifact) => (signer, times) => {
    shared ??= examineFor(artifact)(signer, times);
    return shared;
  };
}

function expectedEntries({ thresholds, timestampOnly }: Policy): string {
  const entries = atLeast(thresholds.logEntries, 'log entry', 'log entries');
  return timestampOnly === 'accept' ? `${entries}, or none and a timestamp` : entries;
}

/** Returns the inclusion proof of an entry, whose checkpoint the log signed; `undefined` if the entry has none. */
async function verifyCheckpointOf(entry: LogEntry, trust: TrustedRoot): Promise<SignedProof | undefined> {
  const { inclusionProof } = entry;
  if (inclusionProof === undefined) return undefined;
  const checkpoint = readCheckpoint(inclusionProof.checkpoint);
  await verifyCheckpoint(checkpoint, findLog(entry, trust).checkpointKey);
  return { ...inclusionProof, checkpoint };
}

/**
 * Verifies every entry of a bundle. One that does not verify is an error, even if others do; so is one that repeats another, once there
 * are enough. Signed entry timestamps are verified with the other times.
 *
 * @throws CountersignError `LOG_ENTRY_INVALID`, `LOG_ENTRY_MISMATCH`, `LOG_ENTRY_MISSING` and those of the proof
 */
async function verifyLogEntries(
  { logEntries, version }: Pick<Bundle, 'logEntries' | 'version'>,
  logged: Logged,
  trust: TrustedRoot,
  times: readonly VerifiedTime[],
  { thresholds, witnesses, timestampOnly }: Pick<Policy, 'thresholds' | 'witnesses' | 'timestampOnly'>,
  proofOf: (entry: LogEntry) => Promise<SignedProof | undefined>,
): Promise<readonly VerifiedLogEntry[]> {
  const isTimestampOnly = logEntries.length === 0 && times.some(({ kind }) => kind === 'timestamp-authority');
  // Without an entry, there is nothing that a witness could have cosigned.
  if (isTimestampOnly && timestampOnly === 'accept' && witnesses.threshold === 0) return [];
  const moments = times.map(({ time }) => time);
  const verified: VerifiedLogEntry[] = [];
  const leaves: { readonly log: string; readonly index: bigint; readonly body: string }[] = [];
  for (const entry of logEntries) {
    checkEntryBody(entry, logged);
    // A promise alone was enough in the first version of bundles only.
    if (entry.inclusionProof === undefined && version !== '0.1')
      fail('LOG_ENTRY_INVALID', `the log entry has no inclusion proof, which bundles of version ${version} require`);
    const { log, ...proven } = await verifyIncluded(entry, trust, moments, witnesses, proofOf);
    verified.push({ log, ...proven });
    const body = encodeHex(leafHash(entry.canonicalizedBody));
    leaves.push({ log: keyText(log.publicKey), index: entry.logIndex, body });
  }
  // Counted by key: two entries of one log are one log, however often the trusted root lists it.
  const logs = countKeys(verified.map(({ log }) => log.publicKey));
  if (!(logs >= thresholds.logEntries))
    fail(
      'LOG_ENTRY_MISSING',
      `the bundle has trusted entries from ${logs} of ${thresholds.logEntries} required transparency logs`,
      isTimestampOnly ? { remedy: howToComplete } : {},
    );
  // Compared by what the log holds: the index of an entry need not be proven, and the proof may be a later one.
  const repeat =
    findRepeat(leaves, ({ log, body }) => `${log} ${body}`) ??
    findRepeat(leaves, ({ log, index }) => `${log} ${index}`);
  if (repeat !== undefined)
    fail('LOG_ENTRY_INVALID', `the bundle contains the log entry ${repeat.index} twice`, {
      remedy: 'Ask the publisher for a bundle without the repeated entry.',
    });
  return verified;
}

async function verifyIncluded(
  entry: LogEntry,
  trust: TrustedRoot,
  times: readonly Date[],
  witnesses: Policy['witnesses'],
  proofOf: (entry: LogEntry) => Promise<SignedProof | undefined>,
): Promise<VerifiedLogEntry> {
  const log = findLog(entry, trust);
  for (const time of times) {
    if (!covers(log.validFor, time))
      fail('LOG_UNKNOWN', `the transparency log ${log.baseUrl} was not trusted at ${time.toISOString()}`);
  }
  const { logIndex } = entry;
  const proof = await proofOf(entry);
  if (proof === undefined) {
    if (entry.signedEntryTimestamp === undefined) {
      fail('LOG_ENTRY_INVALID', 'the log entry has neither an inclusion proof nor an inclusion promise');
    }
    if (witnesses.threshold > 0)
      fail('WITNESS_MISSING', 'the log entry has no checkpoint, so no witness can have cosigned it');
    return { log, logIndex, treeSize: undefined, witnesses: [] };
  }
  return { log, logIndex, ...(await verifyProof(entry, proof, witnesses)) };
}

async function verifyProof(
  entry: LogEntry,
  { checkpoint, ...proof }: SignedProof,
  { keys, threshold }: Policy['witnesses'],
): Promise<Pick<VerifiedLogEntry, 'treeSize' | 'witnesses'>> {
  // The values that the log signed count. The proof's own copies must agree with them.
  if (proof.treeSize !== checkpoint.size || !equalBytes(proof.rootHash, checkpoint.rootHash)) {
    fail('INCLUSION_PROOF_INVALID', 'the tree size or root hash of the inclusion proof does not match the checkpoint');
  }
  // A log of Rekor v1 counts the entries of a proof in its shard, and those of an entry over all of them.
  if (isRekorV2(entry) && entry.logIndex !== proof.logIndex) {
    fail('INCLUSION_PROOF_INVALID', 'the index of the inclusion proof does not match the log entry');
  }
  const path = { index: proof.logIndex, size: checkpoint.size, hashes: proof.hashes };
  verifyInclusion(leafHash(entry.canonicalizedBody), path, checkpoint.rootHash);

  const cosigned: WitnessKey[] = [];
  for (const key of keys) if (await isCosignedBy(checkpoint, key)) cosigned.push(key);
  const distinct = countWitnesses(cosigned);
  if (!(distinct >= threshold))
    fail('WITNESS_MISSING', `the checkpoint has cosignatures from ${distinct} of ${threshold} required witnesses`);
  return { treeSize: checkpoint.size, witnesses: cosigned.map(({ name }) => name) };
}
