/** Reads a log of tiles: Rekor v2, or a certificate log of the Static CT API. */

import { encodeHex, equalBytes } from '../../core/encoding/index.ts';
import { CountersignError, fail } from '../../core/errors/index.ts';
import {
  type CompactRange,
  consistencyRanges,
  inclusionRanges,
  leafHash,
  rootOf,
  rootOfRange,
  splitBundle,
  splitDataTile,
  type Tile,
  tileHeight,
  tilePath,
  tileWidth,
} from '../../core/log/index.ts';
import { inOrder } from '../../node/index.ts';
import type { TileClient, TileRequest } from '../../services/tiles/index.ts';
import {
  AlteredEntry,
  type Comparison,
  type EntryBatch,
  type LogReader,
  type MonitoredLog,
  type ServedBundle,
  type TreeHead,
  type TreeState,
} from '../log/index.ts';
import { demandCovered, demandEntry } from './covered.ts';
import { type CosignatureTime, verifyHead } from './head.ts';
import { ProvenTree, TileCache } from './proven-tree.ts';
import { withRefresh } from './refresh.ts';

/** The number of entry bundles that are fetched at once. */
const bundlesAtOnce = 8;
/** The number of heads whose right edges are kept. */
const maxTrees = 4;

/** A bundle whose entries are proven to be in the tree. */
interface ProvenBundle {
  readonly entries: readonly Uint8Array[];
  readonly leafHashes: readonly Uint8Array[];
  /** The root of a full bundle. */
  readonly root: Uint8Array | undefined;
}

/** A file of a log. It can have more hashes or entries than were requested. */
interface SentFile {
  readonly bytes: Uint8Array;
  /** The number of hashes or entries. */
  readonly width: number;
}

export class TileReader implements LogReader {
  readonly log: MonitoredLog;
  readonly #client: TileClient;
  readonly #cosignedAt: CosignatureTime | undefined;
  readonly #cache = new TileCache();
  /** The trees of the latest heads, by size and root. */
  readonly #trees = new Map<string, Promise<ProvenTree>>();

  constructor(log: MonitoredLog, client: TileClient, cosignedAt?: CosignatureTime) {
    this.log = log;
    this.#client = client;
    this.#cosignedAt = cosignedAt;
  }

  async head(): Promise<TreeHead> {
    return verifyHead(this.log, await this.#client.checkpoint(), this.#cosignedAt);
  }

  async rangeOf(head: TreeHead): Promise<CompactRange> {
    return (await this.#tree(head)).range;
  }

  async compare(earlier: TreeState, head: TreeHead): Promise<Comparison> {
    const { root, proof } = await this.consistencyProof(earlier.size, head);
    return equalBytes(root, earlier.root) ? { kind: 'consistent' } : { kind: 'forked', rootInstead: root, proof };
  }

  async consistencyProof(size: number, head: TreeHead) {
    demandCovered(size, head);
    const tree = await this.#tree(head);
    const [range, proof] = await Promise.all([
      tree.rangeAt(size),
      Promise.all(consistencyRanges(size, head.size).map((one) => tree.rangeHash(one))),
    ]);
    return { root: rootOfRange(range), proof };
  }

  async *entries(from: CompactRange, head: TreeHead): AsyncGenerator<EntryBatch> {
    demandCovered(from.size, head);
    const tree = await this.#tree(head);
    // A range of another tree would be handed on with each batch, and accuse the log of a fork later.
    const begin = await tree.rangeAt(from.size);
    if (!equalBytes(rootOfRange(begin), rootOfRange(from)))
      fail('CONSISTENCY_UNPROVEN', `the log does not begin with the ${from.size} entries that were read before`);
    let range = from;
    for await (const bundle of inOrder(bundleIndices(from.size, head.size), bundlesAtOnce, (index) =>
      this.#bundle(index, head.size, tree),
    )) {
      const first = range.size;
      const skipped = first % tileWidth;
      const isWhole = skipped === 0 && bundle.root !== undefined;
      range = isWhole ? range.withSubtree(tileHeight, bundle.root) : range.with(bundle.leafHashes.slice(skipped));
      yield { first, entries: bundle.entries.slice(skipped), range };
    }
  }

  async entry(index: number, head: TreeHead) {
    demandEntry(index, head);
    const tree = await this.#tree(head);
    const [{ entries }, proof] = await Promise.all([
      this.#bundle(Math.floor(index / tileWidth), head.size, tree),
      Promise.all(inclusionRanges(index, head.size).map((range) => tree.rangeHash(range))),
    ]);
    // The bundle reaches to the end of the tree, or to its own end.
    return { bytes: entries[index % tileWidth] as Uint8Array, proof };
  }

  #tree(head: TreeState): Promise<ProvenTree> {
    const key = `${head.size} ${encodeHex(head.root)}`;
    const kept = this.#trees.get(key);
    if (kept !== undefined) return kept;
    const tree = ProvenTree.open(head, (tile, refresh) => this.#tile(tile, refresh), this.#cache);
    this.#trees.set(key, tree);
    tree.catch(() => this.#trees.delete(key));
    const [oldest] = this.#trees.keys();
    if (this.#trees.size > maxTrees && oldest !== undefined) this.#trees.delete(oldest);
    return tree;
  }

  async #tile(tile: Tile, refresh: boolean): Promise<Uint8Array> {
    const { bytes } = await this.#fetch(
      tilePath(tile.level, tile.index, tile.width),
      tile.width,
      refresh,
      (width, how) => this.#client.tile({ ...tile, width }, how),
    );
    return bytes.subarray(0, tile.width * 32);
  }

  async #bundle(index: number, size: number, tree: ProvenTree): Promise<ProvenBundle> {
    const first = index * tileWidth;
    const width = Math.min(tileWidth, size - first);
    const expected = width === tileWidth ? await tree.hash(1, index) : undefined;
    return withRefresh(async (refresh) => {
      const sent = await this.#fetch(`entry bundle ${index}`, width, refresh, (count, how) =>
        this.#client.bundle(index, count, how),
      );
      const served = async (): Promise<ServedBundle> => {
        const hashes = await Promise.all(Array.from({ length: width }, (_, at) => tree.hash(0, first + at)));
        return { first, bytes: sent.bytes, hashes };
      };
      const entries = (await this.#split(sent, first, served)).slice(0, width);
      const leafHashes = entries.map(leafHash);
      const root = expected === undefined ? undefined : rootOf(leafHashes);
      // The root covers all leaves of a full bundle. The leaves of another one are in the right edge.
      if (root === undefined || expected === undefined || !equalBytes(root, expected))
        demandLeaves(entries, leafHashes, await served());
      return { entries, leafHashes, root };
    });
  }

  /** Splits a bundle. An entry of the Static CT API states its index, so that one in another place is noticed here. */
  async #split(
    { bytes, width }: SentFile,
    first: number,
    served: () => Promise<ServedBundle>,
  ): Promise<readonly Uint8Array[]> {
    if (this.log.protocol !== 'static-ct') return splitBundle(bytes, width);
    try {
      return splitDataTile(bytes, first, width);
    } catch (error) {
      if (!(error instanceof CountersignError) || error.code !== 'ENTRY_ALTERED') throw error;
      return fail('ENTRY_ALTERED', error.message, { cause: new AlteredEntry({ bundle: await served() }) });
    }
  }

  /**
   * Fetches a file of `width` hashes or entries. Logs remove partial files once the full one exists, which begins with the same.
   *
   * @throws CountersignError `ENTRIES_WITHHELD` if the log has neither, also after its current checkpoint was read
   */
  async #fetch(
    what: string,
    width: number,
    refresh: boolean,
    get: (width: number, request: TileRequest) => Promise<Uint8Array | undefined>,
  ): Promise<SentFile> {
    for (const isSecond of [false, true]) {
      // A front end of the log that is behind has caught up when it serves a checkpoint.
      if (isSecond) await this.head();
      for (const each of new Set([width, tileWidth])) {
        const bytes = await get(each, { refresh: refresh || isSecond });
        if (bytes !== undefined) return { bytes, width: each };
      }
    }
    return fail('ENTRIES_WITHHELD', `the log ${this.log.baseUrl} does not serve ${what}, which its checkpoint covers`);
  }
}

/** Checks each entry of a bundle against the tiles, and names the first that differs. */
function demandLeaves(entries: readonly Uint8Array[], leafHashes: readonly Uint8Array[], bundle: ServedBundle): void {
  for (const [at, leaf] of leafHashes.entries()) {
    const expected = bundle.hashes[at];
    if (expected !== undefined && equalBytes(leaf, expected)) continue;
    const index = bundle.first + at;
    const cause = new AlteredEntry({ entry: { index, bytes: entries[at] ?? new Uint8Array(), expected }, bundle });
    fail('ENTRY_ALTERED', `the log served an entry ${index} other than the one in its tree`, { cause });
  }
}

function* bundleIndices(from: number, to: number): Generator<number> {
  for (let index = Math.floor(from / tileWidth); index * tileWidth < to; index++) yield index;
}
