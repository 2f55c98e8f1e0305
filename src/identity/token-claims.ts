import type { JWTPayload } from 'jose';
import { fail } from '../core/errors/index.ts';

/** The claims of a token, as it holds them. */
export type TokenClaims = Readonly<JWTPayload>;

/** Returns a claim that is a text and not empty; `undefined` for any other. */
export function textClaim(claims: TokenClaims, name: string): string | undefined {
  const value = claims[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Returns a claim as Fulcio writes it: a text that is not empty, a whole number or a boolean; `undefined` for any other. */
export function scalarClaim(claims: TokenClaims, name: string): string | undefined {
  const value = claims[name];
  return Number.isSafeInteger(value) || typeof value === 'boolean' ? String(value) : textClaim(claims, name);
}

/**
 * Returns a claim that must be there.
 *
 * @param use the reason, as the end of the message: `which the certificate names`
 * @throws CountersignError `TOKEN_INVALID`
 */
export function requiredClaim(claims: TokenClaims, name: string, use: string): string {
  return (
    scalarClaim(claims, name) ??
    fail('TOKEN_INVALID', `the identity token has no claim ${name}, ${use}`, {
      remedy: `Request a token that contains the claim ${name}. If the CI system lets you choose the claims, add it.`,
    })
  );
}
