/** Signed certificate timestamps embedded in a certificate (RFC 6962, sections 3.2 and 3.3). */
import { type PublicKey } from '../crypto/index.ts';
import type { Certificate } from './certificate.ts';
export interface SignedCertificateTimestamp {
    /** SHA-256 of the log's SubjectPublicKeyInfo. */
    readonly logId: Uint8Array;
    readonly timestamp: Date;
    readonly extensions: Uint8Array;
    readonly signature: Uint8Array;
    readonly algorithm: 'ecdsa' | 'rsa';
    /** Milliseconds since 1970, as they were signed. */
    readonly milliseconds: bigint;
}
/**
 * Reads the timestamps in a certificate; none if it has no such extension.
 *
 * @throws CountersignError `SCT_INVALID`
 */
export declare function readSignedCertificateTimestamps(certificate: Certificate): readonly SignedCertificateTimestamp[];
/**
 * Reports whether a log signed this timestamp over this certificate.
 *
 * @param issuer the authority that issued the certificate, from the verified path
 */
export declare function verifySignedCertificateTimestamp(timestamp: SignedCertificateTimestamp, certificate: Certificate, issuer: Certificate, logKey: PublicKey): Promise<boolean>;
/**
 * Returns the leaf that a log promised to add: a MerkleTreeLeaf (RFC 6962, section 3.4). The log signed the same bytes, which are a
 * structure of another name there.
 */
export declare function promisedLeaf(timestamp: SignedCertificateTimestamp, certificate: Certificate, issuer: Certificate): Uint8Array;
/**
 * Returns the TBSCertificate as the log saw it: without the list of timestamps. Every other byte is copied, none re-encoded,
 * but for the three lengths around the list.
 */
export declare function precertificateTbs(certificate: Certificate): Uint8Array;
