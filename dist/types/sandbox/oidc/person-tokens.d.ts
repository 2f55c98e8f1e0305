/** Tokens of people, who are identified by e-mail address. */
import type { JsonObject } from '../../src/core/encoding/json.ts';
import { type Route } from '../http/route.ts';
import type { Sources } from '../sources.ts';
import { type TokenIssuer } from './token-issuer.ts';
export declare class PersonTokens {
    #private;
    readonly issuer: TokenIssuer;
    constructor(issuer: TokenIssuer, sources: Sources);
    /** Returns a token for a person, by default for Fulcio. `overrides` replace or add claims. */
    token(email: string, overrides?: JsonObject): Promise<string>;
    /**
     * Returns `GET token?email=E&audience=A`, which gives scripts a token without a page. With `verified=false`, the address is not
     * verified; for the rest see `readTokenQuery`.
     */
    routes(): readonly Route[];
}
export declare const personTokenLifetimeSeconds = 300;
