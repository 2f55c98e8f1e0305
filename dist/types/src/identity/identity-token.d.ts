/** Parses the signer's own OIDC identity token (OpenID Connect Core, section 2). */
import { Secret } from '../node/index.ts';
import type { OwnClaims } from './certificate-claims.ts';
import { type TokenClaims } from './token-claims.ts';
import type { TokenKind } from './token-kind.ts';
export interface IdentityToken {
    readonly token: Secret;
    readonly kind: TokenKind;
    /** The issuer that signed the token. */
    readonly issuer: string;
    /** The issuer that the certificate must name: that of the token, or the one at which the person logged in. */
    readonly certificateIssuer: string;
    readonly expiresAt: Date;
    /** The text that the key must sign to prove possession: the e-mail address, or else the raw subject. */
    readonly challenge: string;
    /** The identity that the certificate must name, from the claims. */
    readonly certificateIdentity: string;
    /** The claims that the certificate may show, and no others. */
    readonly certificateClaims: OwnClaims;
    readonly claims: TokenClaims;
}
/**
 * Parses a token. Its signature is not verified here: the certificate authority does that.
 *
 * @param text the token; it appears in no error
 * @param serverUrl where workflows live, `https://github.com`, except on GitHub Enterprise Server
 * @param audience the required audience: that of Sigstore, or the client of a login
 * @throws CountersignError `TOKEN_INVALID`, `TOKEN_EXPIRED`
 */
export declare function readIdentityToken(text: string, now: Date, serverUrl: string, audience?: string): IdentityToken;
