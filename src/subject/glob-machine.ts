/**
 * Matches a name from its end to its beginning, in all ways at once: for each place in the name, the set of states from which the rest
 * of the pattern matches the rest of the name. A place costs at most a step for each transition, so that there is nothing to go back to,
 * and what `!(…)` refuses is known at the place where it is asked.
 */

export type GlobNode =
  | { readonly kind: 'literal'; readonly code: number }
  | { readonly kind: 'set'; readonly has: (code: number) => boolean; readonly shy: boolean }
  /** One character but `/`. */
  | { readonly kind: 'one' }
  /** Any run of characters but `/`. */
  | { readonly kind: 'star' }
  /** Any run of characters. */
  | { readonly kind: 'any' }
  /** Any number of whole parts, each with the slash after it. */
  | { readonly kind: 'parts' }
  /** A slash and any run of characters, or nothing. */
  | { readonly kind: 'below' }
  | {
      readonly kind: 'group';
      readonly operator: '@' | '?' | '*' | '+' | '!';
      readonly choices: readonly (readonly GlobNode[])[];
    };

type Takes = (code: number) => boolean;

interface State {
  /** From where a character leads here. */
  readonly before: (readonly [state: number, takes: Takes])[];
  /** The states that are reached from here without a character. */
  readonly beside: number[];
  /** True if it does not match a dot at the beginning of a part. */
  readonly shy: boolean;
}

/** Matches where `wanted` does and `refused` does not. */
interface Negation {
  readonly state: number;
  readonly wanted: number;
  readonly refused: number;
}

/** A place in a name, and what was found to match there. */
interface Place {
  readonly here: number[];
  /** The place at which each state was last found to match. */
  readonly found: Int32Array;
  /** Counted from the end of the name. */
  readonly place: number;
  /** True if the next character is a dot at the beginning of a part. */
  readonly atDot: boolean;
}

const slash = 0x2f;
const dot = 0x2e;
const end = 0;

export class GlobMachine {
  readonly #states: State[] = [{ before: [], beside: [], shy: false }];
  /** In an order in which nested and following ones stand before the outer one. */
  readonly #negations: Negation[] = [];
  readonly #start: number;
  readonly #hidden: boolean;
  #steps = 0;

  constructor(nodes: readonly GlobNode[], hidden: boolean) {
    this.#hidden = hidden;
    this.#start = this.#sequence(nodes, end);
  }

  /** The number of states and transitions that have been visited so far. */
  get steps(): number {
    return this.#steps;
  }

  matches(name: string): boolean {
    const found = new Int32Array(this.#states.length).fill(-1);
    const last: Place = { here: [], found, place: 0, atDot: false };
    this.#add(end, last);
    this.#close(last);
    let { here } = last;
    for (let at = name.length - 1; at >= 0 && here.length > 0; at--) {
      const code = name.charCodeAt(at);
      const atDot = code === dot && (at === 0 || name.charCodeAt(at - 1) === slash);
      const next: Place = { here: [], found, place: name.length - at, atDot };
      for (const state of here) {
        for (const [source, takes] of this.#states[state]?.before ?? []) {
          this.#steps++;
          if (takes(code)) this.#add(source, next);
        }
      }
      this.#close(next);
      here = next.here;
    }
    return found[this.#start] === name.length;
  }

  /** All that matches here as well without a character. */
  #close(place: Place): void {
    this.#spread(0, place);
    const { here, found } = place;
    for (const { state, wanted, refused } of here.length === 0 ? [] : this.#negations) {
      this.#steps++;
      if (found[wanted] !== place.place || found[refused] === place.place) continue;
      const from = here.length;
      this.#add(state, place);
      this.#spread(from, place);
    }
  }

  #spread(from: number, place: Place): void {
    for (let next = from; next < place.here.length; next++) {
      for (const beside of this.#states[place.here[next] ?? end]?.beside ?? []) {
        this.#steps++;
        this.#add(beside, place);
      }
    }
  }

  #add(state: number, { here, found, place, atDot }: Place): void {
    if (found[state] === place || (atDot && !this.#hidden && this.#states[state]?.shy)) return;
    found[state] = place;
    here.push(state);
  }

  #sequence(nodes: readonly GlobNode[], next: number): number {
    return nodes.reduceRight((behind, node) => this.#node(node, behind), next);
  }

  /** The state in which this node, and then what is behind it, is to come. */
  #node(node: GlobNode, next: number): number {
    switch (node.kind) {
      case 'literal':
        return this.#taking(next, (code) => code === node.code);
      case 'set':
        return this.#taking(next, (code) => node.has(code), node.shy);
      case 'one':
        return this.#taking(next, isNoSlash, true);
      case 'star':
        return this.#run(next, isNoSlash);
      case 'any':
        return this.#run(next, () => true);
      case 'parts':
        return this.#oneOf([next, this.#run(this.#taking(next, isSlash), () => true)]);
      case 'below':
        return this.#oneOf([
          next,
          this.#taking(
            this.#run(next, () => true),
            isSlash,
          ),
        ]);
      case 'group':
        return this.#group(node, next);
    }
  }

  #group({ operator, choices }: Extract<GlobNode, { kind: 'group' }>, next: number): number {
    const before = (behind: number): readonly number[] => choices.map((choice) => this.#sequence(choice, behind));
    if (operator === '@') return this.#oneOf(before(next));
    if (operator === '?') return this.#oneOf([next, ...before(next)]);
    if (operator === '!') return this.#negation(before(next), choices.some(holdsSlash), next);
    // Once more, or what is behind.
    const again = this.#oneOf([next]);
    const choice = this.#oneOf(before(again));
    this.#states[choice]?.beside.push(again);
    return operator === '*' ? again : choice;
  }

  #negation(refused: readonly number[], overSlashes: boolean, next: number): number {
    const wanted = this.#node({ kind: overSlashes ? 'any' : 'star' }, next);
    const state = this.#state();
    this.#negations.push({ state, wanted, refused: this.#oneOf(refused) });
    return state;
  }

  #state(shy = false): number {
    return this.#states.push({ before: [], beside: [], shy }) - 1;
  }

  #taking(next: number, takes: Takes, shy = false): number {
    const state = this.#state(shy);
    this.#states[next]?.before.push([state, takes]);
    return state;
  }

  #run(next: number, takes: Takes): number {
    const state = this.#oneOf([next], true);
    this.#states[state]?.before.push([state, takes]);
    return state;
  }

  #oneOf(states: readonly number[], shy = false): number {
    const state = this.#state(shy);
    for (const one of states) this.#states[one]?.beside.push(state);
    return state;
  }
}

function isSlash(code: number): boolean {
  return code === slash;
}

function isNoSlash(code: number): boolean {
  return code !== slash;
}

function holdsSlash(choice: readonly GlobNode[]): boolean {
  return choice.some((node) =>
    node.kind === 'group' ? node.choices.some(holdsSlash) : node.kind === 'literal' && node.code === slash,
  );
}
