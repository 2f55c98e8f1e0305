/** GitHub's own library writes to the attestation store what we read, and we write what it would. */

import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { exampleJob, type SandboxRepository, type StoredAttestation } from '../../sandbox/index.ts';
import { failure, Job, lastStep, signer } from '../action/job.ts';
import { countersign } from '../cli/command.ts';
import { judgePath, type Run, run } from './kit/program.ts';

const writer = resolve('__tests__', 'interop', 'kit', 'store-attestation.mjs');
const bundleName = 'attestation.sigstore.json';

let job: Job;
let repository: SandboxRepository;
let workspace: string;
let file: string;
let runs = 0;
let before: ReadonlySet<number>;

beforeAll(async () => {
  job = await Job.start();
  repository = job.sandbox.github.addRepository(exampleJob.repository);
});
afterAll(() => job[Symbol.asyncDispose]());
beforeEach(async () => {
  file = `app ${++runs}`;
  workspace = await job.workspace({ 'app.tgz': file });
  before = new Set(job.sandbox.github.attestations.all.map(({ id }) => id));
});

const stored = (): readonly StoredAttestation[] =>
  job.sandbox.github.attestations.all.filter(({ id }) => !before.has(id));

const token = (granted: 'read' | 'write' = 'write'): string =>
  job.sandbox.github.jobToken(repository, { attestations: granted });

async function sign(inputs: Readonly<Record<string, string>> = {}) {
  const step = job.step({ files: '*.tgz', 'bundle-format': 'attestation', ...inputs });
  const result = await job.run(workspace, [step], {
    github: { api_url: job.sandbox.urls.github },
    githubToken: token(),
  });
  return lastStep(result);
}

/** Has GitHub's library store the bundle that was signed. */
function judgeStores(given = token(), name = repository.name): Promise<Run> {
  const args = [writer, judgePath('COUNTERSIGN_INTEROP_ATTEST'), join(workspace, bundleName)];
  const env = { GITHUB_TOKEN: given, GITHUB_REPOSITORY: name, GITHUB_API_URL: job.sandbox.urls.github };
  return run(process.execPath, args, { cwd: workspace, env });
}

async function verifyFromStore() {
  const trusting = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  const expecting = ['--certificate-identity', signer, '--certificate-oidc-issuer', job.sandbox.urls.jobIssuer];
  const args = ['verify', 'app.tgz', '--from', `github:${repository.name}`, ...trusting, ...expecting];
  const env = { GITHUB_API_URL: job.sandbox.urls.github };
  return countersign(job, args, { cwd: await job.workspace({ 'app.tgz': file }), env });
}

/** The requests that created attestations: their paths. */
const creations = (): readonly string[] =>
  job.sandbox.requests
    .filter(({ service, method, path }) => service === 'github' && method === 'POST' && path.endsWith('/attestations'))
    .map(({ path }) => path);

test('what it writes, we read and verify, and store no second time', async () => {
  await sign();
  expect((await verifyFromStore()).code).not.toBe(0);
  const written = await judgeStores();
  expect(written).toEqual({ code: 0, stdout: `${stored()[0]?.id}\n`, stderr: '' });
  expect(await verifyFromStore()).toMatchObject({ code: 0, stderr: '' });
  const again = await sign({ 'store-attestations': 'true' });
  expect([again.conclusion, stored().length]).toEqual(['success', 1]);
});

test('we write what it would', async () => {
  await sign({ 'store-attestations': 'true' });
  const bundle = JSON.parse(await readFile(join(workspace, bundleName), 'utf8'));
  expect((await judgeStores()).code).toBe(0);
  const [ours, theirs] = stored();
  expect(ours?.bundle).toEqual(bundle);
  expect(theirs).toEqual({ ...ours, id: theirs?.id, path: theirs?.path });
  const [one, other] = creations().slice(-2);
  expect(one).toBe(other);
});

test.each<[what: string, given: () => string, name: string | undefined, code: string]>([
  ['a token without the permission', () => token('read'), undefined, 'PERMISSION_MISSING'],
  ['a repository that is not there', token, 'example-org/none', 'SERVICE_REFUSED'],
])('both are refused for %s', async (_, given, name = repository.name, code) => {
  await sign();
  const judged = await judgeStores(given(), name);
  expect([judged.code, judged.stderr]).toEqual([1, expect.stringContaining('Failed to persist attestation')]);
  const step = job.step({ files: '*.tgz', 'bundle-format': 'attestation', 'store-attestations': 'true' });
  const github = { api_url: job.sandbox.urls.github, repository: name };
  const ours = lastStep(await job.run(workspace, [step], { github, githubToken: given() }));
  expect(failure(ours)).toContain(code);
  expect(stored()).toEqual([]);
});
