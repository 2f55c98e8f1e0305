/** Signed entry timestamps: the promise of Rekor v1 to include an entry, with the time at which it received the entry. */

import { type PublicKey, verifySignature } from '../crypto/index.ts';
import { canonicalJson, encodeBase64, encodeHex, utf8 } from '../encoding/index.ts';
import { fail } from '../errors/index.ts';

export interface SignedEntry {
  readonly canonicalizedBody: Uint8Array;
  /** The time at which the log received the entry: seconds since 1970. */
  readonly integratedTime: bigint;
  readonly logKeyId: Uint8Array;
  /** The index over all shards of the log. */
  readonly logIndex: bigint;
}

/**
 * Verifies the promise, and returns its time. Without the promise, the time of an entry is an unsigned claim of the bundle
 * (CVE-2024-55655).
 *
 * @throws CountersignError `LOG_ENTRY_INVALID`
 */
export async function verifySignedEntryTimestamp(
  entry: SignedEntry,
  signature: Uint8Array,
  logKey: PublicKey,
): Promise<Date> {
  const { integratedTime, logIndex } = entry;
  if (integratedTime <= 0n || integratedTime > 253_402_300_799n) {
    fail('LOG_ENTRY_INVALID', `the integrated time ${integratedTime} of the log entry is out of range`);
  }
  // Larger integers are not exact in JSON, and RFC 8785 writes them otherwise.
  if (logIndex > BigInt(Number.MAX_SAFE_INTEGER))
    fail('LOG_ENTRY_INVALID', `the index ${logIndex} of the log entry is out of range`);
  const payload = canonicalJson({
    body: encodeBase64(entry.canonicalizedBody),
    integratedTime: Number(integratedTime),
    logID: encodeHex(entry.logKeyId),
    logIndex: Number(logIndex),
  });
  if (!(await verifySignature(logKey, signature, utf8(payload), 'sha256'))) {
    fail('LOG_ENTRY_INVALID', 'the signed entry timestamp of the log is invalid');
  }
  return new Date(Number(integratedTime) * 1000);
}
