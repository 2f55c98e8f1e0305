/** Issues. */
export interface IssueOptions {
    readonly title: string;
    readonly body?: string;
    readonly labels?: readonly string[];
    /** The login of the author. */
    readonly author: string;
    /** True for a pull request, which the API lists as an issue. */
    readonly isPullRequest?: boolean;
}
export interface SandboxIssue {
    readonly id: number;
    readonly number: number;
    readonly author: string;
    readonly isPullRequest: boolean;
    title: string;
    body: string;
    labels: readonly string[];
    state: 'open' | 'closed';
    stateReason: 'completed' | 'not_planned' | 'reopened' | 'duplicate' | null;
    readonly comments: {
        readonly id: number;
        readonly author: string;
        readonly body: string;
        readonly at: Date;
    }[];
    readonly createdAt: Date;
    updatedAt: Date;
    closedAt: Date | undefined;
}
