/** Finds the provider of identity tokens: the one that the caller named, or the only one that has a token here. */
import type { Secret } from '../node/index.ts';
import { type IdentityToken } from './identity-token.ts';
import type { Environment, ProviderWorld, TokenSettings } from './providers/provider.ts';
/** The provider whose token is used. */
export interface FoundTokens {
    /** The name of the provider in messages; `undefined` if there is none. */
    readonly title: string | undefined;
    /** True if the environment decided, rather than an option. */
    readonly isDetected: boolean;
    /** True if a request can wait forever: a signal must be able to end the program meanwhile. */
    readonly mayHang: boolean;
    /** Requests a token. */
    readonly request: () => Promise<Secret>;
    /**
     * Parses a token, and demands that it is one of this provider.
     *
     * @param serverUrl the server of workflows: `https://github.com`, except on GitHub Enterprise Server
     * @throws CountersignError `TOKEN_INVALID`, `TOKEN_EXPIRED`
     */
    readonly read: (token: Secret, now: Date, serverUrl: string) => IdentityToken;
}
/**
 * Finds the provider. An option decides: `identity-provider`, or `identity-token` with a file. Otherwise exactly one provider must have a
 * token, so that the environment cannot replace one identity by another without notice. If none has one, a person may log in.
 *
 * @throws CountersignError `USAGE` for two candidates, or for options that contradict each other. Where no provider has a token, the
 *   request throws `TOKEN_INVALID` or `TOKEN_PERMISSION_MISSING`.
 */
export declare function findTokens(settings: TokenSettings, world: ProviderWorld): Promise<FoundTokens>;
/** Returns the provider of a job that has the variables of GitHub Actions: GitHub, or Forgejo. */
export declare function jobTokens(environment: Environment, world: ProviderWorld): FoundTokens;
