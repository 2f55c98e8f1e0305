/**
 * Releases and their assets, as GitHub serves them: drafts are hidden from readers, names of assets are changed, and a published release of a
 * repository with immutable releases does not change any more.
 */
import { type JsonValue } from '../../src/core/encoding/json.ts';
import type { BlobStore } from '../artifacts/blob-store.ts';
import { type HttpResponse } from '../http/message.ts';
import { type Route } from '../http/route.ts';
import type { SandboxRelease } from '../releases/release-authority.ts';
import { type Sources } from '../sources.ts';
import { type Call, type Endpoint } from './endpoint.ts';
import type { SandboxRepository } from './repository.ts';
import type { ReleaseOrigins, StoredAsset, StoredRelease } from './stored-release.ts';
export interface ReleaseStoreOptions {
    readonly origins: ReleaseOrigins;
    readonly blobs: BlobStore;
    readonly sources: Sources;
    readonly nextId: () => number;
    readonly idOf: (login: string) => number;
    readonly find: (name: string) => SandboxRepository | undefined;
    readonly page: <Item>(call: Call, items: readonly Item[], document: (items: readonly Item[]) => JsonValue) => HttpResponse;
    /** Attests a release that has become immutable. */
    readonly attest: (repository: SandboxRepository, release: SandboxRelease) => void;
}
export declare class ReleaseStore {
    #private;
    constructor(options: ReleaseStoreOptions);
    /** The releases and drafts of a repository, in the order of their creation. */
    of(repository: SandboxRepository): readonly StoredRelease[];
    /** Returns the content of an asset; empty for an upload that was interrupted. */
    contentOf({ path }: StoredAsset): Uint8Array;
    /** Replaces what an asset is downloaded as, and leaves what GitHub lists of it. */
    replaceContent({ path }: StoredAsset, content: Uint8Array): void;
    /** Leaves what an interrupted upload leaves: an asset without content, in the state `starter`. */
    interruptUpload(url: URL): void;
    readonly endpoints: readonly Endpoint[];
    /** Serves the downloads of published releases, as everybody gets them. */
    webRoutes(): readonly Route[];
}
/** The limit of the bodies of uploads. */
export declare const maxUpload: number;
