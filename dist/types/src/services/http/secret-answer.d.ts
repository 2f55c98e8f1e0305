/** Parses responses of services that a secret was sent to. */
/**
 * Parses a response that can contain a secret, or repeat the one that was sent. A parser's error could quote a part of it (such as the
 * name of a member), so nothing of the error is passed on.
 *
 * @param what the name of the response, for the error
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`, `LIMIT_EXCEEDED`
 */
export declare function readSecretAnswer<T>(what: string, read: () => T): T;
