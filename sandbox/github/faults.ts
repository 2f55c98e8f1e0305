/** Faults of the API. The primary rate limit is a setting of the service. */

import { type Fault, fault } from '../http/index.ts';
import type { ReleaseStore } from './releases.ts';

/**
 * Refuses because of too many requests in a short time.
 *
 * @param retryAfter the seconds to wait, as a header; GitHub does not always state them
 */
export function secondaryRateLimit(retryAfter?: number, status: 403 | 429 = 403): Fault {
  const body = JSON.stringify({
    message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    documentation_url: 'https://docs.github.com/rest',
    status: String(status),
  });
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return fault.status(status, { headers: { 'x-ratelimit-remaining': '900', ...headers }, body });
}

/** Interrupts an upload of an asset, which leaves one in the state `starter`. */
export function interruptedUpload(releases: ReleaseStore, then: Fault = fault.status(502)): Fault {
  return async (exchange) => {
    releases.interruptUpload(exchange.url);
    await then(exchange);
  };
}
