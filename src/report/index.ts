/** Reports of a run, for people and for programs. */

export { annotationsFor } from './annotations.ts';
export { auditJson, evidenceJson } from './audit-json.ts';
export { auditExitCodes, evidenceExitCode } from './audit-report.ts';
export { auditText, evidenceText } from './audit-text.ts';
export { bundleClaims, claimedDigest } from './bundle-claims.ts';
export {
  type CompletedFile,
  type CompletionReport,
  completionJson,
  completionText,
  type IncompleteFile,
  incompleteCompletion,
} from './completion.ts';
export { countersignCommand, type PinnedSource, pinnedSource } from './countersign-command.ts';
export { deliveriesJson, deliveryLines } from './delivery-report.ts';
export { failureJson } from './failure-json.ts';
export type { AttachedTag, AttestationTree, ImageTree, ManifestTree, Referrer, UnreadPlace } from './image-tree.ts';
export { imageTreeJson } from './image-tree-json.ts';
export { imageTreeText } from './image-tree-text.ts';
export { type InspectedBundle, type Inspection, inspectionFailure } from './inspection.ts';
export { inspectionJson } from './inspection-json.ts';
export { inspectionText } from './inspection-text.ts';
export { lookAlikeJson, lookAlikeText } from './look-alike.ts';
export { outageWarnings } from './outage-warnings.ts';
export { imageLines, signingJson, subjectsJson } from './outputs.ts';
export { plainJson, plainLine, plainLines } from './plain-text.ts';
export {
  type PageData,
  type PageRoot,
  type PageTexts,
  type ReceiptContent,
  type ReceiptPage,
  readPageTexts,
  receiptPage,
  receiptTexts,
  verifierPage,
} from './receipt/index.ts';
export { type CheckedFile, receiptCommands } from './receipt-commands.ts';
export { retryText } from './retry-text.ts';
export { searchJson } from './search-json.ts';
export {
  type FoundEntry,
  type FoundSigner,
  type Issuance,
  isComplete,
  isSearched,
  type RecoveredBundle,
  type SearchedLog,
  type SearchReport,
  type StoredAttestation,
} from './search-report.ts';
export { searchText } from './search-text.ts';
export { pathArgument, shellQuoted } from './shell.ts';
export { shorten } from './shorten.ts';
export type {
  ReportedDelivery,
  ReportedDestination,
  ReportedFailure,
  ReportedSubject,
  SigningReport,
} from './signing-report.ts';
export { signingSummary } from './signing-summary.ts';
export { leftOutText, signingText, unsignedText } from './signing-text.ts';
export { type UpgradeOutcome, type UpgradeReport, upgradeFailure, upgradeJson, upgradeText } from './upgrade-report.ts';
export { verificationAnnotations } from './verification-annotations.ts';
export { verificationJson, verificationJsonText } from './verification-json.ts';
export { identities, imagesJson, resultsJson, verifiedImage } from './verification-outputs.ts';
export {
  type ArtifactOutcome,
  artifactOutcomes,
  isVerified,
  notExamined,
  type ReportedPair,
  resultsByPart,
  unreadBundle,
  type VerificationReport,
  type VerificationResult,
  worstOf,
} from './verification-report.ts';
export { verificationSummary } from './verification-summary.ts';
export { verificationText } from './verification-text.ts';
export { certifiedClaims, certifiedTitle, criterionTitle, statedClaims, statedTitle } from './verified-claims.ts';
export { type VerifyCommand, verifyCommands } from './verify-commands.ts';
export {
  changeHash,
  toldChanges,
  type WatchAnchor,
  watchAnchors,
  watchComment,
  watchIssue,
  watchMarker,
  watchTestIssue,
} from './watch-issue.ts';
export { watchJson } from './watch-json.ts';
export { lastSuccess, watchMetrics } from './watch-metrics.ts';
export { type OcsfEvent, watchOcsfChange, watchOcsfEvents, watchOcsfLines } from './watch-ocsf.ts';
export { watchPage } from './watch-page/index.ts';
export {
  changeKey,
  incompleteReasons as watchIncompleteReasons,
  isAlert,
  isComplete as isWatchComplete,
  type WatchOutcome,
  watchExitCodes,
  watchOutcome,
} from './watch-report.ts';
export { watchSarif } from './watch-sarif.ts';
export { watchSummary } from './watch-summary.ts';
export { watchText } from './watch-text.ts';
