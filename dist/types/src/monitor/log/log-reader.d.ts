import type { CompactRange } from '../../core/log/compact-range.ts';
import type { MonitoredLog } from './monitored-log.ts';
import type { TreeHead, TreeState } from './tree-head.ts';
/**
 * Entries that are proven to be in the tree of a head. Each is the content of a leaf: what is hashed, after the prefix 0. For a certificate
 * log, that is a MerkleTreeLeaf.
 */
export interface EntryBatch {
    /** The index of the first entry in the log. An index of Rekor v1 is that in the shard. */
    readonly first: number;
    readonly entries: readonly Uint8Array[];
    /** The first `first + entries.length` entries of the log, proven: the position after the batch. */
    readonly range: CompactRange;
}
/** How an earlier state of a log relates to a later head. */
export type Comparison = 
/** The tree of the head begins with the earlier state. */
{
    readonly kind: 'consistent';
}
/**
 * The log signed a tree that begins with other entries: its root at the earlier size is another one. The proof (RFC 9162, section 2.1.4)
 * leads from that root to the head's.
 */
 | {
    readonly kind: 'forked';
    readonly rootInstead: Uint8Array;
    readonly proof: readonly Uint8Array[];
}
/** What the log served proves neither. */
 | {
    readonly kind: 'unproven';
    readonly reason: string;
};
/** A log, read over the network. Nothing that it serves is trusted: everything returned is bound to a head that the log signed. */
export interface LogReader {
    readonly log: MonitoredLog;
    /**
     * Fetches the current head.
     *
     * @throws CountersignError `CHECKPOINT_INVALID` without a valid signature of the log's key, `CHECKPOINT_ORIGIN` for another origin; those
     * of HTTP
     */
    head(): Promise<TreeHead>;
    /**
     * Fetches the compact range of all entries of a head. This is how a log is read from its end, without its past.
     *
     * @throws CountersignError `TILES_INCONSISTENT` if what the log serves does not lead to the root
     */
    rangeOf(head: TreeHead): Promise<CompactRange>;
    /**
     * Compares an earlier state with a later head of at least its size.
     *
     * @throws CountersignError `TILES_INCONSISTENT` and `ENTRIES_WITHHELD` as {@link rangeOf}; those of HTTP
     */
    compare(earlier: TreeState, head: TreeHead): Promise<Comparison>;
    /**
     * Fetches the proof that the tree of the head begins with the tree of `size` (RFC 9162, section 2.1.4), and the root at that size. Both
     * are verified against the head.
     *
     * @throws CountersignError `CONSISTENCY_UNPROVEN` if the log does not prove it, `TILES_INCONSISTENT`, `ENTRIES_WITHHELD`; those of HTTP
     */
    consistencyProof(size: number, head: TreeHead): Promise<{
        readonly root: Uint8Array;
        readonly proof: readonly Uint8Array[];
    }>;
    /**
     * Reads entries in order, from the end of `from` to the end of the head, at constant memory, several requests at a time. Each batch is
     * proven before it is returned.
     *
     * @param from a proven range of the head's tree
     * @throws CountersignError `ENTRY_ALTERED`, `TILES_INCONSISTENT`, `ENTRIES_WITHHELD`; `CONSISTENCY_UNPROVEN` if the tree does not begin
     * with `from`, or the log does not prove it; those of HTTP
     */
    entries(from: CompactRange, head: TreeHead): AsyncIterable<EntryBatch>;
    /**
     * Fetches one entry with its inclusion proof, verified against the head.
     *
     * @throws CountersignError as {@link entries}
     */
    entry(index: number, head: TreeHead): Promise<{
        readonly bytes: Uint8Array;
        readonly proof: readonly Uint8Array[];
    }>;
    /**
     * Finds an entry by the hash of its leaf; absent if the protocol offers no such search.
     *
     * @returns its index, with its inclusion proof verified against the head; `undefined` if the log says that it has no such entry
     */
    readonly find?: ((leafHash: Uint8Array, head: TreeHead) => Promise<number | undefined>) | undefined;
}
