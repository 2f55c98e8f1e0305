/** Step 5: that transparency logs hold an entry about this very signature. */

import type { Bundle, LogEntry } from '../bundle/index.ts';
import type { Certificate } from '../certificate/index.ts';
import type { Digest } from '../crypto/index.ts';
import { equalBytes } from '../encoding/index.ts';
import { fail } from '../errors/index.ts';
import { leafHash, readCheckpoint, verifyCheckpoint, verifyInclusion } from '../log/index.ts';
import { covers, type TransparencyLog, type TrustedRoot } from '../trust/index.ts';
import { expectedBody, isRekorV2 } from './entry-body.ts';
import { findLog } from './find-log.ts';

export interface VerifiedLogEntry {
  readonly log: TransparencyLog;
  readonly logIndex: bigint;
  /** The size of the tree in which the entry is proven to be. */
  readonly treeSize: bigint;
}

/**
 * Verifies every entry of a bundle; one that does not verify is an error, even if others do.
 *
 * @param needed how many distinct logs must hold an entry
 */
export async function verifyLogEntries(
  bundle: Bundle,
  artifact: Digest,
  certificate: Certificate,
  trust: TrustedRoot,
  times: readonly Date[],
  needed: number,
): Promise<readonly VerifiedLogEntry[]> {
  const verified: VerifiedLogEntry[] = [];
  for (const entry of bundle.logEntries) {
    checkBody(entry, bundle, artifact, certificate);
    verified.push(await verifyIncluded(entry, trust, times));
  }
  const logs = new Set(verified.map(({ log }) => log)).size;
  if (logs < needed) fail('LOG_ENTRY_MISSING', `${logs} trusted transparency logs hold the signature; ${needed} must`);
  return verified;
}

/** The entry is not read and believed: it is made again from the bundle, and must be the same to the byte. */
function checkBody(entry: LogEntry, bundle: Bundle, artifact: Digest, certificate: Certificate): void {
  if (!equalBytes(expectedBody(entry, bundle, artifact, certificate), entry.canonicalizedBody)) {
    fail('LOG_ENTRY_MISMATCH', 'the log entry is about another artifact, signature or certificate');
  }
}

async function verifyIncluded(entry: LogEntry, trust: TrustedRoot, times: readonly Date[]): Promise<VerifiedLogEntry> {
  const log = findLog(entry, trust);
  for (const time of times) {
    if (!covers(log.validFor, time))
      fail('LOG_UNKNOWN', `the log ${log.baseUrl} was not trusted at ${time.toISOString()}`);
  }
  const { inclusionProof } = entry;
  const checkpoint = readCheckpoint(inclusionProof.checkpoint);
  await verifyCheckpoint(checkpoint, log.checkpointKey);
  // What the log signed counts. The proof's own copies may only agree with it.
  if (inclusionProof.treeSize !== checkpoint.size || !equalBytes(inclusionProof.rootHash, checkpoint.rootHash)) {
    fail('INCLUSION_PROOF_INVALID', 'the inclusion proof is for another tree than the checkpoint');
  }
  // A log of Rekor v1 counts the entries of a proof in its shard, and those of an entry over all of them.
  if (isRekorV2(entry) && entry.logIndex !== inclusionProof.logIndex) {
    fail('INCLUSION_PROOF_INVALID', 'the inclusion proof is for another index than the entry');
  }
  const proof = { index: inclusionProof.logIndex, size: checkpoint.size, hashes: inclusionProof.hashes };
  verifyInclusion(leafHash(entry.canonicalizedBody), proof, checkpoint.rootHash);
  return { log, logIndex: entry.logIndex, treeSize: checkpoint.size };
}
