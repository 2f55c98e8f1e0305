/** The services that know facts which are not in a log. */

import type { CommitRelation, Fact, GitHubRepository, WorkflowRun } from '../rules/index.ts';

/**
 * Looks up facts about repositories of GitHub, which are named `owner/name`. What cannot be found out is `unknown`, with the reason as a
 * sentence without its full stop; nothing is thrown. `GitHubClient` implements it.
 */
export interface GitHubFacts {
  workflowRun(repository: string, runId: string, attempt: number): Promise<Fact<WorkflowRun>>;
  repository(name: string): Promise<Fact<GitHubRepository>>;
  compareToDefaultBranch(repository: string, sha: string): Promise<Fact<CommitRelation>>;
}

/** Looks up the digests that receipts and bundles of releases state. */
export interface ReceiptFacts {
  /** @returns digests such as `sha256:…`; `absent` if the folders contain none */
  digests(folders: readonly string[]): Promise<Fact<ReadonlySet<string>>>;
}

export interface FactSource {
  readonly github: GitHubFacts;
  readonly receipts: ReceiptFacts;
}
