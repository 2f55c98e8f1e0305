/** The Merkle tree of the sandbox's logs. */
export { isConsistent, type TreeState } from './consistency.ts';
export { leafHash, MerkleTree, nodeHash, treeLength } from './tree.ts';
