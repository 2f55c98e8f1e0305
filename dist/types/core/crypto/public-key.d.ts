/** Public keys as SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7; RFC 5480; RFC 8410). */
/** The kinds of key that Countersign verifies with. */
export type PublicKeyKind = 'ecdsa-p256' | 'ecdsa-p384' | 'ecdsa-p521' | 'ed25519';
export interface PublicKey {
    readonly kind: PublicKeyKind;
    /** SubjectPublicKeyInfo, DER. */
    readonly spki: Uint8Array;
    /** The key itself: an uncompressed point (SEC 1, section 2.3.3) or the 32 bytes of Ed25519. */
    readonly raw: Uint8Array;
}
/**
 * Reads a SubjectPublicKeyInfo. That an EC point is on its curve is checked where the key is used.
 *
 * @throws CountersignError `KEY_INVALID` if it is malformed, `KEY_UNSUPPORTED` if it is a kind we do not verify with
 */
export declare function readPublicKey(spki: Uint8Array): PublicKey;
/** The SubjectPublicKeyInfo of an uncompressed P-256 point. */
export declare function encodeP256PublicKey(point: Uint8Array): Uint8Array;
