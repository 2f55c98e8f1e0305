/** Loads the registry client only if there are images. */

import type { Registries } from '../../services/registry/index.ts';
import type { RegistryRequest } from './system-registries.ts';
import type { World } from './world.ts';

/**
 * Opens the registries of images; returns `undefined` if there are no images.
 *
 * @throws CountersignError `USAGE`
 */
export async function loadRegistries(request: RegistryRequest, world: World): Promise<Registries | undefined> {
  if (request.images.length === 0) return undefined;
  const { systemRegistries } = await import('./system-registries.ts');
  return systemRegistries(request, world);
}
