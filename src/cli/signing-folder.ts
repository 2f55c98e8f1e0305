/** Finds the folder that contains the files of the command. In a workflow this is the workspace; people name files anywhere. */

import { dirname, resolve, sep } from 'node:path';
import { fail } from '../core/errors/index.ts';
import { isWithin, pathBelow } from '../node/index.ts';

export interface SigningFolder {
  /** The folder that the names of subjects are relative to. */
  readonly folder: string;
  /** The arguments, as patterns below the folder. */
  readonly files: readonly string[];
  /** Paths of checksums files: relative to the folder where they are below it, since no link may lead out of the folder. */
  readonly checksums: readonly string[];
}

/**
 * Returns the current folder if all arguments are below it; otherwise the deepest folder that contains all of them. Nothing above that
 * folder becomes part of a name, and so of an attestation.
 *
 * @throws CountersignError `USAGE` if the arguments have only the root of the file system in common
 * @example
 * signingFolder({ files: ['../out/app.tgz'], checksums: [] }, '/home/me/work');
 * // → { folder: '/home/me/out', files: ['/home/me/out/app.tgz'], checksums: [] }
 */
export function signingFolder(
  { files, checksums }: Pick<SigningFolder, 'files' | 'checksums'>,
  current: string,
): SigningFolder {
  const folders = files.filter((file) => !isExclusion(file)).map((file) => folderOf(file, current));
  const isBelow = folders.every((folder) => isWithin(current, folder));
  const folder = isBelow ? current : folders.reduce(common);
  if (!isBelow && dirname(folder) === folder)
    fail('USAGE', `the files have no folder in common other than ${folder}`, {
      remedy: 'Run the command once for each folder.',
    });
  const absolute = (file: string): string =>
    isExclusion(file) ? `!${resolve(current, file.slice(1))}` : resolve(current, file);
  return {
    folder,
    files: isBelow ? files : files.map(absolute),
    checksums: checksums.map((path) => pathBelow(folder, resolve(current, path)) ?? resolve(current, path)),
  };
}

function isExclusion(file: string): boolean {
  return file.startsWith('!');
}

/** Returns the folder of a file, or the folder that a pattern begins with. */
function folderOf(file: string, current: string): string {
  const parts = resolve(current, file).split(sep);
  const wild = parts.findIndex((part) => /[*?[\](){}\\]/.test(part));
  return parts.slice(0, wild === -1 ? -1 : wild).join(sep) || sep;
}

function common(one: string, other: string): string {
  return isWithin(one, other) ? one : common(dirname(one), other);
}
