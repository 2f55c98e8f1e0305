import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { NotRegularFile, openRegularFile, readExactly, readRegularFile, sameFile } from '../../src/node/index.ts';

let folder = '';
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'countersign-node-'));
});
afterEach(() => fs.rm(folder, { recursive: true }));

const refused = (path: string): Promise<unknown> => readRegularFile(fs, path, 1024).catch((error: unknown) => error);

describe('a regular file', () => {
  test.each([0, 1, 4095, 4096, 4097, 100_000])('of %d bytes is read whole', async (length) => {
    const bytes = Buffer.alloc(length, 'abc');
    await fs.writeFile(join(folder, 'x'), bytes);
    expect(bytes.equals(await readRegularFile(fs, join(folder, 'x'), length))).toBe(true);
  });

  test('is read through a link', async () => {
    await fs.writeFile(join(folder, 'x'), 'text');
    await fs.symlink(join(folder, 'x'), join(folder, 'link'));
    expect((await readRegularFile(fs, join(folder, 'link'), 4)).toString()).toBe('text');
  });

  test('of one byte more than are read is refused', async () => {
    await fs.writeFile(join(folder, 'x'), 'text!');
    expect(await readRegularFile(fs, join(folder, 'x'), 4).catch((error: unknown) => error)).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: expect.stringContaining('the limit is 4 bytes'),
    });
  });

  test('whose size is above the limit is refused before anything of it is read', async () => {
    const path = join(folder, 'x');
    await fs.writeFile(path, 'text!');
    let reads = 0;
    const open: typeof fs.open = async (...given) => {
      const handle = await fs.open(...given);
      return new Proxy(handle, {
        get: (target, name) => {
          if (name === 'read') reads++;
          const member: unknown = Reflect.get(target, name, target);
          return typeof member === 'function' ? member.bind(target) : member;
        },
      });
    };
    expect(await readRegularFile({ open }, path, 4).catch((error: unknown) => error)).toMatchObject({
      code: 'LIMIT_EXCEEDED',
    });
    expect(reads).toBe(0);
    await readRegularFile({ open }, path, 5);
    expect(reads).toBeGreaterThan(0);
  });

  test('that grows while it is read is refused at the limit', async () => {
    const path = join(folder, 'x');
    await fs.writeFile(path, 'a');
    const open: typeof fs.open = async (...given) => {
      const handle = await fs.open(...given);
      return new Proxy(handle, {
        get: (target, name) => {
          const member: unknown = Reflect.get(target, name, target);
          if (typeof member !== 'function') return member;
          return async (...rest: readonly unknown[]) => {
            if (name === 'read') await fs.appendFile(path, 'a'.repeat(8192));
            return member.apply(target, rest);
          };
        },
      });
    };
    expect(await readRegularFile({ open }, path, 20_000).catch((error: unknown) => error)).toMatchObject({
      code: 'LIMIT_EXCEEDED',
    });
  });

  test('whose size the system does not know is read whole', async () => {
    if (process.platform !== 'linux') return;
    expect((await fs.stat('/proc/self/status')).size).toBe(0);
    expect((await readRegularFile(fs, '/proc/self/status', 64 * 1024)).toString()).toContain('Pid:');
  });

  test('is one file under two names', async () => {
    await fs.writeFile(join(folder, 'x'), 'text');
    await fs.link(join(folder, 'x'), join(folder, 'y'));
    await fs.writeFile(join(folder, 'z'), 'text');
    await using x = await openRegularFile(fs, join(folder, 'x'));
    await using y = await openRegularFile(fs, join(folder, 'y'));
    await using z = await openRegularFile(fs, join(folder, 'z'));
    expect(sameFile(x.identity, y.identity)).toBe(true);
    expect(sameFile(x.identity, z.identity)).toBe(false);
    expect([x.links, z.links]).toEqual([2n, 1n]);
  });

  test('is told from one of the same number on another device', () => {
    const [one, other] = [
      { device: 1n, inode: 7n },
      { device: 2n, inode: 7n },
    ];
    expect(sameFile(one, { ...one })).toBe(true);
    expect(sameFile(one, other)).toBe(process.platform === 'win32');
  });
});

describe('refused at once', () => {
  test('a folder', async () => {
    const error = await refused(folder);
    expect(error).toBeInstanceOf(NotRegularFile);
    expect(error).toMatchObject({ code: 'NOT_REGULAR', isFolder: true, path: folder });
  });

  test('a named pipe to which nobody writes', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(await refused(join(folder, 'pipe'))).toMatchObject({ code: 'NOT_REGULAR', isFolder: false });
  });

  test('a link to a named pipe', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await fs.symlink(join(folder, 'pipe'), join(folder, 'link'));
    expect(await refused(join(folder, 'link'))).toMatchObject({ code: 'NOT_REGULAR' });
  });

  test('an endless device', async () => {
    expect(await refused('/dev/zero')).toMatchObject({ code: 'NOT_REGULAR' });
  });

  test('a socket', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(join(folder, 'socket'), done));
    try {
      // The system refuses to open one.
      expect(await refused(join(folder, 'socket'))).toMatchObject({ code: 'ENXIO' });
    } finally {
      await new Promise((done) => server.close(done));
    }
  });

  test('what is not there', async () => {
    expect(await refused(join(folder, 'nothing'))).toMatchObject({ code: 'ENOENT' });
  });

  test('a file that is opened is closed again', async () => {
    const handles: fs.FileHandle[] = [];
    const open: typeof fs.open = async (...given) => {
      const handle = await fs.open(...given);
      handles.push(handle);
      return handle;
    };
    await fs.writeFile(join(folder, 'x'), 'text');
    await readRegularFile({ open }, join(folder, 'x'), 4);
    await readRegularFile({ open }, join(folder, 'x'), 3).catch(() => undefined);
    await readRegularFile({ open }, folder, 3).catch(() => undefined);
    expect(handles.map(({ fd }) => fd)).toEqual([-1, -1, -1]);
  });
});

describe('reading bytes at an offset', () => {
  const failAtEnd = (): never => {
    throw new Error('too short');
  };

  test('returns exactly as many', async () => {
    const path = join(folder, 'ten');
    await fs.writeFile(path, '0123456789');
    await using file = await openRegularFile(fs, path);
    expect((await readExactly(file.handle, 3, 4, failAtEnd)).toString()).toBe('3456');
    expect((await readExactly(file.handle, 6, 4, failAtEnd)).toString()).toBe('6789');
    expect(await readExactly(file.handle, 10, 0, failAtEnd)).toHaveLength(0);
  });

  test('reads on where the system returns fewer at once', async () => {
    const read = async (bytes: Buffer, filled: number, _: number, position: number) => {
      bytes[filled] = position;
      return { bytesRead: 1, buffer: bytes };
    };
    const handle = { read } as unknown as Parameters<typeof readExactly>[0];
    expect([...(await readExactly(handle, 5, 3, failAtEnd))]).toEqual([5, 6, 7]);
  });

  test('fails if the file ends before', async () => {
    const path = join(folder, 'ten');
    await fs.writeFile(path, '0123456789');
    await using file = await openRegularFile(fs, path);
    await expect(readExactly(file.handle, 7, 4, failAtEnd)).rejects.toThrow('too short');
  });
});
