/** Reading the files that a policy relies on, and what is said of those that cannot be read. */

import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readInput } from '../../../src/run/world/read-input.ts';

let folder = '';
beforeAll(async () => {
  folder = await files.mkdtemp(join(tmpdir(), 'countersign-input-'));
});
afterAll(() => files.rm(folder, { recursive: true }));

test('a folder, and a file that is not there, are named', async () => {
  await expect(readInput(folder, 'policy', { files })).rejects.toMatchObject({
    code: 'USAGE',
    message: `the policy ${folder} cannot be read: it is not a regular file`,
  });
  const absent = join(folder, 'absent');
  await expect(readInput(absent, 'policy', { files })).rejects.toMatchObject({
    code: 'USAGE',
    message: `the policy ${absent} cannot be read: ENOENT`,
  });
});

test('a mistake of ours does not pass for a file that cannot be read', async () => {
  const mistaken = new RangeError('a mistake');
  const open = () => Promise.reject(mistaken);
  await expect(readInput(folder, 'policy', { files: { ...files, open } })).rejects.toBe(mistaken);
});

test('a file that is too long is refused for its length', async () => {
  const path = join(folder, 'long');
  await files.writeFile(path, '');
  await files.truncate(path, 32 * 1024 * 1024 + 1);
  await expect(readInput(path, 'policy', { files })).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
});
