import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { readBundle } from '../../../src/core/bundle/index.ts';
import { decodeUtf8, encodeHex, preAuthenticationEncoding, utf8 } from '../../../src/core/encoding/index.ts';
import { fixture } from '../bundle/vectors.ts';

describe('the pre-authentication encoding', () => {
  test('of the example of the DSSE protocol', () => {
    const encoded = preAuthenticationEncoding('http://example.com/HelloWorld', utf8('hello world'));
    expect(decodeUtf8(encoded)).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  });

  test('counts bytes, not letters', () => {
    expect(decodeUtf8(preAuthenticationEncoding('ü', utf8('\u{1f600}')))).toBe('DSSEv1 2 ü 4 \u{1f600}');
    expect(decodeUtf8(preAuthenticationEncoding('', new Uint8Array()))).toBe('DSSEv1 0  0 ');
  });

  test('keeps what belongs to the type apart from what belongs to the payload', () => {
    expect(preAuthenticationEncoding('a 1 b', utf8('c'))).not.toEqual(preAuthenticationEncoding('a', utf8('b 1 c')));
  });

  test.each([
    ['happy-path-intoto-in-dsse-v3', '7e43d7270b4d9eee2bcea7d8912b9d2e41f88d2bdeb7e27782af47ac7c4671be'],
    ['rekor2-dsse-happy-path', '57f2135c594c7f9360e79a5422c291f8878d4ae5c539bc04dca45da63d7c2e11'],
  ])('of %s, as it was computed elsewhere', (name, sha256) => {
    const { content } = readBundle(fixture(`vectors/${name}.json`));
    if (content.kind !== 'dsse-envelope') throw new Error('the vector has an envelope');
    const encoded = preAuthenticationEncoding(content.payloadType, content.payload);
    expect(encodeHex(createHash('sha256').update(encoded).digest())).toBe(sha256);
  });
});
