/** The environment of a step: a clean one, in the same layers and order as the runner's. */
/** The values of the `github` context that become GITHUB_* variables. The token is not among them. */
export type GitHubContext = Readonly<Record<string, string>>;
export type RunnerValue = 'arch' | 'environment' | 'name' | 'os' | 'temp' | 'tool_cache' | 'workspace';
/** The values that a caller may set. The files and folders of a step are not among them. */
export type RepositoryContext = Readonly<Partial<Record<keyof ReturnType<typeof pushToMain>, string>>>;
/**
 * Returns the context of a push to the main branch of a repository, with the caller's values. Others are derived from those: the owner from
 * the repository, the short name and the type from the ref, the workflow's ref from both.
 */
export declare function repositoryContext(given?: RepositoryContext): GitHubContext;
declare function pushToMain({ repository, ref, sha, actor, }: {
    readonly repository?: string;
    readonly ref?: string;
    readonly sha?: string;
    readonly actor?: string;
}): {
    action_ref: string;
    action_repository: string;
    actor: string;
    actor_id: string;
    api_url: string;
    base_ref: string;
    event_name: string;
    graphql_url: string;
    head_ref: string;
    job: string;
    ref: string;
    ref_name: string;
    ref_protected: string;
    ref_type: string;
    repository: string;
    repository_id: string;
    repository_owner: string;
    repository_owner_id: string;
    retention_days: string;
    run_attempt: string;
    run_id: string;
    run_number: string;
    server_url: string;
    sha: string;
    triggering_actor: string;
    workflow: string;
    workflow_ref: string;
    workflow_sha: string;
};
/** Returns the payload of the event if the caller gives none: it states whose repository this is, and that it is public. */
export declare function defaultEvent(context: GitHubContext): Readonly<Record<string, unknown>>;
/** Describes the machine as a hosted runner does. */
export declare function runnerContext(workspace: string, temporaryDirectory: string): Readonly<Partial<Record<RunnerValue, string>>>;
/** The permission to request OIDC tokens. Without it, the two variables do not exist. */
export interface IdTokenPermission {
    /** The URL, which has a query already: clients append `&audience=`. */
    readonly requestUrl: string;
    readonly requestToken: string;
}
/** The layers of a step's environment, in order: later ones override earlier ones. */
export interface EnvironmentLayers {
    /** The environment of the runner's own service. */
    readonly service: Readonly<Record<string, string | undefined>>;
    /** The `env` of workflow, job and step, and the variables that earlier steps exported. */
    readonly env: Readonly<Record<string, string>>;
    /** The state that earlier stages of the same step saved. */
    readonly state: ReadonlyMap<string, string>;
    readonly inputs: ReadonlyMap<string, string>;
    /** The paths that earlier steps added, in that order. */
    readonly pathAdditions: readonly string[];
    readonly github: GitHubContext;
    readonly runner: Readonly<Partial<Record<RunnerValue, string>>>;
    readonly debug: boolean;
    readonly actions: Readonly<Record<string, string>>;
    readonly idToken: IdTokenPermission | undefined;
    /** On Windows, names are compared without regard to case, and paths separated by `;`. */
    readonly windows: boolean;
}
/** Builds the environment of a step. */
export declare function buildEnvironment(layers: EnvironmentLayers): Readonly<Record<string, string>>;
/** Returns what a step inherits of the environment of this process. */
export declare function serviceEnvironment(own: Readonly<Record<string, string | undefined>>, windows: boolean): Readonly<Record<string, string | undefined>>;
export {};
