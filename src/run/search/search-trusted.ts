/** Searches the logs that trusted roots name. */

import { equalBytes } from '../../core/encoding/index.ts';
import { logsOf, openReader } from '../../monitor/readers/index.ts';
import type { SearchedLog, SearchReport } from '../../report/index.ts';
import { chosenLogs, type TrustChoice } from '../policy/index.ts';
import { concernsCertificates } from './query.ts';
import { type SearchRequest, type SearchWorld, searchLogs } from './search.ts';

export interface TrustedSearch extends Omit<SearchRequest, 'logs' | 'areChosen' | 'openReader'> {
  /** The URLs of the logs to search. All logs if there are none. */
  readonly logs: readonly string[];
}

/**
 * Searches the logs of trusted roots. A log that cannot be read is in the report.
 *
 * @throws CountersignError `USAGE` for a log that is in none of the roots
 */
export async function searchTrusted(
  { logs: urls, ...request }: TrustedSearch,
  roots: readonly TrustChoice[],
  world: SearchWorld,
): Promise<SearchReport> {
  const choose = chosenLogs(urls, roots);
  const areChosen = urls.length > 0;
  // Certificates have no digests. Without an index, certificate logs cannot be searched.
  const isRelevant = concernsCertificates(request.query) && (areChosen || request.state !== undefined);
  const { http } = world;
  const found = await Promise.all(
    roots.map(async (trust) => {
      const chosen = choose(trust.trust);
      const wanted = isRelevant ? chosen : { ...chosen, certificateTransparencyLogs: [] };
      return { trust, ...(await logsOf(wanted, { http })) };
    }),
  );
  const logs = found.flatMap(({ trust, logs: readable }) => readable.map((log) => ({ log, trust })));
  const openLog = (log: Parameters<typeof openReader>[0]) => openReader(log, { http });
  const report = await searchLogs({ ...request, logs, areChosen, openReader: openLog }, world);
  const unreadable = found.flatMap(({ trust, unreadable: some }) =>
    some.map(({ baseUrl, keyId, error }) => ({
      ...none,
      url: baseUrl,
      failures: [error],
      isOptional: !areChosen && isOfCertificates(trust, keyId),
    })),
  );
  const left = concernsCertificates(request.query) && !isRelevant ? certificateLogsOf(roots) : [];
  return { ...report, logs: [...report.logs, ...unreadable, ...left] };
}

const none = {
  protocol: undefined,
  origin: undefined,
  size: undefined,
  ranges: [],
  withProblems: 0,
  service: false,
  failures: [],
  missed: undefined,
  notSearched: undefined,
  isOptional: true,
} as const satisfies Omit<SearchedLog, 'url'>;

/** Returns the certificate logs, which are not searched. */
function certificateLogsOf(roots: readonly TrustChoice[]): readonly SearchedLog[] {
  const notSearched = 'no local index was specified';
  const logs = roots.flatMap(({ trust }) => trust.certificateTransparencyLogs);
  return logs.map(({ baseUrl }) => ({ ...none, url: baseUrl, notSearched }));
}

function isOfCertificates({ trust }: TrustChoice, keyId: Uint8Array): boolean {
  return trust.certificateTransparencyLogs.some((log) => equalBytes(log.keyId, keyId));
}
