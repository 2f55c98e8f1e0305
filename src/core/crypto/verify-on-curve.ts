/** Verifying signatures over a message of which only the digest is known, on the curve itself: WebCrypto takes no digest. */

import { eddsa } from '@noble/curves/abstract/edwards.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8 } from '../encoding/index.ts';
import { fail } from '../errors/index.ts';
import type { Digest } from './digest.ts';
import { type EcdsaKind, readEcdsaSignature } from './ecdsa-signature.ts';
import type { PublicKey } from './public-key.ts';

const curves = { 'ecdsa-p256': p256, 'ecdsa-p384': p384, 'ecdsa-p521': p521 } as const satisfies Record<
  EcdsaKind,
  unknown
>;

export function verifyEcdsa(kind: EcdsaKind, point: Uint8Array, signature: Uint8Array, digest: Digest): boolean {
  const scalars = readEcdsaSignature(signature, kind);
  if (scalars === undefined) return false;
  const options = { prehash: false, lowS: false, format: 'compact' } as const;
  return accepted(() => curves[kind].verify(scalars, digest.bytes, point, options));
}

/** Ed25519ph (RFC 8032, section 5.1) of a message already hashed: the prefix with its flag set, and no hash. */
const ed25519OfDigest = eddsa(ed25519.Point, sha512, {
  domain: (data: Uint8Array) => concatBytes(utf8('SigEd25519 no Ed25519 collisions'), new Uint8Array([1, 0]), data),
});

/** Verifies a signature over a digest. @throws CountersignError `KEY_UNSUPPORTED` for another digest than the key's own */
export function verifyEd25519ph(key: PublicKey, signature: Uint8Array, digest: Digest): boolean {
  if (digest.algorithm !== 'sha512') {
    fail('KEY_UNSUPPORTED', `a ${digest.algorithm} digest is not enough to verify an Ed25519 signature`, {
      remedy: 'Verify the artifact itself, or its SHA-512 digest.',
    });
  }
  return accepted(() => ed25519OfDigest.verify(signature, digest.bytes, key.raw, { zip215: false }));
}

/** Returns `false` where the library throws, for scalars out of range and points off the curve. */
function accepted(verify: () => boolean): boolean {
  try {
    return verify();
  } catch {
    return false;
  }
}
