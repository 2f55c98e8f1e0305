/** Waiting. */

import { setTimeout } from 'node:timers/promises';

/** Waits for so many milliseconds. Rejects at once when the signal is aborted. */
export type Sleep = (milliseconds: number, cancellation?: AbortSignal) => Promise<void>;

export const sleep: Sleep = (milliseconds, cancellation) =>
  setTimeout(milliseconds, undefined, cancellation === undefined ? {} : { signal: cancellation });
