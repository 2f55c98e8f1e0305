/** Public keys as SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7; RFC 5480; RFC 8410; RFC 8017, appendix A.1). */
/** The kinds of key that Countersign verifies with. */
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
 * Reads a SubjectPublicKeyInfo. That an EC point is on its curve is checked where the key is used.
 *
 * @throws CountersignError `KEY_INVALID` if it is malformed, `KEY_UNSUPPORTED` if it is a kind we do not verify with
 */
export declare function readPublicKey(spki: Uint8Array): PublicKey;
/**
 * Reads a public key in PEM, as `cosign generate-key-pair` and openssl write it.
 *
 * @throws CountersignError `KEY_INVALID`, `KEY_UNSUPPORTED`
 */
export declare function readPublicKeyPem(pem: string): PublicKey;
/** Returns how many different keys there are. Names and ids do not count: whoever holds a key holds all that it signs under. */
export declare function countKeys(keys: readonly PublicKey[]): number;
/** Returns a text that two keys have in common only if they are the same key. */
export declare function keyText({ kind, raw }: PublicKey): string;
/** The numbers of an RSAPublicKey, DER. */
export declare function readRsaNumbers(raw: Uint8Array): RsaNumbers;
/** The SubjectPublicKeyInfo of an uncompressed P-256 point. */
export declare function encodeP256PublicKey(point: Uint8Array): Uint8Array;
