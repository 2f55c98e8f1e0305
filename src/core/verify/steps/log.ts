/** Step 6: that transparency logs hold an entry about this very signature. */

import type { Bundle, LogEntry, LogInclusion } from '../../bundle/index.ts';
import { countKeys, keyText } from '../../crypto/index.ts';
import { encodeHex, equalBytes } from '../../encoding/index.ts';
import { fail } from '../../errors/index.ts';
import {
  countWitnesses,
  isCosignedBy,
  leafHash,
  type NoteKey,
  readCheckpoint,
  verifyCheckpoint,
  verifyInclusion,
} from '../../log/index.ts';
import type { Policy } from '../../policy/index.ts';
import { covers, type TransparencyLog, type TrustedRoot } from '../../trust/index.ts';
import { checkEntryBody, isRekorV2, type Logged } from '../entry-body.ts';
import { findLog } from '../find-log.ts';
import { findRepeat } from '../repeats.ts';

export interface VerifiedLogEntry {
  readonly log: TransparencyLog;
  readonly logIndex: bigint;
  /** The size of the tree in which the entry is proven to be; `undefined` where the log has only promised to take it in. */
  readonly treeSize: bigint | undefined;
  /** Who has cosigned the checkpoint of that tree, of those whom the policy names. */
  readonly witnesses: readonly string[];
}

/**
 * Verifies every entry of a bundle; one that does not verify is an error, even if others do. Signed entry timestamps are verified
 * where times are established. An entry that repeats another is an error as well, once there are enough.
 *
 * @throws CountersignError `LOG_ENTRY_INVALID`, `LOG_ENTRY_MISMATCH`, `LOG_ENTRY_MISSING` and those of the proof
 */
export async function verifyLogEntries(
  { logEntries, version }: Pick<Bundle, 'logEntries' | 'version'>,
  logged: Logged,
  trust: TrustedRoot,
  times: readonly Date[],
  { thresholds, witnesses }: Pick<Policy, 'thresholds' | 'witnesses'>,
): Promise<readonly VerifiedLogEntry[]> {
  const verified: VerifiedLogEntry[] = [];
  const leaves: { readonly log: string; readonly index: bigint; readonly body: string }[] = [];
  for (const entry of logEntries) {
    checkEntryBody(entry, logged);
    // A promise alone was enough in the first version only, however the bundle came to be.
    if (entry.inclusionProof === undefined && version !== '0.1')
      fail('LOG_ENTRY_INVALID', `the log entry has no proof, which a bundle of version ${version} needs`);
    const { log, ...proven } = await verifyIncluded(entry, trust, times, witnesses);
    verified.push({ log, ...proven });
    const body = encodeHex(leafHash(entry.canonicalizedBody));
    leaves.push({ log: keyText(log.publicKey), index: entry.logIndex, body });
  }
  // Two entries of one log are one log, by its key, however often the trusted root lists it.
  const logs = countKeys(verified.map(({ log }) => log.publicKey));
  if (!(logs >= thresholds.logEntries))
    fail('LOG_ENTRY_MISSING', `${logs} trusted transparency logs hold the signature; ${thresholds.logEntries} must`);
  // By what the log holds: the index of an entry need not be proven, and the proof may be a later one.
  const repeat =
    findRepeat(leaves, ({ log, body }) => `${log} ${body}`) ??
    findRepeat(leaves, ({ log, index }) => `${log} ${index}`);
  if (repeat !== undefined)
    fail('LOG_ENTRY_INVALID', `the bundle repeats a log entry: ${repeat.index}`, {
      remedy: 'Ask the signer for a bundle without the repeated entry.',
    });
  return verified;
}

async function verifyIncluded(
  entry: LogEntry,
  trust: TrustedRoot,
  times: readonly Date[],
  witnesses: Policy['witnesses'],
): Promise<VerifiedLogEntry> {
  const log = findLog(entry, trust);
  for (const time of times) {
    if (!covers(log.validFor, time))
      fail('LOG_UNKNOWN', `the log ${log.baseUrl} was not trusted at ${time.toISOString()}`);
  }
  const { inclusionProof, logIndex } = entry;
  if (inclusionProof === undefined) {
    if (entry.signedEntryTimestamp === undefined) {
      fail('LOG_ENTRY_INVALID', 'the log entry has neither a proof nor a promise');
    }
    if (witnesses.threshold > 0)
      fail('WITNESS_MISSING', 'the log entry has no checkpoint that witnesses could have cosigned');
    return { log, logIndex, treeSize: undefined, witnesses: [] };
  }
  return { log, logIndex, ...(await verifyProof(entry, inclusionProof, log, witnesses)) };
}

async function verifyProof(
  entry: LogEntry,
  { checkpoint: envelope, ...proof }: LogInclusion,
  log: TransparencyLog,
  { keys, threshold }: Policy['witnesses'],
): Promise<Pick<VerifiedLogEntry, 'treeSize' | 'witnesses'>> {
  const checkpoint = readCheckpoint(envelope);
  await verifyCheckpoint(checkpoint, log.checkpointKey);
  // What the log signed counts. The proof's own copies may only agree with it.
  if (proof.treeSize !== checkpoint.size || !equalBytes(proof.rootHash, checkpoint.rootHash)) {
    fail('INCLUSION_PROOF_INVALID', 'the inclusion proof is for another tree than the checkpoint');
  }
  // A log of Rekor v1 counts the entries of a proof in its shard, and those of an entry over all of them.
  if (isRekorV2(entry) && entry.logIndex !== proof.logIndex) {
    fail('INCLUSION_PROOF_INVALID', 'the inclusion proof is for another index than the entry');
  }
  const path = { index: proof.logIndex, size: checkpoint.size, hashes: proof.hashes };
  verifyInclusion(leafHash(entry.canonicalizedBody), path, checkpoint.rootHash);

  const cosigned: NoteKey[] = [];
  for (const key of keys) if (await isCosignedBy(checkpoint, key)) cosigned.push(key);
  const distinct = countWitnesses(cosigned);
  if (!(distinct >= threshold))
    fail('WITNESS_MISSING', `${distinct} witnesses cosigned the checkpoint; ${threshold} must have`);
  return { treeSize: checkpoint.size, witnesses: cosigned.map(({ name }) => name) };
}
