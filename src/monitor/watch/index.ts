/** The watch: rules over the entries that concern a policy, and the findings that are open. */

export type { WatchSeverity } from '../rules/index.ts';
export type { FactSource, GitHubFacts, ReceiptFacts } from './fact-source.ts';
export type { PackageObservation, PackageResult, PackageWatch } from './package-watch.ts';
export type {
  AcknowledgedFinding,
  FindingChange,
  PackageCoverage,
  SignatureCount,
  WatchFinding,
  WatchReport,
} from './report.ts';
