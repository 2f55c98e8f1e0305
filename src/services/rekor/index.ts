/** The transparency log: Rekor. */

export type { EnvelopeSubmission, MessageSubmission, Submission } from './submission.ts';
export { submitEntry } from './submit-entry.ts';
