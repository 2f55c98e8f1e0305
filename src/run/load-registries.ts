/** Registries and the images in them, for whoever has any: nobody else loads what they need. */

import type { ImageTree } from '../report/index.ts';
import type { Registries } from '../services/registry/index.ts';
import type { RegistryRequest } from './system-registries.ts';
import type { VerifiableImage } from './verifiable-image.ts';
import type { World } from './world.ts';

export interface TreeRequest extends Omit<RegistryRequest, 'images'> {
  /** Whether to look at each image of an index as well. */
  readonly recursive: boolean;
}

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
 * What is attached to an image.
 *
 * @throws CountersignError those of {@link imageTree}
 */
export async function loadImageTree(image: string, request: TreeRequest, world: World): Promise<ImageTree> {
  const [{ imageTree }, { systemRegistries }] = await Promise.all([
    import('./image-tree.ts'),
    import('./system-registries.ts'),
  ]);
  return imageTree({ ...request, image }, systemRegistries({ ...request, images: [image] }, world));
}
