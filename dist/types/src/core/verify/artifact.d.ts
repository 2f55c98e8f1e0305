/** The artifact whose signature is verified: its digests, and its bytes if they are at hand. */
import { type Digest } from '../crypto/digest.ts';
import { type HashAlgorithm } from '../crypto/digest.ts';
import { type SubjectDigest } from '../crypto/digest.ts';
export interface Artifact {
    /** At least one, of different algorithms; of a Git commit, its ID alone; of a release, none. */
    readonly digests: readonly SubjectDigest[];
    /** The bytes with these digests. Signatures of pure Ed25519 need them, others are faster with them. */
    readonly bytes?: Uint8Array;
    /** Marks the release of GitHub that the policy names, which is not a file and has no digest of its own. */
    readonly isRelease?: true;
}
/**
 * Returns an artifact of which only digests are known.
 *
 * @example
 * const artifact = artifactOfDigest(parseDigest(`sha256:${'0'.repeat(64)}`));
 */
export declare function artifactOfDigest(...digests: readonly SubjectDigest[]): Artifact;
/**
 * Returns an artifact in memory.
 *
 * @example
 * artifactOfBytes(await readFile('app.tar.gz')).digests.length; // → 3
 */
export declare function artifactOfBytes(bytes: Uint8Array): Artifact & {
    readonly digests: readonly Digest[];
};
/**
 * Returns the digest of this algorithm.
 *
 * @throws CountersignError `DIGEST_UNAVAILABLE`
 */
export declare function digestOf(artifact: Artifact, algorithm: HashAlgorithm): Digest;
/**
 * Returns the release that a policy names in `content.release`, to be verified as a whole.
 *
 * @example
 * artifactOfRelease().digests.length; // → 0
 */
export declare function artifactOfRelease(): Artifact;
/** Returns the digests, for people. */
export declare function describeArtifact({ digests, isRelease }: Artifact): string;
