/** `countersign verify --release-assets` */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  exampleJob,
  fault,
  type SandboxRepository,
  type StoredAsset,
  type StoredRelease,
} from '../../sandbox/index.ts';
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
afterEach(() => {
  job.sandbox.behave();
  repository.visibility = 'public';
});

const token = (): string => job.sandbox.github.jobToken(repository, { contents: 'write' });
const instance = (): readonly string[] => ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];

/** Signs a file in a step of a GitHub job, and attaches it to a release. */
const release = (...args: readonly string[]) => releaseAs({}, 'app.tgz', ...args);

/** Does it with other claims in the token. */
async function releaseAs(claims: Readonly<Record<string, string>>, file: string, ...args: readonly string[]) {
  const { requestUrl: url, requestToken } = job.sandbox.jobTokens;
  const requestUrl = Object.entries(claims).reduce((all, [name, value]) => `${all}&claim.${name}=${value}`, url);
  const services = ['--signing-config', job.path('rekor-v2.json')];
  const options = ['--json', ...instance(), ...services, '--release', `v${runs}`, ...args];
  return countersign(job, ['sign', file, ...options], {
    cwd: workspace,
    env: {
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_TOKEN: token(),
      GITHUB_API_URL: job.sandbox.urls.github,
      GITHUB_REPOSITORY: repository.name,
      GITHUB_SHA: exampleJob.sha,
      ACTIONS_ID_TOKEN_REQUEST_URL: requestUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    },
  });
}

function stored(): StoredRelease {
  const found = job.sandbox.github.releases.of(repository).find(({ tag }) => tag === `v${runs}`);
  if (found === undefined) throw new Error('no release');
  return found;
}

function asset(name: string): StoredAsset {
  const found = stored().assets.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no asset ${name}`);
  return found;
}

/** Attaches a file that nobody signed. */
async function attachUnsigned(name: string): Promise<void> {
  const { id } = stored();
  const url = new URL(`${job.sandbox.urls.github}/repos/${repository.name}/releases/${id}`);
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token()}` } });
  const address = String((await answer.json()).upload_url).replace(/\{.*/, '');
  const headers = { authorization: `Bearer ${token()}`, 'content-type': 'text/plain' };
  const uploaded = await fetch(`${address}?name=${name}`, { method: 'POST', headers, body: 'unsigned' });
  if (uploaded.status !== 201) throw new Error(await uploaded.text());
}

async function verify(place: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const policy = ['--repo', repository.name, '--certificate-oidc-issuer', job.sandbox.urls.jobIssuer];
  const { code, stdout } = await countersign(
    job,
    ['verify', '--json', ...instance(), ...policy, '--release-assets', place, ...args],
    { cwd: workspace, env: { GITHUB_API_URL: job.sandbox.urls.github, ...env } },
  );
  const { artifacts = [], failure } = JSON.parse(stdout);
  const of = ({
    artifact,
    failure: own,
  }: {
    readonly artifact: string;
    readonly failure?: { readonly code: string };
  }) => [artifact, own?.code ?? 'verified'];
  return { code, outcomes: Object.fromEntries(artifacts.map(of)), failure };
}

describe('verify --release-assets', () => {
  test('verifies a published release without a token, and without any file', async () => {
    expect((await release('--publish-release')).code).toBe(0);
    const before = job.sandbox.requests.length;
    expect(await verify(`${repository.name}@v${runs}`)).toMatchObject({ code: 0, outcomes: { 'app.tgz': 'verified' } });
    const sent = job.sandbox.requests.slice(before).map((request) => Buffer.from(request.content() ?? []).toString());
    expect(sent.filter((text) => /^authorization:/im.test(text))).toEqual([]);
  });

  test('verifies a draft by its ID, with a token only', async () => {
    await release();
    const place = `${repository.name}#${stored().id}`;
    expect(await verify(place, [], { GITHUB_TOKEN: token() })).toMatchObject({ code: 0 });
    expect((await verify(place)).failure).toMatchObject({ code: 'RELEASE_MISSING' });
  });

  test('verifies the release of a private repository with a token', async () => {
    repository.visibility = 'private';
    expect((await release('--publish-release', '--public-log-allow')).code).toBe(0);
    const place = `${repository.name}@v${runs}`;
    expect(await verify(place, [], { GITHUB_TOKEN: token() })).toMatchObject({ code: 0 });
    expect((await verify(place)).code).not.toBe(0);
  });

  test('refuses an asset that was swapped, one that nobody signed, and one that is missing', async () => {
    await release('--publish-release');
    const place = `${repository.name}@v${runs}`;
    expect((await verify(place, ['--release-files', 'app.tgz', '--release-files', 'app.zip'])).outcomes).toEqual({
      'app.tgz': 'verified',
      'app.zip': 'SUBJECT_MISSING',
    });
    await attachUnsigned('notes.txt');
    expect((await verify(place)).outcomes).toEqual({ 'app.tgz': 'verified', 'notes.txt': 'ARTIFACT_MISMATCH' });
    job.sandbox.github.releases.replaceContent(asset('app.tgz'), Buffer.from('evil'));
    const { code, outcomes } = await verify(place);
    expect([code === 0, outcomes['app.tgz']]).toEqual([false, 'RELEASE_ASSET_DIFFERS']);
  });

  test('refuses the release of another signer', async () => {
    await release('--publish-release');
    const { outcomes } = await verify(`${repository.name}@v${runs}`, [
      '--certificate-identity-within',
      'https://github.com/other/app',
    ]);
    expect(outcomes['app.tgz'] ?? 'refused').not.toBe('verified');
  });

  test.each([
    ['octo/app', 'which names no release'],
    ['octo/app@', 'which names no release'],
    ['octo@v1', 'which names no release'],
    ['octo/app#0', 'which names no release'],
    ['octo/app#v1', 'which names no release'],
    ['octo/app@v1..2', 'which names no release'],
    ['octo/app/other@v1', 'which names no release'],
    ['octo/app@v1\u0007', 'which names no release'],
    ['../app@v1', 'which names no release'],
    ['octo/..@v1', 'is not the name of a repository'],
  ])('refuses %j', async (place, message) => {
    const { code, failure } = await verify(place);
    expect([code, failure.code, failure.message]).toEqual([2, 'USAGE', expect.stringContaining(message)]);
  });

  test.each([
    ['a file', ['app.tgz']],
    ['a bundle', ['--bundle', 'app.tgz.sigstore.json']],
    ['a folder of bundles', ['--bundle-dir', '.']],
    ['a store', ['--from', 'github']],
    ['a strict folder', ['--strict-folder']],
    ['a summary', ['--vsa-out', 'vsa.json']],
  ])('refuses to be combined with %s', async (_, args) => {
    await writeFile(join(workspace, 'app.tgz.sigstore.json'), '{}');
    const { code, failure } = await verify('octo/app@v1', args);
    expect([code, failure.message]).toEqual([2, expect.stringContaining('--release-assets')]);
  });

  test('--release-files is refused alone', async () => {
    const { code, stdout } = await countersign(
      job,
      ['verify', 'app.tgz', '--json', '--repo', 'octo/app', '--release-files', 'a'],
      { cwd: workspace },
    );
    expect([code, JSON.parse(stdout).failure.message]).toEqual([2, expect.stringContaining('--release-assets')]);
  });
});

describe('sign --publish-release', () => {
  test('publishes nothing while an asset does not verify', async () => {
    await release();
    await attachUnsigned('notes.txt');
    const refused = await release('--publish-release');
    expect(JSON.parse(refused.stdout)).toMatchObject({
      deliveries: [{ name: 'release', outcome: 'failed' }],
      failure: { code: 'ARTIFACT_MISMATCH', message: expect.stringMatching(/not published.*notes\.txt/) },
    });
    expect([refused.code === 0, stored().isDraft]).toEqual([false, true]);
  });

  test('publishes nothing while an asset was signed by the same reusable workflow for another repository', async () => {
    await writeFile(join(workspace, 'lib.tgz'), 'lib');
    expect((await releaseAs({ repository_id: '99' }, 'lib.tgz')).code).toBe(0);
    const { stdout } = await release('--publish-release');
    expect(JSON.parse(stdout).failure).toMatchObject({
      code: 'CLAIM_MISMATCH',
      message: expect.stringMatching(/not published.*lib\.tgz/),
    });
    expect(stored().isDraft).toBe(true);
  });

  test('publishes nothing if an asset is not what GitHub lists', async () => {
    await release();
    job.sandbox.github.releases.replaceContent(asset('app.tgz'), Buffer.from('evil'));
    const { stdout } = await release('--publish-release');
    expect(JSON.parse(stdout).failure.code).toBe('RELEASE_ASSET_DIFFERS');
    expect(stored().isDraft).toBe(true);
  });

  test('reports an asset that is swapped while the release is published', async () => {
    job.sandbox.faults.set(
      { service: 'github', matching: /^PATCH .*\/releases\/\d+$/ },
      fault.meanwhile(async () => {
        job.sandbox.github.releases.replaceContent(asset('app.tgz'), Buffer.from('evil'));
        job.sandbox.faults.clear();
      }),
    );
    const { stdout } = await release('--publish-release');
    expect(JSON.parse(stdout).failure).toMatchObject({
      code: 'RELEASE_ASSET_DIFFERS',
      message: expect.stringMatching(/published, and its check failed.*app\.tgz/),
    });
    expect(stored().isDraft).toBe(false);
  });

  test('downloads a published release as everybody does, and reports what is wrong', async () => {
    const before = job.sandbox.requests.length;
    expect((await release('--publish-release')).code).toBe(0);
    const requests = job.sandbox.requests.slice(before);
    const downloads = requests.filter(({ path }) => path.includes('/releases/download/'));
    expect(downloads).toHaveLength(2);
    expect(requests.filter(({ path }) => path.includes('/releases/assets/'))).toHaveLength(2);
    await attachUnsigned('notes.txt');
    const again = await release('--publish-release');
    expect(JSON.parse(again.stdout).failure).toMatchObject({
      code: 'ARTIFACT_MISMATCH',
      message: expect.stringMatching(/published, and its check failed.*notes\.txt/),
    });
  });
});
