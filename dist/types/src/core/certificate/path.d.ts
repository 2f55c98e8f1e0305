/** Certification paths (RFC 5280, section 6), of the one shape that Sigstore has: a leaf under a pinned chain. */
import type { Certificate } from './certificate.ts';
/**
 * Checks that a leaf was issued by a pinned chain, and that each certificate of the path was valid whenever the leaf was used.
 *
 * @param leaf an end-entity certificate
 * @param chain the pinned authority, the issuer of the leaf first, the root last
 * @param times when the leaf was used; the path must have been valid at each of them
 * @param purpose the extended key usage that the leaf must have and the authorities must allow
 * @throws CountersignError `CERTIFICATE_UNTRUSTED`, `CERTIFICATE_OUTSIDE_VALIDITY`, `CERTIFICATE_PURPOSE`
 */
export declare function verifyPath(leaf: Certificate, chain: readonly Certificate[], times: readonly Date[], purpose: string): Promise<void>;
/** Starts checking this signature early; {@link verifyPath} reports the result. */
export declare function anticipateSignature(certificate: Certificate, issuer: Certificate): void;
