/** Reads events: the commits that the repository has accepted, and the sources of proposals. */

import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Event, readEvent } from '../../src/gate/event.ts';
import { canCheckOutProposal } from '../../src/gate/job.ts';
import { type EventKind, eventContext } from '../kit/runner/index.ts';
import { failure } from '../services/loopback.ts';
import { accepting, fork, type GitHubEvent, proposals, queue, repositoryName, withoutBase } from './events.ts';

const commits = { base: 'b'.repeat(40), head: 'f'.repeat(40) };
const merge = '9'.repeat(40);

let folder = '';
beforeAll(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'countersign-event-'));
});
afterAll(() => fs.rm(folder, { recursive: true, force: true }));

async function read({ payload, ...job }: GitHubEvent): Promise<Event> {
  const eventPath = join(folder, 'event.json');
  await fs.writeFile(eventPath, JSON.stringify(payload));
  return readEvent(
    { workspace: folder, eventPath, repository: repositoryName, serverUrl: 'https://github.com', ...job },
    fs,
  );
}

const acceptedIn = async (event: GitHubEvent): Promise<readonly string[]> => [...(await read(event)).accepted.keys()];

function changed(name: string, change: (payload: never) => void, job: Partial<GitHubEvent> = {}): GitHubEvent {
  const event = proposals[name]?.(commits);
  if (event === undefined) throw new Error(`there is no event ${name}`);
  const payload = structuredClone(event.payload);
  change(payload as never);
  return { ...event, payload, ...job };
}

test.each(Object.entries(proposals))('%s has a base, and can check out a proposal', async (_, make) => {
  expect(await acceptedIn(make(commits))).toEqual([commits.base]);
  expect(canCheckOutProposal(make(commits))).toBe(true);
});

test.each(Object.entries(withoutBase))('%s has none', async (_, make) => {
  expect(await acceptedIn(make(commits))).toEqual([]);
  expect(canCheckOutProposal(make(commits))).toBe(true);
});

test.each(Object.entries(accepting))('%s cannot check out a proposal', (_, make) => {
  expect(canCheckOutProposal(make(commits))).toBe(false);
});

test.each<[kind: EventKind, can: boolean, accepted: number]>([
  ['push-branch', false, 1],
  ['push-tag', false, 0],
  ['pull-request', true, 1],
  ['fork-pull-request', true, 1],
  ['dependabot', true, 1],
  ['pull-request-target', true, 2],
  ['merge-group', true, 1],
  ['schedule', false, 0],
  ['workflow-dispatch', true, 1],
  ['workflow-run', true, 1],
  ['release', false, 0],
])('the runner of the sandbox: %s', async (kind, can, accepted) => {
  const { github, payload } = eventContext(kind);
  const { event_name: eventName = '', ref = '', sha = '' } = github;
  expect(canCheckOutProposal({ eventName, ref })).toBe(can);
  expect(await acceptedIn({ eventName, ref, sha, payload })).toHaveLength(accepted);
});

describe('the commit of the job is accepted', () => {
  test('on the default branch alone, and on what pull_request_target is about', async () => {
    for (const ref of ['refs/heads/topic', 'refs/tags/main', 'refs/heads/main/x', 'refs/heads/', 'main', ''])
      expect(await acceptedIn(changed('issue_comment', () => undefined, { ref }))).toEqual([]);
    const target = (base: string, ref: string): GitHubEvent =>
      changed(
        'pull_request_target',
        (payload: { pull_request: { base: { ref: string; sha: string } } }) => {
          payload.pull_request.base = { ref: base, sha: merge.replaceAll('9', 'a') };
        },
        { ref },
      );
    expect(await acceptedIn(target('release', 'refs/heads/release'))).toHaveLength(2);
    expect(await acceptedIn(target('release', 'refs/heads/main'))).toHaveLength(2);
    expect(await acceptedIn(target('release', 'refs/heads/topic'))).toHaveLength(1);
    expect(
      await acceptedIn({ ...target('release', 'refs/heads/release'), eventName: 'pull_request_review' }),
    ).toHaveLength(1);
  });

  test('not where the default branch has no name, or is a queue', async () => {
    for (const name of ['', 7, null, undefined]) {
      const event = changed(
        'issue_comment',
        (payload: { repository: { default_branch: unknown } }) => {
          payload.repository.default_branch = name;
        },
        { ref: name === '' ? 'refs/heads/' : `refs/heads/${name}` },
      );
      expect(await acceptedIn(event)).toEqual([]);
    }
    const queued = changed(
      'issue_comment',
      (payload: { repository: { default_branch: string } }) => {
        payload.repository.default_branch = queue.slice('refs/heads/'.length);
      },
      { ref: queue },
    );
    expect(await acceptedIn(queued)).toEqual([]);
  });

  test('in workflow_dispatch on the ref that was chosen, a branch or a tag', async () => {
    const dispatch = (ref: string, chosen = ref, eventName = 'workflow_dispatch'): Promise<readonly string[]> =>
      acceptedIn({
        eventName,
        ref,
        sha: commits.base,
        payload: { ref: chosen, repository: { default_branch: 'main' } },
      });
    expect(await dispatch('refs/heads/topic')).toEqual([commits.base]);
    expect(await dispatch('refs/tags/v1')).toEqual([commits.base]);
    expect(await dispatch('refs/pull/27/merge')).toEqual([]);
    expect(await dispatch('refs/heads/')).toEqual([]);
    expect(await dispatch(queue)).toEqual([]);
    expect(await dispatch('refs/heads/topic', 'refs/heads/main')).toEqual([]);
    expect(await dispatch('refs/heads/topic', 'refs/heads/topic', 'repository_dispatch')).toEqual([]);
  });

  test('not if it is none', async () => {
    for (const sha of ['', 'main', commits.base.toUpperCase(), commits.base.slice(1)])
      expect(await acceptedIn(changed('issue_comment', () => undefined, { sha }))).toEqual([]);
    expect(await acceptedIn(changed('issue_comment', () => undefined, { sha: 'a'.repeat(64) }))).toEqual([
      'a'.repeat(64),
    ]);
  });
});

test('a base is taken from the payload of the events that have one, and no other', async () => {
  const elsewhere = { eventName: 'an event of later days', ref: 'refs/heads/topic' };
  expect(await acceptedIn(changed('pull_request', () => undefined, elsewhere))).toEqual([]);
  expect(await acceptedIn(changed('merge_group', () => undefined, elsewhere))).toEqual([]);
});

describe('what the event names as proposed is not accepted, whatever else it is named as', () => {
  type PullRequest = { pull_request: { head: { sha: string }; merge_commit_sha: string; merged: boolean } };
  test.each([
    ['head', (payload: PullRequest) => (payload.pull_request.head.sha = commits.base)],
    ['merge commit', (payload: PullRequest) => (payload.pull_request.merge_commit_sha = commits.base)],
  ] as const)('as the %s of a pull request, unless it is merged', async (_, change) => {
    for (const name of ['pull_request', 'pull_request_target', 'pull_request_review']) {
      const open = changed(name, change);
      expect(await acceptedIn(open)).toEqual([]);
      expect((await read(open)).proposed).toContain(commits.base);
      const merged = changed(name, (payload: PullRequest) => {
        change(payload);
        payload.pull_request.merged = true;
      });
      expect(await acceptedIn(merged)).toEqual([commits.base]);
    }
  });

  test('as what a merge queue has made', async () => {
    const event = changed('merge_group', (payload: { merge_group: { head_sha: string } }) => {
      payload.merge_group.head_sha = commits.base;
    });
    expect(await acceptedIn(event)).toEqual([]);
  });

  test('as what another run was of', async () => {
    const event = changed('workflow_run', (payload: { workflow_run: { head_sha: string } }) => {
      payload.workflow_run.head_sha = commits.base;
    });
    expect(await acceptedIn(event)).toEqual([]);
  });
});

describe('a run that follows another one', () => {
  const own = {
    event: 'push',
    head_sha: commits.head,
    head_branch: 'main',
    head_repository: { full_name: repositoryName },
  };
  const following = (run: object, job: Partial<GitHubEvent> = {}): GitHubEvent =>
    changed(
      'workflow_run',
      (payload: { workflow_run: object }) => {
        payload.workflow_run = { ...own, ...run };
      },
      job,
    );

  test('also has the commit of that, if it was of the default branch and no pull request’s', async () => {
    for (const event of ['push', 'schedule', 'workflow_dispatch'])
      expect(await acceptedIn(following({ event }))).toEqual([commits.base, commits.head]);
  });

  test.each([
    ['of a pull request', { event: 'pull_request' }],
    ['of a kind that is not known', { event: undefined }],
    ['of another branch', { head_branch: 'topic' }],
    ['of a fork', { head_repository: { full_name: fork } }],
    ['of a repository that it does not name', { head_repository: null }],
  ])('and not if it was %s', async (_, run) => {
    const event = await read(following(run));
    expect([...event.accepted.keys()]).toEqual([commits.base]);
    expect(event.proposed).toContain(commits.head);
  });

  test('and not if neither the job nor the event names a repository', async () => {
    const event = await read({ ...following({ head_repository: undefined }), ...{ repository: undefined } });
    expect([...event.accepted.keys()]).toEqual([commits.base]);
  });

  test('and not in another event, or without a default branch', async () => {
    expect(await acceptedIn(following({}, { eventName: 'issues' }))).toEqual([commits.base]);
    const nameless = changed('workflow_run', (payload: { workflow_run: object; repository: object }) => {
      payload.workflow_run = { ...own, head_branch: undefined };
      payload.repository = {};
    });
    expect(await acceptedIn(nameless)).toEqual([]);
  });
});

test('where proposals come from', async () => {
  const from = async (name: string): Promise<unknown> => (await read(changed(name, () => undefined))).proposers;
  for (const name of ['pull_request', 'pull_request_target', 'pull_request_review', 'workflow_run'])
    expect(await from(name)).toEqual(new Set([fork]));
  expect(await from('merge_group')).toEqual(new Set());
  for (const name of ['issue_comment', 'repository_dispatch', 'an event of later days'])
    expect(await from(name)).toBeUndefined();
});

test('how a workflow names what is accepted', async () => {
  const named = async (name: string): Promise<unknown> => [
    ...(await read(changed(name, () => undefined))).accepted.values(),
  ];
  expect(await named('pull_request')).toEqual(['github.event.pull_request.base.sha']);
  expect(await named('merge_group')).toEqual(['github.event.merge_group.base_sha']);
  expect(await named('issue_comment')).toEqual(['github.sha']);
});

test.each([undefined, ''])('a job without the path of its event (%j) is refused', async (eventPath) => {
  const job = { workspace: folder, repository: repositoryName, serverUrl: 'https://github.com' };
  const { payload: _, ...event } = changed('pull_request', () => undefined);
  expect(await failure(readEvent({ ...job, ...event, eventPath }, fs))).toMatchObject({
    code: 'POLICY_INVALID',
    message: expect.stringMatching(/GITHUB_EVENT_PATH.*: the variable is not set$/),
  });
});
