/** Chooses the Sigstore instance of a job of GitHub by one rule: the visibility of its repository, and its server. */
export interface ChosenInstance {
    readonly name: 'public-good' | 'github';
    /** Why, as a clause: `the repository octo/app is private`. It is shown to the user. */
    readonly reason: string;
}
/**
 * Chooses the public instance for a public repository at github.com, and GitHub's own, which has no public log, for any other. A tenant of
 * GitHub Enterprise Cloud (`octo.ghe.com`) has services of its own.
 *
 * @param visibility as the token of the job states it: `public`, `private` or `internal`
 * @throws CountersignError `USAGE` if the rule has no answer: nothing is assumed to be public, or private
 */
export declare function chooseInstance(serverUrl: string, visibility: string | undefined): ChosenInstance;
/** Returns the host of a tenant of GitHub Enterprise Cloud, with data residency: `octo.ghe.com`; `undefined` for any other server. */
export declare function tenantOf(serverUrl: string): string | undefined;
