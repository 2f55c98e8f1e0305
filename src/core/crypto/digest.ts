/** Digests as values that know their algorithm. Streams and files are hashed elsewhere; this is for what is in memory. */

import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { decodeHex, encodeHex, equalBytes } from '../encoding/index.ts';
import { fail, reading } from '../errors/index.ts';

/** The SHA-2 family, as Sigstore uses it. */
export type HashAlgorithm = 'sha256' | 'sha384' | 'sha512';

/** The lengths of digests in bytes. */
export const digestLengths = { sha256: 32, sha384: 48, sha512: 64 } as const satisfies Record<HashAlgorithm, number>;

declare const checked: unique symbol;

/** A digest of the right length for its algorithm. Made by {@link toDigest}, {@link parseDigest} or {@link digest} only. */
export interface Digest<Algorithm extends HashAlgorithm | 'gitCommit' = HashAlgorithm> {
  readonly algorithm: Algorithm;
  readonly bytes: Uint8Array;
  readonly [checked]: true;
}

/** The ID of a Git commit, as statements name it. Made by {@link parseCommit} only: nothing here is hashed to one. */
export type CommitDigest = Digest<'gitCommit'>;

/** A digest by which a statement names a subject. */
export type SubjectDigest = Digest | CommitDigest;

/**
 * Returns a digest of bytes that were computed elsewhere.
 *
 * @throws CountersignError `DIGEST_INVALID` if the length is not the algorithm's
 */
export function toDigest<Algorithm extends HashAlgorithm>(algorithm: Algorithm, bytes: Uint8Array): Digest<Algorithm> {
  const length = digestLengths[algorithm];
  if (bytes.length !== length)
    fail('DIGEST_INVALID', `a ${algorithm} digest must have ${length} bytes, not ${bytes.length}`);
  return { algorithm, bytes } as Digest<Algorithm>;
}

/**
 * Returns the ID of a Git commit, with SHA-1 or SHA-256.
 *
 * @throws CountersignError `DIGEST_INVALID` if its length is neither 20 nor 32 bytes
 */
export function toCommit(bytes: Uint8Array): CommitDigest {
  if (bytes.length !== 20 && bytes.length !== 32)
    fail('DIGEST_INVALID', `a gitCommit digest must have 20 or 32 bytes, not ${bytes.length}`);
  return { algorithm: 'gitCommit', bytes } as CommitDigest;
}

/**
 * Reads `gitCommit:<hex>`.
 *
 * @throws CountersignError `DIGEST_INVALID`
 *
 * @example
 * parseCommit(`gitCommit:${'0'.repeat(40)}`).bytes.length; // → 20
 */
export function parseCommit(text: string): CommitDigest {
  const [, hex = ''] = /^gitCommit:([0-9a-fA-F]+)$/.exec(text) ?? [];
  return reading('DIGEST_INVALID', 'the commit', () => toCommit(decodeHex(hex.toLowerCase())));
}

/**
 * Reads `sha256:<hex>`, `sha384:<hex>` or `sha512:<hex>`.
 *
 * @throws CountersignError `DIGEST_INVALID`
 *
 * @example
 * parseDigest(`sha256:${'0'.repeat(64)}`).algorithm; // → 'sha256'
 */
export function parseDigest(text: string): Digest {
  const [, algorithm = '', hex = ''] = /^(sha(?:256|384|512)):([0-9a-fA-F]+)$/.exec(text) ?? [];
  if (!isHashAlgorithm(algorithm))
    fail('DIGEST_INVALID', 'the digest must have the form sha256:<hex>, sha384:<hex> or sha512:<hex>');
  return reading('DIGEST_INVALID', 'the digest', () => toDigest(algorithm, decodeHex(hex.toLowerCase())));
}

/** Returns `sha256:<hex>`, or `gitCommit:<hex>`. */
export function formatDigest(digest: SubjectDigest): string {
  return `${digest.algorithm}:${encodeHex(digest.bytes)}`;
}

/** Reports whether a digest is a hash of bytes. */
export function isHash(digest: SubjectDigest): digest is Digest {
  return digest.algorithm !== 'gitCommit';
}

export function isHashAlgorithm(name: string): name is HashAlgorithm {
  return Object.hasOwn(digestLengths, name);
}

/** Hashes bytes in memory. */
export function digest<Algorithm extends HashAlgorithm>(algorithm: Algorithm, bytes: Uint8Array): Digest<Algorithm> {
  return toDigest(algorithm, hashes[algorithm](bytes));
}

export function equalDigests(a: SubjectDigest, b: SubjectDigest): boolean {
  return a.algorithm === b.algorithm && equalBytes(a.bytes, b.bytes);
}

/**
 * Returns those of an artifact's digests whose algorithms a description states too; none if one of them differs: a digest that agrees
 * beside one that differs means two artifacts under one name, or a broken hash.
 */
export function sharedDigests<Known extends SubjectDigest>(
  known: readonly Known[],
  stated: readonly SubjectDigest[],
): readonly Known[] {
  const shared = known.filter(({ algorithm }) => stated.some((one) => one.algorithm === algorithm));
  const agrees = (digest: Known): boolean =>
    stated.every((one) => one.algorithm !== digest.algorithm || equalDigests(one, digest));
  return shared.every(agrees) ? shared : [];
}

const hashes = { sha256, sha384, sha512 } as const satisfies Record<HashAlgorithm, (bytes: Uint8Array) => Uint8Array>;
