/** Tiles (C2SP tlog-tiles): a tree in files of 256 hashes of one level each, and its entries in bundles of 256. */

import { fail } from '../errors/index.ts';
import { CompactRange } from './compact-range.ts';
import { subtreesOf } from './leaf-range.ts';
import { nodeHash } from './merkle.ts';

/** The number of hashes in a full tile, and of entries in a full bundle. */
export const tileWidth = 256;
/** The number of levels of the tree between two levels of tiles. */
export const tileHeight = 8;
const hashLength = 32;

/** A tile: hash i is the root of the 256^level leaves from (256 · index + i) · 256^level on. */
export interface Tile {
  readonly level: number;
  readonly index: number;
  /** The number of hashes, from 1 to 256; a partial tile has fewer than 256. */
  readonly width: number;
}

/** Returns the path of a tile, or of an entry bundle if the level is a name: `tile/1/x001/234.p/7`. */
export function tilePath(level: number | string, index: number, width: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  const name = groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/');
  return `tile/${level}/${name}${width === tileWidth ? '' : `.p/${width}`}`;
}

/** Returns the number of hashes at a level of tiles in a tree of this size. */
export function hashesAt(level: number, size: number): number {
  return Math.floor(size / tileWidth ** level);
}

/**
 * Returns the partial tiles of a tree of this size, the highest first. They contain everything that its root depends on: each level ends
 * with a partial tile, except where its hashes fill their tiles exactly.
 */
export function edgeTiles(size: number): readonly Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0; hashesAt(level, size) > 0; level++) {
    const width = hashesAt(level, size) % tileWidth;
    if (width > 0) tiles.unshift({ level, index: Math.floor(hashesAt(level, size) / tileWidth), width });
  }
  return tiles;
}

/**
 * Returns the compact range of the first `size` entries of a log.
 *
 * @param tiles the hashes of each of the {@link edgeTiles}, in their order
 */
export function rangeOfEdge(size: number, tiles: readonly Uint8Array[]): CompactRange {
  const hashes = edgeTiles(size).flatMap(({ width }, at) => {
    const tile = tiles[at] ?? new Uint8Array();
    return subtreesOf({ from: 0, to: width }).map(({ level, position }) =>
      subtreeRoot(tile, position * 2 ** level, 2 ** level),
    );
  });
  return CompactRange.of(size, hashes);
}

/** Returns one hash of a tile. */
export function hashIn(tile: Uint8Array, at: number): Uint8Array {
  return tile.subarray(at * hashLength, (at + 1) * hashLength);
}

/** Returns the root of the tree over some hashes of a tile. */
export function subtreeRoot(tile: Uint8Array, first = 0, count = tile.length / hashLength): Uint8Array {
  return rootOf(Array.from({ length: count }, (_, at) => hashIn(tile, first + at)));
}

/** Returns the root of the tree over hashes whose number is a power of two. */
export function rootOf(hashes: readonly Uint8Array[]): Uint8Array {
  let level = hashes;
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let at = 0; at + 1 < level.length; at += 2)
      above.push(nodeHash(level[at] as Uint8Array, level[at + 1] as Uint8Array));
    level = above;
  }
  return level[0] ?? fail('TILES_INCONSISTENT', 'a tile has no hashes');
}

/**
 * Splits an entry bundle into its entries. They share the memory of the bundle.
 *
 * @throws CountersignError `SERVICE_RESPONSE_INVALID` if it does not have exactly this number of entries
 */
export function splitBundle(bundle: Uint8Array, count: number): readonly Uint8Array[] {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (entries.length < count) {
    const start = at + 2;
    const end = start + 256 * (bundle[at] ?? 0) + (bundle[at + 1] ?? 0);
    if (end > bundle.length)
      fail('SERVICE_RESPONSE_INVALID', `the entry bundle ends within entry ${entries.length} of ${count}`);
    entries.push(bundle.subarray(start, end));
    at = end;
  }
  if (at !== bundle.length)
    fail('SERVICE_RESPONSE_INVALID', `the entry bundle has ${bundle.length - at} bytes after entry ${count}`);
  return entries;
}
