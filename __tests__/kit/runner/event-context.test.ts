import { describe, expect, test } from '@jest/globals';
import { exampleJob, jobSubject } from '../../../sandbox/index.ts';
import { repositoryContext } from '../../../sandbox/runner/environment.ts';
import { type EventKind, eventContext, eventKinds } from './index.ts';

const workflow = 'example-org/example-repo/.github/workflows/release.yml';

describe('the context of each event', () => {
  type Row = readonly [
    kind: EventKind,
    event: string,
    ref: string,
    refName: string,
    baseRef: string,
    headRef: string,
    sub: string | undefined,
  ];
  const merge = 'refs/pull/27/merge';
  const queue = 'gh-readonly-queue/main/pr-27-fedcba9876543210fedcba9876543210fedcba98';
  // biome-ignore format: a table
  const table: readonly Row[] = [
    ['push-branch', 'push', 'refs/heads/main', 'main', '', '', 'ref:refs/heads/main'],
    ['push-tag', 'push', 'refs/tags/v1.0.0', 'v1.0.0', '', '', 'ref:refs/tags/v1.0.0'],
    ['pull-request', 'pull_request', merge, '27/merge', 'main', 'topic', 'pull_request'],
    ['fork-pull-request', 'pull_request', merge, '27/merge', 'main', 'topic', undefined],
    ['dependabot', 'pull_request', merge, '27/merge', 'main', 'dependabot/npm_and_yarn/left-pad-1.3.0', undefined],
    ['pull-request-target', 'pull_request_target', 'refs/heads/main', 'main', 'main', 'topic', 'ref:refs/heads/main'],
    ['merge-group', 'merge_group', `refs/heads/${queue}`, queue, '', '', `ref:refs/heads/${queue}`],
    ['schedule', 'schedule', 'refs/heads/main', 'main', '', '', 'ref:refs/heads/main'],
    ['workflow-dispatch', 'workflow_dispatch', 'refs/heads/main', 'main', '', '', 'ref:refs/heads/main'],
    ['workflow-run', 'workflow_run', 'refs/heads/main', 'main', '', '', 'ref:refs/heads/main'],
    ['release', 'release', 'refs/tags/v1.0.0', 'v1.0.0', '', '', 'ref:refs/tags/v1.0.0'],
  ];

  test('is in the table', () => {
    expect(table.map(([kind]) => kind)).toEqual(eventKinds);
  });

  test.each(table)('%s', (kind, event_name, ref, ref_name, base_ref, head_ref, sub) => {
    const event = eventContext(kind);
    const facts = { event_name, ref, base_ref, head_ref, workflow_ref: `${workflow}@${ref}`, sha: exampleJob.sha };
    expect(event.github).toMatchObject(facts);
    expect(repositoryContext(event.github).ref_name).toBe(ref_name);
    expect(event.permissionCeiling).toBe(sub === undefined ? 'read' : 'write');
    if (sub === undefined) {
      expect(event.claims).toBeUndefined();
      return;
    }
    expect(event.claims).toMatchObject({ ...facts, job_workflow_ref: `${workflow}@${ref}` });
    // The variables and the claims of one name are one fact.
    for (const [name, value] of Object.entries(event.claims ?? {})) {
      if (name in event.github) expect([name, (event.github as Record<string, string>)[name]]).toEqual([name, value]);
    }
    expect(jobSubject(event.claims ?? exampleJob, event.subjectForm)).toBe(`repo:example-org/example-repo:${sub}`);
  });

  test('a tag is a tag, and only the default branch is protected', () => {
    expect(eventContext('push-tag').github).toMatchObject({ ref_type: 'tag', ref_protected: 'false' });
    expect(eventContext('push-branch').github).toMatchObject({ ref_type: 'branch', ref_protected: 'true' });
    expect(eventContext('push-branch', { branch: 'next' }).claims).toMatchObject({
      ref: 'refs/heads/next',
      ref_protected: 'false',
    });
    expect(eventContext('pull-request').github).toMatchObject({ ref_type: 'branch' });
  });
});

describe('the payload', () => {
  const payload = (kind: EventKind) => eventContext(kind).payload;

  test.each<[kind: EventKind, payload: Readonly<Record<string, unknown>>]>([
    ['push-branch', { ref: 'refs/heads/main', after: exampleJob.sha, created: false, head_commit: { id: exampleJob.sha } }],
    ['push-tag', { ref: 'refs/tags/v1.0.0', before: '0'.repeat(40), created: true, base_ref: 'refs/heads/main' }],
    ['pull-request', { action: 'opened', number: 27, pull_request: { head: { repo: { full_name: 'example-org/example-repo', fork: false } } } }],
    ['fork-pull-request', { pull_request: { head: { repo: { full_name: 'stranger/example-repo', fork: true } }, base: { repo: { full_name: 'example-org/example-repo' } } } }],
    ['pull-request-target', { pull_request: { head: { repo: { fork: true } }, merge_commit_sha: null } }],
    ['dependabot', { sender: { login: 'dependabot[bot]', type: 'Bot' }, pull_request: { head: { repo: { fork: false } } } }],
    ['merge-group', { action: 'checks_requested', merge_group: { base_ref: 'refs/heads/main', head_sha: exampleJob.sha } }],
    ['workflow-dispatch', { ref: 'refs/heads/main', workflow: '.github/workflows/release.yml', inputs: null }],
    ['workflow-run', { action: 'completed', workflow_run: { event: 'pull_request', head_repository: { fork: true } } }],
    ['release', { action: 'published', release: { tag_name: 'v1.0.0', draft: false } }],
  ])('of %s', (kind, expected) => {
    expect(payload(kind)).toMatchObject(expected);
    expect(payload(kind)).toMatchObject({ repository: { full_name: 'example-org/example-repo', visibility: 'public' } });
  }); // biome-ignore format: one case a line

  test('of a schedule says nothing of the repository', () => {
    expect(payload('schedule')).toEqual({ schedule: '17 4 * * 1' });
  });

  test('the commit of a pull request’s run is not its head', () => {
    const { github, payload } = eventContext('pull-request');
    const { head, merge_commit_sha } = payload.pull_request as {
      readonly head: { readonly sha: string };
      readonly merge_commit_sha: string;
    };
    expect(merge_commit_sha).toBe(github.sha);
    expect(head.sha).not.toBe(github.sha);
  });
});

describe('what a job may be besides', () => {
  test('one with an environment, which decides its subject, also in a pull request', () => {
    const { claims = exampleJob } = eventContext('pull-request', { environment: 'prod:eu' });
    expect(claims.environment).toBe('prod:eu');
    expect(jobSubject(claims, 'classic')).toBe('repo:example-org/example-repo:environment:prod%3Aeu');
    expect(eventContext('pull-request').claims).not.toHaveProperty('environment');
  });

  test('one of a reusable workflow of the same repository: at the commit of the caller', () => {
    const { claims, github, jobWorkflow } = eventContext('push-tag', { calls: { path: '.github/workflows/sign.yml' } });
    const file = 'example-org/example-repo/.github/workflows/sign.yml@refs/tags/v1.0.0';
    expect(claims).toMatchObject({ job_workflow_ref: file, job_workflow_sha: exampleJob.sha });
    expect(claims?.workflow_ref).toBe(`${workflow}@refs/tags/v1.0.0`);
    expect(github.workflow_ref).toBe(`${workflow}@refs/tags/v1.0.0`);
    expect(jobWorkflow).toEqual({ repository: 'example-org/example-repo', sha: exampleJob.sha });
  });

  test('one of a reusable workflow of another repository: at the ref that the caller wrote', () => {
    const sha = 'a'.repeat(40);
    const calls = { repository: 'acme/signing', ref: 'refs/tags/v2', sha };
    const { claims, github, jobWorkflow } = eventContext('push-branch', { calls });
    expect(claims).toMatchObject({
      job_workflow_ref: 'acme/signing/.github/workflows/sign.yml@refs/tags/v2',
      job_workflow_sha: sha,
      workflow_ref: `${workflow}@refs/heads/main`,
      workflow_sha: exampleJob.sha,
      repository: 'example-org/example-repo',
    });
    expect(github.workflow_sha).toBe(exampleJob.sha);
    expect(jobWorkflow).toEqual({ repository: 'acme/signing', sha });
  });

  test('one that is run again, in another repository that is private', () => {
    const { claims, github, payload } = eventContext('push-branch', {
      attempt: 2,
      repository: 'acme/tool',
      visibility: 'private',
      subjectForm: 'immutable',
    });
    expect(github).toMatchObject({ run_attempt: '2', run_id: exampleJob.run_id, repository_owner: 'acme' });
    expect(claims).toMatchObject({ run_attempt: '2', repository: 'acme/tool', repository_visibility: 'private' });
    expect(payload).toMatchObject({ repository: { private: true, visibility: 'private', name: 'tool' } });
  });
});
