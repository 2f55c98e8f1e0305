/** Lists what is attached to an image in its registry, for `tree`. Nothing is verified. */

import { type Digest, formatDigest } from '../../core/crypto/index.ts';
import { asList, asObject, type JsonObject, type JsonValue, parseJson } from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import {
  type AttachedTo,
  type AttachmentSource,
  attestationManifestType,
  layoutAttachments,
  olderTag,
  placeOfList,
  placeOfTag,
  taggedManifests,
} from '../../fetch/index.ts';
import { mapConcurrently } from '../../node/index.ts';
import type {
  AttachedTag,
  AttestationTree,
  ImageTree,
  ManifestTree,
  Referrer,
  UnreadPlace,
} from '../../report/index.ts';
import {
  answerOrFailure,
  type Descriptor,
  fallbackTag,
  isManifestMediaType,
  type Manifest,
  type ManifestName,
  type Registries,
} from '../../services/registry/index.ts';
import {
  formatImage,
  listedAttestations,
  type ManifestSource,
  manifestsOf,
  onlyImage,
  readDiskImage,
  readImageName,
  resolveImage,
} from '../../subject/index.ts';
import type { World } from '../world/index.ts';

export interface ImageTreeRequest {
  /** The image's name (`registry/name:tag`), or the path of an image on disk. */
  readonly image: string;
  /** Includes each manifest below an index. */
  readonly recursive: boolean;
}

/** The depth to which referrers of referrers are followed. */
const maxDepth = 4;
/** The limit for an image with all of its manifests. Each referrer is fetched. */
const maxReferrers = 1000;

/**
 * Lists what is attached to an image in a registry, or in an image layout on disk. Places that cannot be read are in the result.
 *
 * @throws CountersignError `USAGE`; `SUBJECT_MISSING` if there is no such image; `LIMIT_EXCEEDED`; those of the registry's client if it
 *   answers none of the requests; those of reading an image on disk
 */
export async function imageTree(
  { image, recursive }: ImageTreeRequest,
  registries: Registries,
  files: World['files'],
): Promise<ImageTree> {
  const { manifest, getManifest, attachments, place } = await findImage(image, registries, files);
  const search = new Search(attachments, place);
  const tree = await search.manifestTree(manifest);
  const below = recursive ? await manifestsOf(manifest, getManifest, image) : [];
  const manifests: ImageTree['manifests'][number][] = [];
  for (const { manifest: each, platform } of below) {
    manifests.push({ ...(await search.manifestTree(each)), platform });
  }
  const indexes = [manifest, ...below.map((each) => each.manifest)];
  const listed = recursive ? indexes.flatMap((each) => listedAttestations(each, image)) : [];
  const attestations: AttestationTree[] = [];
  const unread: UnreadPlace[] = [...tree.unread];
  for (const each of listed) {
    const found = await getManifest(each.digest);
    if (found === undefined)
      unread.push({ place: formatImage({ name: place, ...each }), problem: 'is listed but missing' });
    else attestations.push({ ...(await search.manifestTree(found)), ...attestationOf(each, found) });
  }
  return { image, ...tree, unread, manifests, attestations };
}

function attestationOf(
  { annotations }: Descriptor,
  { bytes }: Manifest,
): Pick<AttestationTree, 'about' | 'predicateTypes'> {
  const about = annotations?.['vnd.docker.reference.digest'];
  return { about, predicateTypes: predicateTypesIn(members(parseJson(bytes))) };
}

/** Returns the types that the layers of an attestation manifest state. */
function predicateTypesIn({ layers }: JsonObject): readonly string[] {
  return (asList(layers) ?? []).flatMap(
    (layer) => textOf(members(members(layer).annotations)['in-toto.io/predicate-type']) ?? [],
  );
}

interface FoundImage {
  readonly manifest: Manifest;
  readonly getManifest: ManifestSource;
  readonly attachments: AttachmentSource;
  /** The name of the repository or layout that holds what is attached. */
  readonly place: string;
}

async function findImage(image: string, registries: Registries, files: World['files']): Promise<FoundImage> {
  const name = readImageName(image);
  if (name.kind === 'path') return findOnDisk(name.path, files);
  const { repository } = name.reference;
  const { manifest } = await resolveImage(name.reference, image, registries);
  const client = registries(repository);
  const attachments = registries.attachmentsOf(repository);
  return {
    manifest,
    getManifest: (digest) => client.getManifest(digest),
    attachments,
    place: attachments.name,
  };
}

async function findOnDisk(path: string, files: World['files']): Promise<FoundImage> {
  const saved = await readDiskImage(path, files);
  const digest = onlyImage(saved, path);
  const manifest =
    (await saved.getManifest(digest)) ??
    fail('USAGE', `${path} contains no manifest, as in archives of \`docker save\` before Docker 25`, {
      remedy: 'Such an archive has no attachments. Specify an image layout, for example one written by `cosign save`.',
    });
  const attachments = await layoutAttachments(saved, path);
  return { manifest, getManifest: saved.getManifest, attachments, place: path };
}

/** Searches for referrers and counts them. */
class Search {
  readonly #source: AttachmentSource;
  readonly #name: string;
  #found = 0;

  constructor(source: AttachmentSource, name: string) {
    this.#source = source;
    this.#name = name;
  }

  async manifestTree({ digest, mediaType, bytes }: Manifest): Promise<ManifestTree> {
    const { source, descriptors, unread, isAnswered } = await this.#source.findReferrers(digest);
    const image = { name: this.#name, digest };
    const tags = await this.#tags(image);
    const [first] = unread;
    // A registry that is down, or that wants another account, has not failed at one place.
    if (first !== undefined && !isAnswered && tags.answered === 0) throw first.failure;
    const lists = unread.map(({ tag, failure }) => problemAt(placeOfList(image, tag), failure));
    return {
      digest,
      mediaType,
      size: bytes.length,
      source,
      fallbackTag: fallbackTag(digest),
      referrers: await this.#referrers(descriptors, digest, 1),
      tags: tags.found,
      unread: [...lists, ...tags.unread],
    };
  }

  async #referrers(descriptors: readonly Descriptor[], subject: Digest, depth: number): Promise<readonly Referrer[]> {
    this.#found += descriptors.length;
    if (this.#found > maxReferrers) {
      fail('LIMIT_EXCEEDED', `${this.#name} has more than ${maxReferrers} attachments`);
    }
    const found: Referrer[] = [];
    for (const referrer of await mapConcurrently(descriptors, (each) => this.#referrer(each, subject))) {
      // A referrer that does not exist, or is not attached here, has no referrers of its own here.
      found.push(referrer.problem === undefined ? await this.#withBelow(referrer, depth) : referrer);
    }
    return found;
  }

  async #withBelow(referrer: Referrer, depth: number): Promise<Referrer> {
    const { descriptors, unread } = await this.#source.findReferrers(referrer.digest);
    const problem = unread.length === 0 ? undefined : 'may have more attachments, but their list cannot be read';
    if (depth < maxDepth) {
      const referrers = await this.#referrers(descriptors, referrer.digest, depth + 1);
      return { ...referrer, problem, referrers };
    }
    return descriptors.length === 0
      ? { ...referrer, problem }
      : { ...referrer, problem: 'has more attachments, which are not shown' };
  }

  /** Fetches the manifest, which has more than the list: registries leave out the type there, and clients the annotations. */
  async #referrer(descriptor: Descriptor, subject: Digest): Promise<Referrer> {
    const { mediaType, digest, size, artifactType } = descriptor;
    const listed = { digest, mediaType, size, artifactType, ...annotationsOf(descriptor.annotations), referrers: [] };
    if (!isManifestMediaType(mediaType)) return { ...listed, problem: 'has an unsupported media type' };
    const { manifest, problem } = await this.#fetch(digest);
    if (manifest === undefined) return { ...listed, problem: problem ?? 'is listed but missing' };
    const document = members(parseJson(manifest.bytes));
    const { artifactType: own, config, annotations, subject: named } = document;
    const isAttached = textOf(members(named).digest) === formatDigest(subject);
    return {
      ...listed,
      size: manifest.bytes.length,
      artifactType: textOf(own) ?? textOf(members(config).mediaType),
      ...annotationsOf(members(annotations)),
      ...(own === attestationManifestType && { predicateTypes: predicateTypesIn(document) }),
      problem: isAttached ? undefined : 'is listed, but its subject field does not refer to this image',
    };
  }

  /** Returns what is under cosign's older tags, which tags cannot be read, and how many requests were answered. */
  async #tags(image: AttachedTo): Promise<{
    readonly found: readonly AttachedTag[];
    readonly unread: readonly UnreadPlace[];
    readonly answered: number;
  }> {
    const found: AttachedTag[] = [];
    const unread: UnreadPlace[] = [];
    const suffixes = ['sig', 'att', 'sbom'] as const;
    const answers = await mapConcurrently(suffixes, (suffix) =>
      answerOrFailure(() => taggedManifests(this.#source, image, suffix)),
    );
    for (const [at, answer] of answers.entries()) {
      const suffix = suffixes[at] ?? 'sig';
      if (answer instanceof CountersignError) {
        unread.push(problemAt(placeOfTag(image, suffix), answer));
        continue;
      }
      const tag = olderTag(image.digest, suffix);
      if (tag === undefined) continue;
      for (const { manifest } of answer) {
        const { layers } = members(parseJson(manifest.bytes));
        const { mediaType, bytes } = manifest;
        const layerCount = asList(layers)?.length ?? 0;
        found.push({ tag, digest: manifest.digest, mediaType, size: bytes.length, layers: layerCount });
      }
    }
    return { found, unread, answered: suffixes.length - unread.length };
  }

  /** Fetches a manifest. An invalid response is a problem of this manifest, and the rest is shown. */
  async #fetch(name: ManifestName): Promise<{ readonly manifest?: Manifest; readonly problem?: string }> {
    try {
      const manifest = await this.#source.getManifest(name);
      return manifest === undefined ? {} : { manifest };
    } catch (cause) {
      if (!(cause instanceof CountersignError) || cause.code !== 'SERVICE_RESPONSE_INVALID') throw cause;
      return { problem: `cannot be read: ${cause.message}` };
    }
  }
}

function problemAt(place: string, { message }: CountersignError): UnreadPlace {
  return { place, problem: message };
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
