/** Step 4: that the certificate names the signer whom the policy expects. */
import { type Certificate, type FulcioClaims, type SubjectAlternativeName } from '../certificate/index.ts';
import { type ClaimExpectation, type SignerPolicy } from '../policy/index.ts';
export interface VerifiedIdentity {
    readonly subjectAlternativeName: string;
    readonly issuer: string;
    /** What the certificate authority vouches for. */
    readonly claims: FulcioClaims;
}
/** What a certificate says of its owner, before it is known whether that is whom a policy expects. */
export interface ClaimedIdentity extends VerifiedIdentity {
    /** Of which kind the name is. The same text may be somebody else's as a name of another kind. */
    readonly nameKind: NameKind;
}
/** An address (URI), an e-mail address, or a name of a user under a domain (`name!domain`). */
type NameKind = Exclude<SubjectAlternativeName['kind'], 'unknown'>;
/** The policy for signers with a certificate. */
export type IdentityPolicy = Extract<SignerPolicy, {
    kind: 'identity';
}>;
/**
 * What the certificate says of its owner, whatever a policy expects.
 *
 * @throws CountersignError `CERTIFICATE_INVALID` unless it names exactly one identity, and who issued it
 */
export declare function readIdentity(certificate: Certificate): ClaimedIdentity;
/** @throws CountersignError `ISSUER_MISMATCH` */
export declare function matchIssuer({ issuer }: VerifiedIdentity, { issuer: expected }: IdentityPolicy): void;
/** @throws CountersignError `IDENTITY_MISMATCH` */
export declare function matchName({ subjectAlternativeName, nameKind }: ClaimedIdentity, { identity: expected }: IdentityPolicy): void;
/** @throws CountersignError `CLAIM_MISMATCH`; also where the certificate does not make the claim at all */
export declare function matchClaim({ claims }: VerifiedIdentity, expectation: ClaimExpectation): void;
/** Issuer, name and claims, in this order. */
export declare function matchIdentity(certificate: Certificate, policy: IdentityPolicy): VerifiedIdentity;
/** For people: `a or b, not c`. */
export declare function describeClaim({ expected, refused }: ClaimExpectation): string;
export {};
