/** Writes deliveries to disk, with a remedy for each error of the file system. */

import type * as fs from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RandomBytes } from '../core/crypto/index.ts';
import { CountersignError, fail, systemCode } from '../core/errors/index.ts';
import type { FileWriting, FolderMaking, LinkReading } from '../node/index.ts';
import { demandWritable, followLinks, isWithin, leadsOutOf, writeAtomically } from '../node/index.ts';
import type { Places } from './bundle-paths.ts';

/** The functions of a file system that delivering uses. */
export type DeliveringFiles = FileWriting & LinkReading;

/**
 * Writes a file atomically. A link of this name is replaced.
 *
 * @param content the whole content, or its pieces, which are written as they come
 * @param places the folders that the run may write to
 * @throws CountersignError `WRITE_FAILED`; those of {@link demandConfined}; a CountersignError of the pieces, as it is
 */
export async function deliverFile(
  files: DeliveringFiles,
  random: RandomBytes,
  path: string,
  content: string | Uint8Array | AsyncIterable<string>,
  places: Places,
): Promise<void> {
  await demandConfined(files, dirname(path), places);
  try {
    await writeAtomically(files, random, path, content);
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause;
    fail('WRITE_FAILED', `${path} cannot be written: ${messageOf(cause)}`, { cause, remedy: remedy(cause) });
  }
}

/**
 * Demands that files can be delivered into a folder, which is created if it does not exist.
 *
 * @param places the folders that the run may write to
 * @throws CountersignError `WRITE_FAILED`; those of {@link demandConfined}
 */
export async function demandDeliverable(
  files: FolderMaking & Pick<typeof fs, 'access'> & LinkReading,
  folder: string,
  places: Places,
): Promise<void> {
  await demandConfined(files, folder, places);
  try {
    await demandWritable(files, folder);
  } catch (cause) {
    fail('WRITE_FAILED', `the folder ${folder} is not writable: ${messageOf(cause)}`, {
      cause,
      remedy: remedy(cause),
    });
  }
}

/**
 * Demands that no link leads a folder out of the workspace, or out of a folder for bundles that is elsewhere. A commit or an earlier step
 * can place a link; a folder outside of the workspace was named by the author of the workflow.
 *
 * A process that changes links between the check and the write is not noticed.
 *
 * @param folder need not exist
 * @throws CountersignError `USAGE`; `WRITE_FAILED` if it cannot be told where the folder leads
 */
export async function demandConfined(files: LinkReading, folder: string, places: Places): Promise<void> {
  const checks = underWay.get(files) ?? new Map<string, Promise<void>>();
  underWay.set(files, checks);
  const key = JSON.stringify([folder, places.workspace, places.bundleDirectory, places.confinedTo]);
  const known = checks.get(key);
  if (known !== undefined) return known;
  const check = checkConfined(resolvingOnce(files), folder, places);
  checks.set(key, check);
  try {
    await check;
  } finally {
    checks.delete(key);
  }
}

/** Returns the file system for one check, which resolves each path once. */
function resolvingOnce(files: LinkReading): LinkReading {
  const resolved = new Map<unknown, ReturnType<LinkReading['realpath']>>();
  const realpath = (path: string) => {
    const known = resolved.get(path) ?? files.realpath(path);
    resolved.set(path, known);
    return known;
  };
  return { realpath, readlink: (path: string) => files.readlink(path) } as LinkReading;
}

/** Checks that have not ended: many files of one folder are signed at once. */
const underWay = new WeakMap<LinkReading, Map<string, Promise<void>>>();

async function checkConfined(
  files: LinkReading,
  folder: string,
  { workspace, bundleDirectory, confinedTo = workspace }: Places,
): Promise<void> {
  try {
    await demandWithin(files, folder, confinedTo);
    if (bundleDirectory === undefined) return;
    const [root, real] = [await followLinks(files, confinedTo), await followLinks(files, bundleDirectory)];
    // Links from one folder of the workspace to another are allowed.
    if (!isWithin(root, real)) await demandWithin(files, folder, bundleDirectory);
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause;
    fail('WRITE_FAILED', `the folder ${folder} is not writable: ${messageOf(cause)}`, {
      cause,
      remedy: remedy(cause),
    });
  }
}

async function demandWithin(files: LinkReading, folder: string, root: string): Promise<void> {
  const real = await leadsOutOf(files, root, folder);
  if (real === undefined) return;
  fail('USAGE', `${folder} is a link to ${real}, which is outside of ${root}`, {
    remedy: 'Remove the link, or specify the folder that it points to.',
  });
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

const missing = 'The folder cannot be created there. Specify a different folder with `bundle-dir`.';
const fullDisk = 'Free space on this disk and run again. Files that are already signed are not signed again.';
const forbidden = 'Grant this user write access, or specify a different folder with `bundle-dir`.';
const occupied = 'Move the file or folder with this name away, or specify a different folder with `bundle-dir`.';

/** The remedy for each error code of the file system. */
const remedies: Readonly<Record<string, string>> = {
  ENOSPC: fullDisk,
  EDQUOT: fullDisk,
  ENOENT: missing,
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: forbidden,
  EISDIR: occupied,
  ENOTDIR: occupied,
  ENOTEMPTY: occupied,
  EEXIST: occupied,
  ENAMETOOLONG: 'Use a shorter file name, or specify a folder with a shorter path with `bundle-dir`.',
};

function remedy(cause: unknown): string {
  return remedies[systemCode(cause) ?? ''] ?? 'Run again. Files that are already signed are not signed again.';
}
