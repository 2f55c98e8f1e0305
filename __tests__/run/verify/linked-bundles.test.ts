/** Bundles that links lead to: in the workspace of a job, none outside of it is read. */

import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { bundlesBeside, namedBundles } from '../../../src/run/verify/find-bundles.ts';
import { failure } from '../../services/loopback.ts';

let base = '';
let workspace = '';
beforeEach(async () => {
  base = await fs.mkdtemp(join(tmpdir(), 'countersign-linked-'));
  workspace = join(base, 'workspace');
  for (const path of ['workspace/dist/app.tgz', 'workspace/bundles/x', 'outside/app.tgz.sigstore.json']) {
    await fs.mkdir(dirname(join(base, path)), { recursive: true });
    // What is no bundle is found all the same, and counted as one that cannot be read.
    await fs.writeFile(join(base, path), '{}');
  }
});
afterEach(() => fs.rm(base, { recursive: true }));

const link = (target: string, name: string) => fs.symlink(join(base, target), join(workspace, name));
const artifact = () => ({ kind: 'file', name: 'dist/app.tgz', path: join(workspace, 'dist/app.tgz') }) as const;
const places = (paths: readonly string[] = [], directory?: string) => ({
  workspace,
  paths: paths.map((path) => join(workspace, path)),
  directory: directory && join(workspace, directory),
});
/** The parts that the action adds. */
const job = () => ({ confinedTo: workspace });

interface Case {
  readonly what: string;
  readonly target: string;
  readonly name: string;
  readonly find: (confinement: {
    readonly confinedTo?: string;
  }) => Promise<{ readonly unread: readonly unknown[] } | undefined>;
}

const cases: readonly Case[] = [
  {
    what: 'a bundle beside its file',
    target: 'outside/app.tgz.sigstore.json',
    name: 'dist/app.tgz.sigstore.json',
    find: (confinement) => bundlesBeside(artifact(), { ...places(), ...confinement }, fs),
  },
  {
    what: 'a bundle that is named',
    target: 'outside/app.tgz.sigstore.json',
    name: 'a.json',
    find: (confinement) => namedBundles({ ...places(['a.json']), ...confinement }, fs),
  },
  {
    what: 'the folder of a bundle that is named',
    target: 'outside',
    name: 'out',
    find: (confinement) => namedBundles({ ...places(['out/app.tgz.sigstore.json']), ...confinement }, fs),
  },
  {
    what: 'a folder with bundles',
    target: 'outside',
    name: 'out',
    find: (confinement) => namedBundles({ ...places([], 'out'), ...confinement }, fs),
  },
];

describe.each(cases)('$what', ({ target, name, find }) => {
  test('is refused in a job, where a link leads there', async () => {
    await link(target, name);
    const refused = await failure(find(job()));
    expect([refused.code, refused.message]).toEqual([
      'USAGE',
      expect.stringMatching(/is a link to .*, which is outside of/),
    ]);
  });

  test('is read in a job, where the link stays inside', async () => {
    await fs.rename(join(base, 'outside'), join(workspace, 'inside'));
    await link(join('workspace', target.replace('outside', 'inside')), name);
    expect((await find(job()))?.unread).toHaveLength(1);
  });

  test('is read by a command, which follows the links of the person who types it', async () => {
    await link(target, name);
    expect((await find({}))?.unread).toHaveLength(1);
  });
});

test('in a folder with bundles, a link that leads out is refused, and one that stays inside is not followed', async () => {
  await link('workspace/dist', 'bundles/in');
  expect(await namedBundles({ ...places([], 'bundles'), ...job() }, fs)).toMatchObject({ bundles: [], unread: [] });
  await link('outside', 'bundles/out');
  expect(await failure(namedBundles({ ...places([], 'bundles'), ...job() }, fs))).toMatchObject({ code: 'USAGE' });
});

test('a folder that a link leads out of the workspace is refused before it is looked into', async () => {
  await fs.rm(join(base, 'outside/app.tgz.sigstore.json'));
  await link('outside', 'out');
  expect(await failure(namedBundles({ ...places([], 'out'), ...job() }, fs))).toMatchObject({ code: 'USAGE' });
});

test('a link in a loop is no bundle', async () => {
  await fs.symlink('dist/app.tgz.sigstore.json', join(workspace, 'dist/app.tgz.sigstore.json'));
  expect(await bundlesBeside(artifact(), { ...places(), ...job() }, fs)).toMatchObject({ bundles: [], unread: [] });
  const named = await failure(namedBundles({ ...places(['dist/app.tgz.sigstore.json']), ...job() }, fs));
  expect(named).toMatchObject({ code: 'BUNDLE_MISSING' });
});
