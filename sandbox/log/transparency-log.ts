/** A transparency log: entries, a Merkle tree over them, and checkpoints that commit to it. Not yet Rekor: any bytes go in. */

import { encodeBase64, equalBytes } from '../../src/core/encoding/index.ts';
import { leafHash } from '../merkle/index.ts';
import { generateSigningKey, type KeyKind, type SigningKey } from '../pki/index.ts';
import { type Clock, systemSources } from '../sources.ts';
import { LogStore } from './log-store.ts';
import { type Checkpoint, checkpointText, type NoteSigner, noteSigner, signNote } from './note.ts';

export interface TransparencyLogOptions {
  /** The name of the log, on its checkpoints and in its key id: for Rekor v2 the host name of its base URL. */
  readonly origin: string;
  /** Ed25519 by default. */
  readonly kind?: KeyKind;
  /** A key that another log has already, in place of a fresh one. */
  readonly key?: SigningKey;
  /** The name under the checkpoints, where it is not the origin: Rekor v1 signs as its host, whatever the tree. */
  readonly signerName?: string;
  /** Where it is kept; by default in memory, and empty. */
  readonly store?: LogStore;
  /** The time of entries; the system's by default. */
  readonly clock?: Clock;
  /** Those who cosign its checkpoints. */
  readonly witnesses?: readonly NoteSigner[];
  /** What of all its checkpoints is to be otherwise. */
  readonly checkpoints?: CheckpointOverrides;
  /** Whether witnesses have seen the log so; by default, if it is so. */
  readonly seen?: (size: number, root: Uint8Array) => boolean;
}

/** What of a checkpoint is to be otherwise. */
export type CheckpointOverrides = Partial<Checkpoint> & {
  /** Who signs, in order; by default the log, and its witnesses if the checkpoint is right. */
  readonly signers?: readonly NoteSigner[];
};

/** An entry bundle has two bytes for the length of an entry (C2SP tlog-tiles). */
export const maxEntryLength = 0xffff;

/** TransparencyLogEntry (sigstore_rekor.proto) as Rekor v2 answers it: defaults printed, integers as strings. */
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
  readonly signer: NoteSigner;
  readonly store: LogStore;
  readonly #clock: Clock;
  readonly #witnesses: readonly NoteSigner[];
  readonly #checkpoints: CheckpointOverrides;
  readonly #seen: (size: number, root: Uint8Array) => boolean;
  #frozen: Date | undefined;

  constructor({ origin, kind = 'Ed25519', key, signerName = origin, ...options }: TransparencyLogOptions) {
    this.origin = origin;
    this.signer = noteSigner(signerName, key ?? generateSigningKey(kind));
    this.store = options.store ?? new LogStore();
    this.#clock = options.clock ?? systemSources.clock;
    this.#witnesses = options.witnesses ?? [];
    this.#checkpoints = options.checkpoints ?? {};
    this.#seen = options.seen ?? ((size, root) => size <= this.size && equalBytes(root, this.root(size)));
  }

  get size(): number {
    return this.store.size;
  }

  /** What a trusted root calls the log by (`logId.keyId`). */
  get logId(): Uint8Array {
    return this.signer.keyHash;
  }

  /** SubjectPublicKeyInfo, DER. */
  get publicKey(): Uint8Array {
    return this.signer.key.publicKey;
  }

  /**
   * Appends an entry, and says at which index. At most 65535 bytes: the tiles have two for the length. It is found again by its
   * leaf's hash, and by each of these keys, hashes themselves.
   */
  append(body: Uint8Array, keys: readonly Uint8Array[] = []): number {
    if (this.#frozen !== undefined) throw new RangeError('the log is frozen');
    if (body.length > maxEntryLength) throw new RangeError(`an entry of ${body.length} bytes`);
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

  /** When it was ended for good, if it was. */
  get frozen(): Date | undefined {
    return this.#frozen;
  }

  /** Ends the log: it takes no more entries, and its last checkpoint says so. */
  freeze(time: Date): void {
    this.#frozen = time;
  }

  /** A signed checkpoint of the log as it is, or as it was at a `size` given. */
  checkpoint(changes: CheckpointOverrides = {}): string {
    const overrides = { ...this.#checkpoints, ...changes };
    const {
      origin = this.origin,
      size = this.size,
      root = this.root(size),
      extensionLines = this.#extension(size),
    } = overrides;
    // A witness has seen the log grow, and signs nothing else.
    const isOwn = origin === this.origin && this.#seen(size, root);
    const { signers = [this.signer, ...(isOwn ? this.#witnesses : [])] } = overrides;
    return signNote(checkpointText({ origin, size, root, extensionLines }), signers);
  }

  #extension(size: number): readonly string[] {
    return this.#frozen === undefined || size < this.size ? [] : [frozenLine(this.#frozen)];
  }

  /**
   * The log of this name and key, as it is when it shows other things than it has. The witnesses have seen what it has: they cosign
   * that, as it is now, and nothing else.
   */
  showing({
    store = this.store,
    checkpoints = {},
  }: Pick<TransparencyLogOptions, 'store' | 'checkpoints'>): TransparencyLog {
    const { name: signerName, key } = this.signer;
    const seen = (size: number, root: Uint8Array) => size === this.size && equalBytes(root, this.root(size));
    const own = { origin: this.origin, signerName, key, clock: this.#clock, witnesses: this.#witnesses };
    return new TransparencyLog({ ...own, store, checkpoints, seen });
  }

  /** An entry with the proof that it is in the tree of this size. */
  entry(index: number, size: number = this.size): TransparencyLogEntry {
    return {
      logIndex: String(index),
      logId: { keyId: encodeBase64(this.logId) },
      kindVersion: { kind: 'hashedrekord', version: '0.0.2' },
      integratedTime: '0',
      inclusionPromise: null,
      inclusionProof: {
        logIndex: String(index),
        rootHash: encodeBase64(this.root(size)),
        treeSize: String(size),
        hashes: this.inclusionProof(index, size).map(encodeBase64),
        checkpoint: { envelope: this.checkpoint({ size }) },
      },
      canonicalizedBody: encodeBase64(this.body(index)),
    };
  }
}

/** The date as `date -u` writes it (rekor-tiles, cmd/freeze-checkpoint). */
function frozenLine(time: Date): string {
  const [day, date, month, year, clock] = time.toUTCString().replace(',', '').split(' ');
  return `Log frozen — ${day} ${month} ${String(Number(date)).padStart(2)} ${clock} UTC ${year}`;
}
