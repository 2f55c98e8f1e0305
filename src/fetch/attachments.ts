/** Finds the bundles of an image in its registry: among its referrers, and under cosign's older tags. */

import { maxBundleLength } from '../core/bundle/index.ts';
import { type Digest, equalDigests, formatDigest } from '../core/crypto/index.ts';
import { CountersignError, fail } from '../core/errors/index.ts';
import { mapConcurrently } from '../node/index.ts';
import {
  type Descriptor,
  emptyMediaType,
  fallbackTag,
  parseTag,
  type RepositoryClient,
  readImageManifest,
  type Tag,
} from '../services/registry/index.ts';
import { formatImage, type ImageSubject } from '../subject/index.ts';

/** An image, identified by its digest. */
export type AttachedTo = Pick<ImageSubject, 'name' | 'digest'>;

/** A layer that is a bundle, or that a bundle is made from. */
export interface AttachedLayer {
  readonly kind: 'bundle' | 'signature' | 'attestation';
  /** `registry/name@sha256:…` of the manifest, or `registry/name:sha256-….sig, layer 1`. */
  readonly place: string;
  readonly descriptor: Pick<Descriptor, 'digest' | 'size' | 'annotations'>;
}

/** An attachment that cannot be read, with the reason. */
export interface UnreadAttachment {
  readonly place: string;
  readonly failure: CountersignError;
}

/** The number of bundles of one image that are read. */
const maxBundles = 256;
/** The limit for a bundle, a document or an envelope. */

const bundleType = 'application/vnd.dev.sigstore.bundle';

/** cosign's older tags, and the kind of their layers. */
const olderTags = [
  { suffix: 'sig', kind: 'signature', mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json' },
  { suffix: 'att', kind: 'attestation', mediaType: 'application/vnd.dsse.envelope.v1+json' },
] as const;
type OlderTag = (typeof olderTags)[number];

/**
 * Finds the layers. A list that cannot be fetched is an error, so that it is not mistaken for an image without bundles; a problem with
 * a listed manifest is reported for that one.
 *
 * @throws CountersignError those of the registry's client; `LIMIT_EXCEEDED`
 */
export async function findLayers(
  client: RepositoryClient,
  image: AttachedTo,
): Promise<readonly (AttachedLayer | UnreadAttachment)[]> {
  const [referrers, ...older] = await Promise.all([
    referrersOf(client, image),
    ...olderTags.map((tag) => layersUnder(tag, client, image)),
  ]);
  const count = referrers.length + older.flat().length;
  if (count > maxBundles) {
    fail('LIMIT_EXCEEDED', `${count} bundles are attached to ${formatImage(image)}; ${maxBundles} are read at most`, {
      remedy: 'Fetch those that count, and name them with `bundle`.',
    });
  }
  const layers = await mapConcurrently(referrers, (descriptor) => layerOf(descriptor, client, image));
  return [...layers.flat(), ...older.flat()].map(withinLimit);
}

/** Returns what was read, or the failure: one broken bundle must not hide another. */
export async function orUnread<T>(place: string, read: () => Promise<T>): Promise<T | UnreadAttachment> {
  try {
    return await read();
  } catch (failure) {
    if (failure instanceof CountersignError) return { place, failure };
    throw failure;
  }
}

/** Lists the referrers that are bundles, and those whose type only their manifest shows. */
async function referrersOf(client: RepositoryClient, { digest }: AttachedTo): Promise<readonly Descriptor[]> {
  const { descriptors } = await client.referrers(digest);
  const distinct = new Map(descriptors.map((descriptor) => [formatDigest(descriptor.digest), descriptor]));
  return [...distinct.values()].filter(
    // go-containerregistry lists the type of the configuration.
    ({ artifactType: type }) => type === undefined || type === emptyMediaType || isBundle(type),
  );
}

/** Returns the layer of a referrer; `undefined` if it is not a bundle. */
async function layerOf(
  { digest, artifactType: listedType }: Descriptor,
  client: RepositoryClient,
  image: AttachedTo,
): Promise<readonly (AttachedLayer | UnreadAttachment)[]> {
  const place = formatImage({ name: image.name, digest });
  const found = await orUnread(place, async () => {
    const { bytes } = (await client.getManifest(digest)) ?? failMissing(place);
    const { artifactType, subject, layers } = readImageManifest(bytes, place);
    const saysSo = [listedType, artifactType, ...layers.map(({ mediaType }) => mediaType)].some(isBundle);
    if (!saysSo) return undefined;
    demandSubject(subject?.digest, image.digest, place);
    const [layer, ...others] = layers;
    if (layer === undefined || others.length > 0 || !isBundle(layer.mediaType))
      return fail('BUNDLE_INVALID', `${place} does not hold exactly one bundle`);
    // Copied, as a part of its text would keep all of it in memory.
    return { kind: 'bundle', place, descriptor: { digest: layer.digest, size: layer.size } } as const;
  });
  return found === undefined ? [] : [found];
}

/** Checks that a manifest itself refers to the image: the list behind a tag may name any manifest. */
function demandSubject(subject: Digest | undefined, image: Digest, place: string): void {
  if (subject === undefined || !equalDigests(subject, image)) {
    const other = subject === undefined ? 'nothing' : formatDigest(subject);
    fail('BUNDLE_INVALID', `${place} is listed for ${formatDigest(image)}, and is attached to ${other}`);
  }
}

/** Returns the tag of cosign's older layouts, which identify images by SHA-256 only. */
export function olderTag(image: Digest, suffix: 'sig' | 'att' | 'sbom'): Tag | undefined {
  return image.algorithm === 'sha256' ? parseTag(`${fallbackTag(image)}.${suffix}`) : undefined;
}

async function layersUnder(
  { suffix, kind, mediaType: wanted }: OlderTag,
  client: RepositoryClient,
  { name, digest }: AttachedTo,
): Promise<readonly (AttachedLayer | UnreadAttachment)[]> {
  const tag = olderTag(digest, suffix);
  const manifest = tag && (await client.getManifest(tag));
  if (manifest === undefined) return [];
  const place = `${name}:${tag}`;
  const layers = await orUnread(place, async () => readImageManifest(manifest.bytes, place).layers);
  if ('failure' in layers) return [layers];
  return layers.map((descriptor, index) => {
    const layer = `${place}, layer ${index + 1}`;
    if (descriptor.mediaType === wanted) return { kind, place: layer, descriptor };
    const type = JSON.stringify(descriptor.mediaType.slice(0, 100));
    return {
      place: layer,
      failure: new CountersignError('BUNDLE_UNSUPPORTED', `${layer} is of the media type ${type}`),
    };
  });
}

function withinLimit(found: AttachedLayer | UnreadAttachment): AttachedLayer | UnreadAttachment {
  if ('failure' in found || found.descriptor.size <= maxBundleLength) return found;
  const { place, descriptor } = found;
  const problem = `${place} has ${descriptor.size} bytes; at most ${maxBundleLength} are read`;
  return { place, failure: new CountersignError('LIMIT_EXCEEDED', problem) };
}

function isBundle(type: string | undefined): boolean {
  return type?.startsWith(bundleType) === true;
}

/** Fails for a manifest that is listed and does not exist. */
export function failMissing(place: string): never {
  return fail('BUNDLE_MISSING', `the registry lists ${place}, and does not have it`, {
    remedy: 'Attach the bundle again: a registry may have cleaned up what no tag names.',
  });
}
