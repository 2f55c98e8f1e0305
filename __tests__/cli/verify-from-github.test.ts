/** `countersign verify --from github`: with the bundles in GitHub's attestation store. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { exampleJob, exampleRelease, fault, type SandboxRepository } from '../../sandbox/index.ts';
import { asObject, parseJson } from '../../src/core/encoding/index.ts';
import { bundlesIn, Job, readAll } from '../action/job.ts';
import { countersign, type Run } from './command.ts';

const { repository } = exampleJob;

let job: Job;
let app: SandboxRepository;
let cwd: string;
beforeAll(async () => {
  job = await Job.start();
  const { github } = job.sandbox;
  app = github.addRepository(repository);
  app.addTag(exampleRelease.tag, exampleRelease.commit);
  github.attestations.keep(app, job.sandbox.releaseAuthority.attest(exampleRelease));
  const signing = await job.workspace({ a: 'a', b: 'b' });
  await job.sign(signing, { files: 'a\nb', 'bundle-format': 'attestation' });
  const [bundle = ''] = await bundlesIn(signing);
  github.attestations.keep(app, asObject(parseJson((await readAll(signing)).get(bundle) ?? '')) ?? {});
  cwd = await job.workspace({ ...exampleRelease.assets, a: 'a', b: 'b', c: 'c' });
  await writeFile(join(cwd, 'github.json'), JSON.stringify(job.sandbox.releaseAuthority.trustedRoot));
});
afterEach(() => job.sandbox.faults.clear());
afterAll(() => job[Symbol.asyncDispose]());

const verify = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> =>
  countersign(job, ['verify', '--instance', 'sandbox', '--retry-budget', '0', ...args], {
    cwd,
    env: { GITHUB_API_URL: job.sandbox.urls.github, ...env },
  });
const ofJob = (): readonly string[] => [
  ...['--trusted-root', job.path('trusted_root.json'), '--from', 'github'],
  ...['--repo', repository, '--certificate-oidc-issuer', job.sandbox.urls.jobIssuer],
];

test('files are verified without a login, with one request', async () => {
  job.forget();
  const run = await verify(['a', 'b', ...ofJob()]);
  expect(run).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('2 artifacts verified') });
  expect(job.count('github')).toBe(1);
});

test('a file without an attestation has exit code 3, an outage and a rate limit have 6', async () => {
  expect(await verify(['c', ...ofJob()])).toMatchObject({
    code: 3,
    stderr: expect.stringContaining(`BUNDLE_MISSING: c: the attestation store of github:${repository}`),
  });
  job.sandbox.faults.set('github', fault.status(503));
  expect(await verify(['c', ...ofJob()])).toMatchObject({
    code: 6,
    stderr: expect.stringContaining('SERVICE_UNAVAILABLE'),
  });
  job.sandbox.faults.set('github', fault.status(403, { headers: { 'x-ratelimit-remaining': '0' } }));
  expect(await verify(['c', ...ofJob()])).toMatchObject({ code: 6, stderr: expect.stringContaining('RATE_LIMITED') });
});

test('the token is of GITHUB_TOKEN or GH_TOKEN', async () => {
  const token = job.sandbox.github.jobToken(app, { attestations: 'read' });
  for (const env of [{ GITHUB_TOKEN: token }, { GH_TOKEN: token }, { GITHUB_TOKEN: '', GH_TOKEN: token }]) {
    expect(await verify(['a', ...ofJob()], env)).toMatchObject({ code: 0 });
    const sent = job.sandbox.requests.findLast(({ service }) => service === 'github');
    expect(Buffer.from(sent?.content() ?? []).toString()).toContain(token);
  }
});

test('a release is verified by its name alone, and its files', async () => {
  const release = `${exampleRelease.repository}@${exampleRelease.tag}`;
  const args = ['--trusted-root', 'github.json', '--release', release];
  const whole = await verify([...args, '--from', 'github']);
  expect(whole).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(`Verified ${release}`) });
  expect(await verify(['app.zip', ...args, '--from', 'github'])).toMatchObject({ code: 0 });
  expect(await verify(args)).toMatchObject({ code: 3, stderr: expect.stringContaining('Set --from github') });
});

test('it cannot be combined with bundles that are specified', async () => {
  expect(await verify(['a', '--bundle', 'x.json', ...ofJob()])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--from cannot be combined with bundles that are specified'),
  });
});
