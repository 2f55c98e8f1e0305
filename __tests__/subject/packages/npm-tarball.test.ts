import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import * as files from 'node:fs/promises';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeHex } from '../../../src/core/encoding/index.ts';
import { readNpmTarball } from '../../../src/subject/index.ts';
import { endOfTar, paxRecord, type TarEntry, tarOfEntries } from '../../kit/tar.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-npm-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(bytes: Uint8Array) {
  const path = join(folder, 'a.tgz');
  await writeFile(path, bytes);
  return readNpmTarball(files, { path });
}

const manifest = (name: unknown, version: unknown): TarEntry => ({
  name: 'package/package.json',
  body: JSON.stringify({ name, version }),
});
const packed = (...entries: readonly TarEntry[]): Uint8Array => gzipSync(tarOfEntries(entries));
const good = manifest('demo', '1.0.0');
const other: TarEntry = { name: 'package/index.js', body: 'x'.repeat(100_000) };

describe('the tarball of an npm package', () => {
  test.each([
    ['demo', '1.0.0', 'pkg:npm/demo@1.0.0'],
    ['@a-b/c.d_e', '0.0.1-0.a-b', 'pkg:npm/%40a-b/c.d_e@0.0.1-0.a-b'],
    ['JSONStream', '10.20.30+a.01', 'pkg:npm/JSONStream@10.20.30'],
  ])('%s@%s is named by its purl', async (name, version, purl) => {
    const bytes = packed({ name: 'package/', type: '5' }, other, manifest(name, version), other2);
    const tarball = await read(bytes);
    expect(tarball.purl).toBe(purl);
    expect(encodeHex(tarball.digest.bytes)).toBe(createHash('sha512').update(bytes).digest('hex'));
  });
  const other2: TarEntry = { name: 'package/lib/index.js', body: 'y' };

  test('may have long names, in pax headers', async () => {
    const long = `package/${'a/'.repeat(80)}b.js`;
    const bytes = packed(
      good,
      { name: 'PaxHeader', type: 'x', body: paxRecord('path', long) },
      { name: 'short', body: '' },
    );
    expect((await read(bytes)).purl).toBe('pkg:npm/demo@1.0.0');
  });

  test.each<[what: string, bytes: Uint8Array, message: string]>([
    ['no gzip', Buffer.from('hello'), 'not a gzip file'],
    ['a truncated gzip', packed(good, other).subarray(0, 150), 'not a gzip file, or not a complete one'],
    ['an empty file', new Uint8Array(), 'not a complete one'],
    ['data after its compressed end', Buffer.concat([packed(good), Buffer.from('x')]), 'not a complete one'],
    ['no tar', gzipSync('hello'), 'too short'],
    ['a truncated tar', gzipSync(tarOfEntries([good, other], new Uint8Array())), 'truncated'],
    [
      'data after its end',
      gzipSync(Buffer.concat([tarOfEntries([good]), Buffer.from('x'), endOfTar])),
      'after its end',
    ],
    ['no manifest', packed(other), 'has no package/package.json'],
    ['two manifests', packed(good, manifest('other', '1.0.0')), 'second entry'],
    [
      'a second manifest of another spelling',
      packed(good, { ...good, name: './package/package.json' }),
      'second entry',
    ],
    ['a manifest in another folder', packed(good, { ...good, name: 'other/package.json' }), 'outside of the folder'],
    ['a file beside the folder', packed(good, { name: 'package.json', body: '{}' }), 'outside of the folder'],
    ['a name that leads out', packed(good, { name: 'package/../package.json', body: '{}' }), 'unsafe name'],
    [
      'a link in place of the manifest',
      packed({ name: 'package/package.json', type: '2', linkName: 'x' }),
      'not a regular file',
    ],
    ['a manifest that is no JSON', packed({ name: 'package/package.json', body: '{' }), 'package/package.json'],
    ['a list', packed({ name: 'package/package.json', body: '[]' }), 'not an object'],
    ['two names', packed({ name: 'package/package.json', body: '{"name":"a","name":"b","version":"1.0.0"}' }), 'name'],
    ['no name', packed(manifest(undefined, '1.0.0')), 'no valid name'],
    ['a name with a path', packed(manifest('../x', '1.0.0')), 'no valid name'],
    ['a name with a purl in it', packed(manifest('a@1.0.0?b', '1.0.0')), 'no valid name'],
    ['a long name', packed(manifest('a'.repeat(215), '1.0.0')), 'no valid name'],
    ['a scope alone', packed(manifest('@scope/', '1.0.0')), 'no valid name'],
    ['no version', packed(manifest('a', 1)), 'no valid version'],
    ['a version with a prefix', packed(manifest('a', 'v1.0.0')), 'no valid version'],
    ['a version with leading zeros', packed(manifest('a', '01.0.0')), 'no valid version'],
    ['a long version', packed(manifest('a', `1.0.0-${'a'.repeat(300)}`)), 'no valid version'],
  ])('with %s is refused', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toMatchObject({
      code: 'PACKAGE_INVALID',
      message: expect.stringContaining(message),
    });
  });

  test('with a manifest that is too large is refused', async () => {
    const bytes = packed({ name: 'package/package.json', body: Buffer.alloc(4 * 1024 * 1024 + 1, ' ') });
    await expect(read(bytes)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  test('that is too large when it is unpacked is refused', async () => {
    const path = join(folder, 'c.tgz');
    await writeFile(path, packed(good, other));
    await expect(readNpmTarball(files, { path }, 100_000)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
    expect((await readNpmTarball(files, { path }, 200_000)).purl).toBe('pkg:npm/demo@1.0.0');
  });

  test('that is changed while it is being read is refused', async () => {
    const path = join(folder, 'd.tgz');
    await writeFile(path, packed(good));
    let streams = 0;
    const open: typeof files.open = async (...opened) => {
      const handle = await files.open(...opened);
      const { createReadStream } = handle;
      handle.createReadStream = (options) => {
        // Zeros after the end of the compressed data are ignored.
        if (++streams === 3) appendFileSync(path, '\0');
        return createReadStream.call(handle, options);
      };
      return handle;
    };
    await expect(readNpmTarball({ open }, { path })).rejects.toMatchObject({ code: 'SUBJECT_CHANGED' });
    expect(streams).toBe(3);
  });

  test('that was replaced after it was found is refused', async () => {
    const path = join(folder, 'b.tgz');
    await writeFile(path, packed(good));
    const identity = { device: 0n, inode: 0n };
    await expect(readNpmTarball(files, { path, identity })).rejects.toMatchObject({ code: 'SUBJECT_CHANGED' });
  });
});
