/** `hashedrekord` 0.0.2 (rekor-tiles, pkg/types/hashedrekord): the checks of Rekor v2 on an entry, and the entry it stores. */
import { type KeyDetails } from './verifier-key.ts';
export interface HashedRekord {
    readonly digest: Uint8Array;
    readonly signature: Uint8Array;
    readonly keyDetails: KeyDetails;
    readonly verifier: 'publicKey' | 'x509Certificate';
    /** SubjectPublicKeyInfo or certificate, DER. */
    readonly rawBytes: Uint8Array;
}
/**
 * Reads and checks a CreateEntryRequest (rekor_service.proto).
 *
 * @throws Refusal `invalidArgument`
 */
export declare function readHashedRekord(body: Uint8Array): HashedRekord;
/** Returns the canonical JSON (RFC 8785) that the log stores and hashes. */
export declare function encodeHashedRekord({ digest, signature, keyDetails, verifier, rawBytes }: HashedRekord): Uint8Array;
