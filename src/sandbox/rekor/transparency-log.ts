/** A transparency log: entries, a Merkle tree over them, and checkpoints that commit to it. Not yet Rekor: any bytes go in. */

import { concatBytes, encodeBase64, uintBytes } from '../../core/encoding/index.ts';
import { leafHash, MerkleTree } from '../merkle/index.ts';
import { generateSigningKey, type KeyKind, type SigningKey } from '../pki/index.ts';
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
}

/** What of a checkpoint is to be otherwise. */
export type CheckpointOverrides = Partial<Checkpoint> & {
  /** Who signs, in order; by default the log alone. */
  readonly signers?: readonly NoteSigner[];
};

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

const tileWidth = 256;
const tileHeight = 8;

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
  readonly #tree = new MerkleTree();
  readonly #entries: Uint8Array[] = [];

  constructor({ origin, kind = 'Ed25519', key, signerName = origin }: TransparencyLogOptions) {
    this.origin = origin;
    this.signer = noteSigner(signerName, key ?? generateSigningKey(kind));
  }

  get size(): number {
    return this.#tree.size;
  }

  /** What a trusted root calls the log by (`logId.keyId`). */
  get logId(): Uint8Array {
    return this.signer.keyHash;
  }

  /** SubjectPublicKeyInfo, DER. */
  get publicKey(): Uint8Array {
    return this.signer.key.publicKey;
  }

  /** Appends an entry, and says at which index. At most 65535 bytes: the tiles have two for the length. */
  append(body: Uint8Array): number {
    if (body.length > 0xffff) throw new RangeError(`an entry of ${body.length} bytes`);
    this.#entries.push(body);
    return this.#tree.append(leafHash(body));
  }

  body(index: number): Uint8Array {
    return this.#entries[index] ?? absent(`no entry ${index} in a log of ${this.size}`);
  }

  root(size?: number): Uint8Array {
    return this.#tree.root(size);
  }

  inclusionProof(index: number, size?: number): readonly Uint8Array[] {
    return this.#tree.inclusionProof(index, size);
  }

  consistencyProof(first: number, second?: number): readonly Uint8Array[] {
    return this.#tree.consistencyProof(first, second);
  }

  /** A signed checkpoint of the log as it is, or as it was at a `size` given. */
  checkpoint(overrides: CheckpointOverrides = {}): string {
    const { origin = this.origin, size = this.size, extensionLines = [], signers = [this.signer] } = overrides;
    const root = overrides.root ?? this.root(size);
    return signNote(checkpointText({ origin, size, root, extensionLines }), signers);
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

  /** A hash tile (C2SP tlog-tiles) of this width, or `undefined` if the log has not so much of it. */
  tile(level: number, index: number, width: number = tileWidth): Uint8Array | undefined {
    const treeLevel = level * tileHeight;
    const start = index * tileWidth;
    if (start + width > this.#tree.width(treeLevel)) return undefined;
    return concatBytes(...Array.from({ length: width }, (_, offset) => this.#tree.node(treeLevel, start + offset)));
  }

  /** An entry bundle (C2SP tlog-tiles), likewise. */
  entryBundle(index: number, width: number = tileWidth): Uint8Array | undefined {
    const start = index * tileWidth;
    if (start + width > this.size) return undefined;
    const entries = this.#entries.slice(start, start + width);
    return concatBytes(...entries.flatMap((body) => [uintBytes(body.length, 2), body]));
  }
}

function absent(message: string): never {
  throw new RangeError(message);
}
