/** What is attached to an image, as a registry lists it. Nothing of it is verified. */

import type { Digest } from '../core/crypto/index.ts';
import type { Platform, Referrers, Tag } from '../services/registry/index.ts';

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
  /** Where they were listed: by the registry, or by the tag that clients keep in its stead. */
  readonly source: Referrers['source'];
  /** The tag where the list is, if the registry has none of its own. */
  readonly fallbackTag: Tag;
  /** The tags under which cosign put signatures and attestations before. */
  readonly tags: readonly AttachedTag[];
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
  /** What is wrong with it, as the end of a sentence: `is listed, and not there`. */
  readonly problem: string | undefined;
  /** What is attached to it in turn. */
  readonly referrers: readonly Referrer[];
}

export interface AttachedTag {
  readonly tag: Tag;
  readonly digest: Digest;
  readonly mediaType: string;
  readonly size: number;
  /** How many things it holds: signatures, attestations. */
  readonly layers: number;
}
