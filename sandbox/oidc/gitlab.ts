/** Jobs of GitLab CI/CD, which puts `id_tokens` into the job's environment, as `SIGSTORE_ID_TOKEN` for Sigstore. */

import { type JobProvider, text } from './job-provider.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';

/** The claims of a push to main. Only `runner_id` is a number; deployments have more claims. */
export const exampleGitlabJob = {
  namespace_id: '7001',
  namespace_path: 'example-group',
  project_id: '7002',
  project_path: 'example-group/example-project',
  project_visibility: 'public',
  user_id: '7003',
  user_login: 'example-user',
  user_email: 'example-user@example.com',
  user_access_level: 'developer',
  job_project_id: '7002',
  job_project_path: 'example-group/example-project',
  job_namespace_id: '7001',
  job_namespace_path: 'example-group',
  pipeline_id: '8001',
  pipeline_source: 'push',
  job_id: '9001',
  ref: 'main',
  ref_type: 'branch',
  ref_path: 'refs/heads/main',
  ref_protected: 'true',
  runner_id: 7004,
  runner_environment: 'gitlab-hosted',
  sha: commit,
  ci_config_ref_uri: 'gitlab.com/example-group/example-project//.gitlab-ci.yml@refs/heads/main',
  ci_config_sha: commit,
} as const;

export const gitlab: JobProvider = {
  example: exampleGitlabJob,
  occasional: [
    'environment',
    'environment_protected',
    'deployment_tier',
    'environment_action',
    'groups_direct',
    'user_identities',
  ],
  keySetPath: 'oauth/discovery/keys',
  numbered: true,
  lifetimeSeconds: 3600,
  leewaySeconds: 5,
  subject(claims) {
    const [project, type, ref] = ['project_path', 'ref_type', 'ref'].map((name) => text(claims, name));
    return `project_path:${project}:ref_type:${type}:ref:${ref}`;
  },
  // GitLab has no default: the definition of the job has to name the audience.
  audience: (_claims, issuer) => issuer,
};
