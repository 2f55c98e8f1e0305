/** Resolves links, so that nothing is read or written through a link that leads out of a folder. */

import type * as fs from 'node:fs/promises';
import { basename, dirname, join, parse, resolve, sep } from 'node:path';
import { systemCode } from '../core/errors/index.ts';
import { isWithin } from './containment.ts';

/** The functions of a file system that following links uses. */
export type LinkReading = Pick<typeof fs, 'realpath' | 'readlink'>;

/** The number of links that Linux follows on the way to one file. */
const maxLinks = 40;

/** The number of links that may still be followed in total. Without it, links to links could double the work each time. */
interface Budget {
  links: number;
}

/**
 * Returns the path with all links followed; for a path that does not exist, the path that creating it would give.
 *
 * @throws the system's error: too many links, a folder that cannot be read
 */
export function followLinks(files: LinkReading, path: string): Promise<string> {
  return follow(files, path, { links: maxLinks });
}

async function follow(files: LinkReading, path: string, budget: Budget): Promise<string> {
  try {
    return await files.realpath(path);
  } catch (cause) {
    if (!isAbsent(cause)) throw cause;
    if (dirname(path) === path) return path;
    const target = await targetOf(files, path);
    const folder = await follow(files, dirname(path), budget);
    if (target === undefined) return join(folder, basename(path));
    // The target of a broken link could be created.
    budget.links -= 1;
    if (budget.links < 0) throw cause;
    return followFrom(files, folder, target, budget);
  }
}

/** Follows the target of a link part by part, as the system does: `..` is the parent of the real path before it. */
async function followFrom(files: LinkReading, folder: string, target: string, budget: Budget): Promise<string> {
  const { root } = parse(target);
  let at = root === '' ? folder : root;
  for (const part of target.slice(root.length).split(separators)) {
    if (part === '' || part === '.') continue;
    at = part === '..' ? dirname(at) : await follow(files, join(at, part), budget);
  }
  return at;
}

const separators = sep === '/' ? /\// : /[\\/]/;

async function targetOf(files: LinkReading, path: string): Promise<string | undefined> {
  try {
    return await files.readlink(path);
  } catch {
    return undefined;
  }
}

function isAbsent(cause: unknown): boolean {
  const code = systemCode(cause);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/**
 * Returns the real path if a link in a folder leads a path out of the folder; `undefined` if it stays inside, or never was inside. The
 * folder and the way to it may have links themselves. Later changes are not noticed.
 *
 * @throws the system's error
 */
export async function leadsOutOf(files: LinkReading, folder: string, path: string): Promise<string | undefined> {
  const [root, real] = [await followLinks(files, resolve(folder)), await followLinks(files, resolve(path))];
  if (isWithin(root, real)) return undefined;
  // The path may enter the folder by any of its names, so that comparing names is not enough.
  for (let at = resolve(path); at !== dirname(at); ) {
    at = dirname(at);
    if (isWithin(root, await followLinks(files, at))) return real;
  }
  return undefined;
}
