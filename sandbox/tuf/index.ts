/** The TUF repository, from which clients learn what to trust. */

export { type MetadataChanges, metadataTime, type Role, type RoleName, signMetadata } from './metadata.ts';
export { olpcJson } from './olpc-json.ts';
export { type TufKey, tufKey } from './tuf-key.ts';
export { type PublishChanges, TufRepository, type TufRepositoryOptions } from './tuf-repository.ts';
