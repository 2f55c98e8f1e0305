/** Bodies of Rekor v1 entries: `hashedrekord` 0.0.1 and `dsse` 0.0.1, as the log canonicalises them (RFC 8785). */
import type { Digest } from '../crypto/index.ts';
import { type JsonObject } from '../encoding/index.ts';
/** What a signer submits and the log stores of a signature over a digest. */
export interface HashedRekordV1 {
    readonly digest: Digest;
    readonly signature: Uint8Array;
    /** The PEM text of the certificate, as it was submitted. */
    readonly verifier: string;
}
/** What the log stores of a DSSE envelope: hashes, and the signature. */
export interface DsseV1 {
    /** SHA-256 of the envelope as it was sent, in hexadecimal. Depends on how it was serialised: not to be compared. */
    readonly envelopeHash: string;
    readonly payloadHash: Digest<'sha256'>;
    readonly signature: Uint8Array;
    /** The PEM text of the certificate, as it was submitted. */
    readonly verifier: string;
}
/** The PEM text in which Countersign submits a certificate. */
export declare function verifierPem(certificate: Uint8Array): string;
/** The `proposedEntry` of a `hashedrekord`, which is also its canonical body. */
export declare function hashedRekordV1({ digest, signature, verifier }: HashedRekordV1): JsonObject;
/** The canonical body of a `dsse` entry. */
export declare function dsseV1({ envelopeHash, payloadHash, signature, verifier }: DsseV1): JsonObject;
export declare function canonicalBody(entry: JsonObject): Uint8Array<ArrayBuffer>;
/** What of a body cannot be made again from the bundle: how the certificate was written, and the hash of the envelope. */
export interface SubmittedForm {
    readonly verifier: string;
    readonly envelopeHash: string;
}
/**
 * Reads what the submitter chose in a body of either kind. Everything else is compared, not read.
 *
 * @throws CountersignError `LOG_ENTRY_INVALID`
 */
export declare function readSubmittedForm(body: Uint8Array): SubmittedForm;
