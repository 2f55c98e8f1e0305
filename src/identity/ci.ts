import type { Environment } from './providers/provider.ts';

/** The variables that CI systems set. Most of them set `CI` as well. */
const variables: readonly string[] = [
  'CI',
  'GITHUB_ACTIONS',
  'FORGEJO_ACTIONS',
  'GITEA_ACTIONS',
  'GITLAB_CI',
  'BUILDKITE',
  'CIRCLECI',
  'BITBUCKET_BUILD_NUMBER',
  'DRONE',
  'JENKINS_URL',
  'TEAMCITY_VERSION',
  'TF_BUILD',
  'TRAVIS',
];

/** Reports whether the program runs in a job of a CI system, where nobody can answer a question. */
export function inCi(environment: Environment): boolean {
  return variables.some((name) => !/^(?:|0|false)$/i.test(environment[name] ?? ''));
}
