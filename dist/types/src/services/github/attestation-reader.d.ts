/**
 * Reads attestations from GitHub's store. What it serves is untrusted: anyone who may write to a repository adds and deletes attestations, so
 * that one without a valid signature proves nothing, and a missing one proves nothing either.
 */
import { CountersignError } from '../../core/errors/index.ts';
import { type ApiOptions, GitHubApi } from './api.ts';
/** A bundle in the store, or the reason why it could not be fetched. */
export type ServedBundle = {
    readonly text: Uint8Array;
} | {
    readonly failure: CountersignError;
};
/** The bundles of each digest that has any. */
export type ServedBundles = ReadonlyMap<string, readonly ServedBundle[]>;
/** The owner of repositories, or one of them as `owner/name`. */
export type AttestationPlace = {
    readonly kind: 'repository';
    readonly name: string;
} | {
    readonly kind: 'owner';
    readonly name: string;
};
/** A client of the store. It needs no token for public repositories. */
export interface AttestationReader {
    /** The origin of the API. */
    readonly origin: string;
    /**
     * Fetches the bundles of digests: `sha256:<hex>`, or `sha1:<hex>` for the commit of a release.
     *
     * @param type a predicate type, or `provenance`, `sbom` or `release` (default: all types)
     * @throws CountersignError `RATE_LIMITED`, `PERMISSION_MISSING`, `SERVICE_UNAVAILABLE`, `SERVICE_RESPONSE_INVALID`, `LIMIT_EXCEEDED`. A digest
     *   without attestations is no error: it is not in the result.
     */
    bundles(place: AttestationPlace, digests: readonly string[], type?: string): Promise<ServedBundles>;
}
/**
 * Opens a client. GitHub's own client is loaded with the first request.
 *
 * @throws CountersignError `USAGE` for an invalid URL of the API
 */
export declare function openAttestationReader(options: ApiOptions): AttestationReader;
/** Fetches the bundles of a digest in a repository. */
export declare function bundlesOf(api: GitHubApi, repository: string, digest: string): Promise<readonly ServedBundle[]>;
