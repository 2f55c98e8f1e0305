/** The transparency log, in whichever version of Rekor's API it speaks. */
import type { LogEntry } from '../../core/bundle/index.ts';
import { type Service } from '../../core/trust/index.ts';
import type { Http } from '../http/index.ts';
import type { Submission } from './submission.ts';
/**
 * Adds a signature to a log.
 *
 * @param log as the signing config names it
 * @returns the entry with its proof, unverified
 * @throws CountersignError `SERVICE_UNAVAILABLE`, `SERVICE_REFUSED`, `SERVICE_RESPONSE_INVALID`; `LOG_ENTRY_DUPLICATE`
 * if the log has it already and does not hand it out, so that a new signature is needed; `LIMIT_EXCEEDED`
 */
export declare function submitEntry(http: Http, log: Pick<Service, 'url' | 'majorApiVersion'>, submission: Submission): Promise<LogEntry>;
