/** The trust root: its repositories (TUF), and the instances of Sigstore that have one. */

export { type Instance, type InstanceName, instances, type LoadedInstance, loadInstance } from './instances.ts';
export { loadFromTuf, type TufFiles, type TufOptions } from './load.ts';
export type { TufRepository } from './repository.ts';
export { type TargetName, targetNames } from './target-names.ts';
