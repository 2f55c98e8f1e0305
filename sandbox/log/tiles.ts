/** Tiles (C2SP tlog-tiles): 256 hashes of one level of a tree, or 256 entries, or the first of them. */

import { concatBytes } from '../../src/core/encoding/index.ts';
import type { LogStore } from './log-store.ts';

const tileWidth = 256;
const tileHeight = 8;

/** `<level>/<index>[.p/<width>]`, the index in groups of three digits. */
const pathForm = /^(\w+)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** The name of the tiles of entries, in place of a level, and the form of an entry in them. */
export interface EntryTiles {
  readonly name: string;
  readonly encode: (entry: Uint8Array) => Uint8Array;
}

/** Returns the tile at a path; `undefined` if the path is no tile's, not in its canonical form, or beyond the end of the log. */
export function tileAt(store: LogStore, path: string, { name, encode }: EntryTiles): Uint8Array | undefined {
  const [, level = '', groups = '', partial] = pathForm.exec(path) ?? [];
  const width = partial === undefined ? tileWidth : Number(partial);
  // x000/001 would be a second name of 001, and 001.p/256 one of 001.
  if (groups.startsWith('x000') || (partial !== undefined && width >= tileWidth)) return undefined;
  const start = Number(groups.replace(/[x/]/g, '')) * tileWidth;
  if (level === name)
    return start + width > store.size ? undefined : concatBytes(...store.entries(start, width).map(encode));
  if (!/^(?:0|[1-9]\d?)$/.test(level)) return undefined;
  const treeLevel = Number(level) * tileHeight;
  if (start + width > store.tree.width(treeLevel)) return undefined;
  return concatBytes(...Array.from({ length: width }, (_, at) => store.tree.node(treeLevel, start + at)));
}
