/** An issuer of OpenID Connect tokens: its key, its discovery document, and tokens with any claims. */
import { type JsonObject } from '../../src/core/encoding/json.ts';
import { type Route } from '../http/route.ts';
import { type Storage } from '../storage/storage.ts';
/** A JSON Web Key Set (RFC 7517, section 5). */
export interface KeySet {
    readonly keys: JsonObject[];
}
/** The issuer of one URL. Its key is generated or read when it is first needed, since RSA keys take long. */
export interface TokenIssuer {
    /** The value of `iss`, without a trailing slash. */
    readonly url: string;
    keySet(): Promise<KeySet>;
    /** Signs exactly these claims, valid or not, including `iss` and `exp`. */
    sign(claims: JsonObject): Promise<string>;
}
export interface TokenIssuerOptions {
    /** The storage of the key, as `<name>.key`; by default in memory. */
    readonly storage?: Storage;
    readonly name?: string;
}
/** The algorithm of GitHub and the other issuers, and the only one that cosign accepts. */
export declare const tokenAlgorithm = "RS256";
export declare function createTokenIssuer(url: string, { storage, name }?: TokenIssuerOptions): TokenIssuer;
/**
 * Returns `exp`, `iat` and `nbf` of a token that expires in so many seconds, with GitHub's leeway of ten minutes by default. With a
 * negative lifetime, the token has expired, and was issued five minutes before that.
 */
export declare function tokenTimes(now: Date, lifetimeSeconds: number, leewaySeconds?: number): {
    readonly exp: number;
    readonly iat: number;
    readonly nbf: number;
};
export interface DiscoveryOptions {
    /** The path of the key set, relative to the issuer's URL; by default GitHub's. */
    readonly keySetPath?: string;
    /** Members that extend or replace those of a token service's document. */
    readonly metadata?: JsonObject;
}
/** Returns the routes of the discovery document (OpenID Connect Discovery 1.0, section 4) and the key set. */
export declare function discoveryRoutes(issuer: TokenIssuer, claimsSupported: readonly string[], { keySetPath, metadata }?: DiscoveryOptions): readonly Route[];
