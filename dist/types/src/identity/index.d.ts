/** The signer's identity: OIDC tokens. */
export { sigstoreAudience } from './audience.ts';
export { demandOwnClaims, demandOwnRepository, demandOwnRun } from './certificate-claims.ts';
export { inCi } from './ci.ts';
export { type FoundTokens, findTokens, jobTokens } from './find-tokens.ts';
export { type IdentityToken, readIdentityToken } from './identity-token.ts';
export { checkIssuer, checkPrivacy, checkServer, checkTrigger, hidesVisibility, publishedClaims, } from './job-checks.ts';
export { openLogin } from './login/login.ts';
export { openBrowser } from './login/open-browser.ts';
export type { LoginSettings, LoginWorld, Terminal } from './login/settings.ts';
export { type ProviderName, providerNames } from './provider-names.ts';
export { forgejoServer } from './providers/forgejo.ts';
export { requestToken, tokenEndpoint } from './providers/github-actions.ts';
export { gitlabServer } from './providers/gitlab.ts';
export type { PersonLogin } from './providers/provider.ts';
export { requiredClaim, scalarClaim, type TokenClaims, textClaim } from './token-claims.ts';
export type { TokenKind, TokenKindName } from './token-kind.ts';
export { cachedTokens, type TokenRequest, type TokenSource } from './token-source.ts';
export { verifyTokenClaims } from './verify-token.ts';
