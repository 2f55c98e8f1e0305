/** The tokens of one job, three that have nothing to do with each other, and the variables by which a step has two of them. */

import type { ArtifactService, RuntimeJob } from '../../../sandbox/artifacts/index.ts';
import type { RequestRecord } from '../../../sandbox/http/index.ts';
import type { JobTokens } from '../../../sandbox/oidc/index.ts';
import type { IdTokenPermission } from '../../../sandbox/runner/environment.ts';
import type { RandomBytes } from '../../../sandbox/sources.ts';
import { encodeHex } from '../../../src/core/encoding/index.ts';
import type { JobSecret } from './leaks.ts';

/** GitHub's services, as a sandbox has them, and every request to any service. */
export interface JobServices {
  readonly jobTokens: JobTokens;
  readonly artifactService: ArtifactService;
  readonly requests: readonly RequestRecord[];
}

export interface JobTokenRequest {
  readonly services: JobServices | undefined;
  readonly runtime: RuntimeJob | undefined;
  /** Whether the event and the permissions let the job have an identity. */
  readonly mayHaveIdentity: boolean;
  readonly random: RandomBytes;
}

export interface JobTokenSet {
  /** `github.token`. No step has it in its environment. */
  readonly githubToken: string;
  /** Absent, the two variables do not exist. */
  readonly idToken: IdTokenPermission | undefined;
  /** The ACTIONS_* variables of the results service. */
  readonly variables: Readonly<Record<string, string>>;
  /** Each token, with the service that it is for. */
  readonly secrets: readonly JobSecret[];
}

export function jobTokenSet({ services, runtime, mayHaveIdentity, random }: JobTokenRequest): JobTokenSet {
  const githubToken = `ghs_${encodeHex(random(20)).slice(0, 36)}`;
  const github: JobSecret = { name: 'GITHUB_TOKEN', value: githubToken, services: [] };
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
      // A job without the permission has no business with it either.
      { name: 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', value: requestToken, services: mayHaveIdentity ? ['oidc'] : [] },
    ],
  };
}
