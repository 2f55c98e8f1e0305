/** A transparency log: its storage, its signed notes and its tiles. */
export { LogStore, type NewEntry } from './log-store.ts';
export { type Checkpoint, checkpointText, type NoteLine, type NoteSigner, namedKeyHash, noteSigner, readCheckpointText, readNote, signatureLine, signNote, verifierKey, witness, } from './note.ts';
export { tileAt } from './tiles.ts';
export { type CheckpointOverrides, maxEntryLength, TransparencyLog, type TransparencyLogEntry, type TransparencyLogOptions, } from './transparency-log.ts';
