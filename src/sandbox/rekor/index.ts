/** The transparency log, and Rekor v2 in front of it. */

export { encodeHashedRekord, type HashedRekord, readHashedRekord } from './hashed-rekord.ts';
export { type Checkpoint, checkpointText, type NoteSigner, noteSigner, signatureLine, signNote } from './note.ts';
export { RekorService } from './rekor-service.ts';
export { parseTilePath, type TileCoordinates } from './tile-path.ts';
export {
  type CheckpointOverrides,
  TransparencyLog,
  type TransparencyLogEntry,
  type TransparencyLogOptions,
} from './transparency-log.ts';
export { acceptedKeyDetails, type KeyDetails } from './verifier-key.ts';
