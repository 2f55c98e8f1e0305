/** The signer's identity: OIDC tokens. */

export { demandOwnClaims, demandOwnRepository, demandOwnRun } from './certificate-claims.ts';
export { findTokens } from './find-tokens.ts';
export {
  type IdentityToken,
  readIdentityToken,
  sigstoreAudience,
} from './identity-token.ts';
export { checkPrivacy, checkServer, checkTrigger } from './job-checks.ts';
export { requestToken, tokenEndpoint } from './providers/github-actions.ts';
export { type TokenClaims, textClaim } from './token-claims.ts';
export { cachedTokens, type TokenRequest, type TokenSource } from './token-source.ts';
export { verifyTokenClaims } from './verify-token.ts';
