/** Logs as the monitor sees them: which there are, the states that they sign, and how they are read. */
export { AlteredEntry, type ServedBundle, type ServedEntry } from './altered-entry.ts';
export type { EntryConsumer } from './entry-consumer.ts';
export type { Comparison, EntryBatch, LogReader } from './log-reader.ts';
export { isCertificateLog, type LogProtocol, logUrl, type MonitoredLog } from './monitored-log.ts';
export type { TreeHead, TreeState } from './tree-head.ts';
