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

const logIn =
  'No credentials were found for this registry. Run "docker login" first, or set `registry-username` and `registry-password`.';
const remedies: ReadonlyMap<number, string> = new Map([
  [401, 'The registry rejected the credentials. Log in again, or check `registry-username` and `registry-password`.'],
  [
    403,
    'The account lacks the permission for this. To push to ghcr.io from GitHub Actions, the job needs "packages: write", and the package must grant its repository write access.',
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
