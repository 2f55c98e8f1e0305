/** Who signed and when, of a bundle that this run made: always an identity, for no key is kept. */

import { fail } from '../../core/errors/index.ts';
import type { Verdict, VerifiedSigner } from '../../core/verify/index.ts';

export function signedBy({ signer }: Verdict): Extract<VerifiedSigner, { kind: 'identity' }> {
  return signer.kind === 'identity'
    ? signer
    : fail('IDENTITY_MISMATCH', 'the bundle was signed with a key that is kept');
}

/** The earliest of the times that are proven. */
export function signedAt({ times }: Verdict): Date {
  return new Date(Math.min(...times.map(({ time }) => time.getTime())));
}
