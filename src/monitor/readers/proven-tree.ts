/** The tree of a head, read from tiles of which each is proven by the root. */

import { encodeHex, equalBytes } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import {
  CompactRange,
  edgeTiles,
  hashesAt,
  hashIn,
  type LeafRange,
  nodeHash,
  rangeOfEdge,
  rootOfRange,
  subtreeRoot,
  subtreesOf,
  type Tile,
  tileHeight,
  tileWidth,
} from '../../core/log/index.ts';
import type { TreeState } from '../log/index.ts';
import { withRefresh } from './refresh.ts';

/**
 * Fetches a tile of a tree.
 *
 * @param refresh asks caches to fetch it from the log again
 * @throws CountersignError `ENTRIES_WITHHELD`; those of HTTP
 */
export type FetchTile = (tile: Tile, refresh: boolean) => Promise<Uint8Array>;

/** The number of full tiles that are kept: 512 KiB. */
const maxKept = 64;

/**
 * Full tiles by their roots. A tile is proven if its root is a proven hash, so what is kept is valid for every tree that contains it.
 */
export class TileCache {
  readonly #tiles = new Map<string, Promise<Uint8Array>>();

  /** Returns the tile with this root, and reads it if it is not kept. What cannot be read is not kept. */
  get(root: Uint8Array, read: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const key = encodeHex(root);
    const kept = this.#tiles.get(key);
    this.#tiles.delete(key);
    const tile = kept ?? read();
    this.#tiles.set(key, tile);
    if (kept === undefined)
      tile.catch(() => {
        if (this.#tiles.get(key) === tile) this.#tiles.delete(key);
      });
    const [oldest] = this.#tiles.keys();
    if (this.#tiles.size > maxKept && oldest !== undefined) this.#tiles.delete(oldest);
    return tile;
  }
}

/** A tree whose right edge is proven, and from there any other part of it. */
export class ProvenTree {
  readonly #size: number;
  /** The partial tiles, by their levels. */
  readonly #edge: ReadonlyMap<number, Uint8Array>;
  readonly #fetch: FetchTile;
  readonly #cache: TileCache;
  /** All entries of the tree. */
  readonly range: CompactRange;

  private constructor(range: CompactRange, edge: ReadonlyMap<number, Uint8Array>, fetch: FetchTile, cache: TileCache) {
    this.#size = range.size;
    this.range = range;
    this.#edge = edge;
    this.#fetch = fetch;
    this.#cache = cache;
  }

  /**
   * Reads the right edge of a tree: at most one tile for each level of tiles.
   *
   * @throws CountersignError `TILES_INCONSISTENT` if it does not lead to the root
   */
  static async open(head: TreeState, fetch: FetchTile, cache: TileCache): Promise<ProvenTree> {
    const { size, root } = head;
    const tiles = edgeTiles(size);
    return withRefresh(async (refresh) => {
      const edge = await Promise.all(tiles.map((tile) => fetch(tile, refresh)));
      const range = rangeOfEdge(size, edge);
      if (!equalBytes(rootOfRange(range), root))
        fail('TILES_INCONSISTENT', `the tiles of the log do not lead to the root of its checkpoint of size ${size}`);
      return new ProvenTree(range, new Map(tiles.map(({ level }, at) => [level, edge[at] ?? root])), fetch, cache);
    });
  }

  /**
   * Returns the hash at a position of a level of tiles: the root of 256^level entries.
   *
   * @throws CountersignError `TILES_INCONSISTENT` if the tile that contains it does not match the tree
   */
  async hash(level: number, position: number): Promise<Uint8Array> {
    return hashIn(await this.#tile(level, Math.floor(position / tileWidth)), position % tileWidth);
  }

  /** Returns the hash of a range of entries whose subtree is a part of the tree. */
  async rangeHash(range: LeafRange): Promise<Uint8Array> {
    const hashes = await Promise.all(subtreesOf(range).map(({ level, position }) => this.#node(level, position)));
    return hashes.reduceRight((right, left) => nodeHash(left, right));
  }

  /** Returns the range of the first entries. */
  async rangeAt(size: number): Promise<CompactRange> {
    const subtrees = subtreesOf({ from: 0, to: size });
    return CompactRange.of(size, await Promise.all(subtrees.map(({ level, position }) => this.#node(level, position))));
  }

  async #node(level: number, position: number): Promise<Uint8Array> {
    const tileLevel = Math.floor(level / tileHeight);
    const count = 2 ** (level % tileHeight);
    const first = position * count;
    const tile = await this.#tile(tileLevel, Math.floor(first / tileWidth));
    return subtreeRoot(tile, first % tileWidth, count);
  }

  async #tile(level: number, index: number): Promise<Uint8Array> {
    const edge = this.#edge.get(level);
    if (edge !== undefined && index === Math.floor(hashesAt(level, this.#size) / tileWidth)) return edge;
    // The hash of a full tile is in the tile above it.
    const root = await this.hash(level + 1, index);
    return this.#cache.get(root, () =>
      withRefresh(async (refresh) => {
        const tile = await this.#fetch({ level, index, width: tileWidth }, refresh);
        if (!equalBytes(subtreeRoot(tile), root))
          fail('TILES_INCONSISTENT', `tile ${index} of level ${level} is not the tile in the tree of the log`);
        return tile;
      }),
    );
  }
}
