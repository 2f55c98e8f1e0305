/** What is verified: an artifact, known by its digests, and whole where it is at hand. */
import { type Digest, type HashAlgorithm } from '../crypto/index.ts';
export interface Artifact {
    /** At least one, of different algorithms. */
    readonly digests: readonly Digest[];
    /** All of it, whose digests these are: signatures that no digest verifies (pure Ed25519) need it, others are faster with it. */
    readonly bytes?: Uint8Array;
}
/** An artifact of which only digests are known. */
export declare function artifactOfDigest(...digests: readonly Digest[]): Artifact;
/** An artifact in memory. */
export declare function artifactOfBytes(bytes: Uint8Array): Artifact;
/**
 * The digest of this algorithm.
 *
 * @throws CountersignError `DIGEST_UNAVAILABLE`
 */
export declare function digestOf(artifact: Artifact, algorithm: HashAlgorithm): Digest;
/** Its digests, for people. */
export declare function describe({ digests }: Artifact): string;
