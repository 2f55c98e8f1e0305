/** The claims of an entry. They are untrusted text: only the fact that the entry is in the log is proven. */
import type { FulcioClaim } from '../../core/certificate/fulcio-extensions.ts';
import type { OlderFulcioClaims } from '../../core/certificate/fulcio-extensions.ts';
/** The claims of an entry of any log. */
export type EntryClaims = SignatureEntry | CertificateEntry | UnknownEntry;
/** A signature, in Rekor. */
export interface SignatureEntry {
    readonly type: 'signature';
    readonly kind: SignatureKind;
    readonly version: string;
    /** Several for an envelope with several signatures. */
    readonly signers: readonly EntrySigner[];
    readonly digests: readonly EntryDigest[];
    readonly problems: readonly EntryProblem[];
}
/** Rekor's names of the kinds of entries. */
export type SignatureKind = 'hashedrekord' | 'dsse' | 'intoto' | 'rekord' | 'alpine' | 'helm' | 'jar' | 'rpm' | 'cose' | 'rfc3161' | 'tuf';
/** A certificate, in a certificate transparency log. */
export interface CertificateEntry {
    readonly type: 'certificate';
    readonly kind: 'certificate' | 'precertificate';
    /** Of a precertificate, the log holds the TBSCertificate alone. */
    readonly certificate: CertificateClaims;
    /** SHA-256 of the issuer's SubjectPublicKeyInfo, in hexadecimal. Only entries of precertificates have it. */
    readonly issuerKeyHash: string | undefined;
    /** The time that the log states. `undefined` if it is not a valid time. */
    readonly loggedAt: Date | undefined;
    readonly problems: readonly EntryProblem[];
}
/** An entry of an unknown kind, or one that cannot be read. */
export interface UnknownEntry {
    readonly type: 'unknown';
    /** The kind and version that the entry states. */
    readonly kind: string | undefined;
    readonly version: string | undefined;
    /** Never empty. */
    readonly problems: readonly EntryProblem[];
}
/** The signer that an entry names. Rekor verifies the signature, but not the issuer of a certificate: anybody can log any certificate. */
export type EntrySigner = {
    readonly kind: 'certificate';
    readonly certificate: CertificateClaims;
}
/** A key without a certificate. */
 | {
    readonly kind: 'public-key';
    /** SHA-256 of the SubjectPublicKeyInfo, DER, in hexadecimal. */
    readonly keyHash: string;
} | {
    readonly kind: 'other';
    readonly format: 'pgp' | 'ssh' | 'minisign' | 'tuf' | 'unknown';
    /** SHA-256 of the key as the entry holds it, in hexadecimal. For TUF, the id of the key. */
    readonly keyHash: string;
};
export interface EntryDigest {
    /** `sha256` and the like. */
    readonly algorithm: string;
    /** In lower-case hexadecimal. */
    readonly value: string;
    /**
     * `signed`: what the signature covers. That is an artifact or, for an attestation, its pre-authentication encoding; an entry does not tell
     * which. `payload` and `envelope`: of a DSSE or COSE envelope.
     */
    readonly of: 'signed' | 'payload' | 'envelope';
}
/** The claims of a certificate. Its issuer is not verified. */
export interface CertificateClaims {
    /** The certificate, DER, or the TBSCertificate of a precertificate. */
    readonly der: Uint8Array;
    /** SHA-256 of the certificate, in hexadecimal. `undefined` for a precertificate. */
    readonly certificateHash: string | undefined;
    /** SHA-256 of the SubjectPublicKeyInfo, in hexadecimal. `undefined` if the certificate cannot be read so far. */
    readonly keyHash: string | undefined;
    readonly names: readonly CertificateName[];
    /** The extensions of Fulcio. */
    readonly claims: CertificateClaimTexts;
    readonly notBefore: Date | undefined;
    readonly notAfter: Date | undefined;
}
/** A subject alternative name. */
export interface CertificateName {
    readonly kind: 'uri' | 'email' | 'username' | 'dns' | 'ip' | 'other';
    /** For kinds that have no text, hexadecimal. */
    readonly value: string;
}
/** The name of a claim, as in Fulcio. `olderIssuer` is the issuer of extension `.1`, if it differs from that of `.8`. */
export type ClaimName = FulcioClaim | keyof OlderFulcioClaims | 'olderIssuer';
export type CertificateClaimTexts = {
    readonly [Name in ClaimName]?: string;
};
/** A part of an entry that cannot be read, or that readers may read in different ways. */
export interface EntryProblem {
    readonly code: 'UNKNOWN_KIND'
    /** It cannot be read. */
     | 'MALFORMED'
    /** It is too long, or there are too many of it. What is beyond the limit is not read. */
     | 'LIMIT'
    /** It is not encoded canonically, so that another reader may find other values. */
     | 'AMBIGUOUS';
    /** `the certificate of signature 1` */
    readonly part: string;
    readonly reason: string;
    /** The hash of the entry's leaf, in hexadecimal. */
    readonly leafHash: string;
}
/** Returns the certificates of an entry: those of its signers, or the one that a certificate log has. */
export declare function certificatesOf(claims: EntryClaims): readonly CertificateClaims[];
/** The limits on the parts of an entry. */
export declare const entryLimits: {
    /** Bytes of a certificate. */
    readonly certificate: number;
    readonly extensions: 64;
    readonly names: 64;
    /** UTF-16 code units of a claim or name. */
    readonly text: 4096;
    /** Signatures of an envelope. */
    readonly signatures: 64;
    /** Bytes of the text of a key: a certificate in PEM takes a third more than in DER. */
    readonly key: number;
    readonly problems: 32;
};
