/** The TUF repository of the trusted root and the signing configs. */

export { type MetadataChanges, metadataTime, type RoleName, signMetadata } from './metadata.ts';
export { olpcJson } from './olpc-json.ts';
export { type TufKey, tufKey } from './tuf-key.ts';
export { type PublishChanges, TufRepository, type TufRepositoryOptions } from './tuf-repository.ts';
