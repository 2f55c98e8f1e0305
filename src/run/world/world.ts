/** Everything outside of the program that a run depends on, in one parameter. */

import { randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import type { RandomBytes } from '../../core/crypto/index.ts';
import type { DemandAccepted } from '../../gate/index.ts';
import type { Http, RetryNotice } from '../../services/http/index.ts';
import type { Network } from './network.ts';

export interface World {
  readonly clock: () => Date;
  readonly random: RandomBytes;
  readonly http: Http;
  readonly files: typeof files;
  /** Checks each file that an input or a policy names and that decides; absent where nobody can propose one. */
  readonly demandAccepted?: DemandAccepted;
  /** Aborted when the run is cancelled. */
  readonly cancellation: AbortSignal;
}

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
