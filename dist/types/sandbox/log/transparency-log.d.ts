/** A transparency log: entries of any bytes, a Merkle tree over them, and signed checkpoints of it. */
import { type KeyKind } from '../pki/signing-key.ts';
import { type SigningKey } from '../pki/signing-key.ts';
import { type Clock } from '../sources.ts';
import { LogStore } from './log-store.ts';
import { type Checkpoint, type NoteSigner } from './note.ts';
export interface TransparencyLogOptions {
    /** The name of the log in its checkpoints and its key id: for Rekor v2, the host name of its base URL. */
    readonly origin: string;
    /** The kind of a new key; Ed25519 by default. */
    readonly kind?: KeyKind;
    /** The key to use instead of a new one. */
    readonly key?: SigningKey;
    /** The name in the signatures, by default the origin: the trees of Rekor v1 all sign as its host. */
    readonly signerName?: string;
    /** By default an empty one, in memory. */
    readonly store?: LogStore;
    /** The clock for the times of entries; by default the system's. */
    readonly clock?: Clock;
    /** The witnesses that cosign its checkpoints. */
    readonly witnesses?: readonly NoteSigner[];
    /** The maximum length of an entry in bytes; by default, that of an entry in a tile. */
    readonly maxEntryLength?: number;
    /** Changes to all checkpoints. */
    readonly checkpoints?: CheckpointOverrides;
    /** Reports whether the witnesses have seen the log in this state; by default, whether it ever had it. */
    readonly seen?: (size: number, root: Uint8Array) => boolean;
}
/** Changes to a checkpoint. */
export type CheckpointOverrides = Partial<Checkpoint> & {
    /** The signers, in order; by default the log, and its witnesses if the checkpoint is right. */
    readonly signers?: readonly NoteSigner[];
};
/** The maximum length of an entry, for which an entry bundle has two bytes (C2SP tlog-tiles). */
export declare const maxEntryLength = 65535;
/** A TransparencyLogEntry (sigstore_rekor.proto) in the JSON of Rekor v2: with default values, and integers as strings. */
export type TransparencyLogEntry = {
    readonly logIndex: string;
    readonly logId: {
        readonly keyId: string;
    };
    readonly kindVersion: {
        readonly kind: string;
        readonly version: string;
    };
    readonly integratedTime: string;
    readonly inclusionPromise: null;
    readonly inclusionProof: {
        readonly logIndex: string;
        readonly rootHash: string;
        readonly treeSize: string;
        readonly hashes: readonly string[];
        readonly checkpoint: {
            readonly envelope: string;
        };
    };
    readonly canonicalizedBody: string;
};
/**
 * @example
 * const log = new TransparencyLog({ origin: 'log.example.test' });
 * const index = log.append(body);
 * const entry = log.entry(index);
 * const forged = log.checkpoint({ size: 7, signers: [noteSigner('log.example.test', otherKey)] });
 */
export declare class TransparencyLog {
    #private;
    readonly origin: string;
    readonly signer: NoteSigner<SigningKey>;
    readonly store: LogStore;
    constructor({ origin, kind, key, signerName, ...options }: TransparencyLogOptions);
    get size(): number;
    /** The id of the log in a trusted root (`logId.keyId`). */
    get logId(): Uint8Array;
    /** SubjectPublicKeyInfo, DER. */
    get publicKey(): Uint8Array;
    /** Appends an entry, which can be found by its leaf's hash and by each of these keys, which are hashes. Returns its index. */
    append(body: Uint8Array, keys?: readonly Uint8Array[]): number;
    body(index: number): Uint8Array;
    root(size?: number): Uint8Array;
    inclusionProof(index: number, size?: number): readonly Uint8Array[];
    consistencyProof(first: number, second?: number): readonly Uint8Array[];
    /** The time at which the log was frozen, if it was. */
    get frozen(): Date | undefined;
    /** Freezes the log: it refuses new entries, and its last checkpoint says so. */
    freeze(time: Date): void;
    /** Returns a signed checkpoint, of the current size unless changed. */
    checkpoint(changes?: CheckpointOverrides): string;
    /** Returns a log of the same name and key that shows another store or other checkpoints. Witnesses cosign only its true, current state. */
    showing({ store, checkpoints, }: Pick<TransparencyLogOptions, 'store' | 'checkpoints'>): TransparencyLog;
    /** Returns an entry with its inclusion proof in the current tree. */
    entry(index: number): TransparencyLogEntry;
}
