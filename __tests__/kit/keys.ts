/** Keys of the kinds that the sandbox does not make: its own are ECDSA and pure Ed25519. */

import { constants, generateKeyPairSync, sign } from 'node:crypto';
import { ed25519ph } from '@noble/curves/ed25519.js';
import type { SigningKey } from '../../sandbox/index.ts';

export type LeafKey = Pick<SigningKey, 'publicKey' | 'sign'>;

/** RSA with SHA-256 unless told otherwise. */
export function rsaKey(modulusLength: number, padding: 'pkcs1' | 'pss' = 'pkcs1'): LeafKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength });
  const how =
    padding === 'pkcs1'
      ? { padding: constants.RSA_PKCS1_PADDING }
      : { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  return {
    publicKey: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    sign: (message, hash = 'sha256') => new Uint8Array(sign(hash, message, { key: privateKey, ...how })),
  };
}

/** Ed25519ph (RFC 8032, section 5.1), which node:crypto does not sign with. */
export function ed25519phKey(): LeafKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const secret = new Uint8Array(Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url'));
  return {
    publicKey: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    sign: (message) => ed25519ph.sign(message, secret),
  };
}
