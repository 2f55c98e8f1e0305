import { fail } from '../../core/errors/index.ts';
import { loadRegistries, type RegistryRequest, type World } from '../world/index.ts';
import type { VerifiableImage } from './verifiable.ts';

export interface ImagesRequest extends RegistryRequest {
  /** The platform to verify of each image: `linux/arm64`; if absent, all platforms. */
  readonly platform: string | undefined;
}

/**
 * Returns the images to verify. The registry client is loaded only if there are any.
 *
 * @throws CountersignError `USAGE`
 */
export async function loadImages(request: ImagesRequest, world: World): Promise<readonly VerifiableImage[]> {
  const registries = await loadRegistries(request, world);
  if (registries === undefined) {
    if (request.platform !== undefined)
      fail('USAGE', '`platform` is set, but there is no image', { remedy: 'Remove `platform`, or specify an image.' });
    return [];
  }
  const { verifiableImages } = await import('./verify-image.ts');
  return verifiableImages(request.images, registries, world.files, request.platform);
}
