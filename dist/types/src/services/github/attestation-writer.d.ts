/**
 * Stores bundles as attestations of a repository. The API has no idempotency: each accepted request creates another attestation. So a request
 * whose outcome is unknown is not sent again before the store was asked for its bundle.
 */
import { type ApiOptions } from './api.ts';
/** The result of storing a bundle. */
export type AttestationStored = {
    readonly kind: 'created';
    readonly id: string;
}
/** The store has the bundle already, from an earlier request. It does not tell the id. */
 | {
    readonly kind: 'present';
};
/** A client of the store. Names of repositories are `owner/name`. */
export interface AttestationWriter {
    /** The origin of the API. */
    readonly origin: string;
    /**
     * Stores a bundle.
     *
     * @param isFresh true for a bundle that no earlier run can have stored: the store is not asked for it first
     * @throws CountersignError `USAGE` for a bundle without a statement; `LIMIT_EXCEEDED` for one that GitHub does not take; `RATE_LIMITED`;
     *   `PERMISSION_MISSING`; `SERVICE_REFUSED`; `SERVICE_UNAVAILABLE`
     */
    store(repository: string, bundle: Uint8Array, isFresh: boolean): Promise<AttestationStored>;
}
/** In bytes. GitHub's documentation of attestations states the limit for a predicate, its staff for the whole. */
export declare const maxAttestationLength: number;
/**
 * Opens a client. GitHub's own client is loaded with the first request.
 *
 * @throws CountersignError `USAGE` for an invalid URL of the API
 */
export declare function openAttestationWriter(options: ApiOptions): AttestationWriter;
