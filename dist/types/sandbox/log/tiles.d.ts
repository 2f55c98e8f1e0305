/** Tiles (C2SP tlog-tiles): 256 hashes of one level of a tree, or 256 entries, or the first of them. */
import type { LogStore } from './log-store.ts';
/** The name of the tiles of entries, in place of a level, and the form of an entry in them. */
export interface EntryTiles {
    readonly name: string;
    readonly encode: (entry: Uint8Array) => Uint8Array;
}
/** Returns the tile at a path; `undefined` if the path is no tile's, not in its canonical form, or beyond the end of the log. */
export declare function tileAt(store: LogStore, path: string, { name, encode }: EntryTiles): Uint8Array | undefined;
