/** The body of a `hashedrekord` 0.0.2 entry of Rekor v2: a digest, a signature over it, and who can verify it. */

import type { Digest, HashAlgorithm, PublicKeyKind } from '../crypto/index.ts';
import { canonicalJson, encodeBase64, utf8 } from '../encoding/index.ts';
import { fail } from '../errors/index.ts';

/** Names of `dev.sigstore.common.v1.HashAlgorithm`. */
export const hashAlgorithmNames = {
  sha256: 'SHA2_256',
  sha384: 'SHA2_384',
  sha512: 'SHA2_512',
} as const satisfies Record<HashAlgorithm, string>;

/** Names of `dev.sigstore.common.v1.PublicKeyDetails`, which say with which hash a key signs. */
export function keyDetailsName(
  kind: PublicKeyKind,
): 'PKIX_ECDSA_P256_SHA_256' | 'PKIX_ECDSA_P384_SHA_384' | 'PKIX_ECDSA_P521_SHA_512' {
  switch (kind) {
    case 'ecdsa-p256':
      return 'PKIX_ECDSA_P256_SHA_256';
    case 'ecdsa-p384':
      return 'PKIX_ECDSA_P384_SHA_384';
    case 'ecdsa-p521':
      return 'PKIX_ECDSA_P521_SHA_512';
    case 'ed25519':
      return fail('KEY_UNSUPPORTED', 'a hashedrekord entry cannot hold a pure Ed25519 signature');
  }
}

export interface HashedRekord {
  readonly digest: Digest;
  readonly signature: Uint8Array;
  /** The signer's certificate, DER. */
  readonly certificate: Uint8Array;
  readonly keyKind: PublicKeyKind;
}

/**
 * The bytes that the log has hashed into its tree: RFC 8785 JSON of the entry. Whoever holds the digest, the signature
 * and the certificate can make them again, so an entry need not be believed, only compared.
 */
export function hashedRekordBody({ digest, signature, certificate, keyKind }: HashedRekord): Uint8Array {
  return utf8(
    canonicalJson({
      apiVersion: '0.0.2',
      kind: 'hashedrekord',
      spec: {
        hashedRekordV002: {
          data: { algorithm: hashAlgorithmNames[digest.algorithm], digest: encodeBase64(digest.bytes) },
          signature: {
            content: encodeBase64(signature),
            verifier: { keyDetails: keyDetailsName(keyKind), x509Certificate: { rawBytes: encodeBase64(certificate) } },
          },
        },
      },
    }),
  );
}
