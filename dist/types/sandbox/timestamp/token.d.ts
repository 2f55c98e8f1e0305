/** A TimeStampToken (RFC 3161, section 2.4.2): TSTInfo in CMS SignedData (RFC 5652, section 5), every part of which can be chosen. */
import { type DistinguishedName } from '../pki/name.ts';
import { type HashName } from '../pki/signing-key.ts';
import { type SigningKey } from '../pki/signing-key.ts';
export declare const oids: {
    readonly signedData: '1.2.840.113549.1.7.2';
    readonly timestampInfo: '1.2.840.113549.1.9.16.1.4';
    readonly contentType: '1.2.840.113549.1.9.3';
    readonly messageDigest: '1.2.840.113549.1.9.4';
    readonly signingTime: '1.2.840.113549.1.9.5';
    readonly signingCertificateV2: '1.2.840.113549.1.9.16.2.47';
};
/** The contents of a token, and the key that signs it. A member that is `undefined` is left out. */
export interface TokenProfile {
    readonly version: number;
    readonly policy: string;
    readonly imprintHash: HashName;
    readonly imprint: Uint8Array;
    /** An unsigned integer, big-endian. */
    readonly serialNumber: Uint8Array;
    /** Written with its fraction if it has one. */
    readonly genTime: Date;
    readonly accuracySeconds: number | undefined;
    /** The contents of the INTEGER. */
    readonly nonce: Uint8Array | undefined;
    readonly authorityName: DistinguishedName | undefined;
    readonly signedDataVersion: number;
    /** The content type, in the SignedData and in the signed attribute. */
    readonly contentType: string;
    /** The certificates in the token, DER. An empty list leaves the field empty, as the real service does. */
    readonly certificates: readonly Uint8Array[] | undefined;
    /** The number of times that the SignerInfo is in the token. */
    readonly signerInfos: number;
    readonly signerIssuer: DistinguishedName;
    readonly signerSerialNumber: Uint8Array;
    /** The hash of the message digest, and of the signature. */
    readonly digestHash: HashName;
    readonly signingTime: Date | undefined;
    /** By default the hash of the TSTInfo. */
    readonly messageDigest: Uint8Array | undefined;
    /** The certificate that the ESSCertIDv2 names (RFC 5816). */
    readonly signingCertificate: Uint8Array | undefined;
    /** Changes the signed attributes. If it is `undefined`, there are none, and the content is signed. */
    readonly amendSignedAttributes: ((attributes: readonly Uint8Array[]) => readonly Uint8Array[]) | undefined;
    readonly signingKey: SigningKey;
    /** Changes the signature. */
    readonly amendSignature: (signature: Uint8Array) => Uint8Array;
}
export type TokenOverrides = Partial<TokenProfile>;
/** Encodes the ContentInfo, DER. */
export declare function encodeToken(profile: TokenProfile): Uint8Array;
/** Encodes an Attribute of CMS: a type and its values. */
export declare function signedAttribute(oid: string, ...values: readonly Uint8Array[]): Uint8Array;
