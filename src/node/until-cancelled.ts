import { fail } from '../core/errors/index.ts';

/**
 * Waits for work that takes no AbortSignal, but not longer than until the run is cancelled: the work is then left alone.
 *
 * @param what what was being done, for the error: `uploading the artifact`
 * @throws CountersignError `CANCELLED`; what the work throws
 */
export async function untilCancelled<T>(
  work: () => Promise<T>,
  what: string,
  remedy: string,
  cancellation: AbortSignal,
): Promise<T> {
  const cancelled = (): never => fail('CANCELLED', `cancelled while ${what}`, { remedy });
  if (cancellation.aborted) cancelled();
  let abort = (): void => undefined;
  const end = new Promise<never>((_, reject) => {
    abort = () => reject(cancellation.reason);
  });
  cancellation.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work(), end]);
  } catch (error) {
    if (cancellation.aborted) cancelled();
    throw error;
  } finally {
    cancellation.removeEventListener('abort', abort);
  }
}
