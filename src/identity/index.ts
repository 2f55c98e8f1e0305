/** Where a signer's identity comes from: OIDC tokens. */

export { requestToken, type TokenEndpoint, tokenEndpoint } from './github-actions.ts';
export { type IdentityToken, readIdentityToken, sigstoreAudience } from './identity-token.ts';
export { Secret } from './secret.ts';
