/** An image on disk, in any of the forms in which images are saved. */
import { type Digest } from '../../core/crypto/index.ts';
import { type JsonObject, type JsonValue } from '../../core/encoding/index.ts';
import { type Manifest } from '../../services/registry/index.ts';
import type { ManifestSource } from './image-index.ts';
/** One of the images that were saved together. */
export interface SavedImage {
    /** `registry/name`, if it was saved under a full name; without the tag, which moves. */
    readonly name: string | undefined;
    /** Of its manifest or index; of what `docker save` wrote before Docker 25, of its configuration: the image ID. */
    readonly digest: Digest;
    readonly mediaType: string;
    /** Of the manifest, index or configuration; in bytes. */
    readonly size: number;
}
export interface DiskImage {
    /** At least one; of one name and digest, one. */
    readonly images: readonly SavedImage[];
    /**
     * A manifest or index among what was saved, held to its digest; `undefined` if it is not there.
     *
     * @throws CountersignError `IMAGE_INVALID`, `LIMIT_EXCEEDED`, `SUBJECT_UNREADABLE`, `SUBJECT_CHANGED`
     */
    readonly getManifest: ManifestSource;
    /**
     * A blob among what was saved, held to its digest; `undefined` if it is not there.
     *
     * @throws CountersignError as `getManifest` does
     */
    readonly getBlob: (digest: Digest, maxLength: number) => Promise<Uint8Array | undefined>;
    /**
     * The manifests that are attached to the images.
     *
     * @throws CountersignError as `getManifest` does
     */
    readonly attached: () => Promise<readonly AttachedManifest[]>;
}
/** A manifest that holds signatures or attestations as `cosign save` puts them beside an image, or one that names a subject. */
export interface AttachedManifest {
    readonly kind: 'signatures' | 'attestations' | 'referrer';
    readonly manifest: Manifest;
}
export declare function demandNotTooMany(count: number, what: string): void;
/** A name that an image was saved under. */
export interface SavedName {
    /** `registry/name` */
    readonly repository: string;
    /** In full, with tag and digest: equal for the same name, however short it is written. */
    readonly full: string;
}
/**
 * Reads a name as docker, containerd and podman write it.
 *
 * @throws CountersignError `IMAGE_INVALID`
 */
export declare function readSavedName(text: string, what: string): SavedName;
/** A name, if the text is one with its registry; it may be a tag, or anything else. */
export declare function readFullName(text: string): SavedName | undefined;
/**
 * Returns the digest of the one image that was saved.
 *
 * @throws CountersignError `USAGE` if there are several
 */
export declare function onlyImage({ images }: DiskImage, path: string): Digest;
/** Of each name and digest the first. */
export declare function withoutRepeated(images: readonly SavedImage[]): readonly SavedImage[];
export declare function parseDocument(bytes: Uint8Array, what: string): JsonValue;
export declare function objectOf(value: JsonValue | undefined, what: string): JsonObject;
/** A list of texts; nothing, which Go writes for an empty list, is one too. */
export declare function textsOf(value: JsonValue | undefined, what: string): readonly string[];
