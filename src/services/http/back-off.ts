/** Computes the delay before an attempt: exponential back-off with full jitter, and at least what `Retry-After` asks for. */

import type { RandomBytes } from '../../core/crypto/index.ts';
import { readUint } from '../../core/encoding/index.ts';
import type { HttpResponse } from './http.ts';

const base = 1000;
const cap = 60_000;
/** A service that asks for more does not get it: a wrong or hostile header must not hold a run up. */
const longestAsked = 300_000;

/**
 * Milliseconds between nothing and 1 s, 2 s, 4 s … at most 60 s, after so many attempts; evenly spread, so that the
 * clients that an outage threw out do not all come back at once.
 */
export function backOff(attempts: number, random: RandomBytes): number {
  const longest = Math.min(cap, base * 2 ** (attempts - 1));
  return Math.floor((Number(readUint(random(4))) / 2 ** 32) * longest);
}

const seconds = /^\d{1,9}$/;
/** IMF-fixdate, the one form that servers may send (RFC 9110, section 5.6.7). Date.parse alone reads `-5` as a year. */
const date = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** Milliseconds that an answer asks to be left alone (RFC 9110, section 10.2.3), at most 5 minutes; 0 if it does not. */
export function retryAfter({ headers }: Pick<HttpResponse, 'headers'>, now: Date): number {
  const header = headers['retry-after'];
  if (typeof header !== 'string') return 0;
  if (seconds.test(header)) return Math.min(longestAsked, Number(header) * 1000);
  const wait = date.test(header) ? Date.parse(header) - now.getTime() : 0;
  return Math.min(longestAsked, Math.max(0, wait || 0));
}
