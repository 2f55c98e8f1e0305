/** The rules of the watch. */

export type {
  CommitRelation,
  Fact,
  FactName,
  Facts,
  GitHubRepository,
  Receipts,
  StatedProvenance,
  WorkflowJob,
  WorkflowRun,
} from './facts.ts';
export { ruleFindingId } from './finding-id.ts';
export type { History, HistoryKind, RememberedValue } from './history.ts';
export { Learned } from './learned.ts';
export { lookAlikeFinder } from './look-alike-finder.ts';
export { isReceiptFile, ReceiptCollector } from './receipts.ts';
export type {
  EntryRule,
  Observation,
  OtherRule,
  ReadPeriod,
  Rule,
  RuleContext,
  Verdict,
} from './rule.ts';
export { entryRules, rules } from './rules.ts';
export { everything, nameScope, repositoryScope } from './scopes.ts';
export { raised, type WatchSeverity } from './severity.ts';
export {
  isGitHubJob,
  issuedSigners,
  type OwnRepository,
  ownSigners,
  type RepositoryAddress,
  type RunAddress,
  repositoryOf,
  runOf,
  signedAt,
  signerName,
} from './signer.ts';
export {
  type CertifiedSigner,
  type EntryPlace,
  type KeySigner,
  type WatchedAs,
  type WatchedEntry,
  type WatchedSigner,
  watchedEntry,
} from './watched-entry.ts';
