/** The images of an index, one for each platform, and the attestation manifests that it lists for them. */

import { type Digest, formatDigest } from '../../core/crypto/index.ts';
import { parseJson } from '../../core/encoding/index.ts';
import { attempt, fail } from '../../core/errors/index.ts';
import { mapConcurrently } from '../../node/index.ts';
import {
  type Descriptor,
  formatPlatform,
  type Manifest,
  maxManifestLength,
  type Platform,
  readConfigDescriptor,
  readPlatform,
} from '../../services/registry/index.ts';
import { entriesOf, isAttestationManifest, isIndex, type ManifestSource, manifestsOf } from './image-index.ts';
import { invalidImage, readingImage } from './invalid-image.ts';
import { agree, isNoPlatform, isPlatform } from './platform.ts';

/** The image for one platform. */
export interface PlatformImage {
  readonly manifest: Manifest;
  /** As its configuration states it, which is covered by its digest; `undefined` if the index states none, or the configuration. */
  readonly platform: Platform | undefined;
  /** The attestation manifests that indexes list for it. Whoever wrote the index chose them: only their statements bind them to the image. */
  readonly attestations: readonly Descriptor[];
}

/** Manifests and blobs of an image. */
export interface ImageContent {
  readonly getManifest: ManifestSource;
  readonly getBlob: (digest: Digest, maxLength: number) => Promise<Uint8Array | undefined>;
}

/** An image for more platforms is not known. Each costs several requests. */
const maxPlatforms = 200;

/**
 * Returns the images of an index, each once; for a manifest, that one. Everything that a runtime could select is an image, whatever
 * else the index says of it: all entries except those of the platform `unknown/unknown`.
 *
 * @param what the image's name in the inputs, for errors
 * @throws CountersignError `IMAGE_INVALID` if an index and a configuration contradict each other; `SUBJECT_MISSING` if a manifest or
 *   configuration is missing; `LIMIT_EXCEEDED`; those of the source
 */
export function platformImages(root: Manifest, content: ImageContent, what: string): Promise<readonly PlatformImage[]> {
  return imagesOf(root, content, what, undefined);
}

/**
 * Returns the image of an index for a platform.
 *
 * @throws CountersignError `SUBJECT_MISSING` if there is none; `USAGE` if there are several; those of {@link platformImages}
 */
export async function platformImage(
  root: Manifest,
  content: ImageContent,
  what: string,
  wanted: Platform,
): Promise<PlatformImage> {
  const images = await imagesOf(root, content, what, wanted);
  const [image, ...others] = images.filter(({ platform }) => platform !== undefined && isPlatform(platform, wanted));
  if (image !== undefined && others.length === 0) return image;
  const platforms = (found: readonly (Platform | undefined)[]): string =>
    [...new Set(found.flatMap((platform) => (platform === undefined ? [] : shown(platform))))].slice(0, 50).join(', ');
  if (image !== undefined) {
    const found = platforms([image, ...others].map(({ platform }) => platform));
    return fail('USAGE', `the image ${what} has several manifests for ${formatPlatform(wanted)}: ${found}`, {
      remedy: 'Set `platform` with the variant, or specify the manifest by its digest.',
    });
  }
  const listed = entriesOf(root, what).flatMap(({ platform }) => (isNoPlatform(platform) ? [] : [platform]));
  const there = platforms([...listed, ...images.map(({ platform }) => platform)]);
  return fail(
    'SUBJECT_MISSING',
    `the image ${what} has no manifest for the platform ${formatPlatform(wanted)}; it has ${there === '' ? 'none' : there}`,
    { remedy: 'Set `platform` to one of these platforms, or build the image for the platform.' },
  );
}

async function imagesOf(
  root: Manifest,
  content: ImageContent,
  what: string,
  wanted: Platform | undefined,
): Promise<readonly PlatformImage[]> {
  const isLeftOut = ({ platform }: Descriptor): boolean =>
    isNoPlatform(platform) || (wanted !== undefined && platform !== undefined && !isPlatform(platform, wanted));
  const below = (await manifestsOf(root, content.getManifest, what, 'refused', isLeftOut)).map(
    ({ manifest }) => manifest,
  );
  const entries = [root, ...below].flatMap((index) => entriesOf(index, what));
  const images = [root, ...below].filter((manifest) => !isIndex(manifest));
  if (images.length > maxPlatforms)
    fail('LIMIT_EXCEEDED', `the image ${what} has more than ${maxPlatforms} platforms`, {
      remedy: 'Specify one of them with `platform`, or sign the index.',
    });
  return mapConcurrently(images, async (manifest): Promise<PlatformImage> => {
    const name = formatDigest(manifest.digest);
    const own = entries.filter((entry) => formatDigest(entry.digest) === name && !isLeftOut(entry));
    const stated = own.flatMap(({ platform }) => platform ?? []);
    // What an index lists without a platform, a runtime selects by its configuration.
    const isStated = wanted !== undefined || stated.length > 0;
    const platform = isStated ? await ownPlatform(manifest, content, `${what}: the manifest ${name}`) : undefined;
    const other = stated.find((each) => platform === undefined || !agree(platform, each));
    if (other !== undefined) {
      const actual = platform === undefined ? 'states no platform' : `is for ${shown(platform)}`;
      invalidImage(`${what}: the manifest ${name} is listed for ${shown(other)}, but its configuration ${actual}`);
    }
    return { manifest, platform, attestations: entries.filter((entry) => isAbout(entry, name)) };
  });
}

function shown(platform: Platform): string {
  return JSON.stringify(formatPlatform(platform).slice(0, 100)).slice(1, -1);
}

/**
 * Returns the entries of an index that are attestation manifests, whatever they are about; none of a manifest.
 *
 * @throws CountersignError `IMAGE_INVALID`, `LIMIT_EXCEEDED`
 */
export function listedAttestations(index: Manifest, what: string): readonly Descriptor[] {
  return entriesOf(index, what).filter(isAttestation);
}

function isAttestation(entry: Descriptor): boolean {
  return isNoPlatform(entry.platform) && isAttestationManifest(entry);
}

/** Reports whether an entry is marked as the attestation manifest of an image, and as nothing that runs. */
function isAbout(entry: Descriptor, image: string): boolean {
  return isAttestation(entry) && entry.annotations?.['vnd.docker.reference.digest'] === image;
}

async function ownPlatform(manifest: Manifest, content: ImageContent, what: string): Promise<Platform | undefined> {
  const { digest, size } = readingImage(() => readConfigDescriptor(manifest.bytes, what));
  if (size > maxManifestLength)
    fail('LIMIT_EXCEEDED', `the configuration of ${what} has ${size} bytes; the limit is ${maxManifestLength}`);
  const bytes =
    (await content.getBlob(digest, size)) ??
    fail('SUBJECT_MISSING', `${what} has no configuration: ${formatDigest(digest)} is missing`);
  // The configuration of an artifact may be anything.
  return readPlatform(attempt(() => parseJson(bytes, { maxLength: maxManifestLength })));
}
