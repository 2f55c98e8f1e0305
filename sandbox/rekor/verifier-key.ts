/** Keys by the names of `PublicKeyDetails` (sigstore_common.proto), and signatures over a digest without its message. */

import { constants, createPublicKey, type KeyObject, publicDecrypt, X509Certificate } from 'node:crypto';
import { eddsa } from '@noble/curves/abstract/edwards.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, der, equalBytes, utf8 } from '../../src/core/encoding/index.ts';
import { type HashName, keyBits, subjectPublicKeyInfo } from '../pki/index.ts';
import { type Curve, curves, verifyDigest } from './ecdsa-of-digest.ts';

/** An algorithm that Rekor v2 accepts (rekor-tiles, algorithm registry). */
export interface KeyDetails {
  readonly name: string;
  /** The number of the name in the protocol buffer. */
  readonly number: number;
  readonly hash: HashName;
  readonly matches: (key: KeyObject) => boolean;
  readonly verifies: (key: KeyObject, signature: Uint8Array, digest: Uint8Array) => boolean;
}

export const acceptedKeyDetails: readonly KeyDetails[] = [
  ecdsa('PKIX_ECDSA_P256_SHA_256', 5, curves['P-256']),
  ecdsa('PKIX_ECDSA_P384_SHA_384', 12, curves['P-384']),
  ecdsa('PKIX_ECDSA_P521_SHA_512', 13, curves['P-521']),
  rsa('PKIX_RSA_PKCS1V15_2048_SHA256', 9, 2048),
  rsa('PKIX_RSA_PKCS1V15_3072_SHA256', 10, 3072),
  rsa('PKIX_RSA_PKCS1V15_4096_SHA256', 11, 4096),
  {
    name: 'PKIX_ED25519_PH',
    number: 8,
    hash: 'sha512',
    matches: (key) => key.asymmetricKeyType === 'ed25519',
    verifies: accepting((key, signature, digest) =>
      ed25519OfDigest.verify(signature, digest, keyBits(subjectPublicKeyInfo(key))),
    ),
  },
];

/** Reads the key of a SubjectPublicKeyInfo or a certificate, DER; `undefined` if it is malformed. */
export function readVerifierKey(kind: 'publicKey' | 'x509Certificate', bytes: Uint8Array): KeyObject | undefined {
  try {
    if (kind === 'x509Certificate') return new X509Certificate(bytes).publicKey;
    return createPublicKey({ key: Buffer.from(bytes), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}

function ecdsa(name: string, number: number, curve: Curve): KeyDetails {
  return {
    name,
    number,
    hash: curve.hash,
    matches: (key) => key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === curve.name,
    verifies: accepting((key, signature, digest) => verifyDigest(curve, key, signature, digest)),
  };
}

/** RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2.2): removes the padding, and compares the rest. */
function rsa(name: string, number: number, modulusLength: number): KeyDetails {
  return {
    name,
    number,
    hash: 'sha256',
    matches: (key) => key.asymmetricKeyType === 'rsa' && key.asymmetricKeyDetails?.modulusLength === modulusLength,
    verifies: accepting((key, signature, digest) => {
      const signed = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
      const sha256 = der.sequence(der.oid('2.16.840.1.101.3.4.2.1'), der.null());
      return equalBytes(signed, der.sequence(sha256, der.octetString(digest)));
    }),
  };
}

/** Ed25519ph (RFC 8032, section 5.1) of a message that is hashed already: the prefix with its flag set, and no hash. */
const ed25519OfDigest = eddsa(ed25519.Point, sha512, {
  domain: (data: Uint8Array) => concatBytes(utf8('SigEd25519 no Ed25519 collisions'), new Uint8Array([1, 0]), data),
});

/** Refuses malformed signatures, for which the libraries throw. */
function accepting(verify: KeyDetails['verifies']): KeyDetails['verifies'] {
  return (...signed) => {
    try {
      return verify(...signed);
    } catch {
      return false;
    }
  };
}
