/** Examining under several trusted roots. */

import { CountersignError } from '../errors/index.ts';
import type { Examination } from './examination.ts';

/**
 * Examines a bundle under each root until one passes. Roots are never mixed.
 *
 * @returns the examination that passed, or the one with the most criteria that hold
 * @throws CountersignError `TRUSTED_ROOT_MISSING`
 */
export async function examineUnderRoots<Root>(
  roots: readonly Root[],
  examine: (root: Root) => Promise<Examination>,
): Promise<Examination> {
  let best: Examination | undefined;
  for (const root of roots) {
    const examination = await examine(root);
    if (examination.verdict !== undefined) return examination;
    if (best === undefined || passes(examination) > passes(best)) best = examination;
  }
  if (best === undefined) throw new CountersignError('TRUSTED_ROOT_MISSING', 'no trusted root specified');
  return best;
}

function passes({ criteria }: Examination): number {
  return criteria.filter(({ outcome }) => outcome === 'pass').length;
}
