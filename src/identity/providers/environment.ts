import { fail } from '../../core/errors/index.ts';
import { Secret } from '../../node/index.ts';
import { inGitlab } from './gitlab.ts';
import type { TokenProvider } from './provider.ts';
import { tokenVariable } from './token-variable.ts';

/** Provides the token in the environment variable that cosign and sigstore-python also read. In GitLab's jobs, it is GitLab's token. */
export const environmentTokens: TokenProvider = {
  name: 'environment',
  title: 'the environment variable SIGSTORE_ID_TOKEN',
  detect: ({ environment }) => (tokenVariable(environment) === undefined || inGitlab(environment) ? 'absent' : 'ready'),
  open: ({ environment }) => {
    const token =
      tokenVariable(environment) ??
      fail('TOKEN_INVALID', 'the environment variable SIGSTORE_ID_TOKEN is not set', {
        remedy: 'Set it to an OIDC token for the audience "sigstore".',
      });
    return async () => new Secret(token);
  },
};
