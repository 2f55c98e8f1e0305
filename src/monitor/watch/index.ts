/** The watch: rules over the entries that concern a policy, and the findings that are open. */

export type {
  AcknowledgedFinding,
  FindingChange,
  PackageCoverage,
  SignatureCount,
  WatchFinding,
  WatchReport,
  WatchSeverity,
} from './report.ts';
