/** Checks evidence offline: with the keys of a trusted root, and nothing else. */

import { equalBytes } from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import type { Log, TrustedRoot } from '../../core/trust/index.ts';
import type { MonitoredLog, TreeHead } from '../log/index.ts';
import { splitOrigin, verifyHead } from '../readers/index.ts';
import { type Claim, type Evidence, readEvidence } from './evidence-file.ts';
import type { ProvableCode } from './finding.ts';
import { type Proof, verifyProof } from './proof.ts';

/** The result of checking an evidence file. */
export type EvidenceVerdict = {
  readonly code: ProvableCode;
  readonly id: string;
  readonly origin: string;
} & (
  | {
      readonly verdict: 'proven';
      /** The proven statement, without its full stop. */
      readonly statement: string;
      /** The log of the trusted root whose key signed the notes. */
      readonly log: Log;
    }
  | {
      readonly verdict: 'not proven';
      /** A sentence without its full stop. */
      readonly reason: string;
    }
);

/** The proof that each code needs. */
const kindOf = {
  LOG_FORKED: 'contradiction',
  SPLIT_VIEW: 'contradiction',
  PROMISE_BROKEN: 'promise',
  LOG_THAWED: 'thawed',
} as const satisfies Record<ProvableCode, Proof['kind']>;

/**
 * Checks an evidence file: the signatures of its notes under a key of the trusted root, and its proofs. A key that only the file contains
 * proves nothing, since anyone can make one.
 *
 * @throws CountersignError `EVIDENCE_INVALID` for a malformed file
 */
export async function checkEvidence(bytes: Uint8Array, trust: TrustedRoot): Promise<EvidenceVerdict> {
  const evidence = readEvidence(bytes);
  const { code, id, origin } = evidence;
  try {
    const { log, isCertificateLog } = findLog(evidence, trust);
    const monitored = asMonitored(log, isCertificateLog, origin);
    const heads: TreeHead[] = [];
    for (const note of evidence.notes) heads.push(await verifyHead(monitored, note));
    const statement = await verifyProof(proofOf(evidence, heads), log);
    return { code, id, origin, verdict: 'proven', statement, log };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { code, id, origin, verdict: 'not proven', reason: error.message };
  }
}

/** Finds the log of the key in the trusted root. Of several logs with one key, it is that of the origin. */
function findLog(
  { publicKey, origin }: Evidence,
  { transparencyLogs, certificateTransparencyLogs }: TrustedRoot,
): { readonly log: Log; readonly isCertificateLog: boolean } {
  const isIt = (log: Log): boolean => equalBytes(log.publicKey.spki, publicKey);
  const logs = transparencyLogs.filter(isIt);
  const log = logs.find((one) => isHostOf(origin, one)) ?? logs[0];
  if (log !== undefined) return { log, isCertificateLog: false };
  const certificateLog = certificateTransparencyLogs.find(isIt);
  if (certificateLog !== undefined) return { log: certificateLog, isCertificateLog: true };
  return fail(
    'LOG_UNKNOWN',
    'the key of the log is in the evidence file, but not in the trusted root; a key that only the file contains proves nothing',
  );
}

/**
 * Returns the log with the name that its notes have. The origin of a shard of Rekor v1 has the name of the log before the id of its tree.
 * The origin of a certificate log is not signed, so the key alone identifies it.
 */
function asMonitored(log: Log, isCertificateLog: boolean, origin: string): MonitoredLog {
  if (isCertificateLog) return { ...log, protocol: 'rfc6962', names: [origin] };
  if (!isHostOf(origin, log))
    fail(
      'CHECKPOINT_ORIGIN',
      `the log ${origin} is not ${new URL(log.baseUrl).host}, whose key is in the evidence file`,
    );
  return { ...log, protocol: 'rekor-v2', names: [origin] };
}

function isHostOf(origin: string, { baseUrl }: Log): boolean {
  const { hostname, host } = new URL(baseUrl);
  return [hostname, host].includes(splitOrigin(origin).host);
}

function proofOf({ code, claim, notes }: Evidence, heads: readonly TreeHead[]): Proof {
  const [first, second] = heads;
  if (claim.kind !== kindOf[code]) fail('EVIDENCE_INVALID', `a proof of the kind ${claim.kind} cannot prove ${code}`);
  const wrongCount = (needed: string): never =>
    fail('EVIDENCE_INVALID', `the evidence file has ${notes.length} notes; it must have ${needed}`);
  if (first === undefined) return wrongCount(claim.kind === 'promise' ? 'one' : 'two');
  if (claim.kind === 'promise') return second === undefined ? { ...claim, head: first } : wrongCount('one');
  return second === undefined ? wrongCount('two') : pairProof(claim, first, second);
}

function pairProof(claim: Exclude<Claim, { kind: 'promise' }>, first: TreeHead, second: TreeHead): Proof {
  return claim.kind === 'thawed'
    ? { kind: 'thawed', frozen: first, later: second }
    : { ...claim, smaller: first, larger: second };
}
