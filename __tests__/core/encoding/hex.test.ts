import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeHex, encodeHex } from '../../../src/core/encoding/index.ts';
import { expectFailure } from '../errors/failure.ts';

describe('hexadecimal', () => {
  test('agrees with Buffer, there and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(encodeHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
        expect(decodeHex(encodeHex(bytes))).toEqual(bytes);
      }),
    );
  });

  test.each([
    ['half a byte', 'abc'],
    ['capital letters', 'AB'],
    ['another letter', '0g'],
    ['a prefix', '0x00'],
    ['a sign', '+1'],
    ['a space', 'a b '],
    ['a line end after it', 'ab\n'],
    ['digits that are not ASCII', '\u0661\u0662'],
  ])('refuses %s', (_, text) => {
    expectFailure(() => decodeHex(text), 'HEX_INVALID', /not lower-case hexadecimal/);
  });

  test('2 MB', () => {
    const text = 'ab'.repeat(2_000_000);
    expect(Buffer.from(decodeHex(text)).toString('hex') === text).toBe(true);
  });
});
