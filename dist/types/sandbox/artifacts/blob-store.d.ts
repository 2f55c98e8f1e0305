/** A blob store with the parts of Azure's that uploads need: Put Block, Put Block List and Get Blob, with signed URLs only. */
import { type Route } from '../http/route.ts';
import type { Sources } from '../sources.ts';
export interface ReadOptions {
    readonly contentType?: string;
    readonly fileName?: string;
    readonly lifetimeSeconds?: number;
}
export declare class BlobStore {
    #private;
    /** The origin that serves the blobs. */
    readonly origin: string;
    constructor(origin: string, sources: Sources);
    /** Returns a URL for uploading a blob, by default for an hour. */
    uploadUrl(path: string, lifetimeSeconds?: number): string;
    /** Returns a URL for downloading a blob, by default for ten minutes, with the headers of the answer. */
    downloadUrl(path: string, { contentType, fileName, lifetimeSeconds }?: ReadOptions): string;
    /** Returns the committed contents of a blob; `undefined` if there are none. */
    bytes(path: string): Uint8Array | undefined;
    /** Stores a blob without an upload. */
    keep(path: string, bytes: Uint8Array): void;
    /** Makes a blob immutable. */
    seal(path: string): void;
    delete(path: string): void;
    routes(): readonly Route[];
}
