/** Summaries of verifications: statements of what was verified, for those who trust the verifier. */

export { readSummaryOptions, type SummaryOptions, type SummaryPlan, withoutSummaryOptions } from './read-options.ts';
export { demandOtherPaths, type Verification, type WrittenSummary, writeSummaries } from './write-summaries.ts';
