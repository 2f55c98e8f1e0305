/** Transparency logs: Merkle trees, signed notes, checkpoints, and what an entry says. */
export { type Checkpoint, type CheckpointKey, readCheckpoint, verifyCheckpoint } from './checkpoint.ts';
export { type HashedRekord, hashAlgorithmNames, hashedRekordBody, keyDetailsName } from './hashed-rekord.ts';
export { type InclusionProof, leafHash, nodeHash, verifyInclusion } from './merkle.ts';
export { canonicalBody, type DsseV1, dsseV1, type HashedRekordV1, hashedRekordV1, readSubmittedForm, verifierPem, } from './rekor-v1.ts';
export { type SignedEntry, verifySignedEntryTimestamp } from './signed-entry-timestamp.ts';
export { type NoteSignature, readSignedNote, type SignedNote } from './signed-note.ts';
