/** Ranges of leaves, and the ranges whose hashes make up a proof (RFC 9162, sections 2.1.3.1 and 2.1.4.1). */
/** The leaves from `from` to `to`, without `to`. */
export interface LeafRange {
    readonly from: number;
    readonly to: number;
}
/** The position of a perfect subtree: it has 2^level leaves, and begins at `position` · 2^level. */
export interface Subtree {
    readonly level: number;
    readonly position: number;
}
/** Returns the ranges whose hashes are the inclusion proof of a leaf, from the leaf up. */
export declare function inclusionRanges(index: number, size: number): readonly LeafRange[];
/** Returns the ranges whose hashes are the proof that the tree of the first size is a prefix of the tree of the second. */
export declare function consistencyRanges(first: number, second: number): readonly LeafRange[];
/** Returns the perfect subtrees that cover the leaves of a range, from left to right. */
export declare function subtreesOf({ from, to }: LeafRange): readonly Subtree[];
