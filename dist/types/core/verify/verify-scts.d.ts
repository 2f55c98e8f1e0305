/** Step 3: that certificate transparency logs saw the certificate (RFC 6962), so that its issue cannot be hidden. */
import { type Log, type TrustedRoot } from '../trust/index.ts';
import type { VerifiedCertificate } from './verify-certificate.ts';
export interface VerifiedSct {
    readonly log: Log;
    readonly timestamp: Date;
}
/**
 * Verifies the timestamps of the logs that the trusted root knows. Those of other logs neither help nor harm. Two of one log are an error,
 * once there are enough.
 *
 * @param needed how many distinct logs must have seen it
 * @throws CountersignError `SCT_INVALID`, `SCT_MISSING`
 */
export declare function verifySCTs({ certificate, issuer }: VerifiedCertificate, trust: TrustedRoot, needed: number): Promise<readonly VerifiedSct[]>;
/**
 * Checks that no log claims to have seen the certificate in the future.
 *
 * @param timestamps what {@link verifySCTs} returned
 * @throws CountersignError `SCT_INVALID`
 */
export declare function checkNotInFuture(timestamps: readonly VerifiedSct[], now: Date): void;
