/** Bodies of Rekor v1 entries: `hashedrekord` 0.0.1, `dsse` 0.0.1, `intoto` 0.0.1 and 0.0.2, as the log canonicalises them (RFC 8785). */
import { type Digest } from '../crypto/index.ts';
import { type JsonObject } from '../encoding/index.ts';
/** The parts of a signature over a digest that the signer submits and the log stores. */
export interface HashedRekordV1 {
    readonly digest: Digest;
    readonly signature: Uint8Array;
    /** The PEM text of the certificate, as it was submitted. */
    readonly verifier: string;
}
/** The parts of a DSSE envelope that the log stores: hashes, and the signature. */
export interface DsseV1 {
    /** SHA-256 of the envelope as it was sent, in hexadecimal. Depends on how it was serialised: not to be compared. */
    readonly envelopeHash: string;
    readonly payloadHash: Digest<'sha256'>;
    readonly signature: Uint8Array;
    /** The PEM text of the certificate, as it was submitted. */
    readonly verifier: string;
}
/** Returns the PEM text in which Countersign submits a certificate. */
export declare function verifierPem(certificate: Uint8Array): string;
/** Returns the `proposedEntry` of a `hashedrekord`, which is also its canonical body. */
export declare function hashedRekordV1({ digest, signature, verifier }: HashedRekordV1): JsonObject;
/** Returns the canonical body of a `dsse` entry. */
export declare function dsseV1({ envelopeHash, payloadHash, signature, verifier }: DsseV1): JsonObject;
export declare function canonicalBody(entry: JsonObject): Uint8Array<ArrayBuffer>;
export interface IntotoEnvelope {
    readonly payloadType: string;
    readonly payload: Uint8Array;
    readonly signature: Uint8Array;
    readonly keyId: string | undefined;
}
export interface IntotoV2 extends IntotoEnvelope {
    /** As in {@link DsseV1}. */
    readonly envelopeHash: string;
    readonly verifier: string;
    /** Logs leave the payload out; a mocked one may not. */
    readonly holdsPayload: boolean;
}
/** Returns the canonical body of an `intoto` entry 0.0.2, which has signature and payload in base64 twice (rekor, pkg/types/intoto/v0.0.2). */
export declare function intotoV2({ payloadType, payload, envelopeHash, signature, keyId, verifier, holdsPayload, }: IntotoV2): JsonObject;
/**
 * Returns the canonical bodies that an `intoto` entry 0.0.1 of this envelope may have. Such an entry holds the hash of the envelope as
 * it was sent, so there is one body for each way in which clients wrote envelopes then.
 *
 * @param hasPayloadHash later versions of Rekor added the hash of the payload
 */
export declare function intotoV1(envelope: IntotoEnvelope, verifier: string, hasPayloadHash: boolean): readonly JsonObject[];
