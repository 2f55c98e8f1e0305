/** The trust root: its repositories (TUF), and the instances of Sigstore that have one. */
export { gitHubSigningConfig, instances, type KnownInstanceName, loadTufInstance, type TufInstance, } from './instances.ts';
export { loadFromTuf, type TufFiles, type TufOptions } from './load.ts';
export type { TargetName } from './target-names.ts';
