/**
 * Reads transparency logs: `import { openMonitor } from 'countersign/monitor'`. Each entry is proven to be in the tree that the log signed.
 * For Node.
 *
 * @module countersign/monitor
 */
export { CountersignError } from '../core/errors/index.ts';
export { type ErrorCode } from '../core/errors/codes.ts';
export { type FailureKind } from '../core/errors/codes.ts';
export { isCountersignError } from '../core/errors/index.ts';
export { readTrustedRoot } from '../core/trust/trusted-root.ts';
export { readTrustedRoots } from '../core/trust/trusted-root.ts';
export { type TrustedRoot } from '../core/trust/trusted-root.ts';
export { type CertificateClaims } from './entries/claims.ts';
export { type CertificateClaimTexts } from './entries/claims.ts';
export { type CertificateEntry } from './entries/claims.ts';
export { type CertificateName } from './entries/claims.ts';
export { type ClaimName } from './entries/claims.ts';
export { certificatesOf } from './entries/claims.ts';
export { type EntryClaims } from './entries/claims.ts';
export { type EntryDigest } from './entries/claims.ts';
export { type EntryProblem } from './entries/claims.ts';
export { type EntrySigner } from './entries/claims.ts';
export { entryLimits } from './entries/claims.ts';
export { readEntry } from './entries/read-entry.ts';
export { type SignatureEntry } from './entries/claims.ts';
export { type SignatureKind } from './entries/claims.ts';
export { type UnknownEntry } from './entries/claims.ts';
export { AlteredEntry } from './log/altered-entry.ts';
export { type LogProtocol } from './log/monitored-log.ts';
export { type MonitoredLog } from './log/monitored-log.ts';
export { type ServedBundle } from './log/altered-entry.ts';
export { type ServedEntry } from './log/altered-entry.ts';
export { type TreeHead } from './log/tree-head.ts';
export { LogEntries, type ProvenEntry, type Start } from './log-entries.ts';
export { type Monitor, type MonitorOptions, openMonitor } from './monitor.ts';
export type { Fork, Position } from './position.ts';
export type { FoundLogs } from './readers/logs-of.ts';
export type { UnreadableLog } from './readers/logs-of.ts';
