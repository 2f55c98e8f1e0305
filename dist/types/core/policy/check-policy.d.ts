/**
 * That a policy is one. Its types say so already, but not every caller has types: an option that nobody reads is one that nobody
 * enforces (CVE-2026-48815), and every number is more than no number.
 */
import type { Policy } from './policy.ts';
/** @throws CountersignError `POLICY_INVALID` */
export declare function checkPolicy(policy: Policy): void;
