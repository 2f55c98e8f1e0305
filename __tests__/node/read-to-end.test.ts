import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readToEnd } from '../../src/node/index.ts';

let folder: string;
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'countersign-read-to-end-'));
});
afterEach(() => fs.rm(folder, { recursive: true, force: true }));

test.each([0, 1, 99, 100])('a file of %d bytes is read whole', async (length) => {
  await fs.writeFile(join(folder, 'file'), 'x'.repeat(length));
  expect((await readToEnd(fs, join(folder, 'file'), 100))?.toString()).toBe('x'.repeat(length));
});

test('a longer one is not', async () => {
  await fs.writeFile(join(folder, 'file'), 'x'.repeat(101));
  expect(await readToEnd(fs, join(folder, 'file'), 100)).toBeUndefined();
});

test('a device without an end is not', async () => {
  expect(await readToEnd(fs, '/dev/zero', 100)).toBeUndefined();
});

test('a pipe is read until its writer closes it', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const read = readToEnd(fs, pipe, 100);
  const writer = await fs.open(pipe, 'w');
  await writer.write('first ');
  await writer.write('second');
  await writer.close();
  expect((await read)?.toString()).toBe('first second');
});

test('what is not there is the system’s error', async () => {
  await expect(readToEnd(fs, join(folder, 'absent'), 100)).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(readToEnd(fs, folder, 100)).rejects.toMatchObject({ code: 'EISDIR' });
});
