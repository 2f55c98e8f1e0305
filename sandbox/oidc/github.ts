/** Jobs of GitHub Actions. All of their claims are strings, including numbers. */

import { type JobProvider, type SubjectForm, text } from './job-provider.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';
const workflowFile = 'example-org/example-repo/.github/workflows/release.yml@refs/heads/main';

const pushToMain = {
  actor: 'example-user',
  actor_id: '700000003',
  base_ref: '',
  check_run_id: '9000000001',
  event_name: 'push',
  head_ref: '',
  job_workflow_ref: workflowFile,
  job_workflow_sha: commit,
  ref: 'refs/heads/main',
  ref_protected: 'true',
  ref_type: 'branch',
  repository: 'example-org/example-repo',
  repository_id: '700000001',
  repository_owner: 'example-org',
  repository_owner_id: '700000002',
  repository_visibility: 'public',
  run_attempt: '1',
  run_id: '8000000001',
  run_number: '17',
  runner_environment: 'github-hosted',
  sha: commit,
  workflow: 'release',
  workflow_ref: workflowFile,
  workflow_sha: commit,
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
export const exampleJob: JobClaims = pushToMain;

/** Returns the `sub` of a job: with its environment, or else its event or ref. Colons in values are escaped. */
export function jobSubject(claims: JobClaims, form: SubjectForm): string {
  const [, name = ''] = claims.repository.split('/');
  const repository =
    form === 'classic'
      ? claims.repository
      : `${claims.repository_owner}@${claims.repository_owner_id}/${name}@${claims.repository_id}`;
  return `repo:${escapeColons(repository)}:${jobContext(claims)}`;
}

function jobContext({ environment, event_name, ref }: JobClaims): string {
  if (environment) return `environment:${escapeColons(environment)}`;
  return event_name === 'pull_request' ? 'pull_request' : `ref:${escapeColons(ref)}`;
}

function escapeColons(value: string): string {
  return value.replaceAll(':', '%3A');
}

export const github: JobProvider = {
  example: { ...exampleJob },
  occasional: ['environment', 'environment_node_id', 'enterprise', 'enterprise_id'],
  keySetPath: '.well-known/jwks',
  numbered: true,
  lifetimeSeconds: 300,
  leewaySeconds: 600,
  subject(claims, form) {
    const texts = Object.fromEntries(Object.keys(claims).map((name) => [name, text(claims, name)]));
    return jobSubject({ ...exampleJob, ...texts }, form);
  },
  audience: (claims) => `https://github.com/${claims.repository_owner}`,
};
