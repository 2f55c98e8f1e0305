/** Searches a registry for packages whose names imitate others. */

import type { PackageRegistry } from '../../services/packages/index.ts';
import type { LookAlikeFinder } from '../look-alikes/index.ts';
import type { WatchedPackage } from '../watch-policy/index.ts';
import type { PackageObservation } from './observation.ts';
import { capital } from './problems.ts';

/**
 * Returns observations about the packages that the registry's search finds for the name of a package.
 *
 * @throws CountersignError those of the registry
 */
export async function searchLookAlikes(
  watched: WatchedPackage,
  registry: PackageRegistry,
  finder: LookAlikeFinder,
): Promise<readonly PackageObservation[]> {
  const observations: PackageObservation[] = [];
  for (const name of (await registry.search?.(watched.name)) ?? []) {
    const found = finder.find({ kind: 'package', name });
    if (found?.alert !== true || found.target === undefined) continue;
    observations.push({
      rule: 'P19',
      package: watched,
      name,
      version: undefined,
      what: `look-alike of ${found.target}`,
      title: `the package ${name} looks like ${found.target}`,
      reason: `${found.reason} ${capital(found.difference)} (rule ${found.rule}, score ${found.score}).`,
      remedy: 'Check what the package contains, and report an imitation to the registry.',
      severity: 'alert',
    });
  }
  return observations;
}
