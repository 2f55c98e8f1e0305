/** Searches an index. */

import { mapConcurrently } from '../../node/index.ts';
import type { TreeState } from '../log/index.ts';
import { type IndexedLog, logFolder } from './folder.ts';
import { type IndexKey, keyHash } from './index-key.ts';
import {
  type DamagedSegment,
  damageOf,
  findInSegment,
  type IndexReading,
  listSegments,
  type Segment,
} from './segment-reader.ts';

/** Consecutive entries of a log that are in the index. */
export interface IndexedRange {
  /** The index of the first entry. */
  readonly from: number;
  /** The index after the last entry. */
  readonly to: number;
}

/** All of these must be met. Each is met by any of its keys. */
export type IndexQuery = readonly (readonly IndexKey[])[];

/** The number of segments that are searched at once. */
const segmentsAtOnce = 8;

/** The index of one log. What it finds are candidates: the entry has to be fetched, proven and compared. */
export class SearchIndex {
  readonly #files: IndexReading;
  /** In ascending order. */
  #segments: readonly Segment[];
  #damaged: readonly DamagedSegment[];

  private constructor(files: IndexReading, segments: readonly Segment[], damaged: readonly DamagedSegment[]) {
    this.#files = files;
    this.#segments = segments;
    this.#damaged = damaged;
  }

  /**
   * Opens the index of a log. Without files, it is empty.
   *
   * @param folder the folder of all indexes
   */
  static async open(files: IndexReading, folder: string, log: IndexedLog): Promise<SearchIndex> {
    const { segments, damaged } = await listSegments(files, logFolder(folder, log), log.origin);
    return new SearchIndex(files, segments, damaged);
  }

  /** The entries that can be found, in ascending order. A search that finds a damaged file shortens it. */
  get ranges(): readonly IndexedRange[] {
    return merge(this.#segments.map(rangeOf));
  }

  /** The files that are not used. */
  get damaged(): readonly DamagedSegment[] {
    return this.#damaged;
  }

  /** The number of entries of which a part could not be read when they were indexed, so that some of their keys may be missing. */
  get withProblems(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.withProblems, 0);
  }

  /** The log's tree after the latest entry of the index, by which a later head can be compared with it. */
  get state(): TreeState | undefined {
    const latest = this.#segments.toSorted((a, b) => a.first + a.count - (b.first + b.count)).at(-1);
    return latest && { size: latest.first + latest.count, root: latest.root };
  }

  /** Returns the indices of the entries that may meet a query, the newest first. A file that is damaged is left out. */
  async *candidates(query: IndexQuery): AsyncGenerator<number, void> {
    const alternatives = query.map((keys) => keys.map(({ kind, value }) => keyHash(kind, value)));
    let searched: readonly IndexedRange[] = [];
    const segments = this.#segments.toReversed();
    for (let at = 0; at < segments.length; at += segmentsAtOnce) {
      const find = async (segment: Segment) => ({ segment, numbers: await this.#find(segment, alternatives) });
      for (const { segment, numbers } of await mapConcurrently(segments.slice(at, at + segmentsAtOnce), find)) {
        if (numbers === undefined) continue;
        const indices = numbers.map((number) => segment.first + number).sort((a, b) => b - a);
        // Segments can overlap where an index was extended into its past.
        for (const index of indices) if (!searched.some(({ from, to }) => from <= index && index < to)) yield index;
        searched = merge([...searched, rangeOf(segment)]);
      }
    }
  }

  async #find(segment: Segment, alternatives: readonly (readonly Buffer[])[]): Promise<readonly number[] | undefined> {
    try {
      return await findInSegment(this.#files, segment, alternatives);
    } catch (error) {
      const reason = damageOf(error);
      this.#segments = this.#segments.filter((one) => one !== segment);
      this.#damaged = [...this.#damaged, { path: segment.path, reason }];
      return undefined;
    }
  }
}

/** Returns the entries of a segment. */
export function rangeOf({ first, count }: Segment): IndexedRange {
  return { from: first, to: first + count };
}

/** Joins ranges that touch. */
export function merge(ranges: readonly IndexedRange[]): readonly IndexedRange[] {
  const merged: IndexedRange[] = [];
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last.to)
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else merged.push({ from, to });
  }
  return merged;
}
