/**
 * Reads transparency logs: `import { openMonitor } from 'countersign/monitor'`. Each entry is proven to be in the tree that the log signed.
 * For Node.
 *
 * @module countersign/monitor
 */
export { CountersignError, type ErrorCode, type FailureKind, isCountersignError } from '../core/errors/index.ts';
export { readTrustedRoot, readTrustedRoots, type TrustedRoot } from '../core/trust/index.ts';
export { type CertificateClaims, type CertificateClaimTexts, type CertificateEntry, type CertificateName, type ClaimName, certificatesOf, type EntryClaims, type EntryDigest, type EntryProblem, type EntrySigner, entryLimits, readEntry, type SignatureEntry, type SignatureKind, type UnknownEntry, } from './entries/index.ts';
export { AlteredEntry, type LogProtocol, type MonitoredLog, type ServedBundle, type ServedEntry, type TreeHead, } from './log/index.ts';
export { LogEntries, type ProvenEntry, type Start } from './log-entries.ts';
export { type Monitor, type MonitorOptions, openMonitor } from './monitor.ts';
export type { Fork, Position } from './position.ts';
export type { FoundLogs, UnreadableLog } from './readers/index.ts';
