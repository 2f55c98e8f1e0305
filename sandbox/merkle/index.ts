/** The sandbox's own Merkle tree. */

export { leafHash, nodeHash } from './hash.ts';
export { MerkleTree, treeLength } from './tree.ts';
