/** Attests the provenance of the job that signs. */

import { verifyTokenClaims } from '../../identity/index.ts';
import { provenanceOf, provenancePredicateType } from '../../sign/predicates/index.ts';
import type { World } from '../world/index.ts';
import type { Attestation } from './attest.ts';
import type { Signing } from './open-signing.ts';

/**
 * Returns the provenance that the identity token states, whose signature is verified.
 *
 * @throws CountersignError `USAGE` for a token that does not state what was built; `TOKEN_INVALID`
 */
export async function provenanceClaim(
  { token }: Pick<Signing, 'token'>,
  serverUrl: string,
  world: World,
): Promise<Attestation> {
  const build = provenanceOf(token.kind);
  const predicate = build(await verifyTokenClaims(world.http, token, world.clock()), serverUrl);
  return { claim: { predicateType: provenancePredicateType, predicate } };
}
