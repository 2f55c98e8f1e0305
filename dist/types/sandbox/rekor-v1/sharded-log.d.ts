/** The log of Rekor v1: several trees under one key, whose entries have a common index. */
import { type CheckpointOverrides } from '../log/transparency-log.ts';
import { TransparencyLog } from '../log/transparency-log.ts';
import { type SigningKey } from '../pki/signing-key.ts';
import type { Sources } from '../sources.ts';
import { type Storage } from '../storage/storage.ts';
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
/**
 * @example
 * const log = new ShardedLog({ host: 'rekor.example.test', sources });
 * log.append(body);
 * log.newShard();
 * const { uuid, entry } = log.answer(log.append(otherBody)); // entry.logIndex is 1, its proof's is 0
 * const late = log.answer(1, { integratedTime: 4102444800 });
 */
export declare class ShardedLog {
    #private;
    readonly host: string;
    readonly key: SigningKey;
    constructor({ host, sources, storage, answers, shards }: ShardedLogOptions);
    get shards(): readonly Shard[];
    /** The shard that takes new entries. */
    get active(): Shard;
    /** The number of entries in all shards. */
    get size(): number;
    /** Ends the active shard and begins another. */
    newShard(): void;
    /** Appends an entry, which can be found by these keys too. Returns its index. */
    append(body: Uint8Array, keys?: readonly string[]): number;
    /** Returns the indices of the entries under a key, in all shards. */
    search(key: string): readonly number[];
    /** Returns the index of an entry by its UUID, which is the hash of its leaf, with or without the id of its tree in front. */
    find(uuid: string): number | undefined;
    /** Returns the index of an entry of the active shard by its body. Entries of earlier shards may be added again. */
    findActive(body: Uint8Array): number | undefined;
    uuid(index: number): string;
    /** Returns an entry with its promise and its proof in the current tree. */
    answer(index: number, changes?: AnswerOverrides): {
        readonly uuid: string;
        readonly entry: AnonymousEntry;
    };
    /** Returns a log of the same name and key of which one shard, by default the active one, shows something else, or whose answers are changed. */
    showing({ answers, shard, ...shown }: Parameters<TransparencyLog['showing']>[0] & Pick<ShardedLogOptions, 'answers'> & {
        readonly shard?: Shard;
    }): ShardedLog;
}
