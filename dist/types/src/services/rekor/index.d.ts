/** The transparency log: Rekor. */
export { LogEntryDuplicate } from './duplicate.ts';
export { fetchEntryV1 } from './fetch-entry-v1.ts';
export { type EntryV1, type LogClientV1, logClientV1, maxRetrieved, type ShardV1 } from './log-v1.ts';
export { type IndexQueryV1, maxNameLength, searchIndexV1 } from './search-v1.ts';
export type { EnvelopeSubmission, MessageSubmission, Submission } from './submission.ts';
export { submitEntry } from './submit-entry.ts';
