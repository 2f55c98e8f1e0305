/**
 * The errors of Countersign: a stable code, a sentence that says what is wrong and where, and a remedy.
 *
 * A code never changes its meaning once released; scripts may match on it. Its kind decides the exit code.
 */

import { type ErrorCode, exitCodes, type FailureKind, kinds } from './codes.ts';

export { type ErrorCode, exitCodes, type FailureKind } from './codes.ts';
export type { ErrorDescription, ErrorTopic } from './reference.ts';

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
export class CountersignError extends Error {
  override readonly name = 'CountersignError';
  readonly code: ErrorCode;
  readonly remedy: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.remedy = details.remedy;
  }

  get kind(): FailureKind {
    return kinds[this.code];
  }

  get exitCode(): number {
    return exitCodes[this.kind];
  }
}

/**
 * Reports whether a value is an error of Countersign, of this copy or of another one: each library of the package has its own class, so that
 * `instanceof` recognises only the errors of the library that the class is from.
 *
 * @example
 * const error: unknown = new CountersignError('BUNDLE_MISSING', 'there is no bundle');
 * isCountersignError(error) && error.kind; // → 'absent'
 */
export function isCountersignError(error: unknown): error is CountersignError {
  if (!(error instanceof Error) || error.name !== 'CountersignError') return false;
  return 'code' in error && typeof error.code === 'string' && Object.hasOwn(kinds, error.code);
}

/**
 * Returns the code of a system error: `ENOENT`; `undefined` for an error of ours. Works without `instanceof` otherwise, since Node's own
 * errors may be of another realm.
 */
export function systemCode(cause: unknown): string | undefined {
  if (cause instanceof CountersignError) return undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : undefined;
}

/** Throws a CountersignError. It is an expression, for the right side of `??`. */
export function fail(code: ErrorCode, message: string, details?: ErrorDetails): never {
  throw new CountersignError(code, message, details);
}

/**
 * Runs a reader of untrusted bytes, and gives its failure the code and the place of what is read:
 * a broken length inside a certificate is reported as `CERTIFICATE_INVALID: the leaf certificate: …`.
 */
export function reading<T>(code: ErrorCode, what: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof CountersignError) throw inContext(code, what, cause);
    throw cause;
  }
}

/** Loads the descriptions of all codes. They are large, and few programs show them. */
export async function loadErrorReference() {
  const { errorReference, errorTopics } = await import('./reference.ts');
  return { errorReference, errorTopics };
}

/** Returns the result of a reader; `undefined` if it refuses what it reads. Other errors, which are mistakes of ours, are thrown. */
export function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CountersignError) return undefined;
    throw error;
  }
}

const encodingCodes: ReadonlySet<ErrorCode> = new Set([
  'BASE64_INVALID',
  'HEX_INVALID',
  'PEM_INVALID',
  'DER_INVALID',
  'JSON_INVALID',
  'KEY_INVALID',
  'DIGEST_INVALID',
]);

/** Returns the failure with its place before its sentence, and with this code if its own is that of an encoding. */
export function inContext(code: ErrorCode, what: string, cause: CountersignError): CountersignError {
  const outer = encodingCodes.has(cause.code) ? code : cause.code;
  return new CountersignError(outer, `${what}: ${cause.message}`, {
    cause,
    ...(cause.remedy === undefined ? {} : { remedy: cause.remedy }),
  });
}
