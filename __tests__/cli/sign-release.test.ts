/** `countersign sign` with destinations at GitHub. */

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { exampleJob, fault, type SandboxRepository } from '../../sandbox/index.ts';
import { Job } from '../action/job.ts';
import { countersign } from './command.ts';

let job: Job;
let repository: SandboxRepository;
let workspace: string;
let runs = 0;

beforeAll(async () => {
  job = await Job.start();
  repository = job.sandbox.github.addRepository(exampleJob.repository);
});
afterAll(() => job[Symbol.asyncDispose]());
beforeEach(async () => {
  workspace = await job.workspace({ 'app.tgz': `app ${++runs}` });
  job.forget();
});
afterEach(() => job.sandbox.behave());

/** Signs in a step of a GitHub job, with its token. */
function sign(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const { requestUrl, requestToken } = job.sandbox.jobTokens;
  const instance = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  const services = ['--signing-config', job.path('rekor-v2.json')];
  return countersign(job, ['sign', 'app.tgz', '--json', ...instance, ...services, ...args], {
    cwd: workspace,
    env: {
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_TOKEN: job.sandbox.github.jobToken(repository, { contents: 'write', attestations: 'write' }),
      GITHUB_API_URL: job.sandbox.urls.github,
      GITHUB_REPOSITORY: repository.name,
      GITHUB_REF: `refs/tags/v${runs}`,
      GITHUB_SHA: exampleJob.sha,
      ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
      ...environment,
    },
  });
}

const releases = () => job.sandbox.github.releases.of(repository).filter(({ tag }) => tag === `v${runs}`);

test.each([
  ['a tag', () => `v${runs}`],
  ['the draft of the tag that started the run', () => 'draft'],
])('--release with %s attaches the file and its bundle', async (_, named) => {
  const { code, stdout } = await sign(['--release', named(), '--publish-release']);
  expect(code).toBe(0);
  const [release] = releases();
  expect(JSON.parse(stdout)).toMatchObject({
    signed: true,
    deliveries: [
      { name: 'release', outcome: 'delivered', place: `v${runs}`, ids: [String(release?.id)], delivered: 2 },
    ],
  });
  expect([release?.isDraft, release?.assets.map(({ name }) => name).sort()]).toEqual([
    false,
    ['app.tgz', 'app.tgz.sigstore.json'],
  ]);
});

test.each([
  ['--release', () => `v${runs}`],
  ['--store-attestations', () => ''],
])('what only %s has is restored, and not signed again', async (flag, value) => {
  const args = [flag, value()].filter((part) => part !== '');
  expect((await sign(args)).code).toBe(0);
  for (const name of ['app.tgz.sigstore.json', 'attestation.sigstore.json'])
    await rm(join(workspace, name), { force: true });
  job.forget();
  const { code, stdout } = await sign(args);
  expect([code, JSON.parse(stdout).subjects.length, job.count('rekor-v2')]).toEqual([0, 1, 0]);
  expect(JSON.parse(stdout).deliveries).toMatchObject([{ outcome: 'present' }]);
});

test('a release that refuses leaves the bundle on disk, and ends the command', async () => {
  job.sandbox.faults.set(
    { service: 'github', matching: /^POST .*\/releases$/ },
    fault.status(403, { body: '{"message":"no"}' }),
  );
  const { code, stdout } = await sign(['--release', `v${runs}`]);
  expect(code).not.toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    subjects: [{ name: 'app.tgz' }],
    deliveries: [{ name: 'release', outcome: 'failed' }],
    failure: { code: 'PERMISSION_MISSING' },
  });
});

test.each<[what: string, environment: Readonly<Record<string, string>>, args: readonly string[], message: string]>([
  ['a token', { GITHUB_TOKEN: '' }, ['--release', 'v1'], 'no token'],
  ['a repository', { GITHUB_REPOSITORY: '' }, ['--release', 'v1'], 'the repository at GitHub is not specified'],
  ['a release to publish', {}, ['--publish-release'], '--publish-release'],
  ['a tag that started the run', { GITHUB_REF: 'refs/heads/main' }, ['--release', 'draft'], 'no tag did'],
])('without %s, nothing is signed', async (_, environment, args, message) => {
  const { code, stdout } = await sign(args, environment);
  expect([code, JSON.parse(stdout).failure.code]).toEqual([2, 'USAGE']);
  expect(JSON.parse(stdout).failure.message).toContain(message);
  expect(job.count('rekor-v2')).toBe(0);
});
