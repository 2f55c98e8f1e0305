/** Tokens of CI jobs, and the endpoint at which a job requests them. */
import { type Route } from '../http/route.ts';
import type { Sources } from '../sources.ts';
import type { Claims, JobProvider, SubjectForm } from './job-provider.ts';
import { type TokenIssuer } from './token-issuer.ts';
/** The settings of the following tokens. */
export interface JobTokenSettings {
    /** Claims that replace or extend the provider's example and the computed ones (`sub`, `exp`, …). `undefined` omits one. */
    readonly claims?: Claims;
    /** Seconds from now to the end of the token, negative for an expired one; by default the provider's. */
    readonly lifetimeSeconds?: number;
    /** The form of GitHub's subjects. */
    readonly subjectForm?: SubjectForm;
}
export interface JobTokensOptions {
    readonly provider?: JobProvider;
    /** The request token of another issuer, to be accepted here, too; by default a fresh one. */
    readonly requestToken?: string;
}
/**
 * The token service of a CI system, by default GitHub's, for one job.
 *
 * @example
 * tokens.configure({ claims: { event_name: 'pull_request', ref: 'refs/pull/27/merge' }, lifetimeSeconds: -10 });
 * const expired = await tokens.token('sigstore');
 * tokens.configure(); // as at the start
 */
export declare class JobTokens {
    #private;
    readonly issuer: TokenIssuer;
    readonly provider: JobProvider;
    /** The bearer token that a job presents: `ACTIONS_ID_TOKEN_REQUEST_TOKEN`. */
    readonly requestToken: string;
    /** `ACTIONS_ID_TOKEN_REQUEST_URL`. Like GitHub's, it has a query already. */
    readonly requestUrl: string;
    constructor(issuer: TokenIssuer, sources: Sources, { provider, requestToken }?: JobTokensOptions);
    /** Replaces the settings for all following tokens, by default with the initial ones. */
    configure(settings?: JobTokenSettings): void;
    /** Returns a token for an audience; by default for the provider's, which is never Fulcio. */
    token(audience?: string, settings?: JobTokenSettings): Promise<string>;
    /** Returns discovery, the key set, and the endpoint, which takes the query of `readTokenQuery`. */
    routes(): readonly Route[];
}
