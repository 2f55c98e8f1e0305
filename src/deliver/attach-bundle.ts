/** Attaches bundles to images in their registry, where cosign and gh look for them. */

import { bundleMediaType } from '../core/bundle/index.ts';
import { type Digest, digest, equalDigests } from '../core/crypto/index.ts';
import { utf8 } from '../core/encoding/index.ts';
import { descriptorJson, emptyMediaType, imageMediaType, type RepositoryClient } from '../services/registry/index.ts';
import type { ImageSubject, StoredImage } from '../subject/index.ts';

export interface AttachmentRequest {
  readonly image: Pick<ImageSubject, 'digest'>;
  readonly stored: Pick<StoredImage, 'mediaType' | 'size'>;
  /** The bundle as it was written. */
  readonly bundle: Uint8Array;
  /** The predicate type of the statement in the bundle; `undefined` if it contains none. */
  readonly predicateType: string | undefined;
  /** The time of the signature; absent if it is not to be stated. */
  readonly signedAt?: Date;
  /** Further annotations of the manifest. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** True to ask first if the bundle is attached already. Otherwise it counts as new. */
  readonly asksFirst?: boolean;
}

export interface AttachedManifest {
  /** The digest of the manifest. */
  readonly manifest: Digest;
  /** True if an earlier delivery had attached it. */
  readonly wasThere: boolean;
}

/**
 * Pushes a bundle into the image's repository, with a manifest whose `subject` is the image ("Guidelines for Artifact Usage" of the
 * image specification). The same bundle gives the same manifest, so that attaching it twice changes nothing.
 *
 * @throws CountersignError those of the registry's client
 */
export async function attachBundle(
  repository: RepositoryClient,
  { image, stored, bundle, predicateType, signedAt, annotations: more, asksFirst = false }: AttachmentRequest,
): Promise<AttachedManifest> {
  const empty = utf8('{}');
  const [config, layer] = await Promise.all([repository.pushBlob(empty), repository.pushBlob(bundle)]);
  const annotations = {
    'dev.sigstore.bundle.content': predicateType === undefined ? 'message-signature' : 'dsse-envelope',
    ...(predicateType !== undefined && { 'dev.sigstore.bundle.predicateType': predicateType }),
    // To the second, as other clients do.
    ...(signedAt !== undefined && {
      'org.opencontainers.image.created': signedAt.toISOString().replace(/\.\d+Z$/, 'Z'),
    }),
    ...more,
  };
  const manifest = {
    schemaVersion: 2,
    mediaType: imageMediaType,
    artifactType: bundleMediaType,
    config: descriptorJson({ mediaType: emptyMediaType, digest: config, size: empty.length }),
    layers: [descriptorJson({ mediaType: bundleMediaType, digest: layer, size: bundle.length })],
    subject: descriptorJson({ mediaType: stored.mediaType, digest: image.digest, size: stored.size }),
    annotations,
  };
  const bytes = utf8(JSON.stringify(manifest));
  const wasThere = asksFirst && (await isAttached(repository, image.digest, digest('sha256', bytes)));
  // Also if it was there: what a registry lists, it may have lost.
  const attached = await repository.attach({
    mediaType: imageMediaType,
    bytes,
    subject: image.digest,
    artifactType: bundleMediaType,
    annotations,
  });
  return { manifest: attached, wasThere };
}

async function isAttached(repository: RepositoryClient, image: Digest, manifest: Digest): Promise<boolean> {
  const { descriptors } = await repository.referrers(image);
  return descriptors.some((one) => equalDigests(one.digest, manifest));
}

export interface OlderAttachment extends Pick<AttachmentRequest, 'image' | 'stored'> {
  /** The document that was signed, which names the image. */
  readonly document: Uint8Array;
  /** The signature, the certificate and the log entry, as cosign's older tag has them. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** The type of manifests in which cosign attached signatures as referrers before it had bundles. */
const olderSignatureType = 'application/vnd.dev.cosign.artifact.sig.v1+json';

/**
 * Pushes a signature over a document that names an image, with a manifest whose `subject` is the image, in the layout of
 * `cosign sign --registry-referrers-mode oci-1-1`. The same signature gives the same manifest.
 *
 * @returns the manifest's digest
 * @throws CountersignError those of the registry's client
 */
export async function attachOlderSignature(
  repository: RepositoryClient,
  { image, stored, document, annotations }: OlderAttachment,
): Promise<Digest> {
  const empty = utf8('{}');
  const [config, layer] = await Promise.all([repository.pushBlob(empty), repository.pushBlob(document)]);
  const mediaType = 'application/vnd.dev.cosign.simplesigning.v1+json';
  const manifest = {
    schemaVersion: 2,
    mediaType: imageMediaType,
    artifactType: olderSignatureType,
    config: descriptorJson({ mediaType: olderSignatureType, digest: config, size: empty.length }),
    layers: [descriptorJson({ mediaType, digest: layer, size: document.length, annotations })],
    subject: descriptorJson({ mediaType: stored.mediaType, digest: image.digest, size: stored.size }),
  };
  return repository.attach({
    mediaType: imageMediaType,
    bytes: utf8(JSON.stringify(manifest)),
    subject: image.digest,
    artifactType: olderSignatureType,
    annotations: {},
  });
}
