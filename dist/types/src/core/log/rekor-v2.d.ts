/** Bodies of Rekor v2 entries: `hashedrekord` 0.0.2, and the `dsse` 0.0.2 of its first months (rekor-tiles). */
import { type Digest, type HashAlgorithm, type PublicKey } from '../crypto/index.ts';
import { type JsonObject, type ProtoField } from '../encoding/index.ts';
/** Names of `dev.sigstore.common.v1.HashAlgorithm`. */
export declare const hashAlgorithmNames: {
    readonly sha256: 'SHA2_256';
    readonly sha384: 'SHA2_384';
    readonly sha512: 'SHA2_512';
};
/** Returns the hash that an entry names. */
export declare function hashAlgorithmOf(field: ProtoField): HashAlgorithm;
/**
 * Returns the names of a key in `dev.sigstore.common.v1.PublicKeyDetails`; the first one is written. A log holds no pure Ed25519
 * signatures, so a key of Ed25519 is always named as one of Ed25519ph.
 */
export declare function keyDetailsNames(key: PublicKey): readonly [string, ...string[]];
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
export declare function hashedRekordV2({ digest, signature, ...verifier }: HashedRekordV2): JsonObject;
export interface DsseV2 extends Verifier {
    readonly payloadHash: Digest;
    readonly signature: Uint8Array;
}
export declare function dsseV2({ payloadHash, signature, ...verifier }: DsseV2): JsonObject;
export {};
