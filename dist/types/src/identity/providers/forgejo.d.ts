/** The tokens of jobs on Forgejo Actions, such as Codeberg's. Forgejo has the variables and the claims of GitHub, and an issuer of its own. */
import { type TokenClaims } from '../token-claims.ts';
import type { TokenKind } from '../token-kind.ts';
import type { Environment, TokenProvider } from './provider.ts';
/** Reports whether the program runs in a job of Forgejo or Gitea. They set `GITHUB_ACTIONS` too. */
export declare function inForgejo({ FORGEJO_ACTIONS: forgejo, GITEA_ACTIONS: gitea }: Environment): boolean;
/** Provides the token of the job that the program runs in. */
export declare const forgejoTokens: TokenProvider;
/**
 * Jobs of Forgejo. The public instance of Fulcio does not accept them. This is the identity that a Fulcio should be configured with; see
 * docs/providers/forgejo.md.
 */
export declare const forgejoJobs: TokenKind;
/** Returns the address of the server whose issuer signed a token. */
export declare function forgejoServer(claims: TokenClaims): string;
