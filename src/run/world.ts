/** Everything outside of the program that a run depends on, in one parameter. */

import type * as fs from 'node:fs/promises';
import type { RandomBytes } from '../core/crypto/index.ts';
import type { Http } from '../services/http/index.ts';

export interface World {
  readonly clock: () => Date;
  readonly random: RandomBytes;
  readonly http: Http;
  readonly files: typeof fs;
  /** Aborted when the run is cancelled. */
  readonly cancellation: AbortSignal;
}
