/** Jobs of Buildkite, whose agent requests tokens (`buildkite-agent oidc request-token --audience sigstore`). */

import { type JobProvider, text } from './job-provider.ts';

/** The claims of a build of main that a webhook started. */
export const exampleBuildkiteJob = {
  organization_slug: 'example-org',
  organization_id: '01900000-0000-4000-8000-000000007001',
  pipeline_slug: 'example-pipeline',
  pipeline_id: '01900000-0000-4000-8000-000000007002',
  build_number: 17,
  build_branch: 'main',
  build_commit: '0123456789abcdef0123456789abcdef01234567',
  build_source: 'webhook',
  step_key: 'release',
  job_id: '01900000-0000-4000-8000-000000009001',
  agent_id: '01900000-0000-4000-8000-000000007003',
  runner_environment: 'buildkite-hosted',
} as const;

export const buildkite: JobProvider = {
  example: exampleBuildkiteJob,
  occasional: ['build_tag', 'cluster_id', 'cluster_name', 'queue_id', 'queue_key'],
  keySetPath: '.well-known/jwks',
  numbered: false,
  lifetimeSeconds: 300,
  leewaySeconds: 0,
  subject(claims) {
    const tag = text(claims, 'build_tag');
    const ref = tag ? `refs/tags/${tag}` : `refs/heads/${text(claims, 'build_branch')}`;
    const [organization, pipeline, commit, step] = [
      'organization_slug',
      'pipeline_slug',
      'build_commit',
      'step_key',
    ].map((name) => text(claims, name));
    return `organization:${organization}:pipeline:${pipeline}:ref:${ref}:commit:${commit}:step:${step}`;
  },
  audience: (claims) => `https://buildkite.com/${text(claims, 'organization_slug')}`,
};
