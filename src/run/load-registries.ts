/** Registries and the images in them, for whoever has any: nobody else loads what they need. */

import type { ImageTree } from '../report/index.ts';
import type { Registries } from '../services/registry/index.ts';
import type { RegistryRequest } from './system-registries.ts';
import type { VerifiableImage } from './verifiable-image.ts';
import type { World } from './world.ts';

/**
 * Opens the registries of some images; `undefined` where there are none.
 *
 * @throws CountersignError `USAGE`
 */
export async function loadRegistries(request: RegistryRequest, world: World): Promise<Registries | undefined> {
  if (request.images.length === 0) return undefined;
  const { systemRegistries } = await import('./system-registries.ts');
  return systemRegistries(request, world);
}

/**
 * Images as something to verify.
 *
 * @throws CountersignError `USAGE`
 */
export async function loadImages(request: RegistryRequest, world: World): Promise<readonly VerifiableImage[]> {
  const registries = await loadRegistries(request, world);
  if (registries === undefined) return [];
  const { verifiableImage } = await import('./verifiable-image.ts');
  return request.images.map((name) => verifiableImage(name, registries));
}

/**
 * What is attached to an image: see {@link imageTree}.
 *
 * @throws CountersignError `USAGE`, and those of {@link imageTree}
 */
export async function loadImageTree(
  request: RegistryRequest & { readonly recursive: boolean },
  world: World,
): Promise<readonly ImageTree[]> {
  const registries = await loadRegistries(request, world);
  if (registries === undefined) return [];
  const { imageTree } = await import('./image-tree.ts');
  const trees: ImageTree[] = [];
  for (const name of request.images) trees.push(await imageTree(name, request.recursive, registries));
  return trees;
}
