/** Git's objects, read from repositories that Git wrote in each of its forms, and from spoilt ones. */

import * as fs from 'node:fs/promises';
import { appendFile, chmod, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ObjectId, objectIdOf, readObjectId } from '../../src/gate/object-id.ts';
import { ObjectStore } from '../../src/gate/object-store.ts';
import { entryAt } from '../../src/gate/tree.ts';
import { commit, git, repository } from './git.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-objects-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const id = (text: string): ObjectId => {
  const read = readObjectId(text);
  if (read === undefined) throw new Error(`${text} is no name of an object`);
  return read;
};
const store = (): ObjectStore => new ObjectStore(join(folder, '.git'), fs);
const packs = async (ending: string): Promise<readonly string[]> => {
  const names = await readdir(join(folder, '.git/objects/pack'));
  return names.filter((name) => name.endsWith(ending)).map((name) => join(folder, '.git/objects/pack', name));
};

/** A history whose trees Git packs as deltas: large folders that differ by one file. */
async function history(...options: readonly string[]): Promise<readonly string[]> {
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, number) => [`many/file-${number}`, `${number}`]));
  const commits = [await repository(folder, { ...many, 'policy.yml': 'first' }, ...options)];
  for (let number = 0; number < 4; number++)
    commits.push(await commit(folder, { [`many/file-${number}`]: `other ${number}`, 'policy.yml': `${number}` }));
  return commits;
}

const forms: readonly (readonly [what: string, pack: (folder: string, format: string) => Promise<unknown>])[] = [
  ['loose', async () => undefined],
  ['packed, with deltas by offset', (at) => git(at, 'repack', '-a', '-d', '-f', '-q', '--depth=50')],
  [
    'packed, with deltas by name',
    (at) => git(at, '-c', 'repack.useDeltaBaseOffset=false', 'repack', '-a', '-d', '-f', '-q', '--depth=50'),
  ],
  [
    'packed in several files',
    async (at) => {
      await git(at, 'repack', '-d', '-q');
      await commit(at, { other: 'x' });
      await git(at, 'repack', '-d', '-q');
    },
  ],
  [
    'packed, with an index for large files',
    async (at, format) => {
      await git(at, 'repack', '-a', '-d', '-f', '-q');
      const [pack = ''] = await packs('.pack');
      await rm(pack.replace(/pack$/, 'idx'), { force: true });
      await git(at, 'index-pack', `--object-format=${format}`, '--index-version=2,0x100', pack);
    },
  ],
];

describe.each(['sha1', 'sha256'])('objects by %s', (format) => {
  test.each(forms)('%s', async (_, pack) => {
    const commits = await history(`--object-format=${format}`);
    await pack(folder, format);
    for (const name of commits) {
      const tree = await git(folder, 'rev-parse', `${name}^{tree}`);
      expect((await store().read(id(name), 'commit'))?.toString()).toContain(`tree ${tree}\n`);
      for (const path of ['policy.yml', 'many/file-3', 'many']) {
        const expected = await git(folder, 'rev-parse', `${name}:${path}`);
        expect(await entryAt(path, id(name), store())).toEqual({
          kind: path === 'many' ? 'folder' : 'file',
          id: expected,
        });
      }
      expect(await entryAt('many/none', id(name), store())).toEqual({ kind: 'nothing' });
      expect(await entryAt('policy.yml/x', id(name), store())).toEqual({ kind: 'nothing' });
    }
  });
});

test('the deltas of the tests are deltas', async () => {
  await history();
  for (const [, pack] of forms.slice(1, 3)) {
    await pack(folder, 'sha1');
    const [index = ''] = await packs('.idx');
    const trees = (await git(folder, 'verify-pack', '-v', index)).split('\n').filter((line) => / tree /.test(line));
    // A delta's line goes on with its depth and its base.
    expect(trees.filter((line) => line.split(/ +/).length > 5).length).toBeGreaterThan(2);
  }
});

test('what a commit holds is told by its mode', async () => {
  const name = await repository(folder, { link: { link: 'policy.yml' }, 'policy.yml': 'x', 'run.sh': 'x' });
  await chmod(join(folder, 'run.sh'), 0o755);
  const next = await commit(folder, {});
  await git(folder, 'update-index', '--add', '--cacheinfo', `160000,${name},sub`);
  await git(folder, 'commit', '--quiet', '--message', 'Add a submodule');
  const head = id(await git(folder, 'rev-parse', 'HEAD'));
  const kinds = await Promise.all(
    ['link', 'policy.yml', 'run.sh', 'sub'].map(async (path) => (await entryAt(path, head, store())).kind),
  );
  expect(kinds).toEqual(['link', 'file', 'file', 'other']);
  expect(await git(folder, 'ls-tree', next, 'run.sh')).toContain('100755');
});

describe('is not fooled by', () => {
  /** Writes an object under another name than its own. */
  async function plant(name: string, kind: string, content: Uint8Array): Promise<void> {
    const path = join(folder, '.git/objects', name.slice(0, 2), name.slice(2));
    await rm(path, { force: true });
    await writeFile(path, deflateSync(Buffer.concat([Buffer.from(`${kind} ${content.length}\0`), content])));
  }

  test('a commit under the name of another', async () => {
    const name = await repository(folder, { 'policy.yml': 'strict' });
    const other = await commit(folder, { 'policy.yml': 'loose' });
    expect((await entryAt('policy.yml', id(name), store())).kind).toBe('file');
    await plant(name, 'commit', (await store().read(id(other), 'commit')) ?? Buffer.of());
    expect(await entryAt('policy.yml', id(name), store())).toEqual({ kind: 'unreadable' });
  });

  test('a tree under the name of another, on any level', async () => {
    const name = await repository(folder, { 'a/b/policy.yml': 'strict' });
    const other = await commit(folder, { 'a/b/policy.yml': 'loose' });
    for (const path of ['', 'a', 'a/b']) {
      const [tree = '', otherTree = ''] = await Promise.all(
        [name, other].map((one) => git(folder, 'rev-parse', path === '' ? `${one}^{tree}` : `${one}:${path}`)),
      );
      const [own, content] = await Promise.all([tree, otherTree].map((one) => store().read(id(one), 'tree')));
      await plant(tree, 'tree', content ?? Buffer.of());
      expect(await entryAt('a/b/policy.yml', id(name), store())).toEqual({ kind: 'unreadable' });
      await plant(tree, 'tree', own ?? Buffer.of());
      expect((await entryAt('a/b/policy.yml', id(name), store())).kind).toBe('file');
    }
  });

  test('an object of another kind', async () => {
    const name = await repository(folder, { 'policy.yml': 'x' });
    const tree = await git(folder, 'rev-parse', `${name}^{tree}`);
    expect(await store().read(id(tree), 'commit')).toBeUndefined();
    expect(await store().read(id(name), 'tree')).toBeUndefined();
    expect(await entryAt('policy.yml', id(tree), store())).toEqual({ kind: 'unreadable' });
  });

  test('a commit that does not begin with its tree, or names one by another algorithm', async () => {
    await repository(folder, { 'policy.yml': 'x' });
    const tree = await git(folder, 'rev-parse', 'HEAD^{tree}');
    for (const text of [`author x\ntree ${tree}\n`, `tree ${tree}${'0'.repeat(24)}\n`, `tree ${tree}`, 'tree \n']) {
      const content = Buffer.from(text);
      const name = objectIdOf('commit', content, id(tree));
      await fs.mkdir(join(folder, '.git/objects', name.slice(0, 2)), { recursive: true });
      await plant(name, 'commit', content);
      expect((await store().read(name, 'commit'))?.toString()).toBe(text);
      expect(await entryAt('policy.yml', name, store())).toEqual({ kind: 'unreadable' });
    }
  });

  test('trees that are not as Git writes them', async () => {
    await repository(folder, { 'policy.yml': 'x' });
    const like = id(await git(folder, 'rev-parse', 'HEAD'));
    for (const text of ['100644 policy.yml', '100644policy.yml\0', `100644 policy.yml\0${'x'.repeat(19)}`]) {
      const tree = objectIdOf('tree', Buffer.from(text), like);
      const content = Buffer.from(`tree ${tree}\n`);
      const name = objectIdOf('commit', content, like);
      for (const one of [tree, name])
        await fs.mkdir(join(folder, '.git/objects', one.slice(0, 2)), { recursive: true });
      await plant(tree, 'tree', Buffer.from(text));
      await plant(name, 'commit', content);
      expect(await entryAt('policy.yml', name, store())).toEqual({ kind: 'unreadable' });
    }
  });

  test('an object that is longer or shorter than it says', async () => {
    const name = await repository(folder, { 'policy.yml': 'x' });
    const content = (await store().read(id(name), 'commit')) ?? Buffer.of();
    const path = join(folder, '.git/objects', name.slice(0, 2), name.slice(2));
    for (const length of [content.length - 1, content.length + 1]) {
      await rm(path);
      await writeFile(path, deflateSync(Buffer.concat([Buffer.from(`commit ${length}\0`), content])));
      expect(await store().read(id(name), 'commit')).toBeUndefined();
    }
  });

  test('what is not there, broken, or no file', async () => {
    const name = await repository(folder, { 'policy.yml': 'x' });
    expect(await store().read(id('0'.repeat(40)), 'commit')).toBeUndefined();
    const path = join(folder, '.git/objects', name.slice(0, 2), name.slice(2));
    await chmod(path, 0o644);
    for (const spoil of [() => truncate(path, 20), () => writeFile(path, 'x'), () => rm(path), () => fs.mkdir(path)]) {
      await spoil();
      expect(await store().read(id(name), 'commit')).toBeUndefined();
    }
  });

  test('a file that is too long for an object', async () => {
    const name = await repository(folder, { 'policy.yml': 'x' });
    const path = join(folder, '.git/objects', name.slice(0, 2), name.slice(2));
    await chmod(path, 0o644);
    await truncate(path, 16 * 1024 * 1024 + 1);
    expect(await store().read(id(name), 'commit')).toBeUndefined();
  });

  test('more than it may make of an object', async () => {
    const name = await repository(folder, { 'policy.yml': 'x' });
    const path = join(folder, '.git/objects', name.slice(0, 2), name.slice(2));
    await rm(path);
    await writeFile(path, deflateSync(Buffer.alloc(17 * 1024 * 1024)));
    expect(await store().read(id(name), 'commit')).toBeUndefined();
  });
});

describe('limits', () => {
  /** Makes a commit whose message is so long. */
  async function longCommit(length: number): Promise<ObjectId> {
    const path = join(folder, 'message');
    await writeFile(path, 'x'.repeat(length));
    await git(folder, 'commit', '--quiet', '--allow-empty', '--file', path);
    return id(await git(folder, 'rev-parse', 'HEAD'));
  }

  test.each(['loose', 'packed'])('one commit, %s', async (form) => {
    await repository(folder, { 'policy.yml': 'x' });
    const short = await longCommit(15 * 1024 * 1024);
    const long = await longCommit(17 * 1024 * 1024);
    if (form === 'packed') await git(folder, 'repack', '-a', '-d', '-q', '--window=0');
    expect(await store().read(short, 'commit')).toBeDefined();
    expect(await store().read(long, 'commit')).toBeUndefined();
  });

  test('all that is made of objects', async () => {
    await repository(folder, { 'policy.yml': 'x' });
    const name = await longCommit(15 * 1024 * 1024);
    const one = store();
    const read: boolean[] = [];
    for (let count = 0; count < 18; count++) read.push((await one.read(name, 'commit')) !== undefined);
    expect(read).toEqual([...Array(17).fill(true), false]);
  });

  test('an index that claims many names is not read into memory', async () => {
    const name = await repository(folder, { 'policy.yml': 'x' });
    const pack = join(folder, '.git/objects/pack');
    const index = Buffer.alloc(8 + 1024);
    index.write('ff744f6300000002', 'hex');
    for (let byte = Number.parseInt(name.slice(0, 2), 16); byte < 256; byte++)
      index.writeUInt32BE(2 ** 20, 8 + 4 * byte);
    await fs.mkdir(pack, { recursive: true });
    await writeFile(join(pack, 'large.idx'), index);
    await truncate(join(pack, 'large.idx'), 64 * 1024 * 1024);
    const lengths: number[] = [];
    const counting = {
      ...fs,
      open: async (...parameters: Parameters<typeof fs.open>) => {
        const handle = await fs.open(...parameters);
        const { read } = handle;
        handle.read = (async (...parameters: Parameters<typeof read>) => {
          lengths.push(Number((parameters as readonly unknown[])[2]));
          return read.apply(handle, parameters);
        }) as typeof read;
        return handle;
      },
    };
    await rm(join(folder, '.git/objects', name.slice(0, 2), name.slice(2)));
    expect(await new ObjectStore(join(folder, '.git'), counting).read(id(name), 'commit')).toBeUndefined();
    expect(lengths).toEqual([8 + 1024]);
  });
});

describe('files of packed objects that are spoilt', () => {
  /** Packs one commit, spoils it, and says whether the commit is still read. */
  async function spoilt(spoil: (pack: Buffer, index: Buffer) => unknown): Promise<boolean> {
    const name = id(await git(folder, 'rev-parse', 'HEAD'));
    const [path = ''] = await packs('.pack');
    const places = [path, path.replace(/pack$/, 'idx')];
    const [pack, index] = await Promise.all(places.map((one) => readFile(one)));
    if (pack === undefined || index === undefined) throw new Error('there is no pack');
    const copies = [Buffer.from(pack), Buffer.from(index)] as const;
    spoil(...copies);
    for (const [number, place] of places.entries()) {
      await rm(place, { force: true });
      await writeFile(place, copies[number] ?? '');
    }
    const read = await store().read(name, 'commit');
    for (const [number, place] of places.entries()) await writeFile(place, [pack, index][number] ?? '');
    return read !== undefined;
  }

  test('are read as if nothing were there', async () => {
    await repository(folder, { 'policy.yml': 'x' });
    await git(folder, 'repack', '-a', '-d', '-q');
    expect(await spoilt(() => undefined)).toBe(true);
    const name = await git(folder, 'rev-parse', 'HEAD');
    const first = Number.parseInt(name.slice(0, 2), 16);
    const offsets = 8 + 1024 + 3 * 24;
    const spoils: readonly ((pack: Buffer, index: Buffer) => unknown)[] = [
      (_, index) => index.writeUInt8(3, 7),
      (_, index) => index.writeUInt32BE(0xffffffff, 8 + 4 * first),
      (_, index) => index.writeUInt32BE(0xffffffff, 8 + 4 * 255),
      (_, index) => index.fill(0xff, 8, 8 + 1024),
      (_, index) => index.fill(0x7f, offsets, offsets + 12),
      (_, index) => index.fill(0xff, offsets, offsets + 12),
      (pack) => pack.fill(0xff, 12),
      (pack) => pack.fill(0x00, 12),
      (pack) => pack.fill(0x61, 12),
      (pack) => pack.fill(0x71, 12),
    ];
    for (const spoil of spoils) expect([spoil.toString(), await spoilt(spoil)]).toEqual([spoil.toString(), false]);
  });

  test('each byte of one exchanged: it is read as it was, or not at all', async () => {
    await repository(folder, { 'policy.yml': 'x' });
    await git(folder, 'repack', '-a', '-d', '-q');
    const [path = ''] = await packs('.pack');
    const head = id(await git(folder, 'rev-parse', 'HEAD'));
    const expected = await entryAt('policy.yml', head, store());
    expect(expected.kind).toBe('file');
    await chmod(path, 0o644);
    const pack = await readFile(path);
    let unread = 0;
    for (let at = 12; at < pack.length; at++) {
      await writeFile(
        path,
        Buffer.concat([pack.subarray(0, at), Buffer.of((pack[at] ?? 0) ^ 0x41), pack.subarray(at + 1)]),
      );
      const found = await entryAt('policy.yml', head, store());
      if (found.kind === 'unreadable') unread++;
      else expect(found).toEqual(expected);
    }
    expect(unread).toBeGreaterThan(100);
  });

  test('deltas of deltas end', async () => {
    await repository(folder, { 'policy.yml': 'x' });
    await git(folder, 'repack', '-a', '-d', '-q');
    const name = await git(folder, 'rev-parse', 'HEAD');
    // The commit as a delta to itself, by its name.
    const itself = Buffer.concat([Buffer.of(0x74), Buffer.from(name, 'hex'), deflateSync(Buffer.of(0, 0, 1, 0))]);
    const where = (index: Buffer): number => {
      const place = index.indexOf(Buffer.from(name, 'hex'), 8 + 1024);
      return 8 + 1024 + 3 * 24 + 4 * ((place - 8 - 1024) / 20);
    };
    expect(await spoilt((pack, index) => itself.copy(pack, index.readUInt32BE(where(index))))).toBe(false);
  });
});

test('an index is read in which others have the same first byte', async () => {
  const names: string[] = [await repository(folder, { 'policy.yml': 'x' })];
  for (let number = 0; number < 40; number++) names.push(await commit(folder, {}, `Commit ${number}`));
  await git(folder, 'repack', '-a', '-d', '-q');
  for (const name of names) expect(await store().read(id(name), 'commit')).toBeDefined();
  // Behind the pack's end nothing is read.
  const [path = ''] = await packs('.pack');
  await chmod(path, 0o644);
  await appendFile(path, 'x');
  for (const name of names) expect(await store().read(id(name), 'commit')).toBeDefined();
});
