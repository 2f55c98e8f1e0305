/** Delivers bundles: to disk, to a workflow artifact, to a registry. */

export { attachBundle } from './attach-bundle.ts';
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
  writeCollection,
} from './collection.ts';
export { type DeliveringFiles, deliverFile, demandConfined, demandDeliverable } from './disk.ts';
export { demandNameFree } from './earlier-artifact.ts';
export { deliveredKind } from './manifest.ts';
export { pep740Attestation } from './pep-740.ts';
export {
  type ArtifactClient,
  artifactName,
  type UploadedArtifact,
  uploadArtifact,
  type WorkflowRun,
} from './upload-artifact.ts';
export { type FolderUpload, type UploadedFolder, uploadFolder } from './upload-folder.ts';
export { uploadLegDigests } from './upload-leg-digests.ts';
