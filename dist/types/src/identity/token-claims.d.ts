import type { JWTPayload } from 'jose';
/** The claims of a token, as it holds them. */
export type TokenClaims = Readonly<JWTPayload>;
/** Returns a claim that is a text and not empty; `undefined` for any other. */
export declare function textClaim(claims: TokenClaims, name: string): string | undefined;
/** Returns a claim as Fulcio writes it: a text that is not empty, a whole number or a boolean; `undefined` for any other. */
export declare function scalarClaim(claims: TokenClaims, name: string): string | undefined;
/**
 * Returns a claim that must be there.
 *
 * @param use the reason, as the end of the message: `which the certificate names`
 * @throws CountersignError `TOKEN_INVALID`
 */
export declare function requiredClaim(claims: TokenClaims, name: string, use: string): string;
