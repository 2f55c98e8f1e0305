/** Hashing files as streams: constant memory, whatever their size. */

import { createHash } from 'node:crypto';
import { type Digest, equalDigests, type HashAlgorithm, toDigest } from '../core/crypto/index.ts';
import { fail, systemCode } from '../core/errors/index.ts';
import type { FileReading, OpenFile } from '../node/index.ts';
import { describeFile, NotRegularFile, openRegularFile, sameFile } from '../node/index.ts';
import { orUnreadable } from './file-system.ts';
import type { FileSubject } from './subject.ts';

/** The number of bytes that are read at once. */
const readLength = 1024 * 1024;
const bufferLength = 2 * readLength;

/** Sees the bytes that are hashed, piece by piece, and the size of the file. The array is used again afterwards. */
export type ByteObserver = (bytes: Uint8Array, size: number) => void;

/** Returns an observer that reports how many bytes of a file have been hashed. */
export function hashObserver(
  path: string,
  onHash: ((path: string, read: number, size: number) => void) | undefined,
): ByteObserver | undefined {
  if (onHash === undefined) return undefined;
  let read = 0;
  return ({ length }, size) => {
    read += length;
    onHash(path, read, size);
  };
}

/** A file to hash. */
export type HashedFile = Pick<FileSubject, 'path' | 'identity' | 'stated'>;

/** The digest of a file's bytes. Throws as {@link digestFileWith}. */
export async function digestFile<Algorithm extends HashAlgorithm>(
  files: FileReading,
  file: HashedFile,
  algorithm: Algorithm,
  observe?: ByteObserver,
): Promise<Digest<Algorithm>> {
  const [digest] = await digestFileWith(files, file, [algorithm], observe);
  return toDigest(algorithm, digest?.bytes ?? new Uint8Array());
}

/**
 * Computes the digests of a file, reading it once.
 *
 * @param file a collected subject, or a path
 * @throws CountersignError `SUBJECT_UNREADABLE`; `SUBJECT_CHANGED` if the path leads to another file than before,
 *   or if the file was written to, deleted or replaced in the meantime, or does not have a digest that is stated for it
 */
export async function digestFileWith(
  files: FileReading,
  { path, identity, stated = [] }: HashedFile,
  algorithms: readonly HashAlgorithm[],
  observe?: ByteObserver,
): Promise<readonly Digest[]> {
  return await orUnreadable(path, async () => {
    await using file = await openRegularFile(files, path);
    if (identity !== undefined && !sameFile(identity, file.identity)) {
      changed(`${path} was replaced after the run started`);
    }
    const hashes = await hash(file, algorithms, observe && ((bytes) => observe(bytes, Number(file.size))));
    const after = await describeFile(file.handle, path);
    if (file.size !== after.size || file.modified !== after.modified) {
      changed(`${path} was modified while it was being hashed`);
    }
    if (after.links < file.links) changed(`${path} was deleted or replaced while it was being hashed`);
    const digests = algorithms.map((algorithm, at) => toDigest(algorithm, hashes[at] ?? new Uint8Array()));
    if (
      stated.some((one) => digests.some((digest) => digest.algorithm === one.algorithm && !equalDigests(digest, one)))
    )
      changed(`${path} was modified after its checksum was verified`);
    return digests;
  });
}

/**
 * Reads a file again that was hashed before, and lends its bytes; `undefined` if it is longer than 2 MiB, cannot be read or is not the same
 * file any more. Up to this length, reading and hashing again takes less time than verifying a signature over a digest.
 *
 * @param use must check the bytes, and not keep them
 */
export async function withBytesOf<Result>(
  files: FileReading,
  file: HashedFile,
  use: (bytes: Uint8Array | undefined) => Promise<Result>,
): Promise<Result> {
  const buffer = takeBuffer();
  let bytes: Uint8Array | undefined;
  try {
    bytes = await readInto(buffer, files, file);
  } catch (error) {
    if (!(error instanceof NotRegularFile) && systemCode(error) === undefined) throw error;
  }
  try {
    return await use(bytes);
  } finally {
    giveBack(buffer);
  }
}

async function readInto(
  buffer: Buffer,
  files: FileReading,
  { path, identity }: HashedFile,
): Promise<Uint8Array | undefined> {
  await using file = await openRegularFile(files, path);
  if (identity !== undefined && !sameFile(identity, file.identity)) return undefined;
  if (file.size > buffer.length) return undefined;
  let length = 0;
  while (length < file.size) {
    const { bytesRead } = await file.handle.read(buffer, length, Number(file.size) - length, length);
    if (bytesRead === 0) return undefined;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

function changed(message: string): never {
  fail('SUBJECT_CHANGED', message, { remedy: 'Sign after the last step that writes to the file.' });
}

/** Buffers that no read is under way into. */
const spareBuffers: Buffer[] = [];
const maxSpareBuffers = 4;

function takeBuffer(): Buffer {
  return spareBuffers.pop() ?? Buffer.allocUnsafeSlow(bufferLength);
}

function giveBack(buffer: Buffer): void {
  if (spareBuffers.length < maxSpareBuffers) spareBuffers.push(buffer);
}

/**
 * Hashes an open file, with two buffers: one is being filled while the other is being hashed. Reading ends at the size of the file, whose
 * changes the caller notices; a file of /proc has the size 0, and is read to its end.
 */
async function hash(
  { handle, size }: Pick<OpenFile, 'handle' | 'size'>,
  algorithms: readonly HashAlgorithm[],
  observe: ((bytes: Uint8Array) => void) | undefined,
): Promise<readonly Uint8Array[]> {
  const hashers = algorithms.map((algorithm) => createHash(algorithm));
  let filling = takeBuffer();
  let spare = takeBuffer();
  let read = handle.read(filling, 0, readLength, null);
  let total = 0n;
  for (;;) {
    const { bytesRead } = await read;
    total += BigInt(bytesRead);
    const isLast = bytesRead === 0 || total === size;
    const filled = filling.subarray(0, bytesRead);
    [filling, spare] = [spare, filling];
    if (!isLast) read = handle.read(filling, 0, readLength, null);
    for (const hasher of hashers) hasher.update(filled);
    observe?.(filled);
    if (!isLast) continue;
    // Only here: after an error, a read may still be under way.
    giveBack(filling);
    giveBack(spare);
    return hashers.map((hasher) => hasher.digest());
  }
}
