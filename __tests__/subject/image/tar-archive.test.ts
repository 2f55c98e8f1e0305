/** The reader of tars, before archives that programs write and others that nobody should. */

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { scanTar } from '../../../src/subject/image/tar-archive.ts';
import { endOfTar, gnu, paxRecord, type TarEntry, tarEntry, tarOf, tarOfEntries } from '../../kit/tar.ts';
import { failure } from '../../services/loopback.ts';

/** Returns the contents of the files found, and `null` for an entry that is not a file. */
async function contents(tar: Uint8Array): Promise<Readonly<Record<string, string | null>>> {
  const read = async (offset: number, length: number) => tar.slice(offset, offset + length);
  const entries = await scanTar(read, tar.length, 'a.tar');
  const text = (offset: number, size: number) => Buffer.from(tar.subarray(offset, offset + size)).toString();
  return Object.fromEntries(
    [...entries].map(([name, { kind, offset, size }]) => [name, kind === 'file' ? text(offset, size) : null]),
  );
}

const of = (...entries: readonly TarEntry[]) => contents(tarOfEntries(entries));

async function refused(tar: Uint8Array): Promise<string> {
  const error = await failure(contents(tar));
  expect(error.code).toBe('IMAGE_INVALID');
  expect(error.message).toMatch(/^a\.tar, at byte \d+, /);
  return error.message;
}

describe('reads', () => {
  test('files and links; folders are left out', async () => {
    expect(
      await of(
        { name: './', type: '5' },
        { name: './a', body: 'A' },
        { name: 'd/', type: '5' },
        { name: 'd', type: '5' },
        { name: 'd/empty' },
        { name: 'old', body: 'x', type: '\0' },
        { name: 'link', type: '2', linkName: 'a' },
        { name: 'hard', type: '1', linkName: 'a' },
        { name: 'pipe', type: '6' },
      ),
    ).toEqual({ a: 'A', 'd/empty': '', old: 'x', link: null, hard: null, pipe: null });
  });

  test('long names, in each of the three ways', async () => {
    const name = `${'d'.repeat(120)}/${'f'.repeat(90)}`;
    const [folder = '', file = ''] = name.split('/');
    expect(await of({ name: file, prefix: folder, body: 'x' })).toEqual({ [name]: 'x' });
    expect(await of({ name: 'p', type: 'x', body: paxRecord('path', name) }, { name: 'cut', body: 'x' })).toEqual({
      [name]: 'x',
    });
    const long = { name: '././@LongLink', magic: gnu };
    expect(
      await of(
        { ...long, type: 'K', body: 'somewhere\0' },
        { ...long, type: 'L', body: `${name}\0` },
        { name: 'cut', body: 'x', magic: gnu },
      ),
    ).toEqual({ [name]: 'x' });
  });

  test('what GNU keeps where others have the beginning of a name is no name', async () => {
    expect(await of({ name: 'a', magic: gnu, prefix: '14000000000', body: 'x' })).toEqual({ a: 'x' });
  });

  test('other records, the length of which counts itself, and which may hold anything', async () => {
    const binary = Buffer.concat([
      Buffer.from('22 SCHILY.xattr.user.x='),
      Buffer.from([0xff, 0x00]),
      Buffer.from('\n'),
    ]);
    const bytes = Buffer.from(binary);
    bytes.write(String(bytes.length), 0);
    expect(
      await of(
        { name: 'g', type: 'g', body: paxRecord('comment', 'of all') },
        { name: 'p', type: 'x', body: Buffer.concat([Buffer.from(paxRecord('mtime', '1.5')), bytes]) },
        { name: 'a', body: 'x' },
      ),
    ).toEqual({ a: 'x' });
  });

  test('lengths that are written elsewhere: in a record, or in base 256', async () => {
    const size = new Uint8Array(12);
    size[0] = 0x80;
    size[11] = 3;
    expect(await of({ name: 'a', size, body: 'abc' })).toEqual({ a: 'abc' });
    const zero = '00000000000\0';
    expect(
      await of({ name: 'p', type: 'x', body: paxRecord('size', '3') }, { name: 'a', size: zero, body: 'abc' }),
    ).toEqual({ a: 'abc' });
  });

  test('a file of 20 GB without reading it', async () => {
    const size = 20 * 1024 ** 3;
    const field = new Uint8Array(12);
    field[0] = 0x80;
    new DataView(field.buffer).setBigUint64(4, BigInt(size));
    const head = tarEntry({ name: 'layer', size: field });
    const tail = Buffer.concat([tarEntry({ name: 'index.json', body: '{}' }), endOfTar]);
    const after = head.length + size;
    let read = 0;
    const entries = await scanTar(
      async (offset, length) => {
        read += length;
        return offset < after
          ? head.slice(offset, offset + length)
          : tail.slice(offset - after, offset - after + length);
      },
      after + tail.length,
      'a.tar',
    );
    expect(entries.get('index.json')).toEqual({ kind: 'file', offset: after + 512, size: 2 });
    expect(read).toBeLessThan(4096);
  });

  test('padding after the end', async () => {
    expect(await contents(tarOfEntries([{ name: 'a' }], new Uint8Array(10_240)))).toEqual({ a: '' });
  });

  test('nothing', async () => expect(await of()).toEqual({}));
});

describe('refuses', () => {
  const x = { name: 'a', body: 'x' };
  const pax = (body: string | Uint8Array): readonly TarEntry[] => [{ name: 'p', type: 'x', body }, x];
  const oversized = new Uint8Array(12).fill(0xff).fill(0x80, 0, 1);

  test.each<[string, readonly TarEntry[], string]>([
    ['two files of one name', [x, x], 'second entry'],
    ['two that are one but for ./', [x, { ...x, name: './a' }], 'second entry'],
    ['a file and a link of one name', [x, { name: 'a', type: '2', linkName: 'b' }], 'second entry'],
    ['a file where a folder is', [{ name: 'a/', type: '5' }, x], 'second entry'],
    ['a folder where a file is', [x, { name: 'a/', type: '5' }], 'second entry'],
    ['a name that leads out', [{ ...x, name: '../a' }], 'name "'],
    ['a name that leads out from within', [{ ...x, name: 'b/../../a' }], 'name "'],
    ['an absolute name', [{ ...x, name: '/a' }], 'name "'],
    ['no name', [{ ...x, name: '' }], 'name "'],
    ['a name with empty parts', [{ ...x, name: 'b//a' }], 'name "'],
    ['a file with the name of a folder', [{ ...x, name: 'a/' }], 'name "'],
    ['a name that is not UTF-8', [{ ...x, name: new Uint8Array([0xff]) }], 'not valid UTF-8'],
    ['a wrong checksum', [{ ...x, checksum: '000001\0 ' }], 'wrong checksum'],
    ['a checksum that is no number', [{ ...x, checksum: 'none\0   ' }], 'malformed number'],
    ['a header of no format', [{ ...x, magic: '\0\0\0\0\0\0\0\0' }], 'no valid tar header'],
    ['a length that is no number', [{ ...x, size: '0000000000x\0' }], 'malformed number'],
    ['a negative length', [{ ...x, size: new Uint8Array(12).fill(0xff) }], 'malformed number'],
    ['a length beyond all numbers', [{ ...x, size: oversized }], 'too large'],
    ['a length beyond the end', [{ ...x, size: '00000010000\0' }], 'incomplete entry'],
    ['a header beyond the end', [{ name: 'p', type: 'x', size: '00000010000\0' }], 'incomplete entry'],
    ['a link with contents', [{ name: 'l', type: '1', linkName: 'a', body: 'x' }], 'not a file but has content'],
    ['an unknown kind', [{ ...x, type: 'S' }], 'unsupported type "S"'],
    [
      'two headers about one entry',
      [{ name: 'L', type: 'L', body: 'b\0' }, ...pax(paxRecord('path', 'c'))],
      'two extended headers',
    ],
    ['a header about no entry', [{ name: 'p', type: 'x', body: paxRecord('path', 'c') }], 'without an entry'],
    ['a name for all', [{ name: 'g', type: 'g', body: paxRecord('path', 'c') }, x], 'a global header'],
    ['a length for all', [{ name: 'g', type: 'g', body: paxRecord('size', '1') }, x], 'a global header'],
    ['a long name that is none', [{ name: 'L', type: 'L', body: '\0' }, x], 'long name'],
    ['a long name of two', [{ name: 'L', type: 'L', body: 'a\0b\0' }, x], 'long name'],
    ['a header that is too long', [{ name: 'p', type: 'x', body: new Uint8Array(1024 * 1024 + 1) }, x], 'bytes'],
    ['two records of one name', pax(paxRecord('path', 'b') + paxRecord('path', 'c')), 'pax record'],
    ['a file with holes', pax(paxRecord('GNU.sparse.major', '1')), 'a sparse file'],
    ['a name with NUL', pax(paxRecord('path', 'b\0c')), 'long name'],
    ['a record without a length', pax('path=b\n'), 'malformed pax record'],
    ['a record with a length of 0', pax('0 path=b\n'), 'malformed pax record'],
    ['a record that is too long', pax('99 path=b\n'), 'malformed pax record'],
    ['a record that is too short', pax('5 path=b\n'), 'malformed pax record'],
    ['a record without its end', pax('9 path=bc'), 'malformed pax record'],
    ['a record without =', pax('7 path\n'), 'malformed pax record'],
    ['a record whose = is that of the next', pax(`7 path\n${paxRecord('mtime', '1')}`), 'malformed pax record'],
    ['bytes after the records', pax(`${paxRecord('path', 'b')}\0`), 'malformed pax record'],
    ['a length in a record that is none', pax(paxRecord('size', '-1')), 'malformed size'],
    ['a length in a record beyond the end', pax(paxRecord('size', '100000')), 'truncated'],
    ['a length in a record beyond all numbers', pax(paxRecord('size', '9007199254740993')), 'malformed size'],
  ])('%s', async (_, entries, problem) => {
    expect(await refused(tarOfEntries(entries))).toContain(problem);
  });

  test('what has data after its end marker', async () => {
    expect(await refused(Buffer.concat([tarOfEntries([x]), tarOfEntries([{ ...x, name: 'b' }])]))).toContain(
      'data after its end',
    );
  });

  test('an end without end', async () => {
    expect(await refused(tarOfEntries([x], new Uint8Array(1024 * 1024 + 512)))).toContain('extra bytes after its end');
  });

  test.each([0, 511, 512, 1023])('an end of %i bytes', async (length) => {
    expect(await refused(tarOfEntries([x], new Uint8Array(length)))).toContain('truncated');
  });

  test('more entries than are read', async () => {
    const entry = tarEntry({ name: 'd/', type: '5' });
    const length = 512 * 100_003;
    const error = await failure(scanTar(async () => entry, length, 'a.tar'));
    expect(error.code).toBe('LIMIT_EXCEEDED');
  });

  test('whatever else: it ends, and no file is invented', async () => {
    const good = tarOf(new Map([['a', 'A'.repeat(600)]]));
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bad = Uint8Array.from(good);
        bad[at] = (bad[at] ?? 0) ^ flip;
        const found = await contents(bad).catch((cause: { readonly code: string }) => cause.code);
        // Only what is in the file, in its padding, or after the end of a field, is not noticed.
        if (typeof found === 'string') expect(found).toBe('IMAGE_INVALID');
        else expect(Object.keys(found)).toEqual(['a']);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('programs', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9._-]{0,60}$/).filter((part) => !part.endsWith('.'));
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  const files = fc.dictionary(path, fc.string({ maxLength: 1500 }), { maxKeys: 6 }).map((all) => {
    // What is a file cannot be a folder as well.
    const names = Object.keys(all);
    return Object.entries(all).filter(([file]) => !names.some((other) => other.startsWith(`${file}/`)));
  });

  test('what is written is what is read', async () => {
    await fc.assert(
      fc.asyncProperty(files, async (all) => {
        expect(await contents(tarOf(new Map(all)))).toEqual(Object.fromEntries(all));
      }),
    );
  });

  test.each(['ustar', 'pax', 'gnu'])('as tar --format=%s writes it', async (format) => {
    const folder = await mkdtemp(join(tmpdir(), 'countersign-tar-'));
    const long = `${'d'.repeat(90)}/${'f'.repeat(90)}`;
    const all = {
      'index.json': '{}',
      [`blobs/sha512/${'a'.repeat(format === 'ustar' ? 90 : 128)}`]: 'x'.repeat(700),
      [long]: '',
    };
    try {
      for (const [file, body] of Object.entries(all)) {
        await mkdir(dirname(join(folder, 'in', file)), { recursive: true });
        await writeFile(join(folder, 'in', file), body);
      }
      // bsdtar's name for GNU's format is another.
      const formats = format === 'gnu' ? ['gnu', 'gnutar'] : [format];
      const run = promisify(execFile);
      const write = (as: string) => run('tar', [`--format=${as}`, '-cf', 'out.tar', '-C', 'in', '.'], { cwd: folder });
      await write(formats[0] ?? format).catch(() => write(formats[1] ?? format));
      expect(await contents(await readFile(join(folder, 'out.tar')))).toEqual(all);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
