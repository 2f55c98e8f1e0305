/** Tiles (C2SP tlog-tiles): 256 hashes of one level of a tree, or as many entries. */

import { concatBytes } from '../../src/core/encoding/index.ts';
import type { LogStore } from './log-store.ts';

const tileWidth = 256;
const tileHeight = 8;

/** A hash tile of this width, or `undefined` if the log has not so much of it. */
export function hashTile(
  { tree }: LogStore,
  level: number,
  index: number,
  width: number = tileWidth,
): Uint8Array | undefined {
  const treeLevel = level * tileHeight;
  const start = index * tileWidth;
  if (start + width > tree.width(treeLevel)) return undefined;
  return concatBytes(...Array.from({ length: width }, (_, offset) => tree.node(treeLevel, start + offset)));
}

/** The entries of an entry bundle of this width, each as `encode` writes it, likewise. */
export function entryTile(
  store: LogStore,
  index: number,
  width: number = tileWidth,
  encode: (entry: Uint8Array) => Uint8Array,
): Uint8Array | undefined {
  const start = index * tileWidth;
  if (start + width > store.size) return undefined;
  return concatBytes(...store.entries(start, width).map(encode));
}
