/** The policy of a watch. */
export { type AcknowledgeableFinding, acknowledgementOf, expiredAcknowledgements, } from './acknowledgement.ts';
export { matchesGlob } from './glob.ts';
export { WatchList, type WatchListOptions, type WatchMatch } from './watch-list.ts';
export { type Acknowledgement, type ExpectedSignatures, type PolicyPlace, type ProtectedName, type RuleId, type RuleSetting, ruleIds, spelledRepository, type WatchedDigest, type WatchedIdentity, type WatchedKey, type WatchedOwner, type WatchedPackage, type WatchedRepository, type WatchedValue, type WatchPolicy, } from './watch-policy.ts';
