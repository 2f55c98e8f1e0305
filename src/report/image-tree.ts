/** The list of what is attached to an image in its registry or layout. Nothing in it is verified. */

import type { Digest } from '../core/crypto/index.ts';
import type { FoundReferrers, Platform, Tag } from '../services/registry/index.ts';

/** An image, and each manifest below it if they were asked for. */
export interface ImageTree extends ManifestTree {
  /** As it was named. */
  readonly image: string;
  readonly manifests: readonly (ManifestTree & { readonly platform: Platform | undefined })[];
}

/** A manifest or index, with what is attached to it. */
export interface ManifestTree {
  readonly digest: Digest;
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
  readonly referrers: readonly Referrer[];
  /** The source of the list: the registry's API, the fallback tag that clients maintain, or an image layout on disk. */
  readonly source: FoundReferrers['source'];
  /** The tag where the list is, if the registry has none of its own. */
  readonly fallbackTag: Tag;
  /** The tags under which cosign put signatures and attestations before. */
  readonly tags: readonly AttachedTag[];
  /** The lists and tags that could not be read, so that more may be attached. */
  readonly unread: readonly UnreadPlace[];
}

/** A place that may hold something, and could not be read. */
export interface UnreadPlace {
  readonly place: string;
  /** The reason, as a sentence without its full stop. */
  readonly problem: string;
}

/** Something that refers to a manifest. */
export interface Referrer {
  readonly digest: Digest;
  readonly mediaType: string;
  /** Of its manifest, in bytes. */
  readonly size: number;
  readonly artifactType: string | undefined;
  /** As its annotations say; any text. */
  readonly created: string | undefined;
  readonly predicateType: string | undefined;
  /** The problem with it, as the end of a sentence: `is listed, and not there`. */
  readonly problem: string | undefined;
  /** The referrers that are attached to this one. */
  readonly referrers: readonly Referrer[];
}

export interface AttachedTag {
  readonly tag: Tag;
  readonly digest: Digest;
  readonly mediaType: string;
  readonly size: number;
  /** The number of signatures or attestations in it. */
  readonly layers: number;
}
