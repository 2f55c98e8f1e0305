/** The local index: finds the entries with a digest, name, key, issuer or repository. Built while logs are read, and never trusted. */

export { type IndexedLog, indexFolder } from './folder.ts';
export { IndexBuilder, type IndexFiles } from './index-builder.ts';
export { type IndexKey, type KeyKind, repositoryOf } from './index-key.ts';
export { type IndexedRange, type IndexQuery, SearchIndex } from './search-index.ts';
export type { DamagedSegment, IndexReading } from './segment-reader.ts';
