/** The Merkle tree of a transparency log (RFC 6962, section 2.1). Indices and sizes are 64-bit. */
/** Returns the hash of a leaf that holds this entry. */
export declare function leafHash(entry: Uint8Array): Uint8Array;
/** Returns the hash of a node above two others. */
export declare function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array;
export interface InclusionProof {
    /** The index of the leaf in the tree. */
    readonly index: bigint;
    /** The size of the tree. */
    readonly size: bigint;
    /** The hashes of the nodes beside the path, from the leaf up, 32 bytes each. */
    readonly hashes: readonly Uint8Array[];
}
/**
 * Checks that the tree with this root holds the leaf at the index (RFC 9162, section 2.1.3.2, in its form without loops
 * over bits: the path to the first common ancestor, then the nodes on the border of the tree).
 *
 * @throws CountersignError `INCLUSION_PROOF_INVALID`
 */
export declare function verifyInclusion(leaf: Uint8Array, proof: InclusionProof, root: Uint8Array): void;
