import { fail } from '../../core/errors/index.ts';
import type { TokenProvider } from './provider.ts';

/** Provides the token of a person who logs in. Never detected: it is used if it is named, or if nothing else has a token. */
export const loginTokens: TokenProvider = {
  name: 'login',
  title: 'a login',
  detect: () => 'absent',
  open: ({ login }) =>
    login?.request ??
    fail('LOGIN_UNAVAILABLE', 'a login is not possible here', {
      remedy: 'Log in with `countersign sign` in a terminal.',
    }),
  audience: ({ login }) => login?.clientId,
  kinds: ['email'],
};
