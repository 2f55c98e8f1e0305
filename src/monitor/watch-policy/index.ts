/** The policy of a watch. */

export type {
  Acknowledgement,
  ExpectedSignatures,
  PolicyPlace,
  ProtectedName,
  RuleId,
  RuleSetting,
  WatchedDigest,
  WatchedIdentity,
  WatchedOwner,
  WatchedPackage,
  WatchedRepository,
  WatchedValue,
  WatchPolicy,
} from './watch-policy.ts';
