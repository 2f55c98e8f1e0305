/**
 * Lists what is attached to an image: by the referrers API, or by the fallback tag (distribution specification, "Listing Referrers").
 */
import { type Digest } from '../../core/crypto/index.ts';
import { CountersignError } from '../../core/errors/index.ts';
import { type Tag } from './image-reference.ts';
import { type Descriptor } from './manifest.ts';
import { getManifest } from './manifests.ts';
import type { RepositorySession } from './repository-session.ts';
export interface Referrers {
    /** The source of the list. Clients maintain the tag, so that its list may be incomplete or outdated. */
    readonly source: 'api' | 'tag';
    readonly descriptors: readonly Descriptor[];
}
/**
 * Lists what refers to a manifest.
 *
 * @param artifactType leaves out what says that it is of another type. What does not say its type, or has that of an empty
 * configuration, as go-containerregistry lists it, is not left out: only the manifest itself tells.
 * @throws CountersignError `SERVICE_UNAVAILABLE`, `SERVICE_REFUSED`, `SERVICE_RESPONSE_INVALID`, `LIMIT_EXCEEDED`
 */
export declare function listReferrers(session: RepositorySession, subject: Digest, artifactType?: string): Promise<Referrers>;
/** A list that could not be read, so that it may name more. */
export interface UnreadList {
    /** `undefined` for the API. */
    readonly tag: Tag | undefined;
    readonly failure: CountersignError;
}
/** The referrers that are listed where a list could be read. */
export interface FoundReferrers extends Omit<Referrers, 'source'> {
    /** The source of the list, as in {@link Referrers}, or an image layout on disk. */
    readonly source: Referrers['source'] | 'layout';
    readonly unread: readonly UnreadList[];
    /** True if at least one of the lists was read, or certainly does not exist. */
    readonly isAnswered: boolean;
}
/**
 * Lists what refers to a manifest, as far as the registry says. If the API gives no usable answer, the tag is read as well: some
 * registries answer requests for lists and tags that do not exist with any status, or with a web page.
 *
 * @throws CountersignError `LIMIT_EXCEEDED`, `CANCELLED`, and what finding credentials throws
 */
export declare function findReferrers(session: RepositorySession, subject: Digest): Promise<FoundReferrers>;
/** The tag under which clients keep the list where the API is not there ("Referrers Tag Schema"). */
export declare function fallbackTag({ algorithm, bytes }: Digest): Tag;
export declare function describeTag({ registry }: RepositorySession, subject: Digest): string;
/** Fetches the list under the fallback tag; returns `undefined` if it does not exist. */
export declare function getFallbackIndex(session: RepositorySession, subject: Digest): ReturnType<typeof getManifest>;
