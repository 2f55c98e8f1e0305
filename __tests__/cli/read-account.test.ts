/** Reading the account for a registry: the password is in a file, whose path could be the password itself. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readAccount } from '../../src/cli/read-account.ts';
import { marked, wideEncodings } from '../kit/encodings.ts';
import { failure } from '../services/loopback.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-account-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function passwordIn(contents: string | Uint8Array): Promise<string | undefined> {
  const registryPassword = join(folder, 'password');
  await writeFile(registryPassword, contents);
  return (await readAccount({ registryUsername: 'me', registryPassword }))?.password.reveal();
}

test('a password may end with a line break and begin with a byte order mark', async () => {
  for (const text of ['s3cr3t', 's3cr3t\n', 's3cr3t\r\n']) {
    expect(await passwordIn(text)).toBe('s3cr3t');
    expect(await passwordIn(marked(text))).toBe('s3cr3t');
  }
  expect(await failure(passwordIn(marked('\n')))).toMatchObject({ code: 'USAGE' });
});

test.each(wideEncodings)('a password in %s is refused, and not shown', async (name, encode) => {
  const refused = await failure(passwordIn(encode('s3cr3t')));
  expect(refused).toMatchObject({
    code: 'USAGE',
    message: `the file given as \`registry-password\` is not UTF-8 but ${name}`,
    remedy: expect.stringContaining('-Encoding utf8'),
  });
});
