/** Manifests in a registry (distribution specification, "Pulling manifests", "Pushing Manifests"). */
import { type Digest } from '../../core/crypto/index.ts';
import type { Tag } from './image-reference.ts';
import { type Manifest, type ManifestMediaType } from './manifest.ts';
import type { RepositorySession } from './repository-session.ts';
/** The name by which a manifest is requested. */
export type ManifestName = Tag | Digest;
export interface ManifestSummary {
    readonly mediaType: ManifestMediaType;
    readonly digest: Digest;
}
/** A manifest, and the mark by which a registry knows this state of a tag (RFC 9110, section 8.8.3). */
export interface FetchedManifest extends Manifest {
    readonly etag: string | undefined;
}
/** The state of a tag when it was read: a manifest with or without an ETag, or none. */
export type TagState = {
    readonly etag: string | undefined;
} | 'absent';
export type PutOutcome = {
    readonly kind: 'stored';
}
/** The tag is no longer in the state that was named. */
 | {
    readonly kind: 'changed';
};
/** Fetches a manifest; returns `undefined` if it does not exist. */
export declare function getManifest(session: RepositorySession, name: ManifestName): Promise<FetchedManifest | undefined>;
/** Resolves a name to a digest, if possible without fetching the manifest; returns `undefined` if it does not exist. */
export declare function headManifest(session: RepositorySession, name: ManifestName): Promise<ManifestSummary | undefined>;
/**
 * Stores a manifest under a tag or its digest.
 *
 * @param replaced the state of the tag that is replaced; without it, or where that has no mark, whatever is there
 */
export declare function putManifest(session: RepositorySession, name: ManifestName, { mediaType, bytes }: Pick<Manifest, 'mediaType' | 'bytes'>, replaced?: TagState): Promise<PutOutcome>;
