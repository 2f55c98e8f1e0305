/** Bodies of Rekor v2 entries: `hashedrekord` 0.0.2, and the `dsse` 0.0.2 of its first months (rekor-tiles). */

import { type Digest, type HashAlgorithm, type PublicKey, readRsaNumbers } from '../crypto/index.ts';
import { encodeBase64, type JsonObject, type ProtoField } from '../encoding/index.ts';

/** Names of `dev.sigstore.common.v1.HashAlgorithm`. */
export const hashAlgorithmNames = {
  sha256: 'SHA2_256',
  sha384: 'SHA2_384',
  sha512: 'SHA2_512',
} as const satisfies Record<HashAlgorithm, string>;

/** Returns the hash that an entry names. */
export function hashAlgorithmOf(field: ProtoField): HashAlgorithm {
  const name = field.string();
  for (const [algorithm, known] of Object.entries(hashAlgorithmNames) as [HashAlgorithm, string][]) {
    if (known === name) return algorithm;
  }
  return field.fail('is not SHA2_256, SHA2_384 or SHA2_512');
}

/**
 * Returns the names of a key in `dev.sigstore.common.v1.PublicKeyDetails`; the first one is written. A log holds no pure Ed25519
 * signatures, so a key of Ed25519 is always named as one of Ed25519ph.
 */
export function keyDetailsNames(key: PublicKey): readonly [string, ...string[]] {
  switch (key.kind) {
    case 'ecdsa-p256':
      return ['PKIX_ECDSA_P256_SHA_256'];
    case 'ecdsa-p384':
      return ['PKIX_ECDSA_P384_SHA_384'];
    case 'ecdsa-p521':
      return ['PKIX_ECDSA_P521_SHA_512'];
    case 'ed25519':
      return ['PKIX_ED25519_PH'];
    case 'rsa': {
      const { bits } = readRsaNumbers(key.raw);
      return [`PKIX_RSA_PKCS1V15_${bits}_SHA256`, `PKIX_RSA_PSS_${bits}_SHA256`];
    }
  }
}

interface Verifier {
  readonly keyDetails: string;
  readonly verifier: 'x509Certificate' | 'publicKey';
  /** Certificate or SubjectPublicKeyInfo, DER. */
  readonly rawBytes: Uint8Array;
}

export interface HashedRekordV2 extends Verifier {
  readonly digest: Digest;
  readonly signature: Uint8Array;
}

/**
 * Returns the entry that the log has hashed into its tree. It can be made again from the digest, the signature and the certificate, so
 * that an entry is compared, and not trusted.
 */
export function hashedRekordV2({ digest, signature, ...verifier }: HashedRekordV2): JsonObject {
  return {
    apiVersion: '0.0.2',
    kind: 'hashedrekord',
    spec: {
      hashedRekordV002: {
        data: { algorithm: hashAlgorithmNames[digest.algorithm], digest: encodeBase64(digest.bytes) },
        signature: { content: encodeBase64(signature), verifier: verifierJson(verifier) },
      },
    },
  };
}

export interface DsseV2 extends Verifier {
  readonly payloadHash: Digest;
  readonly signature: Uint8Array;
}

export function dsseV2({ payloadHash, signature, ...verifier }: DsseV2): JsonObject {
  const { algorithm, bytes } = payloadHash;
  return {
    apiVersion: '0.0.2',
    kind: 'dsse',
    spec: {
      dsseV002: {
        payloadHash: { algorithm: hashAlgorithmNames[algorithm], digest: encodeBase64(bytes) },
        signatures: [{ content: encodeBase64(signature), verifier: verifierJson(verifier) }],
      },
    },
  };
}

function verifierJson({ keyDetails, verifier, rawBytes }: Verifier): JsonObject {
  return { keyDetails, [verifier]: { rawBytes: encodeBase64(rawBytes) } };
}
