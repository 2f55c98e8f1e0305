/** Finds the bundles of an image in its registry: among its referrers, and under cosign's older tags. */

import { maxBundleLength } from '../core/bundle/index.ts';
import { type Digest, equalDigests, formatDigest } from '../core/crypto/index.ts';
import { CountersignError, fail } from '../core/errors/index.ts';
import { mapConcurrently } from '../node/index.ts';
import {
  answerOrFailure,
  type Descriptor,
  emptyMediaType,
  imageMediaType,
  type Manifest,
  readImageManifest,
} from '../services/registry/index.ts';
import { formatImage } from '../subject/index.ts';
import {
  type AttachedTo,
  type AttachmentSource,
  placeOfList,
  placeOfTag,
  taggedManifests,
} from './attachment-source.ts';

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

const bundleType = 'application/vnd.dev.sigstore.bundle';
const signatureLayer = 'application/vnd.dev.cosign.simplesigning.v1+json';
const attestationLayer = 'application/vnd.dsse.envelope.v1+json';

/** cosign's older tags, and the kind of their layers. */
const olderTags = [
  { suffix: 'sig', kind: 'signature', mediaType: signatureLayer },
  { suffix: 'att', kind: 'attestation', mediaType: attestationLayer },
] as const;
type OlderTag = (typeof olderTags)[number];

/**
 * Finds the layers: among the referrers, and under cosign's older tags. A place that cannot be read is in the result with the reason,
 * so that it is not mistaken for one that holds nothing; so is a listed manifest with a problem.
 *
 * @throws CountersignError the registry's failure if it answers none of the requests; `LIMIT_EXCEEDED`
 */
export async function findLayers(
  source: AttachmentSource,
  image: AttachedTo,
): Promise<readonly (AttachedLayer | UnreadAttachment)[]> {
  const [referrers, ...older] = await Promise.all([
    source.findReferrers(image.digest),
    ...olderTags.map(async (tag) => ({ tag, found: await answerOrFailure(() => layersUnder(tag, source, image)) })),
  ]);
  const failed = older.flatMap(({ found }) => (found instanceof CountersignError ? [found] : []));
  // A registry that is down, or that wants another account, has not failed at one place.
  const [first] = [...referrers.unread.map(({ failure }) => failure), ...failed];
  if (first !== undefined && !referrers.isAnswered && failed.length === older.length) throw first;
  const unread = [
    ...referrers.unread.map(({ tag, failure }) => unreadPlace(placeOfList(image, tag), failure)),
    ...older.flatMap(({ tag, found }) =>
      found instanceof CountersignError ? [unreadPlace(placeOfTag(image, tag.suffix), found)] : [],
    ),
  ];
  const tagged = older.flatMap(({ found }) => (found instanceof CountersignError ? [] : found));
  const manifests = distinct(referrers.descriptors).filter(({ artifactType }) => mayHoldSignature(artifactType));
  demandNotTooMany(manifests.length + tagged.length, image);
  const layers = await mapConcurrently(manifests, (descriptor) => layersOf(descriptor, source, image));
  const all = [...layers.flat(), ...tagged];
  demandNotTooMany(all.length, image);
  return [...all.map(withinLimit), ...unread];
}

function demandNotTooMany(count: number, image: AttachedTo): void {
  if (count <= maxBundles) return;
  fail('LIMIT_EXCEEDED', `${count} bundles are attached to ${formatImage(image)}; the limit is ${maxBundles}`, {
    remedy: 'Download the relevant bundles and specify them with `bundle`.',
  });
}

/** Returns a place that cannot be read, and may hold signatures. */
export function unreadPlace(place: string, cause: CountersignError): UnreadAttachment {
  const failure = new CountersignError(
    'ATTACHMENT_UNREADABLE',
    `${place} cannot be read, and may contain signatures: ${cause.message}`,
    {
      cause,
      remedy:
        'Some registries respond like this when nothing is stored there. Otherwise, log in with an account that has read access, or try again later.',
    },
  );
  return { place, failure };
}

/** Returns what was read, or the failure: one broken bundle must not hide another. */
export async function orUnread<T>(place: string, read: () => Promise<T>): Promise<T | UnreadAttachment> {
  try {
    return await read();
  } catch (failure) {
    if (!(failure instanceof CountersignError) || failure.code === 'CANCELLED') throw failure;
    return { place, failure };
  }
}

function distinct(descriptors: readonly Descriptor[]): readonly Descriptor[] {
  return [...new Map(descriptors.map((descriptor) => [formatDigest(descriptor.digest), descriptor])).values()];
}

/**
 * Types under which registries and clients list what has no artifact type of its own: the type of the configuration, that of the
 * manifest, or one that says nothing.
 */
const openTypes: ReadonlySet<string> = new Set([
  '',
  emptyMediaType,
  imageMediaType,
  'application/json',
  'application/octet-stream',
  'application/vnd.docker.container.image.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.unknown.artifact.v1',
  'application/vnd.unknown.config.v1+json',
]);

/** The types of cosign's referrers before it had bundles, and of layers that an incomplete list may give instead. */
const olderTypes: ReadonlySet<string> = new Set([
  'application/vnd.dev.cosign.artifact.sig.v1+json',
  'application/vnd.dev.cosign.artifact.att.v1+json',
  'application/vnd.in-toto+json',
  signatureLayer,
  attestationLayer,
]);

/** Reports whether a referrer may hold signatures. If its type leaves that open, only its manifest tells. */
function mayHoldSignature(artifactType: string | undefined): boolean {
  const type = essence(artifactType ?? '');
  return openTypes.has(type) || olderTypes.has(type) || isBundle(type);
}

/** Returns a media type without its parameters, in lower case. */
function essence(mediaType: string): string {
  return (mediaType.split(';')[0] ?? '').trim().toLowerCase();
}

/** Returns the layers of a referrer that are signatures; none if it is something else. */
async function layersOf(
  { digest, artifactType: listedType }: Descriptor,
  source: AttachmentSource,
  image: AttachedTo,
): Promise<readonly (AttachedLayer | UnreadAttachment)[]> {
  const place = formatImage({ name: image.name, digest });
  const found = await orUnread(place, async () => {
    const { bytes } = (await source.getManifest(digest)) ?? failMissing(place);
    const { artifactType, subject, layers } = readImageManifest(bytes, place);
    if ([listedType, artifactType, ...layers.map(({ mediaType }) => mediaType)].some(isBundle)) {
      demandSubject(subject?.digest, image.digest, place);
      return [bundleLayer(layers, place)];
    }
    const older = olderLayers(layers, place);
    if (older.length > 0) demandSubject(subject?.digest, image.digest, place);
    return older;
  });
  return 'failure' in found ? [found] : found;
}

function bundleLayer(layers: readonly Descriptor[], place: string): AttachedLayer {
  const [layer, ...others] = layers;
  if (layer === undefined || others.length > 0 || !isBundle(layer.mediaType))
    return fail('BUNDLE_INVALID', `${place} does not contain exactly one bundle`);
  // Copied, as a part of its text would keep all of it in memory.
  return { kind: 'bundle', place, descriptor: { digest: layer.digest, size: layer.size } };
}

/** Returns the layers that cosign signed before it had bundles, now attached as a referrer (OCI 1.1). */
function olderLayers(layers: readonly Descriptor[], place: string): readonly AttachedLayer[] {
  return layers.flatMap((descriptor, index) => {
    const kind = olderTags.find(({ mediaType }) => mediaType === essence(descriptor.mediaType))?.kind;
    return kind === undefined ? [] : [{ kind, place: `${place}, layer ${index + 1}`, descriptor }];
  });
}

/** Checks that a manifest itself refers to the image: the list behind a tag may name any manifest. */
function demandSubject(subject: Digest | undefined, image: Digest, place: string): void {
  if (subject === undefined || !equalDigests(subject, image)) {
    const other = subject === undefined ? 'missing' : formatDigest(subject);
    fail('BUNDLE_INVALID', `${place} is listed for ${formatDigest(image)}, but its subject is ${other}`);
  }
}

async function layersUnder(
  { suffix, kind, mediaType: wanted }: OlderTag,
  source: AttachmentSource,
  image: AttachedTo,
): Promise<readonly (AttachedLayer | UnreadAttachment)[]> {
  const found: (AttachedLayer | UnreadAttachment)[] = [];
  for (const { place, manifest } of await taggedManifests(source, image, suffix)) {
    const layers = await orUnread(place, async () => signedLayers(manifest, place));
    if ('failure' in layers) {
      found.push(layers);
      continue;
    }
    for (const [index, descriptor] of layers.entries()) {
      const layer = `${place}, layer ${index + 1}`;
      if (essence(descriptor.mediaType) === wanted) found.push({ kind, place: layer, descriptor });
      else found.push({ place: layer, failure: ofOtherType(layer, descriptor) });
    }
  }
  return found;
}

function ofOtherType(place: string, { mediaType }: Descriptor): CountersignError {
  const type = JSON.stringify(mediaType.slice(0, 100));
  return new CountersignError('BUNDLE_UNSUPPORTED', `${place} has the unsupported media type ${type}`);
}

/** Returns the layers of a manifest of cosign's. An index, or a document that lists none, is not one. */
function signedLayers({ mediaType, bytes }: Manifest, place: string): readonly Descriptor[] {
  const { layers, listsLayers } = readImageManifest(bytes, place);
  if (listsLayers) return layers;
  return fail('SERVICE_RESPONSE_INVALID', `${place} has no list of layers; its media type is ${mediaType}`);
}

function withinLimit(found: AttachedLayer | UnreadAttachment): AttachedLayer | UnreadAttachment {
  if ('failure' in found || found.descriptor.size <= maxBundleLength) return found;
  const { place, descriptor } = found;
  const problem = `${place} has ${descriptor.size} bytes; the limit is ${maxBundleLength}`;
  return { place, failure: new CountersignError('LIMIT_EXCEEDED', problem) };
}

function isBundle(type: string | undefined): boolean {
  return type?.toLowerCase().startsWith(bundleType) === true;
}

/** Fails for a manifest that is listed and does not exist. */
export function failMissing(place: string): never {
  return fail('BUNDLE_MISSING', `the registry lists ${place} but does not have it`, {
    remedy: 'Attach the bundle again. The registry may have deleted untagged manifests.',
  });
}
