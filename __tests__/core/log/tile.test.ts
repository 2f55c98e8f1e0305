import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MerkleTree } from '../../../sandbox/merkle/index.ts';
import { concatBytes, decodeBase64, encodeHex, uintBytes } from '../../../src/core/encoding/index.ts';
import {
  CompactRange,
  edgeTiles,
  hashesAt,
  leafHash,
  rangeOfEdge,
  rootOf,
  splitBundle,
  subtreeRoot,
  type Tile,
  tilePath,
} from '../../../src/core/log/index.ts';
import { expectFailure } from '../errors/failure.ts';
import vectors from './fixtures/merkle.json' with { type: 'json' };

const leaves = Array.from({ length: 1000 }, (_, index) => leafHash(uintBytes(index, 4)));
const tree = new MerkleTree();
for (const leaf of leaves) tree.append(leaf);

const tileOf = ({ level, index, width }: Tile) =>
  concatBytes(...Array.from({ length: width }, (_, at) => tree.node(8 * level, 256 * index + at)));
const sha256 = (bytes: Uint8Array) => encodeHex(createHash('sha256').update(bytes).digest());

describe('paths', () => {
  test.each(Object.entries(vectors.tiles['n encoding']))('of %s', (index, name) => {
    expect(tilePath(0, Number(index), 256)).toBe(`tile/0/${name}`);
  });

  test('of partial tiles and of bundles', () => {
    expect(tilePath(1, 0, 3)).toBe('tile/1/000.p/3');
    expect(tilePath('entries', 1067, 256)).toBe('tile/entries/x001/067');
    expect(tilePath('data', 3, 232)).toBe('tile/data/003.p/232');
  });
});

describe('geometry', () => {
  test('of the size 70,000, the example of the specification', () => {
    expect([0, 1, 2, 3].map((level) => hashesAt(level, 70_000))).toEqual([273 * 256 + 112, 273, 1, 0]);
    expect(edgeTiles(70_000)).toEqual([
      { level: 2, index: 0, width: 1 },
      { level: 1, index: 1, width: 17 },
      { level: 0, index: 273, width: 112 },
    ]);
  });

  test('of the size 256, which has no partial tile of leaves', () => {
    expect(edgeTiles(256)).toEqual([{ level: 1, index: 0, width: 1 }]);
    expect(edgeTiles(0)).toEqual([]);
  });

  test('a log of 140 million entries has four, and none has more than seven', () => {
    expect(edgeTiles(139_911_860)).toHaveLength(4);
    expect(edgeTiles(Number.MAX_SAFE_INTEGER)).toHaveLength(7);
  });
});

describe('tiles', () => {
  test.each([
    ['tile/0/000 sha256', { level: 0, index: 0, width: 256 }],
    ['tile/0/003.p/232 sha256', { level: 0, index: 3, width: 232 }],
    ['tile/1/000.p/3 sha256', { level: 1, index: 0, width: 3 }],
  ] as const)('%s', (name, tile) => {
    expect(sha256(tileOf(tile))).toBe(vectors.tiles[name]);
  });

  test('the root of a full tile is the hash above it', () => {
    const tile = tileOf({ level: 0, index: 2, width: 256 });
    expect(subtreeRoot(tile)).toEqual(tree.node(8, 2));
    expect(subtreeRoot(tile, 64, 64)).toEqual(tree.node(6, 4 * 2 + 1));
    expect(rootOf(leaves.slice(512, 768))).toEqual(tree.node(8, 2));
    expectFailure(() => rootOf([]), 'TILES_INCONSISTENT', /no hashes/);
  });

  test('the right edge gives the compact range of each size', () => {
    fc.assert(
      fc.property(fc.nat(1000), (size) => {
        const range = rangeOfEdge(size, edgeTiles(size).map(tileOf));
        expect(range).toEqual(CompactRange.empty.with(leaves.slice(0, size)));
      }),
      { numRuns: 40 },
    );
    for (const [size, hashes] of Object.entries(vectors.compact_ranges))
      expect(rangeOfEdge(Number(size), edgeTiles(Number(size)).map(tileOf)).hashes).toEqual(hashes.map(decodeBase64));
  });
});

test('a perfect subtree at the end of a range is as its leaves', () => {
  fc.assert(
    fc.property(fc.nat(12), fc.nat(6), (position, height) => {
      const [start, width] = [position * 2 ** height, 2 ** height];
      const before = CompactRange.empty.with(leaves.slice(0, start));
      const after = before.with(leaves.slice(start, start + width));
      expect(before.withSubtree(height, tree.node(height, position))).toEqual(after);
    }),
  );
  expect(() => CompactRange.empty.with(leaves.slice(0, 3)).withSubtree(1, tree.node(1, 1))).toThrow(RangeError);
});

describe('entry bundles', () => {
  const encode = (entries: readonly Uint8Array[]) =>
    concatBytes(...entries.flatMap((entry) => [uintBytes(entry.length, 2), entry]));

  test('of another implementation', () => {
    const bundle = encode(Array.from({ length: 256 }, (_, index) => uintBytes(index, 4)));
    expect(sha256(bundle)).toBe(vectors.tiles['entries/000 sha256']);
    expect(rootOf(splitBundle(bundle, 256).map(leafHash))).toEqual(tree.node(8, 0));
  });

  test('are split into the entries that were joined, of any length', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 20 }), (entries) => {
        expect(splitBundle(encode(entries), entries.length).map((entry) => [...entry])).toEqual(
          entries.map((entry) => [...entry]),
        );
      }),
    );
    const [longest] = splitBundle(encode([new Uint8Array(0xffff)]), 1);
    expect(longest).toHaveLength(0xffff);
  });

  test('with too few entries, too many, or half of one are refused', () => {
    const bundle = encode([new Uint8Array(3), new Uint8Array(300)]);
    for (const [bytes, count, reason] of [
      [bundle, 3, /ends within entry 2 of 3/],
      [bundle, 1, /302 bytes after entry 1/],
      [bundle.subarray(0, -1), 2, /ends within entry 1 of 2/],
      [bundle.subarray(0, 6), 2, /ends within entry 1 of 2/],
      [concatBytes(bundle, new Uint8Array(1)), 2, /1 bytes after entry 2/],
    ] as const)
      expectFailure(() => splitBundle(bytes, count), 'SERVICE_RESPONSE_INVALID', reason);
  });
});
