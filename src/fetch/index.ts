/** Fetches what others published: workflow artifacts, and the bundles that are attached to images. */

export { type Attached, fetchAttached } from './attached-bundles.ts';
export { olderTag } from './attachments.ts';
export {
  type ArtifactReference,
  type DownloadClient,
  type DownloadedArtifact,
  type DownloadRequest,
  downloadArtifact,
} from './download-artifact.ts';
export { artifactWarnings, fetchArtifact } from './fetch-artifact.ts';
