/** A strict reader of the X.509 certificates (RFC 5280) in Sigstore's chains. */
import { type PublicKey } from '../crypto/public-key.ts';
import { type SignatureAlgorithm } from './signature-algorithm.ts';
import { type SubjectAlternativeName } from './subject-alternative-name.ts';
/** The bits of the key usage extension that are used here (RFC 5280, section 4.2.1.3). */
export type KeyUsage = 'digitalSignature' | 'keyCertSign' | 'cRLSign';
export interface Extension {
    readonly oid: string;
    readonly critical: boolean;
    readonly value: Uint8Array;
}
export interface BasicConstraints {
    readonly isAuthority: boolean;
    /** The number of further authorities allowed between this one and a leaf; `undefined` for any number. */
    readonly pathLength: number | undefined;
}
export interface Certificate {
    readonly der: Uint8Array;
    /** The bytes that the issuer signed: TBSCertificate, DER. */
    readonly tbs: Uint8Array;
    /** The contents of the serial number's INTEGER. */
    readonly serialNumber: Uint8Array;
    /** Name, DER. */
    readonly issuer: Uint8Array;
    /** Name, DER. */
    readonly subject: Uint8Array;
    readonly notBefore: Date;
    readonly notAfter: Date;
    readonly publicKey: PublicKey;
    readonly signatureAlgorithm: SignatureAlgorithm;
    readonly signature: Uint8Array;
    readonly extensions: ReadonlyMap<string, Extension>;
    readonly basicConstraints: BasicConstraints | undefined;
    readonly keyUsage: ReadonlySet<KeyUsage> | undefined;
    readonly extendedKeyUsage: readonly string[] | undefined;
    readonly subjectAlternativeNames: readonly SubjectAlternativeName[];
    readonly subjectKeyIdentifier: Uint8Array | undefined;
    readonly authorityKeyIdentifier: Uint8Array | undefined;
}
/**
 * Reads a certificate.
 *
 * @param der the certificate, DER
 * @param what how an error names it
 * @throws CountersignError `CERTIFICATE_INVALID`, `KEY_UNSUPPORTED`, `LIMIT_EXCEEDED`
 */
export declare function readCertificate(der: Uint8Array, what?: string): Certificate;
/** Returns the serial number in hexadecimal, for people. */
export declare function serialNumberText(certificate: Certificate): string;
