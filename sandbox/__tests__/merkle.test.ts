import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DiskStorage, leafHash, MerkleTree } from '../index.ts';
import { treeLength } from '../merkle/index.ts';
import { naiveRoot, provesConsistency, rootOfProof, sha256 } from './client.ts';

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
        expect(provesConsistency([first, tree.root(first)], [second, tree.root(second)], proof)).toBe(true);
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

describe('a tree that is kept on disk', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countersign-merkle-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const leaves = Array.from({ length: 1030 }, (_, i) => Buffer.from(`leaf ${i}`));
  // The root of each perfect subtree is computed once.
  const known = new Map<string, Buffer>();
  const perfect = (from: number, level: number): Buffer => {
    const key = `${from} ${level}`;
    const root =
      known.get(key) ??
      (level === 0
        ? naiveRoot(leaves.slice(from, from + 1))
        : sha256(new Uint8Array([1]), perfect(from, level - 1), perfect(from + 2 ** (level - 1), level - 1)));
    known.set(key, root);
    return root;
  };

  test('is the same when it is opened again, at sizes around powers of two', () => {
    using storage = new DiskStorage(folder);
    const file = storage.appendFile('nodes');
    let kept = new MerkleTree(file);
    for (const size of [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 255, 256, 257, 511, 512, 513, 1023, 1024, 1025]) {
      while (kept.size < size) kept.append(leafHash(leaves[kept.size] ?? Buffer.alloc(0)));
      kept = new MerkleTree(file, size);
      expect(Buffer.from(kept.root())).toEqual(naiveRoot(leaves.slice(0, size)));
      expect(file.length).toBe(treeLength(size));
      for (const index of [0, size >> 1, size - 1]) {
        const leaf = leaves[index] ?? Buffer.alloc(0);
        expect(rootOfProof(index, size, leaf, kept.inclusionProof(index))).toEqual(naiveRoot(leaves.slice(0, size)));
      }
      for (let level = 0; level < 12; level++) {
        const width = Math.floor(size / 2 ** level);
        expect(kept.width(level)).toBe(width);
        for (const at of new Set([0, width >> 1, width - 1].filter((one) => one >= 0 && one < width))) {
          expect(Buffer.from(kept.node(level, at))).toEqual(perfect(at * 2 ** level, level));
        }
        expect(() => kept.node(level, width)).toThrow(RangeError);
      }
    }
  });

  test('is opened at an earlier size, and grows otherwise from there', () => {
    using storage = new DiskStorage(folder);
    const file = storage.appendFile('nodes');
    const grown = new MerkleTree(file);
    for (const leaf of leaves.slice(0, 37)) grown.append(leafHash(leaf));
    for (const size of [36, 33, 32, 31, 16, 1, 0]) {
      const kept = new MerkleTree(file, size);
      expect([file.length, Buffer.from(kept.root())]).toEqual([treeLength(size), naiveRoot(leaves.slice(0, size))]);
    }
    expect(() => new MerkleTree(file, 1)).toThrow(RangeError);
    const other = new MerkleTree(file);
    for (const leaf of leaves.slice(100, 120)) other.append(leafHash(leaf));
    other.truncate(13);
    expect(Buffer.from(other.root())).toEqual(naiveRoot(leaves.slice(100, 113)));
    for (const leaf of leaves.slice(200, 210)) other.append(leafHash(leaf));
    const mixed = [...leaves.slice(100, 113), ...leaves.slice(200, 210)];
    expect(Buffer.from(other.root())).toEqual(naiveRoot(mixed));
    expect(
      provesConsistency([13, naiveRoot(mixed.slice(0, 13))], [23, naiveRoot(mixed)], other.consistencyProof(13)),
    ).toBe(true);
  });
});
