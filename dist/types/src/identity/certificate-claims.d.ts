/**
 * The claims that a certificate may show for a token. A name alone does not tell two jobs apart: every repository that calls one
 * reusable workflow has the same name in its certificates.
 */
import { type Certificate, type FulcioClaims, type OlderFulcioClaims } from '../core/certificate/index.ts';
/** The claims of a certificate, except who issued the token. */
export type CertificateClaims = Omit<FulcioClaims, 'issuer'> & OlderFulcioClaims;
/** The claims that a certificate may show for a token. Several values are alternatives, which depend on how Fulcio is configured. */
export type OwnClaims = {
    readonly [Claim in keyof CertificateClaims]: string | readonly string[];
};
/**
 * Demands that every claim that a certificate shows is the token's. An authority may leave claims out of its certificates.
 *
 * @param own the claims that the certificate may show
 * @throws CountersignError `CLAIM_MISMATCH`; `CERTIFICATE_INVALID`
 */
export declare function demandOwnClaims(certificate: Certificate, own: OwnClaims): void;
/**
 * Demands that a certificate was issued to this run, in this attempt or in an earlier one. The same as {@link demandOwnClaims}, except
 * that the number of the attempt may differ, and that the certificate must show which run it is of, if the token does.
 *
 * @throws CountersignError `CLAIM_MISMATCH`; `CERTIFICATE_INVALID`
 */
export declare function demandOwnRun(certificate: Certificate, own: OwnClaims): void;
/**
 * Demands that a certificate was issued to this repository: jobs of every repository that calls a reusable workflow have its identity.
 *
 * @throws CountersignError `CLAIM_MISMATCH`; `CERTIFICATE_INVALID`
 */
export declare function demandOwnRepository(certificate: Certificate, { sourceRepositoryUri }: OwnClaims): void;
/** Returns the claims that have a value. */
export declare function presentClaims(all: {
    readonly [Claim in keyof OwnClaims]: OwnClaims[Claim] | undefined;
}): OwnClaims;
