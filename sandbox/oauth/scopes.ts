/** What a token can be asked to say (OpenID Connect Core 1.0, sections 3.1.2.1 and 5.4). */

import type { Parameters } from './parameters.ts';

export const scopes = ['openid', 'email'] as const;

/** What is wrong with the scopes of a request, if anything is. A person without an address would be nobody here. */
export function missingScopes(parameters: Parameters): string | undefined {
  const asked = (parameters.get('scope') ?? '').split(' ');
  const missing = scopes.filter((scope) => !asked.includes(scope));
  return missing.length === 0 ? undefined : `The scope lacks ${missing.join(' and ')}.`;
}
