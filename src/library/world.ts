/** The system, as the functions of the library use it. */

import { CountersignError, fail } from '../core/errors/index.ts';
import { systemWorld, type World } from '../run/world/index.ts';
import { errorInMembers } from './member-names.ts';
import type { RequestOptions } from './options.ts';

/** The default of {@link RequestOptions.retryBudget}, in milliseconds. */
const defaultRetryBudget = 60_000;

/** Opens the system; dispose of it afterwards. Nothing listens to the signal then, which may live as long as the program. */
export function openWorld({ signal, retryBudget = defaultRetryBudget }: RequestOptions): World & Disposable {
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal?.reason);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  const world = systemWorld({ cancellation: controller.signal, retryBudgetMilliseconds: retryBudget });
  return {
    ...world,
    [Symbol.dispose]: () => {
      signal?.removeEventListener('abort', abort);
      world[Symbol.dispose]();
    },
  };
}

/**
 * Runs a function of the library in the system. Its errors have the names of the library's options.
 *
 * @throws CountersignError `CANCELLED` if it was aborted already
 */
export async function inWorld<Result>(
  options: RequestOptions,
  work: (world: World) => Promise<Result>,
): Promise<Result> {
  using world = openWorld(options);
  return inWords(world, () => work(world));
}

/** Runs a part of a function. Its errors have the names of the library's options. */
export async function inWords<Result>(
  { cancellation }: Pick<World, 'cancellation'>,
  work: () => Promise<Result>,
): Promise<Result> {
  if (cancellation.aborted) fail('CANCELLED', 'cancelled before anything was done', { remedy: 'Call it again.' });
  try {
    return await work();
  } catch (error) {
    throw error instanceof CountersignError ? errorInMembers(error) : error;
  }
}
