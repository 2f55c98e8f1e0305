/** Readers of logs: each entry, proof and head that they return is verified. */
export { type CosignatureTime, splitOrigin, verifyHead } from './head.ts';
export { type FoundLogs, type LogsOptions, logsOf, type UnreadableLog } from './logs-of.ts';
export { openReader, type ReaderOptions, withinRate } from './open-reader.ts';
