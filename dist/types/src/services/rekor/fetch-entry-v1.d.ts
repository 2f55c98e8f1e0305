/** Fetches an entry of Rekor v1 (`GET /api/v1/log/entries/{entryUUID}`). */
import { type Http } from '../http/index.ts';
import { type AnsweredEntry } from './answer-v1.ts';
/**
 * Fetches the entry with a UUID.
 *
 * @param notYet the statuses that mean that the entry is not there yet
 * @returns the entry with its proof and its signed entry timestamp, unverified
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`, also for another entry; those of HTTP
 */
export declare function fetchEntryV1(http: Http, baseUrl: string, wanted: string, notYet?: readonly number[]): Promise<AnsweredEntry>;
