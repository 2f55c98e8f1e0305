/** Transparency logs: Merkle trees, signed notes, checkpoints, and the bodies of entries. */
export { type Checkpoint, type CheckpointKey, readCheckpoint, verifyCheckpoint } from './checkpoint.ts';
export { CompactRange } from './compact-range.ts';
export { countWitnesses, isCosignedBy, type NoteKey, readWitnessKey } from './cosignature.ts';
export { leafHash, nodeHash, verifyInclusion } from './merkle.ts';
export { canonicalBody, dsseV1, hashedRekordV1, type IntotoEnvelope, intotoV1, intotoV2, verifierPem, } from './rekor-v1.ts';
export { dsseV2, type HashedRekordV2, hashAlgorithmNames, hashAlgorithmOf, hashedRekordV2, keyDetailsNames, } from './rekor-v2.ts';
export { type SignedEntry, verifySignedEntryTimestamp } from './signed-entry-timestamp.ts';
export { readSignedNote } from './signed-note.ts';
