import { describe, expect, test } from '@jest/globals';
import { leafHash, MerkleTree } from '../../src/sandbox/index.ts';
import { naiveRoot, rootOfProof, sha256 } from './client.ts';

const entries = Array.from({ length: 70 }, (_, i) => Buffer.from(`entry ${i}`));
const tree = new MerkleTree();
for (const [index, entry] of entries.entries()) expect(tree.append(leafHash(entry))).toBe(index);

describe('the tree, at every size up to 70', () => {
  test('has the root of the definition', () => {
    for (let size = 0; size <= entries.length; size++) {
      expect(Buffer.from(tree.root(size))).toEqual(naiveRoot(entries.slice(0, size)));
    }
  });

  test('proves each leaf', () => {
    for (let size = 1; size <= entries.length; size++) {
      const root = naiveRoot(entries.slice(0, size));
      for (const [index, entry] of entries.slice(0, size).entries()) {
        expect(rootOfProof(index, size, entry, tree.inclusionProof(index, size))).toEqual(root);
      }
    }
  });

  test('proves that it only grew', () => {
    for (let second = 1; second <= entries.length; second++) {
      for (let first = 1; first <= second; first++) {
        const proof = tree.consistencyProof(first, second);
        expect(grows(first, second, tree.root(first), tree.root(second), proof)).toBe(true);
      }
    }
  });
});

test('what is not in the tree has no proof', () => {
  for (const [index, size] of [
    [70, 70],
    [-1, 70],
    [5, 5],
    [0, 71],
    [0.5, 2],
  ] as const) {
    expect(() => tree.inclusionProof(index, size)).toThrow(RangeError);
  }
  expect(() => tree.consistencyProof(3, 2)).toThrow(RangeError);
});

test('a large tree is appended to and proved without counting it all again', () => {
  const large = new MerkleTree();
  const leaf = leafHash(Buffer.from('x'));
  for (let i = 0; i < 100_000; i++) large.append(leaf);
  const proofs = Array.from({ length: 2000 }, (_, i) => large.inclusionProof(i * 49));
  expect(Math.max(...proofs.map((proof) => proof.length))).toBe(17);
});

/** RFC 9162, section 2.1.4.2. */
function grows(first: number, second: number, a: Uint8Array, b: Uint8Array, proof: readonly Uint8Array[]): boolean {
  if (first === second) return proof.length === 0 && Buffer.from(a).equals(b);
  const path = Number.isInteger(Math.log2(first)) ? [a, ...proof] : [...proof];
  let node = first - 1;
  let last = second - 1;
  while (node % 2 === 1) {
    node = (node - 1) / 2;
    last = Math.floor(last / 2);
  }
  const [seed, ...rest] = path;
  if (seed === undefined) return false;
  let one: Uint8Array = seed;
  let other: Uint8Array = seed;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      one = sha256(new Uint8Array([1]), sibling, one);
      other = sha256(new Uint8Array([1]), sibling, other);
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else {
      other = sha256(new Uint8Array([1]), other, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && Buffer.from(one).equals(a) && Buffer.from(other).equals(b);
}
