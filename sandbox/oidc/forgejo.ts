/** Jobs of Forgejo Actions, which have the claims of GitHub's jobs, apart from those about reusable workflows, runners and visibility. */

import { type JobProvider, text } from './job-provider.ts';

/** The claims of a push to main. */
export const exampleForgejoJob = {
  actor: 'example-user',
  actor_id: '7303',
  base_ref: '',
  event_name: 'push',
  head_ref: '',
  ref: 'refs/heads/main',
  ref_protected: 'false',
  ref_type: 'branch',
  repository: 'example-org/example-repo',
  repository_id: '7301',
  repository_owner: 'example-org',
  repository_owner_id: '7302',
  run_attempt: '1',
  run_id: '8301',
  run_number: '17',
  sha: '0123456789abcdef0123456789abcdef01234567',
  workflow: 'release.yml',
  workflow_ref: 'example-org/example-repo/.forgejo/workflows/release.yml@refs/heads/main',
} as const;

export const forgejo: JobProvider = {
  example: exampleForgejoJob,
  occasional: [],
  keySetPath: '.well-known/keys',
  numbered: false,
  lifetimeSeconds: 3600,
  leewaySeconds: 0,
  subject(claims) {
    const [repository, event, ref] = ['repository', 'event_name', 'ref'].map((name) => text(claims, name));
    return event === 'pull_request' ? `repo:${repository}:pull_request` : `repo:${repository}:ref:${ref}`;
  },
  audience: (claims, issuer) => `${issuer.replace(/\/api\/actions$/, '')}/${text(claims, 'repository_owner')}`,
};
