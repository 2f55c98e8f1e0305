/** The world as it is: the system's clock, randomness, network and file system. */

import { randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import { openHttp, type RetryNotice, sleep, withRetries } from '../services/http/index.ts';
import type { World } from './world.ts';

export interface SystemWorldOptions {
  /** Aborts what is waiting, for an answer or to ask again. */
  readonly cancellation?: AbortSignal;
  /** How long the run may wait for services that are down, all in all. */
  readonly retryBudgetMilliseconds?: number;
  /** Told whenever a service is about to be asked again. */
  readonly onRetry?: (notice: RetryNotice) => void;
}

const never = new AbortController().signal;

/** Opens the network; dispose of it when the run is over. */
export function systemWorld(options: SystemWorldOptions = {}): World & Disposable {
  const { cancellation = never, retryBudgetMilliseconds: budget = 0, onRetry } = options;
  const connections = openHttp('countersign', cancellation);
  const clock = (): Date => new Date();
  return {
    clock,
    random: randomBytes,
    http: withRetries(connections.send, {
      budget,
      clock,
      random: randomBytes,
      sleep,
      cancellation,
      ...(onRetry !== undefined && { onRetry }),
    }),
    files,
    cancellation,
    [Symbol.dispose]: () => connections[Symbol.dispose](),
  };
}
