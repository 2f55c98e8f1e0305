/** Finds the host of the repositories that a policy names. */

import { fail } from '../../core/errors/index.ts';

/** The variables that name a server of GitHub. Runners set both. */
export interface GitHubServers {
  /** `GITHUB_SERVER_URL`: `https://github.com`. */
  readonly serverUrl?: string | undefined;
  /** `GITHUB_API_URL`: `https://api.octo.ghe.com`, `https://github.octo.example/api/v3`. */
  readonly apiUrl?: string | undefined;
}

/**
 * Returns the host of the server: `github.com`. If only its API is named, the host is that of the API. An API on another server than that of the
 * repositories would answer about other repositories with the same names.
 *
 * @throws CountersignError `USAGE` for an invalid URL of the server
 */
export function repositoryHost({ serverUrl, apiUrl }: GitHubServers): string {
  if (serverUrl) return serverHost(serverUrl);
  const [, cloud, server] = /^https:\/\/(?:api\.([^/]+)\/?|([^/]+)\/api\/v3\/?)$/i.exec(apiUrl ?? '') ?? [];
  return (cloud ?? server ?? 'github.com').toLowerCase();
}

function serverHost(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isServer =
    url !== undefined && /^https?:$/.test(url.protocol) && /^\/?$/.test(url.pathname) && url.username === '';
  if (isServer) return url.host;
  return fail('USAGE', `GITHUB_SERVER_URL is ${JSON.stringify(text)}, which is not the URL of a server of GitHub`, {
    remedy: 'Set it to a URL such as https://github.com, or unset it.',
  });
}
