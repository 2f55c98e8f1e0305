/** Verifies a token's signature with the keys that its issuer publishes (OpenID Connect Discovery 1.0). */
import { type Http } from '../services/http/index.ts';
import type { IdentityToken } from './identity-token.ts';
import type { TokenClaims } from './token-claims.ts';
/**
 * Verifies a token's signature and returns its claims. A predicate must contain only verified claims, and nothing from the environment.
 *
 * @throws CountersignError `TOKEN_INVALID`; those of the issuer's service
 */
export declare function verifyTokenClaims(http: Http, identity: IdentityToken, now: Date): Promise<TokenClaims>;
