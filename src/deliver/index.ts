/** Delivers bundles: to disk, to a workflow artifact, to a registry, to a release, to GitHub's attestation store. */

export { attachBundle, attachOlderSignature } from './attach-bundle.ts';
export {
  attestationPaths,
  bundlePaths,
  collectionPaths,
  coversSeveral,
  distinctPath,
  type Places,
  placesOfBundles,
} from './bundle-paths.ts';
export {
  type Collection,
  type DeliveredSubject,
  type LogReference,
  writeCollection,
} from './collection.ts';
export { type DeliveringFiles, deliverFile, demandConfined, demandDeliverable } from './disk.ts';
export { demandNameFree } from './earlier-artifact.ts';
export {
  type AttestationPlace,
  type AttestationToStore,
  type DeliveryFailure,
  demandAttestations,
  type RecordedStorage,
  recordStorage,
  type StoredAttestations,
  type StoredBundle,
  storeAttestations,
} from './github-attestations.ts';
export { deliveredKind, isManifestOpening, type ManifestEntry, readManifestLine } from './manifest.ts';
export { pep740Attestation } from './pep-740.ts';
export { assetNameOf } from './release/asset-names.ts';
export { attachToRelease } from './release/attach-to-release.ts';
export type {
  AssetOutcome,
  AttachedRelease,
  Publication,
  ReleaseFile,
  ReleaseRequest,
  ReleaseTarget,
  ReleaseWorld,
} from './release/release-request.ts';
export {
  type ArtifactClient,
  artifactName,
  artifactNames,
  type UploadedArtifact,
  uploadArtifact,
  type WorkflowRun,
} from './upload-artifact.ts';
export { type FolderUpload, type UploadedFolder, uploadFolder } from './upload-folder.ts';
export { uploadLegDigests } from './upload-leg-digests.ts';
