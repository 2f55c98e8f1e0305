/** The file system as this folder uses it, and its errors as they concern subjects. */

import type * as fs from 'node:fs/promises';
import { CountersignError, fail, systemCode } from '../core/errors/index.ts';
import type { FileReading } from '../node/index.ts';
import { NotRegularFile, openRegularFile, readUpTo, utf8Text } from '../node/index.ts';

/** The functions of a file system that finding subjects uses. */
export type FileSystem = Pick<typeof fs, 'open' | 'readdir' | 'realpath' | 'stat'>;

/**
 * Returns the text of a small file, without a byte order mark.
 *
 * @param what the kind of the file, for errors: `the checksums file`
 * @throws CountersignError `SUBJECT_UNREADABLE`; `LIMIT_EXCEEDED`; `DIGEST_INVALID` if it is not UTF-8
 */
export async function readText(files: FileReading, path: string, what: string, limit: number): Promise<string> {
  const bytes = await orUnreadable(`${what} ${path}`, async () => {
    await using file = await openRegularFile(files, path);
    return await readUpTo(file, limit);
  });
  if (bytes === undefined) {
    fail('LIMIT_EXCEEDED', `${what} ${path} is too large: the limit is ${limit} bytes`, {
      remedy: 'Split it into several files.',
    });
  }
  return utf8Text(bytes, 'DIGEST_INVALID', `${what} ${path}`);
}

/** Runs what reads a file; the system's errors become `SUBJECT_UNREADABLE`, with what to do about each. */
export async function orUnreadable<T>(what: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause;
    if (cause instanceof NotRegularFile) return notRegular(cause);
    const code = systemCode(cause);
    const remedy = (code !== undefined && remedies.get(code)) || undefined;
    return fail('SUBJECT_UNREADABLE', `${what} cannot be read: ${code ?? cause}`, {
      cause,
      ...(remedy !== undefined && { remedy }),
    });
  }
}

function notRegular(cause: NotRegularFile): never {
  return fail('SUBJECT_UNREADABLE', `${cause.path} is not a regular file`, {
    cause,
    remedy: cause.isFolder
      ? 'Specify the files in the folder, not the folder itself.'
      : 'Specify a regular file. Pipes, sockets and devices are not supported.',
  });
}

const permission = 'Grant the current user read access, for example with chmod or chown after the file is created.';
const remedies: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'Check the path, and that no step removes the file before it is read.'],
  ['ENOTDIR', 'Check the path. One of its folders is a file.'],
  ['EACCES', permission],
  ['EPERM', permission],
  ['ELOOP', 'The path contains circular or too many links. Specify the file itself.'],
  ['EMFILE', 'Too many files are open. Increase the limit (`ulimit -n`), or decrease `concurrency`.'],
]);
