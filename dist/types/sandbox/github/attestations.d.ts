/**
 * Serves GitHub's store of attestations, and the blob store that `bundle_url` leads to. Attestations belong to a repository. They are found by the
 * digests of their subjects: in the repository, or in all repositories of an owner that the token can see.
 */
import { type JsonObject } from '../../src/core/encoding/json.ts';
import type { BlobStore } from '../artifacts/blob-store.ts';
import { type HttpRequest } from '../http/message.ts';
import type { Sources } from '../sources.ts';
import type { SandboxRepository } from './repository.ts';
export interface AttestationSettings {
    /** Whether responses contain bundles; by default those of the API version 2022-11-28 do, and those of 2026-03-10 do not. */
    readonly inlineBundles: boolean | undefined;
    /** False if no owner of private repositories has a plan with attestations for them. */
    readonly privateAttestations: boolean;
}
/** An attestation of a repository. */
export interface StoredAttestation {
    readonly id: number;
    readonly repositoryId: number;
    readonly digests: readonly string[];
    readonly predicateType: string;
    readonly bundle: JsonObject;
    /** The path of the bundle in the blob store. */
    readonly path: string;
}
export interface AttestationStoreOptions {
    readonly blobs: BlobStore;
    readonly sources: Sources;
    readonly nextId: () => number;
}
/** The part of a request that decides how attestations are listed. */
interface Listing {
    readonly request: HttpRequest;
    /** The attestations that the token can see, in the order of their creation. */
    readonly visible: readonly StoredAttestation[];
}
/** In bytes: a bundle that is too large is refused for that, and not by the sandbox's HTTP. */
export declare const maxAttestationRequest: number;
export declare class AttestationStore {
    #private;
    constructor({ blobs, sources, nextId }: AttestationStoreOptions);
    /** All attestations, in the order of their creation. */
    get all(): readonly StoredAttestation[];
    configure(settings: Partial<AttestationSettings>): void;
    /** Stores a bundle without the checks of the API, as GitHub stores its own release attestations. */
    keep(repository: SandboxRepository, bundle: JsonObject): StoredAttestation;
    /** Deletes attestations, as their owner can. */
    delete(attestations: readonly StoredAttestation[]): void;
    /** Stores the bundle in a request, and returns its id. The same bundle again is another attestation. */
    create({ body }: HttpRequest, repository: SandboxRepository): JsonObject;
    /** Lists the attestations of a digest. Without any, there is nothing at that address. */
    list({ request, visible }: Listing, digest: string): {
        readonly body: JsonObject;
        readonly link: string | undefined;
    };
    /** Lists the attestations of up to 1024 digests. A page has those of all digests together: `null` means none on this page. */
    bulkList({ request, visible }: Listing): JsonObject;
    /** Returns the attestations that a request to delete names: by `digest/<digest>`, by id, or by the lists in its body. */
    chosen({ request, visible }: Listing, path: readonly string[]): readonly StoredAttestation[];
}
export {};
