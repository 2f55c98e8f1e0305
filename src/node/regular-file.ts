/** Opens and reads files from untrusted sources: a pipe, a device or an endless file neither blocks nor fills the memory. */

import { constants } from 'node:fs';
import type * as fs from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { fail } from '../core/errors/index.ts';

/** The function of a file system that reading one file uses. */
export type FileReading = Pick<typeof fs, 'open'>;

/** The identity of a file in the file system, independent of its names. */
export interface FileIdentity {
  readonly device: bigint;
  readonly inode: bigint;
}

export interface OpenFile extends AsyncDisposable {
  readonly handle: FileHandle;
  /** In bytes. */
  readonly size: bigint;
  /** In nanoseconds since 1970. */
  readonly modified: bigint;
  /** The number of hard links. */
  readonly links: bigint;
  readonly identity: FileIdentity;
}

/** Says that a path leads to a folder, pipe, socket or device. */
export class NotRegularFile extends Error {
  override readonly name = 'NotRegularFile';
  readonly code = 'NOT_REGULAR';
  readonly path: string;
  readonly isFolder: boolean;

  constructor(path: string, isFolder: boolean) {
    super(`${path} is ${isFolder ? 'a folder' : 'not a regular file'}`);
    this.path = path;
    this.isFolder = isFolder;
  }
}

// Without it, opening a named pipe would wait for a writer. Windows has neither.
const withoutWaiting = constants.O_NONBLOCK ?? 0;

/**
 * Opens a regular file for reading. The type is that of the open file, as the path may lead elsewhere by now.
 *
 * @throws {@link NotRegularFile}; the system's error
 */
export async function openRegularFile(files: FileReading, path: string): Promise<OpenFile> {
  const handle = await files.open(path, constants.O_RDONLY | withoutWaiting);
  try {
    return { ...(await describeFile(handle, path)), handle, [Symbol.asyncDispose]: () => handle.close() };
  } catch (cause) {
    await handle.close();
    throw cause;
  }
}

/**
 * Returns the present state of an open file.
 *
 * @throws {@link NotRegularFile}
 */
export async function describeFile(
  handle: FileHandle,
  path: string,
): Promise<Pick<OpenFile, 'size' | 'modified' | 'links' | 'identity'>> {
  const stat = await handle.stat({ bigint: true });
  if (!stat.isFile()) throw new NotRegularFile(path, stat.isDirectory());
  return {
    size: stat.size,
    modified: stat.mtimeNs,
    links: stat.nlink,
    identity: { device: stat.dev, inode: stat.ino },
  };
}

/**
 * Reads a whole regular file.
 *
 * @param maxLength in bytes
 * @throws {@link NotRegularFile}; `LIMIT_EXCEEDED` for a longer file; the system's error
 */
export async function readRegularFile(files: FileReading, path: string, maxLength: number): Promise<Buffer> {
  await using file = await openRegularFile(files, path);
  return (
    (await readUpTo(file, maxLength)) ?? fail('LIMIT_EXCEEDED', `${path} is too large: the limit is ${maxLength} bytes`)
  );
}

/** Returns the bytes of an open file; `undefined` if it has more than `maxLength`, whatever size the system reports. */
export function readUpTo({ handle, size }: OpenFile, maxLength: number): Promise<Buffer | undefined> {
  return size > maxLength ? Promise.resolve(undefined) : readAll(handle, Number(size), maxLength, 'file');
}

/**
 * Reads a file or a pipe to its end, such as `<(command)` of a shell. Waits while nothing is written.
 *
 * @param maxLength in bytes
 * @returns `undefined` if there is more
 * @throws the system's error
 */
export async function readToEnd(files: FileReading, path: string, maxLength: number): Promise<Buffer | undefined> {
  const handle = await files.open(path, 'r');
  try {
    return await readAll(handle, 0, maxLength, 'pipe');
  } finally {
    await handle.close();
  }
}

async function readAll(
  handle: FileHandle,
  expectedLength: number,
  maxLength: number,
  kind: 'file' | 'pipe',
): Promise<Buffer | undefined> {
  // One more byte detects the end at once; files of /proc have the size 0 and some content.
  let buffer = Buffer.allocUnsafe(expectedLength + 1);
  let length = 0;
  for (;;) {
    const position = kind === 'pipe' ? null : length;
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, position);
    if (bytesRead === 0) return buffer.subarray(0, length);
    length += bytesRead;
    if (length > maxLength) return undefined;
    if (length === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafe(Math.max(length, 4096))]);
  }
}

/**
 * Reads exactly this many bytes at an offset.
 *
 * @param failAtEnd throws the error for a file that ends before
 */
export async function readExactly(
  handle: FileHandle,
  offset: number,
  length: number,
  failAtEnd: () => never,
): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  for (let filled = 0; filled < length; ) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) failAtEnd();
    filled += bytesRead;
  }
  return bytes;
}

/** Reports whether two identities are of one file. */
export function sameFile(a: FileIdentity, b: FileIdentity): boolean {
  // libuv 1.49 and 1.50 (Node 22.12 to 22.16) give a path on Windows another volume number than an open file.
  return a.inode === b.inode && (a.device === b.device || process.platform === 'win32');
}
