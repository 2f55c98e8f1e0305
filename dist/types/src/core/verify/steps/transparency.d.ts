/** Step 3: certificate transparency logs that saw the certificate (RFC 6962), so that its issue cannot be hidden. */
import type { Policy } from '../../policy/policy.ts';
import { type Log } from '../../trust/trusted-root.ts';
import { type TrustedRoot } from '../../trust/trusted-root.ts';
import { type Checked } from '../criterion.ts';
import type { ClaimedSigner, VerifiedCertificate, VerifiedKeyHolder } from './certificate.ts';
export interface VerifiedSct {
    readonly log: Log;
    readonly timestamp: Date;
}
/** Prepares the step, and starts the signatures of the logs. A long-lived key has no certificate that they could have seen. */
export declare function transparencyStep(trust: TrustedRoot, { signer: { kind }, thresholds }: Policy, now: Date, claimed: ClaimedSigner | undefined): (signer: VerifiedKeyHolder | undefined) => Promise<Checked<readonly VerifiedSct[]>>;
/**
 * Verifies the timestamps of the logs that the trusted root knows. Those of other logs neither help nor harm. Two of one log are an error,
 * once there are enough.
 *
 * @param needed the number of distinct logs that must have seen the certificate
 * @throws CountersignError `SCT_INVALID`, `SCT_MISSING`
 */
export declare function verifySCTs({ certificate, issuer }: Pick<VerifiedCertificate, 'certificate' | 'issuer'>, trust: TrustedRoot, needed: number): Promise<readonly VerifiedSct[]>;
/**
 * Checks that no log claims to have seen the certificate in the future.
 *
 * @param timestamps what {@link verifySCTs} returned
 * @throws CountersignError `SCT_INVALID`
 */
export declare function checkNotInFuture(timestamps: readonly VerifiedSct[], now: Date): void;
