/** The bundles attached to an image in its registry: cosign's and gh's layout, and the tags that cosign used before. */

import { type Bundle, readBundle } from '../core/bundle/index.ts';
import { type Digest, equalDigests, formatDigest } from '../core/crypto/index.ts';
import { encodeHex } from '../core/encoding/index.ts';
import { CountersignError, fail } from '../core/errors/index.ts';
import {
  type Descriptor,
  type ImageManifest,
  parseTag,
  type RepositoryClient,
  readImageManifest,
  type Tag,
} from '../services/registry/index.ts';
import { concurrently } from '../sign/index.ts';
import { bundleOfDocument, bundleOfEnvelope, envelopeType, simpleSigningType } from './older-signature.ts';

export interface AttachedBundle {
  /** Where it is: `ghcr.io/owner/app@sha256:…`, `ghcr.io/owner/app:sha256-….sig, layer 1`. */
  readonly place: string;
  readonly bundle: Bundle;
  /** What the signature is over in place of the image; `undefined` for a statement. */
  readonly document: Uint8Array | undefined;
}

/** What is attached as a bundle and cannot be read as one, and why. */
export interface UnreadAttachment {
  readonly place: string;
  readonly failure: CountersignError;
}

export interface AttachedBundles {
  readonly bundles: readonly AttachedBundle[];
  readonly unread: readonly UnreadAttachment[];
}

type Found = AttachedBundle | UnreadAttachment;

/** Something that may hold a bundle, and the reading of it; `undefined` once it turns out to be something else. */
interface Candidate {
  readonly place: string;
  readonly read: (getLayer: GetLayer) => Promise<AttachedBundle | undefined>;
}

/** Fetches what a descriptor names, of at most so many bytes. */
type GetLayer = (layer: Descriptor, maxLength: number) => Promise<Uint8Array>;

const bundlePrefix = 'application/vnd.dev.sigstore.bundle';
/** How a registry lists what does not say what it is: the manifest itself does. */
const untold: readonly (string | undefined)[] = [undefined, '', 'application/vnd.oci.empty.v1+json'];

const maxCandidates = 256;
const maxBundleLength = 16 * 1024 * 1024;
const maxDocumentLength = 1024 * 1024;
/** Of all that is kept at once. */
const maxTotalLength = 128 * 1024 * 1024;
const readAtOnce = 8;

/**
 * Fetches all of them. Nothing is verified: who may push may attach whatever he likes. What cannot be read does not hide
 * what can.
 *
 * @param name `registry/name`, for what is shown
 * @param image the digest of its manifest or index
 * @throws CountersignError where it cannot be told what is attached: those of the registry's client; `LIMIT_EXCEEDED`
 */
export async function fetchAttached(client: RepositoryClient, name: string, image: Digest): Promise<AttachedBundles> {
  const candidates = (
    await Promise.all([
      bundleCandidates(client, name, image),
      ...olderTags(image).map((tag) => layerCandidates(client, name, tag)),
    ])
  ).flat();
  if (candidates.length > maxCandidates) {
    fail('LIMIT_EXCEEDED', `${candidates.length} bundles may be attached to the image; ${maxCandidates} are examined`, {
      remedy: 'Name the bundle that counts with `bundle`, or delete from the registry what nobody needs.',
    });
  }
  const order = new Map(candidates.map(({ place }, index) => [place, index]));
  const found: Found[] = [];
  const getLayer = layersOf(client);
  const work = (candidate: Candidate): Promise<Found | undefined> => readCandidate(candidate, getLayer);
  for await (const one of concurrently(candidates, readAtOnce, work)) if (one !== undefined) found.push(one);
  found.sort((a, b) => (order.get(a.place) ?? 0) - (order.get(b.place) ?? 0));
  return {
    bundles: found.filter((one) => 'bundle' in one),
    unread: found.filter((one) => 'failure' in one),
  };
}

/** cosign's, which knows images by their SHA-256 alone. */
function olderTags({ algorithm, bytes }: Digest): readonly Tag[] {
  const tag = `${algorithm}-${encodeHex(bytes)}`;
  return algorithm === 'sha256' ? [parseTag(`${tag}.sig`), parseTag(`${tag}.att`)] : [];
}

async function readCandidate({ place, read }: Candidate, getLayer: GetLayer): Promise<Found | undefined> {
  try {
    return await read(getLayer);
  } catch (failure) {
    if (failure instanceof CountersignError && failure.code !== 'CANCELLED') return { place, failure };
    throw failure;
  }
}

async function bundleCandidates(client: RepositoryClient, name: string, image: Digest): Promise<readonly Candidate[]> {
  const { descriptors } = await client.referrers(image);
  return descriptors
    .filter(({ artifactType }) => untold.includes(artifactType) || artifactType?.startsWith(bundlePrefix))
    .map((descriptor) => {
      const place = `${name}@${formatDigest(descriptor.digest)}`;
      return { place, read: (getLayer) => readAttached(client, place, descriptor, image, getLayer) };
    });
}

async function readAttached(
  client: RepositoryClient,
  place: string,
  { digest }: Descriptor,
  image: Digest,
  getLayer: GetLayer,
): Promise<AttachedBundle | undefined> {
  const fetched = await client.getManifest(digest);
  if (fetched === undefined)
    return fail('SERVICE_RESPONSE_INVALID', `the registry lists ${formatDigest(digest)}, and does not have it`);
  const manifest = readImageManifest(fetched.bytes, `the manifest ${formatDigest(digest)}`);
  if (!holdsBundle(manifest)) return undefined;
  const [layer, ...others] = manifest.layers;
  // A list that is kept under a tag holds what anybody wrote into it.
  if (manifest.subject === undefined || !equalDigests(manifest.subject.digest, image))
    return fail('BUNDLE_INVALID', 'it is listed as attached to this image, and says itself that it is not');
  if (layer === undefined || others.length > 0 || !layer.mediaType.startsWith(bundlePrefix))
    return fail('BUNDLE_INVALID', 'it does not hold exactly one layer that is a bundle');
  const bundle = readBundle(await getLayer(layer, maxBundleLength));
  return { place, bundle, document: undefined };
}

function holdsBundle({ artifactType, layers }: ImageManifest): boolean {
  return [artifactType, layers[0]?.mediaType].some((type) => type?.startsWith(bundlePrefix) === true);
}

/** What each layer under one of the older tags may be. */
async function layerCandidates(client: RepositoryClient, name: string, tag: Tag): Promise<readonly Candidate[]> {
  const fetched = await client.getManifest(tag);
  if (fetched === undefined) return [];
  const { layers } = readImageManifest(fetched.bytes, `the manifest ${tag}`);
  return layers.flatMap((layer, index) => {
    const place = `${name}:${tag}, layer ${index + 1}`;
    const isKnown = layer.mediaType === simpleSigningType || layer.mediaType === envelopeType;
    return isKnown ? [{ place, read: (getLayer: GetLayer) => readLayer(place, layer, getLayer) }] : [];
  });
}

async function readLayer(place: string, layer: Descriptor, getLayer: GetLayer): Promise<AttachedBundle> {
  const annotations = layer.annotations ?? {};
  if (layer.mediaType === envelopeType) {
    const envelope = await getLayer(layer, maxBundleLength);
    return { place, bundle: bundleOfEnvelope(envelope, annotations), document: undefined };
  }
  const document = await getLayer(layer, maxDocumentLength);
  return { place, bundle: bundleOfDocument(annotations), document };
}

/** One budget for all layers of an image. */
function layersOf(client: RepositoryClient): GetLayer {
  let left = maxTotalLength;
  return async ({ digest, size }, maxLength) => {
    if (size > maxLength) fail('LIMIT_EXCEEDED', `a layer of ${size} bytes; ${maxLength} are read`);
    left -= size;
    if (left < 0) fail('LIMIT_EXCEEDED', `what is attached has more than ${maxTotalLength} bytes together`);
    // Within what was counted, whatever is sent.
    const bytes = await client.getBlob(digest, size);
    const what = `the layer ${formatDigest(digest)}`;
    if (bytes === undefined) return fail('SERVICE_RESPONSE_INVALID', `the registry does not have ${what}`);
    if (bytes.length !== size)
      fail('SERVICE_RESPONSE_INVALID', `${what} has ${bytes.length} bytes, and is listed with ${size}`);
    return bytes;
  };
}
