/** Opens the registries of the packages of a policy. */

import { fail } from '../../core/errors/index.ts';
import { PackageChecker } from '../../monitor/packages/index.ts';
import type { PackageWatch } from '../../monitor/watch/index.ts';
import type { WatchPolicy } from '../../monitor/watch-policy/index.ts';
import { npmRegistry, pypiRegistry } from '../../services/packages/index.ts';
import type { TrustChoice } from '../policy/index.ts';
import type { World } from '../world/index.ts';

/** The base URLs of registries, as the environment has them. */
export interface RegistryUrls {
  /** `npm_config_registry`; `https://registry.npmjs.org` by default. */
  readonly npm: string | undefined;
  /** `COUNTERSIGN_PYPI_URL`; `https://pypi.org` by default. */
  readonly pypi: string | undefined;
}

/**
 * Opens the registries. Nothing is requested yet.
 *
 * @returns undefined if the policy names no packages
 * @throws CountersignError `USAGE` for an invalid URL
 */
export function openPackages(
  { packages, protectedNames }: WatchPolicy,
  roots: readonly TrustChoice[],
  { npm, pypi }: RegistryUrls,
  { http, clock }: Pick<World, 'http' | 'clock'>,
): PackageWatch | undefined {
  if (packages.length === 0) return undefined;
  return new PackageChecker({
    registries: {
      npm: npmRegistry(http, urlIn(npm, 'npm_config_registry', 'https://registry.npmjs.org')),
      pypi: pypiRegistry(http, urlIn(pypi, 'COUNTERSIGN_PYPI_URL', 'https://pypi.org')),
    },
    roots,
    clock,
    protectedNames: protectedNames.flatMap(({ kind, name }) => (kind === 'package' ? [name] : [])),
  });
}

function urlIn(text: string | undefined, variable: string, otherwise: string): URL {
  const url = text === undefined || text === '' ? otherwise : text;
  const read = URL.canParse(url) ? new URL(url) : undefined;
  if (read !== undefined && /^https?:$/.test(read.protocol) && read.username === '' && read.password === '')
    return read;
  // The value may contain a password.
  return fail('USAGE', `the variable ${variable} is not the URL of a registry`, {
    remedy: `Set it to a URL without a user name, such as ${otherwise}, or unset it.`,
  });
}
