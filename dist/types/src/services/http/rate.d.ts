/** Limits how many requests are sent in a second. */
import type { Http } from './http.ts';
import type { Sleep } from './sleep.ts';
/**
 * Returns a client that begins at most this many requests a second. The others wait for their turn, and all wait if the service asks one
 * of them to (`Retry-After`).
 */
export declare function atMost(perSecond: number, http: Http, clock: () => Date, sleep: Sleep): Http;
