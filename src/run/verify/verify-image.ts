/** Verifies an image with the bundles that are attached to it and to its platforms, or with those that were named. */

import { type Digest, equalDigests, formatDigest } from '../../core/crypto/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { type Attached, type AttachmentSource, fetchAttached, layoutAttachments } from '../../fetch/index.ts';
import {
  isVerified,
  notExamined,
  type ReportedPair,
  unreadBundle,
  type VerificationResult,
} from '../../report/index.ts';
import {
  formatRepository,
  type ImageReference,
  type Platform,
  type Registries,
} from '../../services/registry/index.ts';
import {
  formatImage,
  onlyImage,
  type PlatformImage,
  parsePlatform,
  readDiskImage,
  readImageName,
  resolveImage,
} from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import { type BundlePool, candidates, type FoundBundle, type UnreadBundle } from './bundle-pool.ts';
import { examineOne } from './examine-one.ts';
import type { BundlesFor } from './image-platforms.ts';
import type { PoolExamination, RootPolicy } from './pool-examination.ts';
import type { KnownImage, VerifiableImage } from './verifiable.ts';

/**
 * Verifies an image: by a bundle about it, or by one for each of its platforms, about the manifest of the platform or its attestation
 * manifest. For one platform, a bundle about the whole image or about that platform is enough.
 *
 * @returns a result for each bundle that was examined, or one with the failure; each has what is known about the image by then
 */
export async function verifyImage(
  image: VerifiableImage,
  named: PoolExamination | undefined,
  roots: readonly RootPolicy[],
  { clock, cancellation }: Pick<World, 'clock' | 'cancellation'>,
): Promise<readonly VerificationResult[]> {
  let known: ReportedPair = {
    artifact: image.name,
    digest: undefined,
    bundle: undefined,
    image: { reference: undefined },
  };
  const results: VerificationResult[] = [];
  try {
    if (cancellation.aborted) fail('CANCELLED', 'cancelled before the artifact was verified');
    const found = await image.resolve();
    const { digest } = found;
    const about = (manifest: Digest): ReportedPair => ({
      ...known,
      digest: formatDigest(manifest),
      image: { reference: found.referenceTo(manifest) },
    });
    known = about(digest);
    const platform = image.platform && (await loadPlatform(digest, image.platform, found));
    if (platform !== undefined) known = about(platform.manifest.digest);
    const chosen = await wholeBundles(found, named);
    for (const one of chosen.bundles) {
      const place = { ...known, bundle: one.path };
      if ('failure' in one) results.push({ ...place, ...unreadBundle(one.failure) });
      else results.push({ ...place, bundleDigest: one.digest, ...(await examineOne(one, digest, roots, clock())) });
    }
    if (isVerified(results)) return results;
    // Bundles that were named and are about the image itself are not about its platforms.
    if (named === undefined || named.pool.bundles.some((one) => !isNamed(digest, one))) {
      const { examinePlatforms, findPlatforms } = await import('./image-platforms.ts');
      const images = platform === undefined ? await findPlatforms(digest, found.source) : [platform];
      const request = { source: found.source, bundlesFor: bundlesFor(found, named), roots, now: clock() };
      const parts = await examinePlatforms(images, request, known, digest);
      if (parts.length > 0) return [...results, ...parts];
    }
    if (chosen.missing !== undefined) throw chosen.missing;
    const unfound = named?.unfound(chosen.bundles, [digest]) ?? [];
    return [...results, ...unfound.map((outcome) => ({ ...known, ...outcome }))];
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    return [...results, { ...known, ...notExamined(failure) }];
  }
}

async function loadPlatform(digest: Digest, wanted: Platform, { source }: KnownImage): Promise<PlatformImage> {
  const { findPlatform } = await import('./image-platforms.ts');
  return findPlatform(digest, wanted, source);
}

interface WholeBundles {
  readonly bundles: readonly (FoundBundle | UnreadBundle)[];
  /** The failure if none is attached. */
  readonly missing?: CountersignError;
}

/** Returns the bundles about the whole image. If none is attached, there may be some for its platforms. */
async function wholeBundles(image: KnownImage, named: PoolExamination | undefined): Promise<WholeBundles> {
  if (named !== undefined) return { bundles: candidates(named.pool, [image.digest], new Set()) };
  try {
    return { bundles: everyOne(await image.attached()) };
  } catch (failure) {
    if (failure instanceof CountersignError && failure.code === 'BUNDLE_MISSING')
      return { bundles: [], missing: failure };
    throw failure;
  }
}

/** Returns the source of the bundles about a manifest below the image. */
function bundlesFor({ attachedTo }: KnownImage, named: PoolExamination | undefined): BundlesFor {
  if (named === undefined) return async (digest) => everyOne(await attachedTo(digest));
  return async (digest) => named.pool.bundles.filter((one) => isNamed(digest, one));
}

function isNamed(digest: Digest, { named }: FoundBundle): boolean {
  return named?.some((each) => equalDigests(each, digest)) === true;
}

function everyOne({ bundles, unread }: BundlePool): readonly (FoundBundle | UnreadBundle)[] {
  return [...bundles, ...unread];
}

/**
 * Parses an image's name, with or without `oci://`, or the path of an image on disk. Nothing is read or requested yet.
 *
 * @param platform the platform to verify; if absent, all of them
 * @throws CountersignError `USAGE`
 */
export function verifiableImage(
  name: string,
  registries: Registries,
  files: World['files'],
  platform?: Platform,
): VerifiableImage {
  const read = readImageName(name);
  const resolve =
    read.kind === 'path'
      ? () => imageOnDisk(read.path, files)
      : async () => imageInRegistry(read.reference, await imageDigest(read.reference, name, registries), registries);
  return { kind: 'image', name, platform, resolve };
}

/**
 * Parses the names of images, as {@link verifiableImage} does.
 *
 * @param platform the name of the platform to verify of each
 * @throws CountersignError `USAGE`
 */
export function verifiableImages(
  names: readonly string[],
  registries: Registries,
  files: World['files'],
  platform: string | undefined,
): readonly VerifiableImage[] {
  const wanted = platform === undefined ? undefined : parsePlatform(platform);
  return names.map((name) => verifiableImage(name, registries, files, wanted));
}

async function imageDigest(reference: ImageReference, name: string, registries: Registries): Promise<Digest> {
  return reference.digest ?? (await resolveImage(reference, name, registries)).subject.digest;
}

function imageInRegistry({ repository }: ImageReference, digest: Digest, registries: Registries): KnownImage {
  const name = formatRepository(repository);
  const referenceTo = (manifest: Digest): string => formatImage({ name, digest: manifest });
  const client = registries(repository);
  const demandImage = async (): Promise<void> => {
    if ((await client.headManifest(digest)) !== undefined) return;
    fail('SUBJECT_MISSING', `the registry ${repository.registry} has no image ${referenceTo(digest)}`, {
      remedy: 'Check the name and the digest.',
    });
  };
  const attachments = registries.attachmentsOf(repository);
  const attachedTo = (manifest: Digest): Promise<BundlePool> => attachedIn(attachments, attachments.name, manifest);
  return {
    digest,
    referenceTo,
    source: client,
    attachedTo,
    attached: async () => {
      const pool = await attachedTo(digest);
      // If the image itself does not exist, that is the problem to report.
      if (isEmpty(pool)) await demandImage();
      const place = attachments.name === name ? '' : `, in ${attachments.name} (COSIGN_REPOSITORY)`;
      if (isEmpty(pool)) failUnsigned(`${referenceTo(digest)}${place}`);
      return pool;
    },
  };
}

async function attachedIn(source: AttachmentSource, name: string, digest: Digest): Promise<BundlePool> {
  return poolOf(await fetchAttached(source, { name, digest }));
}

function isEmpty({ bundles, unread }: BundlePool): boolean {
  return bundles.length + unread.length === 0;
}

/** Returns the one image of a layout or archive on disk, with what `cosign save` put beside it. */
async function imageOnDisk(path: string, files: World['files']): Promise<KnownImage> {
  const saved = await readDiskImage(path, files);
  const digest = onlyImage(saved, path);
  let attachments: Promise<AttachmentSource> | undefined;
  const load = (): Promise<AttachmentSource> => {
    attachments ??= layoutAttachments(saved, path);
    return attachments;
  };
  return {
    digest,
    // The name under which it was saved proves nothing.
    referenceTo: () => undefined,
    source: {
      name: path,
      getManifest: saved.getManifest,
      getBlob: saved.getBlob,
      findReferrers: async (manifest) => (await load()).findReferrers(manifest),
    },
    // Signatures of the older layout that were saved beside the image are about the image.
    attachedTo: async (manifest) => attachedIn({ ...(await load()), untagged: () => [] }, path, manifest),
    attached: async () => {
      const pool = await attachedIn(await load(), path, digest);
      if (isEmpty(pool)) failUnsigned(`${formatDigest(digest)} in ${path}`);
      return pool;
    },
  };
}

function failUnsigned(image: string): never {
  fail('BUNDLE_MISSING', `no bundle or cosign signature is attached to ${image}`, {
    remedy:
      'Check that exactly this image was signed and that its bundle was pushed. `countersign tree --recursive` lists the attachments. If the bundle is elsewhere, specify it with `bundle`.',
  });
}

function poolOf({ bundles, unread }: Attached): BundlePool {
  return {
    bundles: bundles.map(({ place, ...found }) => ({
      ...found,
      path: place,
      content: found.bundle.content.kind,
      named: undefined,
      stem: undefined,
    })),
    unread: unread.map(({ place, failure }) => ({ path: place, failure, stem: undefined })),
  };
}
