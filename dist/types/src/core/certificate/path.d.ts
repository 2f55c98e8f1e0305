/** Certification paths (RFC 5280, section 6), from a leaf to the root of a pinned chain. */
import type { Certificate } from './certificate.ts';
/**
 * Builds a path from a leaf to the root of a pinned chain, and checks that each of its certificates was valid whenever the leaf was used.
 * Any certificate of the chain may have issued any other, as in Go's clients: the last one is the root, the others are intermediates.
 *
 * @param leaf an end-entity certificate
 * @param chain the pinned authority, the root last
 * @param times when the leaf was used; the path must have been valid at each of them
 * @param purpose the extended key usage that the leaf must have and the authorities must allow
 * @param supplied further intermediates, which nobody pinned: they count only if a path through them ends at the root
 * @returns the authorities of the path: the issuer of the leaf first, the root last
 * @throws CountersignError `CERTIFICATE_UNTRUSTED`, `CERTIFICATE_OUTSIDE_VALIDITY`, `CERTIFICATE_PURPOSE`
 */
export declare function verifyPath(leaf: Certificate, chain: readonly Certificate[], times: readonly Date[], purpose: string, supplied?: readonly Certificate[]): Promise<readonly [Certificate, ...Certificate[]]>;
/**
 * Reports whether an issuer's key signed a certificate. Nothing else is verified.
 *
 * @throws CountersignError for an algorithm that is not supported
 */
export declare function isSigned(certificate: Certificate, issuer: Certificate): Promise<boolean>;
/** Starts checking this signature early; {@link verifyPath} reports the result. */
export declare function anticipateSignature(certificate: Certificate, issuer: Certificate): void;
/** Reports whether the names and key identifiers of two certificates allow that one issued the other. Nothing is verified. */
export declare function mayHaveIssued(issuer: Certificate, certificate: Certificate): boolean;
