/** A transparency log: what it keeps, what it signs, what it shows. */

export { LogStore, type NewEntry } from './log-store.ts';
export {
  type Checkpoint,
  checkpointText,
  type NoteSigner,
  namedKeyHash,
  noteSigner,
  signatureLine,
  signNote,
  verifierKey,
  witness,
} from './note.ts';
export { parseTilePath, type TileCoordinates } from './tile-path.ts';
export { entryTile, hashTile } from './tiles.ts';
export {
  type CheckpointOverrides,
  maxEntryLength,
  TransparencyLog,
  type TransparencyLogEntry,
  type TransparencyLogOptions,
} from './transparency-log.ts';
