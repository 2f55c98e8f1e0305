/**
 * The errors of Countersign: a stable code, a sentence that says what is wrong and where, and a remedy.
 *
 * A code never changes its meaning once released; scripts may match on it. Its kind decides the exit code.
 */
import { type ErrorCode, type FailureKind } from './codes.ts';
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
export declare class CountersignError extends Error {
    readonly name = "CountersignError";
    readonly code: ErrorCode;
    readonly remedy: string | undefined;
    constructor(code: ErrorCode, message: string, details?: ErrorDetails);
    get kind(): FailureKind;
    get exitCode(): number;
}
/**
 * Reports whether a value is an error of Countersign, of this copy or of another one: each library of the package has its own class, so that
 * `instanceof` recognises only the errors of the library that the class is from.
 *
 * @example
 * const error: unknown = new CountersignError('BUNDLE_MISSING', 'there is no bundle');
 * isCountersignError(error) && error.kind; // → 'absent'
 */
export declare function isCountersignError(error: unknown): error is CountersignError;
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
/** Loads the descriptions of all codes. They are large, and few programs show them. */
export declare function loadErrorReference(): Promise<{
    errorReference: Readonly<Record<"ARCHIVE_INVALID" | "ARTIFACT_MISMATCH" | "ATTACHMENT_UNREADABLE" | "ATTESTATION_MISSING" | "BASE64_INVALID" | "BUNDLE_INVALID" | "BUNDLE_MISSING" | "BUNDLE_UNREADABLE" | "BUNDLE_UNSUPPORTED" | "CANCELLED" | "CERTIFICATE_INVALID" | "CERTIFICATE_OUTSIDE_VALIDITY" | "CERTIFICATE_PURPOSE" | "CERTIFICATE_SANDBOX" | "CERTIFICATE_UNTRUSTED" | "CHECKPOINT_INVALID" | "CHECKPOINT_ORIGIN" | "CLAIM_MISMATCH" | "CONSISTENCY_UNPROVEN" | "CREDENTIALS_INVALID" | "DELIVERY_FAILED" | "DER_INVALID" | "DIGEST_INVALID" | "DIGEST_UNAVAILABLE" | "ENTRIES_WITHHELD" | "ENTRY_ALTERED" | "EVIDENCE_INVALID" | "FORMAT_UNSUPPORTED" | "HEX_INVALID" | "IDENTITY_MISMATCH" | "IMAGE_INVALID" | "INCLUSION_PROOF_INVALID" | "ISSUER_MISMATCH" | "JSON_INVALID" | "KEY_DISPOSED" | "KEY_INVALID" | "KEY_MISMATCH" | "KEY_UNSUPPORTED" | "LIMIT_EXCEEDED" | "LOGIN_INVALID" | "LOGIN_REFUSED" | "LOGIN_TIMEOUT" | "LOGIN_UNAVAILABLE" | "LOG_ENTRY_DUPLICATE" | "LOG_ENTRY_INVALID" | "LOG_ENTRY_MISMATCH" | "LOG_ENTRY_MISSING" | "LOG_UNKNOWN" | "NETWORK_UNAVAILABLE" | "NO_SERVICE" | "PACKAGE_INVALID" | "PEM_INVALID" | "PERMISSION_MISSING" | "POLICY_INVALID" | "PREDICATE_MISMATCH" | "PREDICATE_TYPE_MISMATCH" | "PROVENANCE_MISMATCH" | "PUBLIC_LOG_REFUSED" | "RATE_LIMITED" | "RELEASE_AMBIGUOUS" | "RELEASE_ASSET_DIFFERS" | "RELEASE_ASSET_UNFIT" | "RELEASE_IMMUTABLE" | "RELEASE_MISMATCH" | "RELEASE_MISSING" | "RELEASE_TAG_MOVED" | "RELEASE_TAG_USED" | "SCT_INVALID" | "SCT_MISSING" | "SEARCH_INCOMPLETE" | "SECRET_REFUSED" | "SERVICE_REFUSED" | "SERVICE_RESPONSE_INVALID" | "SERVICE_UNAVAILABLE" | "SIGNATURE_INVALID" | "SIGNATURE_TOO_OLD" | "SIGNING_CONFIG_INVALID" | "STATEMENT_INVALID" | "STATE_INVALID" | "SUBJECT_AMBIGUOUS" | "SUBJECT_CHANGED" | "SUBJECT_LEFT_OUT" | "SUBJECT_MISSING" | "SUBJECT_NAME_MISMATCH" | "SUBJECT_UNREADABLE" | "TILES_INCONSISTENT" | "TIMESTAMP_INVALID" | "TIMESTAMP_MISMATCH" | "TIMESTAMP_MISSING" | "TIMESTAMP_UNTRUSTED" | "TOKEN_EXPIRED" | "TOKEN_INVALID" | "TOKEN_PERMISSION_MISSING" | "TRIGGER_REFUSED" | "TRUSTED_ROOT_EXPIRED" | "TRUSTED_ROOT_INVALID" | "TRUSTED_ROOT_MISSING" | "USAGE" | "WITNESS_MISSING" | "WRITE_FAILED", import("./reference.ts").ErrorDescription>>;
    errorTopics: readonly ["General", "Encodings", "Keys and digests", "Certificates", "Transparency log", "Timestamps", "Bundles and statements", "Trust and policy", "Services and registries", "Identity tokens", "Artifacts and delivery"];
}>;
/** Returns the result of a reader; `undefined` if it refuses what it reads. Other errors, which are mistakes of ours, are thrown. */
export declare function attempt<Result>(read: () => Result): Result | undefined;
/** Returns the failure with its place before its sentence, and with this code if its own is that of an encoding. */
export declare function inContext(code: ErrorCode, what: string, cause: CountersignError): CountersignError;
