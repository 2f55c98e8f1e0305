/** Follows a path as the system does, and records the links on the way. */

import type * as fs from 'node:fs/promises';
import { dirname, join, parse, resolve, sep } from 'node:path';

export interface Link {
  /** The path of the link: the real path of its folder, and its name. */
  readonly path: string;
  /** The target of the link. */
  readonly target: Buffer;
}

export interface Way {
  /** The real path at the end. */
  readonly end: string;
  readonly links: readonly Link[];
}

const separators = sep === '\\' ? /[\\/]/ : sep;
/** The limit of Linux. */
const maxLinks = 40;

/**
 * Returns the links on the way to a file, and the file's real path.
 *
 * @throws the system's error; an error for a cycle of links
 */
export async function wayTo(path: string, files: Pick<typeof fs, 'lstat' | 'readlink' | 'realpath'>): Promise<Way> {
  const links: Link[] = [];
  const absolute = resolve(path);
  let at = parse(absolute).root;
  const names = absolute.slice(at.length).split(sep);
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    if (name === '' || name === '.') continue;
    const next = name === '..' ? dirname(at) : join(at, name);
    if (name === '..' || !(await files.lstat(next)).isSymbolicLink()) {
      at = next;
      continue;
    }
    if (links.length === maxLinks) throw new Error(`the path ${absolute} contains more than ${maxLinks} links`);
    const target = await files.readlink(next, 'buffer');
    // On file systems that ignore case, the system's own spelling is used.
    links.push({ path: join(await files.realpath(at), name), target });
    const text = target.toString();
    const { root } = parse(text);
    if (root !== '') at = root;
    names.unshift(...text.slice(root.length).split(separators));
  }
  return { end: await files.realpath(at), links };
}
