/** Writes what a run delivers to disk, and says what to do where the system refuses. */

import type * as fs from 'node:fs/promises';
import type { RandomBytes } from '../core/crypto/index.ts';
import { CountersignError, fail, systemCode } from '../core/errors/index.ts';
import { demandWritable, type FileWriting, writeAtomically } from '../node/index.ts';

/**
 * Writes a file so that at each moment either the whole of it is there, or none.
 *
 * @param content the whole content, or its pieces, which are written as they come
 * @throws CountersignError `DELIVERY_FAILED`; a CountersignError of the pieces, as it is
 */
export async function deliverFile(
  files: FileWriting,
  random: RandomBytes,
  path: string,
  content: string | AsyncIterable<string>,
): Promise<void> {
  try {
    await writeAtomically(files, random, path, content);
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause;
    fail('DELIVERY_FAILED', `${path} cannot be written: ${messageOf(cause)}`, { cause, remedy: remedy(cause) });
  }
}

/**
 * Demands that files can be delivered into a folder, which is made if there is none.
 *
 * @throws CountersignError `DELIVERY_FAILED`
 */
export async function demandDeliverable(files: Pick<typeof fs, 'mkdir' | 'access'>, folder: string): Promise<void> {
  try {
    await demandWritable(files, folder);
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

/** The remedy for each reason for which a file system refuses. */
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
