/** Signing keys, by node:crypto: not by the library that Countersign signs with, so that the same mistake is not made twice. */
import { type KeyObject } from 'node:crypto';
import { type Storage } from '../storage/storage.ts';
export type HashName = 'sha256' | 'sha384' | 'sha512';
export type KeyKind = 'P-256' | 'P-384' | 'P-521' | 'Ed25519';
export interface SigningKey {
    readonly kind: KeyKind;
    /** SubjectPublicKeyInfo, DER (RFC 5280, section 4.1.2.7). */
    readonly publicKey: Uint8Array;
    /** SHA-1 of the key's bits (RFC 5280, section 4.2.1.2, method 1). */
    readonly keyIdentifier: Uint8Array;
    /** The hash that belongs to the curve; a signature may use another. */
    readonly defaultHash: HashName;
    /** Signs with ECDSA, encoded as DER (RFC 3279, section 2.2.3), or with pure Ed25519, which takes no hash. */
    sign(message: Uint8Array, hash?: HashName): Uint8Array;
}
/** In bytes. */
export declare const hashLengths: {
    readonly sha256: 32;
    readonly sha384: 48;
    readonly sha512: 64;
};
/** Generates a key. Its private half never leaves the closure. */
export declare function generateSigningKey(kind: KeyKind): SigningKey;
/** Returns the key stored as `<name>.key` (PKCS #8, PEM), which is generated if there is none. */
export declare function keptSigningKey(storage: Storage, name: string, kind: KeyKind): SigningKey;
/** Returns the AlgorithmIdentifier of a key's signatures (RFC 5758, section 3.2; RFC 8410, section 3), without parameters. */
export declare function signatureAlgorithm(key: SigningKey, hash?: HashName): Uint8Array;
export declare function subjectPublicKeyInfo(key: KeyObject): Uint8Array;
export declare function keyIdentifierOf(publicKey: Uint8Array): Uint8Array;
/** Returns the bits of a SubjectPublicKeyInfo, DER: of an Ed25519 key, its 32 bytes. */
export declare function keyBits(publicKey: Uint8Array): Uint8Array;
export declare function hashOf(hash: HashName | 'sha1', ...parts: readonly Uint8Array[]): Uint8Array;
