/** Runs a command that only reads in the real world, until it ends or a signal ends it. */

import { systemWorld, type World } from '../run/world/index.ts';
import type { Watch } from './watch.ts';

export interface WorldOptions {
  readonly retryBudget?: number;
  /** Prints nothing. */
  readonly quiet?: boolean | undefined;
}

/**
 * Runs a command. From its first request on, a signal cancels it, so that it reports the interruption and removes its temporary files.
 * Before that, there is nothing to report or remove, and a signal ends the process at once.
 *
 * @throws CountersignError those of the command
 */
export async function inWorld(
  { retryBudget = 0, quiet = false }: WorldOptions,
  command: (world: World) => Promise<void>,
): Promise<void> {
  const controller = new AbortController();
  let running = Promise.resolve();
  // Loaded with the first request: most verifications send none.
  let watching: Promise<Watch> | undefined;
  let watch: Watch | undefined;
  using world = systemWorld({
    cancellation: controller.signal,
    retryBudgetMilliseconds: retryBudget,
    onRequest: async () => {
      watching ??= import('./watch.ts').then(({ watchCommand }) => watchCommand(running, controller, quiet));
      watch = await watching;
    },
    onRetry: (notice) => watch?.onRetry(notice),
  });
  running = command(world);
  try {
    await running;
  } finally {
    watch?.end();
  }
}
