/** Hashes of leaves, by OpenSSL, are those of the core. */

import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { leafHash as hashedByCore } from '../../../src/core/log/index.ts';
import { leafHash } from '../../../src/monitor/readers/leaf-hash.ts';

test.each([0, 1, 55, 56, 63, 64, 65, 65_535])('of an entry of %s bytes', (length) => {
  const entry = new Uint8Array(randomBytes(length));
  expect(leafHash(entry)).toEqual(hashedByCore(entry));
});
