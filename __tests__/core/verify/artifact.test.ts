import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { digest } from '../../../src/core/crypto/index.ts';
import { utf8 } from '../../../src/core/encoding/index.ts';
import { describeArtifact, digestOf } from '../../../src/core/verify/artifact.ts';
import { artifactOfBytes, artifactOfDigest } from '../../../src/core/verify/index.ts';
import { expectFailure } from '../errors/failure.ts';

const bytes = utf8('what is signed');
const by256 = digest('sha256', bytes);
const by512 = digest('sha512', bytes);

describe('an artifact', () => {
  test('in memory is known by all of its digests, and whole', () => {
    const artifact = artifactOfBytes(bytes);
    expect(artifact.bytes).toEqual(bytes);
    for (const algorithm of ['sha256', 'sha384', 'sha512'] as const) {
      const expected = new Uint8Array(createHash(algorithm).update(bytes).digest());
      expect(digestOf(artifact, algorithm)).toMatchObject({ algorithm, bytes: expected });
    }
    expect(artifact.digests).toHaveLength(3);
  });

  test('may be known by one digest, or several, and not whole', () => {
    expect(artifactOfDigest(by256)).toEqual({ digests: [by256] });
    const artifact = artifactOfDigest(by256, by512);
    expect([digestOf(artifact, 'sha256'), digestOf(artifact, 'sha512')]).toEqual([by256, by512]);
  });

  test('that is not known by a digest says which, and what to do', () => {
    const { remedy } = expectFailure(
      () => digestOf(artifactOfDigest(by256), 'sha512'),
      'DIGEST_UNAVAILABLE',
      /over the sha512 digest of the artifact; only sha256:[0-9a-f]{64} is known$/,
    );
    expect(remedy).toBe('Verify the artifact itself, or its sha512 digest.');
  });

  test('is described by its digests', () => {
    const hex = (algorithm: string) => createHash(algorithm).update(bytes).digest('hex');
    expect(describeArtifact(artifactOfDigest(by256, by512))).toBe(`sha256:${hex('sha256')}, sha512:${hex('sha512')}`);
  });
});
