/** Resolves an image's name to the manifest that it stands for at this moment. */
import { type ImageReference, type Manifest, type Registries } from '../services/registry/index.ts';
import type { ImageSubject, StoredImage } from './subject.ts';
export interface ResolvedImage {
    readonly subject: ImageSubject & {
        readonly stored: StoredImage;
    };
    /** The manifest or index, as it was fetched: of the subject's digest. */
    readonly manifest: Manifest;
}
/**
 * Asks the registry once what an image is. With a digest in its name, that counts and the tag beside it does not, as with all
 * clients.
 *
 * @param origin how it was named, for errors
 * @throws CountersignError `SUBJECT_MISSING` if the registry does not have it; those of the registry's client
 */
export declare function resolveImage({ repository, tag, digest }: ImageReference, origin: string, registries: Registries): Promise<ResolvedImage>;
