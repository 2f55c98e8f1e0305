/** The artifact whose signature is verified: its digests, and its bytes if they are at hand. */

import { type Digest, digest, formatDigest, type HashAlgorithm, type SubjectDigest } from '../crypto/index.ts';
import { fail } from '../errors/index.ts';

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
export function artifactOfDigest(...digests: readonly SubjectDigest[]): Artifact {
  return { digests };
}

/**
 * Returns an artifact in memory.
 *
 * @example
 * artifactOfBytes(await readFile('app.tar.gz')).digests.length; // → 3
 */
export function artifactOfBytes(bytes: Uint8Array): Artifact & { readonly digests: readonly Digest[] } {
  return { digests: (['sha256', 'sha384', 'sha512'] as const).map((algorithm) => digest(algorithm, bytes)), bytes };
}

/**
 * Returns the digest of this algorithm.
 *
 * @throws CountersignError `DIGEST_UNAVAILABLE`
 */
export function digestOf(artifact: Artifact, algorithm: HashAlgorithm): Digest {
  return (
    artifact.digests.find((one): one is Digest => one.algorithm === algorithm) ??
    fail(
      'DIGEST_UNAVAILABLE',
      `the signature is over the ${algorithm} digest of the artifact; only ${describeArtifact(artifact)} is known`,
      {
        remedy: `Verify the artifact itself, or its ${algorithm} digest.`,
      },
    )
  );
}

/**
 * Returns the release that a policy names in `content.release`, to be verified as a whole.
 *
 * @example
 * artifactOfRelease().digests.length; // → 0
 */
export function artifactOfRelease(): Artifact {
  return { digests: [], isRelease: true };
}

/** Returns the digests, for people. */
export function describeArtifact({ digests, isRelease }: Artifact): string {
  if (isRelease) return 'the statement about the release';
  return digests.map(formatDigest).join(', ');
}
