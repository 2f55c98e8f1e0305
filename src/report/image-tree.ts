/** The list of what is attached to an image in its registry or layout. Nothing in it is verified. */

import type { Digest } from '../core/crypto/index.ts';
import type { FoundReferrers, Platform, Tag } from '../services/registry/index.ts';

/** An image, and each manifest of its index if they were requested. */
export interface ImageTree extends ManifestTree {
  /** The name that the caller gave. */
  readonly image: string;
  readonly manifests: readonly (ManifestTree & { readonly platform: Platform | undefined })[];
  /** The attestation manifests that the index lists. */
  readonly attestations: readonly AttestationTree[];
}

/** An attestation manifest that an index lists, with what is attached to it. */
export interface AttestationTree extends ManifestTree {
  /** The digest of the manifest that the index lists it for, which can be any text. */
  readonly about: string | undefined;
  readonly predicateTypes: readonly string[];
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
  /** The tag of the list that clients maintain if the registry has no referrers API. */
  readonly fallbackTag: Tag;
  /** The tags under which older versions of cosign store signatures and attestations. */
  readonly tags: readonly AttachedTag[];
  /** The lists and tags that could not be read, so that more may be attached. */
  readonly unread: readonly UnreadPlace[];
}

/** A list or tag that could not be read. */
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
  /** The value of its annotation, which can be any text. */
  readonly created: string | undefined;
  readonly predicateType: string | undefined;
  /** Of the statements of an attestation manifest; absent for anything else. */
  readonly predicateTypes?: readonly string[];
  /** The problem with it, as the end of a sentence: `is listed, but missing`. */
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
