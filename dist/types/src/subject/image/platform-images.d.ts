/** The images of an index, one for each platform, and the attestation manifests that it lists for them. */
import { type Digest } from '../../core/crypto/index.ts';
import { type Descriptor, type Manifest, type Platform } from '../../services/registry/index.ts';
import { type ManifestSource } from './image-index.ts';
/** The image for one platform. */
export interface PlatformImage {
    readonly manifest: Manifest;
    /** As its configuration states it, which is covered by its digest; `undefined` if the index states none, or the configuration. */
    readonly platform: Platform | undefined;
    /** The attestation manifests that indexes list for it. Whoever wrote the index chose them: only their statements bind them to the image. */
    readonly attestations: readonly Descriptor[];
}
/** Manifests and blobs of an image. */
export interface ImageContent {
    readonly getManifest: ManifestSource;
    readonly getBlob: (digest: Digest, maxLength: number) => Promise<Uint8Array | undefined>;
}
/**
 * Returns the images of an index, each once; for a manifest, that one. Everything that a runtime could select is an image, whatever
 * else the index says of it: all entries except those of the platform `unknown/unknown`.
 *
 * @param what the image's name in the inputs, for errors
 * @throws CountersignError `IMAGE_INVALID` if an index and a configuration contradict each other; `SUBJECT_MISSING` if a manifest or
 *   configuration is missing; `LIMIT_EXCEEDED`; those of the source
 */
export declare function platformImages(root: Manifest, content: ImageContent, what: string): Promise<readonly PlatformImage[]>;
/**
 * Returns the image of an index for a platform.
 *
 * @throws CountersignError `SUBJECT_MISSING` if there is none; `USAGE` if there are several; those of {@link platformImages}
 */
export declare function platformImage(root: Manifest, content: ImageContent, what: string, wanted: Platform): Promise<PlatformImage>;
/**
 * Returns the entries of an index that are attestation manifests, whatever they are about; none of a manifest.
 *
 * @throws CountersignError `IMAGE_INVALID`, `LIMIT_EXCEEDED`
 */
export declare function listedAttestations(index: Manifest, what: string): readonly Descriptor[];
