import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Digest,
  digest,
  equalDigests,
  formatDigest,
  type HashAlgorithm,
  isHashAlgorithm,
  parseDigest,
  toDigest,
} from '../../../src/core/crypto/index.ts';
import { expectFailure } from '../errors/failure.ts';

const algorithms = ['sha256', 'sha384', 'sha512'] as const satisfies readonly HashAlgorithm[];

describe('digests', () => {
  test.each(algorithms)('%s agrees with OpenSSL, and is written and read', (algorithm) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (message) => {
        const made = digest(algorithm, message);
        const hex = createHash(algorithm).update(message).digest('hex');
        expect(formatDigest(made)).toBe(`${algorithm}:${hex}`);
        expect(parseDigest(formatDigest(made))).toEqual(made);
        expect(parseDigest(`${algorithm}:${hex.toUpperCase()}`)).toEqual(made);
      }),
    );
  });

  test.each([
    ['sha256', 31],
    ['sha256', 33],
    ['sha384', 32],
    ['sha512', 48],
    ['sha512', 0],
  ] as const)('%s has no digest of %d bytes', (algorithm, length) => {
    expectFailure(() => toDigest(algorithm, new Uint8Array(length)), 'DIGEST_INVALID', new RegExp(`not ${length}$`));
  });

  test.each([
    ['no algorithm', 'a'.repeat(64), /must have the form/],
    ['another algorithm', `sha1:${'a'.repeat(40)}`, /must have the form/],
    ['an algorithm of another spelling', `SHA256:${'a'.repeat(64)}`, /must have the form/],
    ['nothing after the colon', 'sha256:', /must have the form/],
    ['a letter that is none', `sha256:${'g'.repeat(64)}`, /must have the form/],
    ['a space', `sha256: ${'a'.repeat(64)}`, /must have the form/],
    ['a line end', `sha256:${'a'.repeat(64)}\n`, /must have the form/],
    ['two lines', `x\nsha256:${'a'.repeat(64)}`, /must have the form/],
    ['too few bytes', `sha256:${'a'.repeat(62)}`, /must have 32 bytes, not 31/],
    ['too many bytes', `sha256:${'a'.repeat(66)}`, /must have 32 bytes, not 33/],
    ['half of a byte', `sha256:${'a'.repeat(63)}`, /even number of digits/],
    ['the length of another algorithm', `sha512:${'a'.repeat(64)}`, /must have 64 bytes, not 32/],
  ])('%s is refused', (_, text, reason) => {
    expectFailure(() => parseDigest(text), 'DIGEST_INVALID', reason);
  });

  test('are equal if the algorithm and all bytes are', () => {
    const a = digest('sha256', new Uint8Array([1]));
    const other = digest('sha256', new Uint8Array([2]));
    // Not to be had from outside, and not equal even so.
    const disguised: Digest = { ...a, algorithm: 'sha384' };
    expect(equalDigests(a, digest('sha256', new Uint8Array([1])))).toBe(true);
    expect([equalDigests(a, other), equalDigests(a, disguised), equalDigests(disguised, a)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('only three algorithms are hash algorithms', () => {
    expect(algorithms.every(isHashAlgorithm)).toBe(true);
    expect(['sha1', 'md5', '', 'toString', '__proto__', 'SHA256'].filter(isHashAlgorithm)).toEqual([]);
  });
});
