/** Caches an identity token while it is valid, and drops it when the session ends. */
import type { IdentityToken } from './identity-token.ts';
/** Requests an identity token that is valid for a while yet. */
export type TokenRequest = () => Promise<IdentityToken>;
/**
 * Returns an identity token that is valid for a while yet. Disposing of the source empties every token that it has returned; asking it
 * again is an error.
 */
export interface TokenSource extends Disposable {
    (): Promise<IdentityToken>;
}
/** Returns a source that requests a token when it is first needed, and again only when the last one is about to expire. */
export declare function cachedTokens(request: TokenRequest, clock: () => Date): TokenSource;
