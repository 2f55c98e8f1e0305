/** Registries of container images. */
export { answerOrFailure } from './answered.ts';
export type { Attachment } from './attach.ts';
export type { Credential } from './credential.ts';
export { type CredentialWorld, findCredentials, type GivenCredential, } from './find-credentials.ts';
export { formatRepository, type ImageReference, parseImageReference, parseRegistry, parseRepository, parseTag, type Repository, type Tag, } from './image-reference.ts';
export { type Descriptor, descriptorJson, emptyMediaType, formatPlatform, imageMediaType, indexMediaType, isManifestMediaType, type Manifest, type ManifestMediaType, maxManifestLength, type Platform, readConfigDescriptor, readImageManifest, readIndex, readManifest, readPlatform, } from './manifest.ts';
export type { ManifestName } from './manifests.ts';
export { type FoundReferrers, fallbackTag } from './referrers.ts';
export { openRegistries, type Registries } from './registries.ts';
export { openRepository, type RepositoryClient } from './registry.ts';
