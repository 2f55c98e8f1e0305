/** The trust root: its repositories (TUF), and the instances of Sigstore that have one. */

export {
  instances,
  type KnownInstanceName,
  type LoadedInstance,
  loadTufInstance,
  type TufInstance,
} from './instances.ts';
export { loadFromTuf, type TufFiles, type TufOptions } from './load.ts';
export type { TufRepository } from './repository.ts';
export { type TargetName, targetNames } from './target-names.ts';
