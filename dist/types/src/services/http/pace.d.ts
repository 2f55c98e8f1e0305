/** Adapts the number of things that are done at once to what the services accept. */
import type { Http } from './http.ts';
/**
 * Doubles the limit after each round without a complaint, and halves it when a service is down or busy (429 or 5xx). While a request waits
 * because of `Retry-After`, nothing new begins.
 */
export declare class Pace {
    #private;
    /** @param ceiling the highest limit */
    constructor(ceiling: number);
    /** The number of things that may be under way now; 0 if nothing may begin. */
    readonly limit: () => number;
    /** Returns a client whose requests report complaints. */
    watch(http: Http): Http;
    /** Does one of the things that are counted. */
    take<Result>(work: () => Promise<Result>): Promise<Result>;
}
