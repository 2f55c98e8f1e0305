/** The watch: rules over the entries that concern a policy, and the findings that are open. */

export type { WatchSeverity } from '../rules/index.ts';
export { type BackTestRange, backTest } from './back-test.ts';
export type { IssuanceCheck } from './entry-finder.ts';
export type { FactSource, GitHubFacts, ReceiptFacts } from './fact-source.ts';
export type { HistoryReader, LearningHistory } from './learning-history.ts';
export { listed } from './listed.ts';
export { type EntryMatcher, MatchConsumer, type MatchReceiver } from './match-consumer.ts';
export type { PackageObservation, PackageResult, PackageWatch } from './package-watch.ts';
export type {
  AcknowledgedFinding,
  FindingChange,
  PackageCoverage,
  SignatureCount,
  WatchFinding,
  WatchReport,
} from './report.ts';
export type { SearchMemory, ServiceMemory } from './search-memory.ts';
export type { StoredEntry } from './stored-entry.ts';
export { Watch, type WatchRequest, type WatchWorld } from './watch.ts';
export type { StateProblem, WatchFiles } from './watch-folder.ts';
