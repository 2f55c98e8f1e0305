/** The sources of `countersign reissue` that are on servers, and the upgrade without signing, through the built command. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readBundle } from '../../src/core/verify/index.ts';
import { Job } from '../action/job.ts';
import { olderBundleText } from '../kit/older-files.ts';
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
