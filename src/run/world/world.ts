/** Everything outside of the program that a run depends on, in one parameter. */

import type * as fs from 'node:fs/promises';
import type { RandomBytes } from '../../core/crypto/index.ts';
import type { DemandAccepted } from '../../gate/index.ts';
import type { Http } from '../../services/http/index.ts';

export interface World {
  readonly clock: () => Date;
  readonly random: RandomBytes;
  readonly http: Http;
  readonly files: typeof fs;
  /** Checks each file that an input or a policy names and that decides; absent where nobody can propose one. */
  readonly demandAccepted?: DemandAccepted;
  /** Aborted when the run is cancelled. */
  readonly cancellation: AbortSignal;
}
