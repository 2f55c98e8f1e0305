/** Step 6: that transparency logs hold an entry about this very signature. */
import type { Bundle } from '../bundle/index.ts';
import type { Policy } from '../policy/index.ts';
import { type TransparencyLog, type TrustedRoot } from '../trust/index.ts';
import { type Logged } from './entry-body.ts';
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
export declare function verifyLogEntries({ logEntries, version }: Pick<Bundle, 'logEntries' | 'version'>, logged: Logged, trust: TrustedRoot, times: readonly Date[], { thresholds, witnesses }: Pick<Policy, 'thresholds' | 'witnesses'>): Promise<readonly VerifiedLogEntry[]>;
