/** Jobs of GitLab CI/CD, which puts `id_tokens` into the job's environment, as `SIGSTORE_ID_TOKEN` for Sigstore. */
import { type JobProvider } from './job-provider.ts';
/** The claims of a push to main. Only `runner_id` is a number; deployments have more claims. */
export declare const exampleGitlabJob: {
    readonly namespace_id: '7001';
    readonly namespace_path: 'example-group';
    readonly project_id: '7002';
    readonly project_path: 'example-group/example-project';
    readonly project_visibility: 'public';
    readonly user_id: '7003';
    readonly user_login: 'example-user';
    readonly user_email: 'example-user@example.com';
    readonly user_access_level: 'developer';
    readonly job_project_id: '7002';
    readonly job_project_path: 'example-group/example-project';
    readonly job_namespace_id: '7001';
    readonly job_namespace_path: 'example-group';
    readonly pipeline_id: '8001';
    readonly pipeline_source: 'push';
    readonly job_id: '9001';
    readonly ref: 'main';
    readonly ref_type: 'branch';
    readonly ref_path: 'refs/heads/main';
    readonly ref_protected: 'true';
    readonly runner_id: 7004;
    readonly runner_environment: 'gitlab-hosted';
    readonly sha: "0123456789abcdef0123456789abcdef01234567";
    readonly ci_config_ref_uri: 'gitlab.com/example-group/example-project//.gitlab-ci.yml@refs/heads/main';
    readonly ci_config_sha: "0123456789abcdef0123456789abcdef01234567";
};
export declare const gitlab: JobProvider;
