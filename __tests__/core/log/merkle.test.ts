import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { leafHash, nodeHash, verifyInclusion } from '../../../src/core/log/index.ts';
import { expectFailure } from '../errors/failure.ts';

// The tree as RFC 9162, section 2.1, defines it, word for word and by node:crypto.
const sha256 = (...parts: readonly Uint8Array[]) =>
  new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest());

function split(size: number): number {
  let k = 1;
  while (k * 2 < size) k *= 2;
  return k;
}

function root(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves;
  if (first === undefined) return sha256();
  if (leaves.length === 1) return sha256(new Uint8Array([0]), first);
  const k = split(leaves.length);
  return sha256(new Uint8Array([1]), root(leaves.slice(0, k)), root(leaves.slice(k)));
}

function path(index: number, leaves: readonly Uint8Array[]): readonly Uint8Array[] {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return index < k
    ? [...path(index, leaves.slice(0, k)), root(leaves.slice(k))]
    : [...path(index - k, leaves.slice(k)), root(leaves.slice(0, k))];
}

const leaves = Array.from({ length: 80 }, (_, i) => new Uint8Array([i, 0]));
const leafAt = (index: number) => leafHash(leaves[index] ?? new Uint8Array());

function accepts(
  leaf: Uint8Array,
  index: number | bigint,
  size: number | bigint,
  hashes: readonly Uint8Array[],
  top: Uint8Array,
): boolean {
  try {
    verifyInclusion(leaf, { index: BigInt(index), size: BigInt(size), hashes }, top);
    return true;
  } catch {
    return false;
  }
}

const flipped = (bytes: Uint8Array) => bytes.map((byte, i) => (i === 17 ? byte ^ 0x10 : byte));

describe('hashes', () => {
  test('of leaves and nodes are told apart by a prefix', () => {
    const [a, b] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
    expect(leafHash(a)).toEqual(sha256(new Uint8Array([0]), a));
    expect(nodeHash(a, b)).toEqual(sha256(new Uint8Array([1]), a, b));
    expect(nodeHash(b, a)).not.toEqual(nodeHash(a, b));
    expect(leafHash(Buffer.concat([a, b]))).not.toEqual(nodeHash(a, b));
  });

  test('the root of seven leaves, as it was computed elsewhere', () => {
    const top = Buffer.from('ef63c6b77d3d819057b0725726f43e00c577f8dc22529e2f61ddde7173b57021', 'hex');
    const seven = leaves.slice(0, 7);
    expect(Buffer.from(root(seven)).equals(top)).toBe(true);
    for (const [index] of seven.entries()) expect(accepts(leafAt(index), index, 7, path(index, seven), top)).toBe(true);
  });
});

describe('inclusion', () => {
  test('of every leaf in every tree of 1 to 80 leaves; and nothing altered of its proof', () => {
    for (let size = 1; size <= 80; size++) {
      const tree = leaves.slice(0, size);
      const top = root(tree);
      for (let index = 0; index < size; index++) {
        const leaf = leafAt(index);
        const hashes = path(index, tree);
        const altered = [
          ...hashes.map((hash, i) => hashes.with(i, flipped(hash))),
          [...hashes, new Uint8Array(32)],
          ...(hashes.length > 0 ? [hashes.slice(1), hashes.slice(0, -1)] : []),
        ];
        const verdicts = [
          accepts(leaf, index, size, hashes, top),
          accepts(flipped(leaf), index, size, hashes, top),
          accepts(leaf, index, size, hashes, flipped(top)),
          ...altered.map((proof) => accepts(leaf, index, size, proof, top)),
        ];
        if (verdicts.indexOf(true) !== 0 || verdicts.lastIndexOf(true) !== 0)
          throw new Error(`leaf ${index} of ${size}: ${verdicts}`);
      }
    }
  });

  test('of a leaf at every other index is refused', () => {
    for (let size = 1; size <= 40; size++) {
      const tree = leaves.slice(0, size);
      const top = root(tree);
      for (let index = 0; index < size; index++) {
        const hashes = path(index, tree);
        const places = Array.from({ length: size + 2 }, (_, other) => other).filter((other) =>
          accepts(leafAt(index), other, size, hashes, top),
        );
        expect(places).toEqual([index]);
      }
    }
  });

  test('in a tree of another size is refused where the path is another', () => {
    const tree = leaves.slice(0, 7);
    expectFailure(
      () => verifyInclusion(leafAt(6), { index: 6n, size: 8n, hashes: path(6, tree) }, root(tree)),
      'INCLUSION_PROOF_INVALID',
      /the proof has 2 hashes; index 6 in a tree of size 8 needs 3/,
    );
  });

  test('needs exactly the hashes of the path', () => {
    const tree = leaves.slice(0, 7);
    const proof = (hashes: readonly Uint8Array[]) => () =>
      verifyInclusion(leafAt(2), { index: 2n, size: 7n, hashes }, root(tree));
    const hashes = path(2, tree);
    expectFailure(proof([]), 'INCLUSION_PROOF_INVALID', /the proof has 0 hashes.*needs 3/);
    expectFailure(proof([...hashes, ...hashes]), 'INCLUSION_PROOF_INVALID', /the proof has 6 hashes.*needs 3/);
    expectFailure(proof([...hashes].reverse()), 'INCLUSION_PROOF_INVALID', /computed root hash does not match/);
  });

  test('does not take a node for a leaf: a proof that is longer or shorter by a level is none', () => {
    // The root itself as the leaf of a tree of one, which would be true of any tree, were leaves not told apart.
    const tree = leaves.slice(0, 8);
    expect(accepts(root(tree), 0, 8, [], root(tree))).toBe(false);
    const inner = root(tree.slice(0, 2));
    expect(accepts(inner, 0, 8, path(0, tree).slice(1), root(tree))).toBe(false);
  });

  test.each([
    [-1n, 7n],
    [7n, 7n],
    [8n, 7n],
    [0n, 0n],
    [0n, -1n],
  ])('index %d in a tree of %d is out of it', (index, size) => {
    const leaf = leafAt(0);
    expectFailure(
      () => verifyInclusion(leaf, { index, size, hashes: [] }, leaf),
      'INCLUSION_PROOF_INVALID',
      /^the index -?\d+ is outside of the tree of size/,
    );
  });

  test('takes hashes of 32 bytes only', () => {
    // Two hashes of any lengths that together are the right bytes would otherwise be another proof of the same root.
    const [a, b] = [leafAt(0), leafAt(1)];
    for (const hash of [b.subarray(1), new Uint8Array(), Buffer.concat([b, b])]) {
      const top = nodeHash(a, hash);
      expectFailure(
        () => verifyInclusion(a, { index: 0n, size: 2n, hashes: [hash] }, top),
        'INCLUSION_PROOF_INVALID',
        /a hash of the proof has \d+ bytes/,
      );
    }
  });

  test('at indices beyond 32 and 53 bits', () => {
    // The rightmost leaf of a tree of 2^60 + 1: one hash, that of all the others.
    const [leaf, others] = [leafAt(1), leafAt(2)];
    expect(accepts(leaf, 2n ** 60n, 2n ** 60n + 1n, [others], nodeHash(others, leaf))).toBe(true);
    expect(accepts(leaf, 2n ** 60n - 1n, 2n ** 60n + 1n, [others], nodeHash(others, leaf))).toBe(false);
    // A leaf in the middle of a full tree of 2^40: forty hashes, to the left where the index has a one.
    const index = 0b1010_0110_0101_1010_0110_0101_1010_0110_0101_1010n;
    const siblings = Array.from({ length: 40 }, (_, level) => sha256(new Uint8Array([level])));
    const top = siblings.reduce(
      (hash, sibling, level) => ((index >> BigInt(level)) & 1n ? nodeHash(sibling, hash) : nodeHash(hash, sibling)),
      leaf,
    );
    expect(accepts(leaf, index, 2n ** 40n, siblings, top)).toBe(true);
    expect(accepts(leaf, index ^ (1n << 35n), 2n ** 40n, siblings, top)).toBe(false);
  });
});
