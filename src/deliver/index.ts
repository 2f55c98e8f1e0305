/** Where bundles go. */

export {
  type ArtifactClient,
  type ArtifactRequest,
  artifactName,
  demandArtifactName,
  type UploadedArtifact,
  uploadArtifact,
  type WorkflowRun,
} from './artifact.ts';
export { type AttachmentRequest, attachBundle } from './attach-bundle.ts';
export { type Attached, type AttachedBundle, fetchAttached, type UnreadAttachment } from './attached-bundles.ts';
export { olderTag } from './attachments.ts';
export { attestationPaths, bundlePaths, type CollectionPaths, collectionPaths, type Places } from './bundle-paths.ts';
export {
  type Collection,
  type CollectionRequest,
  type DeliveredSubject,
  type LogReference,
  writeCollection,
} from './collection.ts';
export { isDelivered } from './delivered-files.ts';
export { type DeliveringFiles, deliverFile, demandConfined, demandDeliverable } from './disk.ts';
export {
  type ArtifactReference,
  type DownloadClient,
  type DownloadedArtifact,
  type DownloadRequest,
  downloadArtifact,
} from './download-artifact.ts';
