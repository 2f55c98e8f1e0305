/** Hashing files as streams: constant memory, whatever their size. */
import { type Digest, type HashAlgorithm } from '../core/crypto/index.ts';
import type { FileReading } from '../node/index.ts';
import type { FileSubject } from './subject.ts';
/** Sees the bytes that are hashed, piece by piece, and the size of the file. The array is used again afterwards. */
export type ByteObserver = (bytes: Uint8Array, size: number) => void;
/** Returns an observer that reports how many bytes of a file have been hashed. */
export declare function hashObserver(path: string, onHash: ((path: string, read: number, size: number) => void) | undefined): ByteObserver | undefined;
/** A file to hash. */
export type HashedFile = Pick<FileSubject, 'path' | 'identity' | 'stated'>;
/** The digest of a file's bytes. Throws as {@link digestFileWith}. */
export declare function digestFile<Algorithm extends HashAlgorithm>(files: FileReading, file: HashedFile, algorithm: Algorithm, observe?: ByteObserver): Promise<Digest<Algorithm>>;
/**
 * Computes the digests of a file, reading it once.
 *
 * @param file a collected subject, or a path
 * @throws CountersignError `SUBJECT_UNREADABLE`; `SUBJECT_CHANGED` if the path leads to another file than before,
 *   or if the file was written to, deleted or replaced in the meantime, or does not have a digest that is stated for it
 */
export declare function digestFileWith(files: FileReading, { path, identity, stated }: HashedFile, algorithms: readonly HashAlgorithm[], observe?: ByteObserver): Promise<readonly Digest[]>;
/**
 * Reads a file again that was hashed before, and lends its bytes; `undefined` if it is longer than 2 MiB, cannot be read or is not the same
 * file any more. Up to this length, reading and hashing again takes less time than verifying a signature over a digest.
 *
 * @param use must check the bytes, and not keep them
 */
export declare function withBytesOf<Result>(files: FileReading, file: HashedFile, use: (bytes: Uint8Array | undefined) => Promise<Result>): Promise<Result>;
