/** Reading what a service answers that was sent a secret. */

import { CountersignError, fail } from '../../core/errors/index.ts';

/**
 * Reads an answer that may hold a secret, or repeat the one that was sent. A parser's error could quote a part of it (the name of a
 * member, for one), so nothing of the error is passed on.
 *
 * @param what what the answer is, for the error
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`, `LIMIT_EXCEEDED`
 */
export function readSecretAnswer<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    const code = error.code === 'LIMIT_EXCEEDED' ? error.code : 'SERVICE_RESPONSE_INVALID';
    return fail(code, `${what} is not the JSON that is expected`);
  }
}
