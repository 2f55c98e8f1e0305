/** Step 4: the identity in the certificate, which must be the one that the policy expects. */
import { type Certificate } from '../../certificate/certificate.ts';
import { type FulcioClaims } from '../../certificate/fulcio-extensions.ts';
import { type SubjectAlternativeName } from '../../certificate/subject-alternative-name.ts';
import type { PublicKey } from '../../crypto/public-key.ts';
import { type ClaimExpectation } from '../../policy/policy.ts';
import { type Policy } from '../../policy/policy.ts';
import { type SignerPolicy } from '../../policy/policy.ts';
import { type Checked } from '../criterion.ts';
import type { VerifiedKeyHolder } from './certificate.ts';
export interface VerifiedIdentity {
    readonly subjectAlternativeName: string;
    /** `undefined` in certificates of private PKIs, which policies accept only with an exact name and any issuer. */
    readonly issuer: string | undefined;
    /** The claims that the certificate authority certifies. */
    readonly claims: FulcioClaims;
}
/** The verified identity in a certificate, or the expected key. */
export type VerifiedSigner = {
    readonly kind: 'identity';
    readonly identity: VerifiedIdentity;
    /** The window in which the certificate was valid. */
    readonly certificateValidity: {
        readonly notBefore: Date;
        readonly notAfter: Date;
    };
} | {
    readonly kind: 'key';
    readonly publicKey: PublicKey;
};
/** The identity in a certificate, before it is compared with the policy. */
export interface ClaimedIdentity extends VerifiedIdentity {
    /** The kind of the name. The same text as a name of another kind may be somebody else's. */
    readonly nameKind: NameKind;
}
/** An address (URI), an e-mail address, or a name of a user under a domain (`name!domain`). */
type NameKind = Exclude<SubjectAlternativeName['kind'], 'unknown'>;
/** The policy for signers with a certificate. */
export type IdentityPolicy = Extract<SignerPolicy, {
    kind: 'identity';
}>;
/** Prepares the step. The identity of a long-lived key is the key itself. */
export declare function identityStep({ signer: policy, }: Policy): (signer: VerifiedKeyHolder | undefined) => Promise<Checked<VerifiedSigner>>;
/**
 * Reads the identity in a certificate, whatever a policy expects.
 *
 * @throws CountersignError `CERTIFICATE_INVALID` unless it names exactly one identity
 */
export declare function readIdentity(certificate: Certificate): ClaimedIdentity;
/** Compares the issuer. @throws CountersignError `ISSUER_MISMATCH`; `CERTIFICATE_INVALID` for a certificate that has to name one */
export declare function matchIssuer({ issuer, claims }: VerifiedIdentity, policy: IdentityPolicy): void;
/** Compares the name. @throws CountersignError `IDENTITY_MISMATCH` */
export declare function matchName({ subjectAlternativeName, nameKind }: ClaimedIdentity, { identity: expected }: IdentityPolicy): void;
/** Compares a claim. @throws CountersignError `CLAIM_MISMATCH`, also if the certificate does not make the claim */
export declare function matchClaim({ claims }: VerifiedIdentity, expectation: ClaimExpectation): void;
/**
 * Compares the identity in a certificate with a policy: its issuer, name and claims, in this order.
 *
 * @throws CountersignError `CERTIFICATE_INVALID`, `ISSUER_MISMATCH`, `IDENTITY_MISMATCH`, `CLAIM_MISMATCH`
 */
export declare function matchIdentity(certificate: Certificate, policy: IdentityPolicy): VerifiedIdentity;
/** Returns a text for people: `a or b, not c`. */
export declare function describeClaim({ expected, refused }: ClaimExpectation): string;
export {};
