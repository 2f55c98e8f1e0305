/** The simple verification result (SVR) of in-toto, version 0.2: the properties that were verified. It has no form for a failure. */

import type { Claim } from './claim.ts';
import { descriptor, type Resource } from './resource.ts';
import type { VerifiedLevels, Verifier } from './verification-summary.ts';

export const verificationResultType = 'https://in-toto.io/attestation/svr/v0.2';

export interface VerificationResult {
  readonly verifier: Pick<Verifier, 'id'>;
  readonly policies: readonly Resource[];
  readonly timeCreated: Date;
  readonly properties: VerifiedLevels;
}

/** Returns the claim. */
export function verificationResult({ verifier, policies, timeCreated, properties }: VerificationResult): Claim {
  return {
    predicateType: verificationResultType,
    predicate: {
      verifier: { id: verifier.id, policies: policies.map(descriptor) },
      timeCreated: timeCreated.toISOString(),
      properties: [...properties],
    },
  };
}
