/** GitHub's REST API: repositories, runs and their jobs, commits, issues, and the artifacts of runs. */
export type { CommitRelation } from './commits.ts';
export { addExampleRun } from './example-run.ts';
export { secondaryRateLimit } from './faults.ts';
export { GitHubService, type GitHubServiceOptions, type GitHubSettings } from './github-service.ts';
export type { IssueOptions, SandboxIssue } from './issues.ts';
export { type JobOptions, type RepositoryOptions, type RunOptions, SandboxRepository, type SandboxRun, type Visibility, } from './repository.ts';
export type { Permissions } from './tokens.ts';
