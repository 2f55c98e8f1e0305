/** A transparency log: entries of any bytes, a Merkle tree over them, and signed checkpoints of it. */

import { encodeBase64, equalBytes } from '../../src/core/encoding/index.ts';
import { leafHash } from '../merkle/index.ts';
import { generateSigningKey, type KeyKind, type SigningKey } from '../pki/index.ts';
import { type Clock, systemSources } from '../sources.ts';
import { LogStore } from './log-store.ts';
import { type Checkpoint, checkpointText, type NoteSigner, noteSigner, signNote } from './note.ts';

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
export const maxEntryLength = 0xffff;

/** A TransparencyLogEntry (sigstore_rekor.proto) in the JSON of Rekor v2: with default values, and integers as strings. */
export type TransparencyLogEntry = {
  readonly logIndex: string;
  readonly logId: { readonly keyId: string };
  readonly kindVersion: { readonly kind: string; readonly version: string };
  readonly integratedTime: string;
  readonly inclusionPromise: null;
  readonly inclusionProof: {
    readonly logIndex: string;
    readonly rootHash: string;
    readonly treeSize: string;
    readonly hashes: readonly string[];
    readonly checkpoint: { readonly envelope: string };
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
export class TransparencyLog {
  readonly origin: string;
  readonly signer: NoteSigner<SigningKey>;
  readonly store: LogStore;
  readonly #clock: Clock;
  readonly #maxEntryLength: number;
  readonly #witnesses: readonly NoteSigner[];
  readonly #checkpoints: CheckpointOverrides;
  readonly #seen: (size: number, root: Uint8Array) => boolean;
  #frozen: Date | undefined;

  constructor({ origin, kind = 'Ed25519', key, signerName = origin, ...options }: TransparencyLogOptions) {
    this.origin = origin;
    this.signer = noteSigner(signerName, key ?? generateSigningKey(kind));
    this.store = options.store ?? new LogStore();
    this.#clock = options.clock ?? systemSources.clock;
    this.#maxEntryLength = options.maxEntryLength ?? maxEntryLength;
    this.#witnesses = options.witnesses ?? [];
    this.#checkpoints = options.checkpoints ?? {};
    this.#seen = options.seen ?? ((size, root) => size <= this.size && equalBytes(root, this.root(size)));
  }

  get size(): number {
    return this.store.size;
  }

  /** The id of the log in a trusted root (`logId.keyId`). */
  get logId(): Uint8Array {
    return this.signer.keyHash;
  }

  /** SubjectPublicKeyInfo, DER. */
  get publicKey(): Uint8Array {
    return this.signer.key.publicKey;
  }

  /** Appends an entry, which can be found by its leaf's hash and by each of these keys, which are hashes. Returns its index. */
  append(body: Uint8Array, keys: readonly Uint8Array[] = []): number {
    if (this.#frozen !== undefined) throw new RangeError('the log is frozen');
    if (body.length > this.#maxEntryLength) throw new RangeError(`an entry of ${body.length} bytes`);
    return this.store.append({ bytes: body, leafHash: leafHash(body), time: this.#clock(), keys });
  }

  body(index: number): Uint8Array {
    return this.store.entry(index);
  }

  root(size?: number): Uint8Array {
    return this.store.tree.root(size);
  }

  inclusionProof(index: number, size?: number): readonly Uint8Array[] {
    return this.store.tree.inclusionProof(index, size);
  }

  consistencyProof(first: number, second?: number): readonly Uint8Array[] {
    return this.store.tree.consistencyProof(first, second);
  }

  /** The time at which the log was frozen, if it was. */
  get frozen(): Date | undefined {
    return this.#frozen;
  }

  /** Freezes the log: it refuses new entries, and its last checkpoint says so. */
  freeze(time: Date): void {
    this.#frozen = time;
  }

  /** Returns a signed checkpoint, of the current size unless changed. */
  checkpoint(changes: CheckpointOverrides = {}): string {
    const overrides = { ...this.#checkpoints, ...changes };
    const {
      origin = this.origin,
      size = this.size,
      root = this.root(size),
      extensionLines = this.#extension(size),
    } = overrides;
    // A witness signs only what it has seen.
    const isOwn = origin === this.origin && this.#seen(size, root);
    const { signers = [this.signer, ...(isOwn ? this.#witnesses : [])] } = overrides;
    return signNote(checkpointText({ origin, size, root, extensionLines }), signers);
  }

  #extension(size: number): readonly string[] {
    return this.#frozen === undefined || size < this.size ? [] : [frozenLine(this.#frozen)];
  }

  /** Returns a log of the same name and key that shows another store or other checkpoints. Witnesses cosign only its true, current state. */
  showing({
    store = this.store,
    checkpoints = {},
  }: Pick<TransparencyLogOptions, 'store' | 'checkpoints'>): TransparencyLog {
    const { name: signerName, key } = this.signer;
    const seen = (size: number, root: Uint8Array) => size === this.size && equalBytes(root, this.root(size));
    const limit = { maxEntryLength: this.#maxEntryLength };
    const own = { origin: this.origin, signerName, key, clock: this.#clock, witnesses: this.#witnesses, ...limit };
    return new TransparencyLog({ ...own, store, checkpoints, seen });
  }

  /** Returns an entry with its inclusion proof in the current tree. */
  entry(index: number): TransparencyLogEntry {
    return {
      logIndex: String(index),
      logId: { keyId: encodeBase64(this.logId) },
      kindVersion: { kind: 'hashedrekord', version: '0.0.2' },
      integratedTime: '0',
      inclusionPromise: null,
      inclusionProof: {
        logIndex: String(index),
        rootHash: encodeBase64(this.root()),
        treeSize: String(this.size),
        hashes: this.inclusionProof(index).map(encodeBase64),
        checkpoint: { envelope: this.checkpoint() },
      },
      canonicalizedBody: encodeBase64(this.body(index)),
    };
  }
}

/** Returns the extension line of a frozen log, with the date in the form of `date -u` (rekor-tiles, cmd/freeze-checkpoint). */
function frozenLine(time: Date): string {
  const [day, date, month, year, clock] = time.toUTCString().replace(',', '').split(' ');
  return `Log frozen — ${day} ${month} ${String(Number(date)).padStart(2)} ${clock} UTC ${year}`;
}
