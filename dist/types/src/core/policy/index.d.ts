/** Policies: the signers, content and proof that a verifier accepts. */
export { checkPolicy } from './check-policy.ts';
export { type PredicateCheck, type PredicateExpectation, predicateChecks } from './contents/index.ts';
export { demandMembers, type Members } from './demand.ts';
export { describeExpectation, type Expectation, exactly, matching, meets, pathWithin } from './expectation.ts';
export { type Expected, leavesOpen } from './open-pattern.ts';
export { acceptsNoIssuer, type ClaimExpectation, type ContentPolicy, defaultThresholds, exactIdentity, managedKey, type Policy, type PolicyOptions, policyFor, type ReleaseExpectation, type SignerPolicy, type Thresholds, type WitnessPolicy, } from './policy.ts';
export { type RepositoryOptions, repository } from './repository.ts';
export { meetsAddress, meetsInAnyForm } from './workflow-address.ts';
