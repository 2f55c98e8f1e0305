/** A client of one repository in a registry, on the OCI distribution specification, version 1.1. */
import type { Digest } from '../../core/crypto/index.ts';
import type { Http } from '../http/index.ts';
import { type Attachment, type Patience } from './attach.ts';
import type { FindCredential } from './find-credentials.ts';
import { type Repository, type Tag } from './image-reference.ts';
import type { Manifest } from './manifest.ts';
import { type ManifestName, type ManifestSummary } from './manifests.ts';
import { type FoundReferrers, type Referrers } from './referrers.ts';
/**
 * The operations on a repository. Each fails with CountersignError `SERVICE_UNAVAILABLE`, `SERVICE_REFUSED`,
 * `SERVICE_RESPONSE_INVALID`, `LIMIT_EXCEEDED`, or what finding credentials throws. The result is `undefined` if the object does not
 * exist.
 */
export interface RepositoryClient {
    /** `registry/name` */
    readonly name: string;
    /** Fetches a manifest or index of at most 4 MiB, held to its digest ("Pulling manifests"). */
    getManifest(name: ManifestName): Promise<Manifest | undefined>;
    /** Resolves a tag or digest ("Checking if content exists in the registry"). */
    headManifest(name: ManifestName): Promise<ManifestSummary | undefined>;
    /** Lists the tags ("Listing Tags"); see {@link listTags}. */
    tags(): Promise<readonly Tag[] | undefined>;
    /** Stores a manifest under a tag or its digest ("Pushing Manifests"); `USAGE` if it is not of that digest. */
    putManifest(name: ManifestName, manifest: Pick<Manifest, 'mediaType' | 'bytes'>): Promise<void>;
    /** Fetches a blob of at most so many bytes, held to its digest ("Pulling blobs"). */
    getBlob(digest: Digest, maxLength: number): Promise<Uint8Array | undefined>;
    /** Stores a blob, unless it is there or was stored before by this client ("Pushing a blob monolithically"). */
    pushBlob(bytes: Uint8Array): Promise<Digest>;
    /** Begins an upload and leaves it: whether this account may push is known by nothing less. */
    demandPush(): Promise<void>;
    /** Lists what refers to a manifest ("Listing Referrers"), by the API or the tag in its stead; see {@link listReferrers}. */
    referrers(subject: Digest, artifactType?: string): Promise<Referrers>;
    /** Lists what refers to a manifest, as far as the registry says, with the lists that could not be read; see {@link findReferrers}. */
    findReferrers(subject: Digest): Promise<FoundReferrers>;
    /** Stores a manifest that refers to another, and sees to it that it is listed ("Pushing Manifests with Subject"). */
    attach(attachment: Attachment): Promise<Digest>;
}
/**
 * Opens a repository. Nothing is sent yet. Make one for a repository and run: it remembers its tokens.
 *
 * @param http retries are its matter
 */
export declare function openRepository(http: Http, repository: Repository, findCredential: FindCredential, patience: Patience): RepositoryClient;
