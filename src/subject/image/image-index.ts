/** The manifests of an index, with those of the indexes in it (image specification, "Image Index"). */

import { type Digest, equalDigests, formatDigest } from '../../core/crypto/index.ts';
import { fail } from '../../core/errors/index.ts';
import { mapConcurrently } from '../../node/index.ts';
import {
  type Descriptor,
  indexMediaType,
  isManifestMediaType,
  type Manifest,
  type Platform,
  readIndex,
} from '../../services/registry/index.ts';
import { invalidImage, readingImage } from './invalid-image.ts';

/** Fetches manifests from a registry or an image on disk; returns `undefined` for one that does not exist. */
export type ManifestSource = (digest: Digest) => Promise<Manifest | undefined>;

/** A manifest or index below an index. */
export interface ListedManifest {
  readonly manifest: Manifest;
  /** As the index has it that lists the manifest first. */
  readonly platform: Platform | undefined;
}

/** An index of platforms lists a dozen, one of everything that a company builds a few hundred. */
const maxManifests = 1000;
/** Of all of them together, in bytes: they are kept. */
const maxTotalLength = 64 * 1024 * 1024;
/** An index in an index is seen now and then; one more has no use known. */
const maxDepth = 4;

/** The treatment of a manifest that is listed and does not exist. */
export type Missing = 'refused' | 'left out';

/** Reports whether an index lists a manifest as an attestation manifest of BuildKit's. */
export function isAttestationManifest({ annotations }: Descriptor): boolean {
  return annotations?.['vnd.docker.reference.type'] === 'attestation-manifest';
}

/**
 * Returns every manifest and index below an index, each once, nearest first, in the order in which they are listed; none for a
 * manifest. Each must have the digest, size and media type of every descriptor that lists it. BuildKit's attestation manifests
 * (`vnd.docker.reference.type`) are skipped: they are about the image, and are not images.
 *
 * @param what the image's name in the inputs, for errors
 * @param isLeftOut decides which entries of indexes are skipped
 * @throws CountersignError `SUBJECT_MISSING` if one is listed that the source does not have; `IMAGE_INVALID`; `LIMIT_EXCEEDED`;
 * those of the source
 */
export async function manifestsOf(
  root: Manifest,
  source: ManifestSource,
  what: string,
  missing: Missing = 'refused',
  isLeftOut: (descriptor: Descriptor) => boolean = isAttestationManifest,
): Promise<readonly ListedManifest[]> {
  // What lists itself, in a source that does not look at digests, is met again and not gone into.
  const known = new Map<string, Manifest | undefined>([[formatDigest(root.digest), root]]);
  const found: ListedManifest[] = [];
  let level: readonly Manifest[] = [root];
  let total = 0;
  for (let depth = 1; level.length > 0; depth++) {
    const listed = level.flatMap((index) =>
      entriesOf(index, what).flatMap((descriptor) => (isLeftOut(descriptor) ? [] : [{ index, descriptor }])),
    );
    const fresh = firstOfEach(listed).filter(([name]) => !known.has(name));
    if (known.size + fresh.length > maxManifests + 1) exceeded(what, `lists more than ${maxManifests} manifests`);
    if (fresh.length > 0 && depth > maxDepth) exceeded(what, `has indexes nested more than ${maxDepth} levels deep`);
    total += fresh.reduce((sum, [, { descriptor }]) => sum + descriptor.size, 0);
    if (total > maxTotalLength) exceeded(what, `lists manifests of more than ${maxTotalLength} bytes in total`);
    const fetched = await mapConcurrently(fresh, async ([name, each]) => {
      const manifest = await fetchListed(each, source, what);
      demandDescribed(manifest, each, what);
      if (manifest === undefined && missing === 'refused') failMissing(each, what);
      known.set(name, manifest);
      return { manifest, platform: each.descriptor.platform };
    });
    for (const each of listed) demandDescribed(known.get(formatDigest(each.descriptor.digest)), each, what);
    const there = fetched.flatMap(({ manifest, platform }) => (manifest === undefined ? [] : [{ manifest, platform }]));
    found.push(...there);
    level = there.map(({ manifest }) => manifest);
  }
  return found;
}

/** A descriptor, and the index that it is in. */
interface IndexEntry {
  readonly index: Manifest;
  readonly descriptor: Descriptor;
}

/**
 * Returns the entries of an index; none of a manifest.
 *
 * @throws CountersignError `IMAGE_INVALID`, `LIMIT_EXCEEDED`
 */
export function entriesOf(index: Manifest, what: string): readonly Descriptor[] {
  if (!isIndex(index)) return [];
  return readingImage(() => readIndex(index.bytes, `${what}: the index ${formatDigest(index.digest)}`));
}

/** Reports whether a manifest is an index. */
export function isIndex({ mediaType }: Manifest): boolean {
  return mediaType === indexMediaType || mediaType === 'application/vnd.docker.distribution.manifest.list.v2+json';
}

function firstOfEach(listed: readonly IndexEntry[]): readonly (readonly [name: string, first: IndexEntry])[] {
  const first = new Map<string, IndexEntry>();
  for (const each of listed) {
    const name = formatDigest(each.descriptor.digest);
    if (!first.has(name)) first.set(name, each);
  }
  return [...first];
}

async function fetchListed(listed: IndexEntry, source: ManifestSource, what: string): Promise<Manifest | undefined> {
  const { mediaType, digest } = listed.descriptor;
  if (!isManifestMediaType(mediaType)) {
    invalidImage(
      `${place(listed, what)} has the media type ${JSON.stringify(mediaType.slice(0, 100))}, which is not a manifest or index`,
    );
  }
  const manifest = await source(digest);
  if (manifest !== undefined && !equalDigests(manifest.digest, digest)) {
    invalidImage(`${place(listed, what)} does not match its digest`);
  }
  return manifest;
}

function failMissing({ index, descriptor }: IndexEntry, what: string): never {
  const name = formatDigest(descriptor.digest);
  fail(
    'SUBJECT_MISSING',
    `${what}: the manifest ${name}, listed in the index ${formatDigest(index.digest)}, is missing`,
    {
      remedy:
        'Push or save the image with all of its platforms. To sign only the index, do not use `recursive`. To verify one platform, set `platform`.',
    },
  );
}

/** Of two descriptors of one manifest, each must be right: readers take the one or the other. */
function demandDescribed(manifest: Manifest | undefined, listed: IndexEntry, what: string): void {
  if (manifest !== undefined) demandSizeAndType(manifest, listed.descriptor, place(listed, what));
}

/**
 * Holds a manifest to its descriptor. One of another media type would be an index to one reader and an image to another
 * (CVE-2021-41190).
 *
 * @throws CountersignError `IMAGE_INVALID`
 */
export function demandSizeAndType(
  manifest: Manifest,
  { mediaType, size }: Pick<Descriptor, 'mediaType' | 'size'>,
  what: string,
): void {
  if (manifest.mediaType !== mediaType) {
    invalidImage(
      `${what} has the media type ${manifest.mediaType} but is listed as ${JSON.stringify(mediaType.slice(0, 100))}`,
    );
  }
  if (manifest.bytes.length !== size) {
    invalidImage(`${what} has ${manifest.bytes.length} bytes but is listed with ${size}`);
  }
}

function place({ index, descriptor }: IndexEntry, what: string): string {
  return `${what}: the manifest ${formatDigest(descriptor.digest)} in the index ${formatDigest(index.digest)}`;
}

function exceeded(what: string, problem: string): never {
  fail('LIMIT_EXCEEDED', `the image ${what} ${problem}`, {
    remedy: 'Specify the manifests one by one, by their digests.',
  });
}
