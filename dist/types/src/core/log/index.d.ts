/** Transparency logs: Merkle trees, signed notes, checkpoints, and the bodies of entries. */
export { type Checkpoint, type CheckpointKey, readCheckpoint, verifyCheckpoint } from './checkpoint.ts';
export { countWitnesses, isCosignedBy, type NoteKey, readWitnessKey } from './cosignature.ts';
export { type InclusionProof, leafHash, nodeHash, verifyInclusion } from './merkle.ts';
export { canonicalBody, type DsseV1, dsseV1, type HashedRekordV1, hashedRekordV1, type IntotoEnvelope, type IntotoV2, intotoV1, intotoV2, verifierPem, } from './rekor-v1.ts';
export { type DsseV2, dsseV2, type HashedRekordV2, hashAlgorithmNames, hashAlgorithmOf, hashedRekordV2, keyDetailsNames, } from './rekor-v2.ts';
export { type SignedEntry, verifySignedEntryTimestamp } from './signed-entry-timestamp.ts';
export { type NoteSignature, readSignedNote, type SignedNote } from './signed-note.ts';
