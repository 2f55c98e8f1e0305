import type { LogEntry } from '../bundle/index.ts';
import type { TransparencyLog, TrustedRoot } from '../trust/index.ts';
/**
 * The log that an entry says it is in.
 *
 * @throws CountersignError `LOG_UNKNOWN`
 */
export declare function findLog({ logKeyId }: LogEntry, { transparencyLogs }: TrustedRoot): TransparencyLog;
