/** Compact ranges: the hashes of the perfect subtrees that cover the first entries of a log, from which its root follows. */
/** The first entries of a log. It is immutable, and small: at most 53 hashes. */
export declare class CompactRange {
    /** The number of entries. */
    readonly size: number;
    /** The roots of the perfect subtrees, the largest (and first) one first, 32 bytes each. */
    readonly hashes: readonly Uint8Array[];
    static readonly empty: CompactRange;
    private constructor();
    /**
     * Returns the range of these hashes.
     *
     * @throws CountersignError `CHECKPOINT_INVALID` for a size that is not a safe integer, or another number of hashes than it has bits
     */
    static of(size: number, hashes: readonly Uint8Array[]): CompactRange;
    /** Returns the range with further entries after it. */
    with(leafHashes: Iterable<Uint8Array>): CompactRange;
    /** Returns the range with a perfect subtree of 2^height further entries after it. The size must be a multiple of 2^height. */
    withSubtree(height: number, root: Uint8Array): CompactRange;
    /** Returns the root of the tree; `undefined` if there are no entries, whose root is a hash of nothing (RFC 6962, section 2.1). */
    root(): Uint8Array | undefined;
}
