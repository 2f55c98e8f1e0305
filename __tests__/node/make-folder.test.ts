import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { makeFolder } from '../../src/node/index.ts';

let folder: string;
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'countersign-make-folder-'));
});
afterEach(() => fs.rm(folder, { recursive: true, force: true }));

/** The file system, and how often a folder was to be made in it. */
function counted(): { readonly files: Parameters<typeof makeFolder>[0]; readonly made: () => number } {
  let count = 0;
  const mkdir = (async (path: string, options?: { readonly recursive?: boolean }) => {
    // Below /proc, Node would never return.
    if (options?.recursive) throw new Error('recursive');
    count++;
    return fs.mkdir(path);
  }) as typeof fs.mkdir;
  return { files: { mkdir, stat: fs.stat }, made: () => count };
}

describe('a folder', () => {
  test('is made with those that it is in, and is made once', async () => {
    const path = join(folder, 'a', 'b', 'c');
    await makeFolder(fs, path);
    expect((await fs.stat(path)).isDirectory()).toBe(true);
    await makeFolder(fs, path);
    await makeFolder(fs, '/');
  });

  test('is made by many at once', async () => {
    const path = join(folder, 'a', 'b', 'c');
    await Promise.all(Array.from({ length: 20 }, () => makeFolder(fs, path)));
    expect(await fs.readdir(join(folder, 'a', 'b'))).toEqual(['c']);
  });

  test('that a link leads to is there', async () => {
    await fs.symlink(folder, join(folder, 'link'));
    await makeFolder(fs, join(folder, 'link'));
    await makeFolder(fs, join(folder, 'link', 'x'));
    expect((await fs.stat(join(folder, 'x'))).isDirectory()).toBe(true);
  });

  test.each([
    ['where a file is', '', 'EEXIST'],
    ['below a file', 'x', 'ENOTDIR'],
    ['far below a file', 'x/y/z', 'ENOTDIR'],
  ])('%s is not made', async (_, below, code) => {
    await fs.writeFile(join(folder, 'file'), 'content');
    await expect(makeFolder(fs, join(folder, 'file', below))).rejects.toMatchObject({ code });
    expect(await fs.readFile(join(folder, 'file'), 'utf8')).toBe('content');
  });

  test('that a dangling link leads to is not made', async () => {
    await fs.symlink(join(folder, 'absent', 'deeper'), join(folder, 'link'));
    await expect(makeFolder(fs, join(folder, 'link'))).rejects.toMatchObject({ code: 'EEXIST' });
  });

  test.each(['/proc/countersign', '/proc/countersign/x/y', '/proc/self/countersign/x', '/sys/countersign/x'])(
    'below %s is refused by the system, after one attempt for each part',
    async (path) => {
      const { files, made } = counted();
      await expect(makeFolder(files, path)).rejects.toMatchObject({ code: expect.stringMatching(/^E/) });
      expect(made()).toBeLessThanOrEqual(2 * path.split('/').length);
    },
  );
});
