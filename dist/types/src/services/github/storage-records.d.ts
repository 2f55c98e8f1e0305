/** Creates storage records: an organization's notes of the registries in which its artifacts are ("linked artifacts"). */
import { type Digest } from '../../core/crypto/index.ts';
import { type ApiOptions } from './api.ts';
/** An artifact in one registry. */
export interface StorageRecord {
    /** The name of the artifact, as its attestation has it: `ghcr.io/octo/app`. */
    readonly name: string;
    /** SHA-256. */
    readonly digest: Digest;
    readonly registryUrl: string;
    /** The page or address of the artifact in the registry. */
    readonly artifactUrl?: string;
    /** The repository in the registry: `octo/app`. */
    readonly repository?: string;
    readonly version?: string;
    /** The repository at GitHub, without its owner. */
    readonly gitHubRepository?: string;
}
export interface RecordCreated {
    readonly ids: readonly string[];
    /** What was left out of the record, as sentences without their full stops. */
    readonly warnings: readonly string[];
}
export interface StorageRecorder {
    /** The origin of the API. */
    readonly origin: string;
    /**
     * Creates a record, or updates that of the same artifact in the same registry. Optional members that GitHub does not take are left out.
     *
     * @throws CountersignError `USAGE` for a record that GitHub does not take; `PERMISSION_MISSING`; `RATE_LIMITED`; `SERVICE_REFUSED`;
     *   `SERVICE_UNAVAILABLE`
     */
    create(organization: string, record: StorageRecord): Promise<RecordCreated>;
}
/**
 * Opens a client. GitHub's own client is loaded with the first request.
 *
 * @throws CountersignError `USAGE` for an invalid URL of the API
 */
export declare function openStorageRecorder(options: ApiOptions): StorageRecorder;
