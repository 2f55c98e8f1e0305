/** Ends a command that takes long on a signal, and shows its progress. */

import { keepYoungGenerationSmall, untilInterrupted } from '../node/index.ts';
import { type Progress, type ProgressOptions, systemProgress } from './progress.ts';

/**
 * Takes the signals over until a command has ended: a signal cancels it, and then ends the process.
 *
 * @param running settles when the command has ended; its failure is reported elsewhere
 */
export function cancelOnSignal(
  running: Promise<void>,
  controller: AbortController,
  options: ProgressOptions,
): Progress {
  keepYoungGenerationSmall();
  const progress = systemProgress(options);
  untilInterrupted(({ cancellation, takeOver }) => {
    takeOver();
    cancellation.addEventListener('abort', () => {
      progress.line('Interrupted. A second signal stops immediately.');
      controller.abort();
    });
    return running;
  }).catch(() => undefined);
  return progress;
}
