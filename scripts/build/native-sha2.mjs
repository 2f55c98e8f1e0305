// Takes the place of @noble/hashes/sha2.js in the programs: the same functions, computed by OpenSSL. The library has no Node API.
import { hash } from 'node:crypto';

export const sha256 = (bytes) => digest('sha256', bytes);
export const sha384 = (bytes) => digest('sha384', bytes);
export const sha512 = (bytes) => digest('sha512', bytes);

/** Returns the digest as a Uint8Array, because `slice` of a Buffer does not copy. */
function digest(algorithm, bytes) {
  const { buffer, byteOffset, length } = hash(algorithm, bytes, 'buffer');
  return new Uint8Array(buffer, byteOffset, length);
}
