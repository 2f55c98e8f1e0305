/** A log in memory that can lie, and a reader of it. Trees and proofs are computed as RFC 9162 defines them, without the library. */

import { createHash } from 'node:crypto';
import { type NoteSigner, noteSigner, signNote } from '../../../sandbox/log/index.ts';
import { generateSigningKey, type SigningKey } from '../../../sandbox/pki/index.ts';
import { readPublicKey } from '../../../src/core/crypto/index.ts';
import { type CountersignError, fail } from '../../../src/core/errors/index.ts';
import { CompactRange } from '../../../src/core/log/index.ts';
import type { Comparison, EntryBatch, LogReader, MonitoredLog, TreeHead } from '../../../src/monitor/log/index.ts';
import { verifyHead } from '../../../src/monitor/readers/index.ts';

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest());
const leaf = (entry: Uint8Array) => sha256(new Uint8Array([0]), entry);
const node = (left: Uint8Array, right: Uint8Array) => sha256(new Uint8Array([1]), left, right);

/** The largest power of two below a size. */
function split(size: number): number {
  let k = 1;
  while (k * 2 < size) k *= 2;
  return k;
}

/** Entries, and the trees of the first of them. */
export class Branch {
  readonly entries: readonly Uint8Array[];
  readonly #roots = new Map<string, Uint8Array>();

  constructor(entries: readonly Uint8Array[]) {
    this.entries = entries;
  }

  static of(count: number, name = 'entry'): Branch {
    return new Branch(Array.from({ length: count }, (_, at) => new Uint8Array(Buffer.from(`${name} ${at}`))));
  }

  /** Returns a branch that begins with the first entries of this one. */
  forkAt(size: number, count: number, name = 'fork'): Branch {
    const others = Branch.of(count, name).entries.slice(size);
    return new Branch([...this.entries.slice(0, size), ...others]);
  }

  root(size: number): Uint8Array {
    return this.#subtree(0, size);
  }

  #subtree(from: number, to: number): Uint8Array {
    if (from === to) return sha256();
    if (to - from === 1) return leaf(this.entries[from] ?? new Uint8Array());
    const key = `${from}-${to}`;
    const known = this.#roots.get(key);
    if (known !== undefined) return known;
    const middle = from + split(to - from);
    const root = node(this.#subtree(from, middle), this.#subtree(middle, to));
    this.#roots.set(key, root);
    return root;
  }

  range(size: number): CompactRange {
    const hashes: Uint8Array[] = [];
    for (let from = 0; from < size; ) {
      let width = 1;
      while (width * 2 <= size - from) width *= 2;
      hashes.push(this.#subtree(from, from + width));
      from += width;
    }
    return CompactRange.of(size, hashes);
  }

  /** RFC 9162, section 2.1.4.1. */
  consistency(first: number, second: number): readonly Uint8Array[] {
    const subproof = (m: number, from: number, to: number, complete: boolean): readonly Uint8Array[] => {
      const n = to - from;
      if (m === n) return complete ? [] : [this.#subtree(from, to)];
      const k = split(n);
      return m <= k
        ? [...subproof(m, from, from + k, complete), this.#subtree(from + k, to)]
        : [...subproof(m - k, from + k, to, false), this.#subtree(from, from + k)];
    };
    return first === 0 || first === second ? [] : subproof(first, 0, second, true);
  }

  /** RFC 9162, section 2.1.3.1. */
  inclusion(index: number, size: number): readonly Uint8Array[] {
    const path = (m: number, from: number, to: number): readonly Uint8Array[] => {
      if (to - from === 1) return [];
      const middle = from + split(to - from);
      return m < middle
        ? [...path(m, from, middle), this.#subtree(middle, to)]
        : [...path(m, middle, to), this.#subtree(from, middle)];
    };
    return path(index, 0, size);
  }
}

export interface NoteOptions {
  readonly extension?: string;
  readonly cosigners?: readonly NoteSigner[];
}

/** A log with a key. `served` is what its reader sees; change it, or the functions, to lie. */
export class FakeLog {
  readonly signer: NoteSigner;
  readonly log: MonitoredLog;
  served: Branch;
  size: number;
  options: NoteOptions = {};
  /** Returned by the reader's functions in place of their results. */
  failures: Partial<Record<keyof LogReader, CountersignError>> = {};
  batchLength = 4;
  /** The number of heads that were fetched. */
  heads = 0;

  constructor(branch: Branch, changes: Partial<MonitoredLog> = {}, key?: SigningKey) {
    const name = changes.names?.[0] ?? 'log.example';
    const kind = changes.protocol === 'rekor-v1' ? 'P-256' : 'Ed25519';
    const signer = noteSigner(name.replace(/ - \d+$/, ''), key ?? generateSigningKey(kind));
    this.signer = signer;
    this.served = branch;
    this.size = branch.entries.length;
    this.log = {
      protocol: 'rekor-v2',
      baseUrl: `https://${name.replace(/ .*/, '')}`,
      publicKey: readPublicKey(new Uint8Array(signer.key.publicKey)),
      keyId: new Uint8Array(signer.keyHash),
      names: [name],
      validFor: { start: new Date('2025-01-01'), end: undefined },
      ...changes,
    };
  }

  /** Signs a checkpoint. */
  note(size = this.size, branch = this.served, { extension, cosigners = [] } = this.options): string {
    const root = Buffer.from(branch.root(size)).toString('base64');
    const lines = [this.log.names[0], String(size), root, ...(extension === undefined ? [] : [extension])];
    return signNote(lines.map((line) => `${line}\n`).join(''), [this.signer, ...cosigners]);
  }

  /** Signs and verifies a head. */
  head(size = this.size, branch = this.served, options = this.options): Promise<TreeHead> {
    return verifyHead(this.log, this.note(size, branch, options));
  }

  readonly reader = (): LogReader => {
    const demand = (name: keyof LogReader): void => {
      const failure = this.failures[name];
      if (failure !== undefined) throw failure;
    };
    /** The branch that a head is of; the log serves nothing else. */
    const branchOf = (head: TreeHead): Branch => {
      if (head.size <= this.served.entries.length && same(this.served.root(head.size), head.root)) return this.served;
      return fail(
        'TILES_INCONSISTENT',
        `the tiles of the log do not lead to the root of its checkpoint of size ${head.size}`,
      );
    };
    const consistencyProof = async (size: number, head: TreeHead) => {
      demand('consistencyProof');
      const branch = branchOf(head);
      return { root: branch.root(size), proof: branch.consistency(size, head.size) };
    };
    const self = this;
    return {
      log: this.log,
      head: async () => {
        this.heads += 1;
        if (this.heads > 100) throw new Error('the head is fetched without end');
        demand('head');
        return this.head();
      },
      rangeOf: async (head) => {
        demand('rangeOf');
        return branchOf(head).range(head.size);
      },
      compare: async (earlier, head): Promise<Comparison> => {
        demand('compare');
        const { root, proof } = await consistencyProof(earlier.size, head);
        return same(root, earlier.root) ? { kind: 'consistent' } : { kind: 'forked', rootInstead: root, proof };
      },
      consistencyProof,
      async *entries(from, head): AsyncGenerator<EntryBatch> {
        const branch = branchOf(head);
        for (let first = from.size; first < head.size; first += self.batchLength) {
          demand('entries');
          const entries = branch.entries.slice(first, Math.min(first + self.batchLength, head.size));
          yield { first, entries, range: branch.range(first + entries.length) };
        }
      },
      entry: async (index, head) => {
        demand('entry');
        const branch = branchOf(head);
        return { bytes: branch.entries[index] ?? new Uint8Array(), proof: branch.inclusion(index, head.size) };
      },
    };
  };
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
