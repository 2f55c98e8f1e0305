import type { LogEntry } from '../bundle/index.ts';
import { equalBytes } from '../encoding/index.ts';
import { fail } from '../errors/index.ts';
import type { TransparencyLog, TrustedRoot } from '../trust/index.ts';

/**
 * Returns the log that an entry names.
 *
 * @throws CountersignError `LOG_UNKNOWN`
 */
export function findLog({ logKeyId }: LogEntry, { transparencyLogs }: TrustedRoot): TransparencyLog {
  const log = transparencyLogs.find(({ keyId }) => equalBytes(keyId, logKeyId));
  return log ?? fail('LOG_UNKNOWN', 'the transparency log of the entry is not in the trusted root');
}
