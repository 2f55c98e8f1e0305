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
    fail('LIMIT_EXCEEDED', `${what} ${path} is longer than ${limit} bytes`, {
      remedy: 'Divide it into several files.',
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
      ? 'Name the files in the folder, not the folder.'
      : 'Name a file; pipes, sockets and devices have no digest.',
  });
}

const permission = 'Let the user that this step runs as read it: chmod, or chown, in the step that makes it.';
const remedies: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'Check its path, and that no step removes it before it is signed.'],
  ['ENOTDIR', 'Check its path: one of its folders is a file.'],
  ['EACCES', permission],
  ['EPERM', permission],
  ['ELOOP', 'Its links lead in a circle, or are too many: name the file itself.'],
  ['EMFILE', 'Too many files are open: raise the limit (ulimit -n), or lower the concurrency.'],
]);
