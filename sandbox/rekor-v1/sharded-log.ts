/** The log of Rekor v1: several trees under one key, whose entries are counted as if they were one. */

import {
  canonicalJson,
  decodeHex,
  decodeUtf8,
  encodeBase64,
  encodeHex,
  uintBytes,
  utf8,
} from '../../src/core/encoding/index.ts';
import { type CheckpointOverrides, LogStore, type NoteSigner, TransparencyLog } from '../log/index.ts';
import { leafHash } from '../merkle/index.ts';
import { hashOf, keptSigningKey, type SigningKey } from '../pki/index.ts';
import type { Sources } from '../sources.ts';
import { MemoryStorage, type Storage } from '../storage/index.ts';

/** One tree. All but the last take no more entries. */
export interface Shard {
  readonly treeId: bigint;
  readonly log: TransparencyLog;
  /** How many entries the shards before it have. */
  readonly offset: number;
}

/** LogEntryAnon (rekor, openapi.yaml), as JSON. */
export type AnonymousEntry = {
  readonly body: string;
  readonly integratedTime: number;
  readonly logID: string;
  /** Counted over all shards. */
  readonly logIndex: number;
  readonly verification: {
    readonly inclusionProof: {
      readonly checkpoint: string;
      readonly hashes: readonly string[];
      /** Counted in the shard alone. */
      readonly logIndex: number;
      readonly rootHash: string;
      readonly treeSize: number;
    };
    readonly signedEntryTimestamp: string;
  };
};

/** What of an entry is to be otherwise. The promise is made of what results, so it is right for it. */
export interface AnswerOverrides {
  readonly integratedTime?: number;
  readonly logIndex?: number;
  readonly body?: Uint8Array;
  /** Who signs the promise. */
  readonly signingKey?: SigningKey;
  readonly checkpoint?: CheckpointOverrides;
}

export interface ShardedLogOptions {
  readonly host: string;
  readonly sources: Sources;
  /** Where it is kept; by default in memory. */
  readonly storage?: Storage;
  /** Those who cosign its checkpoints. */
  readonly witnesses?: readonly NoteSigner[];
  /** What of all its answers is to be otherwise. */
  readonly answers?: AnswerOverrides;
  /** The shards it shows, where they are not those that are kept. */
  readonly shards?: readonly Shard[];
}

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
  readonly #witnesses: readonly NoteSigner[];
  readonly #answers: AnswerOverrides;
  readonly #shards: Shard[];

  constructor({ host, sources, storage = new MemoryStorage(), witnesses = [], ...options }: ShardedLogOptions) {
    this.host = host;
    this.key = keptSigningKey(storage, 'log', 'P-256');
    this.#sources = sources;
    this.#storage = storage;
    this.#witnesses = witnesses;
    this.#answers = options.answers ?? {};
    this.#shards = [...(options.shards ?? [])];
    if (this.#shards.length > 0) return;
    for (const treeId of readTreeIds(storage)) this.#open(treeId);
    if (this.#shards.length === 0) this.newShard();
  }

  get shards(): readonly Shard[] {
    return this.#shards;
  }

  /** The shard that takes entries. */
  get active(): Shard {
    return this.#shards.at(-1) as Shard;
  }

  /** How many entries there are in all shards. */
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

  /** Appends an entry now, to be found by these keys too, and says at which index. */
  append(body: Uint8Array, keys: readonly string[] = []): number {
    return this.active.offset + this.active.log.append(body, keys.map(hashOfKey));
  }

  /** The indices of the entries under a key, whatever shard they are in. */
  search(key: string): readonly number[] {
    return this.#shards.flatMap(({ log, offset }) => log.store.find(hashOfKey(key)).map((index) => offset + index));
  }

  /** The index of an entry by its UUID, with or without the id of its tree before the leaf's hash. */
  find(uuid: string): number | undefined {
    const hash = decodeHex(uuid.slice(-64));
    const treeId = uuid.length > 64 ? BigInt(`0x${uuid.slice(0, -64)}`) : undefined;
    const shards = this.#shards.filter((shard) => treeId === undefined || shard.treeId === treeId);
    return shards.map((shard) => indexOf(shard, hash)).findLast((index) => index !== undefined);
  }

  /** The index of an entry of the active shard by its body. What an earlier shard has may be added again. */
  findActive(body: Uint8Array): number | undefined {
    return indexOf(this.active, leafHash(body));
  }

  uuid(index: number): string {
    const shard = this.#shardOf(index);
    return uuidOf(shard, shard.log.store.leafHash(index - shard.offset));
  }

  /** An entry with its promise and its proof, as things are now. */
  answer(index: number, changes: AnswerOverrides = {}): { readonly uuid: string; readonly entry: AnonymousEntry } {
    const overrides = { ...this.#answers, ...changes };
    const { log, offset } = this.#shardOf(index);
    const local = index - offset;
    const promised = {
      body: encodeBase64(overrides.body ?? log.body(local)),
      integratedTime: overrides.integratedTime ?? Math.floor(log.store.time(local).getTime() / 1000),
      logID: encodeHex(log.logId),
      logIndex: overrides.logIndex ?? index,
    };
    const promise = (overrides.signingKey ?? this.key).sign(utf8(canonicalJson(promised)));
    const inclusionProof = {
      checkpoint: log.checkpoint(overrides.checkpoint),
      hashes: log.inclusionProof(local).map(encodeHex),
      logIndex: local,
      rootHash: encodeHex(log.root()),
      treeSize: log.size,
    };
    const verification = { inclusionProof, signedEntryTimestamp: encodeBase64(promise) };
    return { uuid: this.uuid(index), entry: { ...promised, verification } };
  }

  /** The log of this name and key, as it is when its active shard shows other things than it has, or its answers say others. */
  showing({
    answers = {},
    ...shown
  }: Parameters<TransparencyLog['showing']>[0] & Pick<ShardedLogOptions, 'answers'>): ShardedLog {
    const shards = [...this.#shards.slice(0, -1), { ...this.active, log: this.active.log.showing(shown) }];
    return new ShardedLog({ host: this.host, sources: this.#sources, storage: this.#storage, answers, shards });
  }

  #open(treeId: bigint): void {
    const { host, key } = this;
    const store = new LogStore(this.#storage.folder(String(treeId)));
    const common = { signerName: host, key, store, clock: this.#sources.clock, witnesses: this.#witnesses };
    const log = new TransparencyLog({ ...common, origin: `${host} - ${treeId}` });
    this.#shards.push({ treeId, log, offset: this.#shards.length === 0 ? 0 : this.size });
  }

  #shardOf(index: number): Shard {
    const shard = this.#shards.findLast(({ offset }) => index >= offset);
    if (shard === undefined || index >= this.size) throw new RangeError(`no entry ${index} in a log of ${this.size}`);
    return shard;
  }
}

/** 16 digits of the tree's id and 64 of the leaf's hash. */
function uuidOf({ treeId }: Shard, hash: Uint8Array): string {
  return encodeHex(uintBytes(treeId, 8)) + encodeHex(hash);
}

/** The index of an entry of a shard by its leaf's hash. */
function indexOf({ log, offset }: Shard, hash: Uint8Array): number | undefined {
  const index = log.store.findLeaf(hash);
  return index === undefined ? undefined : offset + index;
}

function hashOfKey(key: string): Uint8Array {
  return hashOf('sha256', utf8(key));
}

const shardsName = 'shards';

function readTreeIds(storage: Storage): readonly bigint[] {
  const text = decodeUtf8(storage.read(shardsName) ?? new Uint8Array()) ?? '';
  return text.split('\n').flatMap((line) => (line === '' ? [] : [BigInt(line)]));
}
