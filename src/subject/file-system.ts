/** The file system as this folder uses it, and the safe way to open what somebody else put there. */

import { constants } from 'node:fs';
import type * as fs from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { decodeUtf8 } from '../core/encoding/index.ts';
import { CountersignError, fail, systemCode } from '../core/errors/index.ts';
import type { FileIdentity } from './subject.ts';

/** What finding subjects needs of a file system. */
export type FileSystem = Pick<typeof fs, 'open' | 'readdir' | 'realpath' | 'stat'>;

/** What reading one file needs of a file system. */
export type FileReading = Pick<FileSystem, 'open'>;

export interface OpenFile extends AsyncDisposable {
  readonly handle: FileHandle;
  readonly size: bigint;
  readonly modified: bigint;
  /** How many names the file has in the file system. */
  readonly links: bigint;
  readonly identity: FileIdentity;
}

// Without it, opening a named pipe would wait for somebody to write to it. Windows has neither.
const withoutWaiting = constants.O_NONBLOCK ?? 0;

/** Opens a regular file; what it is, is asked of the open file, not of the path, which may lead elsewhere by now. */
export async function openRegularFile(files: FileReading, path: string): Promise<OpenFile> {
  const handle = await files.open(path, constants.O_RDONLY | withoutWaiting);
  try {
    return { ...(await describe(handle, path)), handle, [Symbol.asyncDispose]: () => handle.close() };
  } catch (cause) {
    await handle.close();
    throw cause;
  }
}

/** What an open file is at this moment. */
export async function describe(
  handle: FileHandle,
  path: string,
): Promise<Pick<OpenFile, 'size' | 'modified' | 'links' | 'identity'>> {
  const stat = await handle.stat({ bigint: true });
  if (!stat.isFile()) {
    fail('SUBJECT_UNREADABLE', `${path} is not a regular file`, {
      remedy: stat.isDirectory()
        ? 'Name the files in the folder, not the folder.'
        : 'Name a file; pipes, sockets and devices have no digest.',
    });
  }
  return {
    size: stat.size,
    modified: stat.mtimeNs,
    links: stat.nlink,
    identity: { device: stat.dev, inode: stat.ino },
  };
}

export function sameFile(a: FileIdentity, b: FileIdentity): boolean {
  // libuv 1.49 and 1.50 (Node 22.12 to 22.16) give a path on Windows another volume number than an open file.
  return a.inode === b.inode && (a.device === b.device || process.platform === 'win32');
}

/**
 * The text of a small file.
 *
 * @param what what the file is, for errors: `the checksums file`
 * @throws CountersignError `SUBJECT_UNREADABLE`; `LIMIT_EXCEEDED`; `DIGEST_INVALID` if it is not UTF-8 or has a byte order mark
 */
export async function readText(files: FileReading, path: string, what: string, limit: number): Promise<string> {
  const bytes = await orUnreadable(`${what} ${path}`, async () => {
    await using file = await openRegularFile(files, path);
    return file.size > limit ? undefined : await file.handle.readFile();
  });
  if (bytes === undefined || bytes.length > limit) {
    fail('LIMIT_EXCEEDED', `${what} ${path} is longer than ${limit} bytes`, {
      remedy: 'Divide it into several files.',
    });
  }
  const text = decodeUtf8(bytes);
  if (text === undefined || text.startsWith('\ufeff')) {
    fail('DIGEST_INVALID', `${what} ${path} ${text === undefined ? 'is not UTF-8' : 'begins with a byte order mark'}`, {
      remedy: 'Write it as UTF-8 without a byte order mark; in PowerShell: -Encoding utf8NoBOM.',
    });
  }
  return text;
}

/** Runs what reads a file; the system's errors become `SUBJECT_UNREADABLE`, with what to do about each. */
export async function orUnreadable<T>(what: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause;
    const code = systemCode(cause);
    const remedy = (code !== undefined && remedies.get(code)) || undefined;
    return fail('SUBJECT_UNREADABLE', `${what} cannot be read: ${code ?? cause}`, {
      cause,
      ...(remedy !== undefined && { remedy }),
    });
  }
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
