import type { JWTPayload } from 'jose';

/** The claims of a token, as it holds them. */
export type TokenClaims = Readonly<JWTPayload>;

/** Returns a claim that is a text and not empty; `undefined` for any other. */
export function textClaim(claims: TokenClaims, name: string): string | undefined {
  const value = claims[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
