/**
 * Keys of ML-DSA-44 (FIPS 204), for the cosignatures of witnesses. `node:crypto` has ML-DSA from Node 24 on only, so that the sandbox
 * uses `@noble/post-quantum`. A test compares it with `node:crypto`.
 */

import { randomBytes } from 'node:crypto';
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';
import { der } from '../../src/core/encoding/index.ts';
import { keep, type Storage } from '../storage/index.ts';

export interface MlDsaKey {
  readonly kind: 'ML-DSA-44';
  /** SubjectPublicKeyInfo, DER (RFC 9881, section 4). */
  readonly publicKey: Uint8Array;
  /** Signs with pure ML-DSA and an empty context. */
  sign(message: Uint8Array): Uint8Array;
}

const seedLength = 32;
const mlDsa44Oid = '2.16.840.1.101.3.4.3.17';

/** Returns the key whose seed is stored as `<name>.seed`, which is generated if there is none. */
export function keptMlDsaKey(storage: Storage, name: string): MlDsaKey {
  return mlDsaKey(keep(storage, `${name}.seed`, () => new Uint8Array(randomBytes(seedLength))));
}

/** Generates a key. */
export function generateMlDsaKey(): MlDsaKey {
  return mlDsaKey(new Uint8Array(randomBytes(seedLength)));
}

function mlDsaKey(seed: Uint8Array): MlDsaKey {
  const { publicKey, secretKey } = ml_dsa44.keygen(seed);
  return {
    kind: 'ML-DSA-44',
    publicKey: der.sequence(der.sequence(der.oid(mlDsa44Oid)), der.bitString(publicKey)),
    sign: (message) => new Uint8Array(ml_dsa44.sign(message, secretKey)),
  };
}
