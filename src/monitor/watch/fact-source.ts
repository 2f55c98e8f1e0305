/** The services that know facts which are not in a log. */

import type { CommitRelation, Fact, GitHubRepository, Receipts, WorkflowRun } from '../rules/index.ts';

/**
 * Looks up facts about repositories of GitHub, which are named `owner/name`. What cannot be found out is `unknown`, with the reason as a
 * sentence without its full stop; nothing is thrown. `GitHubClient` implements it.
 */
export interface GitHubFacts {
  workflowRun(repository: string, runId: string, attempt: number): Promise<Fact<WorkflowRun>>;
  repository(name: string): Promise<Fact<GitHubRepository>>;
  compareToDefaultBranch(repository: string, sha: string): Promise<Fact<CommitRelation>>;
}

/** Looks up the digests and statements in receipts and bundles of releases. */
export interface ReceiptFacts {
  /** @returns `absent` if there are no folders */
  receipts(folders: readonly string[]): Promise<Fact<Receipts>>;
}

export interface FactSource {
  readonly github: GitHubFacts;
  readonly receipts: ReceiptFacts;
}
