/** The job that the check runs in, from the runner's environment variables. */
export interface Job {
    /** `GITHUB_WORKSPACE` */
    readonly workspace: string;
    /** `GITHUB_EVENT_NAME` */
    readonly eventName: string | undefined;
    /** `GITHUB_EVENT_PATH` */
    readonly eventPath: string | undefined;
    /** `GITHUB_REF` */
    readonly ref: string | undefined;
    /** `GITHUB_SHA` */
    readonly sha: string | undefined;
    /** `GITHUB_REPOSITORY` */
    readonly repository: string | undefined;
    /** `GITHUB_SERVER_URL` */
    readonly serverUrl: string | undefined;
}
/** Reports whether a job can check out a proposed change. Unknown events are assumed to. */
export declare function canCheckOutProposal({ eventName, ref }: Pick<Job, 'eventName' | 'ref'>): boolean;
/** Reports whether a ref is a branch that a merge queue made. */
export declare function isQueued(ref: string): boolean;
