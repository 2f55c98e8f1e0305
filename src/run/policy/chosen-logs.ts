import { fail } from '../../core/errors/index.ts';
import type { Log, TrustedRoot } from '../../core/trust/index.ts';
import { logUrl } from '../../monitor/log/index.ts';
import type { TrustChoice } from './load-trust.ts';

/**
 * Returns a function that removes from a root all logs but those that were chosen by their URLs. Without URLs, all are chosen.
 *
 * @throws CountersignError `USAGE` for a log that is in none of the roots
 */
export function chosenLogs(
  urls: readonly string[],
  roots: readonly Pick<TrustChoice, 'trust'>[],
): (trust: TrustedRoot) => TrustedRoot {
  const known = roots
    .flatMap(({ trust }) => [...trust.transparencyLogs, ...trust.certificateTransparencyLogs])
    .map(({ baseUrl }) => logUrl(baseUrl));
  const chosen = new Set(urls.map(logUrl));
  const unknown = [...chosen].find((url) => !known.includes(url));
  if (unknown !== undefined)
    fail('USAGE', `the log ${JSON.stringify(unknown)} is not in the trusted root`, {
      remedy: `Use one of ${[...new Set(known)].join(', ')}, or a trusted root that names the log.`,
    });
  const isChosen = ({ baseUrl }: Log): boolean => chosen.size === 0 || chosen.has(logUrl(baseUrl));
  return (trust) => ({
    ...trust,
    transparencyLogs: trust.transparencyLogs.filter(isChosen),
    certificateTransparencyLogs: trust.certificateTransparencyLogs.filter(isChosen),
  });
}
