/** Snappy as the sandbox compresses it. PyPI's cramjam decompressed each of these results to the input. */

import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { compressSnappy } from '../index.ts';

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Bytes without a pattern, the same in each run. */
function noise(length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, at) =>
    createHash('sha256').update(String(at)).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

test.each([
  ['nothing', '', '00'],
  ['one byte', 'a', '010061'],
  ['a run', 'a'.repeat(16), '1000613a0100'],
  ['a repeated word', 'countersign countersign', '172c636f756e7465727369676e202a0c00'],
])('%s', (_, text, expected) => {
  expect(Buffer.from(compressSnappy(Buffer.from(text))).toString('hex')).toBe(expected);
});

test.each([
  [60, 'ec'],
  [61, 'f03c'],
  [256, 'f0ff'],
  [257, 'f40001'],
])('a literal of %d bytes has the tag %s', (length, tag) => {
  const compressed = Buffer.from(compressSnappy(noise(length)));
  const start = length < 128 ? 1 : 2;
  expect(compressed.subarray(start).toString('hex')).toBe(`${tag}${noise(length).toString('hex')}`);
});

test('141,000 bytes, in which nothing, much and something far away is repeated', () => {
  const bytes = Buffer.concat([noise(70_000), Buffer.alloc(1000, 'abc'), noise(70_000)]);
  expect(hashOf(compressSnappy(bytes))).toBe('6fd11eb39e0591fe99b36a690cf641100910612abac7bda03f18e0afc7462cc5');
});
