/**
 * Formats what is attached to an image as JSON. docs/json.md documents the format; within a version, members are added and never
 * changed.
 */

import { formatDigest } from '../core/crypto/index.ts';
import type { ImageTree, ManifestTree, Referrer } from './image-tree.ts';

/** Returns the tree as plain values. */
export function imageTreeJson(tree: ImageTree): object {
  return {
    version: 1,
    // For readers who see only the JSON.
    verified: false,
    image: tree.image,
    ...manifestJson(tree),
    manifests: tree.manifests.map(({ platform, ...manifest }) => ({
      platform: platform ?? null,
      ...manifestJson(manifest),
    })),
    attestations: tree.attestations.map(({ about, predicateTypes, ...manifest }) => ({
      about: about ?? null,
      predicateTypes,
      ...manifestJson(manifest),
    })),
  };
}

const sources = { api: 'referrers-api', tag: 'referrers-tag', layout: 'image-layout' } as const;

function manifestJson({ digest, mediaType, size, source, referrers, tags, unread }: ManifestTree): object {
  return {
    digest: formatDigest(digest),
    mediaType,
    size,
    listedBy: sources[source],
    referrers: referrers.map(referrerJson),
    tags: tags.map(({ digest: named, ...tag }) => ({ ...tag, digest: formatDigest(named) })),
    unread,
  };
}

function referrerJson({ digest, mediaType, size, ...rest }: Referrer): object {
  return {
    digest: formatDigest(digest),
    mediaType,
    size,
    artifactType: rest.artifactType ?? null,
    created: rest.created ?? null,
    predicateType: rest.predicateType ?? null,
    // Only for attestation manifests.
    ...(rest.predicateTypes !== undefined && { predicateTypes: rest.predicateTypes }),
    problem: rest.problem ?? null,
    referrers: rest.referrers.map(referrerJson),
  };
}
