/** The transparency log: Rekor. */

export { type EntryV1, type LogClientV1, logClientV1, maxRetrieved, type ShardV1 } from './log-v1.ts';
export type { EnvelopeSubmission, MessageSubmission, Submission } from './submission.ts';
export { submitEntry } from './submit-entry.ts';
