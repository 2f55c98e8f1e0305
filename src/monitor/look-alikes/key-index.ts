import type { Rule } from './rules/rule.ts';

interface Entry<Value> {
  readonly rule: Rule;
  readonly value: Value;
}

/** Values by the keys that rules compare. Several rules share a table, since most keys of a name are the same text. */
export class KeyIndex<Value> {
  readonly #entries = new Map<string, Entry<Value>[]>();
  readonly #rules = new Set<Rule>();
  /** The keys of the current search, with what they lead to. */
  readonly #keys: string[] = [];
  readonly #found: (readonly Entry<Value>[] | undefined)[] = [];

  add(rule: Rule, key: string, value: Value): void {
    this.#rules.add(rule);
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
    const known = this.#keys.indexOf(key);
    if (known !== -1) return this.#found[known];
    const entries = this.#entries.get(key);
    this.#keys.push(key);
    this.#found.push(entries);
    return entries;
  }
}
