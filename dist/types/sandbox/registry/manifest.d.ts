/** Reads manifests: their parts, their subject, and the members that lists show. */
import { type JsonObject } from '../../src/core/encoding/index.ts';
export declare const indexType = "application/vnd.oci.image.index.v1+json";
export interface Manifest {
    readonly digest: string;
    readonly mediaType: string;
    readonly bytes: Uint8Array;
    readonly outline: Outline;
}
export interface Outline {
    /** The digests of blobs and manifests that must be pushed before it. */
    readonly blobs: readonly string[];
    readonly manifests: readonly string[];
    readonly subject?: string;
    readonly artifactType?: string;
    readonly annotations?: JsonObject;
}
/** Reads a manifest. One of an unknown media type is stored unread, and has no parts. */
export declare function readOutline(mediaType: string, bytes: Uint8Array): Outline;
