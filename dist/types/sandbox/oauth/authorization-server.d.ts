/** The issuer of people's tokens as an OpenID provider: two flows with one token endpoint. */
import { type Route } from '../http/route.ts';
import { type PersonTokens } from '../oidc/person-tokens.ts';
import type { Sources } from '../sources.ts';
export declare class AuthorizationServer {
    #private;
    constructor(tokens: PersonTokens, sources: Sources);
    /** Returns the discovery document with the endpoints of RFC 8414, and the endpoints. */
    routes(): readonly Route[];
}
/** Returns the `at_hash` of a token that is signed over its SHA-256 (OpenID Connect Core 1.0, section 3.1.3.6). */
export declare function accessTokenHash(token: string): string;
