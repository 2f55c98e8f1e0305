/** The Merkle tree of a transparency log (RFC 6962, section 2.1). Indices and sizes are 64-bit. */

import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, equalBytes } from '../encoding/index.ts';
import { fail } from '../errors/index.ts';

const leafPrefix = new Uint8Array([0]);
const nodePrefix = new Uint8Array([1]);

/** Returns the hash of a leaf that holds this entry. */
export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256(concatBytes(leafPrefix, entry));
}

/** Returns the hash of a node above two others. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concatBytes(nodePrefix, left, right));
}

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
export function verifyInclusion(leaf: Uint8Array, proof: InclusionProof, root: Uint8Array): void {
  const { index, size, hashes } = proof;
  if (index < 0n || index >= size)
    fail('INCLUSION_PROOF_INVALID', `the index ${index} is outside of the tree of size ${size}`);
  const inner = bitLength(index ^ (size - 1n));
  const border = onesOf(index >> BigInt(inner));
  if (hashes.length !== inner + border) {
    fail(
      'INCLUSION_PROOF_INVALID',
      `the proof has ${hashes.length} hashes; index ${index} in a tree of size ${size} needs ${inner + border}`,
    );
  }
  let hash = leaf;
  for (const [level, sibling] of hashes.entries()) {
    if (sibling.length !== 32)
      fail('INCLUSION_PROOF_INVALID', `a hash of the proof has ${sibling.length} bytes, not 32`);
    const isRight = level >= inner || ((index >> BigInt(level)) & 1n) === 1n;
    hash = isRight ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
  }
  if (!equalBytes(hash, root)) fail('INCLUSION_PROOF_INVALID', 'the computed root hash does not match the checkpoint');
}

function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

function onesOf(value: bigint): number {
  let ones = 0;
  for (let rest = value; rest > 0n; rest >>= 1n) ones += Number(rest & 1n);
  return ones;
}
