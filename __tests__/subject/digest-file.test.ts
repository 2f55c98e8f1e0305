import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeHex } from '../../src/core/encoding/index.ts';
import type { FileReading } from '../../src/node/index.ts';
import { digestFile, withBytesOf } from '../../src/subject/index.ts';
import { failure } from '../services/loopback.ts';

const MiB = 1024 * 1024;
const longAgo = new Date('2020-01-01T00:00:00Z');

let folder = '';
beforeAll(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'countersign-digest-'));
});
afterAll(() => fs.rm(folder, { recursive: true }));

async function file(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await fs.writeFile(path, bytes);
  // File systems count time in steps; a change must not fall into the step of the making.
  await fs.utimes(path, longAgo, longAgo);
  return path;
}

type Read = (
  buffer: Buffer,
  offset: number,
  length: number,
  position: null,
) => Promise<{ bytesRead: number; buffer: Buffer }>;

/** The real file system, whose handles are kept, and may be otherwise in how they read. */
class Files implements FileReading {
  readonly handles: fs.FileHandle[] = [];
  readonly #read: (read: Read, count: number) => Read;

  constructor(read: (read: Read, count: number) => Read = (real) => real) {
    this.#read = read;
  }

  readonly open: FileReading['open'] = async (path, flags, mode) => {
    const handle = await fs.open(path, flags, mode);
    this.handles.push(handle);
    let count = 0;
    return new Proxy(handle, {
      get: (target, name) => {
        if (name === 'read') return this.#read(target.read.bind(target) as Read, count++);
        const member: unknown = Reflect.get(target, name, target);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
  };

  /** True if every opened file was closed. */
  get allClosed(): boolean {
    return this.handles.length > 0 && this.handles.every(({ fd }) => fd === -1);
  }
}

describe('the digest of a file', () => {
  test.each([0, 1, MiB - 1, MiB, MiB + 1, 2 * MiB, 5 * MiB])('of %d bytes is what node:crypto says', async (size) => {
    const bytes = randomBytes(size);
    const path = await file(`size-${size}`, bytes);
    for (const algorithm of ['sha256', 'sha384', 'sha512'] as const) {
      const files = new Files();
      const digest = await digestFile(files, { path }, algorithm);
      expect(digest.algorithm).toBe(algorithm);
      expect(encodeHex(digest.bytes)).toBe(createHash(algorithm).update(bytes).digest('hex'));
      expect(files.allClosed).toBe(true);
    }
  });

  test('does not depend on how much each read brings', async () => {
    const bytes = randomBytes(300_001);
    const path = await file('short-reads', bytes);
    const lengths = [1, 4096, 70_000, 3, 100_000];
    const files = new Files(
      (read, count) => (buffer, offset, length, position) =>
        read(buffer, offset, Math.min(length, lengths[count % lengths.length] ?? 1), position),
    );
    const digest = await digestFile(files, { path }, 'sha256');
    expect(encodeHex(digest.bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  test('needs no read that only finds the end', async () => {
    let reads = 0;
    const files = new Files((read) => (buffer, offset, length, position) => {
      reads++;
      return read(buffer, offset, length, position);
    });
    await digestFile(files, { path: await file('small', randomBytes(1000)) }, 'sha256');
    expect(reads).toBe(1);
  });

  test('through a link is that of the file', async () => {
    const path = await file('target', Buffer.from('linked'));
    await fs.symlink(path, join(folder, 'link'));
    const digest = await digestFile(new Files(), { path: join(folder, 'link') }, 'sha256');
    expect(encodeHex(digest.bytes)).toBe(createHash('sha256').update('linked').digest('hex'));
  });
});

describe('a file that is written to while it is read', () => {
  const writing: readonly (readonly [what: string, write: (path: string) => Promise<void>])[] = [
    ['longer', (path) => fs.appendFile(path, 'more')],
    ['shorter', (path) => fs.truncate(path, MiB)],
    [
      'as long, but otherwise',
      async (path) => {
        const handle = await fs.open(path, 'r+');
        await handle.write('changed', 0);
        await handle.close();
      },
    ],
    [
      'longer, its time set back',
      async (path) => {
        await fs.appendFile(path, 'more');
        await fs.utimes(path, longAgo, longAgo);
      },
    ],
  ];

  test.each(writing)('and becomes %s is refused', async (what, write) => {
    const path = await file(`changing ${what}`, randomBytes(3 * MiB));
    const files = new Files((read, count) => async (...args) => {
      if (count === 1) await write(path);
      return read(...args);
    });
    const error = await failure(digestFile(files, { path }, 'sha256'));
    expect(error.code).toBe('SUBJECT_CHANGED');
    expect(error.message).toBe(`${path} was modified while it was being hashed`);
    expect(error.remedy).toBe('Sign after the last step that writes to the file.');
    expect(error.exitCode).toBe(4);
    expect(files.allClosed).toBe(true);
  });
});

describe('a path that leads elsewhere', () => {
  async function collected(path: string) {
    const { dev, ino } = await fs.stat(path, { bigint: true });
    return { path, identity: { device: dev, inode: ino } };
  }

  test('than when it was collected is refused, by way of a link or not', async () => {
    for (const swap of [
      async (path: string) => fs.symlink(await file('secret', Buffer.from('secret')), path),
      async (path: string) => fs.writeFile(path, 'as long'),
    ]) {
      const path = await file('swapped', Buffer.from('AS LONG'));
      const subject = await collected(path);
      // Renamed, so that its inode is not given to the other.
      await fs.rename(path, `${path}.before`);
      await swap(path);
      const files = new Files();
      const error = await failure(digestFile(files, subject, 'sha256'));
      expect(error.code).toBe('SUBJECT_CHANGED');
      expect(error.message).toBe(`${path} was replaced after the run started`);
      expect(error.remedy).toBe('Sign after the last step that writes to the file.');
      expect(files.allClosed).toBe(true);
      await fs.rm(path);
    }
  });

  test('is hashed if it is the same file', async () => {
    const path = await file('the same', Buffer.from('same'));
    const subject = await collected(path);
    await fs.symlink(path, join(folder, 'to the same'));
    for (const where of [path, join(folder, 'to the same')]) {
      const digest = await digestFile(fs, { ...subject, path: where }, 'sha256');
      expect(encodeHex(digest.bytes)).toBe(createHash('sha256').update('same').digest('hex'));
    }
  });

  test.each<[what: string, write: (path: string) => Promise<void>]>([
    ['deleted', (path) => fs.rm(path)],
    [
      'replaced',
      async (path) => {
        await fs.writeFile(`${path}.new`, randomBytes(3 * MiB));
        await fs.rename(`${path}.new`, path);
      },
    ],
  ])('because the file is %s while it is read is refused', async (what, write) => {
    const path = await file(`to be ${what}`, randomBytes(3 * MiB));
    const files = new Files((read, count) => async (...args) => {
      if (count === 1) await write(path);
      return read(...args);
    });
    const error = await failure(digestFile(files, { path }, 'sha256'));
    expect(error.code).toBe('SUBJECT_CHANGED');
    expect(error.message).toBe(`${path} was deleted or replaced while it was being hashed`);
    expect(files.allClosed).toBe(true);
  });
});

describe('what cannot be hashed', () => {
  test('is a named pipe, and nobody waits for one to write to it', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    const error = await failure(digestFile(fs, { path }, 'sha256'));
    expect(error.code).toBe('SUBJECT_UNREADABLE');
    expect(error.message).toBe(`${path} is not a regular file`);
    expect(error.remedy).toBe('Specify a regular file. Pipes, sockets and devices are not supported.');
  });

  test('is not there', async () => {
    const path = join(folder, 'missing');
    const error = await failure(digestFile(fs, { path }, 'sha256'));
    expect(error.code).toBe('SUBJECT_UNREADABLE');
    expect(error.message).toContain(`${path} cannot be read: `);
    expect(error.message).toContain('ENOENT');
    expect(error.remedy).toBe('Check the path, and that no step removes the file before it is read.');
    expect(error.exitCode).toBe(3);
  });

  test.each<[what: string, path: () => string]>([
    ['a folder', () => folder],
    ['a device', () => '/dev/null'],
  ])('is %s', async (_, path) => {
    const files = new Files();
    const error = await failure(digestFile(files, { path: path() }, 'sha256'));
    expect(error.code).toBe('SUBJECT_UNREADABLE');
    expect(error.message).toBe(`${path()} is not a regular file`);
    expect(files.allClosed).toBe(true);
  });

  test('may not be opened', async () => {
    // To root, who runs tests in many a container, every file is open: so it is the port that refuses.
    const open = () => Promise.reject(Object.assign(new Error('permission denied'), { code: 'EACCES' }));
    const error = await failure(digestFile({ open }, { path: '/some/file' }, 'sha256'));
    expect(error.code).toBe('SUBJECT_UNREADABLE');
    expect(error.message).toBe('/some/file cannot be read: EACCES');
    expect(error.remedy).toBe(
      'Grant the current user read access, for example with chmod or chown after the file is created.',
    );
    expect(error.cause).toMatchObject({ code: 'EACCES' });
  });

  test.each([0, 1, 2])('fails at read %d', async (at) => {
    const path = await file(`failing-${at}`, randomBytes(3 * MiB));
    const files = new Files(
      (read, count) =>
        (...args) =>
          count === at
            ? Promise.reject(Object.assign(new Error('input/output error'), { code: 'EIO' }))
            : read(...args),
    );
    const error = await failure(digestFile(files, { path }, 'sha256'));
    expect(error.code).toBe('SUBJECT_UNREADABLE');
    expect(error.message).toBe(`${path} cannot be read: EIO`);
    expect(files.allClosed).toBe(true);
  });
});

describe('the bytes of a file that is read again', () => {
  const read = (path: string, identity?: { readonly device: bigint; readonly inode: bigint }) =>
    withBytesOf(fs, identity === undefined ? { path } : { path, identity }, async (bytes) =>
      bytes === undefined ? undefined : Buffer.from(bytes),
    );

  test.each([0, 1, MiB, 2 * MiB])('are those of the file (%d of them)', async (length) => {
    const bytes = randomBytes(length);
    expect((await read(await file(`again-${length}`, bytes)))?.equals(bytes)).toBe(true);
  });

  test('are not lent of a longer file, a folder, a file that is gone or another file', async () => {
    expect(await read(await file('again-long', randomBytes(2 * MiB + 1)))).toBeUndefined();
    expect(await read(folder)).toBeUndefined();
    expect(await read(join(folder, 'gone'))).toBeUndefined();
    const { dev, ino } = await fs.stat(await file('again-other', Buffer.from('other')), { bigint: true });
    const path = await file('again-replaced', Buffer.from('replaced'));
    expect(await read(path, { device: dev, inode: ino })).toBeUndefined();
    expect(await read(join(folder, 'again-other'), { device: dev, inode: ino })).toEqual(Buffer.from('other'));
  });

  test('are not overwritten by another file while they are lent', async () => {
    const paths = await Promise.all(
      ['1', '2', '3', '4', '5', '6'].map((name) => file(`lent-${name}`, Buffer.from(name))),
    );
    const all = new Map<string, string>();
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let lent = 0;
    const reading = paths.map((path) =>
      withBytesOf(fs, { path }, async (bytes) => {
        if (++lent === paths.length) release();
        await released;
        await digestFile(fs, { path }, 'sha256');
        all.set(path, Buffer.from(bytes ?? []).toString());
      }),
    );
    await Promise.all(reading);
    expect([...all].map(([path, text]) => path.endsWith(`lent-${text}`))).toEqual(Array(6).fill(true));
  });

  test('an error of the use is thrown', async () => {
    const path = await file('again-failing', Buffer.from('x'));
    await expect(withBytesOf(fs, { path }, () => Promise.reject(new Error('of the use')))).rejects.toThrow(
      'of the use',
    );
  });
});
