/** The files that a saved image is made of: those in a folder, or those in a tar archive, which is not unpacked. */

import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, systemCode } from '../../core/errors/index.ts';
import type { FileReading } from '../../node/index.ts';
import { isWithin, openRegularFile, readExactly, sameFile } from '../../node/index.ts';
import { type FileSystem, orUnreadable } from '../file-system.ts';
import { readFileWithin } from '../read-file.ts';
import { invalidImage } from './invalid-image.ts';
import { type ReadAt, scanTar } from './tar-archive.ts';

export interface SavedFiles {
  /**
   * Reads a file; returns `undefined` if it does not exist.
   *
   * @param name with `/` between its parts
   * @throws CountersignError `LIMIT_EXCEEDED` if it is longer; `IMAGE_INVALID` for a link that is not followed;
   * `SUBJECT_UNREADABLE`; `SUBJECT_CHANGED`
   */
  read(name: string, maxLength: number): Promise<Uint8Array | undefined>;
  /** Returns the names of what is in a folder, none if it does not exist. */
  list(folder: string): Promise<readonly string[]>;
}

/** The files in a folder. Links are followed within it, never out of it. */
export async function openFolder(path: string, files: FileSystem): Promise<SavedFiles> {
  const root = await orUnreadable(path, () => files.realpath(path));
  return {
    read: async (name, maxLength) => {
      const named = join(root, ...name.split('/'));
      const real = await orUnreadable(named, () => realPath(named, files));
      if (real === undefined) return undefined;
      if (!isWithin(root, real)) invalidImage(`${path}: ${name} is a link to ${real}, which is outside of the image`);
      return (await readFileWithin(files, { path: real }, maxLength)) ?? tooLong(path, name, maxLength);
    },
    list: (folder) =>
      orUnreadable(path, () =>
        files.readdir(join(root, ...folder.split('/'))).catch((cause: unknown) => {
          if (systemCode(cause) === 'ENOENT') return [];
          throw cause;
        }),
      ),
  };
}

async function realPath(path: string, files: FileSystem): Promise<string | undefined> {
  try {
    return await files.realpath(path);
  } catch (cause) {
    const code = systemCode(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw cause;
  }
}

/** The files in a tar archive. It is opened for each of them, and must be the same that it was. */
export async function openTar(path: string, files: FileReading): Promise<SavedFiles> {
  return orUnreadable(path, async () => {
    await using archive = await openRegularFile(files, path);
    const readAt = readingAt(archive.handle, path);
    await refuseCompressed(readAt, Number(archive.size), path);
    const entries = await scanTar(readAt, Number(archive.size), path);
    return {
      list: async (folder) =>
        [...entries.keys()].flatMap((name) => (name.startsWith(`${folder}/`) ? [name.slice(folder.length + 1)] : [])),
      read: (name, maxLength) =>
        orUnreadable(path, async () => {
          const entry = entries.get(name);
          if (entry === undefined) return undefined;
          if (entry.kind !== 'file')
            invalidImage(`${path}: ${name} is not a regular file; links in archives are not followed`);
          if (entry.size > maxLength) return tooLong(path, name, maxLength);
          await using again = await openRegularFile(files, path);
          const isSame = sameFile(again.identity, archive.identity) && again.size === archive.size;
          if (!isSame || again.modified !== archive.modified) changed(path);
          return readingAt(again.handle, path)(entry.offset, entry.size);
        }),
    };
  });
}

function readingAt(handle: FileHandle, path: string): ReadAt {
  return (offset, length) => readExactly(handle, offset, length, () => changed(path));
}

const compressions: ReadonlyMap<string, string> = new Map([
  ['1f8b', 'gzip'],
  ['28b5', 'zstd'],
  ['fd37', 'xz'],
  ['425a', 'bzip2'],
]);

async function refuseCompressed(read: ReadAt, length: number, path: string): Promise<void> {
  const begin = length < 2 ? '' : Buffer.from(await read(0, 2)).toString('hex');
  const compression = compressions.get(begin);
  if (compression !== undefined) {
    invalidImage(`${path} is compressed with ${compression}`, `Decompress it first with \`${compression} -d\`.`);
  }
}

function tooLong(path: string, name: string, maxLength: number): never {
  return fail('LIMIT_EXCEEDED', `${path}: ${name} is too large: the limit is ${maxLength} bytes`);
}

function changed(path: string): never {
  fail('SUBJECT_CHANGED', `${path} was modified while it was being read`, {
    remedy: 'Sign after the last step that writes to the file.',
  });
}
