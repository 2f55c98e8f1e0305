/** Rekor v1: the log with promises and shards, and its service. */
export { type LogEntryV1, RekorV1Service } from './rekor-v1-service.ts';
export { type AnonymousEntry, type AnswerOverrides, ShardedLog } from './sharded-log.ts';
