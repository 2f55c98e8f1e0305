/** Signed entry timestamps: the promise of Rekor v1 to include an entry, with the time at which it received the entry. */
import { type PublicKey } from '../crypto/index.ts';
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
export declare function verifySignedEntryTimestamp(entry: SignedEntry, signature: Uint8Array, logKey: PublicKey): Promise<Date>;
