import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readReceipts } from '../../../src/run/watch/receipt-folders.ts';

let folder: string;

beforeEach(async () => {
  folder = await files.mkdtemp(join(tmpdir(), 'receipts-'));
});

afterEach(() => files.rm(folder, { recursive: true }));

const line = (digit: string): string => `${digit.repeat(64)}  app\n`;

async function write(path: string, text: string): Promise<void> {
  await files.mkdir(join(folder, path, '..'), { recursive: true });
  await files.writeFile(join(folder, path), text);
}

test('the files of folders, and of the folders in them', async () => {
  await write('one/SHA256SUMS', line('1'));
  await write('one/v2/SHA256SUMS', line('2'));
  await write('two/checksums.txt', line('3'));
  await write('two/app.tar.gz', 'no receipt');
  const receipts = await readReceipts([join(folder, 'one'), join(folder, 'two')], files);
  expect(receipts).toMatchObject({
    kind: 'known',
    value: { digests: new Set(['1', '2', '3'].map((digit) => `sha256:${digit.repeat(64)}`)) },
  });
});

test('folders without digests', async () => {
  await write('README.md', 'text');
  expect(await readReceipts([folder], files)).toEqual({ kind: 'absent' });
  expect(await readReceipts([], files)).toEqual({ kind: 'absent' });
});

test('a folder that does not exist', async () => {
  const path = join(folder, 'none');
  expect(await readReceipts([path], files)).toEqual({ kind: 'unknown', reason: `${path} cannot be read: ENOENT` });
});

test('a file that cannot be read', async () => {
  await write('SHA256SUMS', 'text');
  const path = join(folder, 'SHA256SUMS');
  expect(await readReceipts([folder], files)).toEqual({
    kind: 'unknown',
    reason: `${path}: SHA256SUMS, line 1 does not consist of a digest and a name`,
  });
});

test('a file that is too long', async () => {
  await write('SHA256SUMS', '');
  await files.truncate(join(folder, 'SHA256SUMS'), 2 ** 30);
  const receipts = await readReceipts([folder], files);
  expect(receipts).toMatchObject({ kind: 'unknown', reason: expect.not.stringContaining('cannot be read') });
});

test('symbolic links are not followed', async () => {
  await write('kept/SHA256SUMS', line('1'));
  await write('other/SHA256SUMS', line('2'));
  await files.symlink(join(folder, 'other'), join(folder, 'kept/link'));
  await files.symlink(join(folder, 'other/SHA256SUMS'), join(folder, 'kept/checksums.txt'));
  expect(await readReceipts([join(folder, 'kept')], files)).toMatchObject({
    value: { digests: new Set([`sha256:${'1'.repeat(64)}`]) },
  });
});

describe('limits', () => {
  const limits = { files: 2, depth: 1, bytes: 200 };
  const reasonOf = async (): Promise<string> => {
    const found = await readReceipts([folder], files, limits);
    return found.kind === 'unknown' ? found.reason : found.kind;
  };

  test('as many files as are allowed', async () => {
    await write('SHA256SUMS', line('1'));
    await write('v2/SHA256SUMS', line('2'));
    expect(await reasonOf()).toBe('known');
  });

  test('too many levels of folders', async () => {
    await write('a/b/SHA256SUMS', line('1'));
    expect(await reasonOf()).toBe(`${join(folder, 'a/b')} is nested too deeply`);
  });

  test('too many files', async () => {
    for (const digit of ['1', '2', '3']) await write(`${digit}/SHA256SUMS`, line(digit));
    expect(await reasonOf()).toBe('the folders have more than 2 files');
  });

  test('too many bytes', async () => {
    await write('SHA256SUMS', `${line('1')}${line('2')}${line('3')}`);
    expect(await reasonOf()).toBe('the files have more than 200 bytes');
  });
});
