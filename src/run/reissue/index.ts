/** Re-issue: verifies old signatures, signs the same digests anew, and puts the new bundles where the old ones were. */

export { type ExamineOld, type OldPolicy, openExamination } from './examine-old.ts';
export type { BadEntry, BundlePlace, OldBundle, OldSignature, Source } from './old-signature.ts';
export type { Converted, Outcome, OutcomeKind, Upgrade } from './outcome.ts';
export {
  type ReissueMode,
  type ReissuePlan,
  type ReissueReport,
  type ReissueRequest,
  reissueDryRun,
  reissueRun,
} from './reissue-run.ts';
export { folderSource } from './sources/folder-source.ts';
export { imageSource } from './sources/image-source.ts';
export { listSource } from './sources/list-source.ts';
export { manifestSource } from './sources/manifest-source.ts';
export { type ReleaseSourceRequest, releaseSource } from './sources/release-source.ts';
export {
  type TrustChange,
  type TrustChangeReport,
  type TrustChangeRequest,
  type TrustOutcome,
  trustChange,
} from './trust-change.ts';
export { upgradeOld } from './upgrade-old.ts';
export type { Compromised } from './without.ts';
