import { expect, test } from '@jest/globals';
import { MerkleTree } from '../../../sandbox/merkle/index.ts';
import { CompactRange, leafHash, nodeHash } from '../../../src/core/log/index.ts';

const leaves = Array.from({ length: 300 }, (_, index) => leafHash(new Uint8Array([index >> 8, index & 255])));

test('the root at each size is the root of the tree', () => {
  const tree = new MerkleTree();
  let range = CompactRange.empty;
  expect(range.root()).toBeUndefined();
  for (const leaf of leaves) {
    tree.append(leaf);
    range = range.with([leaf]);
    expect(range.size).toBe(tree.size);
    expect(range.root()).toEqual(tree.root());
  }
});

test('several entries at once are as one after the other', () => {
  const [first = new Uint8Array(), second = new Uint8Array(), third = new Uint8Array()] = leaves;
  const range = CompactRange.empty.with([first, second, third]);
  expect(range.hashes).toEqual([nodeHash(first, second), third]);
  expect(CompactRange.of(1, [first]).with(leaves.slice(1)).root()).toEqual(CompactRange.empty.with(leaves).root());
});

test('hashes that do not belong to the size are refused', () => {
  const hash = new Uint8Array(32);
  expect(CompactRange.of(5, [hash, hash]).size).toBe(5);
  for (const [size, hashes] of [
    [5, [hash]],
    [5, [hash, hash, hash]],
    [-1, [hash]],
    [-1, []],
    [1.5, [hash]],
    [Number.MAX_SAFE_INTEGER + 1, [hash]],
    [1, [new Uint8Array(31)]],
  ] as const) {
    expect(() => CompactRange.of(size, hashes)).toThrow(expect.objectContaining({ code: 'CHECKPOINT_INVALID' }));
  }
});
