/** Writes files so that each is there as a whole, or not at all. */

import { constants } from 'node:fs';
import type * as fs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RandomBytes } from '../core/crypto/index.ts';
import { encodeHex } from '../core/encoding/index.ts';
import type { FolderMaking } from './make-folder.ts';
import { makeFolder } from './make-folder.ts';

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
  content: string | AsyncIterable<string>,
): Promise<void> {
  // The file's own name with a suffix could be longer than a file system allows.
  const temporary = join(dirname(path), `.${encodeHex(random(8))}.tmp`);
  try {
    await makeFolder(files, dirname(path));
    const handle = await files.open(temporary, 'wx', 0o644);
    try {
      for await (const piece of typeof content === 'string' ? [content] : content) await handle.writeFile(piece);
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

/**
 * Demands that files can be written into a folder, which is created if it does not exist.
 *
 * @throws the system's error
 */
export async function demandWritable(files: FolderMaking & Pick<typeof fs, 'access'>, folder: string): Promise<void> {
  await makeFolder(files, folder);
  await files.access(folder, constants.W_OK | constants.X_OK);
}
