/** Unpacking: what is right is there byte for byte, and of what is wrong nothing leaves the folder. */

import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { unpackArchive } from '../../src/fetch/unpack-archive.ts';
import { readAll } from '../action/job.ts';
import { type MadeArchive, type MadeEntry, madeArchive } from './made-archive.ts';

let outer = '';
let folder = '';
beforeEach(async () => {
  outer = await fs.mkdtemp(join(tmpdir(), 'countersign-unpack-'));
  folder = join(outer, 'files');
  await fs.mkdir(folder);
});
afterEach(() => fs.rm(outer, { recursive: true }));

async function unpack(bytes: Buffer): Promise<readonly string[]> {
  const archive = join(outer, 'archive');
  await fs.writeFile(archive, bytes);
  return unpackArchive(archive, folder, fs);
}

describe('unpacks', () => {
  test('files, deflated or stored, written as streams or not, in folders, with any letters', async () => {
    const long = randomBytes(300_000).toString('hex');
    const entries: readonly MadeEntry[] = [
      { name: 'a', content: 'a' },
      { name: 'b/c.txt', content: long, streamed: true },
      { name: 'b/stored', content: long, deflated: false },
      { name: 'b/stored stream', content: 'x', deflated: false, streamed: true },
      { name: 'folder/', content: '', deflated: false, mode: 0o040755 },
      { name: 'ünïcode/日本.txt', content: 'ok' },
      { name: '.hidden', content: '' },
      { name: 'empty', content: '', deflated: false },
    ];
    const names = await unpack(madeArchive(entries));
    expect(names).toEqual(entries.map(({ name }) => name).filter((name) => name !== 'folder/'));
    const found = await readAll(folder);
    expect([...found.keys()].sort()).toEqual([...names].map(String).sort());
    for (const { name, content } of entries) if (name !== 'folder/') expect(found.get(String(name))).toBe(content);
    expect((await fs.stat(join(folder, 'a'))).mode & 0o111).toBe(0);
  });

  test('one that is empty', async () => {
    expect(await unpack(madeArchive([]))).toEqual([]);
  });
});

const a: MadeEntry = { name: 'a', content: 'content of a' };

describe('refuses', () => {
  const names: readonly (readonly [string, string | Buffer])[] = [
    ['a way out', '../a'],
    ['a way out within', 'b/../../a'],
    ['an absolute name', '/tmp/a'],
    ['a drive', 'C:/a'],
    ['a way out of Windows', '..\\a'],
    ['a dot', './a'],
    ['an empty part', 'b//a'],
    ['no name', ''],
    ['a slash alone', '/'],
    ['a line end', 'a\n::error::b'],
    ['a NUL', 'a\0b'],
    ['an escape', 'a\u001b[31m'],
    ['a name that is too long', 'a'.repeat(256)],
    ['a path that is too long', `${'a/'.repeat(600)}a`],
    ['a name that is not UTF-8', Buffer.from([0x61, 0xff])],
  ];
  test.each<[string, readonly MadeEntry[], MadeArchive, RegExp]>([
    ...names.map(
      ([what, name]) =>
        [what, [{ name, content: 'x' }], {}, /unsafe name|not UTF-8/] as [string, MadeEntry[], MadeArchive, RegExp],
    ),
    ['a name in no encoding', [{ name: 'ä', content: 'x', flags: 0 }], {}, /not marked as UTF-8/],
    ['two of one name', [a, { ...a, content: 'other' }], {}, /two entries/],
    ['two that differ in case alone', [a, { ...a, name: 'A' }], {}, /two entries/],
    [
      'two that differ in composition alone',
      [
        { ...a, name: '\u00e9' },
        { ...a, name: 'e\u0301' },
      ],
      {},
      /two entries/,
    ],
    ['a file in the way of a folder', [a, { ...a, name: 'a/b' }], {}, /conflicts with another entry/],
    ['a folder in the way of a file', [{ ...a, name: 'a/b' }, a], {}, /conflicts with another entry/],
    ['a link', [{ ...a, mode: 0o120777 }], {}, /a symbolic link/],
    ['an encrypted entry', [{ ...a, flags: 0x0801 }], {}, /encrypted/],
    ['another way of packing', [{ ...a, method: 12 }], {}, /compression method 12/],
    ['a folder with contents', [{ ...a, name: 'a/' }], {}, /a folder/],
    ['a drive of Windows in a folder', [{ ...a, name: 'b/C:' }], {}, /unsafe name/],
    ['an entry whose name is longer where it stands', [{ ...a, own: { name: 'ab' } }], {}, /has different headers/],
    [
      'an entry that ends behind the archive',
      [{ ...a, streamed: true, both: { packedSize: 100_000 } }],
      {},
      /is truncated/,
    ],
    ['an entry whose name is another where it stands', [{ ...a, own: { name: 'b' } }], {}, /has different headers/],
    ['an entry whose size is another where it stands', [{ ...a, own: { size: 3 } }], {}, /has different headers/],
    [
      'an entry whose checksum is another where it stands',
      [{ ...a, own: { checksum: 3 } }],
      {},
      /has different headers/,
    ],
    [
      'an entry whose size is another behind it',
      [{ ...a, streamed: true, own: { size: 3 } }],
      {},
      /has different headers/,
    ],
    ['an entry of another checksum', [{ ...a, both: { checksum: 3 } }], {}, /size or checksum is wrong/],
    ['an entry that is longer than it says', [{ ...a, both: { size: 3 } }], {}, /size or checksum is wrong/],
    ['an entry that is shorter than it says', [{ ...a, both: { size: 300 } }], {}, /size or checksum is wrong/],
    ['a stored entry of two sizes', [{ ...a, deflated: false, both: { size: 3 } }], {}, /two different sizes/],
    [
      'an entry that is not packed as it says',
      [{ ...a, packed: Buffer.from([0xff, 0xff, 0xff]) }],
      {},
      /cannot be unpacked/,
    ],
    [
      'an entry with something behind its end',
      [{ ...a, packed: Buffer.concat([deflateRawSync(Buffer.from('content of a')), Buffer.from('more')]) }],
      {},
      /extra data after its end/,
    ],
    [
      'an entry that no directory lists',
      [{ ...a, behind: madeArchive([{ name: 'b', content: 'b' }]).subarray(0, 34) }],
      {},
      /does not list/,
    ],
    ['something before the first', [a], { before: Buffer.from('#!/bin/sh\n') }, /does not list/],
    ['entries over one another', [a, { ...a, name: 'b', listed: { at: 0 } }], {}, /does not list/],
    ['a comment', [a], { comment: 'PK' }, /does not end with a central directory/],
    ['a directory of another length', [a], { count: 2 }, /wrong number of entries/],
    ['a directory elsewhere', [a], { directoryAt: 3 }, /wrong position or size/],
    ['one of several parts', [a], { disk: 1 }, /several parts/],
  ])('%s', async (_, entries, archive, problem) => {
    await expect(unpack(madeArchive(entries, archive))).rejects.toMatchObject({
      code: 'ARCHIVE_INVALID',
      message: expect.stringMatching(problem),
    });
    expect((await fs.readdir(outer)).sort()).toEqual(['archive', 'files']);
  });

  test.each<[string, readonly MadeEntry[], MadeArchive]>([
    ['more bytes than are unpacked', [a, b(1), b(2)], {}],
    ['the kind for more than 4 GiB', [{ ...a, both: { packedSize: 0xffffffff } }], {}],
    ['more entries than are listed', [a], { count: 0xffff }],
    ['too many entries', [a], { count: 50_001 }],
  ])('%s, with a word on what to do', async (_, entries, archive) => {
    await expect(unpack(madeArchive(entries, archive))).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      remedy: expect.stringContaining('actions/download-artifact'),
    });
    expect(await fs.readdir(folder)).toEqual([]);
  });

  function b(number: number): MadeEntry {
    return { name: `b${number}`, content: '', both: { size: 0xfffffffe } };
  }

  /** Offsets in an archive of one entry `a`: of the entry, of its line in the directory, and of the end. */
  const offsets = (bytes: Buffer) => {
    const end = bytes.length - 22;
    return { entry: 0, listed: bytes.readUInt32LE(end + 16), end };
  };
  type Place = keyof ReturnType<typeof offsets>;

  test.each<[what: string, place: Place, offset: number, bytes: readonly number[], code: string, problem: RegExp]>([
    [
      'another kind of record before an entry',
      'entry',
      0,
      [0x50, 0x4b, 7, 8],
      'ARCHIVE_INVALID',
      /has different headers/,
    ],
    ['other flags before an entry', 'entry', 6, [0x00, 0x00], 'ARCHIVE_INVALID', /has different headers/],
    ['encryption stated before an entry alone', 'entry', 6, [0x01, 0x08], 'ARCHIVE_INVALID', /has different headers/],
    ['another way of packing before an entry', 'entry', 8, [0, 0], 'ARCHIVE_INVALID', /has different headers/],
    ['another packed size before an entry', 'entry', 18, [1, 0, 0, 0], 'ARCHIVE_INVALID', /has different headers/],
    ['another kind of record in the directory', 'listed', 0, [0x50, 0x4b, 5, 6], 'ARCHIVE_INVALID', /malformed/],
    ['a name in the directory that leads out of it', 'listed', 28, [0xff, 0], 'ARCHIVE_INVALID', /malformed/],
    ['more in the directory than in all', 'listed', 30, [0xff, 0], 'ARCHIVE_INVALID', /malformed/],
    ['a comment of an entry that leads out of it', 'listed', 32, [0xff, 0], 'ARCHIVE_INVALID', /malformed/],
    ['an entry of the kind for more than 4 GiB', 'listed', 24, [255, 255, 255, 255], 'LIMIT_EXCEEDED', /ZIP64/],
    ['an entry somewhere else', 'listed', 42, [255, 255, 255, 255], 'LIMIT_EXCEEDED', /ZIP64/],
    [
      'another kind of record at the end',
      'end',
      0,
      [0x50, 0x4b, 6, 6],
      'ARCHIVE_INVALID',
      /does not end with a central directory/,
    ],
    ['more entries than can be counted', 'end', 10, [255, 255], 'LIMIT_EXCEEDED', /ZIP64/],
    ['the directory in another part', 'end', 6, [1, 0], 'ARCHIVE_INVALID', /several parts/],
    ['fewer entries in this part', 'end', 8, [0, 0], 'ARCHIVE_INVALID', /several parts/],
    [
      'a directory of more than 32 MiB',
      'end',
      12,
      [1, 0, 0, 2],
      'LIMIT_EXCEEDED',
      /a central directory of 33554433 bytes/,
    ],
    ['a directory of more than 4 GiB', 'end', 12, [255, 255, 255, 255], 'LIMIT_EXCEEDED', /ZIP64/],
    ['a directory behind 4 GiB', 'end', 16, [255, 255, 255, 255], 'LIMIT_EXCEEDED', /ZIP64/],
    ['a comment that is not there', 'end', 20, [1, 0], 'ARCHIVE_INVALID', /does not end with a central directory/],
  ])('%s', async (_, place, offset, bytes, code, problem) => {
    const archive = madeArchive([a]);
    archive.set(bytes, offsets(archive)[place] + offset);
    await expect(unpack(archive)).rejects.toMatchObject({ code, message: expect.stringMatching(problem) });
    expect(await fs.readdir(folder)).toEqual([]);
  });

  test('something in the directory behind its last line', async () => {
    const whole = madeArchive([a]);
    const { end } = offsets(whole);
    const archive = Buffer.concat([whole.subarray(0, end), Buffer.from('PK\x01\x02'), whole.subarray(end)]);
    archive.writeUInt32LE(archive.readUInt32LE(archive.length - 10) + 4, archive.length - 10);
    await expect(unpack(archive)).rejects.toMatchObject({
      code: 'ARCHIVE_INVALID',
      message: expect.stringMatching(/malformed/),
    });
  });

  test.each([true, false])('one that is cut off while it is unpacked (deflated: %j)', async (deflated) => {
    const content = randomBytes(200_000).toString('hex');
    const archive = join(outer, 'archive');
    const cuttingOff = {
      ...fs,
      open: async (...[path, flags, mode]: Parameters<typeof fs.open>) => {
        if (flags === 'wx') await fs.truncate(archive, 1000);
        return fs.open(path, flags, mode);
      },
    };
    await fs.writeFile(archive, madeArchive([{ name: 'a', content, deflated }]));
    await expect(unpackArchive(archive, folder, cuttingOff)).rejects.toMatchObject({
      code: 'ARCHIVE_INVALID',
      message: expect.stringMatching(/is truncated/),
    });
  });

  test('what the file system refuses is not held against the archive', async () => {
    const deep = join(outer, ...Array.from({ length: 15 }, () => 'd'.repeat(250)));
    await fs.mkdir(deep, { recursive: true });
    const archive = join(outer, 'archive');
    const name = `${'n'.repeat(200)}/${'n'.repeat(200)}`;
    await fs.writeFile(archive, madeArchive([{ name, content: 'x' }]));
    await expect(unpackArchive(archive, deep, fs)).rejects.toMatchObject({ code: 'ENAMETOOLONG' });
  });

  test('a bomb, at the length that it states', async () => {
    const packed = deflateRawSync(Buffer.alloc(64 * 1024 * 1024));
    const bomb = madeArchive([{ name: 'bomb', content: 'small', packed }]);
    await expect(unpack(bomb)).rejects.toMatchObject({ code: 'ARCHIVE_INVALID' });
    expect((await fs.stat(join(folder, 'bomb'))).size).toBeLessThan(200_000);
  });

  test('one that is too short for a directory', async () => {
    const empty = madeArchive([]);
    for (let length = 0; length < empty.length; length++)
      await expect(unpack(empty.subarray(0, length))).rejects.toMatchObject({
        message: 'the archive has no central directory',
      });
  });

  test('one that is cut off anywhere', async () => {
    const whole = madeArchive([a, { ...a, name: 'b', streamed: true }]);
    for (let length = 0; length < whole.length; length++)
      await expect(unpack(whole.subarray(0, length))).rejects.toMatchObject({ code: 'ARCHIVE_INVALID' });
    expect(await fs.readdir(folder)).toEqual([]);
  });
});
