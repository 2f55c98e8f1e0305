/** Jobs of CircleCI, whose command requests tokens (`circleci run oidc get --claims '{"aud":"sigstore"}' --root-issuer`). */

import { type JobProvider, text } from './job-provider.ts';

const organization = '01900000-0000-4000-8000-00000000a001';
const project = '01900000-0000-4000-8000-00000000a002';
const prefix = 'oidc.circleci.com';

/** The claims of a push to main. */
export const exampleCircleciJob = {
  [`${prefix}/project-id`]: project,
  [`${prefix}/org-id`]: organization,
  [`${prefix}/pipeline-id`]: '01900000-0000-4000-8000-00000000a003',
  [`${prefix}/pipeline-definition-id`]: '01900000-0000-4000-8000-00000000a004',
  [`${prefix}/workflow-id`]: '01900000-0000-4000-8000-00000000a005',
  [`${prefix}/job-id`]: '01900000-0000-4000-8000-00000000a006',
  [`${prefix}/context-ids`]: ['01900000-0000-4000-8000-00000000a007'],
  [`${prefix}/ssh-rerun`]: false,
  [`${prefix}/vcs-origin`]: 'github.com/example-org/example-repo',
  [`${prefix}/vcs-ref`]: 'refs/heads/main',
} as const;

export const circleci: JobProvider = {
  example: exampleCircleciJob,
  occasional: [],
  keySetPath: '.well-known/jwks-pub.json',
  numbered: false,
  lifetimeSeconds: 3600,
  leewaySeconds: 0,
  subject: (claims) =>
    `org/${organization}/project/${text(claims, `${prefix}/project-id`)}/user/01900000-0000-4000-8000-00000000a008`,
  audience: () => organization,
};
