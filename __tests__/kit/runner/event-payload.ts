/** The payloads of events, shaped like GitHub's webhooks, with the members that actions read. */

import type { JobClaims } from '../../../sandbox/oidc/index.ts';

/** The kinds of events (GITHUB.md §1.12). */
export const eventKinds = [
  'push-branch',
  'push-tag',
  'pull-request',
  'fork-pull-request',
  'dependabot',
  'pull-request-target',
  'merge-group',
  'schedule',
  'workflow-dispatch',
  'workflow-run',
  'release',
] as const;
export type EventKind = (typeof eventKinds)[number];

export const defaultBranch = 'main';
export const pullRequestNumber = 27;
export const headCommit = 'fedcba9876543210fedcba9876543210fedcba98';

type Json = Readonly<Record<string, unknown>>;

const zeroCommit = '0'.repeat(40);
const baseCommit = '00112233445566778899aabbccddeeff00112233';

export function eventPayload(kind: EventKind, claims: JobClaims, branch: string): Json {
  const common = { repository: repository(claims), sender: user(claims.actor, claims.actor_id) };
  switch (kind) {
    case 'push-branch':
    case 'push-tag': {
      const tag = kind === 'push-tag';
      const commit = { id: claims.sha, message: 'A commit', timestamp: '2026-01-02T03:04:05Z' };
      return {
        ...common,
        ref: claims.ref,
        before: tag ? zeroCommit : baseCommit,
        after: claims.sha,
        base_ref: tag ? `refs/heads/${branch}` : null,
        created: tag,
        deleted: false,
        forced: false,
        commits: tag ? [] : [commit],
        head_commit: commit,
        pusher: { name: claims.actor },
      };
    }
    case 'pull-request':
    case 'pull-request-target':
    case 'fork-pull-request':
    case 'dependabot':
      return {
        ...common,
        action: 'opened',
        number: pullRequestNumber,
        pull_request: pullRequest(kind, claims, branch),
      };
    case 'merge-group':
      return {
        ...common,
        action: 'checks_requested',
        merge_group: {
          head_sha: claims.sha,
          head_ref: claims.ref,
          base_sha: baseCommit,
          base_ref: `refs/heads/${branch}`,
          head_commit: { id: claims.sha, message: 'Merge', timestamp: '2026-01-02T03:04:05Z' },
        },
      };
    case 'schedule':
      // There is no repository in it, and so no visibility.
      return { schedule: '17 4 * * 1' };
    case 'workflow-dispatch':
      return { ...common, inputs: null, ref: claims.ref, workflow: workflowPath(claims) };
    case 'workflow-run':
      return { ...common, action: 'completed', workflow_run: workflowRun(claims), workflow: { name: 'build' } };
    case 'release':
      return { ...common, action: 'published', release: release(claims, branch) };
  }
}

function repository(claims: JobClaims, fork = false): Json {
  const [owner = '', name = ''] = claims.repository.split('/');
  return {
    id: Number(claims.repository_id),
    name,
    full_name: claims.repository,
    owner: { login: owner, id: Number(claims.repository_owner_id), type: 'Organization' },
    private: claims.repository_visibility !== 'public',
    visibility: claims.repository_visibility,
    fork,
    default_branch: defaultBranch,
    html_url: `https://github.com/${claims.repository}`,
  };
}

function user(login: string, id: string): Json {
  return { login, id: Number(id), type: login.endsWith('[bot]') ? 'Bot' : 'User' };
}

function pullRequest(kind: EventKind, claims: JobClaims, branch: string): Json {
  const base = repository(claims);
  // A fork: a repository of the same name under another owner.
  const foreign = kind === 'fork-pull-request' || kind === 'pull-request-target';
  const owner = foreign ? claims.actor : claims.repository_owner;
  const head = foreign
    ? {
        ...repository(claims, true),
        id: 700000099,
        full_name: `${owner}/${String(base.name)}`,
        owner: user(owner, claims.actor_id),
      }
    : base;
  return {
    number: pullRequestNumber,
    state: 'open',
    title: 'A change',
    draft: false,
    merged: false,
    user: user(claims.actor, claims.actor_id),
    author_association: foreign ? 'FIRST_TIME_CONTRIBUTOR' : 'MEMBER',
    html_url: `https://github.com/${claims.repository}/pull/${pullRequestNumber}`,
    // The commit of the run is the merge of these two, except for pull_request_target.
    head: { ref: claims.head_ref, sha: headCommit, label: `${owner}:${claims.head_ref}`, repo: head },
    base: { ref: branch, sha: baseCommit, label: `${claims.repository_owner}:${branch}`, repo: base },
    merge_commit_sha: claims.event_name === 'pull_request' ? claims.sha : null,
  };
}

function workflowRun(claims: JobClaims): Json {
  return {
    id: Number(claims.run_id) - 1,
    name: 'build',
    path: '.github/workflows/build.yml',
    event: 'pull_request',
    status: 'completed',
    conclusion: 'success',
    head_branch: 'topic',
    head_sha: headCommit,
    run_attempt: 1,
    repository: repository(claims),
    head_repository: { ...repository(claims, true), full_name: 'stranger/example-repo' },
  };
}

function release(claims: JobClaims, branch: string): Json {
  const tag = claims.ref.slice('refs/tags/'.length);
  return {
    id: 900000001,
    tag_name: tag,
    name: tag,
    target_commitish: branch,
    draft: false,
    prerelease: false,
    immutable: false,
    author: user(claims.actor, claims.actor_id),
    html_url: `https://github.com/${claims.repository}/releases/tag/${tag}`,
    upload_url: `https://uploads.github.com/repos/${claims.repository}/releases/900000001/assets{?name,label}`,
    assets: [],
  };
}

function workflowPath(claims: JobClaims): string {
  return claims.workflow_ref.slice(claims.repository.length + 1).replace(/@.*$/, '');
}
