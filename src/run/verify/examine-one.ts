/** Examines one bundle for an image. */

import type { Digest } from '../../core/crypto/index.ts';
import {
  artifactOfDigest,
  type Examination,
  examine,
  examineSimpleSigning,
  examineUnderRoots,
} from '../../core/verify/index.ts';
import type { FoundBundle } from './bundle-pool.ts';
import { explained, type RootPolicy } from './pool-examination.ts';

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
