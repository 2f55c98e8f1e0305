/** The interface of the kinds of tokens. A kind states which identity and claims a certificate for its tokens contains. */
import type { OwnClaims } from './certificate-claims.ts';
import type { ProviderName } from './provider-names.ts';
import type { TokenClaims } from './token-claims.ts';
/** A kind has the name of its provider, unless tokens of several providers are of this kind. */
export type TokenKindName = ProviderName | 'email' | 'uri' | 'username';
export interface TokenKind {
    readonly name: TokenKindName;
    /** The holder of such a token, in messages: `a job of GitLab CI/CD`. */
    readonly holder: string;
    /** Reports whether these are the claims of such a token. */
    recognizes(claims: TokenClaims): boolean;
    /**
     * Returns the subject alternative name that Fulcio writes into the certificate.
     *
     * @throws CountersignError `TOKEN_INVALID` if a claim is missing or invalid
     */
    certificateIdentity(claims: TokenClaims, serverUrl: string): string;
    /** Returns the claims that the certificate may show, apart from the subject of the token. None if it is not set. */
    certificateClaims?(claims: TokenClaims, serverUrl: string): OwnClaims;
    /** Returns why outsiders could have started or changed this job: the end of a sentence about the job. `undefined` if they could not. */
    risk?(claims: TokenClaims): string | undefined;
    /** Returns the visibility of the source repository: `public`, or another word. `undefined` if the token does not state it. */
    visibility?(claims: TokenClaims): string | undefined;
    /** The claims of the token that a certificate shows. A public log keeps them permanently. */
    readonly publishedClaims: readonly string[];
}
