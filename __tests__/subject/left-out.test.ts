/** Finds the files in the folders of patterns that no pattern matches. */

import { execFile } from 'node:child_process';
import * as nodeFiles from 'node:fs/promises';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { collectFiles, filesBeside, type LeftOut } from '../../src/subject/index.ts';

let parent = '';
let workspace = '';
beforeEach(async () => {
  parent = await realpath(await mkdtemp(join(tmpdir(), 'countersign-left-')));
  workspace = join(parent, 'workspace');
  await mkdir(workspace);
});
afterEach(() => rm(parent, { recursive: true }));

const at = (name: string): string => join(workspace, name);

async function files(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await mkdir(dirname(at(name)), { recursive: true });
    await writeFile(at(name), name);
  }
}

async function leftOut(
  patterns: readonly string[],
  system: typeof nodeFiles = nodeFiles,
): Promise<Readonly<Record<string, LeftOut['why']>>> {
  let found: readonly LeftOut[] | undefined;
  await collectFiles(patterns, workspace, system, 'refused', (some) => {
    expect(found).toBeUndefined();
    found = some;
  });
  expect(found?.map(({ name }) => name)).toEqual([...(found ?? [])].map(({ name }) => name).sort());
  return Object.fromEntries((found ?? []).map(({ name, why }) => [name, why]));
}

const pipe = (name: string): Promise<unknown> => promisify(execFile)('mkfifo', [at(name)]);

describe('a pattern leaves out', () => {
  test.each<[what: string, place: () => Promise<unknown>, left: Readonly<Record<string, LeftOut['why']>>]>([
    ['a hidden file', () => files('vendor/.evil'), { 'vendor/.evil': 'hidden' }],
    ['a hidden file deep below', () => files('vendor/a/b/.evil'), { 'vendor/a/b/.evil': 'hidden' }],
    [
      'what is in a hidden folder',
      () => files('vendor/.d/x', 'vendor/.d/e/y'),
      { 'vendor/.d/e/y': 'hidden', 'vendor/.d/x': 'hidden' },
    ],
    ['a dangling link', () => symlink('gone', at('vendor/link')), { 'vendor/link': 'nowhere' }],
    ['a hidden dangling link', () => symlink('gone', at('vendor/.link')), { 'vendor/.link': 'nowhere' }],
    ['a pipe', () => pipe('vendor/pipe'), { 'vendor/pipe': 'special' }],
    ['a hidden pipe', () => pipe('vendor/.pipe'), { 'vendor/.pipe': 'special' }],
    ['a link to a device', () => symlink('/dev/null', at('vendor/null')), { 'vendor/null': 'special' }],
    ['a link to a folder that it is in', () => symlink('.', at('vendor/loop')), { 'vendor/loop': 'loop' }],
    [
      'two links to one another',
      () => symlink('l2', at('vendor/l1')).then(() => symlink('l1', at('vendor/l2'))),
      { 'vendor/l1': 'nowhere', 'vendor/l2': 'nowhere' },
    ],
    ['a folder of Git', () => files('vendor/x/.git/config'), { 'vendor/x/.git': 'git' }],
    ['a folder of Git directly in it', () => files('vendor/.git/config'), { 'vendor/.git': 'git' }],
    ['a hidden link to a folder outside', () => symlink(parent, at('vendor/.out')), { 'vendor/.out': 'unreadable' }],
    ['nothing', () => files('vendor/b', '.hidden', 'other/.hidden', '.git/config'), {}],
  ])('%s', async (_, place, left) => {
    await files('vendor/a.tgz');
    await place();
    expect(await leftOut(['vendor/**'])).toEqual(left);
  });

  test('a socket', async () => {
    await files('vendor/a.tgz');
    const server = createServer();
    await new Promise<void>((settle) => server.listen(at('vendor/socket'), settle));
    try {
      expect(await leftOut(['vendor/**'])).toEqual({ 'vendor/socket': 'special' });
    } finally {
      await new Promise((settle) => server.close(settle));
    }
  });

  test('a hidden folder that cannot be read', async () => {
    await files('vendor/a.tgz', 'vendor/.closed/x');
    const readdir = ((path: string, options: never) =>
      path === at('vendor/.closed')
        ? Promise.reject(Object.assign(new Error('closed'), { code: 'EACCES' }))
        : nodeFiles.readdir(path, options)) as typeof nodeFiles.readdir;
    const closed = { ...nodeFiles, readdir };
    expect(await leftOut(['vendor/**'], closed)).toEqual({ 'vendor/.closed': 'unreadable' });
    expect(await leftOut(['vendor/*'], closed)).toEqual({});
    for (const exclusion of ['!vendor/.closed', '!vendor/.closed/**', '!**/.closed'])
      expect(await leftOut(['vendor/**', exclusion], closed)).toEqual({});
  });

  test('only what it would match but for the dot', async () => {
    await files('vendor/a.tgz', 'vendor/.b.tgz', 'vendor/.c', 'vendor/.d/e.tgz', 'vendor/f', 'vendor/.git/config');
    await pipe('vendor/pipe');
    await pipe('vendor/pipe.tgz');
    expect(await leftOut(['vendor/*.tgz'])).toEqual({ 'vendor/.b.tgz': 'hidden', 'vendor/pipe.tgz': 'special' });
    expect(await leftOut(['**/*.tgz'])).toEqual({
      'vendor/.b.tgz': 'hidden',
      'vendor/.d/e.tgz': 'hidden',
      'vendor/pipe.tgz': 'special',
    });
    expect(await leftOut(['vendor/*'])).toEqual({
      'vendor/.b.tgz': 'hidden',
      'vendor/.c': 'hidden',
      'vendor/pipe': 'special',
      'vendor/pipe.tgz': 'special',
    });
  });

  test('nothing that another pattern matches, or a name', async () => {
    await files('vendor/a', 'vendor/.b', 'vendor/.c');
    expect(await leftOut(['vendor/**', 'vendor/.*'])).toEqual({});
    expect(await leftOut(['vendor/**', 'vendor/.b'])).toEqual({ 'vendor/.c': 'hidden' });
    expect(await leftOut(['vendor/a', 'vendor/.b'])).toEqual({});
  });

  test('nothing that is excluded', async () => {
    await files('vendor/a', 'vendor/b', 'vendor/.c', 'vendor/.d/e', 'vendor/x/.git/config');
    await pipe('vendor/pipe');
    await symlink('gone', at('vendor/link'));
    const left = await leftOut(['vendor/**', '!vendor/b']);
    expect(Object.keys(left)).toEqual(['vendor/.c', 'vendor/.d/e', 'vendor/link', 'vendor/pipe', 'vendor/x/.git']);
    for (const exclusions of [
      ['!vendor/.c', '!vendor/.d', '!vendor/link', '!vendor/pipe', '!vendor/x/.git'],
      ['!**/.*', '!vendor/.d/**', '!vendor/link', '!vendor/p*'],
      ['!vendor/.*', '!vendor/{link,pipe}', '!vendor/x/**'],
    ])
      expect([exclusions, await leftOut(['vendor/**', ...exclusions])]).toEqual([exclusions, {}]);
  });

  test('nothing that is excluded by a name that means something else as a pattern', async () => {
    await files('vendor/a', 'vendor/.[b]');
    expect(await leftOut(['vendor/**'])).toEqual({ 'vendor/.[b]': 'hidden' });
    expect(await leftOut(['vendor/**', '!vendor/.[b]'])).toEqual({});
  });

  test('Git’s own folder of the workspace, and nothing else of that name', async () => {
    await files('a', '.git/config', 'proposed/.git/config', '.gitignore');
    expect(await leftOut(['**'])).toEqual({ '.gitignore': 'hidden', 'proposed/.git': 'git' });
  });

  test('is not looked for unless somebody wants to know, and reads no folder twice', async () => {
    await files('vendor/a', 'vendor/.d/e');
    const read: string[] = [];
    const readdir = ((path: string, options: never) => {
      read.push(path);
      return nodeFiles.readdir(path, options);
    }) as typeof nodeFiles.readdir;
    await collectFiles(['vendor/**'], workspace, { ...nodeFiles, readdir });
    expect(read).not.toContain(at('vendor/.d'));
    read.length = 0;
    await leftOut(['vendor/**', 'vendor/*']);
    await collectFiles(['vendor/**', 'vendor/*'], workspace, { ...nodeFiles, readdir }, 'refused', () => undefined);
    expect(read.sort()).toEqual([workspace, at('vendor'), at('vendor/.d')]);
  });
});

describe('beside files', () => {
  test('lies everything else in their folders but folders', async () => {
    await files('dist/a', 'dist/b', 'dist/.c', 'dist/sub/d', 'dist/.git/config', 'other/e', 'other/f');
    await symlink('gone', at('dist/link'));
    await pipe('dist/pipe');
    const found = await filesBeside([at('dist/a'), at('other/f')], nodeFiles);
    expect(found).toEqual(
      expect.arrayContaining([
        { name: at('dist/b'), why: 'unnamed' },
        { name: at('dist/.c'), why: 'unnamed' },
        { name: at('dist/link'), why: 'nowhere' },
        { name: at('dist/pipe'), why: 'special' },
        { name: at('other/e'), why: 'unnamed' },
      ]),
    );
    expect(found).toHaveLength(5);
    expect(await filesBeside([at('other/e'), at('other/f')], nodeFiles)).toEqual([]);
    expect(await filesBeside([], nodeFiles)).toEqual([]);
  });

  test('may lie what cannot be seen', async () => {
    expect(await filesBeside([at('gone/a')], nodeFiles)).toEqual([{ name: at('gone'), why: 'unreadable' }]);
    await files('dist/a');
    const readdir = (() =>
      Promise.reject(Object.assign(new Error('closed'), { code: 'EACCES' }))) as unknown as typeof nodeFiles.readdir;
    expect(await filesBeside([at('dist/a')], { ...nodeFiles, readdir })).toEqual([
      { name: at('dist'), why: 'unreadable' },
    ]);
  });
});
