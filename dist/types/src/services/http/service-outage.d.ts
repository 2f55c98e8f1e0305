import { CountersignError } from '../../core/errors/index.ts';
/**
 * The failure of a service that was down until the retry budget was used up: it gave no answer, or one with a status from 500. Its code is
 * `SERVICE_UNAVAILABLE`, which other failures have too: a proxy, a name that does not exist, a certificate that is not trusted.
 */
export declare class ServiceOutage extends CountersignError {
}
