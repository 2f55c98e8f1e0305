/** Lists what is attached to an image in its registry, for `tree`. Nothing is verified. */

import { type Digest, formatDigest } from '../../core/crypto/index.ts';
import { asList, asObject, type JsonObject, type JsonValue, parseJson } from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { olderTag } from '../../fetch/index.ts';
import { mapConcurrently } from '../../node/index.ts';
import type { AttachedTag, ImageTree, ManifestTree, Referrer } from '../../report/index.ts';
import {
  type Descriptor,
  fallbackTag,
  isManifestMediaType,
  type Manifest,
  type ManifestName,
  type Registries,
  type RepositoryClient,
} from '../../services/registry/index.ts';
import { manifestsOf, readRegistryName, resolveImage } from '../../subject/index.ts';

export interface ImageTreeRequest {
  /** The image's name: `registry/name:tag`. */
  readonly image: string;
  /** Includes each manifest below an index. */
  readonly recursive: boolean;
}

/** The depth to which referrers of referrers are followed. */
const maxDepth = 4;
/** The limit for an image with all of its manifests. Each referrer is fetched. */
const maxReferrers = 1000;

/**
 * Lists what is attached to an image.
 *
 * @throws CountersignError `USAGE` for what is no image in a registry; `SUBJECT_MISSING` if there is no such image; `LIMIT_EXCEEDED`; those of the registry's client
 */
export async function imageTree(request: ImageTreeRequest, registries: Registries): Promise<ImageTree> {
  const { image, recursive } = request;
  const reference = readRegistryName(image);
  const { manifest } = await resolveImage(reference, image, registries);
  const client = registries(reference.repository);
  const search = new Search(client, image);
  const tree = await search.manifestTree(manifest);
  const below = recursive ? await manifestsOf(manifest, (digest) => client.getManifest(digest), image) : [];
  const manifests: ImageTree['manifests'][number][] = [];
  for (const { manifest: each, platform } of below) {
    manifests.push({ ...(await search.manifestTree(each)), platform });
  }
  return { image, ...tree, manifests };
}

/** Searches for referrers and counts them. */
class Search {
  readonly #client: RepositoryClient;
  readonly #image: string;
  #found = 0;

  constructor(client: RepositoryClient, image: string) {
    this.#client = client;
    this.#image = image;
  }

  async manifestTree({ digest, mediaType, bytes }: Manifest): Promise<ManifestTree> {
    const { source, descriptors } = await this.#client.referrers(digest);
    return {
      digest,
      mediaType,
      size: bytes.length,
      source,
      fallbackTag: fallbackTag(digest),
      referrers: await this.#referrers(descriptors, digest, 1),
      tags: await this.#tags(digest),
    };
  }

  async #referrers(descriptors: readonly Descriptor[], subject: Digest, depth: number): Promise<readonly Referrer[]> {
    this.#found += descriptors.length;
    if (this.#found > maxReferrers) {
      fail('LIMIT_EXCEEDED', `more than ${maxReferrers} things are attached to ${this.#image}`);
    }
    const found: Referrer[] = [];
    for (const referrer of await mapConcurrently(descriptors, (each) => this.#referrer(each, subject))) {
      // A referrer that does not exist, or is not attached here, has no referrers of its own here.
      found.push(referrer.problem === undefined ? await this.#withBelow(referrer, depth) : referrer);
    }
    return found;
  }

  async #withBelow(referrer: Referrer, depth: number): Promise<Referrer> {
    const { descriptors } = await this.#client.referrers(referrer.digest);
    if (depth < maxDepth) {
      return { ...referrer, referrers: await this.#referrers(descriptors, referrer.digest, depth + 1) };
    }
    return descriptors.length === 0
      ? referrer
      : { ...referrer, problem: 'has more attached to it, which is not shown' };
  }

  /** Fetches the manifest, which has more than the list: registries leave out the type there, and clients the annotations. */
  async #referrer(descriptor: Descriptor, subject: Digest): Promise<Referrer> {
    const { mediaType, digest, size, artifactType } = descriptor;
    const listed = { digest, mediaType, size, artifactType, ...annotationsOf(descriptor.annotations), referrers: [] };
    if (!isManifestMediaType(mediaType)) return { ...listed, problem: 'is of a media type that is not read' };
    const { manifest, problem } = await this.#fetch(digest);
    if (manifest === undefined) return { ...listed, problem: problem ?? 'is listed, and not there' };
    const { artifactType: own, config, annotations, subject: named } = members(parseJson(manifest.bytes));
    const isAttached = textOf(members(named).digest) === formatDigest(subject);
    return {
      ...listed,
      size: manifest.bytes.length,
      artifactType: textOf(own) ?? textOf(members(config).mediaType),
      ...annotationsOf(members(annotations)),
      problem: isAttached ? undefined : 'is listed, and does not itself say that it is attached here',
    };
  }

  async #tags(digest: Digest): Promise<readonly AttachedTag[]> {
    const tags = (['sig', 'att', 'sbom'] as const).flatMap((suffix) => olderTag(digest, suffix) ?? []);
    const found = await mapConcurrently(tags, async (tag) => {
      const manifest = await this.#client.getManifest(tag);
      if (manifest === undefined) return [];
      const { layers } = members(parseJson(manifest.bytes));
      const { mediaType, bytes } = manifest;
      const size = bytes.length;
      return [{ tag, digest: manifest.digest, mediaType, size, layers: asList(layers)?.length ?? 0 }];
    });
    return found.flat();
  }

  /** Fetches a manifest. An invalid response is a problem of this manifest, and the rest is shown. */
  async #fetch(name: ManifestName): Promise<{ readonly manifest?: Manifest; readonly problem?: string }> {
    try {
      const manifest = await this.#client.getManifest(name);
      return manifest === undefined ? {} : { manifest };
    } catch (cause) {
      if (!(cause instanceof CountersignError) || cause.code !== 'SERVICE_RESPONSE_INVALID') throw cause;
      return { problem: `cannot be read: ${cause.message}` };
    }
  }
}

function annotationsOf(
  annotations: JsonObject | Descriptor['annotations'] = {},
): Pick<Referrer, 'created' | 'predicateType'> {
  return {
    created: textOf(annotations['org.opencontainers.image.created']),
    predicateType: textOf(annotations['dev.sigstore.bundle.predicateType']),
  };
}

function members(value: JsonValue | undefined): JsonObject {
  return asObject(value) ?? {};
}

function textOf(value: JsonValue | undefined): string | undefined {
  // Copied, as a part of a manifest's text would keep all of it in memory.
  return typeof value === 'string' ? Buffer.from(value).toString() : undefined;
}
