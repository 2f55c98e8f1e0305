import type { Instance, InstanceRequest } from './instance.ts';
import type { World } from './world.ts';
/**
 * Loads an instance. The client of TUF repositories is loaded with it, and not before.
 *
 * @throws CountersignError those of {@link readInstance}
 */
export declare function loadInstance(request: InstanceRequest, world: World): Promise<Instance>;
/**
 * Loads the trusted root that an instance publishes, as one line of JSON. A file cannot take its place.
 *
 * @throws CountersignError `USAGE` for an instance without a repository; those of the repository
 */
export declare function publishedTrustedRoot(request: InstanceRequest, world: World): Promise<{
    readonly json: string;
    readonly warnings: readonly string[];
}>;
