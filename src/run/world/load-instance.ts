import type { Instance, InstanceRequest } from './instance.ts';
import type { World } from './world.ts';

/**
 * Loads an instance. The client of TUF repositories is loaded with it, and not before.
 *
 * @throws CountersignError those of {@link readInstance}
 */
export async function loadInstance(request: InstanceRequest, world: World): Promise<Instance> {
  const { readInstance } = await import('./read-instance.ts');
  return readInstance(request, world);
}
