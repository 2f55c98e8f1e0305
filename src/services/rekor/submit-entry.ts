/** The transparency log, in whichever version of Rekor's API it speaks. */

import type { LogEntry } from '../../core/bundle/index.ts';
import { fail } from '../../core/errors/index.ts';
import { type Service, shownUrl } from '../../core/trust/index.ts';
import type { Http } from '../http/index.ts';
import { submitToRekorV1 } from './rekor-v1.ts';
import { submitToRekorV2 } from './rekor-v2.ts';
import type { Submission } from './submission.ts';

/**
 * Adds a signature to a log.
 *
 * @param log as the signing config names it
 * @returns the entry with its proof, unverified
 * @throws CountersignError `SERVICE_UNAVAILABLE`, `SERVICE_REFUSED`, `SERVICE_RESPONSE_INVALID`; `LOG_ENTRY_DUPLICATE`
 * if the log has it already and does not hand it out, so that a new signature is needed; `LIMIT_EXCEEDED`
 */
export async function submitEntry(
  http: Http,
  log: Pick<Service, 'url' | 'majorApiVersion'>,
  submission: Submission,
): Promise<LogEntry> {
  switch (log.majorApiVersion) {
    case 1:
      return submitToRekorV1(http, log.url, submission);
    case 2:
      return submitToRekorV2(http, log.url, submission);
    default:
      return fail(
        'NO_SERVICE',
        `version ${log.majorApiVersion} of the API of the transparency log (${shownUrl(log.url)}) is not supported`,
      );
  }
}
