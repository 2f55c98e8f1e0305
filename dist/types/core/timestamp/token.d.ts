/** Timestamp responses and tokens (RFC 3161, section 2.4.2; the CMS of RFC 5652, section 5). Strict DER. */
import { type SignatureAlgorithm } from '../certificate/index.ts';
import { type Digest, type HashAlgorithm } from '../crypto/index.ts';
export interface TimestampToken {
    /** TSTInfo, DER: what the authority says. */
    readonly info: Uint8Array;
    readonly imprint: Digest;
    readonly time: Date;
    /** The contents of the nonce's INTEGER. */
    readonly nonce: Uint8Array | undefined;
    readonly signer: TimestampSigner;
    /** Certificates that came with the token: never trusted, only compared. */
    readonly certificates: readonly Uint8Array[];
}
export interface TimestampSigner {
    /** Name, DER, and serial number (contents), or the subject key identifier. */
    readonly identifier: {
        readonly kind: 'issuer-and-serial';
        readonly issuer: Uint8Array;
        readonly serialNumber: Uint8Array;
    } | {
        readonly kind: 'key';
        readonly subjectKeyIdentifier: Uint8Array;
    };
    readonly digestAlgorithm: HashAlgorithm;
    readonly signatureAlgorithm: SignatureAlgorithm;
    readonly signature: Uint8Array;
    /** The signed attributes as a DER SET, which is what the signature covers. */
    readonly signedAttributes: Uint8Array;
    readonly contentType: string;
    readonly messageDigest: Uint8Array;
    /** SHA-2 of the signer's certificate, where the token has one (RFC 5816). */
    readonly certificateDigest: Digest | undefined;
}
/**
 * Reads a TimeStampResp. Nothing is verified.
 *
 * @throws CountersignError `TIMESTAMP_INVALID`
 */
export declare function readTimestampResponse(bytes: Uint8Array): TimestampToken;
