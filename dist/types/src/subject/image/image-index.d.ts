/** The manifests of an index, with those of the indexes in it (image specification, "Image Index"). */
import { type Digest } from '../../core/crypto/index.ts';
import { type Descriptor, type Manifest, type Platform } from '../../services/registry/index.ts';
/** Fetches manifests from a registry or an image on disk; returns `undefined` for one that does not exist. */
export type ManifestSource = (digest: Digest) => Promise<Manifest | undefined>;
/** A manifest or index below an index. */
export interface ListedManifest {
    readonly manifest: Manifest;
    /** As the index has it that lists the manifest first. */
    readonly platform: Platform | undefined;
}
/** The treatment of a manifest that is listed and does not exist. */
export type Missing = 'refused' | 'left out';
/** Reports whether an index lists a manifest as an attestation manifest of BuildKit's. */
export declare function isAttestationManifest({ annotations }: Descriptor): boolean;
/**
 * Returns every manifest and index below an index, each once, nearest first, in the order in which they are listed; none for a
 * manifest. Each must have the digest, size and media type of every descriptor that lists it. BuildKit's attestation manifests
 * (`vnd.docker.reference.type`) are skipped: they are about the image, and are not images.
 *
 * @param what the image's name in the inputs, for errors
 * @param isLeftOut decides which entries of indexes are skipped
 * @throws CountersignError `SUBJECT_MISSING` if one is listed that the source does not have; `IMAGE_INVALID`; `LIMIT_EXCEEDED`;
 * those of the source
 */
export declare function manifestsOf(root: Manifest, source: ManifestSource, what: string, missing?: Missing, isLeftOut?: (descriptor: Descriptor) => boolean): Promise<readonly ListedManifest[]>;
/**
 * Returns the entries of an index; none of a manifest.
 *
 * @throws CountersignError `IMAGE_INVALID`, `LIMIT_EXCEEDED`
 */
export declare function entriesOf(index: Manifest, what: string): readonly Descriptor[];
/** Reports whether a manifest is an index. */
export declare function isIndex({ mediaType }: Manifest): boolean;
/**
 * Holds a manifest to its descriptor. One of another media type would be an index to one reader and an image to another
 * (CVE-2021-41190).
 *
 * @throws CountersignError `IMAGE_INVALID`
 */
export declare function demandSizeAndType(manifest: Manifest, { mediaType, size }: Pick<Descriptor, 'mediaType' | 'size'>, what: string): void;
