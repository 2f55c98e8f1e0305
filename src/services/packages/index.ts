/** Registries of packages: the versions that they list, and the provenance that they serve. Nothing is verified. */

export { npmRegistry } from './npm.ts';
export type { PackageFile, PackageRegistry, PackageVersion, ServedProvenance } from './package-registry.ts';
export { pypiRegistry } from './pypi.ts';
