import type { Secret } from '../../node/index.ts';
import type { LoginSettings, LoginWorld } from './settings.ts';

/**
 * Returns a function that logs a person in. The first login of a run asks for an agreement. The protocol is loaded with it, and not
 * before.
 */
export function openLogin(settings: LoginSettings, world: LoginWorld): () => Promise<Secret> {
  let hasAgreed = false;
  return async () => {
    const { logIn } = await import('./log-in.ts');
    const token = await logIn(settings, world, hasAgreed);
    hasAgreed = true;
    return token;
  };
}
