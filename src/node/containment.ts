/** Tells whether a path is in a folder. Links are the caller's to resolve: both paths are taken as they are written. */

import { isAbsolute, relative, resolve, sep } from 'node:path';

/**
 * Returns the way from a folder to a path in it, with `/` between its parts: empty for the folder itself, `undefined` for a path
 * outside of the folder. A name that merely begins with two dots (`..foo`) is inside.
 */
export function pathBelow(folder: string, path: string): string | undefined {
  const way = relative(resolve(folder), resolve(path));
  // On Windows the way to another drive is absolute.
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return undefined;
  return way.split(sep).join('/');
}

/** Reports whether a path is in a folder, or is the folder. */
export function isWithin(folder: string, path: string): boolean {
  return pathBelow(folder, path) !== undefined;
}
