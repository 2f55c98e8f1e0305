/** The SHA-2 functions that the build puts in the place of those of @noble/hashes. */

import { describe, expect, test } from '@jest/globals';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';

type Hash = (bytes: Uint8Array) => Uint8Array;
const names = ['sha256', 'sha384', 'sha512'] as const;
const others: Record<(typeof names)[number], Hash> = { sha256, sha384, sha512 };
const path = new URL('../../scripts/build/native-sha2.mjs', import.meta.url).href;
const native: Record<(typeof names)[number], Hash> = await import(path);

describe.each(names)('%s', (name) => {
  const hash = native[name];

  test.each([0, 1, 55, 64, 111, 128, 100_000])('equals that of @noble/hashes for %i bytes', (length) => {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 7) % 251);
    expect(Buffer.from(hash(bytes))).toEqual(Buffer.from(others[name](bytes)));
    // A view, whose buffer has other bytes around it.
    const view = new Uint8Array([1, ...bytes, 2]).subarray(1, length + 1);
    expect(hash(view)).toEqual(hash(bytes));
  });

  test('returns a Uint8Array whose slice is a copy', () => {
    const digest = hash(new Uint8Array(3));
    const copy = digest.slice();
    copy.fill(0);
    expect(Object.getPrototypeOf(digest)).toBe(Uint8Array.prototype);
    expect(digest).toEqual(hash(new Uint8Array(3)));
  });
});
