/** GitHub's services: the artifact service, as a job reaches it, and the REST API. */
export type { ApiOptions as GitHubOptions } from './api.ts';
export { demandArtifactName, demandArtifactService, describeClientError, forbiddenInPaths, hasArtifactService, openArtifactClient, } from './artifact-client.ts';
export { type AttestationPlace, type AttestationReader, openAttestationReader, type ServedBundle, type ServedBundles, } from './attestation-reader.ts';
export { type AttestationStored, type AttestationWriter, maxAttestationLength, openAttestationWriter, } from './attestation-writer.ts';
export type { CommitRelation, GitHubArtifact, GitHubClient, GitHubIssue, GitHubJob, GitHubRepository, GitHubRun, IssueChange, IssueComment, IssueQuery, ListedRun, Lookup, NewIssue, RunQuery, } from './github-client.ts';
export { openGitHub } from './open-github.ts';
export { openReleases } from './open-releases.ts';
export type { AssetUpload, DownloadedAsset, GitHubRelease, ImmutableReleases, NewDraft, ReleaseAsset, ReleaseClient, UploadResult, } from './release-client.ts';
export { openStorageRecorder, type RecordCreated, type StorageRecord, type StorageRecorder, } from './storage-records.ts';
