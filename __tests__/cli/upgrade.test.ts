/** `countersign upgrade` */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
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

const instance = (): readonly string[] => ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
const by = (identity: string, issuer: string): readonly string[] => [
  ...['--certificate-identity', identity, '--certificate-oidc-issuer', issuer],
];
const upgrade = (cwd: string, ...args: readonly string[]): Promise<Run> =>
  countersign(job, ['upgrade', ...args, ...by(person, job.sandbox.urls.personIssuer), ...instance()], { cwd });

/** Signs files, and writes their bundles in version 0.2. */
async function signed(...names: readonly string[]): Promise<string> {
  const cwd = await job.workspace(Object.fromEntries(names.map((name) => [name, `contents of ${name}`])));
  const env = { SIGSTORE_ID_TOKEN: await job.sandbox.personTokens.token(person) };
  const signing = ['--signing-config', job.path('rekor-v1.json')];
  expect(await countersign(job, ['sign', ...names, ...instance(), ...signing], { cwd, env })).toMatchObject({
    code: 0,
  });
  for (const path of names.map((name) => bundleOf(cwd, name)))
    await writeFile(path, olderBundleText(readBundle(await readFile(path)), { version: '0.2' }));
  return cwd;
}

const bundleOf = (cwd: string, name: string): string => join(cwd, `${name}.sigstore.json`);
const versionIn = async (path: string) => readBundle(await readFile(path)).version;

test('files are upgraded once, and nothing is signed', async () => {
  const cwd = await signed('a.txt', 'b.txt');
  job.forget();
  const dry = await upgrade(cwd, 'a.txt', '--dry-run');
  expect(dry).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('1 would be upgraded, 0 up to date, 0 failed'),
  });
  expect(await versionIn(bundleOf(cwd, 'a.txt'))).toBe('0.2');
  expect(await upgrade(cwd, 'a.txt', 'b.txt')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('2 upgraded, 0 up to date, 0 failed'),
  });
  expect(await versionIn(bundleOf(cwd, 'a.txt'))).toBe('0.3');
  expect(await versionIn(`${bundleOf(cwd, 'a.txt')}.old`)).toBe('0.2');
  const again = await upgrade(cwd, 'a.txt', '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({ dryRun: false, signatures: [{ name: 'a.txt', result: 'current' }] });
  expect([job.count('oidc'), job.count('fulcio'), job.count('rekor-v1')]).toEqual([0, 0, 0]);
});

test('one file is upgraded to the path in --out, which is refused for several', async () => {
  const cwd = await signed('a.txt', 'b.txt');
  expect(await upgrade(cwd, 'a.txt', '--out', 'new.json')).toMatchObject({ code: 0 });
  expect(await versionIn(join(cwd, 'new.json'))).toBe('0.3');
  expect(await versionIn(bundleOf(cwd, 'a.txt'))).toBe('0.2');
  const refused = await upgrade(cwd, 'a.txt', 'b.txt', '--out', 'other.json', '--json');
  expect(JSON.parse(refused.stdout)).toMatchObject({ exitCode: 2, failure: { code: 'USAGE' }, signatures: [] });
});

test('what the policy does not accept is not upgraded, and harms no other', async () => {
  const cwd = await signed('a.txt', 'b.txt');
  await writeFile(join(cwd, 'a.txt'), 'other contents');
  const run = await upgrade(cwd, 'a.txt', 'b.txt', '--json');
  expect(JSON.parse(run.stdout).signatures).toMatchObject([
    { name: 'a.txt', result: 'failed', failure: { code: 'ARTIFACT_MISMATCH' } },
    { name: 'b.txt', result: 'upgraded' },
  ]);
  expect(run.code).toBe(4);
  expect([await versionIn(bundleOf(cwd, 'a.txt')), await versionIn(bundleOf(cwd, 'b.txt'))]).toEqual(['0.2', '0.3']);
});

test('an attestation under the older tag of an image is attached as a bundle', async () => {
  using images = new SignedImages(job.sandbox);
  const image = await images.push();
  await images.tag(image, 'att', [await images.olderAttestation(image.digest, image.name, 'https://example.test/v1')]);
  const cwd = await job.workspace();
  for (const result of ['upgraded', 'current']) {
    const args = ['upgrade', image.byTag, ...by(signer, job.sandbox.urls.jobIssuer), ...instance(), '--json'];
    const run = await countersign(job, args, { cwd });
    expect(run).toMatchObject({ code: 0 });
    expect(JSON.parse(run.stdout).signatures).toContainEqual(expect.objectContaining({ name: image.byTag, result }));
  }
  const { bundles } = await fetchAttached(images.client(image), image);
  expect(bundles.map(({ bundle }) => bundle.version).sort()).toEqual(['0.1', '0.3']);
});
