/** Decides from a token's claims whether a job may sign. */
import type { IdentityToken } from './identity-token.ts';
import { type TokenClaims } from './token-claims.ts';
/**
 * Refuses to sign in a job that outsiders can start or change.
 *
 * @throws CountersignError `TRIGGER_REFUSED`
 */
export declare function checkTrigger(claims: TokenClaims, allowed: boolean): void;
/**
 * Refuses an instance that certifies no jobs of this server, such as GitHub Enterprise Server, Gitea or Forgejo.
 *
 * @throws CountersignError `USAGE`
 */
export declare function checkServer(serverUrl: string, instance: string): void;
/**
 * Refuses an instance that is known not to accept tokens of this issuer, before a certificate is requested. The authority itself says only
 * that there is something wrong with the token.
 *
 * @throws CountersignError `USAGE`
 */
export declare function checkIssuer({ kind, claims, issuer }: IdentityToken, instance: string): void;
/**
 * Refuses to publish the details of a repository that is not public.
 *
 * @throws CountersignError `PUBLIC_LOG_REFUSED`, listing what would become public
 */
export declare function checkPrivacy(claims: TokenClaims, allowed: boolean): void;
/** Reports whether this is the token of a job that does not state whether its repository is public. */
export declare function hidesVisibility({ kind }: Pick<IdentityToken, 'kind'>): boolean;
/** Returns the claims that a certificate for this token shows, and a public log then keeps permanently. */
export declare function publishedClaims(claims: TokenClaims): readonly {
    readonly name: string;
    readonly value: string;
}[];
