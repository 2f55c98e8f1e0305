/** Rekor v1: the log with promises and shards, and its service. */

export { type ProposedEntry, readProposedEntry } from './proposed-entry.ts';
export { type LogEntryV1, RekorV1Service } from './rekor-v1-service.ts';
export {
  type AnonymousEntry,
  type AnswerOverrides,
  type Shard,
  ShardedLog,
  type ShardedLogOptions,
} from './sharded-log.ts';
