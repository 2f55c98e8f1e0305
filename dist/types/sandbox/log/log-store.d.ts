/**
 * The storage of a log: its entries, the Merkle tree over them, and the keys by which they are found.
 *
 * It has four files that only grow. An entry is in the log once its record is in the last of them, `index`. Whatever else a kill
 * leaves in the others was never acknowledged, and is cut off when the log is opened again.
 */
import { MerkleTree } from '../merkle/tree.ts';
import { type Storage } from '../storage/storage.ts';
export interface NewEntry {
    readonly bytes: Uint8Array;
    /** RFC 9162, section 2.1.1. */
    readonly leafHash: Uint8Array;
    readonly time: Date;
    /** Hashes of at least 16 bytes by which the entry is found, besides its leaf's hash. */
    readonly keys?: readonly Uint8Array[];
}
export declare class LogStore {
    #private;
    readonly tree: MerkleTree;
    /**
     * @param hashOf returns the leaf hash of an entry, by default that of all its bytes: a certificate log hashes a part of them
     * @throws CountersignError `USAGE` if the files are damaged, which killing the sandbox cannot cause
     */
    constructor(storage?: Storage, hashOf?: (entry: Uint8Array) => Uint8Array);
    get size(): number;
    /** Appends an entry, and returns its index. */
    append({ bytes, leafHash, time, keys }: NewEntry): number;
    /** @throws RangeError if there is none */
    entry(index: number): Uint8Array;
    /** Returns `count` entries, from this one on. */
    entries(index: number, count: number): readonly Uint8Array[];
    /** Returns the time at which an entry was appended. */
    time(index: number): Date;
    leafHash(index: number): Uint8Array;
    /** Returns the entries under a key, the earliest first. */
    find(key: Uint8Array): readonly number[];
    /** Returns the first entry whose leaf has this hash. */
    findLeaf(hash: Uint8Array): number | undefined;
}
