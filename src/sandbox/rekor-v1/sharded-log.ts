/** The log of Rekor v1: several trees under one key, whose entries are counted as if they were one. */

import { canonicalJson, encodeBase64, encodeHex, uintBytes, utf8 } from '../../core/encoding/index.ts';
import { leafHash } from '../merkle/index.ts';
import { generateSigningKey, type SigningKey } from '../pki/index.ts';
import { type CheckpointOverrides, TransparencyLog } from '../rekor/index.ts';
import type { World } from '../world.ts';

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

/**
 * @example
 * const log = new ShardedLog({ host: 'rekor.example.test', world });
 * log.append(body);
 * log.newShard();
 * const { uuid, entry } = log.answer(log.append(otherBody)); // entry.logIndex is 1, its proof's is 0
 * const late = log.answer(1, { integratedTime: 4102444800 });
 */
export class ShardedLog {
  readonly host: string;
  readonly key = generateSigningKey('P-256');
  readonly #world: World;
  readonly #shards: Shard[] = [];
  readonly #times: number[] = [];
  readonly #indices = new Map<string, number>();

  constructor({ host, world }: { readonly host: string; readonly world: World }) {
    this.host = host;
    this.#world = world;
    this.newShard();
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
    const treeId = BigInt(`0x${encodeHex(this.#world.random(8))}`) >> 1n;
    const origin = `${this.host} - ${treeId}`;
    const log = new TransparencyLog({ origin, signerName: this.host, key: this.key });
    this.#shards.push({ treeId, log, offset: this.#shards.length === 0 ? 0 : this.size });
  }

  /** Appends an entry now, and says at which index. */
  append(body: Uint8Array): number {
    const index = this.active.offset + this.active.log.append(body);
    this.#times[index] = Math.floor(this.#world.clock().getTime() / 1000);
    this.#indices.set(encodeHex(leafHash(body)), index);
    this.#indices.set(uuidOf(this.active, body), index);
    return index;
  }

  /** The index of an entry by its UUID, with or without the id of its tree before the leaf's hash. */
  find(uuid: string): number | undefined {
    return this.#indices.get(uuid.toLowerCase());
  }

  /** The index of an entry of the active shard by its body. What an earlier shard has may be added again. */
  findActive(body: Uint8Array): number | undefined {
    return this.#indices.get(uuidOf(this.active, body));
  }

  uuid(index: number): string {
    const shard = this.#shardOf(index);
    return uuidOf(shard, shard.log.body(index - shard.offset));
  }

  /** An entry with its promise and its proof, as things are now. */
  answer(index: number, overrides: AnswerOverrides = {}): { readonly uuid: string; readonly entry: AnonymousEntry } {
    const { log, offset } = this.#shardOf(index);
    const local = index - offset;
    const promised = {
      body: encodeBase64(overrides.body ?? log.body(local)),
      integratedTime: overrides.integratedTime ?? this.#times[index] ?? 0,
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

  #shardOf(index: number): Shard {
    const shard = this.#shards.findLast(({ offset }) => index >= offset);
    if (shard === undefined || index >= this.size) throw new RangeError(`no entry ${index} in a log of ${this.size}`);
    return shard;
  }
}

/** 16 digits of the tree's id and 64 of the leaf's hash. */
function uuidOf({ treeId }: Shard, body: Uint8Array): string {
  return encodeHex(uintBytes(treeId, 8)) + encodeHex(leafHash(body));
}
