/** One bundle under each of the trusted roots: they are never mixed. */

import { CountersignError } from '../../core/errors/index.ts';
import type { Policy, Report } from '../../core/verify/index.ts';
import type { TrustChoice } from '../policy/index.ts';

/** A trusted root with the policy that holds under it. */
export interface Examination {
  readonly choice: TrustChoice;
  readonly policy: Policy;
}

/**
 * Examines under each root until one passes; else what came of the one under which most of it holds.
 *
 * @throws CountersignError `TRUSTED_ROOT_MISSING`
 */
export async function examineUnderRoots(
  examinations: readonly Examination[],
  examine: (examination: Examination) => Promise<Report>,
): Promise<Report> {
  let best: Report | undefined;
  for (const examination of examinations) {
    const report = await examine(examination);
    if ('verdict' in report.result) return report;
    if (best === undefined || passes(report) > passes(best)) best = report;
  }
  if (best === undefined) throw new CountersignError('TRUSTED_ROOT_MISSING', 'there is no trusted root');
  return best;
}

function passes({ criteria }: Report): number {
  return criteria.filter(({ outcome }) => outcome === 'pass').length;
}
