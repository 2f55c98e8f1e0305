/** Reads the entries of a log, and passes them on. */

import { equalBytes } from '../../core/encoding/index.ts';
import { type CompactRange, leafHash, rootOfRange } from '../../core/log/index.ts';
import { inTurns } from '../../node/index.ts';
import type { EntryBatch, LogReader, MonitoredLog, TreeHead } from '../log/index.ts';
import type { AuditProgress, Budget, CountingConsumer } from './request.ts';

/** The number of batches after which the position is saved. */
const batchesPerSave = 64;

/** The budget and the consumers, which all logs of a run share. */
export class Run {
  readonly #budget: Budget;
  readonly #consumers: readonly CountingConsumer[];
  readonly #clock: () => Date;
  readonly #onProgress: ((progress: AuditProgress) => void) | undefined;
  readonly #inTurn = inTurns(1);
  #done = 0;
  #total = 0;

  constructor(
    budget: Budget,
    consumers: readonly CountingConsumer[],
    clock: () => Date,
    onProgress: ((progress: AuditProgress) => void) | undefined,
  ) {
    this.#budget = budget;
    this.#consumers = consumers;
    this.#clock = clock;
    this.#onProgress = onProgress;
  }

  /** Announces entries that will be read. */
  announce(entries: number): void {
    this.#total += entries;
    this.#report();
  }

  /** The number of entries that may still be read. */
  get left(): number {
    const { entries, end } = this.#budget;
    if (end !== undefined && this.#clock() >= end) return 0;
    return entries === undefined ? Number.POSITIVE_INFINITY : Math.max(0, entries - this.#done);
  }

  /** Passes a batch on, or as much of it as the budget allows. Logs take turns, since consumers take one batch at a time. */
  async accept(batch: EntryBatch, before: CompactRange, log: MonitoredLog, origin: string): Promise<EntryBatch> {
    return this.#inTurn(async () => {
      const taken = firstOf(batch, before, this.left);
      if (taken.entries.length === 0) return taken;
      for (const consumer of this.#consumers) await consumer.accept(taken, log, origin);
      this.#done += taken.entries.length;
      this.#report();
      return taken;
    });
  }

  flush(): Promise<void> {
    return this.#inTurn(async () => {
      for (const consumer of this.#consumers) await consumer.flush();
    });
  }

  /** Returns the number of entries of a log that could not be parsed. */
  unreadable(log: MonitoredLog): number {
    return Math.max(0, ...this.#consumers.map((consumer) => consumer.unreadable?.(log) ?? 0));
  }

  #report(): void {
    this.#onProgress?.({ done: this.#done, total: Math.min(this.#total, this.#budget.entries ?? this.#total) });
  }
}

/** Returns the first entries of a batch. */
function firstOf(batch: EntryBatch, before: CompactRange, count: number): EntryBatch {
  if (batch.entries.length <= count) return batch;
  const entries = batch.entries.slice(0, count);
  return { first: batch.first, entries, range: before.with(entries.map(leafHash)) };
}

/** Says that the position of the state is not one in the tree of the log. */
export class WrongPosition extends Error {
  constructor(size: number) {
    super(`the state says that ${size} entries were read, but with other hashes than the verified tree`);
  }
}

/** Checks that a position is one in the tree. The log signed the tree, so that another position is a fault of the state. */
async function demandPosition(reader: LogReader, position: CompactRange, head: TreeHead): Promise<void> {
  if (position.size === 0) return;
  const { root } = await reader.consistencyProof(position.size, head);
  if (!equalBytes(root, rootOfRange(position))) throw new WrongPosition(position.size);
}

/**
 * Reads entries up to the end of a head or of the budget. Whatever ends it, the position after the last entry that was passed on is
 * saved first.
 *
 * @param save stores the position; everything before it was flushed
 * @throws WrongPosition if the log does not begin with the entries before `from`
 * @throws CountersignError those of the reader; what a consumer throws
 */
export async function readEntries(
  reader: LogReader,
  from: CompactRange,
  head: TreeHead,
  run: Run,
  cancellation: AbortSignal,
  save: (cursor: CompactRange) => Promise<void>,
): Promise<CompactRange> {
  await demandPosition(reader, from, head);
  let cursor = from;
  let saved = from;
  const keep = async (): Promise<void> => {
    if (cursor === saved) return;
    await run.flush();
    await save(cursor);
    saved = cursor;
  };
  let batches = 0;
  try {
    for await (const batch of reader.entries(from, head)) {
      if (cancellation.aborted) break;
      const taken = await run.accept(batch, cursor, reader.log, head.origin);
      cursor = taken.range;
      if (taken.entries.length < batch.entries.length) break;
      batches += 1;
      if (batches % batchesPerSave === 0) await keep();
      if (run.left === 0) break;
    }
  } finally {
    await keep();
  }
  return cursor;
}
