/** Where a signer's identity comes from: OIDC tokens. */

export { requestToken, type TokenEndpoint, tokenEndpoint } from './github-actions.ts';
export {
  type IdentityToken,
  readIdentityToken,
  sigstoreAudience,
  type TokenClaims,
  textClaim,
} from './identity-token.ts';
export { checkPrivacy, checkTrigger } from './job.ts';
export { cachedTokens, type TokenSource } from './token-source.ts';
export { verifyTokenClaims } from './verify-token.ts';
