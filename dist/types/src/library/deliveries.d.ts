/** Delivers bundles for a program. */
import type { GitHubAccess, ImageOptions, RequestOptions } from './options.ts';
import type { Signed } from './session.ts';
/**
 * Writes a bundle to a file, atomically. A file of this name is replaced.
 *
 * @throws CountersignError `WRITE_FAILED`
 *
 * @example
 * const signed = await signFile('app.tar.gz', { token, instance });
 * await writeBundle('app.tar.gz.sigstore.json', signed);
 */
export declare function writeBundle(path: string, { text }: Pick<Signed, 'text'>, options?: RequestOptions): Promise<void>;
/** The image that a bundle was attached to, and the manifest that was pushed. */
export interface AttachedBundle {
    /** `registry/name@sha256:…` of the image. */
    readonly image: string;
    /** `registry/name@sha256:…` of the manifest that has the bundle. */
    readonly manifest: string;
}
/**
 * Attaches a bundle to an image in its registry, where `cosign verify`, `gh attestation verify` and `countersign verify` find it.
 *
 * @param name with a tag or a digest; use {@link SignedImage.image}, whose digest is the one that was signed
 * @throws CountersignError `ARTIFACT_MISMATCH` for a bundle that is not about this image; `SUBJECT_MISSING`; `DELIVERY_FAILED` for a bundle
 *   without a statement; those of the registry's client
 * @see OCI Image Specification, "Guidelines for Artifact Usage"
 *
 * @example
 * const signed = await signImage(image, { token, instance });
 * const attached = await attachToImage(signed.image, signed);
 * attached.image === signed.image; // → true
 */
export declare function attachToImage(name: string, signed: Pick<Signed, 'text' | 'verdict'>, options?: ImageOptions & RequestOptions): Promise<AttachedBundle>;
/** A release, and the files to attach to it. */
export interface ReleaseOptions extends GitHubAccess {
    /** The tag or the ID of the release; its draft is created if there is none. */
    readonly release: string;
    /** The paths of the files and of their bundles. */
    readonly files: readonly string[];
    /** True to publish the release once it has all files. */
    readonly publish?: boolean | undefined;
    /** The commit that was built. The tag must not be at another one. */
    readonly commit?: string | undefined;
}
/** A release with files. */
export interface ReleaseWithFiles {
    readonly tag: string;
    readonly url: string;
    readonly isPublished: boolean;
    /** The files that were uploaded; the others were there already, with the same content. */
    readonly uploaded: readonly string[];
}
/**
 * Attaches files and their bundles to a release on GitHub. A file that is there with the same content is not uploaded again, and one with other
 * content is an error.
 *
 * @throws CountersignError `RELEASE_MISSING`, `RELEASE_IMMUTABLE`, `RELEASE_ASSET_UNFIT`, `RELEASE_TAG_MOVED`, `PERMISSION_MISSING` and others of the
 *   release; the first failure of a file, after all files were tried
 *
 * @example
 * const repository = 'example-org/example-repo';
 * const { tag, isPublished } = await attachToRelease({ repository, release: 'v1.3', files: ['app.tar.gz'] });
 * [tag, isPublished]; // → ['v1.3', false]
 */
export declare function attachToRelease(options: ReleaseOptions): Promise<ReleaseWithFiles>;
/** An attestation in GitHub's store. */
export interface StoredAttestation {
    /** Absent if the store had it already. */
    readonly id: string | undefined;
    readonly url: string;
}
/**
 * Stores a bundle in GitHub's attestation store, where `gh attestation verify` finds it.
 *
 * @throws CountersignError `USAGE` for a bundle without a statement; `PERMISSION_MISSING` without the permission `attestations: write`;
 *   `RATE_LIMITED`, `SERVICE_UNAVAILABLE`
 *
 * @example
 * const signed = await attest(['app.tar.gz'], 'provenance', { instance });
 * const { url } = await storeAttestation(signed, { repository: 'example-org/example-repo' });
 * url.startsWith('https://github.com/example-org/example-repo/attestations/'); // → true
 */
export declare function storeAttestation({ text, bundle: { content } }: Pick<Signed, 'text' | 'bundle'>, options?: GitHubAccess): Promise<StoredAttestation>;
