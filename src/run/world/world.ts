/** The parts of the system that a run depends on, in one parameter. */

import { randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import type { RandomBytes } from '../../core/crypto/index.ts';
import type { DemandAccepted } from '../../gate/index.ts';
import type { Http } from '../../services/http/index.ts';
import type { Network, NetworkOptions } from './network.ts';

export interface WorldOptions extends NetworkOptions {
  /** Called before each request, which waits for it. */
  readonly onRequest: () => void | Promise<void>;
}

export interface World {
  readonly clock: () => Date;
  readonly random: RandomBytes;
  readonly http: Http;
  readonly files: typeof files;
  /** Checks each security-relevant file that an input or a policy names; absent if no proposed change can modify one. */
  readonly demandAccepted?: DemandAccepted;
  /** Aborted when the run is cancelled. */
  readonly cancellation: AbortSignal;
}

const never = new AbortController().signal;

/**
 * Returns the real system; dispose of it when the run is over. The HTTP client is loaded with the first request: most verifications
 * send none.
 */
export function systemWorld(options: Partial<WorldOptions> = {}): World & Disposable {
  const { cancellation = never } = options;
  const clock = (): Date => new Date();
  let network: Promise<Network> | undefined;
  return {
    clock,
    random: randomBytes,
    http: async (request) => {
      await options.onRequest?.();
      network ??= import('./network.ts').then(({ openNetwork }) => openNetwork({ ...options, cancellation }, clock));
      return (await network).http(request);
    },
    files,
    cancellation,
    [Symbol.dispose]: () => void network?.then((opened) => opened[Symbol.dispose]()),
  };
}
