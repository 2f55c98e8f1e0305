/** Chooses the Sigstore instance of a job of GitHub by one rule: the visibility of its repository, and its server. */

import { fail } from '../../core/errors/index.ts';

export interface ChosenInstance {
  readonly name: 'public-good' | 'github';
  /** Why, as a clause: `the repository octo/app is private`. It is shown to the user. */
  readonly reason: string;
}

/**
 * Chooses the public instance for a public repository at github.com, and GitHub's own, which has no public log, for any other. A tenant of
 * GitHub Enterprise Cloud (`octo.ghe.com`) has services of its own.
 *
 * @param visibility as the token of the job states it: `public`, `private` or `internal`
 * @throws CountersignError `USAGE` if the rule has no answer: nothing is assumed to be public, or private
 */
export function chooseInstance(serverUrl: string, visibility: string | undefined): ChosenInstance {
  const host = hostOf(serverUrl);
  if (tenantOf(serverUrl) !== undefined) return { name: 'github', reason: `${host} has a Sigstore of its own` };
  if (host !== 'github.com')
    fail('USAGE', `\`instance: auto\` chooses for jobs of GitHub, and not for those of ${host}`, {
      remedy: 'Set `instance: custom`, and `trusted-root` and `signing-config`, or `tuf-url` and `tuf-root`.',
    });
  if (visibility === 'public') return { name: 'public-good', reason: 'the repository is public' };
  if (visibility === 'private' || visibility === 'internal')
    return { name: 'github', reason: `the repository is ${visibility}, and this instance has no public log` };
  return fail(
    'USAGE',
    `\`instance: auto\` requires a token that states the visibility of the repository, and not ${JSON.stringify(visibility ?? null)}`,
    { remedy: 'Set `instance` to `public-good` or `github`.' },
  );
}

/** Returns the host of a tenant of GitHub Enterprise Cloud, with data residency: `octo.ghe.com`; `undefined` for any other server. */
export function tenantOf(serverUrl: string): string | undefined {
  const host = hostOf(serverUrl);
  return /^[a-z0-9-]+\.ghe\.com$/.test(host) ? host : undefined;
}

function hostOf(serverUrl: string): string {
  return URL.canParse(serverUrl) ? new URL(serverUrl).hostname : serverUrl;
}
