/** A registry of container images. */
export type { Account, Authentication } from './access.ts';
export { canonicalDigest, isTag } from './endpoint.ts';
export { indexType } from './manifest.ts';
export { type RegistryOptions, RegistryService, type RegistrySettings } from './registry-service.ts';
