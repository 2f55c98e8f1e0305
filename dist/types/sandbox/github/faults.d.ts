/** Faults of the API. The primary rate limit is a setting of the service. */
import { type Fault } from '../http/fault.ts';
import type { ReleaseStore } from './releases.ts';
/**
 * Refuses because of too many requests in a short time.
 *
 * @param retryAfter the seconds to wait, as a header; GitHub does not always state them
 */
export declare function secondaryRateLimit(retryAfter?: number, status?: 403 | 429): Fault;
/** Interrupts an upload of an asset, which leaves one in the state `starter`. */
export declare function interruptedUpload(releases: ReleaseStore, then?: Fault): Fault;
