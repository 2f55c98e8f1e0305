/** Explains responses other than the expected one. */
import type { HttpRequest, HttpResponse } from './http.ts';
/**
 * Returns the answer if it has one of the statuses.
 *
 * @throws CountersignError `SERVICE_UNAVAILABLE` for a status that says to come back, `SERVICE_REFUSED` for any other
 */
export declare function expectStatus(request: HttpRequest, response: HttpResponse, ...statuses: readonly number[]): HttpResponse;
/** Describes an answer for an error: `the transparency log (https://log.example) answered 400: the reason it gave`. */
export declare function describeAnswer(request: HttpRequest, response: HttpResponse): string;
/** Takes out whatever looks like a JSON Web Token or a bearer credential. */
export declare function redactSecrets(text: string): string;
