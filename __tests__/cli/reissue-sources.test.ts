/** The sources of `countersign reissue` that are on servers, and the upgrade without signing, through the built command. */

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { SandboxRepository } from '../../sandbox/index.ts';
import { readBundle } from '../../src/core/verify/index.ts';
import { fetchAttached } from '../../src/fetch/index.ts';
import { Job, signer } from '../action/job.ts';
import { olderBundleText } from '../kit/older-files.ts';
import { SignedImages } from '../kit/signed-images.ts';
import { countersign, type Run } from './command.ts';

const person = 'releaser@example.org';
let job: Job;
beforeAll(async () => {
  job = await Job.start();
});
afterAll(() => job[Symbol.asyncDispose]());

async function run(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
  const instance = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json'), '--retry-budget', '0'];
  const signing = ['--signing-config', job.path('rekor-v1.json')];
  return countersign(job, [...args, ...instance, ...signing], { cwd, env });
}

const policy = (): readonly string[] => [
  ...['--certificate-identity', person, '--certificate-oidc-issuer', job.sandbox.urls.personIssuer],
];

test('an upgrade needs no identity and no reason, makes no log entry, and is done once', async () => {
  const cwd = await job.workspace({ 'a.txt': 'a' });
  const token = await job.sandbox.personTokens.token(person);
  expect(await run(cwd, ['sign', 'a.txt'], { SIGSTORE_ID_TOKEN: token })).toMatchObject({ code: 0 });
  const path = join(cwd, 'a.txt.sigstore.json');
  await writeFile(path, olderBundleText(readBundle(await readFile(path)), { version: '0.2' }));
  const entries = job.sandbox.transparencyLog.size;
  const upgrade = ['reissue', '--folder', '.', '--upgrade', '--yes', '--json', '--state', '../state-of-upgrade'];
  const first = await run(cwd, [...upgrade, ...policy()]);
  expect(first).toMatchObject({ code: 0 });
  expect(JSON.parse(first.stdout).counts).toMatchObject({ upgraded: 1, failed: 0 });
  expect(readBundle(await readFile(path)).version).toBe('0.3');
  expect(JSON.parse((await run(cwd, [...upgrade, ...policy()])).stdout).counts).toMatchObject({ done: 1, upgraded: 0 });
  expect(job.sandbox.transparencyLog.size).toBe(entries);
});

test.each([
  [['--immutable-folder', 'kept', '--folder', '.'], '--immutable-folder has no effect without --releases'],
  [['--image', 'localhost/a', '--releases', 'octo/app'], 'several sources'],
])('%j is refused', async (args, message) => {
  const cwd = await job.workspace({});
  const refused = await run(cwd, ['reissue', ...args, '--dry-run', ...policy()]);
  expect(refused.stderr).toContain(message);
  expect(refused.code).not.toBe(0);
});

const signing = (): Promise<string> => job.sandbox.personTokens.token(person);

test('the signatures of an image are issued again, attached, and verify', async () => {
  using images = new SignedImages(job.sandbox);
  const image = await images.push();
  await images.attach(image, await images.sign(image));
  const cwd = await job.workspace();
  const jobs = ['--certificate-identity', signer, '--certificate-oidc-issuer', job.sandbox.urls.jobIssuer];
  const reissue = ['reissue', '--image', image.byTag, '--reason', 'the log was compromised', '--yes', '--json'];
  const env = { SIGSTORE_ID_TOKEN: await signing() };
  const first = await run(cwd, [...reissue, ...jobs], env);
  expect(first).toMatchObject({ code: 0 });
  expect(JSON.parse(first.stdout).counts).toMatchObject({ reissued: 1, failed: 0 });
  expect((await fetchAttached(images.client(image), image)).bundles).toHaveLength(2);
  const trusting = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  expect(await countersign(job, ['verify', image.byDigest, ...policy(), ...trusting], { cwd })).toMatchObject({
    code: 0,
  });
  expect(JSON.parse((await run(cwd, [...reissue, ...jobs], env)).stdout).counts).toMatchObject({
    done: 1,
    reissued: 0,
  });
});

describe('the bundles of releases', () => {
  let repository: SandboxRepository;
  let number = 0;
  beforeEach(() => {
    repository = job.sandbox.github.addRepository(`octo/app-${++number}`);
  });

  const gitHub = async () => ({
    SIGSTORE_ID_TOKEN: await signing(),
    GITHUB_TOKEN: job.sandbox.github.jobToken(repository, { contents: 'write' }),
    GITHUB_API_URL: job.sandbox.urls.github,
  });
  const assets = (): ReadonlyMap<string, string> => {
    const { releases } = job.sandbox.github;
    const [release] = releases.of(repository);
    return new Map(release?.assets.map((one) => [one.name, String(Buffer.from(releases.contentOf(one)))]));
  };
  const publish = async (...args: readonly string[]): Promise<string> => {
    const cwd = await job.workspace({ 'a.txt': `a ${number}` });
    const sign = ['sign', 'a.txt', '--release', 'v1', '--repo', repository.name, ...args];
    expect(await run(cwd, sign, await gitHub())).toMatchObject({ code: 0 });
    return cwd;
  };
  const reissue = async (cwd: string, ...args: readonly string[]): Promise<Run> => {
    const how = ['--reason', 'the log was compromised', '--yes', '--json', ...policy()];
    return run(cwd, ['reissue', '--releases', repository.name, ...how, ...args], await gitHub());
  };

  test('are replaced by new ones', async () => {
    const cwd = await publish();
    const before = assets();
    const first = await reissue(cwd);
    expect(first).toMatchObject({ code: 0 });
    expect(JSON.parse(first.stdout).counts).toMatchObject({ reissued: 1, failed: 0 });
    const after = assets();
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
    expect(after.get('a.txt')).toBe(before.get('a.txt'));
    expect(after.get('a.txt.sigstore.json')).not.toBe(before.get('a.txt.sigstore.json'));
    await writeFile(join(cwd, 'a.txt.sigstore.json'), after.get('a.txt.sigstore.json') ?? '');
    const trusting = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
    expect(await countersign(job, ['verify', 'a.txt', ...policy(), ...trusting], { cwd })).toMatchObject({ code: 0 });
  });

  test('that are immutable fail, or are written to a folder', async () => {
    repository.immutableReleases = true;
    const cwd = await publish('--publish-release');
    const before = assets();
    const refused = await reissue(cwd, '--state', 'first');
    expect(JSON.parse(refused.stdout).failure).toMatchObject({
      code: 'RELEASE_IMMUTABLE',
      remedy: expect.stringContaining('--immutable-folder'),
    });
    expect(refused.code).not.toBe(0);
    const kept = await reissue(cwd, '--state', 'first', '--immutable-folder', 'kept');
    expect(kept).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('The release is immutable. The new bundle is'),
    });
    expect(assets()).toEqual(before);
    const written = await readdir(join(cwd, 'kept'), { recursive: true });
    expect(written.filter((name) => name.endsWith('a.txt.sigstore.json'))).toHaveLength(1);
  });
});

test.each([
  [['--reason', 'x'], '--reason'],
  [['--identity-token', 'token'], '--identity-token'],
  [['--device'], '--device'],
  [['--no-browser'], '--no-browser'],
  [['--oidc-client-id', 'mine'], '--oidc-client-id'],
  [['--log-version', '1'], '--log-version'],
  [['--public-log-allow'], '--public-log-allow'],
])('an upgrade with %j, which only signing uses, is refused', async (args, option) => {
  const cwd = await job.workspace({});
  const requests = job.sandbox.requests.length;
  const refused = await run(cwd, ['reissue', '--folder', '.', '--upgrade', '--yes', '--json', ...args, ...policy()]);
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining(`USAGE: ${option} has no effect`) });
  expect(JSON.parse(refused.stdout)).toMatchObject({ exitCode: 2, counts: null, failure: { code: 'USAGE' } });
  expect(job.sandbox.requests).toHaveLength(requests);
});
