/** The policy of a verification, and the roots that it trusts. */

export { loadPolicy, policyUnder, type VerifyPolicy } from './load-policy.ts';
export { loadTrust, type TrustChoice, type VerifyTrust } from './load-trust.ts';
export { optionName, type PolicyOption, type PolicyRequest, policyOptions } from './request.ts';
