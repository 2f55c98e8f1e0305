/** Runs a command that only reads in the real world, until it ends or a signal ends it. */

import { systemWorld, type World } from '../run/world/index.ts';
import type { Progress } from './progress.ts';

export interface WorldOptions {
  readonly retryBudget?: number;
  /** Shows no progress. */
  readonly quiet?: boolean | undefined;
  /** Shows progress only in a terminal. */
  readonly json?: boolean | undefined;
}

/** The display of a command. */
export interface Display {
  /** Shows progress, once the command has run for a second or has sent a request. */
  readonly show: (show: (progress: Progress) => void) => void;
  /** Shows, after a second, what the command waits for. Returns a function that ends this. */
  readonly wait: (what: string) => Promise<() => void>;
}

/**
 * Runs a command. From its first request on, or after a second of reading, a signal cancels it, so that it reports the interruption and
 * removes its temporary files. Before that, there is nothing to report or remove, and a signal ends the process at once.
 *
 * @throws CountersignError those of the command
 */
export async function inWorld(
  { retryBudget = 0, quiet = false, json = false }: WorldOptions,
  command: (world: World, display: Display) => Promise<void>,
): Promise<void> {
  const controller = new AbortController();
  const start = performance.now();
  let running = Promise.resolve();
  // Loaded when it is needed: most verifications send no request and take less than a second.
  let opening: Promise<Progress> | undefined;
  let progress: Progress | undefined;
  const openProgress = async (): Promise<Progress> => {
    opening ??= import('./cancel-on-signal.ts').then(({ cancelOnSignal }) =>
      cancelOnSignal(running, controller, { quiet, json }),
    );
    progress = await opening;
    return progress;
  };
  const show: Display['show'] = (call) => {
    if (progress !== undefined) call(progress);
    else if (performance.now() - start > 1000) void openProgress().then(call);
  };
  const wait: Display['wait'] = async (what) => (await openProgress()).wait(what);
  using world = systemWorld({
    cancellation: controller.signal,
    retryBudgetMilliseconds: retryBudget,
    onRequest: wait,
    onRetry: (notice) => progress?.retry(notice),
    onHash: (path, read, size) => show((shown) => shown.hash(path, read, size)),
  });
  running = command(world, { show, wait });
  try {
    await running;
  } finally {
    progress?.end();
  }
}
