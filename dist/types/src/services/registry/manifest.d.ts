/** Manifests and indexes as bytes of a known type (image specification, "Manifest", "Index"; Docker's image manifest v2, schema 2). */
import { type Digest } from '../../core/crypto/index.ts';
import { type JsonObject, type JsonValue } from '../../core/encoding/index.ts';
export declare const indexMediaType = "application/vnd.oci.image.index.v1+json";
export declare const imageMediaType = "application/vnd.oci.image.manifest.v1+json";
/** Of the two bytes `{}`, which artifacts have for a configuration (image specification, "Guidance for an Empty Descriptor"). */
export declare const emptyMediaType = "application/vnd.oci.empty.v1+json";
export declare const manifestMediaTypes: readonly ["application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json", 'application/vnd.docker.distribution.manifest.list.v2+json', 'application/vnd.docker.distribution.manifest.v2+json'];
export type ManifestMediaType = (typeof manifestMediaTypes)[number];
/** The length that every registry must accept (distribution specification, "Pushing Manifests"). */
export declare const maxManifestLength: number;
export interface Manifest {
    readonly mediaType: ManifestMediaType;
    readonly digest: Digest;
    readonly bytes: Uint8Array;
}
/** The description of a blob or manifest in another document (image specification, "Content Descriptors"). */
export interface Descriptor {
    readonly mediaType: string;
    readonly digest: Digest;
    readonly size: number;
    readonly artifactType?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly platform?: Platform;
}
/** The platform of an image, as an index or a configuration states it. */
export interface Platform {
    readonly os: string;
    readonly architecture: string;
    readonly variant?: string;
}
/** Reports whether a text is a known media type of a manifest or index. */
export declare function isManifestMediaType(text: string): text is ManifestMediaType;
/**
 * Reads a manifest that was answered, and holds it to its digest where one was asked for.
 *
 * @param contentType as the answer names it
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`
 */
export declare function readManifest(bytes: Uint8Array, contentType: unknown, wanted: Digest | undefined, what: string): Manifest;
/** The media type of an answer, without its parameters. */
export declare function readMediaType(contentType: unknown, what: string): ManifestMediaType;
export declare function mediaTypeOf(contentType: unknown): string;
/**
 * Holds bytes to a digest.
 *
 * @returns the digest asked for, or the bytes' SHA-256
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`
 */
export declare function demandDigest(bytes: Uint8Array, wanted: Digest | undefined, what: string): Digest;
/**
 * Reads the descriptors of an index.
 *
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`, `LIMIT_EXCEEDED`
 */
export declare function readIndex(bytes: Uint8Array, what: string): readonly Descriptor[];
/** The manifest of an image or artifact (image specification, "Image Manifest"), with the members that are used here. */
export interface ImageManifest {
    /** The artifact type, if it has one; older manifests use the media type of the configuration instead. */
    readonly artifactType: string | undefined;
    /** None of what has no layers, as an index. */
    readonly layers: readonly Descriptor[];
    /** True if it has a list of layers, even an empty one. */
    readonly listsLayers: boolean;
    /** The manifest that it is attached to. */
    readonly subject: Descriptor | undefined;
}
/**
 * Reads the manifest of an image or artifact.
 *
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`, `LIMIT_EXCEEDED`
 */
export declare function readImageManifest(bytes: Uint8Array, what: string): ImageManifest;
/**
 * Reads which configuration a manifest names.
 *
 * @throws CountersignError `SERVICE_RESPONSE_INVALID`
 */
export declare function readConfigDescriptor(bytes: Uint8Array, what: string): Descriptor;
/** `linux/amd64`, `linux/arm64/v8` */
export declare function formatPlatform({ os, architecture, variant }: Platform): string;
/** `undefined` where it does not say at least what everybody says. */
export declare function readPlatform(value: JsonValue | undefined): Platform | undefined;
/** The document as it is, so that what is written back keeps what is not known here. */
export declare function parseObject(bytes: Uint8Array, what: string): JsonObject;
/** A descriptor as JSON holds it. */
export declare function descriptorJson({ digest: named, platform, ...rest }: Descriptor): JsonObject;
