/** The sandbox's registries, with images in them that are small and each another. */

import { randomBytes } from 'node:crypto';
import { type Digest, digest, formatDigest } from '../../src/core/crypto/index.ts';
import { type JsonObject, utf8 } from '../../src/core/encoding/index.ts';
import type { Http } from '../../src/services/http/index.ts';
import {
  type ManifestMediaType,
  openRegistries,
  parseImageReference,
  parseTag,
  type Registries,
  type RepositoryClient,
} from '../../src/services/registry/index.ts';

export const imageType = 'application/vnd.oci.image.manifest.v1+json';
export const indexType = 'application/vnd.oci.image.index.v1+json';
export const emptyType = 'application/vnd.oci.empty.v1+json';

/** Registries that need no credentials, and waits that take no time. */
export function registriesFor(http: Http): Registries {
  return openRegistries(http, async () => undefined, { random: randomBytes, sleep: async () => undefined });
}

export interface PushedImage {
  readonly repository: string;
  readonly digest: Digest;
  /** `registry/name@sha256:…` */
  readonly reference: string;
  readonly bytes: Uint8Array;
}

/** The client of `registry/name`. */
export function clientOf(registries: Registries, repository: string): RepositoryClient {
  return registries(parseImageReference(`${repository}:any`).repository);
}

/** Pushes a document under its digest, and under a tag. */
export async function pushDocument(
  registries: Registries,
  repository: string,
  mediaType: ManifestMediaType,
  document: JsonObject,
  ...tags: readonly string[]
): Promise<PushedImage> {
  const client = clientOf(registries, repository);
  const bytes = utf8(JSON.stringify({ schemaVersion: 2, mediaType, ...document }));
  const named = digest('sha256', bytes);
  for (const name of [named, ...tags.map(parseTag)]) await client.putManifest(name, { mediaType, bytes });
  return { repository, digest: named, reference: `${repository}@${formatDigest(named)}`, bytes };
}

/** Pushes an image whose one layer nothing else has. */
export async function pushImage(
  registries: Registries,
  repository: string,
  ...tags: readonly string[]
): Promise<PushedImage> {
  const client = clientOf(registries, repository);
  const blobs = [utf8('{}'), randomBytes(64)];
  const [config, layer] = await Promise.all(blobs.map((bytes) => client.pushBlob(bytes)));
  if (config === undefined || layer === undefined) throw new Error('nothing was pushed');
  const document = {
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: formatDigest(config), size: 2 },
    layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', digest: formatDigest(layer), size: 64 }],
  };
  return pushDocument(registries, repository, imageType, document, ...tags);
}

/** Pushes an index of these, each for a platform, and with what BuildKit puts beside them. */
export async function pushIndex(
  registries: Registries,
  repository: string,
  images: readonly PushedImage[],
  ...tags: readonly string[]
): Promise<PushedImage> {
  const described = ({ digest: named, bytes }: PushedImage): JsonObject => ({
    mediaType: imageType,
    digest: formatDigest(named),
    size: bytes.length,
  });
  const attestation = await pushImage(registries, repository);
  const platforms = ['amd64', 'arm64', 'riscv64'];
  const manifests = images.map((image, at) => ({
    ...described(image),
    platform: { os: 'linux', architecture: platforms[at] ?? `other${at}` },
  }));
  const beside = images.map((image) => ({
    ...described(attestation),
    platform: { os: 'unknown', architecture: 'unknown' },
    annotations: {
      'vnd.docker.reference.type': 'attestation-manifest',
      'vnd.docker.reference.digest': formatDigest(image.digest),
    },
  }));
  return pushDocument(registries, repository, indexType, { manifests: [...manifests, ...beside] }, ...tags);
}
