/** Loads the registry client only if there are images. */
import type { Registries } from '../../services/registry/index.ts';
import type { RegistryRequest } from './system-registries.ts';
import type { World } from './world.ts';
/**
 * Opens the registries of images; returns `undefined` if there are no images.
 *
 * @throws CountersignError `USAGE`
 */
export declare function loadRegistries(request: RegistryRequest, world: World): Promise<Registries | undefined>;
