/** Rekor v1's promise to include an entry, with the time at which it took it in: the signed entry timestamp. */

import { type PublicKey, verifySignature } from '../crypto/index.ts';
import { canonicalJson, encodeBase64, encodeHex, utf8 } from '../encoding/index.ts';
import { fail } from '../errors/index.ts';

export interface SignedEntry {
  readonly canonicalizedBody: Uint8Array;
  /** When the log took it in: seconds since 1970. */
  readonly integratedTime: bigint;
  readonly logKeyId: Uint8Array;
  /** The index over all shards of the log. */
  readonly logIndex: bigint;
}

/**
 * Checks the promise, and returns the time it vouches for. Without it an entry's time is only what the bundle says
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
    fail('LOG_ENTRY_INVALID', `the log entry's time is ${integratedTime}`);
  }
  // Integers of JSON beyond this are not exact, and RFC 8785 writes them otherwise.
  if (logIndex > BigInt(Number.MAX_SAFE_INTEGER)) fail('LOG_ENTRY_INVALID', `the log entry's index is ${logIndex}`);
  const payload = canonicalJson({
    body: encodeBase64(entry.canonicalizedBody),
    integratedTime: Number(integratedTime),
    logID: encodeHex(entry.logKeyId),
    logIndex: Number(logIndex),
  });
  if (!(await verifySignature(logKey, signature, utf8(payload), 'sha256'))) {
    fail('LOG_ENTRY_INVALID', "the log's signed entry timestamp does not verify");
  }
  return new Date(Number(integratedTime) * 1000);
}
