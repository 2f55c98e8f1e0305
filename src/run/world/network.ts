import { randomBytes } from 'node:crypto';
import { type Http, openHttp, sleep, withRetries } from '../../services/http/index.ts';
import type { SystemWorldOptions } from './world.ts';

export interface Network extends Disposable {
  readonly http: Http;
}

/** Opens an HTTP client that retries, within the budget, if a service is down. */
export function openNetwork({
  cancellation,
  clock,
  retryBudgetMilliseconds: budget = 0,
  onRetry,
}: SystemWorldOptions & { readonly cancellation: AbortSignal; readonly clock: () => Date }): Network {
  const connections = openHttp('countersign', cancellation);
  const options = { budget, clock, random: randomBytes, sleep, cancellation };
  return {
    http: withRetries(connections.send, { ...options, ...(onRetry !== undefined && { onRetry }) }),
    [Symbol.dispose]: () => connections[Symbol.dispose](),
  };
}
