/**
 * GitHub's REST API: repositories, runs and their jobs, commits, issues, the artifacts of runs, releases, attestations and storage
 * records.
 */
export type { AttestationSettings, StoredAttestation } from './attestations.ts';
export type { CommitRelation } from './commits.ts';
export { addExampleRun } from './example-run.ts';
export { interruptedUpload, secondaryRateLimit } from './faults.ts';
export { GitHubService, type GitHubServiceOptions, type GitHubSettings } from './github-service.ts';
export type { IssueOptions, SandboxIssue } from './issues.ts';
export type { ReleaseStore } from './releases.ts';
export { type JobOptions, type OwnerType, type RepositoryOptions, type RunOptions, SandboxRepository, type SandboxRun, type Visibility, } from './repository.ts';
export { compressSnappy } from './snappy.ts';
export type { StorageRecord } from './storage-records.ts';
export type { StoredAsset, StoredRelease } from './stored-release.ts';
export type { Permissions } from './tokens.ts';
