import { fail } from '../../core/errors/index.ts';
import type { Log } from '../../core/trust/index.ts';
import type { TrustChoice } from './load-trust.ts';

/** Returns the URL of a log without a slash at its end. */
function withoutSlash(url: string): string {
  return url.replace(/\/$/, '');
}

/**
 * Returns a function that reports whether a log was chosen by its URL. Without URLs, all are.
 *
 * @throws CountersignError `USAGE` for a log that is in none of the roots
 */
export function chosenLogs(
  urls: readonly string[],
  roots: readonly Pick<TrustChoice, 'trust'>[],
): (log: Log) => boolean {
  const known = roots
    .flatMap(({ trust }) => [...trust.transparencyLogs, ...trust.certificateTransparencyLogs])
    .map(({ baseUrl }) => withoutSlash(baseUrl));
  const chosen = new Set(urls.map(withoutSlash));
  const unknown = [...chosen].find((url) => !known.includes(url));
  if (unknown !== undefined)
    fail('USAGE', `the log ${JSON.stringify(unknown)} is not in the trusted root`, {
      remedy: `Use one of ${[...new Set(known)].join(', ')}, or a trusted root that names the log.`,
    });
  return ({ baseUrl }) => chosen.size === 0 || chosen.has(withoutSlash(baseUrl));
}
