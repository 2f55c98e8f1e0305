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
const world = { http: noNetwork, files: fs };
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

test('a file comes before the environment, and the environment before the CI system', async () => {
  const file = await tokenFile(' of the file\n');
  const environment = { ...inGitHub, SIGSTORE_ID_TOKEN: ' of the environment\n' };
  const found = [findTokens({ file, environment }, world), findTokens({ file: undefined, environment }, world)];
  expect(await Promise.all(found.map(async ({ request }) => (await request()).reveal()))).toEqual([
    'of the file',
    'of the environment',
  ]);
  // Only of a file may it take for ever until somebody writes.
  expect(found.map(({ mayHang }) => mayHang)).toEqual([true, false]);
});

test('a file may begin with a byte order mark, and is UTF-8', async () => {
  const requested = (file: string) => findTokens({ file, environment: {} }, world).request();
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
  const token = await withHttp((http) => findTokens({ file: undefined, environment }, { ...world, http }).request());
  expect(token.reveal()).toBe('of the job');
});

test('a job without the permission is told which one it lacks', async () => {
  const { request } = findTokens({ file: undefined, environment: { GITHUB_ACTIONS: 'true' } }, world);
  expect(await failure(request())).toMatchObject({ code: 'TOKEN_PERMISSION_MISSING' });
});

test('where no provider has a token, asking for one fails, and not before', async () => {
  const { request } = findTokens({ file: undefined, environment: {} }, world);
  expect(await failure(request())).toMatchObject({
    code: 'TOKEN_INVALID',
    message: 'no identity token found',
  });
});

test('a file is read anew each time', async () => {
  const file = await tokenFile('first');
  const { request } = findTokens({ file, environment: {} }, world);
  expect((await request()).reveal()).toBe('first');
  await fs.writeFile(file, 'second');
  expect((await request()).reveal()).toBe('second');
});

test('a pipe is read once', async () => {
  const file = join(folder, 'pipe');
  await promisify(execFile)('mkfifo', [file]);
  const { request } = findTokens({ file, environment: {} }, world);
  const [token] = await Promise.all([request(), fs.writeFile(file, 'of the pipe')]);
  expect(token.reveal()).toBe('of the pipe');
  expect((await request()).reveal()).toBe('of the pipe');
});

test.each(['eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln', ' Bearer abc'])(
  '%j is a token, not a path, and is not shown',
  (file) => {
    let error: unknown;
    try {
      findTokens({ file, environment: {} }, world);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: 'USAGE', message: expect.stringContaining('can read command lines') });
    expect(String(error)).not.toContain(file.trim());
  },
);

test('a file that is absent or too long is refused, without its path', async () => {
  const absent = await failure(findTokens({ file: join(folder, 'absent'), environment: {} }, world).request());
  const long = await failure(
    findTokens({ file: await tokenFile('x'.repeat(64 * 1024 + 1)), environment: {} }, world).request(),
  );
  expect(absent).toMatchObject({
    code: 'TOKEN_INVALID',
    message: 'the file of `identity-token` cannot be read: ENOENT',
  });
  expect(long).toMatchObject({ code: 'TOKEN_INVALID', message: expect.stringContaining('the limit is 65536 bytes') });
  for (const { message } of [absent, long]) expect(message).not.toContain(folder);
});
