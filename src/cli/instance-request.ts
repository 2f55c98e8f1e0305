import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { LogVersion } from '../core/trust/index.ts';
import { type InstanceRequest, tenantOf } from '../run/world/index.ts';
import type { InstanceValues } from './command-values.ts';

/**
 * Returns the instance that the options describe. What is fetched for it is kept in the user's cache folder. A sandbox is the one whose
 * settings are in the environment. Jobs of a tenant of GitHub sign with its services.
 *
 * @throws CountersignError `USAGE` for a sandbox that cannot be found
 */
export async function instanceRequest(
  {
    instance: name,
    ...options
  }: Partial<InstanceValues> & Pick<InstanceValues, 'instance'> & { readonly logVersion?: LogVersion },
  purpose: InstanceRequest['purpose'],
): Promise<InstanceRequest> {
  const path = (given: string | undefined): string | undefined => (given === undefined ? undefined : resolve(given));
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const request: InstanceRequest = {
    name,
    purpose,
    tenant: purpose === 'sign' ? tenantOf(process.env.GITHUB_SERVER_URL ?? '') : undefined,
    trustedRoot: path(options.trustedRoot),
    signingConfig: path(options.signingConfig),
    tufUrl: options.tufUrl,
    tufRoot: path(options.tufRoot),
    logVersion: options.logVersion,
    cacheDirectory: join(cache, 'countersign', 'tuf'),
    mode: options.offlineStale ? 'offline-stale' : options.offline ? 'offline' : 'online',
  };
  // With a trusted root, verifying needs nothing else.
  const isComplete = purpose === 'verify' && request.trustedRoot !== undefined;
  if (name !== 'sandbox' || isComplete) return request;
  const { sandboxFiles } = await import('./sandbox-settings.ts');
  return { ...request, ...sandboxFiles(request, options.logVersion, process.env) };
}
