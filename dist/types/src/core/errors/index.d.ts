/**
 * The errors of Countersign: a stable code, a sentence that says what is wrong and where, and a remedy.
 *
 * A code never changes its meaning once released; scripts may match on it. Its kind decides the exit code.
 */
import { type ErrorCode, type FailureKind } from './codes.ts';
export { type ErrorCode, exitCodes, type FailureKind } from './codes.ts';
export { type ErrorDescription, type ErrorTopic, errorReference, errorTopics } from './reference.ts';
export interface ErrorDetails {
    /** The next step for the reader, as a sentence. */
    readonly remedy?: string;
    readonly cause?: unknown;
}
/**
 * The error class of Countersign.
 *
 * @example
 * const { code, exitCode } = new CountersignError('BUNDLE_MISSING', 'there is no bundle');
 * [code, exitCode]; // → ['BUNDLE_MISSING', 3]
 */
export declare class CountersignError extends Error {
    readonly name = "CountersignError";
    readonly code: ErrorCode;
    readonly remedy: string | undefined;
    constructor(code: ErrorCode, message: string, details?: ErrorDetails);
    get kind(): FailureKind;
    get exitCode(): number;
}
/**
 * Returns the code of a system error: `ENOENT`; `undefined` for an error of ours. Works without `instanceof` otherwise, since Node's own
 * errors may be of another realm.
 */
export declare function systemCode(cause: unknown): string | undefined;
/** Throws a CountersignError. It is an expression, for the right side of `??`. */
export declare function fail(code: ErrorCode, message: string, details?: ErrorDetails): never;
/**
 * Runs a reader of untrusted bytes, and gives its failure the code and the place of what is read:
 * a broken length inside a certificate is reported as `CERTIFICATE_INVALID: the leaf certificate: …`.
 */
export declare function reading<T>(code: ErrorCode, what: string, read: () => T): T;
/** Returns the result of a reader; `undefined` if it refuses what it reads. Other errors, which are mistakes of ours, are thrown. */
export declare function attempt<Result>(read: () => Result): Result | undefined;
/** Returns the failure with its place before its sentence, and with this code if its own is that of an encoding. */
export declare function inContext(code: ErrorCode, what: string, cause: CountersignError): CountersignError;
