/** Verifies an image with the bundles that are attached to it, or with those that were named. */

import { type Digest, formatDigest } from '../../core/crypto/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { artifactOfDigest, type Examination, examine, examineSimpleSigning } from '../../core/verify/index.ts';
import { type Attached, fetchAttached, layoutAttachments } from '../../fetch/index.ts';
import { notExamined, type ReportedPair, unreadBundle, type VerificationResult } from '../../report/index.ts';
import { formatRepository, type ImageReference, type Registries } from '../../services/registry/index.ts';
import { formatImage, onlyImage, readDiskImage, readImageName, resolveImage } from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import { type BundlePool, candidates, type FoundBundle } from './bundle-pool.ts';
import { examineUnderRoots, explained, type PoolExamination, type RootPolicy } from './pool-examination.ts';
import type { KnownImage, VerifiableImage } from './verifiable.ts';

/**
 * Verifies an image; returns a result for each bundle that was examined, or one with the failure. Each result has what is known about
 * the image by then.
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
  try {
    if (cancellation.aborted) fail('CANCELLED', 'cancelled before the artifact was verified');
    const { digest, reference, attached } = await image.resolve();
    known = { ...known, digest: formatDigest(digest), image: { reference } };
    const chosen = named === undefined ? await everyOne(attached) : candidates(named.pool, [digest], new Set());
    const results: VerificationResult[] = [];
    for (const one of chosen) {
      const place = { ...known, bundle: one.path };
      if ('failure' in one) results.push({ ...place, ...unreadBundle(one.failure) });
      else results.push({ ...place, ...(await examineOne(one, digest, roots, clock())) });
    }
    if (named === undefined || results.some(({ verdict }) => verdict !== undefined)) return results;
    results.push(...named.unfound(chosen, [digest]).map((outcome) => ({ ...known, ...outcome })));
    return results;
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    return [{ ...known, ...notExamined(failure) }];
  }
}

async function everyOne(attached: KnownImage['attached']): Promise<ReturnType<typeof candidates>> {
  const { bundles, unread } = await attached();
  return [...bundles, ...unread];
}

/** Examines a bundle for the image with a digest, or the document that an older signature signs. */
export async function examineOne(
  { bundle, document }: FoundBundle,
  digest: Digest,
  roots: readonly RootPolicy[],
  now: Date,
): Promise<Examination> {
  const examination = await examineUnderRoots(roots, ({ choice, policy }) =>
    document === undefined
      ? examine(bundle, artifactOfDigest(digest), choice.trust, policy, now)
      : examineSimpleSigning(bundle, document, digest, choice.trust, policy, now),
  );
  return explained(examination, bundle, roots);
}

/**
 * Parses an image's name, with or without `oci://`, or the path of an image on disk. Nothing is read or requested yet.
 *
 * @throws CountersignError `USAGE`
 */
export function verifiableImage(name: string, registries: Registries, files: World['files']): VerifiableImage {
  const read = readImageName(name);
  if (read.kind === 'path') return { kind: 'image', name, resolve: () => imageOnDisk(read.path, files) };
  const { reference } = read;
  return {
    kind: 'image',
    name,
    resolve: async () => imageInRegistry(reference, await imageDigest(reference, name, registries), registries),
  };
}

async function imageDigest(reference: ImageReference, name: string, registries: Registries): Promise<Digest> {
  return reference.digest ?? (await resolveImage(reference, name, registries)).subject.digest;
}

function imageInRegistry({ repository }: ImageReference, digest: Digest, registries: Registries): KnownImage {
  const name = formatRepository(repository);
  const reference = formatImage({ name, digest });
  const demandImage = async (): Promise<void> => {
    if ((await registries(repository).headManifest(digest)) !== undefined) return;
    fail('SUBJECT_MISSING', `the registry ${repository.registry} has no image ${reference}`, {
      remedy: 'Check the name and the digest.',
    });
  };
  return {
    digest,
    reference,
    attached: async () => {
      const attachments = registries.attachmentsOf(repository);
      const { bundles, unread } = await fetchAttached(attachments, { name: attachments.name, digest });
      // If the image itself does not exist, that is the problem to report.
      if (bundles.length + unread.length === 0) await demandImage();
      const place = attachments.name === name ? '' : `, in ${attachments.name} (COSIGN_REPOSITORY)`;
      if (bundles.length + unread.length === 0) failUnsigned(`${reference}${place}`);
      return poolOf({ bundles, unread });
    },
  };
}

/** Returns the one image of a layout or archive on disk, with what `cosign save` put beside it. */
async function imageOnDisk(path: string, files: World['files']): Promise<KnownImage> {
  const saved = await readDiskImage(path, files);
  const digest = onlyImage(saved, path);
  return {
    digest,
    // The name under which it was saved proves nothing.
    reference: undefined,
    attached: async () => {
      const found = await fetchAttached(await layoutAttachments(saved, path), { name: path, digest });
      if (found.bundles.length + found.unread.length === 0) failUnsigned(`${formatDigest(digest)} in ${path}`);
      return poolOf(found);
    },
  };
}

function failUnsigned(image: string): never {
  fail('BUNDLE_MISSING', `no bundle or cosign signature is attached to ${image}`, {
    remedy:
      'Check that exactly this image was signed and that its bundle was pushed. `countersign tree` lists the attachments. If the bundle is elsewhere, specify it with `bundle`.',
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
