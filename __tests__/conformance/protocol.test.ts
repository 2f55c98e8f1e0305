/** `bin/conformance`, which the public suite drives: its commands, against a sandbox, judged by sigstore-js. */

import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Job } from '../action/job.ts';
import { judge } from '../kit/judge.ts';

const person = 'tester@example.org';

let job: Job;
let cwd: string;
beforeAll(async () => {
  job = await Job.start();
  await cp(fileURLToPath(new URL('../../bin', import.meta.url)), join(job.action, 'bin'), { recursive: true });
  const subject = [{ name: 'a.txt', digest: { sha256: '0'.repeat(64) } }];
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject,
    predicateType: 'https://example.org/p',
    predicate: {},
  };
  cwd = await job.workspace({ 'a.txt': 'a', 'b.txt': 'b', 'statement.json': JSON.stringify(statement) });
});
afterAll(() => job[Symbol.asyncDispose]());

interface Run {
  readonly code: number;
  readonly stderr: string;
}

function conformance(...args: readonly string[]): Promise<Run> {
  const env = { PATH: process.env.PATH, HOME: cwd, COUNTERSIGN_INSTANCE: 'sandbox' };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(job.action, 'bin', 'conformance'), ...args], { cwd, env }, (error, _, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, stderr });
    });
  });
}

async function sign(bundle: string, ...args: readonly string[]): Promise<Run> {
  const token = await job.sandbox.personTokens.token(person);
  const trust = ['--trusted-root', job.path('trusted_root.json')];
  return conformance(
    'sign-bundle',
    ...args.slice(0, -1),
    '--identity-token',
    token,
    '--bundle',
    bundle,
    ...trust,
    ...args.slice(-1),
  );
}

function verify(bundle: string, target: string, who = person): Promise<Run> {
  const policy = ['--certificate-identity', who, '--certificate-oidc-issuer', job.sandbox.urls.personIssuer];
  return conformance(
    'verify-bundle',
    '--bundle',
    bundle,
    ...policy,
    '--trusted-root',
    job.path('trusted_root.json'),
    target,
  );
}

test.each([['rekor-v1'], ['rekor-v2']])('sign-bundle of a file, logged by %s', async (config) => {
  const bundle = `${config}.json`;
  expect(await sign(bundle, '--signing-config', job.path(`${config}.json`), 'a.txt')).toEqual({ code: 0, stderr: '' });
  const json = JSON.parse(await readFile(join(cwd, bundle), 'utf8'));
  expect(Object.keys(json.messageSignature)).toContain('signature');
  expect(json.verificationMaterial.tlogEntries).toMatchObject([
    { kindVersion: { kind: 'hashedrekord', version: config === 'rekor-v2' ? '0.0.2' : '0.0.1' } },
  ]);
  expect(judge(job.sandbox.trustedRoot, json, Buffer.from('a')).identity?.subjectAlternativeName).toBe(person);
  expect(await verify(bundle, 'a.txt')).toEqual({ code: 0, stderr: '' });
  expect((await verify(bundle, 'b.txt')).code).toBe(4);
  expect((await verify(bundle, 'a.txt', 'other@example.org')).code).toBe(4);
});

test('sign-bundle of a statement: an envelope of it as it stands', async () => {
  const config = ['--signing-config', job.path('rekor-v2.json')];
  expect(await sign('statement.bundle', '--in-toto', ...config, 'statement.json')).toEqual({ code: 0, stderr: '' });
  const json = JSON.parse(await readFile(join(cwd, 'statement.bundle'), 'utf8'));
  expect(json.messageSignature).toBeUndefined();
  expect(Buffer.from(json.dsseEnvelope.payload, 'base64').toString()).toBe(
    await readFile(join(cwd, 'statement.json'), 'utf8'),
  );
  expect(judge(job.sandbox.trustedRoot, json, Buffer.from('')).identity?.subjectAlternativeName).toBe(person);
  expect(await verify('statement.bundle', `sha256:${'0'.repeat(64)}`)).toEqual({ code: 0, stderr: '' });
  expect((await verify('statement.bundle', join(cwd, `sha256:${'0'.repeat(64)}`))).code).toBe(0);
  expect((await verify('statement.bundle', 'a.txt')).code).toBe(4);
  await writeFile(join(cwd, 'nothing.json'), '{"_type":"https://in-toto.io/Statement/v1","subject":[]}');
  expect(await sign('nothing.bundle', '--in-toto', ...config, 'nothing.json')).toMatchObject({
    code: 5,
    stderr: expect.stringContaining('STATEMENT_INVALID'),
  });
});

test.each([
  [[], 'exactly one file or digest is required'],
  [['frobnicate', 'a.txt'], 'the commands are'],
  [['verify-bundle', 'a.txt'], '--bundle is missing'],
  [['verify-bundle', '--bundle', 'x', 'a.txt', 'b.txt'], 'exactly one file or digest is required'],
  [['verify-bundle', '--bundle', 'x', '--unknown', 'a.txt'], "'--unknown'"],
  [['verify-bundle', '--bundle', 'x', 'a.txt'], 'no signer specified'],
  [['sign-bundle', '--bundle', 'x', 'a.txt'], '--identity-token is missing'],
])('%j is refused', async (args, message) => {
  expect(await conformance(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
});
