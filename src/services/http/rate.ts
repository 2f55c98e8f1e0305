/** Limits how many requests are sent in a second. */

import type { Http } from './http.ts';
import type { Sleep } from './sleep.ts';

/**
 * Returns a client that begins at most this many requests a second. The others wait for their turn, and all wait if the service asks one
 * of them to (`Retry-After`).
 */
export function atMost(perSecond: number, http: Http, clock: () => Date, sleep: Sleep): Http {
  let next = 0;
  const now = () => clock().getTime();
  return async (request) => {
    for (let wait = next - now(); wait > 0; wait = next - now()) await sleep(wait);
    next = now() + 1000 / perSecond;
    return http({
      ...request,
      onOutage: (askedToWait) => {
        next = Math.max(next, now() + askedToWait);
        request.onOutage?.(askedToWait);
      },
    });
  };
}
