/** Audits logs: compares what they show with what they showed before and to others, and proves each entry. */

export { audit } from './audit.ts';
export { appliesTo, cosignatureTimes } from './quorum.ts';
export { rangeAtSize } from './range-at-size.ts';
export {
  type AuditReport,
  bySeverity,
  type Coverage,
  type LogReport,
  type Outcome,
  outcomeOf,
  type ReportedFinding,
} from './report.ts';
export type {
  AuditProgress,
  AuditRequest,
  AuditWorld,
  Budget,
  CountingConsumer,
  PromiseView,
  UnreadableLog,
  View,
} from './request.ts';
