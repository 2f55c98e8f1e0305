/**
 * An append-only Merkle tree (RFC 9162, section 2.1) that answers for every size it ever had.
 *
 * It stores the root of each perfect subtree: level k, position i covers the leaves from i·2^k. A leaf completes the subtrees that
 * end with it, whose roots are stored one after the other, so appending is one write, of two hashes on average. A root or a
 * proof, also of an earlier size, costs about twice the depth of the tree. Indices are safe integers.
 */
import { type AppendFile } from '../storage/storage.ts';
export declare function leafHash(entry: Uint8Array): Uint8Array;
export declare function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array;
/** Returns the length in bytes of the hashes of a tree of `size` leaves. */
export declare function treeLength(size: number): number;
export declare class MerkleTree {
    #private;
    /** Opens a tree of the first `size` leaves in a file of hashes; by default an empty one, in memory. */
    constructor(nodes?: AppendFile, size?: number);
    get size(): number;
    /** Appends a leaf by its hash, and returns its index. */
    append(leaf: Uint8Array): number;
    /** Removes all leaves from this size on, which no client has seen. */
    truncate(size: number): void;
    /** Returns the root of the perfect subtree at this level and position, which must be complete. */
    node(level: number, position: number): Uint8Array;
    /** Returns the number of perfect subtrees at this level. */
    width(level: number): number;
    root(size?: number): Uint8Array;
    /** Returns the audit path of a leaf, from the leaf upwards (RFC 9162, section 2.1.3.1). */
    inclusionProof(index: number, size?: number): readonly Uint8Array[];
    /** Proves that the tree of the first size is a prefix of that of the second (RFC 9162, section 2.1.4.1). */
    consistencyProof(first: number, second?: number): readonly Uint8Array[];
}
