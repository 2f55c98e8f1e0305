/** Rekor v1's promise to include an entry, with the time at which it took it in: the signed entry timestamp. */
import { type PublicKey } from '../crypto/index.ts';
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
export declare function verifySignedEntryTimestamp(entry: SignedEntry, signature: Uint8Array, logKey: PublicKey): Promise<Date>;
