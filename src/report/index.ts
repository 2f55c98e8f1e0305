/** What people and machines are told of a run. */

export { type Annotation, annotationsFor } from './annotations.ts';
export { subjectsJson } from './outputs.ts';
export { plainLine, plainLines } from './plain-text.ts';
export { receiptText } from './receipt.ts';
export type { ReportedFailure, ReportedSubject, SigningReport, Validity } from './signing-report.ts';
export { signingSummary } from './signing-summary.ts';
export { type VerifyCommand, type VerifyCommands, verifyCommands } from './verify-commands.ts';
