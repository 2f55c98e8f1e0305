/** Keys with certificates: authorities, and the signer of timestamps. */
import { type Sources } from '../sources.ts';
import { type Storage } from '../storage/storage.ts';
import { type CertificateProfile, type ProfileOverrides } from './certificate.ts';
import type { DistinguishedName } from './name.ts';
import { type KeyKind, type SigningKey } from './signing-key.ts';
export interface CertifiedKey {
    /** DER. */
    readonly certificate: Uint8Array;
    readonly profile: CertificateProfile;
    readonly key: SigningKey;
}
export interface CertifyOptions {
    readonly subject: DistinguishedName;
    readonly kind: KeyKind;
    /** Without an issuer, the certificate is self-signed. */
    readonly issuer?: CertifiedKey;
    readonly notBefore: Date;
    readonly notAfter: Date;
    /** Changes to the certificate. */
    readonly overrides?: ProfileOverrides;
    /** The storage of the key and the certificate, `<name>.key` and `<name>.pem`; by default in memory. */
    readonly storage?: Storage;
    readonly name?: string;
}
/** Certifies an authority. Its certificate has the sandbox's marker if it is `marked`. */
export declare function certifyAuthority(options: CertifyOptions & {
    readonly pathLength: number;
    readonly codeSigning: boolean;
    readonly marked: boolean;
}, sources: Sources): CertifiedKey;
/** Certifies a key for timestamps, its only and critical purpose (RFC 3161, section 2.3). */
export declare function certifyTimestampSigner(options: CertifyOptions, sources: Sources): CertifiedKey;
/** The options of a certificate authority and of a timestamp authority. */
export interface AuthorityOptions {
    readonly sources: Sources;
    /** Adds the sandbox's marker to CA certificates; true by default. */
    readonly marked?: boolean;
    /** The start of its own certificates, which are valid for ten years; by default an hour ago. */
    readonly notBefore?: Date;
    /** Changes to the certificate of the root. */
    readonly root?: ProfileOverrides;
    /** The storage of its keys and certificates; by default in memory. */
    readonly storage?: Storage;
    /** Distinguishes its certificates from those of other sandboxes; random by default. */
    readonly name?: string;
}
/** Returns the options that the certificates of an authority have in common, and their subject by its role. */
export declare function authorityDefaults({ sources, marked, storage, ...options }: AuthorityOptions): {
    certificates: {
        readonly storage: Storage;
        readonly marked: boolean;
        readonly kind: 'P-384';
        readonly notBefore: Date;
        readonly notAfter: Date;
    };
    subject: (role: string) => {
        organization: string;
        commonName: string;
    };
};
