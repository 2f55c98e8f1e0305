/** The tokens of jobs on GitLab CI/CD, which the definition of the job puts into a variable (`id_tokens`). */
import { type TokenClaims } from '../token-claims.ts';
import type { TokenKind } from '../token-kind.ts';
import type { Environment, TokenProvider } from './provider.ts';
/** Reports whether the program runs in a job of GitLab. */
export declare function inGitlab(environment: Environment): boolean;
/** Provides the token of the job that the program runs in. */
export declare const gitlabTokens: TokenProvider;
/** Jobs of GitLab (fulcio, config/identity/config.yaml, `gitlab-pipeline`). */
export declare const gitlabJobs: TokenKind;
/** Returns the address of the GitLab server, with which the address of its pipeline definitions begins; otherwise the issuer. */
export declare function gitlabServer(claims: TokenClaims): string;
