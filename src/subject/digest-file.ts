/** Hashing files as streams: constant memory, whatever their size. */

import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { type Digest, type HashAlgorithm, toDigest } from '../core/crypto/index.ts';
import { fail } from '../core/errors/index.ts';
import { describe, type FileReading, openRegularFile, orUnreadable, sameFile } from './file-system.ts';
import type { FileSubject } from './subject.ts';

const bufferLength = 1024 * 1024;

/**
 * The digest of a file's bytes.
 *
 * @param file a collected subject, or a path that nobody has looked at before
 * @throws CountersignError `SUBJECT_UNREADABLE`; `SUBJECT_CHANGED` if the path leads to another file than before,
 *   or if the file was written to, deleted or replaced in the meantime
 */
export async function digestFile<Algorithm extends HashAlgorithm>(
  files: FileReading,
  { path, identity }: Pick<FileSubject, 'path' | 'identity'>,
  algorithm: Algorithm,
): Promise<Digest<Algorithm>> {
  return await orUnreadable(path, async () => {
    await using file = await openRegularFile(files, path);
    if (identity !== undefined && !sameFile(identity, file.identity)) {
      changed(`${path} is not the file that it was when the run began`);
    }
    const bytes = await hash(file.handle, algorithm);
    const after = await describe(file.handle, path);
    if (file.size !== after.size || file.modified !== after.modified) {
      changed(`${path} was written to while it was being hashed`);
    }
    if (after.links < file.links) changed(`${path} was deleted or replaced while it was being hashed`);
    return toDigest(algorithm, bytes);
  });
}

function changed(message: string): never {
  fail('SUBJECT_CHANGED', message, { remedy: 'Sign after the last step that writes to it.' });
}

/** Two buffers: one is being filled while the other is being hashed. */
async function hash(handle: FileHandle, algorithm: HashAlgorithm): Promise<Uint8Array> {
  const hasher = createHash(algorithm);
  let filling = Buffer.allocUnsafe(bufferLength);
  let spare = Buffer.allocUnsafe(bufferLength);
  let read = handle.read(filling, 0, bufferLength, null);
  for (;;) {
    const { bytesRead } = await read;
    if (bytesRead === 0) return hasher.digest();
    const filled = filling.subarray(0, bytesRead);
    [filling, spare] = [spare, filling];
    read = handle.read(filling, 0, bufferLength, null);
    hasher.update(filled);
  }
}
