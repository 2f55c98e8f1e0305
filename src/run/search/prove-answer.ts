/** Proves an entry that Rekor v1 returned. */

import type { LogEntry } from '../../core/bundle/index.ts';
import { encodeHex, equalBytes } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import {
  leafHash,
  readCheckpoint,
  verifyCheckpoint,
  verifyInclusion,
  verifySignedEntryTimestamp,
} from '../../core/log/index.ts';
import type { TransparencyLog } from '../../core/trust/index.ts';

/** An entry that is in the tree of a checkpoint, which the log signed. */
export interface ProvenAnswer {
  readonly entry: LogEntry;
  readonly origin: string;
  /** The index in the tree of the shard. */
  readonly index: number;
  readonly treeSize: number;
  /** In hexadecimal. */
  readonly leafHash: string;
  /** The time that the log signed. */
  readonly time: Date;
}

/**
 * Verifies the checkpoint, the inclusion proof and the signed entry timestamp of an entry.
 *
 * @param wanted the hash of the leaf that was requested, in hexadecimal
 * @param logs the logs of the service: the shards of Rekor v1 may have a key each
 * @throws CountersignError `LOG_UNKNOWN`, `LOG_ENTRY_INVALID`, `CHECKPOINT_INVALID`, `INCLUSION_PROOF_INVALID`
 */
export async function proveAnswer(
  entry: LogEntry,
  wanted: string,
  logs: readonly TransparencyLog[],
): Promise<ProvenAnswer> {
  const leaf = leafHash(entry.canonicalizedBody);
  if (encodeHex(leaf) !== wanted) fail('LOG_ENTRY_INVALID', `the log returned another entry than ${wanted}`);
  const log = logs.find(({ keyId }) => equalBytes(entry.logKeyId, keyId));
  if (log === undefined) fail('LOG_UNKNOWN', `the entry ${wanted} names another log`);
  const { inclusionProof: proof, signedEntryTimestamp } = entry;
  if (proof === undefined || signedEntryTimestamp === undefined)
    fail('LOG_ENTRY_INVALID', `the entry ${wanted} has no inclusion proof or no signed entry timestamp`);
  const checkpoint = readCheckpoint(proof.checkpoint);
  await verifyCheckpoint(checkpoint, log.checkpointKey);
  // Only the values that the log signed count.
  if (proof.treeSize !== checkpoint.size || !equalBytes(proof.rootHash, checkpoint.rootHash))
    fail('INCLUSION_PROOF_INVALID', 'the tree size or root hash of the inclusion proof does not match the checkpoint');
  verifyInclusion(leaf, { index: proof.logIndex, size: checkpoint.size, hashes: proof.hashes }, checkpoint.rootHash);
  const time = await verifySignedEntryTimestamp(entry, signedEntryTimestamp, log.publicKey);
  return {
    entry,
    origin: checkpoint.origin,
    index: Number(proof.logIndex),
    treeSize: Number(checkpoint.size),
    leafHash: wanted,
    time,
  };
}
