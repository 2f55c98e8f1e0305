/** Explains a registry's responses other than the expected one. */

import { CountersignError, fail } from '../../core/errors/index.ts';
import { describeAnswer, expectStatus, type HttpRequest, type HttpResponse } from '../http/index.ts';

/** An answer together with the request that it answers, which after a redirect is not the first. */
export interface Answered {
  readonly request: HttpRequest;
  readonly response: HttpResponse;
  /** True if credentials for the registry were found. */
  readonly hasAccount: boolean;
}

const logIn = 'No account is known for it: log in first ("docker login"), or give the user name and the password.';
const remedies: ReadonlyMap<number, string> = new Map([
  [401, 'The user name and the password, or the token, that were used were not accepted: log in anew, or give others.'],
  [
    403,
    'The account may not do this. On ghcr.io, a job needs "packages: write" to push, and a package that its repository may write to.',
  ],
]);

/**
 * The answer, if it has one of the statuses.
 *
 * @throws CountersignError `SERVICE_UNAVAILABLE`; `SERVICE_REFUSED`, with what to do where credentials are the reason
 */
export function expectAnswer(
  { request, response, hasAccount }: Answered,
  ...statuses: readonly number[]
): HttpResponse {
  const remedy = statuses.includes(response.status) ? undefined : remedies.get(response.status);
  if (remedy === undefined) return expectStatus(request, response, ...statuses);
  return fail('SERVICE_REFUSED', describeAnswer(request, response), { remedy: hasAccount ? remedy : logIn });
}

/**
 * Returns what was read, or the failure if the registry gave no usable answer. A limit that is exceeded, a cancelled run and unusable
 * credentials are thrown.
 */
export async function answerOrFailure<T>(read: () => Promise<T>): Promise<T | CountersignError> {
  try {
    return await read();
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    if (failure.kind !== 'unavailable' || failure.code === 'CANCELLED') throw failure;
    return failure;
  }
}
