import { describe, expect, test } from '@jest/globals';
import { formatDigest } from '../../../src/core/crypto/index.ts';
import { utf8 } from '../../../src/core/encoding/index.ts';
import { readSimpleSigning } from '../../../src/core/statement/index.ts';

const digest = `sha256:${'ab'.repeat(32)}`;
const critical = {
  identity: { 'docker-reference': 'ghcr.io/example/app' },
  image: { 'docker-manifest-digest': digest },
  type: 'cosign container image signature',
};
const read = (document: unknown) => readSimpleSigning(utf8(JSON.stringify(document)));

test('says which image was signed', () => {
  const { dockerReference, manifestDigest } = read({ critical, optional: { creator: 'anything' } });
  expect([dockerReference, formatDigest(manifestDigest)]).toEqual(['ghcr.io/example/app', digest]);
  expect(formatDigest(read({ critical, optional: null }).manifestDigest)).toBe(digest);
  expect(read({ critical: { ...critical, type: 'atomic container signature' } })).toMatchObject({ dockerReference });
  expect(read({ critical: { ...critical, identity: { 'docker-reference': '' } } }).dockerReference).toBe('');
});

describe('is refused', () => {
  test.each([
    ['no object', []],
    ['without what is critical', { optional: {} }],
    ['of another type', { critical: { ...critical, type: 'https://sigstore.dev/cosign/sign/v1' } }],
    ['of no type', { critical: { ...critical, type: undefined } }],
    ['with something critical that is not known', { critical: { ...critical, expires: 'never' } }],
    [
      'with more of the identity than is known',
      { critical: { ...critical, identity: { ...critical.identity, key: 1 } } },
    ],
    ['with more of the image than is known', { critical: { ...critical, image: { ...critical.image, tag: 'v1' } } }],
    ['without an image', { critical: { ...critical, image: {} } }],
    ['without a reference', { critical: { ...critical, identity: {} } }],
    ['with a digest that is none', { critical: { ...critical, image: { 'docker-manifest-digest': 'sha256:abc' } } }],
    [
      'with a digest in capitals',
      { critical: { ...critical, image: { 'docker-manifest-digest': digest.toUpperCase() } } },
    ],
    ['with a list of digests', { critical: { ...critical, image: { 'docker-manifest-digest': [digest] } } }],
  ])('%s', (_, document) => {
    expect(() => read(document)).toThrow(expect.objectContaining({ code: 'STATEMENT_INVALID' }));
  });

  test.each([
    ['nothing', null],
    ['a list', []],
    ['a text', 'critical'],
  ])('%s in place of an object', (_, critical) => {
    expect(() => read({ critical })).toThrow(
      expect.objectContaining({ code: 'STATEMENT_INVALID', message: expect.stringContaining('is not an object') }),
    );
  });

  test('a digest that is written in another way than registries do', () => {
    const image = { 'docker-manifest-digest': digest.replaceAll('ab', 'AB') };
    expect(() => read({ critical: { ...critical, image } })).toThrow(
      expect.objectContaining({ code: 'STATEMENT_INVALID' }),
    );
  });

  test('what is no JSON, and what says two things by one name', () => {
    const twice = JSON.stringify({ critical }).replace('"type"', `"type":"x","type"`);
    for (const text of ['', '{', twice, '\ufeff{}'])
      expect(() => readSimpleSigning(utf8(text))).toThrow(expect.objectContaining({ code: 'STATEMENT_INVALID' }));
  });

  test('what is longer than anybody would write', () => {
    expect(() => read({ critical, optional: 'x'.repeat(1024 * 1024) })).toThrow(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED' }),
    );
  });
});
