/** The verify action with the assets of a release. */

import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { exampleJob, type SandboxRepository, type StepResult } from '../../sandbox/index.ts';
import { failure, Job, lastStep } from './job.ts';

let job: Job;
let app: SandboxRepository;
beforeAll(async () => {
  job = await Job.start();
  app = job.sandbox.github.addRepository(exampleJob.repository);
  const workspace = await job.workspace({ 'app.tgz': 'app', 'lib.tgz': 'lib' });
  const step = job.step({ files: '*.tgz', release: 'v1', 'publish-release': 'true' });
  const signed = lastStep(await job.run(workspace, [step], inJob({ contents: 'write' }, { 'id-token': 'write' })));
  if (signed.conclusion !== 'success') throw new Error(failure(signed));
});
afterEach(() => job.sandbox.faults.clear());
afterAll(() => job[Symbol.asyncDispose]());

function inJob(github: { readonly contents: 'read' | 'write' }, identity: { readonly 'id-token'?: 'write' } = {}) {
  return {
    permissions: { ...github, ...identity },
    github: { api_url: job.sandbox.urls.github },
    githubToken: job.sandbox.github.jobToken(app, github),
  };
}

async function verify(inputs: Readonly<Record<string, string>>): Promise<StepResult> {
  const workspace = await job.workspace({ 'app.tgz': 'app' });
  const step = job.verifyStep({ 'release-assets': `${exampleJob.repository}@v1`, ...inputs });
  return lastStep(await job.run(workspace, [step], inJob({ contents: 'read' })));
}

test('verifies all assets of a published release', async () => {
  const verified = await verify({ 'release-files': 'app.tgz\nlib.tgz' });
  expect(verified.conclusion).toBe('success');
  expect(verified.outputs.get('verified')).toBe('true');
  const results = JSON.parse(verified.outputs.get('results') ?? '[]');
  expect(results.map(({ artifact }: { readonly artifact: string }) => artifact).sort()).toEqual(['app.tgz', 'lib.tgz']);
});

test('fails for an asset that is missing, one that was swapped, and another signer', async () => {
  const missing = await verify({ 'release-files': 'app.zip' });
  expect([missing.outputs.get('verified'), failure(missing)]).toEqual(['false', expect.stringContaining('app.zip')]);
  const other = failure(await verify({ 'certificate-identity': 'https://github.com/other/app' }));
  expect(other.split('\n').sort()).toEqual([
    expect.stringMatching(/^app\.tgz: signed by/),
    expect.stringMatching(/^lib\.tgz: signed by/),
  ]);
  const [asset] = job.sandbox.github.releases.of(app)[0]?.assets ?? [];
  if (asset === undefined) throw new Error('no asset');
  const content = job.sandbox.github.releases.contentOf(asset);
  job.sandbox.github.releases.replaceContent(asset, Buffer.from('evil'));
  expect(failure(await verify({}))).toContain('GitHub lists');
  job.sandbox.github.releases.replaceContent(asset, content);
});

test.each([
  { files: '*.tgz' },
  { 'bundle-dir': '.' },
  { bundle: 'app.tgz' },
  { from: 'github' },
  { images: 'localhost/app:1' },
  { 'strict-folder': 'true' },
  { 'vsa-out': 'vsa.json' },
  { 'vsa-failed': 'true' },
  { 'files-artifact': 'dist' },
  { 'bundle-artifact': 'bundles' },
])('is refused together with %j', async (inputs) => {
  expect(failure(await verify(inputs))).toContain('`release-assets` cannot be combined with');
});

test('is required by the names of its files', async () => {
  expect(failure(await verify({ 'release-assets': '', 'release-files': 'a' }))).toContain('without `release-assets`');
});
