import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fail } from '../../src/core/errors/index.ts';
import type { DeliveringFiles, Places } from '../../src/deliver/index.ts';
import * as deliver from '../../src/deliver/index.ts';
import { demandConfined } from '../../src/deliver/index.ts';
import { failure } from '../services/loopback.ts';

let folder = '';
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'countersign-deliver-'));
});
afterEach(() => fs.rm(folder, { recursive: true }));

const here = (): Places => ({ workspace: folder, bundleDirectory: undefined });
/** Into the folder of the test, unless said otherwise. */
const deliverFile = (
  files: DeliveringFiles,
  random: typeof randomBytes,
  path: string,
  content: string | AsyncIterable<string>,
  places: Places = here(),
): Promise<void> => deliver.deliverFile(files, random, path, content, places);
const demandDeliverable = (
  files: Parameters<typeof deliver.demandDeliverable>[0],
  path: string,
  places: Places = here(),
): Promise<void> => deliver.demandDeliverable(files, path, places);

const full = () => Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });

interface Watched {
  readonly files: DeliveringFiles;
  readonly steps: string[];
  readonly handles: fs.FileHandle[];
}

/** The real file system, which writes down what is done to it. `before` may look, or fail. */
function watched(
  before: (step: string, ...paths: readonly string[]) => Promise<void> = async () => undefined,
): Watched {
  const steps: string[] = [];
  const handles: fs.FileHandle[] = [];
  const step = async (name: string, ...paths: readonly string[]): Promise<void> => {
    steps.push(name);
    await before(name, ...paths);
  };
  const open: DeliveringFiles['open'] = async (path, flags, mode) => {
    await step('open', String(path));
    const handle = await fs.open(path, flags, mode);
    handles.push(handle);
    return new Proxy(handle, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return async (...args: readonly unknown[]) => {
          await step(String(name), String(path));
          return member.apply(target, args);
        };
      },
    });
  };
  const rename: DeliveringFiles['rename'] = async (from, to) => {
    await step('rename', String(from), String(to));
    await fs.rename(from, to);
  };
  return { files: { ...fs, open, rename }, steps, handles };
}

describe('a file', () => {
  test('is written, and nothing else', async () => {
    const path = join(folder, 'app.tgz.sigstore.json');
    await deliverFile(fs, randomBytes, path, '{"ž":"🐎"}\n');
    expect(await fs.readFile(path, 'utf8')).toBe('{"ž":"🐎"}\n');
    expect(await fs.readdir(folder)).toEqual(['app.tgz.sigstore.json']);
  });

  test('replaces the one that was there', async () => {
    const path = join(folder, 'x');
    await fs.writeFile(path, 'a longer text that was there before');
    await deliverFile(fs, randomBytes, path, 'new');
    expect(await fs.readFile(path, 'utf8')).toBe('new');
    expect(await fs.readdir(folder)).toEqual(['x']);
  });

  test('has its folders made', async () => {
    const path = join(folder, 'a', 'b c', 'ü', 'x');
    await deliverFile(fs, randomBytes, path, 'deep');
    expect(await fs.readFile(path, 'utf8')).toBe('deep');
  });

  test('takes the place of a link, not that of the file behind it', async () => {
    const victim = join(folder, 'victim');
    await fs.writeFile(victim, 'untouched');
    await fs.symlink(victim, join(folder, 'x'));
    await deliverFile(fs, randomBytes, join(folder, 'x'), 'new');
    expect(await fs.readFile(victim, 'utf8')).toBe('untouched');
    expect((await fs.lstat(join(folder, 'x'))).isFile()).toBe(true);
  });

  test('may have the longest name there is', async () => {
    const path = join(folder, 'n'.repeat(255));
    await deliverFile(fs, randomBytes, path, 'long');
    expect(await fs.readFile(path, 'utf8')).toBe('long');
    expect(await fs.readdir(folder)).toEqual(['n'.repeat(255)]);
  });

  test('two writers of one file do not mix', async () => {
    const path = join(folder, 'x');
    const texts = Array.from({ length: 20 }, (_, index) => String(index).repeat(100_000));
    await Promise.all(texts.map((text) => deliverFile(fs, randomBytes, path, text)));
    expect(texts).toContain(await fs.readFile(path, 'utf8'));
    expect(await fs.readdir(folder)).toEqual(['x']);
  });
});

describe('at each moment', () => {
  test.each<[what: string, old: string | undefined]>([
    ['is absent', undefined],
    ['is the old one', 'old'],
  ])('the file %s until the whole of the new one is on disk', async (_, old) => {
    const path = join(folder, 'x');
    if (old !== undefined) await fs.writeFile(path, old);
    const look = () => fs.readFile(path, 'utf8').catch(() => undefined);
    const { files, steps, handles } = watched(async (step, temporary = '') => {
      expect(await look()).toBe(old);
      if (step === 'rename') expect(await fs.readFile(temporary, 'utf8')).toBe('new');
    });
    await deliverFile(files, randomBytes, path, 'new');
    expect(steps).toEqual(['open', 'writeFile', 'sync', 'close', 'rename']);
    expect(handles.map(({ fd }) => fd)).toEqual([-1]);
    expect(await look()).toBe('new');
  });
});

test('a file is everybody’s to read, as far as the umask lets it', async () => {
  const path = join(folder, 'x');
  await deliverFile(fs, randomBytes, path, 'new');
  if (process.platform !== 'win32') expect((await fs.stat(path)).mode & 0o777).toBe(0o644 & ~process.umask());
});

describe('a text in pieces', () => {
  test('is written as it comes', async () => {
    const path = join(folder, 'x');
    await deliverFile(
      fs,
      randomBytes,
      path,
      (async function* () {
        yield 'one ';
        expect(await fs.readdir(folder)).toHaveLength(1);
        expect(await fs.readdir(folder)).not.toContain('x');
        yield 'two';
      })(),
    );
    expect(await fs.readFile(path, 'utf8')).toBe('one two');
  });

  test('that ends in an error leaves nothing', async () => {
    const path = join(folder, 'x');
    const broken = (async function* () {
      yield 'one';
      fail('WRITE_FAILED', 'the source');
    })();
    expect((await failure(deliverFile(fs, randomBytes, path, broken))).message).toBe('the source');
    expect(await fs.readdir(folder)).toEqual([]);
  });
});

describe('a failure', () => {
  test.each<[code: string, remedy: RegExp]>([
    ['ENOSPC', /^Free space/],
    ['EDQUOT', /^Free space/],
    ['EACCES', /`bundle-dir`/],
    ['EROFS', /`bundle-dir`/],
    ['EISDIR', /with this name away/],
    ['ENAMETOOLONG', /shorter/],
    ['EIO', /^Run again/],
  ])('%s says what to do', async (code, remedy) => {
    const { files } = watched(async (step) => {
      if (step === 'open') throw Object.assign(new Error(`${code}: it failed`), { code });
    });
    expect((await failure(deliverFile(files, randomBytes, join(folder, 'x'), 'new'))).remedy).toMatch(remedy);
  });

  test.each(['open', 'writeFile', 'sync', 'close', 'rename'])(
    'to %s leaves the old file and nothing else',
    async (failing) => {
      const path = join(folder, 'x');
      await fs.writeFile(path, 'old');
      const { files, handles } = watched(async (step, temporary = '') => {
        if (step !== failing) return;
        // As a full disk leaves it: begun.
        if (step === 'writeFile') await fs.writeFile(temporary, 'ne');
        throw full();
      });
      const error = await failure(deliverFile(files, randomBytes, path, 'new'));
      expect(error.code).toBe('WRITE_FAILED');
      expect(error.exitCode).toBe(9);
      expect(error.message).toBe(`${path} cannot be written: no space left on device`);
      expect(error.cause).toMatchObject({ code: 'ENOSPC' });
      expect(await fs.readdir(folder)).toEqual(['x']);
      expect(await fs.readFile(path, 'utf8')).toBe('old');
      if (failing !== 'close') expect(handles.every(({ fd }) => fd === -1)).toBe(true);
      else await handles[0]?.close();
    },
  );

  test('where a folder has the name of the file', async () => {
    const path = join(folder, 'x');
    await fs.mkdir(path);
    const error = await failure(deliverFile(fs, randomBytes, path, 'new'));
    expect(error.code).toBe('WRITE_FAILED');
    expect(error.message).toContain(`${path} cannot be written: `);
    expect(await fs.readdir(folder)).toEqual(['x']);
  });

  test('where a file has the name of the folder', async () => {
    await fs.writeFile(join(folder, 'x'), 'a file');
    const path = join(folder, 'x', 'deeper', 'y');
    const error = await failure(deliverFile(fs, randomBytes, path, 'new'));
    expect(error.code).toBe('WRITE_FAILED');
    expect(error.message).toContain(`${path} cannot be written: `);
    expect(error.message).toMatch(/ENOTDIR|EEXIST/);
    expect(await fs.readFile(join(folder, 'x'), 'utf8')).toBe('a file');
  });

  test('is known before anything is to be written', async () => {
    await demandDeliverable(fs, join(folder, 'new', 'deeper'));
    expect(await fs.readdir(join(folder, 'new', 'deeper'))).toEqual([]);
    await fs.writeFile(join(folder, 'x'), 'a file');
    const occupied = await failure(demandDeliverable(fs, join(folder, 'x')));
    expect(occupied).toMatchObject({ code: 'WRITE_FAILED', message: expect.stringContaining('EEXIST') });
    expect(occupied.remedy).toContain('`bundle-dir`');
    // Who is root may write everywhere.
    const access = async (): Promise<never> => {
      throw Object.assign(new Error('read-only file system'), { code: 'EROFS' });
    };
    const readOnly = await failure(demandDeliverable({ ...fs, access }, folder));
    expect(readOnly).toMatchObject({
      code: 'WRITE_FAILED',
      message: expect.stringContaining('read-only file system'),
    });
  });

  test('where the name is longer than names are', async () => {
    const path = join(folder, 'n'.repeat(256));
    const error = await failure(deliverFile(fs, randomBytes, path, 'new'));
    expect(error.code).toBe('WRITE_FAILED');
    expect(error.message).toContain('ENAMETOOLONG');
    expect(await fs.readdir(folder)).toEqual([]);
  });

  test('where somebody has laid a link in the way of the temporary file: it is not written through', async () => {
    const victim = join(folder, 'victim');
    await fs.writeFile(victim, 'untouched');
    const path = join(folder, 'x');
    const taken: string[] = [];
    const { files } = watched(async (step, temporary = '') => {
      if (step !== 'open') return;
      taken.push(temporary);
      await fs.symlink(victim, temporary);
    });
    const error = await failure(deliverFile(files, randomBytes, path, 'new'));
    expect(taken).toHaveLength(1);
    expect(error.code).toBe('WRITE_FAILED');
    expect(error.message).toContain('EEXIST');
    expect(await fs.readFile(victim, 'utf8')).toBe('untouched');
    expect(await fs.readdir(folder)).toEqual(['victim']);
  });
});

describe('where a link leads out of the workspace', () => {
  let workspace = '';
  let outside = '';
  beforeEach(async () => {
    for (const name of ['workspace/dist', 'outside']) await fs.mkdir(join(folder, name), { recursive: true });
    workspace = join(folder, 'workspace');
    outside = join(folder, 'outside');
  });
  const places = (bundleDirectory?: string): Places => ({ workspace, bundleDirectory });
  const left = async () => [await fs.readdir(outside), await fs.readdir(join(workspace, 'dist'))];

  test.each<[what: string, link: string, target: string, path: string]>([
    ['the folder', 'bundles', '../outside', 'bundles/x'],
    ['a folder above it', 'bundles', '../outside', 'bundles/a/b/x'],
    ['a folder that is not there yet', 'bundles', '../outside/new', 'bundles/x'],
    ['one of several folders', 'dist/deep', '../../outside', 'dist/deep/x'],
  ])('%s: nothing is written, and no folder is made', async (_, link, target, path) => {
    await fs.symlink(target, join(workspace, link));
    const before = await left();
    const file = join(workspace, path);
    for (const attempt of [
      deliverFile(fs, randomBytes, file, 'new', places()),
      deliverFile(fs, randomBytes, file, 'new', places(join(workspace, 'bundles'))),
      demandDeliverable(fs, join(file, '..'), places()),
    ]) {
      const { code, message, remedy } = await failure(attempt);
      expect([code, message]).toEqual([
        'USAGE',
        expect.stringMatching(/is a link to .*, which is outside of .*workspace/),
      ]);
      expect(message).toContain(await fs.realpath(outside));
      expect(remedy).toContain('Remove the link');
    }
    expect(await left()).toEqual(before);
  });

  test('a folder is examined once for all who ask at the same time, and again for who asks later', async () => {
    const real: string[] = [];
    const realpath = ((path: string) => {
      real.push(path);
      return fs.realpath(path);
    }) as typeof fs.realpath;
    const files = { ...fs, realpath };
    const once = async (): Promise<number> => {
      real.length = 0;
      await demandConfined(files, join(workspace, 'dist'), places());
      return real.length;
    };
    const cost = await once();
    expect(cost).toBeGreaterThan(0);
    // No path is resolved twice.
    expect(new Set(real).size).toBe(cost);
    real.length = 0;
    await Promise.all(Array.from({ length: 10 }, () => demandConfined(files, join(workspace, 'dist'), places())));
    expect(real).toHaveLength(cost);
    await fs.rmdir(join(workspace, 'dist'));
    await fs.symlink('../outside', join(workspace, 'dist'));
    const attempts = [places(), places(), places(outside)].map((one) =>
      demandConfined(files, join(workspace, 'dist'), one).then(
        () => 'accepted',
        ({ code }) => code,
      ),
    );
    expect(await Promise.all(attempts)).toEqual(['USAGE', 'USAGE', 'USAGE']);
  });

  test('a file that is a link is replaced all the same', async () => {
    await fs.writeFile(join(outside, 'victim'), 'untouched');
    await fs.symlink('../../outside/victim', join(workspace, 'dist/x'));
    await deliverFile(fs, randomBytes, join(workspace, 'dist/x'), 'new', places());
    expect(await fs.readFile(join(outside, 'victim'), 'utf8')).toBe('untouched');
    expect((await fs.lstat(join(workspace, 'dist/x'))).isFile()).toBe(true);
  });

  test('a link from one folder of the workspace to another is none, nor one by which the workspace is reached', async () => {
    await fs.symlink('dist', join(workspace, 'bundles'));
    await fs.symlink('workspace', join(folder, 'alias'));
    await fs.mkdir(join(workspace, 'own'));
    await fs.symlink('../dist', join(workspace, 'own/in'));
    const alias = { workspace: join(folder, 'alias'), bundleDirectory: join(folder, 'alias', 'bundles') };
    await deliverFile(fs, randomBytes, join(alias.bundleDirectory, 'x'), 'one', alias);
    await deliverFile(fs, randomBytes, join(workspace, 'bundles/y'), 'two', alias);
    await deliverFile(fs, randomBytes, join(workspace, 'bundles/z'), 'three', places(join(workspace, 'bundles')));
    await deliverFile(fs, randomBytes, join(workspace, 'own/in/zz'), 'four', places(join(workspace, 'own')));
    expect(await fs.readdir(join(workspace, 'dist'))).toEqual(['x', 'y', 'z', 'zz']);
  });

  test('a folder for bundles outside of the workspace was named by the author; a link out of it was not', async () => {
    await fs.symlink('../workspace/dist', join(outside, 'in'));
    await fs.symlink('outside', join(folder, 'named'));
    for (const directory of [outside, join(folder, 'named'), join(outside, 'new')]) {
      await deliverFile(fs, randomBytes, join(directory, 'x'), 'new', places(directory));
      expect(await fs.readFile(join(directory, 'x'), 'utf8')).toBe('new');
    }
    for (const directory of [outside, join(folder, 'named')]) {
      const through = deliverFile(fs, randomBytes, join(directory, 'in/x'), 'new', places(directory));
      expect(await failure(through)).toMatchObject({ code: 'USAGE' });
    }
  });

  test('counts also where the subjects are elsewhere', async () => {
    await fs.symlink('../outside', join(workspace, 'bundles'));
    const bundleDirectory = join(workspace, 'bundles');
    const elsewhere: Places = { workspace: join(folder, 'unpacked'), bundleDirectory, confinedTo: workspace };
    const refused = deliverFile(fs, randomBytes, join(bundleDirectory, 'x'), 'new', elsewhere);
    expect(await failure(refused)).toMatchObject({ code: 'USAGE' });
    await deliverFile(fs, randomBytes, join(folder, 'own/x'), 'new', {
      ...elsewhere,
      bundleDirectory: join(folder, 'own'),
    });
    expect(await fs.readdir(join(folder, 'own'))).toEqual(['x']);
  });

  test('a loop of links is a failure like any other', async () => {
    await fs.symlink('bundles', join(workspace, 'bundles'));
    const looped = await failure(demandConfined(fs, join(workspace, 'bundles/a'), places()));
    expect(looped).toMatchObject({ code: 'WRITE_FAILED', message: expect.stringContaining('ELOOP') });
  });
});
