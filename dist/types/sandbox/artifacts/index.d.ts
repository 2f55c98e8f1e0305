/** GitHub's artifact service, and the blob store behind it. */
export { type Artifact, ArtifactService, type ArtifactServiceOptions } from './artifact-service.ts';
export { BlobStore } from './blob-store.ts';
export type { BackendJob, RuntimeJob } from './runtime-token.ts';
