import type { MonitoredLog } from '../../monitor/log/index.ts';
import { logUrl } from '../../monitor/log/index.ts';
import type { TrustChoice } from '../policy/index.ts';

/**
 * Returns the function that reports whether a log is too large to be read whole by a scheduled run. That holds for Rekor v1 and the certificate
 * logs of the public-good instance: Rekor v1 grows by more entries an hour than its service lets a client fetch, and an hour of the
 * certificate log is gigabytes. A user who names such a log reads it anyway.
 */
export function tooLargeUnder(
  roots: readonly Pick<TrustChoice, 'instance' | 'trust'>[],
): (log: Pick<MonitoredLog, 'baseUrl' | 'protocol'>) => boolean {
  const urls = new Set(
    roots.flatMap(({ instance, trust: { transparencyLogs, certificateTransparencyLogs } }) =>
      instance === 'public-good'
        ? [...transparencyLogs, ...certificateTransparencyLogs].map(({ baseUrl }) => logUrl(baseUrl))
        : [],
    ),
  );
  return ({ baseUrl, protocol }) => protocol !== 'rekor-v2' && urls.has(baseUrl);
}
