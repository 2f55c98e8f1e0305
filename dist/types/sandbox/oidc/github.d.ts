/** Jobs of GitHub Actions. All of their claims are strings, including numbers. */
import { type JobProvider, type SubjectForm } from './job-provider.ts';
declare const pushToMain: {
    actor: string;
    actor_id: string;
    base_ref: string;
    check_run_id: string;
    event_name: string;
    head_ref: string;
    job_workflow_ref: string;
    job_workflow_sha: string;
    ref: string;
    ref_protected: string;
    ref_type: string;
    repository: string;
    repository_id: string;
    repository_owner: string;
    repository_owner_id: string;
    repository_visibility: string;
    run_attempt: string;
    run_id: string;
    run_number: string;
    runner_environment: string;
    sha: string;
    workflow: string;
    workflow_ref: string;
    workflow_sha: string;
};
/** The claims of a job. It has an `environment` only if it names one, and an `enterprise` only inside one. */
export interface JobClaims extends Readonly<Record<keyof typeof pushToMain, string>> {
    readonly environment?: string;
    readonly environment_node_id?: string;
    readonly enterprise?: string;
    readonly enterprise_id?: string;
    /** A custom property of the repository. */
    readonly [property: `repo_property_${string}`]: string;
}
/** The claims of a push to main, with invented values. For a reusable workflow, only `job_workflow_*` change. */
export declare const exampleJob: JobClaims;
/** Returns the `sub` of a job: with its environment, or else its event or ref. Colons in values are escaped. */
export declare function jobSubject(claims: JobClaims, form: SubjectForm): string;
export declare const github: JobProvider;
export {};
