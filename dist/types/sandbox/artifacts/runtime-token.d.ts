/** The tokens of jobs for GitHub's results service: `ACTIONS_RUNTIME_TOKEN`. */
import { type Sources } from '../sources.ts';
/** A job of a run, by the ids of the backend, which differ from those of the web pages. */
export interface BackendJob {
    readonly runId: string;
    readonly jobId: string;
}
export interface RuntimeJob extends BackendJob {
    readonly token: string;
}
export declare class RuntimeTokens {
    #private;
    constructor(sources: Sources);
    /** Creates a job with its token, by default in a run of its own. */
    issue(runId?: string, lifetimeSeconds?: number): Promise<RuntimeJob>;
    /**
     * Returns the job whose token is in an `Authorization` header.
     *
     * @throws Refusal `unauthenticated`
     */
    authenticate(authorization: unknown): Promise<BackendJob>;
}
