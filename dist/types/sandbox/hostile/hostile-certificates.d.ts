/** Certificates with hostile contents: what a CA with less care than Fulcio would issue, or anyone with a CA of their own. */
import { type CertificateAuthority } from '../fulcio/certificate-authority.ts';
export interface HostileCertificate {
    /** The fault, in words. */
    readonly name: string;
    /** DER. */
    readonly certificate: Uint8Array;
}
/** Returns the certificates, which the authority signs but no log has seen. They have at most 48 KiB, but the last one, of 1 MiB. */
export declare function hostileCertificates(authority: CertificateAuthority): readonly HostileCertificate[];
