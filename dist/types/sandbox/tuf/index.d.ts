/** The TUF repository of the trusted root and the signing configs. */
export { type MetadataChanges, metadataTime, signMetadata } from './metadata.ts';
export { type TufKey, tufKey } from './tuf-key.ts';
export { type PublishChanges, TufRepository } from './tuf-repository.ts';
