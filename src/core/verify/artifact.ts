/** The artifact whose signature is verified: its digests, and its bytes if they are at hand. */

import { type Digest, digest, formatDigest, type HashAlgorithm } from '../crypto/index.ts';
import { fail } from '../errors/index.ts';

export interface Artifact {
  /** At least one, of different algorithms. */
  readonly digests: readonly Digest[];
  /** The bytes with these digests. Signatures of pure Ed25519 need them, others are faster with them. */
  readonly bytes?: Uint8Array;
}

/**
 * Returns an artifact of which only digests are known.
 *
 * @example
 * const artifact = artifactOfDigest(parseDigest(`sha256:${'0'.repeat(64)}`));
 */
export function artifactOfDigest(...digests: readonly Digest[]): Artifact {
  return { digests };
}

/**
 * Returns an artifact in memory.
 *
 * @example
 * artifactOfBytes(await readFile('app.tar.gz')).digests.length; // → 3
 */
export function artifactOfBytes(bytes: Uint8Array): Artifact {
  return { digests: (['sha256', 'sha384', 'sha512'] as const).map((algorithm) => digest(algorithm, bytes)), bytes };
}

/**
 * Returns the digest of this algorithm.
 *
 * @throws CountersignError `DIGEST_UNAVAILABLE`
 */
export function digestOf(artifact: Artifact, algorithm: HashAlgorithm): Digest {
  return (
    artifact.digests.find((one) => one.algorithm === algorithm) ??
    fail(
      'DIGEST_UNAVAILABLE',
      `the signature is over the ${algorithm} digest of the artifact; only ${describeArtifact(artifact)} is known`,
      {
        remedy: `Verify the artifact itself, or its ${algorithm} digest.`,
      },
    )
  );
}

/** Returns the digests, for people. */
export function describeArtifact({ digests }: Artifact): string {
  return digests.map(formatDigest).join(', ');
}
