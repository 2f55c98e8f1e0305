/** Reaches GitHub's API for a program. */

import { fail } from '../core/errors/index.ts';
import { Secret } from '../node/index.ts';
import type { World } from '../run/world/index.ts';
import type { GitHubOptions } from '../services/github/index.ts';
import type { GitHubAccess } from './options.ts';

/** Returns the repository, and the options of a client of the API. */
export function gitHubOf(
  { repository, githubToken, environment = process.env }: GitHubAccess,
  { http, clock }: World,
): GitHubOptions & { readonly repository: string } {
  const { GITHUB_REPOSITORY = '', GITHUB_TOKEN, GH_TOKEN, GITHUB_API_URL: apiUrl } = environment;
  const token = githubToken ?? (GITHUB_TOKEN || GH_TOKEN);
  const name = repository ?? GITHUB_REPOSITORY;
  if (name === '') fail('USAGE', 'no repository specified', { remedy: 'Set `repository` to `owner/name`.' });
  return { repository: name, http, clock, apiUrl, token: token ? new Secret(token) : undefined };
}
