/** Tiles (C2SP tlog-tiles): a tree in files of 256 hashes of one level each, and its entries in bundles of 256. */
import { CompactRange } from './compact-range.ts';
/** The number of hashes in a full tile, and of entries in a full bundle. */
export declare const tileWidth = 256;
/** The number of levels of the tree between two levels of tiles. */
export declare const tileHeight = 8;
/** A tile: hash i is the root of the 256^level leaves from (256 · index + i) · 256^level on. */
export interface Tile {
    readonly level: number;
    readonly index: number;
    /** The number of hashes, from 1 to 256; a partial tile has fewer than 256. */
    readonly width: number;
}
/** Returns the path of a tile, or of an entry bundle if the level is a name: `tile/1/x001/234.p/7`. */
export declare function tilePath(level: number | string, index: number, width: number): string;
/** Returns the number of hashes at a level of tiles in a tree of this size. */
export declare function hashesAt(level: number, size: number): number;
/**
 * Returns the partial tiles of a tree of this size, the highest first. They contain everything that its root depends on: each level ends
 * with a partial tile, except where its hashes fill their tiles exactly.
 */
export declare function edgeTiles(size: number): readonly Tile[];
/**
 * Returns the compact range of the first `size` entries of a log.
 *
 * @param tiles the hashes of each of the {@link edgeTiles}, in their order
 */
export declare function rangeOfEdge(size: number, tiles: readonly Uint8Array[]): CompactRange;
/** Returns one hash of a tile. */
export declare function hashIn(tile: Uint8Array, at: number): Uint8Array;
/** Returns the root of the tree over some hashes of a tile. */
export declare function subtreeRoot(tile: Uint8Array, first?: number, count?: number): Uint8Array;
/** Returns the root of the tree over hashes whose number is a power of two. */
export declare function rootOf(hashes: readonly Uint8Array[]): Uint8Array;
/**
 * Splits an entry bundle into its entries. They share the memory of the bundle.
 *
 * @throws CountersignError `SERVICE_RESPONSE_INVALID` if it does not have exactly this number of entries
 */
export declare function splitBundle(bundle: Uint8Array, count: number): readonly Uint8Array[];
