/** Requests to GitHub's REST API, as errors describe them. */
import type { ErrorCode } from '../../core/errors/index.ts';
/** A request. */
export interface Operation {
    /** The object of the request: `the run 42 of octo/app`. */
    readonly what: string;
    /** The permission that it needs: `actions: read`. */
    readonly permission: string;
    /** True for a request whose effect must not happen twice. */
    readonly once?: boolean;
    /** The length of the longest response, in bytes. */
    readonly maxLength?: number;
    /** The media type of the response, if it is not JSON. */
    readonly accept?: string;
    /** The number of bytes that are to be received, from which the time limit follows. */
    readonly size?: number;
    /** The name of the host to which the API redirects; by default that of artifacts. */
    readonly storage?: string;
    /** Refusals with a meaning of their own, the first that fits. A rate limit is told apart before. */
    readonly refusals?: readonly KnownRefusal[];
}
/** A refusal of one operation. The message is recognised, and not quoted: the request carried a token. */
export interface KnownRefusal {
    readonly status: number;
    readonly sign: RegExp;
    readonly code: ErrorCode;
    /** Why, as it follows a colon. */
    readonly reason: string;
    readonly remedy: string;
}
export declare const service = "the API of GitHub";
export declare const storage = "GitHub's storage of artifacts";
