/** Registries of packages: npm and PyPI. */

export { PackageService, type PublishedFile, type PublishedPackage } from './package-service.ts';
