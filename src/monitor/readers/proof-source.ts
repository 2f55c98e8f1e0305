/** The requests that reading a log without tiles needs. Nothing that they return is verified. */

/** An entry, and its inclusion proof in a tree of this size. */
export interface EntryWithProof {
  readonly bytes: Uint8Array;
  readonly treeSize: number;
  readonly hashes: readonly Uint8Array[];
}

export interface ProofSource {
  /** Fetches the current head as a signed note. */
  head(): Promise<string>;
  consistencyProof(first: number, second: number): Promise<readonly Uint8Array[]>;
  /** Fetches an entry with its proof in a tree of this size, or in a later one; `undefined` if it does not exist. */
  entry(index: number, treeSize: number): Promise<EntryWithProof | undefined>;
  /** Finds an entry by the hash of its leaf, with its proof; absent if the log cannot be asked. `undefined` if the log has none. */
  find?(
    leafHash: Uint8Array,
    treeSize: number,
  ): Promise<{ readonly index: number; readonly hashes: readonly Uint8Array[] } | undefined>;
  /** Fetches entries from `from` on, without `to`; fewer if the log returns fewer, and none if the first one is missing. */
  entries(from: number, to: number): Promise<readonly Uint8Array[]>;
  /** The number of entries to request at once. Requests begin at multiples of it. */
  readonly requestLength: number;
  /** The number of requests at once. */
  readonly requestsAtOnce: number;
  /** The number of entries that one consistency proof is fetched for. */
  readonly batchLength: number;
}
