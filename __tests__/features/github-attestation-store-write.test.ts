/**
 * GitHub's attestation store, written by the sign action (FEATURES.md, C2): what is stored is what was signed, anybody can verify it from there,
 * the outputs name it, and nothing is stored twice.
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { exampleJob, fault, type SandboxRepository, type StoredAttestation } from '../../sandbox/index.ts';
import { failure, Job, lastStep, signer } from '../action/job.ts';
import { countersign } from '../cli/command.ts';
import type { PushedImage } from '../kit/registries.ts';

const names = ['app', 'lib'] as const;

let job: Job;
let repository: SandboxRepository;
let workspace: string;
let image: PushedImage;
let files: Readonly<Record<string, string>>;
let runs = 0;
let before: ReadonlySet<number>;

beforeAll(async () => {
  job = await Job.start();
  repository = job.sandbox.github.addRepository(exampleJob.repository);
});
afterAll(() => job[Symbol.asyncDispose]());
beforeEach(async () => {
  image = await job.image(`app-${++runs}`, 'v1');
  files = Object.fromEntries(names.map((name) => [`${name}.tgz`, `${name} ${runs}`]));
  workspace = await job.workspace(files);
  before = new Set(job.sandbox.github.attestations.all.map(({ id }) => id));
});
afterEach(() => job.sandbox.behave());

const stored = (): readonly StoredAttestation[] =>
  job.sandbox.github.attestations.all.filter(({ id }) => !before.has(id));

async function sign(inputs: Readonly<Record<string, string>> = {}, granted: 'read' | 'write' = 'write') {
  const step = job.step({ files: '*.tgz', 'store-attestations': 'true', ...inputs });
  const result = await job.run(workspace, [step], {
    github: { api_url: job.sandbox.urls.github },
    githubToken: job.sandbox.github.jobToken(repository, { attestations: granted }),
  });
  return lastStep(result);
}

/** Verifies files by their bundles in the store, without a login. */
function verifyFromStore(cwd: string) {
  const trusting = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  const expecting = ['--certificate-identity', signer, '--certificate-oidc-issuer', job.sandbox.urls.jobIssuer];
  const args = ['verify', ...names.map((name) => `${name}.tgz`), '--from', `github:${repository.name}`];
  return countersign(job, [...args, ...trusting, ...expecting], {
    cwd,
    env: { GITHUB_API_URL: job.sandbox.urls.github },
  });
}

test('the bundle is stored as it was signed, the outputs name it, and it verifies from there without a login', async () => {
  const signed = await sign();
  expect([signed.conclusion, signed.annotations]).toEqual(['success', []]);
  const [one, ...others] = stored();
  expect(others).toEqual([]);
  expect(one?.bundle).toEqual(JSON.parse(await readFile(join(workspace, 'attestation.sigstore.json'), 'utf8')));
  await job.judge(workspace, signed, files);
  const id = String(one?.id);
  expect(Object.fromEntries(signed.outputs)).toMatchObject({
    'attestation-id': id,
    'attestation-ids': id,
    'attestation-url': `https://github.com/${repository.name}/attestations/${id}`,
    'attestation-urls': `https://github.com/${repository.name}/attestations/${id}`,
  });
  expect(signed.summary).toContain(`https://github.com/${repository.name}/attestations/${id}`);
  // Another machine has the files alone.
  expect(await verifyFromStore(await job.workspace(files))).toMatchObject({ code: 0, stderr: '' });
  const changed = await job.workspace({ ...files, 'app.tgz': 'another' });
  expect((await verifyFromStore(changed)).code).not.toBe(0);
});

test('of several bundles, each is stored, and the outputs name all in their order', async () => {
  const second = await job.image(`lib-${runs}`, 'v1');
  const images = `${image.reference}\n${second.reference}`;
  const signed = await sign({ files: '', images, 'bundle-format': 'per-file', 'bundle-dir': 'bundles' });
  const ids = stored().map(({ id }) => String(id));
  expect(ids).toHaveLength(2);
  expect(signed.outputs.get('attestation-ids')?.split('\n')).toEqual(ids);
  expect(signed.outputs.get('attestation-urls')?.split('\n')).toEqual(
    ids.map((id) => `https://github.com/${repository.name}/attestations/${id}`),
  );
});

test.each([true, false])(
  'a run that is repeated stores nothing twice (bundles in lists: %p)',
  async (inlineBundles) => {
    job.sandbox.github.attestations.configure({ inlineBundles });
    await sign();
    const again = await sign();
    job.sandbox.github.attestations.configure({ inlineBundles: undefined });
    expect([again.conclusion, stored().length]).toEqual(['success', 1]);
    // The store does not tell the id of what it has.
    expect(again.outputs.get('attestation-id')).toBe('');
    expect(again.outputs.get('attestation-url')).toBe(`https://github.com/${repository.name}/attestations`);
  },
);

test('a response that is lost stores nothing twice', async () => {
  job.sandbox.faults.set({ service: 'github', matching: /^POST/ }, fault.afterEffect(fault.refuse()), 1);
  expect([(await sign()).conclusion, stored().length]).toEqual(['success', 1]);
});

test('without the permission, the error names it, and the bundle is on disk', async () => {
  const signed = await sign({}, 'read');
  expect(failure(signed)).toMatch(/PERMISSION_MISSING.*attestations: write/s);
  expect(await job.judge(workspace, signed, files)).toHaveLength(2);
  expect(stored()).toEqual([]);
});
