/** Creates folders, also below read-only ones. */

import type * as fs from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from '../core/errors/index.ts';

/** The functions of a file system that making folders uses. */
export type FolderMaking = Pick<typeof fs, 'mkdir' | 'stat'>;

/**
 * Creates a folder and its missing parents. Node's own `recursive` never ends below `/proc`, where a parent exists and a folder in it
 * cannot be made for want of a parent.
 *
 * @throws the system's error
 */
export async function makeFolder(files: FolderMaking, path: string): Promise<void> {
  try {
    await files.mkdir(path);
  } catch (cause) {
    const code = systemCode(cause);
    if (code === 'ENOENT' && dirname(path) !== path) {
      await makeFolder(files, dirname(path));
      await makeMissing(files, path);
    } else if (!(await isFolder(files, path))) throw cause;
  }
}

/** Tries again, now that the parent exists. Another process may have created it. */
async function makeMissing(files: FolderMaking, path: string): Promise<void> {
  try {
    await files.mkdir(path);
  } catch (cause) {
    if (!(await isFolder(files, path))) throw cause;
  }
}

/** Asked after any failure: a read-only file system may say so of a folder that exists, and Windows does of a drive. */
async function isFolder(files: FolderMaking, path: string): Promise<boolean> {
  return files.stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
