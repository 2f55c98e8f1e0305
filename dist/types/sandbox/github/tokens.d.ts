/** The tokens of the API, and what each may do. */
import type { Sources } from '../sources.ts';
/** The permissions of the token of a job, by their names in workflows. */
export type Permissions = Readonly<Partial<Record<Scope, 'read' | 'write'>>>;
type Scope = 'actions' | 'artifact-metadata' | 'attestations' | 'contents' | 'issues' | 'metadata';
/** The owner of a token. */
export interface Caller {
    /** `github-actions[bot]`, or the login of a user. */
    readonly login: string;
    /** True for the token of a job. */
    readonly isIntegration: boolean;
    /** The ids of the repositories that it belongs to. */
    readonly repositories: readonly number[];
    readonly permissions: Permissions;
}
export declare class Tokens {
    #private;
    constructor(sources: Sources);
    issue(caller: Caller): string;
    revoke(token: string): void;
    /** Returns the owner of the token in an `Authorization` header: `undefined` without a header, `invalid` for an unknown token. */
    callerOf(authorization: unknown): Caller | undefined | 'invalid';
}
/** Reports whether a token may do something in a repository that it can see. Anybody may read what is public. */
export declare function mayAccess(caller: Caller | undefined, repository: {
    readonly id: number;
    readonly isPublic: boolean;
}, scope: keyof Permissions, level: 'read' | 'write'): boolean;
export {};
