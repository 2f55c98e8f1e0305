/** The API of GitHub, as the deliveries of a run reach it. */

import { demandAttestations } from '../../../deliver/index.ts';
import type { Secret } from '../../../node/index.ts';
import type { GitHubOptions } from '../../../services/github/index.ts';
import type { Subject } from '../../../subject/index.ts';
import type { World } from '../../world/index.ts';
import type { BundleFormat } from '../signing-result.ts';

export interface GitHubAccess {
  /** `owner/name`. */
  readonly repository: string;
  readonly token: Secret | undefined;
  /** `GITHUB_API_URL`. */
  readonly apiUrl: string | undefined;
  /** `GITHUB_SERVER_URL`. */
  readonly serverUrl: string;
}

/** Returns the options of a client of the API. */
export function gitHubOptions({ token, apiUrl }: GitHubAccess, { http, clock }: World): GitHubOptions {
  return { http, token, apiUrl, clock };
}

/**
 * Demands that bundles contain statements, before anything is signed: GitHub stores no others.
 *
 * @throws CountersignError `USAGE`
 */
export function demandStatements(subjects: readonly Subject[], format: BundleFormat): void {
  // Images are always signed with statements.
  const without = format === 'per-file' && subjects.some(({ kind }) => kind !== 'image');
  if (without) demandAttestations('message-signature');
}
