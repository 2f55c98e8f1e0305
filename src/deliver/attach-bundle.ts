/** Bundles beside the images that they are about, where cosign and gh look for them. */

import { bundleMediaType } from '../core/bundle/index.ts';
import { type Digest, digest, formatDigest } from '../core/crypto/index.ts';
import { type JsonObject, utf8 } from '../core/encoding/index.ts';
import type { RepositoryClient } from '../services/registry/index.ts';
import type { ImageSubject, StoredImage } from '../subject/index.ts';

export interface AttachmentRequest {
  readonly image: Pick<ImageSubject, 'digest'>;
  readonly stored: Pick<StoredImage, 'mediaType' | 'size'>;
  /** The bundle as it was written: one with a statement. */
  readonly bundle: Uint8Array;
  readonly predicateType: string;
  readonly signedAt: Date;
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const emptyType = 'application/vnd.oci.empty.v1+json';

/**
 * Pushes a bundle into the image's repository, with a manifest whose `subject` is the image ("Guidelines for Artifact Usage" of the
 * image specification). The same bundle makes the same manifest: to attach it twice changes nothing.
 *
 * @returns the manifest's digest
 * @throws CountersignError those of the registry's client
 */
export async function attachBundle(
  repository: RepositoryClient,
  { image, stored, bundle, predicateType, signedAt }: AttachmentRequest,
): Promise<Digest> {
  const empty = utf8('{}');
  await Promise.all([repository.pushBlob(empty), repository.pushBlob(bundle)]);
  const annotations = {
    'dev.sigstore.bundle.content': 'dsse-envelope',
    'dev.sigstore.bundle.predicateType': predicateType,
    // To the second, as others write it.
    'org.opencontainers.image.created': signedAt.toISOString().replace(/\.\d+Z$/, 'Z'),
  };
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestType,
    artifactType: bundleMediaType,
    config: descriptor(emptyType, digest('sha256', empty), empty.length),
    layers: [descriptor(bundleMediaType, digest('sha256', bundle), bundle.length)],
    subject: descriptor(stored.mediaType, image.digest, stored.size),
    annotations,
  };
  return repository.attach({
    mediaType: manifestType,
    bytes: utf8(JSON.stringify(manifest)),
    subject: image.digest,
    artifactType: bundleMediaType,
    annotations,
  });
}

/** Image specification, "Content Descriptors". */
function descriptor(mediaType: string, digestOf: Digest, size: number): JsonObject {
  return { mediaType, digest: formatDigest(digestOf), size };
}
