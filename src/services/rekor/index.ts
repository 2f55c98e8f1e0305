/** The transparency log: Rekor. */

export { addHashedRekord } from './rekor-v2.ts';
export type { EnvelopeSubmission, MessageSubmission, Submission } from './submission.ts';
export { submitEntry } from './submit-entry.ts';
