/** Resolves an image's name to the manifest that it stands for at this moment. */

import { fail } from '../core/errors/index.ts';
import { formatRepository, type ImageReference, type Manifest, type Registries } from '../services/registry/index.ts';
import type { ImageSubject, StoredImage } from './subject.ts';

export interface ResolvedImage {
  readonly subject: ImageSubject & { readonly stored: StoredImage };
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
export async function resolveImage(
  { repository, tag, digest }: ImageReference,
  origin: string,
  registries: Registries,
): Promise<ResolvedImage> {
  const wanted = digest ?? tag;
  const manifest = wanted && (await registries(repository).getManifest(wanted));
  if (manifest === undefined)
    return fail('SUBJECT_MISSING', `the registry ${repository.registry} has no image ${origin}`, {
      remedy: 'Check the name, and that the image was pushed before. For a private image, log in first.',
    });
  const { mediaType, bytes } = manifest;
  const tags = digest === undefined && tag !== undefined ? [tag] : [];
  const stored = { repository, tags, mediaType, size: bytes.length };
  const name = formatRepository(repository);
  return { subject: { kind: 'image', name, digest: manifest.digest, origin, stored }, manifest };
}
