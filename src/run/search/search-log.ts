/** Searches one log through the local index, and proves what it finds. */

import { CountersignError, fail } from '../../core/errors/index.ts';
import { readEntry } from '../../monitor/entries/index.ts';
import type { LogReader, MonitoredLog, TreeHead } from '../../monitor/log/index.ts';
import { type IndexReading, SearchIndex } from '../../monitor/search-index/index.ts';
import { mapConcurrently } from '../../node/index.ts';
import type { SearchedLog } from '../../report/index.ts';
import { indexQuery, meets, type ReadableClaims, type SearchQuery } from './query.ts';

/** An entry that is proven to be in the tree of a head, and meets the conditions. */
export interface ProvenHit {
  readonly origin: string;
  readonly index: number;
  readonly treeSize: number;
  readonly bytes: Uint8Array;
  readonly claims: ReadableClaims;
  /** False for an attestation that is about a digest only according to the index of the service. */
  readonly isConfirmed: boolean;
}

/** The result of a search in one log. */
export type LogSearch = Pick<SearchedLog, 'origin' | 'size' | 'ranges' | 'withProblems' | 'failures'> & {
  /** The newest first. */
  readonly hits: readonly ProvenHit[];
  /** True if there are more candidates than the limit allows. */
  readonly isLimited: boolean;
};

/** The number of candidates that are fetched at once. */
const candidatesAtOnce = 8;

/**
 * Searches the local index of a log. Each candidate is fetched from the log, proven against its current head, and compared as a whole.
 *
 * @param folder the folder of all indexes
 * @returns `undefined` if the log has no local index
 */
export async function searchLocally(
  log: MonitoredLog,
  query: SearchQuery,
  limit: number,
  folder: string,
  files: IndexReading,
  openReader: (log: MonitoredLog) => LogReader,
): Promise<LogSearch | undefined> {
  const index = await openIndex(log, folder, files);
  if (index === undefined) return undefined;
  const failures: CountersignError[] = [];
  const hits: ProvenHit[] = [];
  let head: TreeHead | undefined;
  let isLimited = false;
  try {
    const reader = openReader(log);
    head = await reader.head();
    await demandSameLog(index, reader, head);
    isLimited = await proveCandidates(index, query, limit, reader, head, hits, failures);
  } catch (error) {
    failures.push(expectedFailure(error));
  }
  for (const { path, reason } of index.damaged)
    failures.push(
      new CountersignError('SEARCH_INCOMPLETE', `the index file ${path} is damaged: ${reason}`, {
        remedy:
          'Restore it from a backup, or build the index again: run countersign audit with --from and a new folder.',
      }),
    );
  const { ranges, withProblems } = index;
  return { origin: head?.origin, size: head?.size, ranges, withProblems, failures, hits, isLimited };
}

/** Returns an error that a search reports. Bugs and the end of the run are thrown. */
export function expectedFailure(error: unknown): CountersignError {
  if (error instanceof CountersignError && error.code !== 'CANCELLED') return error;
  throw error;
}

/** Opens the index of a log under one of the names that its checkpoints may have. */
async function openIndex(log: MonitoredLog, folder: string, files: IndexReading): Promise<SearchIndex | undefined> {
  for (const origin of log.names) {
    const index = await SearchIndex.open(files, folder, { origin, keyId: log.keyId });
    if (index.ranges.length + index.damaged.length > 0) return index;
  }
  return undefined;
}

/** Demands that the index was built of the log as it is now. Otherwise what is not found could be in the log. */
async function demandSameLog(index: SearchIndex, reader: LogReader, head: TreeHead): Promise<void> {
  const { state } = index;
  if (state === undefined) return;
  const remedy = 'Run countersign audit, which reports the cause.';
  if (state.size > head.size)
    fail('SEARCH_INCOMPLETE', `the local index has ${state.size} entries, but the log has ${head.size}`, { remedy });
  const comparison = await reader.compare(state, head);
  if (comparison.kind === 'forked')
    fail(
      'SEARCH_INCOMPLETE',
      `the local index is of another tree than the log's: the first ${state.size} entries differ`,
      {
        remedy,
      },
    );
  if (comparison.kind === 'unproven')
    fail('SEARCH_INCOMPLETE', `the local index cannot be compared with the log: ${comparison.reason}`, { remedy });
}

/** Proves candidates until there are as many hits as the limit allows. Returns whether there may be more. */
async function proveCandidates(
  index: SearchIndex,
  query: SearchQuery,
  limit: number,
  reader: LogReader,
  head: TreeHead,
  hits: ProvenHit[],
  failures: CountersignError[],
): Promise<boolean> {
  const prove = async (candidate: number): Promise<ProvenHit | CountersignError | undefined> => {
    try {
      const { bytes } = await reader.entry(candidate, head);
      const claims = readEntry(reader.log.protocol, bytes);
      if (!meets(claims, query)) return undefined;
      return { origin: head.origin, index: candidate, treeSize: head.size, bytes, claims, isConfirmed: true };
    } catch (error) {
      return expectedFailure(error);
    }
  };
  let waiting: number[] = [];
  const proveWaiting = async (): Promise<void> => {
    for (const result of await mapConcurrently(waiting, prove, candidatesAtOnce)) {
      if (result instanceof CountersignError) failures.push(result);
      else if (result !== undefined) hits.push(result);
    }
    waiting = [];
  };
  for await (const candidate of index.candidates(indexQuery(query))) {
    if (hits.length >= limit) return true;
    waiting.push(candidate);
    if (waiting.length === candidatesAtOnce) await proveWaiting();
  }
  await proveWaiting();
  return false;
}
