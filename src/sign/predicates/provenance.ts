/** SLSA provenance v1, for the CI systems whose tokens state what was built. */

import type { JsonObject } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import type { TokenClaims, TokenKind, TokenKindName } from '../../identity/index.ts';
import { forgejoProvenance } from './provenance-forgejo.ts';
import { githubProvenance } from './provenance-github.ts';
import { gitlabProvenance } from './provenance-gitlab.ts';

export const provenancePredicateType = 'https://slsa.dev/provenance/v1';

const builders: Partial<Record<TokenKindName, (claims: TokenClaims, serverUrl: string) => JsonObject>> = {
  github: githubProvenance,
  gitlab: gitlabProvenance,
  forgejo: forgejoProvenance,
};

/** The reason why there is no provenance for a job, as the end of a sentence about its token. */
const gaps: Partial<Record<TokenKindName, string>> = {
  buildkite: 'does not state the source repository',
  circleci: 'does not state the commit that was built',
};

/**
 * Returns the function that builds the predicate for tokens of a kind. Every value is a claim of the token; none is from the environment,
 * which an earlier step could have set.
 *
 * The function takes the claims of a token whose signature was verified, and the server of workflows. It throws `TOKEN_INVALID`, naming the
 * claim that is missing.
 *
 * @throws CountersignError `USAGE` for a token that does not state what was built
 */
export function provenanceOf({
  name,
  holder,
}: Pick<TokenKind, 'name' | 'holder'>): (claims: TokenClaims, serverUrl: string) => JsonObject {
  return (
    builders[name] ??
    fail('USAGE', `no provenance for ${holder}: the identity token ${gaps[name] ?? 'does not describe a build'}`, {
      remedy: 'Set `bundle-format: per-file` to sign without provenance.',
    })
  );
}
