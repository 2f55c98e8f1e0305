/** The tokens of jobs on GitHub Actions. */
import { Secret } from '../../node/index.ts';
import { type Http } from '../../services/http/index.ts';
import { type TokenClaims } from '../token-claims.ts';
import type { TokenKind } from '../token-kind.ts';
import type { TokenProvider } from './provider.ts';
/** Provides the token of the job that the program runs in. */
export declare const githubTokens: TokenProvider;
/** Jobs of GitHub (fulcio, config/identity/config.yaml, `github-workflow`). */
export declare const githubJobs: TokenKind;
/** Returns why strangers can start this job with their own input. Malicious packages have obtained valid provenance that way. */
export declare function dangerousTrigger(claims: TokenClaims): string | undefined;
/** The endpoint that the runner gives to a job with the permission `id-token: write`. */
export interface TokenEndpoint {
    /** Its query identifies the job, and is not shown. */
    readonly url: string;
    /** Allows requesting identity tokens of the job, for any audience. */
    readonly requestToken: Secret;
}
/**
 * Finds the token endpoint in a job's environment.
 *
 * @throws CountersignError `TOKEN_PERMISSION_MISSING` where the job has none
 */
export declare function tokenEndpoint(environment: Readonly<Record<string, string | undefined>>): TokenEndpoint;
/**
 * Requests a token for Sigstore. No error quotes the response: it can contain the token, or repeat the one that was sent.
 *
 * @throws CountersignError `SERVICE_UNAVAILABLE`, `SERVICE_REFUSED`, `SERVICE_RESPONSE_INVALID`
 */
export declare function requestToken(http: Http, endpoint: TokenEndpoint, service?: string): Promise<Secret>;
