/** Reads a log of Rekor v1: its shards, their entries and proofs. Nothing is verified. */
import { type Http } from '../http/index.ts';
/** A tree of the log. */
export interface ShardV1 {
    /** A decimal number of up to 19 digits. */
    readonly treeId: string;
    readonly size: number;
    readonly root: Uint8Array;
    /** A signed note. */
    readonly checkpoint: string;
    /** The number of entries in the shards before it. */
    readonly offset: number;
    /** False if a later shard takes new entries instead. */
    readonly isActive: boolean;
}
/** An entry and its inclusion proof in the current tree of its shard. */
export interface EntryV1 {
    readonly body: Uint8Array;
    readonly treeSize: number;
    readonly hashes: readonly Uint8Array[];
}
export interface LogClientV1 {
    /** Fetches the state of all shards, the active one last. */
    shards(): Promise<readonly ShardV1[]>;
    consistencyProof(treeId: string, first: number, last: number): Promise<readonly Uint8Array[]>;
    /** Fetches the bodies of up to {@link maxRetrieved} entries by their indices over all shards. Those that do not exist are left out. */
    bodies(indices: readonly number[]): Promise<ReadonlyMap<number, Uint8Array>>;
    /** Fetches an entry by its index over all shards; `undefined` if it does not exist. */
    entry(index: number): Promise<EntryV1 | undefined>;
}
/** The maximum number of entries in one request (rekor, openapi.yaml). */
export declare const maxRetrieved = 10;
/**
 * Returns a client of a log.
 *
 * @param baseUrl without a slash at the end
 */
export declare function logClientV1(http: Http, baseUrl: string): LogClientV1;
