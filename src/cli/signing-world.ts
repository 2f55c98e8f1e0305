/** The world of a command that signs: from its first request on, a signal lets the signatures in progress finish. */

import type { Interruption } from '../node/index.ts';
import { systemWorld } from '../run/world/index.ts';
import type { Progress } from './progress.ts';

/** Opens the world of a command that signs, and shows its progress. */
export function signingWorld(
  { cancellation, takeOver }: Interruption,
  progress: Progress,
  retryBudgetMilliseconds: number,
): ReturnType<typeof systemWorld> {
  cancellation.addEventListener('abort', () =>
    progress.line('Interrupted. Finishing signatures in progress; a second signal stops immediately.'),
  );
  return systemWorld({
    cancellation,
    retryBudgetMilliseconds,
    onRequest: (what) => {
      takeOver();
      return progress.wait(what);
    },
    onRetry: (notice) => progress.retry(notice),
    onHash: (path, read, size) => progress.hash(path, read, size),
  });
}
