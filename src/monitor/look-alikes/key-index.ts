import type { Rule } from './rules/rule.ts';

interface Entry<Value> {
  readonly rule: Rule;
  readonly value: Value;
}

/** The bits of the filter: 128 KiB stay in the caches of a processor. */
const filterBits = 2 ** 20;

/** Values by the keys that rules compare. Several rules share a table, since most keys of a name are the same text. */
export class KeyIndex<Value> {
  readonly #entries = new Map<string, Entry<Value>[]>();
  readonly #rules = new Set<Rule>();
  /** Has the bits of all keys, so that most other keys are not looked up. */
  readonly #filter = new Int32Array(filterBits / 32);
  /** The keys of the current search, with what they lead to. */
  readonly #keys: string[] = [];
  readonly #found: (readonly Entry<Value>[] | undefined)[] = [];

  add(rule: Rule, key: string, value: Value): void {
    this.#rules.add(rule);
    const bit = bitOf(key);
    this.#filter[bit >>> 5] = (this.#filter[bit >>> 5] ?? 0) | (1 << (bit & 31));
    const entries = this.#entries.get(key);
    if (entries === undefined) this.#entries.set(key, [{ rule, value }]);
    else entries.push({ rule, value });
  }

  /** Reports whether a rule has keys here. */
  has(rule: Rule): boolean {
    return this.#rules.has(rule);
  }

  /** Forgets the keys of the last search. */
  start(): void {
    this.#keys.length = 0;
    this.#found.length = 0;
  }

  /** Returns the first value of a rule and a key that is accepted. */
  find<Result>(rule: Rule, key: string, accept: (value: Value) => Result | undefined): Result | undefined {
    for (const entry of this.#lookUp(key) ?? []) {
      if (entry.rule !== rule) continue;
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
