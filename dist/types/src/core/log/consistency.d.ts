/** Consistency proofs: a tree is a prefix of a later one (RFC 9162, section 2.1.4). */
import type { CompactRange } from './compact-range.ts';
/** The state of a log at a size. */
export interface TreeState {
    readonly size: number;
    /** 32 bytes */
    readonly root: Uint8Array;
}
/** The root of a tree without entries (RFC 6962, section 2.1). */
export declare const emptyRoot: Uint8Array;
/** Returns the root of the tree of a range, also of an empty one. */
export declare function rootOfRange(range: CompactRange): Uint8Array;
/**
 * Checks that the later tree begins with the earlier one.
 *
 * @throws CountersignError `CONSISTENCY_UNPROVEN`
 */
export declare function verifyConsistency(earlier: TreeState, later: TreeState, proof: readonly Uint8Array[]): void;
/**
 * Returns the root at an earlier size that a proof contains; `undefined` if the size is a power of two, because the proof then does not
 * contain that root.
 *
 * @throws CountersignError `CONSISTENCY_UNPROVEN` if the proof does not lead to the later root
 */
export declare function earlierRoot(size: number, later: TreeState, proof: readonly Uint8Array[]): Uint8Array | undefined;
