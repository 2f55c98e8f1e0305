import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { utf8 } from '../../../src/core/encoding/index.ts';
import { type AppendFile, DiskStorage, keep, MemoryStorage, type Storage } from '../../storage/index.ts';

let folder: string;
let disk: DiskStorage;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-storage-'));
  disk = new DiskStorage(join(folder, 'state'));
});
afterEach(async () => {
  disk[Symbol.dispose]();
  await rm(folder, { recursive: true });
});

const bytes = (text: string): Uint8Array => utf8(text);
const all = (file: AppendFile): Uint8Array => file.read(0, file.length);

describe.each([
  ['in memory', (): Storage => new MemoryStorage()],
  ['on disk', (): Storage => disk],
] as const)('a storage %s', (_, open) => {
  let storage: Storage;
  beforeEach(() => {
    storage = open();
  });

  test('has files that are appended to, and read at any place', () => {
    const file = storage.appendFile('log');
    expect([file.length, all(file)]).toEqual([0, bytes('')]);
    file.append(bytes('one'));
    file.append(bytes(''));
    file.append(bytes('twothree'));
    expect([file.length, all(file), file.read(3, 3), file.read(11, 0)]).toEqual([
      11,
      bytes('onetwothree'),
      bytes('two'),
      bytes(''),
    ]);
    file.append(new Uint8Array(100_000).fill(7));
    expect(file.read(99_000, 1011)).toEqual(new Uint8Array(1011).fill(7));
    expect(storage.appendFile('log').length).toBe(100_011);
  });

  test('cuts them, and appends where they were cut', () => {
    const file = storage.appendFile('log');
    file.append(bytes('onetwothree'));
    file.truncate(11);
    file.truncate(4);
    expect(all(file)).toEqual(bytes('onet'));
    file.append(bytes('X'));
    expect(all(file)).toEqual(bytes('onetX'));
    file.truncate(0);
    expect(all(file)).toEqual(bytes(''));
  });

  test('has no bytes outside of them', () => {
    const file = storage.appendFile('log');
    file.append(bytes('twelve bytes'));
    for (const [offset, length] of [
      [0, 13],
      [12, 1],
      [13, 0],
      [-1, 1],
      [5, -2],
      [Number.NaN, 1],
      [0, Number.NaN],
    ] as const) {
      expect(() => file.read(offset, length)).toThrow(RangeError);
    }
    for (const length of [13, -1, Number.NaN]) expect(() => file.truncate(length)).toThrow(RangeError);
    expect(all(file)).toEqual(bytes('twelve bytes'));
  });

  test('gives bytes that are the reader’s own', () => {
    const [file, given] = [storage.appendFile('log'), bytes('given')];
    file.append(given);
    storage.write('put', given);
    storage.create('made', given);
    given.fill(0);
    file.read(0, 5).fill(0);
    storage.read('put')?.fill(0);
    expect([all(file), storage.read('put'), storage.read('made')]).toEqual(Array(3).fill(bytes('given')));
  });

  test('puts files in place of others, and makes files that are not there', () => {
    expect(storage.read('a')).toBeUndefined();
    storage.write('a', bytes('first, and longer'));
    storage.write('a', bytes('second'));
    expect(storage.read('a')).toEqual(bytes('second'));
    expect([storage.create('a', bytes('third')), storage.create('b', bytes('made'))]).toEqual([false, true]);
    expect([storage.read('a'), storage.read('b')]).toEqual([bytes('second'), bytes('made')]);
    expect(storage.create('b', bytes('again'))).toBe(false);
  });

  test('names the files that were put, and no others', () => {
    expect(storage.names()).toEqual([]);
    storage.write('b', bytes(''));
    storage.create('a', bytes(''));
    storage.appendFile('log').append(bytes('x'));
    storage.folder('folder').write('c', bytes(''));
    expect([storage.names(), storage.folder('folder').names()]).toEqual([['a', 'b'], ['c']]);
    expect(storage.folder('folder').read('a')).toBeUndefined();
    expect(storage.folder('folder').read('c')).toEqual(bytes(''));
  });

  test('keeps what was made once', () => {
    let made = 0;
    const make = (): Uint8Array => bytes(`made ${++made}`);
    expect([keep(storage, 'key', make), keep(storage, 'key', make), made]).toEqual([
      bytes('made 1'),
      bytes('made 1'),
      1,
    ]);
  });
});

describe('a folder on disk', () => {
  test('is its owner’s alone, and everything in it', async () => {
    disk.write('put', bytes('x'));
    disk.create('made', bytes('x'));
    disk.appendFile('log').append(bytes('x'));
    disk.folder('keys').write('key', bytes('x'));
    const modes = async (...paths: readonly string[]): Promise<readonly number[]> =>
      Promise.all(paths.map(async (path) => (await stat(join(folder, 'state', path))).mode & 0o777));
    // Windows has no such modes: a file is read-only there, or it is not.
    const [directory, file] = process.platform === 'win32' ? [0o666, 0o666] : [0o700, 0o600];
    expect(await modes('', 'keys')).toEqual([directory, directory]);
    expect(await modes('put', 'made', 'log', 'keys/key')).toEqual([file, file, file, file]);
  });

  test('is there again when it is opened again', () => {
    disk.appendFile('log').append(bytes('appended'));
    disk.folder('a').folder('b').write('put', bytes('kept'));
    disk[Symbol.dispose]();
    using again = new DiskStorage(join(folder, 'state'));
    expect(all(again.appendFile('log'))).toEqual(bytes('appended'));
    expect(again.folder('a').folder('b').read('put')).toEqual(bytes('kept'));
  });

  test('passes over what a kill left of a write, and puts the next file there', async () => {
    const state = join(folder, 'state');
    disk.write('put', bytes('whole'));
    await writeFile(join(state, 'put.unfinished'), 'a longer text, cut sho');
    await writeFile(join(state, `new.${process.pid}.unfinished`), 'a longer text, cut sho');
    expect([disk.names(), disk.read('put'), disk.read('new')]).toEqual([['put'], bytes('whole'), undefined]);
    disk.write('put', bytes('next'));
    expect([disk.create('new', bytes('made')), disk.names()]).toEqual([true, ['new', 'put']]);
    expect([disk.read('put'), disk.read('new')]).toEqual([bytes('next'), bytes('made')]);
    expect(await readdir(state)).toEqual(['new', 'put']);
  });

  test('leaves nothing behind of a file that was there already', async () => {
    disk.create('made', bytes('x'));
    disk.create('made', bytes('y'));
    expect(await readdir(join(folder, 'state'))).toEqual(['made']);
  });

  test('says what cannot be done', async () => {
    const state = join(folder, 'state');
    await mkdir(join(state, 'directory'));
    expect(() => disk.read('directory')).toThrow(expect.objectContaining({ code: 'EISDIR' }));
    expect(() => disk.write('directory', bytes('x'))).toThrow();
    expect(() => disk.create(join('missing', 'made'), bytes('x'))).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });

  test('notices a file that somebody else has cut', async () => {
    const file = disk.appendFile('log');
    file.append(bytes('appended'));
    await writeFile(join(folder, 'state', 'log'), 'app');
    expect(() => file.read(0, 8)).toThrow('cut by another');
  });

  test('writes nothing any more when it is closed, whatever file has the number now', async () => {
    const file = disk.appendFile('log');
    file.append(bytes('appended'));
    disk[Symbol.dispose]();
    using again = new DiskStorage(join(folder, 'other'));
    const other = again.appendFile('log');
    other.append(bytes('another'));
    expect(() => file.append(bytes('late'))).toThrow();
    expect(() => file.read(0, 1)).toThrow();
    expect(() => file.truncate(0)).toThrow();
    expect(all(other)).toEqual(bytes('another'));
  });
});
