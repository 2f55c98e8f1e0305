/** The Merkle tree of the sandbox's logs. */
export { leafHash, MerkleTree, nodeHash, treeLength } from './tree.ts';
