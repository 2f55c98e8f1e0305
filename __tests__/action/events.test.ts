/** The action in whole jobs, by the event that started each: whose identity its certificates have, and when there is none. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type EventContext, eventContext } from '../kit/runner/index.ts';
import { bundlesIn, failure, Job, lastStep, subjectsOf } from './job.ts';

let job: Job;
beforeAll(async () => {
  job = await Job.start();
});
afterAll(() => job[Symbol.asyncDispose]());

const workflow = 'example-org/example-repo/.github/workflows/release.yml';

describe('signs with the identity of the job', () => {
  test.each<[what: string, event: EventContext, identity: string]>([
    ['a push', eventContext('push-branch'), `${workflow}@refs/heads/main`],
    ['a tag', eventContext('push-tag', { tag: 'v1.2.3' }), `${workflow}@refs/tags/v1.2.3`],
    ['a release', eventContext('release'), `${workflow}@refs/tags/v1.0.0`],
    ['a pull request', eventContext('pull-request'), `${workflow}@refs/pull/27/merge`],
    [
      'a merge queue',
      eventContext('merge-group'),
      `${workflow}@refs/heads/gh-readonly-queue/main/pr-27-fedcba9876543210fedcba9876543210fedcba98`,
    ],
    // Its payload says nothing of the repository.
    ['a schedule', eventContext('schedule'), `${workflow}@refs/heads/main`],
    ['a dispatch', eventContext('workflow-dispatch', { branch: 'next' }), `${workflow}@refs/heads/next`],
    [
      'a job with an environment',
      eventContext('push-tag', { environment: 'production' }),
      `${workflow}@refs/tags/v1.0.0`,
    ],
    ['a subject of numbers', eventContext('push-branch', { subjectForm: 'immutable' }), `${workflow}@refs/heads/main`],
    [
      'a reusable workflow of the repository',
      eventContext('push-branch', { calls: { path: '.github/workflows/sign.yml' } }),
      'example-org/example-repo/.github/workflows/sign.yml@refs/heads/main',
    ],
    [
      'a reusable workflow of another repository',
      eventContext('push-branch', { calls: { repository: 'acme/signing', ref: 'refs/tags/v2' } }),
      'acme/signing/.github/workflows/sign.yml@refs/tags/v2',
    ],
  ])('%s', async (_, event, identity) => {
    const workspace = await job.workspace({ a: 'a' });
    const result = await job.run(workspace, [job.step({ files: 'a' })], { event });
    expect(lastStep(result).annotations).toEqual([]);
    expect(result.conclusion).toBe('success');
    const [subject] = subjectsOf(lastStep(result));
    expect(subject?.identity).toBe(`https://github.com/${identity}`);
    expect(await bundlesIn(workspace)).toHaveLength(1);
  });
});

describe('has no identity, and says so', () => {
  test.each<[what: string, event: EventContext]>([
    ['a pull request from a fork', eventContext('fork-pull-request')],
    ['a pull request of Dependabot', eventContext('dependabot')],
  ])('%s', async (_, event) => {
    const workspace = await job.workspace({ a: 'a' });
    const result = await job.run(workspace, [job.step({ files: 'a' })], { event });
    expect(failure(lastStep(result))).toContain(
      'TOKEN_PERMISSION_MISSING: this job is not allowed to request an identity token',
    );
    expect(failure(lastStep(result))).toContain('A pull request from a fork never has this permission.');
    expect(result).toMatchObject({ conclusion: 'failure', permissions: { 'id-token': 'none' } });
    expect([job.count('oidc'), job.count('fulcio')]).toEqual([0, 0]);
    expect(await bundlesIn(workspace)).toEqual([]);
  });

  test('a job that names another permission alone', async () => {
    const workspace = await job.workspace({ a: 'a' });
    const permissions = { contents: 'write' } as const;
    const result = await job.run(workspace, [job.step({ files: 'a' })], { permissions });
    expect(failure(lastStep(result))).toContain('TOKEN_PERMISSION_MISSING');
  });
});

test.each(['pull-request-target', 'workflow-run'] as const)('refuses to sign in a job of %s', async (kind) => {
  const workspace = await job.workspace({ a: 'a' });
  const result = await job.run(workspace, [job.step({ files: 'a' })], { event: eventContext(kind) });
  expect(failure(lastStep(result))).toContain('TRIGGER_REFUSED');
  expect(job.count('fulcio')).toBe(0);
});

describe('in a job of several steps', () => {
  const build = {
    'build/action.yml': 'runs: { using: node24, main: main.mjs }\n',
    'build/main.mjs': `import { appendFileSync, writeFileSync } from 'node:fs';
      writeFileSync('app.zip', 'app');
      appendFileSync(process.env.GITHUB_ARTIFACTS, 'app.zip\\n');`,
  };
  const steps = () => [
    { uses: './build' },
    job.step({ files: '', 'upload-artifact': 'true', 'artifact-name': 'bundles', 'bundle-dir': 'bundles' }),
  ];

  test('signs what an earlier one announced, hands on what it made, and uploads it', async () => {
    const workspace = await job.workspace(build);
    const outputs = { subjects: '\u0024{{ steps.sign.outputs.subjects }}' };
    const result = await job.run(workspace, steps(), { outputs });
    expect(result.conclusion).toBe('success');
    const subjects = JSON.parse(result.outputs.get('subjects') ?? '[]');
    expect(subjects).toMatchObject([{ name: 'app.zip', digest: result.artifacts[0]?.digest }]);
    expect(job.sandbox.artifactService.artifacts.map(({ name }) => name)).toContain('bundles');
  });

  test('run again on the same machine, signs nothing again, and its artifact is still the one', async () => {
    const workspace = await job.workspace(build);
    const runtime = await job.sandbox.artifactService.newJob();
    const first = await job.run(workspace, steps(), { runtime });
    expect(first.conclusion).toBe('success');
    const again = await job.run(workspace, steps(), {
      event: eventContext('push-branch', { attempt: 2 }),
      runtime: await job.sandbox.artifactService.newJob(runtime.runId),
    });
    expect(subjectsOf(lastStep(again)).map(({ resumed }) => resumed)).toEqual([true]);
    expect(job.count('fulcio')).toBe(0);
    expect(lastStep(again).conclusion).toBe('success');
    const artifactOf = (result: typeof first) => lastStep(result).outputs.get('artifact-name');
    expect(artifactOf(again)).toBe(artifactOf(first));
    expect(artifactOf(again)).not.toBe('');
  });
});
