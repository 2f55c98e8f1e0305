/** Verifies an image with the bundles that are attached to it, or with those that were named. */

import { type Digest, formatDigest } from '../../core/crypto/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { artifactOfDigest, type Examination, examine, examineSimpleSigning } from '../../core/verify/index.ts';
import { fetchAttached } from '../../fetch/index.ts';
import { notExamined, type ReportedPair, type VerificationResult } from '../../report/index.ts';
import { formatRepository, type ImageReference, type Registries } from '../../services/registry/index.ts';
import { formatImage, readRegistryName, resolveImage } from '../../subject/index.ts';
import type { World } from '../world/index.ts';
import { type BundlePool, candidates, type FoundBundle } from './bundle-pool.ts';
import { examineUnderRoots, type RootPolicy } from './pool-examination.ts';
import type { KnownImage, VerifiableImage } from './verifiable.ts';

/**
 * Verifies an image; returns a result for each bundle that was examined, or one with the failure. Each result has what is known about
 * the image by then.
 */
export async function verifyImage(
  image: VerifiableImage,
  named: BundlePool | undefined,
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
    if (cancellation.aborted) fail('CANCELLED', 'cancelled before it was verified');
    const { digest, reference, attached } = await image.resolve();
    known = { ...known, digest: formatDigest(digest), image: { reference } };
    const pool = named === undefined ? await attached() : undefined;
    const chosen = pool === undefined ? namedFor(digest, named) : [...pool.bundles, ...pool.unread];
    const results: VerificationResult[] = [];
    for (const one of chosen) {
      const examination = 'failure' in one ? notExamined(one.failure) : await examineOne(one, digest, roots, clock());
      results.push({ ...known, bundle: one.path, ...examination });
    }
    return results;
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    return [{ ...known, ...notExamined(failure) }];
  }
}

function namedFor(digest: Digest, named: BundlePool | undefined): ReturnType<typeof candidates> {
  const chosen = named === undefined ? [] : candidates(named, [digest], new Set());
  if (chosen.length > 0) return chosen;
  return fail('BUNDLE_MISSING', `none of the bundles is about ${formatDigest(digest)}`, {
    remedy: 'Check that the image is the one that was signed. Without `bundle`, what is attached to it is looked at.',
  });
}

function examineOne(
  { bundle, document }: FoundBundle,
  digest: Digest,
  roots: readonly RootPolicy[],
  now: Date,
): Promise<Examination> {
  return examineUnderRoots(roots, ({ choice, policy }) =>
    document === undefined
      ? examine(bundle, artifactOfDigest(digest), choice.trust, policy, now)
      : examineSimpleSigning(bundle, document, digest, choice.trust, policy, now),
  );
}

/**
 * Parses an image's name, with or without `oci://`. No request is sent yet.
 *
 * @throws CountersignError `USAGE`
 */
export function verifiableImage(name: string, registries: Registries): VerifiableImage {
  const reference = readRegistryName(name);
  return {
    kind: 'image',
    name,
    resolve: async () => knownImage(reference, await imageDigest(reference, name, registries), registries),
  };
}

async function imageDigest(reference: ImageReference, name: string, registries: Registries): Promise<Digest> {
  return reference.digest ?? (await resolveImage(reference, name, registries)).subject.digest;
}

function knownImage({ repository }: ImageReference, digest: Digest, registries: Registries): KnownImage {
  const name = formatRepository(repository);
  const reference = formatImage({ name, digest });
  return {
    digest,
    reference,
    attached: async () => {
      const client = registries(repository);
      const { bundles, unread } = await fetchAttached(client, { name, digest });
      if (bundles.length + unread.length === 0) {
        // If the image itself does not exist, that is the problem to report.
        if ((await client.headManifest(digest)) === undefined)
          fail('SUBJECT_MISSING', `${repository.registry} has no image ${reference}`, {
            remedy: 'Check the name, and the digest.',
          });
        fail('BUNDLE_MISSING', `no bundle and no signature of cosign is attached to ${reference}`, {
          remedy:
            'Check that this very image was signed, and its bundle pushed: `countersign tree` lists what is attached. A bundle that is elsewhere is named with `bundle`.',
        });
      }
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
    },
  };
}
