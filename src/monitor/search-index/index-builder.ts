/** Builds an index of the entries of logs, as they are proven. */

import type * as fs from 'node:fs/promises';
import { join } from 'node:path';
import type { RandomBytes } from '../../core/crypto/index.ts';
import { type FileWriting, removeUnfinished, syncFolder, writeAtomically } from '../../node/index.ts';
import { type EntryReader, readEntry } from '../entries/index.ts';
import type { EntryBatch, EntryConsumer, MonitoredLog } from '../log/index.ts';
import { type IndexedLog, logFolder, logName } from './folder.ts';
import { type IndexedRange, merge, rangeOf } from './search-index.ts';
import { SegmentBuilder } from './segment-builder.ts';
import { maxEntries, segmentName } from './segment-format.ts';
import { damageOf, type IndexReading, listSegments, readRecords, type Segment } from './segment-reader.ts';

export type IndexFiles = IndexReading & FileWriting & Pick<typeof fs, 'readdir'>;

/**
 * Writes an index. It holds the records of one segment for each log in memory, at most 12 MiB, and writes a segment when it is full, and
 * on {@link flush}. A file is complete or not there at all, so that a process can be killed at any time: after a restart, entries that are
 * in the index are passed over, and others are added.
 */
export class IndexBuilder implements EntryConsumer {
  readonly #files: IndexFiles;
  readonly #random: RandomBytes;
  readonly #folder: string;
  readonly #read: EntryReader;
  readonly #logs = new Map<string, LogIndexBuilder>();
  readonly #unreadable = new Map<MonitoredLog, number>();

  /**
   * @param folder the folder of all indexes; it is created with the first segment
   * @param read reads the claims of an entry; one that is shared with other consumers spares them the work
   */
  constructor(files: IndexFiles, random: RandomBytes, folder: string, read: EntryReader = readEntry) {
    this.#files = files;
    this.#random = random;
    this.#folder = folder;
    this.#read = read;
  }

  /** @throws the system's error */
  async accept(batch: EntryBatch, log: MonitoredLog, origin: string): Promise<void> {
    const name = logName({ origin, keyId: log.keyId });
    let builder = this.#logs.get(name);
    if (builder === undefined) {
      builder = await LogIndexBuilder.open(this.#files, this.#random, this.#folder, { origin, keyId: log.keyId });
      this.#logs.set(name, builder);
    }
    const problems = await builder.accept(batch, log, this.#read);
    this.#unreadable.set(log, this.unreadable(log) + problems);
  }

  /** Returns the number of entries of a log, so far, of which a part could not be read. */
  unreadable(log: MonitoredLog): number {
    return this.#unreadable.get(log) ?? 0;
  }

  /** @throws the system's error */
  async flush(): Promise<void> {
    for (const builder of this.#logs.values()) await builder.flush();
  }
}

/** The index of one log. */
class LogIndexBuilder {
  readonly #files: IndexFiles;
  readonly #random: RandomBytes;
  readonly #folder: string;
  readonly #origin: string;
  /** The segments on disk at the start. Files that are damaged are written again. */
  readonly #segments: readonly Segment[];
  /** The entries in the index, those of the open segment included. */
  #ranges: readonly IndexedRange[];
  #open: SegmentBuilder | undefined;
  #isDirty = false;

  private constructor(
    files: IndexFiles,
    random: RandomBytes,
    folder: string,
    origin: string,
    segments: readonly Segment[],
  ) {
    this.#files = files;
    this.#random = random;
    this.#folder = folder;
    this.#origin = origin;
    this.#segments = segments;
    this.#ranges = merge(segments.map(rangeOf));
  }

  static async open(
    files: IndexFiles,
    random: RandomBytes,
    allFolders: string,
    log: IndexedLog,
  ): Promise<LogIndexBuilder> {
    const folder = logFolder(allFolders, log);
    const { segments } = await listSegments(files, folder, log.origin);
    await removeUnfinished(files, folder);
    return new LogIndexBuilder(files, random, folder, log.origin, segments);
  }

  /** Returns the number of entries of which a part could not be read. */
  async accept({ first, entries, range }: EntryBatch, { protocol }: MonitoredLog, read: EntryReader): Promise<number> {
    const end = first + entries.length;
    const start = this.#firstMissing(first);
    if (start >= end) return 0;
    const segment = await this.#segmentFor(start, end - start);
    let unreadable = 0;
    for (const entry of entries.slice(start - first)) {
      const claims = read(protocol, entry);
      if (claims.problems.length > 0) unreadable++;
      segment.add(claims);
    }
    segment.root = range.root() ?? new Uint8Array(32);
    this.#isDirty = true;
    this.#ranges = merge([...this.#ranges, { from: start, to: end }]);
    return unreadable;
  }

  /** Returns the first entry from this index on that is not in the index. */
  #firstMissing(index: number): number {
    return this.#ranges.find(({ from, to }) => from <= index && index < to)?.to ?? index;
  }

  /** Returns a segment that ends where an entry follows, with room for so many entries. */
  async #segmentFor(start: number, entries: number): Promise<SegmentBuilder> {
    if (entries > maxEntries) throw new RangeError(`a batch has ${entries} entries`);
    const continued = this.#open ?? (await this.#reopen(start));
    if (continued?.end === start && continued.hasRoomFor(entries)) {
      this.#open = continued;
      return continued;
    }
    await this.flush();
    this.#open = new SegmentBuilder(this.#origin, start);
    return this.#open;
  }

  /** Loads the segment that ends at this index, to continue it. */
  async #reopen(end: number): Promise<SegmentBuilder | undefined> {
    const segment = this.#segments.find(({ first, count }) => first + count === end && count < maxEntries);
    if (segment === undefined) return undefined;
    try {
      return SegmentBuilder.from(segment, await readRecords(this.#files, segment));
    } catch (error) {
      damageOf(error);
      return undefined;
    }
  }

  /** Writes the open segment. */
  async flush(): Promise<void> {
    if (this.#open === undefined || !this.#isDirty) return;
    const path = join(this.#folder, segmentName(this.#open.first));
    await writeAtomically(this.#files, this.#random, path, this.#open.file());
    await syncFolder(this.#files, this.#folder);
    this.#isDirty = false;
  }
}
