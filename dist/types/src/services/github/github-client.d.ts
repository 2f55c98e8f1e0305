/** The parts of GitHub's REST API that the watch uses, as values that have been read strictly and are bounded. */
import type { ErrorCode } from '../../core/errors/index.ts';
/** The result of a lookup: known, absent (GitHub says that it does not exist), or unknown with the reason. */
export type Lookup<Value> = {
    readonly kind: 'known';
    readonly value: Value;
} | {
    readonly kind: 'absent';
}
/** The reason is a sentence without its full stop, the remedy a sentence. */
 | {
    readonly kind: 'unknown';
    readonly code: ErrorCode;
    readonly reason: string;
    readonly remedy: string | undefined;
};
/** An attempt of a run of a workflow, with all of its jobs. */
export interface GitHubRun {
    readonly id: string;
    readonly attempt: number;
    /** Without the ref that GitHub adds in some responses: `.github/workflows/release.yml`. */
    readonly path: string;
    readonly headSha: string;
    readonly headBranch: string | undefined;
    readonly event: string;
    readonly status: string;
    readonly conclusion: string | undefined;
    readonly createdAt: Date;
    readonly updatedAt: Date;
    readonly url: string;
    /** The reusable workflows that the run calls: `octo/workflows/.github/workflows/sign.yml`. */
    readonly referencedWorkflows: readonly {
        readonly path: string;
        readonly sha: string;
        readonly ref: string | undefined;
    }[];
    readonly jobs: readonly GitHubJob[];
}
export interface GitHubJob {
    readonly name: string;
    readonly status: string;
    readonly conclusion: string | undefined;
    readonly startedAt: Date | undefined;
    readonly completedAt: Date | undefined;
    /** The name of the workflow of the run. */
    readonly workflowName: string | undefined;
}
export interface GitHubRepository {
    readonly id: string;
    readonly ownerId: string;
    /** `owner/name`, as GitHub spells it now. */
    readonly name: string;
    readonly defaultBranch: string;
    /** `public`, `private` or `internal`. */
    readonly visibility: string;
}
/** How a commit relates to the default branch. `behind` and `identical`: the branch contains it. */
export type CommitRelation = 'ahead' | 'behind' | 'identical' | 'diverged';
export interface GitHubIssue {
    readonly number: number;
    readonly title: string;
    readonly body: string;
    readonly state: 'open' | 'closed';
    /** The login of the author: `github-actions[bot]`. */
    readonly author: string;
    readonly labels: readonly string[];
    readonly url: string;
}
export interface IssueQuery {
    readonly label: string;
    /** Only issues of this author. Anyone may open an issue with the same text. */
    readonly creator: string;
    readonly state: 'open' | 'closed' | 'all';
}
/** A comment on an issue. */
export interface IssueComment {
    readonly author: string;
    readonly body: string;
}
export interface NewIssue {
    readonly title: string;
    readonly body: string;
    readonly labels: readonly string[];
}
export interface IssueChange {
    readonly title?: string;
    readonly body?: string;
    readonly state?: 'open' | 'closed';
    /** For `closed`: `completed` or `not_planned`. */
    readonly stateReason?: 'completed' | 'not_planned' | 'reopened';
}
/** A run of a workflow, as lists of runs have it. */
export interface ListedRun {
    readonly id: string;
    readonly attempt: number;
    readonly path: string;
    readonly event: string;
    readonly status: string;
    readonly conclusion: string | undefined;
    readonly headBranch: string | undefined;
    /** The repository of the commit. That of a pull request from a fork is the fork. Undefined if it was deleted. */
    readonly headRepositoryId: string | undefined;
    readonly createdAt: Date;
}
export interface RunQuery {
    /** The name of the file: `monitor.yml`. */
    readonly workflow: string;
    readonly branch: string;
    /** `success`. */
    readonly status: string;
}
/** An artifact of a run. */
export interface GitHubArtifact {
    readonly id: number;
    readonly name: string;
    /** In bytes. */
    readonly size: number;
    /** `sha256:<hex>`; artifacts of older clients have none. */
    readonly digest: string | undefined;
    readonly isExpired: boolean;
    readonly run: {
        readonly id: string;
        readonly repositoryId: string;
        readonly headRepositoryId: string;
        readonly headBranch: string | undefined;
    } | undefined;
}
/**
 * A client of GitHub's REST API. Names of repositories are `owner/name`.
 *
 * Lookups return what they cannot find out as `unknown`, with the reason. All other methods throw:
 *
 * @throws CountersignError `RATE_LIMITED`; `PERMISSION_MISSING` if the token lacks a permission, which the remedy names; `SERVICE_REFUSED` for
 *   what does not exist or is hidden from the token; `SERVICE_UNAVAILABLE`, `SERVICE_RESPONSE_INVALID`, `LIMIT_EXCEEDED`, `CANCELLED`
 */
export interface GitHubClient {
    /** The origin of the API. The token is sent nowhere else. */
    readonly origin: string;
    /** Looks up an attempt of a run. It is absent only if the token can see the repository. */
    workflowRun(repository: string, runId: string, attempt: number): Promise<Lookup<GitHubRun>>;
    repository(name: string): Promise<Lookup<GitHubRepository>>;
    /** Compares a commit with the default branch. */
    compareToDefaultBranch(repository: string, sha: string): Promise<Lookup<CommitRelation>>;
    /** Returns the login under which the token writes: `github-actions[bot]` for that of a job. */
    login(): Promise<string>;
    /** Lists issues, without pull requests, the newest first. */
    listIssues(repository: string, query: IssueQuery): Promise<readonly GitHubIssue[]>;
    /** Opens an issue. The request is sent once: after an error, look for the issue before opening another. */
    createIssue(repository: string, issue: NewIssue): Promise<GitHubIssue>;
    updateIssue(repository: string, number: number, change: IssueChange): Promise<GitHubIssue>;
    /** Lists the comments on an issue that were changed at or after a time, the oldest first. */
    listComments(repository: string, number: number, since: Date): Promise<readonly IssueComment[]>;
    /** Adds a comment. The request is sent once. */
    comment(repository: string, number: number, body: string): Promise<void>;
    /** Lists the newest runs of a workflow, at most 100. */
    workflowRuns(repository: string, query: RunQuery): Promise<readonly ListedRun[]>;
    /** Lists the artifacts of a run that have a name. */
    artifactsOfRun(repository: string, runId: string, name: string): Promise<readonly GitHubArtifact[]>;
    /** Downloads the archive of an artifact, and checks its digest. The host that stores it gets no token. */
    downloadArtifact(repository: string, artifact: GitHubArtifact): Promise<Uint8Array>;
}
