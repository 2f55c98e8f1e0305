/** Fetches an entry of Rekor v1 (`GET /api/v1/log/entries/{entryUUID}`). */

import { fail } from '../../core/errors/index.ts';
import { expectStatus, type Http, type HttpRequest } from '../http/index.ts';
import { type AnsweredEntry, maxAnswerLength, readAnswerV1 } from './answer-v1.ts';

const timeoutMilliseconds = 30_000;

/**
 * Fetches the entry with a UUID.
 *
 * @param notYet the statuses that mean that the entry is not there yet
 * @returns the entry with its proof and its signed entry timestamp, unverified
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`, also for another entry; those of HTTP
 */
export async function fetchEntryV1(
  http: Http,
  baseUrl: string,
  wanted: string,
  notYet: readonly number[] = [],
): Promise<AnsweredEntry> {
  const request: HttpRequest = {
    method: 'GET',
    url: new URL(`${baseUrl.replace(/\/$/, '')}/api/v1/log/entries/${wanted}`),
    headers: { accept: 'application/json' },
    service: 'the transparency log',
    quotes: 'message',
    timeoutMilliseconds,
    maxBodyLength: maxAnswerLength,
    notYet,
  };
  const { body } = expectStatus(request, await http(request), 200);
  const answer = readAnswerV1(body, request.url);
  const { uuid } = answer;
  if (uuid.slice(-64) !== wanted.slice(-64)) {
    fail(
      'SERVICE_RESPONSE_INVALID',
      `the transparency log (${request.url.origin}) returned the entry ${uuid} instead of ${wanted}`,
    );
  }
  return answer;
}
