/** The three independent tokens of a job, and the variables with two of them. */

import type { ArtifactService, RuntimeJob } from '../../../sandbox/artifacts/index.ts';
import type { RequestRecord } from '../../../sandbox/http/index.ts';
import type { JobTokens } from '../../../sandbox/oidc/index.ts';
import type { IdTokenPermission } from '../../../sandbox/runner/environment.ts';
import type { RandomBytes } from '../../../sandbox/sources.ts';
import { encodeHex } from '../../../src/core/encoding/index.ts';
import type { JobSecret } from './leaks.ts';

/** GitHub's services in a sandbox, and every request to it. */
export interface JobServices {
  readonly jobTokens: JobTokens;
  readonly artifactService: ArtifactService;
  readonly requests: readonly RequestRecord[];
}

export interface JobTokenRequest {
  readonly services: JobServices | undefined;
  readonly runtime: RuntimeJob | undefined;
  /** True if the event and the permissions allow the job an identity. */
  readonly mayHaveIdentity: boolean;
  readonly random: RandomBytes;
  /** A token of the API in the services; by default one for no service. */
  readonly githubToken?: string | undefined;
}

export interface JobTokenSet {
  /** `github.token`, which is not in the environment of steps. */
  readonly githubToken: string;
  /** The permission to request OIDC tokens; without it, the two variables do not exist. */
  readonly idToken: IdTokenPermission | undefined;
  /** The ACTIONS_* variables of the results service. */
  readonly variables: Readonly<Record<string, string>>;
  /** Each token, with the service that it is for. */
  readonly secrets: readonly JobSecret[];
}

export function jobTokenSet(request: JobTokenRequest): JobTokenSet {
  const { services, runtime, mayHaveIdentity, random } = request;
  const githubToken = request.githubToken ?? `ghs_${encodeHex(random(20)).slice(0, 36)}`;
  const github: JobSecret = {
    name: 'GITHUB_TOKEN',
    value: githubToken,
    services: request.githubToken === undefined ? [] : ['github'],
  };
  if (services === undefined) return { githubToken, idToken: undefined, variables: {}, secrets: [github] };
  const { requestUrl, requestToken } = services.jobTokens;
  const { token } = runtime ?? services.artifactService.job;
  const { resultsUrl } = services.artifactService;
  return {
    githubToken,
    idToken: mayHaveIdentity ? { requestUrl, requestToken } : undefined,
    variables: {
      ACTIONS_RUNTIME_URL: resultsUrl,
      ACTIONS_RUNTIME_TOKEN: token,
      ACTIONS_RESULTS_URL: resultsUrl,
      ACTIONS_CACHE_SERVICE_V2: 'True',
    },
    secrets: [
      github,
      { name: 'ACTIONS_RUNTIME_TOKEN', value: token, services: ['artifacts'] },
      // For a job without the permission, the token is for no service.
      { name: 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', value: requestToken, services: mayHaveIdentity ? ['oidc'] : [] },
    ],
  };
}
