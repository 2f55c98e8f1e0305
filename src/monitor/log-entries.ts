/** Iterates over the entries of a log. */

import { encodeHex } from '../core/encoding/index.ts';
import { fail } from '../core/errors/index.ts';
import { CompactRange, leafHash } from '../core/log/index.ts';
import { type EntryClaims, readEntry } from './entries/index.ts';
import type { EntryBatch, LogReader, MonitoredLog, TreeHead } from './log/index.ts';
import { type Fork, type Position, positionOf, rangeOf } from './position.ts';

/** An entry that is proven to be in the log. Its claims are untrusted text. */
export interface ProvenEntry {
  /** The index of the leaf in the tree. */
  readonly index: number;
  /** The content of the leaf. */
  readonly bytes: Uint8Array;
  readonly claims: EntryClaims;
}

/** The first entry to read: that after a position, the first one of the log, or the first one that is added from now on. */
export type Start = Position | 'start' | 'end';

/**
 * The entries of a log, each proven before it is returned. An iteration ends at the head that the log has when it begins. The next
 * iteration continues there, with a later head, which must be an extension of the earlier one.
 */
export class LogEntries implements AsyncIterable<ProvenEntry> {
  readonly #reader: LogReader;
  readonly #start: Start;
  #progress: Progress | undefined;

  constructor(reader: LogReader, start: Start) {
    this.#reader = reader;
    this.#start = start;
  }

  get log(): MonitoredLog {
    return this.#reader.log;
  }

  /** The position after the latest entry that the loop has received. `undefined` until an iteration has read a head. */
  get position(): Position | undefined {
    if (this.#progress === undefined) return typeof this.#start === 'object' ? this.#start : undefined;
    const { before, batch, received, head } = this.#progress;
    const isWhole = batch === undefined || received === batch.entries.length;
    const range = isWhole ? (batch?.range ?? before) : before.with(batch.entries.slice(0, received).map(leafHash));
    return positionOf(range, head, this.log);
  }

  /**
   * @throws CountersignError `CONSISTENCY_UNPROVEN` if the log does not begin with the entries before the position; if that is proven, the
   *   `cause` is a {@link Fork}. `USAGE` for a position of another log, and those of the reader
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<ProvenEntry, void, undefined> {
    const { log } = this.#reader;
    const head = await this.#reader.head();
    let before = await this.#rangeBefore(head);
    this.#progress = { before, batch: undefined, received: 0, head };
    for await (const batch of this.#reader.entries(before, head)) {
      for (const [at, bytes] of batch.entries.entries()) {
        this.#progress = { before, batch, received: at + 1, head };
        yield { index: batch.first + at, bytes, claims: readEntry(log.protocol, bytes) };
      }
      before = batch.range;
    }
  }

  /** Returns the range of the entries before the first one to read, which is proven to be in the tree of the head. */
  async #rangeBefore(head: TreeHead): Promise<CompactRange> {
    const { position } = this;
    if (position === undefined) return this.#start === 'end' ? this.#reader.rangeOf(head) : CompactRange.empty;
    const range = rangeOf(position);
    const { baseUrl, keyId } = this.log;
    if (position.origin !== head.origin || position.keyId !== encodeHex(keyId))
      fail('USAGE', `the position is one in another log than ${baseUrl} (${head.origin})`);
    if (range.size > head.size)
      fail('CONSISTENCY_UNPROVEN', `the log ${baseUrl} has ${head.size} entries, but ${range.size} were read before`);
    const root = range.root();
    if (root === undefined) return range;
    const comparison = await this.#reader.compare({ size: range.size, root }, head);
    if (comparison.kind === 'consistent') return range;
    const message = `the log ${baseUrl} does not begin with the ${range.size} entries that were read before`;
    if (comparison.kind === 'unproven') fail('CONSISTENCY_UNPROVEN', `${message}: ${comparison.reason}`);
    const { rootInstead, proof } = comparison;
    const note = new TextDecoder().decode(head.note);
    const cause: Fork = { earlier: position, note, rootInstead, proof };
    return fail('CONSISTENCY_UNPROVEN', message, { cause });
  }
}

interface Progress {
  /** The entries before the batch. */
  readonly before: CompactRange;
  /** `undefined` before the first batch. */
  readonly batch: EntryBatch | undefined;
  /** The number of entries of the batch that the loop has received. */
  readonly received: number;
  readonly head: TreeHead;
}
