/** Events as GitHub delivers them, in each of which a job can be asked to decide by a policy. */

import { exampleJob } from '../../sandbox/index.ts';

export const repositoryName = exampleJob.repository;
const [owner = ''] = repositoryName.split('/');
export const fork = `stranger/${repositoryName.split('/')[1]}`;
export const queue = 'refs/heads/gh-readonly-queue/main/pr-27-fedcba9876543210fedcba9876543210fedcba98';

export interface Commits {
  /** The accepted commit. */
  readonly base: string;
  /** The proposed commit. */
  readonly head: string;
}

export interface GitHubEvent {
  readonly eventName: string;
  readonly ref: string;
  readonly sha: string;
  readonly payload: object;
}

const merge = '9'.repeat(40);
const repository = { full_name: repositoryName, default_branch: 'main', owner: { login: owner } };
const main = 'refs/heads/main';

function pullRequest({ base, head }: Commits): object {
  return {
    head: { sha: head, ref: 'topic', repo: { full_name: fork } },
    base: { sha: base, ref: 'main', repo: repository },
    merge_commit_sha: merge,
    merged: false,
  };
}

/** An event of the default branch, about something else. */
const ofDefaultBranch =
  (eventName: string, about: object = {}) =>
  ({ base }: Commits): GitHubEvent => ({ eventName, ref: main, sha: base, payload: { repository, ...about } });

const ofPullRequest =
  (eventName: string) =>
  (commits: Commits): GitHubEvent => {
    const target = eventName === 'pull_request_target';
    return {
      eventName,
      ref: target ? main : 'refs/pull/27/merge',
      sha: target ? commits.base : merge,
      payload: { repository, pull_request: pullRequest(commits) },
    };
  };

/** Events in which a job can check out a proposal, and a commit is known that the repository has accepted. */
export const proposals: Readonly<Record<string, (commits: Commits) => GitHubEvent>> = {
  pull_request: ofPullRequest('pull_request'),
  pull_request_target: ofPullRequest('pull_request_target'),
  pull_request_review: ofPullRequest('pull_request_review'),
  pull_request_review_comment: ofPullRequest('pull_request_review_comment'),
  merge_group: ({ base, head }) => ({
    eventName: 'merge_group',
    ref: queue,
    sha: head,
    payload: { repository, merge_group: { head_sha: head, head_ref: queue, base_sha: base, base_ref: main } },
  }),
  workflow_run: ({ base, head }) =>
    ofDefaultBranch('workflow_run', {
      workflow_run: {
        event: 'pull_request',
        head_sha: head,
        head_branch: 'main',
        head_repository: { full_name: fork },
      },
    })({ base, head }),
  issue_comment: ofDefaultBranch('issue_comment', { issue: { number: 27, pull_request: {} } }),
  issues: ofDefaultBranch('issues'),
  discussion: ofDefaultBranch('discussion'),
  check_run: ofDefaultBranch('check_run'),
  check_suite: ofDefaultBranch('check_suite'),
  status: ofDefaultBranch('status'),
  watch: ofDefaultBranch('watch'),
  fork: ofDefaultBranch('fork'),
  repository_dispatch: ofDefaultBranch('repository_dispatch', { client_payload: { ref: 'refs/pull/27/head' } }),
  workflow_dispatch: ({ base }) => ({
    eventName: 'workflow_dispatch',
    ref: 'refs/heads/release',
    sha: base,
    payload: { repository, ref: 'refs/heads/release', inputs: { pr: '27' } },
  }),
  'an event of later days': ofDefaultBranch('proposal_voted'),
};

/** Events in which no commit is known that the repository has accepted. */
export const withoutBase: Readonly<Record<string, (commits: Commits) => GitHubEvent>> = {
  deployment: ({ head }) => ({ eventName: 'deployment', ref: 'refs/heads/topic', sha: head, payload: { repository } }),
  create: ({ head }) => ({ eventName: 'create', ref: 'refs/heads/topic', sha: head, payload: { repository } }),
  'push to a merge queue': ({ head }) => ({ eventName: 'push', ref: queue, sha: head, payload: { repository } }),
  'an event without a repository': ({ base }) => ({ eventName: 'issues', ref: main, sha: base, payload: {} }),
  'pull_request without a base': ({ head }) => ({
    eventName: 'pull_request',
    ref: 'refs/pull/27/merge',
    sha: merge,
    payload: { repository, pull_request: { head: { sha: head } } },
  }),
};

/** Events of what the repository has accepted. */
export const accepting: Readonly<Record<string, (commits: Commits) => GitHubEvent>> = {
  push: ({ head }) => ({ eventName: 'push', ref: 'refs/heads/topic', sha: head, payload: {} }),
  'push of a tag': ({ head }) => ({ eventName: 'push', ref: 'refs/tags/v1', sha: head, payload: {} }),
  schedule: ({ head }) => ({ eventName: 'schedule', ref: main, sha: head, payload: {} }),
  release: ({ head }) => ({ eventName: 'release', ref: 'refs/tags/v1', sha: head, payload: {} }),
};
