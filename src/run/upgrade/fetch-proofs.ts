/** Fetches the inclusion proofs of log entries that have only a promise, from their logs of Rekor v1. */

import type { LogEntry } from '../../core/bundle/index.ts';
import { encodeHex, equalBytes } from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { leafHash } from '../../core/log/index.ts';
import type { TrustedRoot } from '../../core/trust/index.ts';
import type { Http } from '../../services/http/index.ts';
import { fetchAnswer } from '../search/index.ts';

/**
 * Returns log entries with inclusion proofs. A fetched proof is verified with the key of the log in the trusted root. Everything else in
 * the entries stays as it is.
 *
 * @throws CountersignError `LOG_UNKNOWN`, `LOG_ENTRY_MISMATCH`, those of {@link fetchAnswer}
 */
export async function withProofs(
  entries: readonly LogEntry[],
  trust: TrustedRoot,
  http: Http,
): Promise<readonly LogEntry[]> {
  return Promise.all(
    entries.map((entry) => (entry.inclusionProof === undefined ? withProof(entry, trust, http) : entry)),
  );
}

async function withProof(entry: LogEntry, { transparencyLogs }: TrustedRoot, http: Http): Promise<LogEntry> {
  const logs = transparencyLogs.filter(({ keyId }) => equalBytes(keyId, entry.logKeyId));
  const [log] = logs;
  // The verification before has found it.
  if (log === undefined) fail('LOG_UNKNOWN', 'the trusted root does not contain the transparency log of the entry');
  const leaf = encodeHex(leafHash(entry.canonicalizedBody));
  const { entry: answered } = await fetchAnswer(http, log.baseUrl, logs, leaf).catch((failure: unknown) =>
    failWithoutProof(failure, log.baseUrl),
  );
  if (answered.logIndex !== entry.logIndex || answered.integratedTime !== entry.integratedTime)
    fail(
      'LOG_ENTRY_MISMATCH',
      `the log ${log.baseUrl} returned the entry ${answered.logIndex} instead of ${entry.logIndex}`,
      {
        remedy: 'Sign the artifact again.',
      },
    );
  return { ...entry, inclusionProof: answered.inclusionProof };
}

/** Fails for a proof that cannot be fetched. */
function failWithoutProof(cause: unknown, url: string): never {
  if (!(cause instanceof CountersignError)) throw cause;
  const { code, message } = cause;
  const isNetwork = code === 'NETWORK_UNAVAILABLE' || code === 'SERVICE_UNAVAILABLE';
  fail(
    code,
    `the signature has a promise of the log ${url} but no inclusion proof, and the proof cannot be fetched: ${message}`,
    {
      cause,
      remedy: isNetwork
        ? 'Run again with a connection to the log.'
        : 'Check that the trusted root has the current URL of the log. If the log no longer serves its entries, sign the artifact again.',
    },
  );
}
