/** What is attached to an image, as its registry lists it. Nothing of it is verified. */

import { type Digest, formatDigest } from '../core/crypto/index.ts';
import { encodeHex } from '../core/encoding/index.ts';
import { fail } from '../core/errors/index.ts';
import type { AttachedThing, ImageTree } from '../report/index.ts';
import {
  type Descriptor,
  formatRepository,
  type Manifest,
  parseTag,
  type Registries,
  type RepositoryClient,
  readImageManifest,
} from '../services/registry/index.ts';
import { formatImage, inGroups, manifestsOf, readImageName, resolveImage } from '../subject/index.ts';

/** What is attached to what is attached is followed so far: a signature on an SBOM, and little else. */
const maxDepth = 3;
const maxAttached = 256;
const olderSuffixes = ['sig', 'att', 'sbom'] as const;

/**
 * Lists what is attached to an image, and, `recursive`, to each image in an index.
 *
 * @throws CountersignError `USAGE` for what is no image in a registry; `SUBJECT_MISSING`; `LIMIT_EXCEEDED`; those of the registry's client
 */
export async function imageTree(name: string, recursive: boolean, registries: Registries): Promise<ImageTree> {
  const named = readImageName(name);
  if (named.kind === 'path')
    return fail('USAGE', `${JSON.stringify(name)} is an image on disk: nothing is attached there`);
  const { subject, manifest } = await resolveImage(named.reference, name, registries);
  const repository = formatRepository(subject.stored.repository);
  const client = registries(subject.stored.repository);
  const tree = await treeOf(client, repository, manifest, undefined);
  if (!recursive) return tree;
  const images: ImageTree[] = [];
  for (const { manifest: listed, platform } of await manifestsOf(manifest, client.getManifest, name)) {
    const shown = platform && [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/');
    images.push(await treeOf(client, repository, listed, shown));
  }
  return { ...tree, images };
}

async function treeOf(
  client: RepositoryClient,
  name: string,
  { digest, mediaType }: Manifest,
  platform: string | undefined,
): Promise<ImageTree> {
  const [{ source, descriptors }, ...older] = await Promise.all([
    client.referrers(digest),
    ...olderSuffixes.map((suffix) => underTag(client, name, digest, suffix)),
  ]);
  const referrers = await attachedTo(client, name, descriptors, maxDepth);
  return {
    reference: formatImage({ name, digest }),
    mediaType,
    platform,
    source,
    attached: [...referrers, ...older.flat()],
    images: [],
  };
}

async function attachedTo(
  client: RepositoryClient,
  name: string,
  descriptors: readonly Descriptor[],
  depth: number,
): Promise<readonly AttachedThing[]> {
  if (descriptors.length > maxAttached)
    fail('LIMIT_EXCEEDED', `${descriptors.length} things are attached to one image; ${maxAttached} are listed`);
  return inGroups(descriptors, (descriptor) => describe(client, name, descriptor, depth));
}

/** A list may say less of a manifest than it says itself, and may name what is not there. */
async function describe(
  client: RepositoryClient,
  name: string,
  { digest, size, mediaType, ...listed }: Descriptor,
  depth: number,
): Promise<AttachedThing> {
  const place = formatImage({ name, digest });
  const manifest = await client.getManifest(digest);
  const read = manifest && readImageManifest(manifest.bytes, place);
  const { descriptors } = depth > 1 ? await client.referrers(digest) : { descriptors: [] };
  const annotations = read?.annotations ?? listed.annotations ?? {};
  return {
    place,
    type: read?.artifactType ?? read?.layers[0]?.mediaType ?? listed.artifactType ?? mediaType,
    digest: formatDigest(digest),
    size,
    isThere: manifest !== undefined,
    created: annotations['org.opencontainers.image.created'],
    predicateType: annotations['dev.sigstore.bundle.predicateType'],
    attached: await attachedTo(client, name, descriptors, depth - 1),
  };
}

/** Each layer of what cosign attached before there were referrers. */
async function underTag(
  client: RepositoryClient,
  name: string,
  { algorithm, bytes }: Digest,
  suffix: (typeof olderSuffixes)[number],
): Promise<readonly AttachedThing[]> {
  if (algorithm !== 'sha256') return [];
  const tag = parseTag(`${algorithm}-${encodeHex(bytes)}.${suffix}`);
  const manifest = await client.getManifest(tag);
  if (manifest === undefined) return [];
  const { layers } = readImageManifest(manifest.bytes, `the manifest ${tag}`);
  if (layers.length > maxAttached)
    fail('LIMIT_EXCEEDED', `${layers.length} things are attached to one image; ${maxAttached} are listed`);
  return layers.map(({ mediaType, digest, size, annotations = {} }, index) => ({
    place: `${name}:${tag}, layer ${index + 1}`,
    type: mediaType,
    digest: formatDigest(digest),
    size,
    isThere: true,
    created: undefined,
    predicateType: annotations.predicateType,
    attached: [],
  }));
}
