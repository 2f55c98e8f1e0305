/** Fetches what others published: workflow artifacts, and the bundles that are attached to images. */

export { type Attached, type AttachedBundle, fetchAttached } from './attached-bundles.ts';
export {
  type AttachedTo,
  type AttachmentSource,
  olderTag,
  placeOfList,
  placeOfTag,
  taggedManifests,
} from './attachment-source.ts';
export {
  attestationManifestType,
  type FoundAttestations,
  findAttestationManifests,
  readAttestationManifest,
} from './attestation-manifests.ts';
export {
  type ArtifactReference,
  type DownloadClient,
  type DownloadedArtifact,
  type DownloadRequest,
  downloadArtifact,
} from './download-artifact.ts';
export { artifactWarnings, fetchArtifact } from './fetch-artifact.ts';
export { fetchLegDigests, type LegDigestsFolder, listLegArtifacts } from './fetch-leg-digests.ts';
export { type DetachedSignature, readDetached } from './formats/detached.ts';
export { readOtherFormat, readPep740 } from './formats/index.ts';
export { layoutAttachments } from './layout-attachments.ts';
export { type RestoredState, restoreState, type StateSource, stateArtifactName } from './state-artifact.ts';
