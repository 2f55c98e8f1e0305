import { loadRegistries, type RegistryRequest, type World } from '../world/index.ts';
import type { VerifiableImage } from './verifiable-image.ts';

/**
 * Returns images as something to verify. What registries need is loaded only where there are images.
 *
 * @throws CountersignError `USAGE`
 */
export async function loadImages(request: RegistryRequest, world: World): Promise<readonly VerifiableImage[]> {
  const registries = await loadRegistries(request, world);
  if (registries === undefined) return [];
  const { verifiableImage } = await import('./verifiable-image.ts');
  return request.images.map((name) => verifiableImage(name, registries));
}
