/** Step 8: the age of the signature, if the policy limits it. */

import { fail } from '../../errors/index.ts';
import type { Policy } from '../../policy/index.ts';
import { type Criterion, check } from '../criterion.ts';
import type { VerifiedSigner } from './identity.ts';

/** Prepares the step. */
export function ageStep(
  { maxAge }: Policy,
  now: Date,
): (signer: VerifiedSigner | undefined) => Promise<readonly Criterion[]> {
  return async (identity) => {
    if (maxAge === undefined) return [];
    const { criteria } = await check(
      { name: 'age', expected: `at most ${describeAge(maxAge)}` },
      { identity },
      (basis) => demandAge(basis.identity, maxAge, now),
      describeAge,
    );
    return criteria;
  };
}

/**
 * Returns the age in milliseconds. It is counted from the beginning of the certificate, which nobody can move: a timestamp or a log entry
 * can be obtained again for an old signature, and the older one left out.
 *
 * @throws CountersignError `SIGNATURE_TOO_OLD`
 */
function demandAge(signer: VerifiedSigner, maxAge: number, now: Date): number {
  if (signer.kind === 'key') fail('SIGNATURE_TOO_OLD', 'the age of a signature of a long-lived key is not proven');
  const { notBefore } = signer.certificateValidity;
  const age = now.getTime() - notBefore.getTime();
  // Also refuses NaN, which passes no comparison.
  if (!(age <= maxAge))
    fail(
      'SIGNATURE_TOO_OLD',
      `the certificate was issued at ${notBefore.toISOString()}, ${describeAge(age)} ago; expected at most ${describeAge(maxAge)}`,
    );
  return age;
}

/** Returns a duration in its two largest units: `3d 4h`. */
function describeAge(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  const shown = parts.slice(first, first + 2).filter(([count]) => count > 0);
  return first === -1 ? '0s' : shown.map(([count, unit]) => `${count}${unit}`).join(' ');
}
