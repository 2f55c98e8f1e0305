/** The two hashes of a Merkle tree (RFC 9162, section 2.1.1). */

import { createHash } from 'node:crypto';

const leafPrefix = new Uint8Array([0]);
const nodePrefix = new Uint8Array([1]);

export function leafHash(entry: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(leafPrefix).update(entry).digest());
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(nodePrefix).update(left).update(right).digest());
}

export function emptyRoot(): Uint8Array {
  return new Uint8Array(createHash('sha256').digest());
}
