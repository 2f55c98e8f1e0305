/** What is to be signed: a file, or something of which only the digest is known. */

import type { Digest } from '../core/crypto/index.ts';

export type Subject = FileSubject | DigestSubject;

/** A file of the workspace. */
export interface FileSubject {
  readonly kind: 'file';
  /** The path below the workspace, with `/` between its parts. Any character but NUL may be in it. */
  readonly name: string;
  /** Where it is. */
  readonly path: string;
  /** Which file that path led to when the subject was collected; `digestFile` refuses another one. */
  readonly identity?: FileIdentity;
}

/** What makes two open files the same file, whatever their paths. */
export interface FileIdentity {
  readonly device: bigint;
  readonly inode: bigint;
}

/** Something that is not here: a container image, or a line of a checksums file. */
export interface DigestSubject {
  readonly kind: 'digest';
  readonly name: string;
  readonly digest: Digest;
  /** Where it was named, for errors: `SHA256SUMS, line 3`. */
  readonly origin: string;
}
