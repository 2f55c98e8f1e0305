/** The providers of tokens: which is asked, and how each gets its token. */

import { execFile } from 'node:child_process';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findTokens } from '../../src/identity/index.ts';
import { marked, wideEncodings } from '../kit/encodings.ts';
import { answering, failure, withHttp } from '../services/loopback.ts';

let folder: string;
beforeAll(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'countersign-tokens-'));
});
afterAll(() => fs.rm(folder, { recursive: true }));

/** A network that no test may use. */
const noNetwork = (): never => {
  throw new Error('the network was asked');
};
/** A world without programs, and without the machine's own projected tokens and firmware. */
const world = {
  http: noNetwork,
  run: async () => ({ kind: 'failed', problem: 'cannot be started (ENOENT)' }) as const,
  files: {
    ...fs,
    stat: async (path: string) => (path.startsWith('/var/run/') ? Promise.reject(new Error('ENOENT')) : fs.stat(path)),
    readFile: async () => Promise.reject(new Error('ENOENT')),
  } as unknown as typeof fs,
};
const inGitHub = {
  GITHUB_ACTIONS: 'true',
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.example.test/',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'secret',
};

let count = 0;
async function tokenFile(text: string | Uint8Array): Promise<string> {
  const path = join(folder, `token-${count++}`);
  await fs.writeFile(path, text);
  return path;
}

test('a file that an option names comes before the environment', async () => {
  const file = await tokenFile(' of the file\n');
  const environment = { SIGSTORE_ID_TOKEN: ' of the environment\n' };
  const found = [
    await findTokens({ file, environment: { ...inGitHub, ...environment } }, world),
    await findTokens({ file: undefined, environment }, world),
  ];
  expect(await Promise.all(found.map(async ({ request }) => (await request()).reveal()))).toEqual([
    'of the file',
    'of the environment',
  ]);
  // Only of a file may it take for ever until somebody writes.
  expect(found.map(({ mayHang }) => mayHang)).toEqual([true, false]);
});

test('a file may begin with a byte order mark, and is UTF-8', async () => {
  const requested = async (file: string) => (await findTokens({ file, environment: {} }, world)).request();
  expect((await requested(await tokenFile(marked('of the file\r\n')))).reveal()).toBe('of the file');
  for (const [name, encode] of wideEncodings) {
    const file = await tokenFile(encode('eyJ.s3cr3t'));
    expect(await failure(requested(file))).toMatchObject({
      code: 'TOKEN_INVALID',
      message: `the file of \`identity-token\` is not UTF-8 but ${name}`,
      remedy: expect.stringContaining('-Encoding utf8'),
    });
  }
});

test('a job on GitHub Actions asks its endpoint', async () => {
  await using server = await answering({ body: '{"value":"of the job"}' });
  const environment = { ...inGitHub, ACTIONS_ID_TOKEN_REQUEST_URL: `${server.origin}/`, SIGSTORE_ID_TOKEN: '' };
  const token = await withHttp(async (http) =>
    (await findTokens({ file: undefined, environment }, { ...world, http })).request(),
  );
  expect(token.reveal()).toBe('of the job');
});

test('a job without the permission is told which one it lacks', async () => {
  const { request } = await findTokens({ file: undefined, environment: { GITHUB_ACTIONS: 'true' } }, world);
  expect(await failure(request())).toMatchObject({ code: 'TOKEN_PERMISSION_MISSING' });
});

test('where no provider has a token, asking for one fails, and not before', async () => {
  const { request } = await findTokens({ file: undefined, environment: {} }, world);
  expect(await failure(request())).toMatchObject({
    code: 'TOKEN_INVALID',
    message: 'no identity token found',
  });
});

test('a file is read anew each time', async () => {
  const file = await tokenFile('first');
  const { request } = await findTokens({ file, environment: {} }, world);
  expect((await request()).reveal()).toBe('first');
  await fs.writeFile(file, 'second');
  expect((await request()).reveal()).toBe('second');
});

test('a pipe is read once', async () => {
  const file = join(folder, 'pipe');
  await promisify(execFile)('mkfifo', [file]);
  const { request } = await findTokens({ file, environment: {} }, world);
  const [token] = await Promise.all([request(), fs.writeFile(file, 'of the pipe')]);
  expect(token.reveal()).toBe('of the pipe');
  expect((await request()).reveal()).toBe('of the pipe');
});

test.each(['eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln', ' Bearer abc'])(
  '%j is a token, not a path, and is not shown',
  async (file) => {
    const error = await failure(findTokens({ file, environment: {} }, world));
    expect(error).toMatchObject({ code: 'USAGE', message: expect.stringContaining('can read command lines') });
    expect(String(error)).not.toContain(file.trim());
  },
);

test('a file that is absent or too long is refused, without its path', async () => {
  const requested = async (file: string) => (await findTokens({ file, environment: {} }, world)).request();
  const absent = await failure(requested(join(folder, 'absent')));
  const long = await failure(requested(await tokenFile('x'.repeat(64 * 1024 + 1))));
  expect(absent).toMatchObject({
    code: 'TOKEN_INVALID',
    message: 'the file of `identity-token` cannot be read: ENOENT',
  });
  expect(long).toMatchObject({ code: 'TOKEN_INVALID', message: expect.stringContaining('the limit is 65536 bytes') });
  for (const { message } of [absent, long]) expect(message).not.toContain(folder);
});

const inGitlab = { GITLAB_CI: 'true', SIGSTORE_ID_TOKEN: 'of GitLab' };

test.each<[environment: Record<string, string>, title: string | undefined]>([
  [{ ...inGitHub }, 'GitHub Actions'],
  [{ ...inGitHub, FORGEJO_ACTIONS: 'true' }, 'Forgejo Actions'],
  [{ ...inGitHub, GITEA_ACTIONS: 'true' }, 'Forgejo Actions'],
  [inGitlab, 'GitLab CI/CD'],
  [{ BUILDKITE: 'true' }, 'Buildkite'],
  [{ CIRCLECI: 'true' }, 'CircleCI'],
  [{ GCE_METADATA_HOST: 'metadata.example.test' }, 'Google Cloud'],
  [{ SIGSTORE_ID_TOKEN: 'x' }, 'the environment variable SIGSTORE_ID_TOKEN'],
  // A job without the permission has no token, so that there is only one candidate.
  [{ GITHUB_ACTIONS: 'true', SIGSTORE_ID_TOKEN: 'x' }, 'the environment variable SIGSTORE_ID_TOKEN'],
  [{ GITHUB_ACTIONS: 'true' }, 'GitHub Actions'],
  [{ CI: 'true' }, undefined],
  [{ GITLAB_CI: 'false', BUILDKITE: '', CIRCLECI: '0' }, undefined],
])('the provider in %j is %s', async (environment, title) => {
  expect(await findTokens({ file: undefined, environment }, world)).toMatchObject({ isDetected: true, title });
});

test('two providers with a token are an error that names both, and an option chooses', async () => {
  const environment = { ...inGitHub, ...inGitlab };
  expect(await failure(findTokens({ file: undefined, environment }, world))).toMatchObject({
    code: 'USAGE',
    message: 'there are identity tokens of GitHub Actions and GitLab CI/CD',
    remedy: 'Choose one with `identity-provider: github` or `identity-provider: gitlab`.',
  });
  const three = { ...environment, BUILDKITE: 'true' };
  expect((await failure(findTokens({ file: undefined, environment: three }, world))).message).toBe(
    'there are identity tokens of GitHub Actions, GitLab CI/CD and Buildkite',
  );
  const chosen = await findTokens({ file: undefined, provider: 'gitlab', environment: three }, world);
  expect(chosen).toMatchObject({ title: 'GitLab CI/CD', isDetected: false });
  expect((await chosen.request()).reveal()).toBe('of GitLab');
  const variable = await findTokens({ file: undefined, provider: 'environment', environment }, world);
  expect((await variable.request()).reveal()).toBe('of GitLab');
});

test('an option for a provider that has no token here is an error, whatever else there is', async () => {
  const requested = async (provider: 'gitlab' | 'github' | 'environment') =>
    (await findTokens({ file: undefined, provider, environment: { BUILDKITE: 'true' } }, world)).request();
  expect(await failure(requested('gitlab'))).toMatchObject({ code: 'TOKEN_PERMISSION_MISSING' });
  expect(await failure(requested('github'))).toMatchObject({ code: 'TOKEN_PERMISSION_MISSING' });
  expect(await failure(requested('environment'))).toMatchObject({
    code: 'TOKEN_INVALID',
    message: 'the environment variable SIGSTORE_ID_TOKEN is not set',
  });
  expect(await failure(findTokens({ file: undefined, provider: 'file', environment: {} }, world))).toMatchObject({
    code: 'USAGE',
    remedy: expect.stringContaining('`identity-token`'),
  });
});

test('a file contradicts a provider that reads none', async () => {
  const file = await tokenFile('x');
  expect(await failure(findTokens({ file, provider: 'gitlab', environment: inGitlab }, world))).toMatchObject({
    code: 'USAGE',
    message: '`identity-provider: gitlab` and `identity-token` contradict each other',
  });
  expect(await findTokens({ file, provider: 'file', environment: inGitlab }, world)).toMatchObject({
    title: 'a token file',
  });
});
