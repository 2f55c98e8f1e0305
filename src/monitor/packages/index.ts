/** Packages in registries: whether each version has the provenance that is expected. */

export { type CheckOptions, PackageChecker, type ProvenanceRoot } from './package-checker.ts';
