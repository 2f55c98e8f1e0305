/** The body of a `hashedrekord` 0.0.2 entry of Rekor v2: a digest, a signature over it, and who can verify it. */
import type { Digest, PublicKeyKind } from '../crypto/index.ts';
/** Names of `dev.sigstore.common.v1.HashAlgorithm`. */
export declare const hashAlgorithmNames: {
    readonly sha256: 'SHA2_256';
    readonly sha384: 'SHA2_384';
    readonly sha512: 'SHA2_512';
};
/** Names of `dev.sigstore.common.v1.PublicKeyDetails`, which say with which hash a key signs. */
export declare function keyDetailsName(kind: PublicKeyKind): 'PKIX_ECDSA_P256_SHA_256' | 'PKIX_ECDSA_P384_SHA_384' | 'PKIX_ECDSA_P521_SHA_512';
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
export declare function hashedRekordBody({ digest, signature, certificate, keyKind }: HashedRekord): Uint8Array;
