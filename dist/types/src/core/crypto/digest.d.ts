/** Digests as values that know their algorithm. Streams and files are hashed elsewhere; this is for what is in memory. */
/** The SHA-2 family, as Sigstore uses it. */
export type HashAlgorithm = 'sha256' | 'sha384' | 'sha512';
/** The lengths of digests in bytes. */
export declare const digestLengths: {
    readonly sha256: 32;
    readonly sha384: 48;
    readonly sha512: 64;
};
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
export declare function toDigest<Algorithm extends HashAlgorithm>(algorithm: Algorithm, bytes: Uint8Array): Digest<Algorithm>;
/**
 * Returns the ID of a Git commit, with SHA-1 or SHA-256.
 *
 * @throws CountersignError `DIGEST_INVALID` if its length is neither 20 nor 32 bytes
 */
export declare function toCommit(bytes: Uint8Array): CommitDigest;
/**
 * Reads `gitCommit:<hex>`.
 *
 * @throws CountersignError `DIGEST_INVALID`
 *
 * @example
 * parseCommit(`gitCommit:${'0'.repeat(40)}`).bytes.length; // → 20
 */
export declare function parseCommit(text: string): CommitDigest;
/**
 * Reads `sha256:<hex>`, `sha384:<hex>` or `sha512:<hex>`.
 *
 * @throws CountersignError `DIGEST_INVALID`
 *
 * @example
 * parseDigest(`sha256:${'0'.repeat(64)}`).algorithm; // → 'sha256'
 */
export declare function parseDigest(text: string): Digest;
/** Returns `sha256:<hex>`, or `gitCommit:<hex>`. */
export declare function formatDigest(digest: SubjectDigest): string;
/** Reports whether a digest is a hash of bytes. */
export declare function isHash(digest: SubjectDigest): digest is Digest;
export declare function isHashAlgorithm(name: string): name is HashAlgorithm;
/** Hashes bytes in memory. */
export declare function digest<Algorithm extends HashAlgorithm>(algorithm: Algorithm, bytes: Uint8Array): Digest<Algorithm>;
export declare function equalDigests(a: SubjectDigest, b: SubjectDigest): boolean;
/**
 * Returns those of an artifact's digests whose algorithms a description states too; none if one of them differs: a digest that agrees
 * beside one that differs means two artifacts under one name, or a broken hash.
 */
export declare function sharedDigests<Known extends SubjectDigest>(known: readonly Known[], stated: readonly SubjectDigest[]): readonly Known[];
export {};
