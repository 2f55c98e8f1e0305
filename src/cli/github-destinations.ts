import { tmpdir } from 'node:os';
import { fail } from '../core/errors/index.ts';
import { Secret } from '../node/index.ts';
import { type GitHubDestinations, readReleaseTarget } from '../run/sign/index.ts';

/** The options that name destinations at GitHub. */
export interface GitHubOptions {
  readonly repo?: string | undefined;
  readonly release?: string | undefined;
  readonly publishRelease?: boolean | undefined;
  readonly storeAttestations?: boolean | undefined;
  readonly storageRecords?: boolean | undefined;
}

/**
 * Returns the destinations at GitHub; `undefined` if no option names one.
 *
 * @throws CountersignError `USAGE` if the repository or the token is missing
 */
export function gitHubDestinations(
  { repo, release, publishRelease: publish = false, storeAttestations = false, storageRecords = false }: GitHubOptions,
  environment: NodeJS.ProcessEnv,
): GitHubDestinations | undefined {
  if (publish && release === undefined)
    fail('USAGE', '`publish-release` cannot be used without `release`', { remedy: 'Specify the release.' });
  if (release === undefined && !storeAttestations && !storageRecords) return undefined;
  const { GITHUB_TOKEN: token, GITHUB_API_URL: apiUrl, GITHUB_SERVER_URL: server } = environment;
  const repository = repo || environment.GITHUB_REPOSITORY;
  if (!repository)
    fail('USAGE', 'the repository at GitHub is not specified', { remedy: 'Specify it with `repo`: owner/name.' });
  if (!token) fail('USAGE', 'there is no token for the API of GitHub', { remedy: 'Set $GITHUB_TOKEN.' });
  const access = { repository, token: new Secret(token), apiUrl, serverUrl: server || 'https://github.com' };
  const { GITHUB_REF: ref, GITHUB_SHA: commit } = environment;
  const wanted =
    release === undefined
      ? undefined
      : { target: readReleaseTarget(release, ref), publish, commit, temporaryDirectory: tmpdir() };
  return { access, release: wanted, storeAttestations, storageRecords };
}
