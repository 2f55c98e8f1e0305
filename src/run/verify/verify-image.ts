/** Verifying one image by what is attached to it, or by bundles that were named. */

import { type Digest, formatDigest } from '../../core/crypto/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import { artifactOfDigest, examine, examineSimpleSigning, type Report } from '../../core/verify/index.ts';
import type { VerificationResult } from '../../report/index.ts';
import type { World } from '../world/index.ts';
import type { BundlePool, FoundBundle } from './bundle-pool.ts';
import { candidates } from './bundle-pool.ts';
import type { Examination } from './examine-under-roots.ts';
import { examineUnderRoots } from './examine-under-roots.ts';
import type { VerifiableImage } from './verifiable-image.ts';

/** Each bundle that was examined, or why there was none. What is known of the image by then is in each result. */
export async function verifyImage(
  image: VerifiableImage,
  named: BundlePool | undefined,
  examinations: readonly Examination[],
  { clock, cancellation }: Pick<World, 'clock' | 'cancellation'>,
): Promise<readonly VerificationResult[]> {
  let known: Omit<VerificationResult, 'outcome'> = {
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
      const outcome: VerificationResult['outcome'] =
        'failure' in one
          ? { kind: 'not-examined', failure: one.failure }
          : { kind: 'examined', report: await examineOne(one, digest, examinations, clock()) };
      results.push({ ...known, bundle: one.path, outcome });
    }
    return results;
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    return [{ ...known, outcome: { kind: 'not-examined', failure } }];
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
  examinations: readonly Examination[],
  now: Date,
): Promise<Report> {
  return examineUnderRoots(examinations, ({ choice, policy }) =>
    document === undefined
      ? examine(bundle, artifactOfDigest(digest), choice.trust, policy, now)
      : examineSimpleSigning(bundle, document, digest, choice.trust, policy, now),
  );
}
