/** A certificate authority like Fulcio's: a root, an intermediate, and leaf certificates for ten minutes. */
import { type CertificateLog } from '../certificate-log/certificate-log.ts';
import { type Precertificate } from '../certificate-log/certificate-log.ts';
import { type AuthorityOptions } from '../pki/certified-key.ts';
import { type CertificateProfile } from '../pki/certificate.ts';
import { type CertifiedKey } from '../pki/certified-key.ts';
import { type Extension } from '../pki/extension.ts';
import { type ProfileOverrides } from '../pki/certificate.ts';
export interface CertificateAuthorityOptions extends AuthorityOptions {
    readonly log: CertificateLog;
    /** Changes to the certificate of the intermediate. */
    readonly intermediate?: ProfileOverrides;
}
/** The contents of a leaf certificate. */
export interface LeafProfile extends CertificateProfile {
    /** Returns the SCTs; by default, one of the authority's log. Without any, the extension is left out. */
    readonly signedCertificateTimestamps: (precertificate: Precertificate) => readonly Uint8Array[];
    /** Extensions after the SCTs, which no log has seen. */
    readonly trailingExtensions: readonly Extension[];
}
/** The public key and the identity of a leaf, and changes to its defaults. An extension given as `undefined` is left out. */
export type LeafRequest = Partial<LeafProfile> & Pick<LeafProfile, 'publicKey' | 'subjectAlternativeNames' | 'additionalExtensions'>;
/**
 * @example
 * const authority = new CertificateAuthority({ sources, log: new CertificateLog(sources.clock) });
 * const valid = authority.issue({ publicKey, ...jobIdentity(claims) });
 * const invalid = authority.issue({ publicKey, ...jobIdentity(claims), extendedKeyUsage: undefined });
 */
export declare class CertificateAuthority {
    #private;
    readonly root: CertifiedKey;
    readonly intermediate: CertifiedKey;
    readonly log: CertificateLog;
    constructor(options: CertificateAuthorityOptions);
    /** The certificates of the authority, DER, in the order of a trusted root: the root last. */
    get chain(): readonly Uint8Array[];
    /** Issues a leaf certificate, DER, with SCTs over its precertificate (RFC 6962, section 3.2). */
    issue(request: LeafRequest): Uint8Array;
}
