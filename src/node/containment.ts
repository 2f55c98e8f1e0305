/** Tells whether a path is in a folder. Links are the caller's to resolve: both paths are taken as they are written. */

import path, { type PlatformPath } from 'node:path';

/**
 * Returns the way from a folder to a path in it, with `/` between its parts: empty for the folder itself, `undefined` for a path
 * outside of the folder. A name that merely begins with two dots (`..foo`) is inside.
 *
 * @param system the paths of another system than this one
 */
export function pathBelow(folder: string, file: string, system: PlatformPath = path): string | undefined {
  const { isAbsolute, relative, resolve, sep } = system;
  const way = relative(resolve(folder), resolve(file));
  // On Windows the way to another drive is absolute.
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return undefined;
  return way.split(sep).join('/');
}

/** Reports whether a path is in a folder, or is the folder. */
export function isWithin(folder: string, file: string): boolean {
  return pathBelow(folder, file) !== undefined;
}
