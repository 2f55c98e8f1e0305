/** Searches in logs: who signed this? */

export type { SearchedKey, SearchQuery } from './query.ts';
export { readSearchQuery, type SearchWishes } from './read-query.ts';
export { type SearchRequest, type SearchWorld, searchLogs, type TrustedLog } from './search.ts';
export { fetchAnswer } from './search-service.ts';
export { searchTrusted, type TrustedSearch } from './search-trusted.ts';
export { eachWithEach, namesSeen, usualRefs } from './workflow-names.ts';
