/** Everything outside of the program that a run depends on. */
export { type ChosenInstance, chooseInstance, tenantOf } from './choose-instance.ts';
export type { Instance, InstanceName, InstanceRequest } from './instance.ts';
export { loadInstance, publishedTrustedRoot } from './load-instance.ts';
export { loadRegistries } from './load-registries.ts';
export { type InputKind, type InputWorld, parseInput, readInput, readInputFile } from './read-input.ts';
export { type RegistryAccount, type RegistryRequest, systemRegistries } from './system-registries.ts';
export { type HashObserver, systemWorld, type World } from './world.ts';
