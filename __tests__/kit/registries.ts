/** The sandbox's registries, with images in them that are small and each another. */

import { randomBytes, randomUUID } from 'node:crypto';
import { digest, formatDigest } from '../../src/core/crypto/index.ts';
import { type JsonObject, utf8 } from '../../src/core/encoding/index.ts';
import type { Http } from '../../src/services/http/index.ts';
import {
  type Credential,
  isManifestMediaType,
  type ManifestMediaType,
  openRegistries,
  parseImageReference,
  parseTag,
  type Registries,
  type RepositoryClient,
} from '../../src/services/registry/index.ts';
import { type BuiltImage, buildKitAttestation, image, index, platforms } from './image-layout.ts';

export const imageType = 'application/vnd.oci.image.manifest.v1+json';
export const indexType = 'application/vnd.oci.image.index.v1+json';
export const emptyType = 'application/vnd.oci.empty.v1+json';

/** Registries for whoever needs no credentials, or has one, and waits that take no time. */
export function registriesFor(http: Http, credential?: Credential): Registries {
  return openRegistries(http, async () => credential, { random: randomBytes, sleep: async () => undefined });
}

/** An image or index in a registry. */
export interface PushedImage extends BuiltImage {
  readonly repository: string;
  /** `registry/name@sha256:…` */
  readonly reference: string;
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
): Promise<void> {
  const client = clientOf(registries, repository);
  const bytes = utf8(JSON.stringify({ schemaVersion: 2, mediaType, ...document }));
  for (const name of [digest('sha256', bytes), ...tags.map(parseTag)])
    await client.putManifest(name, { mediaType, bytes });
}

/** Pushes an image or index with all that it is made of, the innermost first, and gives it tags. */
export async function pushInto(
  client: RepositoryClient,
  built: BuiltImage,
  tags: readonly string[] = [],
): Promise<void> {
  for (const { mediaType, bytes } of built.blobs.toReversed()) {
    if (!isManifestMediaType(mediaType)) await client.pushBlob(bytes);
    else await client.putManifest(digest('sha256', bytes), { mediaType, bytes });
  }
  const { mediaType, bytes } = built;
  for (const tag of tags)
    if (isManifestMediaType(mediaType)) await client.putManifest(parseTag(tag), { mediaType, bytes });
}

/** Something attached to an image. */
export interface Attached {
  readonly subject: BuiltImage;
  readonly built: BuiltImage;
}

/** Attaches it as clients do, and sees to it that it is listed. */
export async function attachInto(client: RepositoryClient, { subject, built }: Attached): Promise<void> {
  const { mediaType, bytes, blobs } = built;
  if (!isManifestMediaType(mediaType)) throw new Error(`${mediaType} cannot be attached`);
  for (const blob of blobs) if (blob.mediaType !== mediaType) await client.pushBlob(blob.bytes);
  const { artifactType, annotations } = JSON.parse(String(bytes));
  await client.attach({ subject: subject.digest, mediaType, bytes, artifactType, annotations: annotations ?? {} });
}

/** Likewise, into a repository that is named. */
export async function pushBuilt(
  registries: Registries,
  repository: string,
  built: BuiltImage,
  ...tags: readonly string[]
): Promise<PushedImage> {
  await pushInto(clientOf(registries, repository), built, tags);
  return { ...built, repository, reference: `${repository}@${formatDigest(built.digest)}` };
}

/** Pushes an image that is like no other. */
export function pushImage(
  registries: Registries,
  repository: string,
  ...tags: readonly string[]
): Promise<PushedImage> {
  return pushBuilt(registries, repository, image([randomUUID()]), ...tags);
}

/** Pushes an index of these, each for a platform, and with what BuildKit puts beside them. */
export function pushIndex(
  registries: Registries,
  repository: string,
  images: readonly BuiltImage[],
  ...tags: readonly string[]
): Promise<PushedImage> {
  const listed = images.map((each, at) => [each, { platform: platforms[at] ?? platforms[0] }] as const);
  return pushBuilt(registries, repository, index([...listed, ...images.map(buildKitAttestation)]), ...tags);
}
