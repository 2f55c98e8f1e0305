/** Watches a command that waits for services. */

import { untilInterrupted } from '../node/index.ts';
import { retryText } from '../report/index.ts';
import type { RetryNotice } from '../services/http/index.ts';
import { Progress } from './progress.ts';

export interface Watch {
  readonly onRetry: (notice: RetryNotice) => void;
  /** Clears the terminal line. */
  readonly end: () => void;
}

const silent = { write: () => true, isTTY: false, columns: 0 };

/**
 * Takes the signals over until a command has ended: a signal cancels it, and then ends the process.
 *
 * @param running settles when the command has ended; its failure is reported elsewhere
 */
export function watchCommand(running: Promise<void>, controller: AbortController, quiet: boolean): Watch {
  const progress = new Progress(quiet ? silent : process.stderr);
  untilInterrupted(({ cancellation, takeOver }) => {
    takeOver();
    cancellation.addEventListener('abort', () => {
      progress.line('Interrupted. A second signal stops immediately.');
      controller.abort();
    });
    return running;
  }).catch(() => undefined);
  return { onRetry: (notice) => progress.line(retryText(notice)), end: () => progress.end() };
}
