/**
 * Validates a policy at run time, since not every caller has types. Unknown keys are refused, since nothing would enforce them
 * (CVE-2026-48815); so is NaN, which passes every comparison.
 */
import type { Policy } from './policy.ts';
/**
 * Validates a policy. Of the expectations of predicates, {@link predicateChecks} validates the rest; that of a release is
 * validated where it is used.
 *
 * @throws CountersignError `POLICY_INVALID`
 */
export declare function checkPolicy(policy: Policy): void;
