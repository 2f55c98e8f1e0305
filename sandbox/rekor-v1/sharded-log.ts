/** The log of Rekor v1: several trees under one key, whose entries have a common index. */

import {
  canonicalJson,
  decodeHex,
  decodeUtf8,
  encodeBase64,
  encodeHex,
  uintBytes,
  utf8,
} from '../../src/core/encoding/index.ts';
import { type CheckpointOverrides, LogStore, TransparencyLog } from '../log/index.ts';
import { leafHash } from '../merkle/index.ts';
import { hashOf, keptSigningKey, type SigningKey } from '../pki/index.ts';
import type { Sources } from '../sources.ts';
import { MemoryStorage, type Storage } from '../storage/index.ts';

/** One tree. Only the last one takes new entries. */
export interface Shard {
  readonly treeId: bigint;
  readonly log: TransparencyLog;
  /** The number of entries in the shards before it. */
  readonly offset: number;
}

/** LogEntryAnon (rekor, openapi.yaml), as JSON. */
export type AnonymousEntry = {
  readonly body: string;
  readonly integratedTime: number;
  readonly logID: string;
  /** The index in all shards. */
  readonly logIndex: number;
  readonly verification: {
    readonly inclusionProof: {
      readonly checkpoint: string;
      readonly hashes: readonly string[];
      /** The index in its shard. */
      readonly logIndex: number;
      readonly rootHash: string;
      readonly treeSize: number;
    };
    readonly signedEntryTimestamp: string;
  };
};

/** Changes to an entry, which the promise covers too. */
export interface AnswerOverrides {
  readonly integratedTime?: number;
  readonly logIndex?: number;
  /** The key that signs the promise. */
  readonly signingKey?: SigningKey;
  readonly checkpoint?: CheckpointOverrides;
}

export interface ShardedLogOptions {
  readonly host: string;
  readonly sources: Sources;
  /** By default in memory. */
  readonly storage?: Storage;
  /** Changes to all answers. */
  readonly answers?: AnswerOverrides;
  /** The shards to show instead of the stored ones. */
  readonly shards?: readonly Shard[];
}

/** The maximum length of a leaf: entries of Rekor v1 are in no tile. */
const maxLeafLength = 4 * 1024 * 1024;

/** The file with the ids of the trees, one a line. */
const shardsName = 'shards';

/**
 * @example
 * const log = new ShardedLog({ host: 'rekor.example.test', sources });
 * log.append(body);
 * log.newShard();
 * const { uuid, entry } = log.answer(log.append(otherBody)); // entry.logIndex is 1, its proof's is 0
 * const late = log.answer(1, { integratedTime: 4102444800 });
 */
export class ShardedLog {
  readonly host: string;
  readonly key: SigningKey;
  readonly #sources: Sources;
  readonly #storage: Storage;
  readonly #answers: AnswerOverrides;
  readonly #shards: Shard[];

  constructor({ host, sources, storage = new MemoryStorage(), answers = {}, shards = [] }: ShardedLogOptions) {
    this.host = host;
    this.key = keptSigningKey(storage, 'log', 'P-256');
    this.#sources = sources;
    this.#storage = storage;
    this.#answers = answers;
    this.#shards = [...shards];
    if (shards.length > 0) return;
    const lines = decodeUtf8(storage.read(shardsName) ?? new Uint8Array())?.split('\n') ?? [];
    for (const line of lines) if (line !== '') this.#open(BigInt(line));
    if (this.#shards.length === 0) this.newShard();
  }

  get shards(): readonly Shard[] {
    return this.#shards;
  }

  /** The shard that takes new entries. */
  get active(): Shard {
    return this.#shards.at(-1) as Shard;
  }

  /** The number of entries in all shards. */
  get size(): number {
    return this.active.offset + this.active.log.size;
  }

  /** Ends the active shard and begins another. */
  newShard(): void {
    // 63 bits: a tree id is a positive int64.
    const treeId = BigInt(`0x${encodeHex(this.#sources.random(8))}`) >> 1n;
    const treeIds = [...this.#shards.map((shard) => shard.treeId), treeId];
    this.#storage.write(shardsName, utf8(treeIds.map((id) => `${id}\n`).join('')));
    this.#open(treeId);
  }

  /** Appends an entry, which can be found by these keys too. Returns its index. */
  append(body: Uint8Array, keys: readonly string[] = []): number {
    return this.active.offset + this.active.log.append(body, keys.map(hashOfKey));
  }

  /** Returns the indices of the entries under a key, in all shards. */
  search(key: string): readonly number[] {
    return this.#shards.flatMap(({ log, offset }) => log.store.find(hashOfKey(key)).map((index) => offset + index));
  }

  /** Returns the index of an entry by its UUID, which is the hash of its leaf, with or without the id of its tree in front. */
  find(uuid: string): number | undefined {
    const hash = decodeHex(uuid.slice(-64));
    const treeId = uuid.length > 64 ? BigInt(`0x${uuid.slice(0, -64)}`) : undefined;
    const shards = this.#shards.filter((shard) => treeId === undefined || shard.treeId === treeId);
    return shards.map((shard) => indexOf(shard, hash)).findLast((index) => index !== undefined);
  }

  /** Returns the index of an entry of the active shard by its body. Entries of earlier shards may be added again. */
  findActive(body: Uint8Array): number | undefined {
    return indexOf(this.active, leafHash(body));
  }

  uuid(index: number): string {
    const { treeId, log, offset } = this.#shardOf(index);
    return encodeHex(uintBytes(treeId, 8)) + encodeHex(log.store.leafHash(index - offset));
  }

  /** Returns an entry with its promise and its proof in the current tree. */
  answer(index: number, changes: AnswerOverrides = {}): { readonly uuid: string; readonly entry: AnonymousEntry } {
    const { log, offset } = this.#shardOf(index);
    const local = index - offset;
    const unchanged = { integratedTime: Math.floor(log.store.time(local).getTime() / 1000), logIndex: index };
    const { integratedTime, logIndex, signingKey, checkpoint } = { ...unchanged, ...this.#answers, ...changes };
    const body = encodeBase64(log.body(local));
    const promised = { body, integratedTime, logID: encodeHex(log.logId), logIndex };
    const promise = (signingKey ?? this.key).sign(utf8(canonicalJson(promised)));
    const inclusionProof = {
      checkpoint: log.checkpoint(checkpoint),
      hashes: log.inclusionProof(local).map(encodeHex),
      logIndex: local,
      rootHash: encodeHex(log.root()),
      treeSize: log.size,
    };
    const verification = { inclusionProof, signedEntryTimestamp: encodeBase64(promise) };
    return { uuid: this.uuid(index), entry: { ...promised, verification } };
  }

  /** Returns a log of the same name and key of which one shard, by default the active one, shows something else, or whose answers are changed. */
  showing({
    answers = {},
    shard = this.active,
    ...shown
  }: Parameters<TransparencyLog['showing']>[0] &
    Pick<ShardedLogOptions, 'answers'> & { readonly shard?: Shard }): ShardedLog {
    const shards = this.#shards.map((one) => (one === shard ? { ...one, log: one.log.showing(shown) } : one));
    return new ShardedLog({ host: this.host, sources: this.#sources, storage: this.#storage, answers, shards });
  }

  #open(treeId: bigint): void {
    const { host, key } = this;
    const store = new LogStore(this.#storage.folder(String(treeId)));
    const { clock } = this.#sources;
    const log = new TransparencyLog({
      origin: `${host} - ${treeId}`,
      signerName: host,
      key,
      store,
      clock,
      maxEntryLength: maxLeafLength,
    });
    this.#shards.push({ treeId, log, offset: this.#shards.length === 0 ? 0 : this.size });
  }

  #shardOf(index: number): Shard {
    const shard = this.#shards.findLast(({ offset }) => index >= offset);
    if (shard === undefined || index >= this.size) throw new RangeError(`no entry ${index} in a log of ${this.size}`);
    return shard;
  }
}

/** Returns the index of an entry of a shard by its leaf's hash. */
function indexOf({ log, offset }: Shard, hash: Uint8Array): number | undefined {
  const index = log.store.findLeaf(hash);
  return index === undefined ? undefined : offset + index;
}

function hashOfKey(key: string): Uint8Array {
  return hashOf('sha256', utf8(key));
}
