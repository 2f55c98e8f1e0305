/**
 * Reads a log without tiles: Rekor v1, or a certificate log of RFC 6962. Entries are added to the range of those before them, and the log
 * must prove that its tree begins with the result.
 */

import { equalBytes } from '../../core/encoding/index.ts';
import { CountersignError, type ErrorCode, fail } from '../../core/errors/index.ts';
import {
  CompactRange,
  earlierRoot,
  emptyRoot,
  inclusionRanges,
  type LeafRange,
  leafHash,
  nodeHash,
  rootOfRange,
  subtreesOf,
  verifyConsistency,
  verifyInclusion,
} from '../../core/log/index.ts';
import { inOrder } from '../../node/index.ts';
import {
  AlteredEntry,
  type Comparison,
  type EntryBatch,
  type LogReader,
  type MonitoredLog,
  type TreeHead,
  type TreeState,
} from '../log/index.ts';
import { demandCovered, demandEntry } from './covered.ts';
import { type CosignatureTime, verifyHead } from './head.ts';
import type { ProofSource } from './proof-source.ts';

/** An entry, and the hashes of its inclusion proof, by their ranges. */
interface EntryPath {
  readonly bytes: Uint8Array;
  readonly hashes: ReadonlyMap<string, Uint8Array>;
  /** The entries before it, as the proof has them. */
  readonly before: CompactRange;
}

export class ProofReader implements LogReader {
  readonly log: MonitoredLog;
  readonly #source: ProofSource;
  readonly #cosignedAt: CosignatureTime | undefined;
  readonly find: NonNullable<LogReader['find']> | undefined;

  constructor(log: MonitoredLog, source: ProofSource, cosignedAt?: CosignatureTime) {
    this.log = log;
    this.find = source.find && ((leaf, head) => this.#find(leaf, head));
    this.#source = source;
    this.#cosignedAt = cosignedAt;
  }

  async head(): Promise<TreeHead> {
    return verifyHead(this.log, await this.#source.head(), this.#cosignedAt);
  }

  async rangeOf({ size, root }: TreeHead): Promise<CompactRange> {
    const range = size === 0 ? CompactRange.empty : await this.#rangeTo(size);
    if (!equalBytes(rootOfRange(range), root))
      fail('TILES_INCONSISTENT', `the proofs of the log do not lead to the root of its tree of size ${size}`);
    return range;
  }

  async compare(earlier: TreeState, head: TreeHead): Promise<Comparison> {
    demandCovered(earlier.size, head);
    try {
      const proof = await this.#consistencyProof(earlier.size, head);
      if (isConsistent(earlier, head, proof)) return { kind: 'consistent' };
      return { kind: 'forked', rootInstead: await this.#earlierRoot(earlier.size, head, proof), proof };
    } catch (error) {
      if (!(error instanceof CountersignError) || !unproven.has(error.code)) throw error;
      return { kind: 'unproven', reason: error.message };
    }
  }

  async consistencyProof(size: number, head: TreeHead) {
    demandCovered(size, head);
    const proof = await this.#consistencyProof(size, head);
    return { root: await this.#earlierRoot(size, head, proof), proof };
  }

  async *entries(from: CompactRange, head: TreeHead): AsyncGenerator<EntryBatch> {
    demandCovered(from.size, head);
    const { requestLength, requestsAtOnce, batchLength } = this.#source;
    let range = from;
    let waiting: Uint8Array[] = [];
    for await (const entries of inOrder(requests(from.size, head.size, requestLength), requestsAtOnce, (request) =>
      this.#read(request),
    )) {
      waiting = [...waiting, ...entries];
      if (waiting.length < batchLength && range.size + waiting.length < head.size) continue;
      const batch = await this.#proven(range, waiting, head);
      range = batch.range;
      waiting = [];
      yield batch;
    }
  }

  async entry(index: number, head: TreeHead) {
    demandEntry(index, head);
    const { bytes, hashes } = await this.#path(index, head.size);
    const ranges = inclusionRanges(index, head.size);
    // The proof of a larger tree lacks at most the right edge of this one.
    const edge = ranges.every((range) => hashes.has(keyOf(range))) ? undefined : await this.rangeOf(head);
    const proof = ranges.map((range) => hashes.get(keyOf(range)) ?? hashOfEnd(range.from, edge));
    try {
      verifyInclusion(leafHash(bytes), { index: BigInt(index), size: BigInt(head.size), hashes: proof }, head.root);
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      fail('ENTRY_ALTERED', `the log does not prove that the entry ${index} that it served is in its tree`, {
        cause: new AlteredEntry({ entry: { index, bytes, expected: undefined } }),
      });
    }
    return { bytes, proof };
  }

  async #find(leaf: Uint8Array, { size, root }: TreeHead): Promise<number | undefined> {
    const found = await this.#source.find?.(leaf, size);
    if (found === undefined) return undefined;
    const { index, hashes } = found;
    try {
      verifyInclusion(leaf, { index: BigInt(index), size: BigInt(size), hashes }, root);
    } catch (cause) {
      fail('TILES_INCONSISTENT', `the log does not prove that its tree contains the leaf at index ${index}`, { cause });
    }
    return index;
  }

  /** Returns the entries as a batch, if the log proves that its tree contains them. */
  async #proven(range: CompactRange, entries: readonly Uint8Array[], head: TreeHead): Promise<EntryBatch> {
    const after = range.with(entries.map(leafHash));
    const comparison = await this.compare(stateOf(after), head);
    if (comparison.kind === 'consistent') return { first: range.size, entries, range: after };
    await this.#demandConsistent(range, head);
    if (comparison.kind === 'unproven') fail('CONSISTENCY_UNPROVEN', comparison.reason);
    return this.#failAltered(range, entries, head);
  }

  async #demandConsistent(range: CompactRange, head: TreeHead): Promise<void> {
    const comparison = await this.compare(stateOf(range), head);
    if (comparison.kind !== 'consistent')
      fail('CONSISTENCY_UNPROVEN', `the log does not begin with the ${range.size} entries that were read before`);
  }

  /** Finds the first entry that is not in the tree, of which one of these is not. */
  async #failAltered(range: CompactRange, entries: readonly Uint8Array[], head: TreeHead): Promise<never> {
    let [right, wrong] = [0, entries.length];
    while (wrong - right > 1) {
      const middle = Math.floor((right + wrong) / 2);
      const state = stateOf(range.with(entries.slice(0, middle).map(leafHash)));
      if (isConsistent(state, head, await this.#consistencyProof(state.size, head))) right = middle;
      else wrong = middle;
    }
    const index = range.size + right;
    return fail('ENTRY_ALTERED', `the log served an entry ${index} other than the one in its tree`, {
      cause: new AlteredEntry({ entry: { index, bytes: entries[right] ?? new Uint8Array(), expected: undefined } }),
    });
  }

  async #read({ from, to }: LeafRange): Promise<readonly Uint8Array[]> {
    const entries: Uint8Array[] = [];
    while (entries.length < to - from) {
      const next = from + entries.length;
      const more = await this.#again(
        () => this.#source.entries(next, to),
        next,
        ({ length }) => length > 0,
      );
      entries.push(...more.slice(0, to - next));
    }
    return entries;
  }

  /** Reads an entry, and once more after the head, by which a front end of the log that is behind has caught up. */
  async #again<Result>(
    read: () => Promise<Result>,
    index: number,
    isFound: (result: NonNullable<Result>) => boolean = () => true,
  ): Promise<NonNullable<Result>> {
    for (const isSecond of [false, true]) {
      if (isSecond) await this.head();
      const result = await read();
      if (result !== undefined && result !== null && isFound(result)) return result;
    }
    return fail(
      'ENTRIES_WITHHELD',
      `the log ${this.log.baseUrl} does not serve entry ${index}, which its tree contains`,
    );
  }

  #consistencyProof(size: number, head: TreeHead): Promise<readonly Uint8Array[]> {
    // Logs refuse to prove what needs no proof.
    return size === 0 || size === head.size ? Promise.resolve([]) : this.#source.consistencyProof(size, head.size);
  }

  /** Returns the root at an earlier size, which is verified against the head. */
  async #earlierRoot(size: number, head: TreeHead, proof: readonly Uint8Array[]): Promise<Uint8Array> {
    const root = earlierRoot(size, head, proof);
    if (root !== undefined) return root;
    // The proof does not contain it. That of the next entry does.
    const candidate = rootOfRange((await this.#path(size, head.size)).before);
    verifyConsistency({ size, root: candidate }, head, proof);
    return candidate;
  }

  /** Returns the range of the first entries, as the proof of the last of them has it. */
  async #rangeTo(size: number): Promise<CompactRange> {
    const { bytes, before } = await this.#path(size - 1, size);
    return before.with([leafHash(bytes)]);
  }

  async #path(index: number, size: number): Promise<EntryPath> {
    const { bytes, treeSize, hashes } = await this.#again(() => this.#source.entry(index, size), index);
    if (treeSize < size)
      fail(
        'CONSISTENCY_UNPROVEN',
        `the log served a proof for a tree of size ${treeSize}, smaller than its tree of size ${size}`,
      );
    const ranges = inclusionRanges(index, treeSize);
    if (hashes.length !== ranges.length) {
      fail(
        'CONSISTENCY_UNPROVEN',
        `the inclusion proof of entry ${index} in a tree of size ${treeSize} has ${hashes.length} hashes, not ${ranges.length}`,
      );
    }
    const byRange = new Map(ranges.map((range, at) => [keyOf(range), hashes[at] ?? emptyRoot]));
    const left = ranges.filter(({ to }) => to <= index).reverse();
    const before = CompactRange.of(
      index,
      left.map((range) => byRange.get(keyOf(range)) ?? emptyRoot),
    );
    return { bytes, hashes: byRange, before };
  }
}

/** The codes of what a log served, if it proves nothing. */
const unproven: ReadonlySet<ErrorCode> = new Set(['CONSISTENCY_UNPROVEN', 'ENTRY_ALTERED']);

function isConsistent(earlier: TreeState, head: TreeHead, proof: readonly Uint8Array[]): boolean {
  try {
    verifyConsistency(earlier, head, proof);
    return true;
  } catch (error) {
    if (error instanceof CountersignError) return false;
    throw error;
  }
}

function stateOf(range: CompactRange): TreeState {
  return { size: range.size, root: rootOfRange(range) };
}

/** Returns the hash of the entries of a tree from an index on. */
function hashOfEnd(from: number, edge: CompactRange = CompactRange.empty): Uint8Array {
  const subtrees = subtreesOf({ from: 0, to: edge.size });
  const hashes = edge.hashes.filter((_, at) => {
    const { level, position } = subtrees[at] ?? { level: 0, position: 0 };
    return position * 2 ** level >= from;
  });
  return hashes.length === 0 ? emptyRoot : hashes.reduceRight((right, left) => nodeHash(left, right));
}

function keyOf({ from, to }: LeafRange): string {
  return `${from}-${to}`;
}

/** Returns the ranges of requests, which begin at multiples of a length, and together are all from one index to another. */
function* requests(from: number, to: number, length: number): Generator<LeafRange> {
  for (let at = from; at < to; ) {
    const end = Math.min(to, at - (at % length) + length);
    yield { from: at, to: end };
    at = end;
  }
}
