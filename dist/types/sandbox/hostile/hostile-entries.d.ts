/** Entries with hostile contents. A log accepts some of them from anyone; others need a log that is broken or dishonest. */
import type { CertificateAuthority } from '../fulcio/certificate-authority.ts';
export interface HostileEntry {
    /** The fault, in words. */
    readonly name: string;
    /** The bytes of the leaf. */
    readonly body: Uint8Array;
}
/** Returns entries of Rekor v2, each of at most 65,535 bytes. */
export declare function hostileEntries(authority: CertificateAuthority): readonly HostileEntry[];
/** Returns entries of Rekor v1, one of which has a certificate of 1 MiB. */
export declare function hostileEntriesV1(authority: CertificateAuthority): readonly HostileEntry[];
