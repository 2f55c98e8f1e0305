import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeBase64, encodeBase64 } from '../../../src/core/encoding/index.ts';
import { expectFailure } from '../errors/failure.ts';

describe('encodeBase64', () => {
  test('agrees with Buffer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      }),
    );
  });

  test('encodes a view, not the buffer under it', () => {
    expect(encodeBase64(new Uint8Array([1, 2, 3, 4]).subarray(1, 3))).toBe('AgM=');
  });
});

describe('decodeBase64', () => {
  test.each([
    ['', ''],
    ['Zg==', 'f'],
    ['Zm8=', 'fo'],
    ['Zm9v', 'foo'],
    ['Zm9vYg==', 'foob'],
    ['Zm9vYmE=', 'fooba'],
    ['Zm9vYmFy', 'foobar'],
  ])('RFC 4648, section 10: %j', (text, decoded) => {
    expect(Buffer.from(decodeBase64(text)).toString()).toBe(decoded);
    expect(encodeBase64(Buffer.from(decoded))).toBe(text);
  });

  test('gives back what was encoded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
      }),
    );
  });

  test('takes a text if, and only if, it is the one encoding of its bytes', () => {
    const digit = fc.constantFrom(...'ABQgwxyz0189+/=-_ \n'.split(''));
    const texts = fc.array(digit, { maxLength: 12 }).map((digits) => digits.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const bytes = Buffer.from(text, 'base64');
        if (bytes.toString('base64') === text) expect(Buffer.from(decodeBase64(text)).equals(bytes)).toBe(true);
        else expectFailure(() => decodeBase64(text), 'BASE64_INVALID', /base64/);
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ['no padding', 'Zg', /multiple of 4/],
    ['too little padding', 'Zg=', /multiple of 4/],
    ['too much padding', 'Zm8==', /multiple of 4/],
    ['padding alone', '====', /invalid base64 character/],
    ['three of padding', 'A===', /invalid base64 character/],
    ['padding in the middle', 'Zg==Zg==', /position 2/],
    ['spare bits before two of padding', 'Zh==', /unused bits/],
    ['spare bits before one of padding', 'Zm9=', /unused bits/],
    ['the alphabet of URLs, minus', 'Zm9-', /position 3/],
    ['the alphabet of URLs, underline', '_m9v', /position 0/],
    ['a space', 'Zm 9', /position 2/],
    ['a line end', 'Zm9v\nZm9', /position 4/],
    ['a letter that is not ASCII', 'Zm9é', /position 3/],
    ['a letter whose low byte is that of A', 'Zm9\u0141', /position 3/],
    ['a surrogate pair', 'Zm\u{1f600}', /position 2/],
    ['a zero', 'Zm9\0', /position 3/],
  ])('refuses %s', (_, text, reason) => {
    expectFailure(() => decodeBase64(text), 'BASE64_INVALID', reason);
  });
});

test('20 MB go there and back', () => {
  const bytes = Buffer.alloc(20 * 1024 * 1024 + 1, 'countersign');
  const text = encodeBase64(bytes);
  expect(text === bytes.toString('base64')).toBe(true);
  expect(bytes.equals(decodeBase64(text))).toBe(true);
});
