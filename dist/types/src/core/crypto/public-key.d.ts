/** Public keys as SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7; RFC 5480; RFC 8410; RFC 8017, appendix A.1). */
/** The supported kinds of keys. */
export type PublicKeyKind = 'ecdsa-p256' | 'ecdsa-p384' | 'ecdsa-p521' | 'ed25519' | 'rsa';
export interface PublicKey {
    readonly kind: PublicKeyKind;
    /** SubjectPublicKeyInfo, DER. */
    readonly spki: Uint8Array;
    /** The key itself: an uncompressed point (SEC 1, section 2.3.3), the 32 bytes of Ed25519, or an RSAPublicKey, DER. */
    readonly raw: Uint8Array;
}
/** The numbers of an RSA key (RFC 8017, section 3.1). */
export interface RsaNumbers {
    readonly modulus: bigint;
    readonly exponent: bigint;
    /** Length of the modulus in bits. */
    readonly bits: number;
}
/**
 * Reads a SubjectPublicKeyInfo. A later use of the key checks that an EC point is on its curve.
 *
 * @throws CountersignError `KEY_INVALID` if it is malformed, `KEY_UNSUPPORTED` if its kind is not supported
 */
export declare function readPublicKey(spki: Uint8Array): PublicKey;
/**
 * Reads a public key in PEM, as `cosign generate-key-pair` and openssl write it.
 *
 * @throws CountersignError `KEY_INVALID`, `KEY_UNSUPPORTED`
 */
export declare function readPublicKeyPem(pem: string): PublicKey;
/** Returns the number of different keys. Names and ids do not count: the holder of a key can sign under any of them. */
export declare function countKeys(keys: readonly PublicKey[]): number;
/** Returns a text that two keys have in common only if they are the same key. */
export declare function keyText({ kind, raw }: PublicKey): string;
/** Reads the numbers of an RSAPublicKey, DER. */
export declare function readRsaNumbers(raw: Uint8Array): RsaNumbers;
/** Returns the SubjectPublicKeyInfo of an uncompressed P-256 point. */
export declare function encodeP256PublicKey(point: Uint8Array): Uint8Array;
