/** X.509 certificates (RFC 5280, section 4.1), every part of which can be chosen. */
import type { RandomBytes } from '../sources.ts';
import { type BasicConstraints, type ExtendedKeyUsage, type Extension, type KeyUsage, type SubjectAlternativeNames } from './extension.ts';
import { type DistinguishedName } from './name.ts';
import { type HashName, type SigningKey } from './signing-key.ts';
/** The contents of a certificate, and the key that signs it. An extension that is `undefined` is left out. */
export interface CertificateProfile {
    /** An unsigned integer, big-endian. */
    readonly serialNumber: Uint8Array;
    readonly issuer: DistinguishedName;
    readonly subject: DistinguishedName;
    readonly notBefore: Date;
    readonly notAfter: Date;
    /** SubjectPublicKeyInfo, DER. */
    readonly publicKey: Uint8Array;
    readonly keyUsage: readonly KeyUsage[] | undefined;
    readonly extendedKeyUsage: ExtendedKeyUsage | undefined;
    readonly basicConstraints: BasicConstraints | undefined;
    readonly subjectKeyIdentifier: Uint8Array | undefined;
    readonly authorityKeyIdentifier: Uint8Array | undefined;
    readonly subjectAlternativeNames: SubjectAlternativeNames | undefined;
    readonly additionalExtensions: readonly Extension[];
    /** The key that signs the certificate: its issuer's, if the certificate is to be valid. */
    readonly signingKey: SigningKey;
    /** The hash of the signature; by default the one of the key. */
    readonly signatureHash: HashName | undefined;
}
/** Changes to a profile. An extension that is given as `undefined` is left out. */
export type ProfileOverrides = Partial<CertificateProfile>;
/** Encodes a TBSCertificate (RFC 5280, section 4.1.2), with more extensions after the profile's own. */
export declare function encodeTbsCertificate(profile: CertificateProfile, trailing?: readonly Extension[]): Uint8Array;
/** Signs a certificate, and returns it as DER. */
export declare function signCertificate(profile: CertificateProfile, trailing?: readonly Extension[]): Uint8Array;
/** Generates a positive serial number of 20 bytes, the maximum (RFC 5280, section 4.1.2.2), with 158 random bits. */
export declare function freshSerialNumber(random: RandomBytes): Uint8Array;
