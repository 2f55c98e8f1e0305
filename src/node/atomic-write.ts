/** Writes files so that each is there as a whole, or not at all. */

import { constants } from 'node:fs';
import type * as fs from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { RandomBytes } from '../core/crypto/index.ts';
import { encodeHex } from '../core/encoding/index.ts';
import { systemCode } from '../core/errors/index.ts';
import type { FolderMaking } from './make-folder.ts';
import { makeFolder } from './make-folder.ts';
import { namesIn } from './names-in.ts';

/** The functions of a file system that writing uses. */
export type FileWriting = FolderMaking & Pick<typeof fs, 'open' | 'rename' | 'rm'>;

/**
 * Writes a file, and creates its folder if it does not exist. At any moment, either the old file or the complete new one is there.
 *
 * @param content the whole content, or its pieces, which are written as they come
 * @throws the system's error, or an error of the pieces; the unfinished file is removed
 */
export async function writeAtomically(
  files: FileWriting,
  random: RandomBytes,
  path: string,
  content: string | Uint8Array | AsyncIterable<string>,
): Promise<void> {
  // The file's own name with a suffix could be longer than a file system allows.
  const temporary = join(dirname(path), `.${encodeHex(random(8))}.tmp`);
  try {
    const handle = await openNew(files, temporary);
    try {
      const isWhole = typeof content === 'string' || content instanceof Uint8Array;
      for await (const piece of isWhole ? [content] : content) await handle.writeFile(piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await files.rename(temporary, path);
  } catch (cause) {
    // Where the folder itself is the problem, this fails as well, and would hide the cause.
    await files.rm(temporary, { force: true }).catch(() => undefined);
    throw cause;
  }
}

/** Removes the files that killed writers left in a folder, which need not exist. Nobody else may be writing there. */
export async function removeUnfinished(files: Pick<typeof fs, 'readdir' | 'rm'>, folder: string): Promise<void> {
  for (const name of await namesIn(folder, files))
    if (/^\.[0-9a-f]{16}\.tmp$/.test(name)) await files.rm(join(folder, name), { force: true });
}

/**
 * Stores the names of a folder's files on disk, so that a file that was renamed into it is still there after a power failure. Windows has no
 * such operation, and some file systems refuse it.
 */
export async function syncFolder(files: Pick<typeof fs, 'open'>, folder: string): Promise<void> {
  try {
    await using handle = await files.open(folder, constants.O_RDONLY);
    await handle.sync();
  } catch (cause) {
    if (!unsupportedSync.has(systemCode(cause) ?? '')) throw cause;
  }
}

const unsupportedSync: ReadonlySet<string> = new Set(['EPERM', 'EISDIR', 'EINVAL', 'ENOTSUP', 'EACCES']);

/** Creates a file, and its folder if that does not exist. */
async function openNew(files: FileWriting, path: string): Promise<FileHandle> {
  try {
    return await files.open(path, 'wx', 0o644);
  } catch (cause) {
    if (systemCode(cause) !== 'ENOENT') throw cause;
    await makeFolder(files, dirname(path));
    return files.open(path, 'wx', 0o644);
  }
}

/**
 * Demands that files can be written into a folder, which is created if it does not exist.
 *
 * @throws the system's error
 */
export async function demandWritable(files: FolderMaking & Pick<typeof fs, 'access'>, folder: string): Promise<void> {
  const mode = constants.W_OK | constants.X_OK;
  try {
    // The dot makes a file in place of the folder fail.
    await files.access(`${folder}${sep}.`, mode);
  } catch {
    await makeFolder(files, folder);
    await files.access(folder, mode);
  }
}
