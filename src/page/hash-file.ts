/** Hashes files as streams, so that their length does not matter. */

import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { type Digest, type HashAlgorithm, toDigest } from '../core/crypto/index.ts';
import { fail } from '../core/errors/index.ts';

const hashes = { sha256, sha384, sha512 } as const satisfies Record<HashAlgorithm, unknown>;

/**
 * Returns these digests of a file, which is read once.
 *
 * @param onRead called with the number of bytes that were read so far
 * @throws CountersignError `CANCELLED`; `SUBJECT_UNREADABLE` for a file that cannot be read, or that has changed since it was chosen
 */
export async function hashFile(
  file: Blob,
  algorithms: readonly HashAlgorithm[],
  onRead: (bytes: number) => void,
  cancellation: AbortSignal,
): Promise<readonly Digest[]> {
  const hashers = algorithms.map((algorithm) => ({ algorithm, hash: hashes[algorithm].create() }));
  const reader = file.stream().getReader();
  let read = 0;
  try {
    for (;;) {
      if (cancellation.aborted) fail('CANCELLED', 'reading the file was cancelled');
      const { done, value } = await reader.read().catch(unreadable);
      if (done) break;
      for (const { hash } of hashers) hash.update(value);
      read += value.length;
      onRead(read);
    }
  } finally {
    // Frees the file where reading it did not end.
    await reader.cancel().catch(() => undefined);
  }
  if (read !== file.size) unreadable(undefined);
  return hashers.map(({ algorithm, hash }) => toDigest(algorithm, hash.digest()));
}

/** Reads a file of limited length. @throws CountersignError `LIMIT_EXCEEDED`, `SUBJECT_UNREADABLE` */
export async function readWhole(file: Blob, what: string, maxLength: number): Promise<Uint8Array> {
  if (file.size > maxLength)
    fail('LIMIT_EXCEEDED', `${what} has ${file.size} bytes; the limit is ${maxLength}`, {
      remedy: 'Check that it is the file that you mean.',
    });
  return new Uint8Array(await file.arrayBuffer().catch(unreadable));
}

function unreadable(cause: unknown): never {
  return fail('SUBJECT_UNREADABLE', 'the file cannot be read, or it has changed since it was chosen', {
    cause,
    remedy: 'Choose the file again.',
  });
}
