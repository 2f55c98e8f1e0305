import { loadRegistries, type RegistryRequest, type World } from '../world/index.ts';
import type { VerifiableImage } from './verifiable.ts';

/**
 * Returns the images to verify. The registry client is loaded only if there are any.
 *
 * @throws CountersignError `USAGE`
 */
export async function loadImages(request: RegistryRequest, world: World): Promise<readonly VerifiableImage[]> {
  const registries = await loadRegistries(request, world);
  if (registries === undefined) return [];
  const { verifiableImage } = await import('./verify-image.ts');
  return request.images.map((name) => verifiableImage(name, registries, world.files));
}
