/** Step 4: that the certificate names the signer whom the policy expects. */
import { type Certificate, type FulcioClaims } from '../certificate/index.ts';
import type { Policy } from '../policy/index.ts';
export interface VerifiedIdentity {
    readonly subjectAlternativeName: string;
    readonly issuer: string;
    /** What the certificate authority vouches for. */
    readonly claims: FulcioClaims;
}
export declare function matchIdentity(certificate: Certificate, policy: Policy): VerifiedIdentity;
