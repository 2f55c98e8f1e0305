/** `countersign deliver`: existing bundles are verified, then delivered, and nothing is signed. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { exampleJob, type SandboxRepository } from '../../sandbox/index.ts';
import { Job, signer } from '../action/job.ts';
import { countersign } from './command.ts';

let job: Job;
let repository: SandboxRepository;
let workspace: string;

beforeAll(async () => {
  job = await Job.start();
  repository = job.sandbox.github.addRepository(exampleJob.repository);
});
afterAll(() => job[Symbol.asyncDispose]());
beforeEach(async () => {
  workspace = await job.workspace({ 'app.tgz': 'app' });
  expect((await job.sign(workspace, { files: '*.tgz', 'bundle-format': 'attestation' })).conclusion).toBe('success');
  job.forget();
});

function deliver(...args: readonly string[]) {
  const trusting = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  const expecting = ['--certificate-identity', signer, '--certificate-oidc-issuer', job.sandbox.urls.jobIssuer];
  const bundle = ['--bundle', 'attestation.sigstore.json', '--json'];
  return countersign(job, ['deliver', 'app.tgz', ...trusting, ...expecting, ...bundle, ...args], {
    cwd: workspace,
    env: {
      GITHUB_TOKEN: job.sandbox.github.jobToken(repository, { contents: 'write', attestations: 'write' }),
      GITHUB_API_URL: job.sandbox.urls.github,
      GITHUB_REPOSITORY: repository.name,
    },
  });
}

const assetsOf = (tag: string) =>
  job.sandbox.github.releases.of(repository).flatMap((one) => (one.tag === tag ? one.assets : []));

test('what verifies is delivered once, however often it is repeated', async () => {
  for (const outcome of ['delivered', 'present']) {
    const { code, stdout } = await deliver('--to-release', 'v1', '--store-attestations');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      delivered: true,
      exitCode: 0,
      deliveries: [
        { name: 'release', outcome, place: 'v1' },
        { name: 'github-attestations', outcome },
      ],
    });
  }
  expect(assetsOf('v1').map(({ name }) => name)).toEqual(
    expect.arrayContaining(['app.tgz', 'attestation.sigstore.json']),
  );
  expect([assetsOf('v1').length, job.sandbox.github.attestations.all.length]).toEqual([2, 1]);
  expect([job.count('fulcio'), job.count('rekor-v2')]).toEqual([0, 0]);
});

test('nothing is delivered if a file does not verify', async () => {
  await writeFile(join(workspace, 'app.tgz'), 'another');
  const { code, stdout } = await deliver('--to-release', 'v2');
  expect(code).not.toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ delivered: false, failure: { code: 'ARTIFACT_MISMATCH' } });
  expect(job.count('github')).toBe(0);
});

test('a destination is required', async () => {
  expect(JSON.parse((await deliver()).stdout)).toMatchObject({
    failure: { code: 'USAGE', remedy: 'Use --to-release or --store-attestations.' },
  });
});
