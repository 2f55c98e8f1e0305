/** A repository and its runs, as tests make them. */
import { type Sources } from '../sources.ts';
import type { CommitRelation } from './commits.ts';
import type { IssueOptions, SandboxIssue } from './issues.ts';
export type OwnerType = 'Organization' | 'User';
export type Visibility = 'public' | 'private' | 'internal';
export interface RepositoryOptions {
    readonly visibility?: Visibility;
    readonly defaultBranch?: string;
    readonly id?: number;
    readonly ownerId?: number;
    /** By default an organization. */
    readonly ownerType?: OwnerType;
    readonly isFork?: boolean;
    /** True if its releases are immutable from their publication on. */
    readonly immutableReleases?: boolean;
    /** False if the repository has no issues. */
    readonly hasIssues?: boolean;
}
export interface JobOptions {
    readonly name: string;
    readonly status?: 'queued' | 'in_progress' | 'completed' | 'waiting';
    readonly conclusion?: 'success' | 'failure' | 'cancelled' | 'skipped' | 'timed_out' | 'neutral' | 'action_required';
    readonly startedAt?: Date;
    readonly completedAt?: Date;
}
export interface RunOptions {
    /** The id; by default a new one. With the id of another run, this is another attempt of it. */
    readonly id?: number;
    readonly attempt?: number;
    /** The name of the file: `release.yml`. */
    readonly workflow: string;
    readonly event?: string;
    readonly headSha?: string;
    readonly headBranch?: string;
    /** The repository of the commit, which for a pull request can be a fork. */
    readonly headRepository?: SandboxRepository;
    readonly status?: 'queued' | 'in_progress' | 'completed' | 'waiting';
    readonly conclusion?: JobOptions['conclusion'];
    /** By default one job with the conclusion of the run. */
    readonly jobs?: readonly JobOptions[];
    /** Reusable workflows: `octo/workflows/.github/workflows/sign.yml@v1`, with their commits. */
    readonly referencedWorkflows?: readonly {
        readonly path: string;
        readonly sha: string;
        readonly ref?: string;
    }[];
    /** The run of the artifact service whose artifacts it has: `artifactService.job.runId`. */
    readonly backendId?: string;
    readonly createdAt?: Date;
    readonly updatedAt?: Date;
}
/** An attempt of a run. */
export interface SandboxRun extends Required<Omit<RunOptions, 'conclusion' | 'jobs'>> {
    readonly conclusion: JobOptions['conclusion'];
    readonly jobs: readonly (JobOptions & {
        readonly id: number;
    })[];
    readonly number: number;
}
export interface SandboxTag {
    readonly commit: string;
    /** The object that the reference names: the commit, or the object of an annotated tag. */
    readonly object: string;
}
/** Returns the next id of a sandbox. Ids are unique, whatever they are of. */
export type NextId = () => number;
export declare class SandboxRepository {
    #private;
    readonly id: number;
    readonly ownerId: number;
    readonly ownerType: OwnerType;
    readonly defaultBranch: string;
    readonly isFork: boolean;
    readonly hasIssues: boolean;
    readonly createdAt: Date;
    visibility: Visibility;
    immutableReleases: boolean;
    /** The latest commit of the default branch. */
    headSha: string;
    constructor(name: string, options: RepositoryOptions, sources: Sources, nextId: NextId);
    /** `owner/name`. */
    get name(): string;
    get isPublic(): boolean;
    get runs(): readonly SandboxRun[];
    get issues(): readonly SandboxIssue[];
    /** Renames or transfers it. The API redirects requests for the former name. */
    rename(name: string): void;
    /** Adds a run, another attempt of one, or a later state of an attempt. */
    addRun(options: RunOptions): SandboxRun;
    /** Removes all attempts of a run, as its deletion or the end of its retention does. */
    removeRun(id: number): void;
    /** Adds a commit. */
    addCommit(sha: string, relation: CommitRelation): void;
    /** Returns how a commit relates to the default branch; `undefined` for one that does not exist. */
    relationOf(sha: string): CommitRelation | undefined;
    get tags(): readonly (readonly [name: string, SandboxTag])[];
    /** Creates a tag, or moves it. */
    addTag(name: string, commit: string, object?: string): void;
    removeTag(name: string): void;
    commitOfTag(name: string): string | undefined;
    objectOfTag(name: string): string | undefined;
    /** Opens an issue. */
    addIssue({ title, body, labels, author, isPullRequest }: IssueOptions): SandboxIssue;
    /** Changes an issue. */
    change(issue: SandboxIssue, change: Partial<Pick<SandboxIssue, 'title' | 'body' | 'state' | 'stateReason'>>): void;
    comment(issue: SandboxIssue, author: string, body: string): SandboxIssue['comments'][number];
}
