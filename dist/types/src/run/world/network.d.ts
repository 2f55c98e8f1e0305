import { type Http, type RetryNotice } from '../../services/http/index.ts';
export interface NetworkOptions {
    /** Aborts requests, and waiting before further attempts. */
    readonly cancellation: AbortSignal;
    /** The total time that the run may wait for services that are down. By default, it does not wait. */
    readonly retryBudgetMilliseconds?: number;
    /** Called before each further attempt of a request. */
    readonly onRetry?: (notice: RetryNotice) => void;
}
export interface Network extends Disposable {
    readonly http: Http;
    /** Returns a client that sends again within the same budget. */
    readonly retrying: (http: Http) => Http;
}
/** Opens an HTTP client that retries, within the budget, if a service is down. */
export declare function openNetwork({ cancellation, retryBudgetMilliseconds: budget, onRetry }: NetworkOptions, clock: () => Date): Network;
/** Leaves out the notices of requests that wait for the same service as another one, at the same attempt, within a minute. */
export declare function withoutRepeats(onRetry: (notice: RetryNotice) => void, clock: () => Date): (notice: RetryNotice) => void;
