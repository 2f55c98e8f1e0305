import { createHash } from 'node:crypto';

const leafPrefix = new Uint8Array([0]);

/** Returns the hash of a leaf (RFC 6962, section 2.1), by OpenSSL: the JavaScript of the core takes most of the time of reading a log. */
export function leafHash(entry: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(leafPrefix).update(entry).digest());
}
