import type { Rule } from './rules/rule.ts';

/** The use of a key: for a rule, or to find the parts of a text that is near. */
export type KeyUse = Rule | 'edits';

interface Entry<Value> {
  /** A bit for each use of the key. */
  uses: number;
  readonly value: Value;
}

/** The bits of the filter: 128 KiB stay in the caches of a processor. */
const filterBits = 2 ** 20;

/** Values by the keys that rules compare. Several rules share a table, since most keys of a name are the same text. */
export class KeyIndex<Value> {
  readonly #entries = new Map<string, Entry<Value>[]>();
  /** The bits of the uses. */
  readonly #uses = new Map<KeyUse, number>();
  /** Has the bits of all keys, so that most other keys are not looked up. */
  readonly #filter = new Int32Array(filterBits / 32);
  /** The keys of the current search, with what they lead to. */
  readonly #keys: string[] = [];
  readonly #found: (readonly Entry<Value>[] | undefined)[] = [];

  add(use: KeyUse, key: string, value: Value): void {
    const ofUse = this.#uses.get(use) ?? 1 << this.#uses.size;
    this.#uses.set(use, ofUse);
    const bit = bitOf(key);
    this.#filter[bit >>> 5] = (this.#filter[bit >>> 5] ?? 0) | (1 << (bit & 31));
    const entries = this.#entries.get(key);
    const last = entries?.at(-1);
    // Most rules have the same key for a value, and keys are added value by value.
    if (last?.value === value) last.uses |= ofUse;
    else if (entries === undefined) this.#entries.set(key, [{ uses: ofUse, value }]);
    else entries.push({ uses: ofUse, value });
  }

  /** Reports whether a rule has keys here. */
  has(rule: Rule): boolean {
    return this.#uses.has(rule);
  }

  /** Forgets the keys of the last search. */
  start(): void {
    this.#keys.length = 0;
    this.#found.length = 0;
  }

  /** Returns the first value of a use and a key that is accepted. */
  find<Result>(use: KeyUse, key: string, accept: (value: Value) => Result | undefined): Result | undefined {
    const ofUse = this.#uses.get(use) ?? 0;
    for (const entry of this.#lookUp(key) ?? []) {
      if ((entry.uses & ofUse) === 0) continue;
      const result = accept(entry.value);
      if (result !== undefined) return result;
    }
    return undefined;
  }

  #lookUp(key: string): readonly Entry<Value>[] | undefined {
    const bit = bitOf(key);
    if (((this.#filter[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return undefined;
    const known = this.#keys.indexOf(key);
    if (known !== -1) return this.#found[known];
    const entries = this.#entries.get(key);
    this.#keys.push(key);
    this.#found.push(entries);
    return entries;
  }
}

/** Returns the place of a key in the filter. */
function bitOf(key: string): number {
  let hash = 0;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) & (filterBits - 1);
}
