import { randomBytes } from 'node:crypto';
import { type Http, OutageClock, openHttp, type RetryNotice, sleep, withRetries } from '../../services/http/index.ts';

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
export function openNetwork(
  { cancellation, retryBudgetMilliseconds: budget = 0, onRetry }: NetworkOptions,
  clock: () => Date,
): Network {
  const connections = openHttp('countersign', cancellation);
  const options = {
    ...{ budget, clock, random: randomBytes, sleep, cancellation, outages: new OutageClock(clock) },
    ...(onRetry !== undefined && { onRetry: withoutRepeats(onRetry, clock) }),
  };
  const retrying = (http: Http): Http => withRetries(http, options);
  return {
    http: retrying(connections.send),
    retrying,
    [Symbol.dispose]: () => connections[Symbol.dispose](),
  };
}

/** In milliseconds. */
const repeatWindow = 60_000;

/** Leaves out the notices of requests that wait for the same service as another one, at the same attempt, within a minute. */
export function withoutRepeats(
  onRetry: (notice: RetryNotice) => void,
  clock: () => Date,
): (notice: RetryNotice) => void {
  const last = new Map<string, { readonly attempt: number; readonly time: number }>();
  return (notice) => {
    const time = clock().getTime();
    const service = `${notice.service} ${notice.origin}`;
    const earlier = last.get(service);
    if (earlier !== undefined && notice.attempt <= earlier.attempt && time - earlier.time < repeatWindow) return;
    last.set(service, { attempt: notice.attempt, time });
    onRetry(notice);
  };
}
