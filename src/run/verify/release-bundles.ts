/** Finds the attestations of releases among bundles. Loaded only to verify a release as a whole. */

import { attempt } from '../../core/errors/index.ts';
import { readStatement } from '../../core/statement/index.ts';
import { releasePredicateTypes } from '../../core/verify/index.ts';
import { type BundlePool, demandFew, type FoundBundle } from './bundle-pool.ts';

/**
 * Returns the bundles that may be about a release, or, so that there is a reason to report, another one.
 *
 * @throws CountersignError `LIMIT_EXCEEDED`
 */
export function releaseBundles({ bundles }: BundlePool): readonly FoundBundle[] {
  const chosen = bundles.filter(isOfRelease);
  return chosen.length === 0 ? bundles.slice(0, 1) : demandFew(chosen);
}

function isOfRelease({ bundle: { content } }: FoundBundle): boolean {
  if (content.kind !== 'dsse-envelope') return false;
  const type = attempt(() => readStatement(content.payload).predicateType);
  return releasePredicateTypes.some((one) => one === type);
}
