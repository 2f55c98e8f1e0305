/** What several commands read in the same way. */

import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { LogVersion } from '../core/trust/index.ts';
import type { InstanceName, InstanceRequest } from '../run/world/index.ts';

export const instanceNames: readonly InstanceName[] = ['public-good', 'github', 'staging', 'custom', 'sandbox'];

/** The options that say which Sigstore it is about. */
export interface InstanceOptions {
  readonly instance: InstanceName;
  readonly trustedRoot?: string;
  readonly signingConfig?: string;
  readonly tufUrl?: string;
  readonly tufRoot?: string;
  readonly offline?: boolean;
  readonly offlineStale?: boolean;
  readonly logVersion?: '1' | '2';
}

/** The instance that the options describe. What is fetched for it is kept where programs keep such things. */
export function instanceRequest(
  { instance: name, ...options }: InstanceOptions,
  purpose: InstanceRequest['purpose'],
): InstanceRequest {
  const path = (given: string | undefined): string | undefined => (given === undefined ? undefined : resolve(given));
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return {
    name,
    purpose,
    trustedRoot: path(options.trustedRoot),
    signingConfig: path(options.signingConfig),
    tufUrl: options.tufUrl,
    tufRoot: path(options.tufRoot),
    logVersion: options.logVersion === undefined ? undefined : (Number(options.logVersion) as LogVersion),
    cacheDirectory: join(cache, 'countersign', 'tuf'),
    mode: options.offlineStale ? 'offline-stale' : options.offline ? 'offline' : 'online',
  };
}
