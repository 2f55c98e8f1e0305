/** The providers of identity tokens, one file each. */

import { fail } from '../core/errors/index.ts';
import { environmentTokens } from './providers/environment.ts';
import { fileTokens } from './providers/file.ts';
import { githubActionsTokens } from './providers/github-actions.ts';
import type { ProviderWorld, TokenProvider, TokenRequest, TokenSettings } from './providers/provider.ts';

/** In the order in which they are tried: what the caller chose comes first, what the machine happens to offer last. */
const providers: readonly TokenProvider[] = [fileTokens, environmentTokens, githubActionsTokens];

/**
 * Returns the request of the first provider that has a token here.
 *
 * @throws CountersignError `USAGE`; the request throws `TOKEN_INVALID` where no provider has a token
 */
export function findTokens(settings: TokenSettings, world: ProviderWorld): TokenRequest {
  for (const provider of providers) {
    const found = provider(settings, world);
    if (found !== undefined) return found;
  }
  return {
    mayHang: false,
    request: async () =>
      fail('TOKEN_INVALID', 'no identity token found', {
        remedy:
          'Set `identity-token` to a file with an OIDC token, set SIGSTORE_ID_TOKEN, or run in a CI job that can request identity tokens.',
      }),
  };
}
