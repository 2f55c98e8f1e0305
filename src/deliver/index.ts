/** Delivers bundles: to disk, to a workflow artifact, to a registry. */

export { type AttachmentRequest, attachBundle } from './attach-bundle.ts';
export {
  attestationPaths,
  bundlePaths,
  type CollectionPaths,
  collectionPaths,
  isDelivered,
  type Places,
} from './bundle-paths.ts';
export {
  type Collection,
  type CollectionRequest,
  type DeliveredSubject,
  type LogReference,
  writeCollection,
} from './collection.ts';
export { type DeliveringFiles, deliverFile, demandConfined, demandDeliverable } from './disk.ts';
export {
  type ArtifactClient,
  type ArtifactRequest,
  artifactName,
  type UploadedArtifact,
  uploadArtifact,
  type WorkflowRun,
} from './upload-artifact.ts';
