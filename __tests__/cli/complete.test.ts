/** `countersign complete`, after `countersign sign` while the log was down. */

import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { fault } from '../../sandbox/index.ts';
import { Job } from '../action/job.ts';
import { countersign, type Run } from './command.ts';

const person = 'releaser@example.org';
let job: Job;
let cwd = '';
let trusted: readonly string[];
let instance: readonly string[];
beforeAll(async () => {
  job = await Job.start();
  cwd = await job.workspace({ a: 'a', b: 'b', 'policy.yml': 'sign: { on-outage: timestamp-only }\n' });
  trusted = ['--instance', 'sandbox', '--trusted-root', job.path('trusted_root.json')];
  instance = [...trusted, '--signing-config', job.path('rekor-v2.json'), '--retry-budget', '0'];
});
afterEach(() => job.sandbox.faults.clear());
afterAll(() => job[Symbol.asyncDispose]());

const run = (...args: readonly string[]): Promise<Run> => countersign(job, args, { cwd });

async function sign(...args: readonly string[]): Promise<Run> {
  await writeFile(job.path('token'), await job.sandbox.personTokens.token(person));
  job.sandbox.faults.set('rekor-v2', fault.status(503));
  const signed = await run('sign', ...args, ...instance, '--identity-token', job.path('token'));
  job.sandbox.faults.clear();
  return signed;
}

const verify = (file: string, ...options: readonly string[]): Promise<Run> => {
  const { personIssuer } = job.sandbox.urls;
  const signer = ['--certificate-identity', person, '--certificate-oidc-issuer', personIssuer];
  return run('verify', file, ...signer, ...trusted, ...options);
};

test('adds the entries that an outage has left out, once', async () => {
  const onOutage = ['--policy', 'policy.yml', '--on-outage', 'timestamp-only'];
  const signed = await sign('a', 'b', ...onOutage);
  expect(signed).toMatchObject({ code: 0, stdout: expect.stringContaining('(no log entry, because of an outage)') });
  expect(signed.stdout).toContain('run `countersign complete a.sigstore.json b.sigstore.json`');

  expect(await verify('a')).toMatchObject({ code: 3, stderr: expect.stringContaining('countersign complete') });
  expect(await verify('a', '--accept-timestamp-only')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('no transparency log entry are accepted'),
  });

  const before = await readFile(join(cwd, 'a.sigstore.json'), 'utf8');
  await writeFile(join(cwd, 'broken.sigstore.json'), before.replace('"messageSignature"', '"messageSignatures"'));
  const completed = await run('complete', '.', ...instance);
  expect(completed.code).toBe(5);
  expect(completed.stdout).toMatch(
    /^Completed a\.sigstore\.json \(log index \d+\)\nCompleted b\.sigstore\.json \(log index \d+\)\nNot completed broken\.sigstore\.json: BUNDLE_INVALID: /m,
  );
  expect(completed.stderr).toContain('BUNDLE_INVALID: 1 of 4 files were not completed');
  expect(await verify('a')).toMatchObject({ code: 0 });

  await rm(join(cwd, 'broken.sigstore.json'));
  const again = await run('complete', 'a.sigstore.json', ...instance, '--json');
  expect(again.code).toBe(0);
  expect(JSON.parse(again.stdout)).toEqual({
    version: 1,
    completed: true,
    exitCode: 0,
    failure: null,
    files: [
      {
        path: join(cwd, 'a.sigstore.json'),
        outcome: 'already-complete',
        logs: [{ url: job.sandbox.urls.rekor, id: expect.any(String), index: expect.any(String) }],
      },
    ],
    warnings: [],
  });
});

test('without the policy, signing names the options to set, and asks for no token', async () => {
  const refused = await sign('a', '--on-outage', 'timestamp-only');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('POLICY_INVALID: --on-outage timestamp-only is allowed only by a policy file');
  expect(refused.stderr).toContain('Set --policy to the path');
});

test('a file that is not there', async () => {
  const missing = await run('complete', 'gone', ...instance, '--json');
  expect(missing.code).toBe(3);
  expect(JSON.parse(missing.stdout)).toMatchObject({
    completed: false,
    exitCode: 3,
    failure: { code: 'BUNDLE_MISSING', message: expect.stringContaining('gone: there is no such file') },
    files: [{ outcome: 'failed' }],
  });
});
