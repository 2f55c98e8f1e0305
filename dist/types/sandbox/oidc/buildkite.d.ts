/** Jobs of Buildkite, whose agent requests tokens (`buildkite-agent oidc request-token --audience sigstore`). */
import { type JobProvider } from './job-provider.ts';
/** The claims of a build of main that a webhook started. */
export declare const exampleBuildkiteJob: {
    readonly organization_slug: 'example-org';
    readonly organization_id: '01900000-0000-4000-8000-000000007001';
    readonly pipeline_slug: 'example-pipeline';
    readonly pipeline_id: '01900000-0000-4000-8000-000000007002';
    readonly build_number: 17;
    readonly build_branch: 'main';
    readonly build_commit: '0123456789abcdef0123456789abcdef01234567';
    readonly build_source: 'webhook';
    readonly step_key: 'release';
    readonly job_id: '01900000-0000-4000-8000-000000009001';
    readonly agent_id: '01900000-0000-4000-8000-000000007003';
    readonly runner_environment: 'buildkite-hosted';
};
export declare const buildkite: JobProvider;
