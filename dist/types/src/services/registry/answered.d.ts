/** Explains a registry's responses other than the expected one. */
import { CountersignError } from '../../core/errors/index.ts';
import { type HttpRequest, type HttpResponse } from '../http/index.ts';
/** An answer together with the request that it answers, which after a redirect is not the first. */
export interface Answered {
    readonly request: HttpRequest;
    readonly response: HttpResponse;
    /** True if credentials for the registry were found. */
    readonly hasAccount: boolean;
}
/**
 * The answer, if it has one of the statuses.
 *
 * @throws CountersignError `SERVICE_UNAVAILABLE`; `SERVICE_REFUSED`, with what to do where credentials are the reason
 */
export declare function expectAnswer({ request, response, hasAccount }: Answered, ...statuses: readonly number[]): HttpResponse;
/**
 * Returns what was read, or the failure if the registry gave no usable answer. A limit that is exceeded, a cancelled run and unusable
 * credentials are thrown.
 */
export declare function answerOrFailure<T>(read: () => Promise<T>): Promise<T | CountersignError>;
