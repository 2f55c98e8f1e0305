/** The system's clock, randomness, network and file system. */

import { randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import type { RetryNotice } from '../../services/http/index.ts';
import type { Network } from './network.ts';
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

/**
 * Returns the world as it is; dispose of it when the run is over. The HTTP client is loaded with the first request: most
 * verifications send none.
 */
export function systemWorld(options: SystemWorldOptions = {}): World & Disposable {
  const { cancellation = never } = options;
  const clock = (): Date => new Date();
  let network: Promise<Network> | undefined;
  return {
    clock,
    random: randomBytes,
    http: async (request) => {
      network ??= import('./network.ts').then(({ openNetwork }) => openNetwork({ ...options, cancellation, clock }));
      return (await network).http(request);
    },
    files,
    cancellation,
    [Symbol.dispose]: () => void network?.then((opened) => opened[Symbol.dispose]()),
  };
}
