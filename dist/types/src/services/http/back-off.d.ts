/** Computes the delay before an attempt: exponential back-off with full jitter, and at least what `Retry-After` asks for. */
import type { RandomBytes } from '../../core/crypto/index.ts';
import type { HttpResponse } from './http.ts';
/**
 * Milliseconds between nothing and 1 s, 2 s, 4 s … at most 60 s, after so many attempts; evenly spread, so that the
 * clients that an outage threw out do not all come back at once.
 */
export declare function backOff(attempts: number, random: RandomBytes): number;
/** Milliseconds that an answer asks to be left alone (RFC 9110, section 10.2.3), at most 5 minutes; 0 if it does not. */
export declare function retryAfter({ headers }: Pick<HttpResponse, 'headers'>, now: Date): number;
