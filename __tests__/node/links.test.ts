/** Resolves paths: links, links to links, and paths that do not exist yet. */

import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { LinkReading } from '../../src/node/index.ts';
import { followLinks, leadsOutOf } from '../../src/node/index.ts';

let base = '';
let workspace = '';
let outside = '';
beforeEach(async () => {
  base = await fs.realpath(await fs.mkdtemp(join(tmpdir(), 'countersign-links-')));
  workspace = join(base, 'workspace');
  outside = join(base, 'outside');
  for (const folder of ['workspace/real/deep', 'outside/deep']) await fs.mkdir(join(base, folder), { recursive: true });
});
afterEach(() => fs.rm(base, { recursive: true }));

const link = (target: string, name: string): Promise<void> => fs.symlink(target, join(workspace, name));

test.each<[what: string, links: Readonly<Record<string, string>>, path: string, leads: string | undefined]>([
  ['a folder', {}, 'real', undefined],
  ['the folder itself', {}, '.', undefined],
  ['what does not exist', {}, 'a/b/c', undefined],
  ['a name that begins with two dots', {}, '..a/b', undefined],
  ['a folder outside of it', {}, '../outside', undefined],
  ['what does not exist, outside of it', {}, '../elsewhere/x', undefined],
  ['a link inside', { in: 'real' }, 'in/deep/new', undefined],
  ['a link out', { out: '../outside' }, 'out', 'outside'],
  ['a link out, by its whole path', { out: 'OUTSIDE' }, 'out', 'outside'],
  ['what is below a link out', { out: '../outside' }, 'out/deep', 'outside/deep'],
  ['what does not exist below a link out', { out: '../outside' }, 'out/a/b', 'outside/a/b'],
  ['a link out that is not at the top', { 'real/out': '../../outside' }, 'real/out/a', 'outside/a'],
  ['a link to a link out', { one: 'two', two: 'real/three', 'real/three': '../../outside' }, 'one/a', 'outside/a'],
  ['a link to the folder above', { up: '..' }, 'up', '.'],
  ['a link to the root', { root: '/' }, 'root', '/'],
  ['a link out and in again', { out: '../outside', 'real/in': '.' }, 'real/in/deep', undefined],
  ['a link out that leads nowhere yet', { out: '../later' }, 'out/a', 'later/a'],
  ['a link to a link that leads nowhere yet', { one: 'two', two: '../later/' }, 'one/a', 'later/a'],
  ['a link that leads nowhere, in here', { one: './new' }, 'one/a', undefined],
  // By their letters alone, these would be inside.
  ['the parent of where a link leads', { sub: '../outside/deep', one: 'sub/../later' }, 'one', 'outside/later'],
  ['the same, where it is', { sub: '../outside/deep', one: 'sub/../deep' }, 'one', 'outside/deep'],
  ['what is below a file', {}, 'file/a/b', undefined],
])('%s', async (_, links, path, leads) => {
  await fs.writeFile(join(workspace, 'file'), '');
  for (const [name, target] of Object.entries(links)) await link(target.replace('OUTSIDE', outside), name);
  const expected = leads === undefined ? undefined : leads.startsWith('/') ? leads : join(base, leads);
  expect(await leadsOutOf(fs, workspace, join(workspace, path))).toBe(expected);
});

test('a workspace that is reached by a link is no link out, whichever of its names is used', async () => {
  const alias = join(base, 'alias');
  const other = join(base, 'other');
  for (const path of [alias, other]) await fs.symlink('workspace', path);
  await link('../outside', 'out');
  for (const folder of [alias, workspace]) {
    for (const named of [alias, workspace, other]) {
      expect(await leadsOutOf(fs, folder, join(named, 'real/new'))).toBeUndefined();
      expect(await leadsOutOf(fs, folder, join(named, 'out/new'))).toBe(join(outside, 'new'));
    }
  }
});

test('a link outside that leads in, or elsewhere, is nobody’s concern', async () => {
  await fs.symlink('../workspace/real', join(outside, 'in'));
  await fs.symlink('deep', join(outside, 'other'));
  expect(await leadsOutOf(fs, workspace, join(outside, 'in/a'))).toBeUndefined();
  expect(await leadsOutOf(fs, workspace, join(outside, 'other/a'))).toBeUndefined();
});

test('a loop is refused as the system refuses it', async () => {
  await link('two', 'one');
  await link('one', 'two');
  await expect(leadsOutOf(fs, workspace, join(workspace, 'one/a'))).rejects.toMatchObject({ code: 'ELOOP' });
});

test('a folder that may not be looked into is not taken for one that is not there', async () => {
  const closed: LinkReading = {
    realpath: (async () => {
      throw Object.assign(new Error('permission denied'), { code: 'EACCES' });
    }) as unknown as typeof fs.realpath,
    readlink: fs.readlink,
  };
  await expect(followLinks(closed, join(workspace, 'closed/a'))).rejects.toMatchObject({ code: 'EACCES' });
});

test('links to links that lead nowhere are followed so many times, not twice as many for each', async () => {
  const count = 24;
  for (let at = 0; at < count; at++) await link(`link-${at + 1}/../link-${at + 1}`, `link-${at}`);
  let calls = 0;
  const counting: LinkReading = {
    realpath: ((path: string) => {
      calls += 1;
      return fs.realpath(path);
    }) as typeof fs.realpath,
    readlink: fs.readlink,
  };
  await expect(followLinks(counting, join(workspace, 'link-0'))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(calls).toBeLessThan(1000);
});

test('as many folders as may be are made anew', async () => {
  const path = join(workspace, ...Array.from({ length: 200 }, () => 'a'));
  expect(await followLinks(fs, path)).toBe(path);
});
