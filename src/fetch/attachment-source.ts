/** Where attachments of images are read from, and the tags under which cosign kept them before. */

import { type Digest, formatDigest } from '../core/crypto/index.ts';
import { fallbackTag, type Manifest, parseTag, type RepositoryClient, type Tag } from '../services/registry/index.ts';
import { formatImage, type ImageSubject } from '../subject/index.ts';

/** The ending of one of cosign's older tags. */
export type OlderSuffix = 'sig' | 'att' | 'sbom';

/** A manifest of cosign's older layout, with its place for reports. */
export interface TaggedManifest {
  readonly place: string;
  readonly manifest: Manifest;
}

/** A repository in a registry, or an image layout on disk. */
export interface AttachmentSource extends Pick<RepositoryClient, 'getManifest' | 'getBlob' | 'findReferrers'> {
  /** Returns the manifests that are in place of those under an older tag, where there are no tags. */
  readonly untagged?: (suffix: OlderSuffix) => readonly Manifest[];
}

/** The image that things are attached to: its digest, and the name of the repository or layout that holds what is attached. */
export type AttachedTo = Pick<ImageSubject, 'name' | 'digest'>;

/** Returns the tag of cosign's older layout, which identifies images by SHA-256 only. */
export function olderTag(image: Digest, suffix: OlderSuffix): Tag | undefined {
  return image.algorithm === 'sha256' ? parseTag(`${fallbackTag(image)}.${suffix}`) : undefined;
}

/**
 * Returns what is under an older tag of an image: one manifest or none in a registry.
 *
 * @throws CountersignError those of the source
 */
export async function taggedManifests(
  source: AttachmentSource,
  image: AttachedTo,
  suffix: OlderSuffix,
): Promise<readonly TaggedManifest[]> {
  if (source.untagged !== undefined) {
    const manifests = source.untagged(suffix);
    return manifests.map((manifest) => ({ place: formatImage({ ...image, digest: manifest.digest }), manifest }));
  }
  const tag = olderTag(image.digest, suffix);
  const manifest = tag && (await source.getManifest(tag));
  return manifest === undefined ? [] : [{ place: placeOfTag(image, suffix), manifest }];
}

/** Returns the place of an older tag: `registry/name:sha256-….sig`. */
export function placeOfTag({ name, digest }: AttachedTo, suffix: OlderSuffix): string {
  return `${name}:${olderTag(digest, suffix)}`;
}

/** Returns the place of a list of referrers: of the API, or of the index under a tag. */
export function placeOfList({ name, digest }: AttachedTo, tag: Tag | undefined): string {
  return tag === undefined ? `${name}: the list of referrers of ${formatDigest(digest)}` : `${name}:${tag}`;
}
