import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { concatBytes, decodeUtf8, equalBytes, readUint, uintBytes, utf8 } from '../../../src/core/encoding/index.ts';

const bytes = (...values: number[]) => new Uint8Array(values);

describe('UTF-8', () => {
  test('any well-formed text comes back, with a byte order mark if it has one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeUtf8(utf8(text))).toBe(text);
      }),
      { examples: [['\ufefftext'], ['\u{10ffff}'], ['\0']] },
    );
  });

  test.each([
    ['a byte that never occurs', bytes(0xff)],
    ['a continuation without a beginning', bytes(0x80)],
    ['a beginning without its continuation', bytes(0xe2, 0x82)],
    ['an overlong form', bytes(0xc0, 0xaf)],
    ['a surrogate', bytes(0xed, 0xa0, 0x80)],
    ['beyond Unicode', bytes(0xf4, 0x90, 0x80, 0x80)],
  ])('%s is not UTF-8', (_, malformed) => {
    expect(decodeUtf8(malformed)).toBeUndefined();
  });
});

test('concatBytes joins in order', () => {
  expect(concatBytes(bytes(1, 2), bytes(), bytes(3))).toEqual(bytes(1, 2, 3));
  expect(concatBytes()).toEqual(bytes());
});

test.each([
  [bytes(), bytes(), true],
  [bytes(1, 2), bytes(1, 2), true],
  [bytes(1, 2), bytes(1, 3), false],
  [bytes(1, 2), bytes(0, 2), false],
  [bytes(1, 2), bytes(1, 2, 0), false],
  [bytes(1, 2, 0), bytes(1, 2), false],
])('equalBytes(%j, %j) is %j', (a, b, expected) => {
  expect(equalBytes(a, b)).toBe(expected);
});

describe('unsigned integers', () => {
  test('come back from eight bytes', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 64n - 1n), (value) => {
        const written = uintBytes(value, 8);
        expect(written).toHaveLength(8);
        expect(readUint(written)).toBe(value);
        expect(Buffer.from(written).readBigUInt64BE()).toBe(value);
      }),
    );
  });

  test.each([
    [256, 1],
    [2n ** 64n, 8],
    [-1, 4],
    [1, 0],
  ])('%d does not fit in %d bytes', (value, width) => {
    expect(() => uintBytes(value, width)).toThrow(RangeError);
  });
});
