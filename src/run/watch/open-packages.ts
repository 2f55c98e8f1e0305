/** Opens the registries of the packages of a policy. */

import { fail } from '../../core/errors/index.ts';
import { PackageChecker } from '../../monitor/packages/index.ts';
import type { PackageWatch } from '../../monitor/watch/index.ts';
import type { WatchPolicy } from '../../monitor/watch-policy/index.ts';
import { npmRegistry, pypiRegistry } from '../../services/packages/index.ts';
import type { TrustChoice } from '../policy/index.ts';
import { type RegistryRequest, systemRegistries, type World } from '../world/index.ts';

/** The registries, as the environment has them. */
export interface RegistrySettings {
  /** `npm_config_registry`; `https://registry.npmjs.org` by default. */
  readonly npm: string | undefined;
  /** `COUNTERSIGN_PYPI_URL`; `https://pypi.org` by default. */
  readonly pypi: string | undefined;
  /** The environment in which the accounts for registries of images are found; see {@link systemRegistries}. */
  readonly environment: RegistryRequest['environment'];
}

/**
 * Opens the registries. Nothing is requested yet.
 *
 * @returns undefined if the policy names no packages, and protects no names of packages
 * @throws CountersignError `USAGE` for an invalid URL, or an invalid `COSIGN_REPOSITORY`
 */
export function openPackages(
  { packages, protectedNames }: WatchPolicy,
  roots: readonly TrustChoice[],
  { npm, pypi, environment }: RegistrySettings,
  world: World,
): PackageWatch | undefined {
  const { http, clock } = world;
  const protectedPackages = protectedNames.filter(({ kind }) => kind === 'package');
  if (packages.length + protectedPackages.length === 0) return undefined;
  return new PackageChecker({
    registries: {
      npm: npmRegistry(http, urlIn(npm, 'npm_config_registry', 'https://registry.npmjs.org')),
      pypi: pypiRegistry(http, urlIn(pypi, 'COUNTERSIGN_PYPI_URL', 'https://pypi.org')),
    },
    ...(packages.some(({ ecosystem }) => ecosystem === 'oci') && {
      images: systemRegistries({ images: [], account: undefined, environment }, world),
    }),
    roots,
    clock,
    protectedNames: protectedPackages,
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
