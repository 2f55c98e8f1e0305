/** Step 1: the time of the signature, stated by authorities and logs that do not depend on the signer. */
import type { Bundle } from '../../bundle/bundle.ts';
import type { Policy } from '../../policy/policy.ts';
import { type Authority } from '../../trust/trusted-root.ts';
import { type TransparencyLog } from '../../trust/trusted-root.ts';
import { type TrustedRoot } from '../../trust/trusted-root.ts';
import { type Checked } from '../criterion.ts';
/** A time at which the signature is proven to have existed, and the authority or log that proves it. */
export type VerifiedTime = {
    readonly time: Date;
    readonly kind: 'timestamp-authority';
    readonly source: Authority;
} | {
    readonly time: Date;
    readonly kind: 'log';
    readonly source: TransparencyLog;
};
/** Prepares the step. */
export declare function timesStep(bundle: Bundle, trust: TrustedRoot, { thresholds }: Policy, now: Date): () => Promise<Checked<readonly VerifiedTime[]>>;
