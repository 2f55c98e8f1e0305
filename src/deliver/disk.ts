/** Files on disk: there as a whole, or not at all. */

import { constants } from 'node:fs';
import type * as fs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RandomBytes } from '../core/crypto/index.ts';
import { encodeHex } from '../core/encoding/index.ts';
import { CountersignError, fail, systemCode } from '../core/errors/index.ts';

/** What writing needs of a file system. */
export type FileWriting = Pick<typeof fs, 'mkdir' | 'open' | 'rename' | 'rm'>;

/**
 * Writes a file so that at each moment either the whole of it is there, or none.
 *
 * @param text the whole text, or its pieces, which are written as they come
 * @throws CountersignError `DELIVERY_FAILED`; a CountersignError of the pieces, as it is
 */
export async function writeAtomically(
  files: FileWriting,
  random: RandomBytes,
  path: string,
  text: string | AsyncIterable<string>,
): Promise<void> {
  // Not the bundle's own name with more behind it, which could be longer than a file system allows.
  const temporary = join(dirname(path), `.${encodeHex(random(8))}.tmp`);
  try {
    await files.mkdir(dirname(path), { recursive: true });
    const handle = await files.open(temporary, 'wx', 0o644);
    try {
      for await (const piece of typeof text === 'string' ? [text] : text) await handle.writeFile(piece);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await files.rename(temporary, path);
  } catch (cause) {
    // Where the folder itself is the trouble, this fails as well, and would hide why.
    await files.rm(temporary, { force: true }).catch(() => undefined);
    if (cause instanceof CountersignError) throw cause;
    fail('DELIVERY_FAILED', `${path} cannot be written: ${messageOf(cause)}`, {
      cause,
      remedy: remedy(cause),
    });
  }
}

/**
 * Demands that files can be written into a folder, which is made if it is not there.
 *
 * @throws CountersignError `DELIVERY_FAILED`
 */
export async function demandWritable(files: Pick<typeof fs, 'mkdir' | 'access'>, folder: string): Promise<void> {
  try {
    await files.mkdir(folder, { recursive: true });
    await files.access(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    fail('DELIVERY_FAILED', `nothing can be written into ${folder}: ${messageOf(cause)}`, {
      cause,
      remedy: remedy(cause),
    });
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

const fullDisk = 'Free space on this disk and run again: what is signed already is not signed again.';
const forbidden = 'Let this user write there, or name another folder with `bundle-dir`.';
const occupied = 'Move what has this name out of the way, or name another folder with `bundle-dir`.';

/** What to do about each reason for which a file system refuses. */
const remedies: Readonly<Record<string, string>> = {
  ENOSPC: fullDisk,
  EDQUOT: fullDisk,
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: forbidden,
  EISDIR: occupied,
  ENOTDIR: occupied,
  ENOTEMPTY: occupied,
  EEXIST: occupied,
  ENAMETOOLONG: 'Give the file a shorter name, or name a folder with a shorter path with `bundle-dir`.',
};

function remedy(cause: unknown): string {
  return remedies[systemCode(cause) ?? ''] ?? 'Run again: what is signed already is not signed again.';
}
