/** Sends again what a service could not answer, within one budget of outage that the whole run shares. */
import type { RandomBytes } from '../../core/crypto/index.ts';
import type { Http } from './http.ts';
import { OutageClock } from './outage-clock.ts';
import type { Sleep } from './sleep.ts';
export interface RetryOptions {
    /** Milliseconds that the run may spend in outage, all services and requests together; 0: nothing is sent again. */
    readonly budget: number;
    readonly clock: () => Date;
    readonly random: RandomBytes;
    readonly sleep: Sleep;
    /** Ends every wait at once. */
    readonly cancellation?: AbortSignal;
    /** Counts the time in outage. Shared between several clients, they share the budget. */
    readonly outages?: OutageClock;
    /** Told before each wait, for the log. */
    readonly onRetry?: (notice: RetryNotice) => void;
}
/** The announcement that a request will be sent again. Contains no secret. */
export interface RetryNotice {
    /** The name of the service: "the certificate authority". */
    readonly service: string;
    readonly origin: string;
    /** The number of attempts so far. */
    readonly attempt: number;
    /** Milliseconds until it is asked again. */
    readonly wait: number;
    /** The response, or why there was none. */
    readonly reason: string;
}
/**
 * Retries network failures, deadlines and statuses 408, 425, 429, 500, 502, 503 and 504. Make one for a run: what it
 * returns shares one budget.
 *
 * The answer it resolves with has none of these statuses. It fails with `SERVICE_UNAVAILABLE` once another attempt
 * would exceed the budget or come too late for the request, and with `CANCELLED`. If the service is down and the budget is used up, the
 * error is a {@link ServiceOutage}.
 */
export declare function withRetries(http: Http, options: RetryOptions): Http;
/** The same way to the network for requests whose answers are of use only until then. */
export declare function usefulUntil(http: Http, end: Date): Http;
