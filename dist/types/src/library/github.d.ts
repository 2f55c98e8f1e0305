/** Reaches GitHub's API for a program. */
import type { World } from '../run/world/index.ts';
import type { GitHubOptions } from '../services/github/index.ts';
import type { RequestOptions } from './world.ts';
/** The options of functions that use GitHub's API. */
export interface GitHubAccess extends RequestOptions {
    /** `owner/name` (default: the repository of the job, `GITHUB_REPOSITORY`). */
    readonly repository?: string | undefined;
    /** A token of GitHub's API, and not an identity token (default: `GITHUB_TOKEN`, or `GH_TOKEN`). */
    readonly githubToken?: string | undefined;
}
/** Returns the repository, and the options of a client of the API. */
export declare function gitHubOf({ repository, githubToken, environment }: GitHubAccess, { http, clock }: World): GitHubOptions & {
    readonly repository: string;
};
