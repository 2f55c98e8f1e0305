/** Transparency logs: Merkle trees, signed notes, checkpoints, and the bodies of entries. */
export { type Checkpoint, type CheckpointKey, readCheckpoint, verifyCheckpoint } from './checkpoint.ts';
export { CompactRange } from './compact-range.ts';
export { earlierRoot, emptyRoot, rootOfRange, type TreeState, verifyConsistency } from './consistency.ts';
export { countWitnesses, isCosignedBy, type MlDsaKey, type NoteKey, readWitnessKey, type WitnessKey, } from './cosignature.ts';
export { splitDataTile } from './data-tile.ts';
export { consistencyRanges, inclusionRanges, type LeafRange, type Subtree, subtreesOf } from './leaf-range.ts';
export { leafHash, nodeHash, verifyInclusion } from './merkle.ts';
export { canonicalBody, dsseV1, hashedRekordV1, type IntotoEnvelope, intotoV1, intotoV2, verifierPem, } from './rekor-v1.ts';
export { dsseV2, type HashedRekordV2, hashAlgorithmNames, hashAlgorithmOf, hashedRekordV2, keyDetailsNames, } from './rekor-v2.ts';
export { type SignedEntry, verifySignedEntryTimestamp } from './signed-entry-timestamp.ts';
export { readSignedNote } from './signed-note.ts';
export { type CertificateLogKey, type SignedTreeHead, treeHeadNote, verifyTreeHead } from './signed-tree-head.ts';
export { edgeTiles, hashesAt, hashIn, rangeOfEdge, rootOf, splitBundle, subtreeRoot, type Tile, tileHeight, tilePath, tileWidth, } from './tile.ts';
export { type CosignatureCheck, checkCosignature } from './timed-cosignature.ts';
export { meetsQuorum, type PolicyWitness, readTlogPolicy, type TlogPolicy, type WitnessGroup } from './tlog-policy.ts';
export { isWitnessKey, readVerifierKey, type VerifierKey, verifierKeyText, } from './verifier-key.ts';
