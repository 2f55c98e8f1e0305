/**
 * Verifies an image by the signatures on its platforms: on the manifest of each, or on its attestation manifest. Loaded only for images
 * without a verified signature of their own, or for one platform.
 */

import { type Digest, formatDigest } from '../../core/crypto/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import {
  type AttestationManifest,
  type Examination,
  examineAttestedImage,
  examineUnderRoots,
} from '../../core/verify/index.ts';
import { findAttestationManifests, readAttestationManifest } from '../../fetch/index.ts';
import { inOrder } from '../../node/index.ts';
import { notExamined, type ReportedPair, unreadBundle, type VerificationResult } from '../../report/index.ts';
import { formatPlatform, type Manifest, type Platform } from '../../services/registry/index.ts';
import { formatImage, type PlatformImage, platformImage, platformImages } from '../../subject/index.ts';
import type { FoundBundle, UnreadBundle } from './bundle-pool.ts';
import { examineOne } from './examine-one.ts';
import { explained, type RootPolicy } from './pool-examination.ts';
import type { ImageSource } from './verifiable.ts';

/** The number of platforms that are verified at once: most of the time goes into requests, most of the memory into bundles. */
const atOnce = 4;

/** The bundles that may be about a manifest. */
export type BundlesFor = (digest: Digest) => Promise<readonly (FoundBundle | UnreadBundle)[]>;

export interface PlatformRequest {
  readonly source: ImageSource;
  readonly bundlesFor: BundlesFor;
  readonly roots: readonly RootPolicy[];
  readonly now: Date;
}

/**
 * Finds the image for a platform.
 *
 * @throws CountersignError `SUBJECT_MISSING` if there is none; those of {@link platformImage}
 */
export async function findPlatform(digest: Digest, wanted: Platform, source: ImageSource): Promise<PlatformImage> {
  return platformImage(await rootOf(digest, source), source, formatImage({ ...source, digest }), wanted);
}

/**
 * Finds the image of each platform.
 *
 * @throws CountersignError those of {@link platformImages}
 */
export async function findPlatforms(digest: Digest, source: ImageSource): Promise<readonly PlatformImage[]> {
  return platformImages(await rootOf(digest, source), source, formatImage({ ...source, digest }));
}

async function rootOf(digest: Digest, source: ImageSource): Promise<Manifest> {
  return (
    (await source.getManifest(digest)) ??
    fail('SUBJECT_MISSING', `there is no manifest of ${formatImage({ ...source, digest })}`, {
      remedy: 'Check the name and the digest.',
    })
  );
}

/**
 * Verifies each platform by itself.
 *
 * @param known what is known of the image
 * @param whole the manifest whose own bundles were examined already
 * @returns at least one result for each platform, or none at all if no bundle was found for any of them
 */
export async function examinePlatforms(
  images: readonly PlatformImage[],
  request: PlatformRequest,
  known: ReportedPair,
  whole: Digest,
): Promise<readonly VerificationResult[]> {
  const found: (readonly VerificationResult[])[] = [];
  const work = (image: PlatformImage) => examinePlatform(image, request, known, whole);
  for await (const results of inOrder(images, atOnce, work)) found.push(results);
  if (found.every(({ length }) => length === 0)) return [];
  return found.flatMap((results, index) => {
    const image = images[index];
    if (image === undefined || results.length > 0) return results;
    return [{ ...known, part: partOf(image), ...notExamined(unsigned(image, request.source)) }];
  });
}

function partOf({ manifest, platform }: PlatformImage): NonNullable<ReportedPair['part']> {
  return {
    digest: formatDigest(manifest.digest),
    platform: platform && formatPlatform(platform),
    attestationManifest: undefined,
  };
}

function unsigned(image: PlatformImage, { name }: ImageSource): CountersignError {
  return new CountersignError(
    'BUNDLE_MISSING',
    `no bundle or cosign signature is attached to ${formatImage({ name, digest: image.manifest.digest })}${platformOf(image)} or its attestation manifest`,
    {
      remedy:
        'Sign the index, or each of its platforms. To verify one platform only, set `platform`. `countersign tree --recursive` lists the attachments.',
    },
  );
}

function platformOf({ platform }: PlatformImage): string {
  return platform === undefined ? '' : ` (${formatPlatform(platform)})`;
}

async function examinePlatform(
  image: PlatformImage,
  request: PlatformRequest,
  known: ReportedPair,
  whole: Digest,
): Promise<readonly VerificationResult[]> {
  const { digest } = image.manifest;
  const base = { ...known, part: partOf(image) };
  try {
    const isExamined = formatDigest(digest) === formatDigest(whole);
    const own = isExamined
      ? []
      : await examineEach(await request.bundlesFor(digest), base, (one) =>
          examineOne(one, digest, request.roots, request.now),
        );
    if (own.some(({ verdict }) => verdict !== undefined)) return own;
    return [...own, ...(await examineAttestations(image, request, base))];
  } catch (failure) {
    if (!(failure instanceof CountersignError) || failure.code === 'CANCELLED') throw failure;
    return [{ ...base, ...notExamined(failure) }];
  }
}

async function examineAttestations(
  image: PlatformImage,
  request: PlatformRequest,
  base: ReportedPair & Required<Pick<ReportedPair, 'part'>>,
): Promise<readonly VerificationResult[]> {
  const { source, bundlesFor } = request;
  const found = await findAttestationManifests(image, source, source.name);
  const results: VerificationResult[] = [];
  for (const digest of found.digests) {
    const place = formatImage({ ...source, digest });
    const way = { ...base, part: { ...base.part, attestationManifest: formatDigest(digest) } };
    const bundles = await bundlesFor(digest);
    if (bundles.length === 0) continue;
    try {
      const manifest = await readAttestationManifest(source, { ...source, digest }, image.manifest.digest);
      const examineBundle = (one: FoundBundle) => examineAttested(one, manifest, image, request);
      results.push(...(await examineEach(bundles, way, examineBundle)));
    } catch (failure) {
      if (!(failure instanceof CountersignError) || failure.code === 'CANCELLED') throw failure;
      results.push({ ...way, bundle: place, ...unreadBundle(failure) });
    }
    if (results.some(({ verdict }) => verdict !== undefined)) return results;
  }
  return [
    ...results,
    ...found.unread.map(({ place, failure }) => ({ ...base, bundle: place, ...unreadBundle(failure) })),
  ];
}

async function examineEach(
  bundles: readonly (FoundBundle | UnreadBundle)[],
  base: ReportedPair,
  examineBundle: (one: FoundBundle) => Promise<Examination>,
): Promise<readonly VerificationResult[]> {
  const results: VerificationResult[] = [];
  for (const one of bundles) {
    const outcome = 'failure' in one ? unreadBundle(one.failure) : await examineBundle(one);
    results.push({ ...base, bundle: one.path, ...outcome });
  }
  return results;
}

async function examineAttested(
  { bundle, document }: FoundBundle,
  manifest: AttestationManifest,
  image: PlatformImage,
  { roots, now }: PlatformRequest,
): Promise<Examination> {
  const { digest } = image.manifest;
  const examination = await examineUnderRoots(roots, ({ choice, policy }) =>
    examineAttestedImage(bundle, document, manifest, digest, choice.trust, policy, now),
  );
  return explained(examination, bundle, roots);
}
