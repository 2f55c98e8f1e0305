/** Step 1: when the signature was made, by authorities and logs that do not depend on the signer. */
import type { Bundle } from '../bundle/index.ts';
import { type Authority, type TransparencyLog, type TrustedRoot } from '../trust/index.ts';
/** A time at which the signature is proven to have existed, and who proves it. */
export type VerifiedTime = {
    readonly time: Date;
    readonly kind: 'timestamp-authority';
    readonly source: Authority;
} | {
    readonly time: Date;
    readonly kind: 'log';
    readonly source: TransparencyLog;
};
/**
 * Verifies every timestamp and every signed entry timestamp of a bundle; one that does not verify is an error, even if
 * others do. One that repeats another is an error as well, once there are enough.
 *
 * @param needed how many distinct authorities or logs must have said when
 */
export declare function establishTimes(bundle: Bundle, trust: TrustedRoot, needed: number, now: Date): Promise<readonly VerifiedTime[]>;
