/**
 * Matches globs without backtracking: a name of n characters and a pattern of m take at most n × m steps, whatever they contain. Names
 * are untrusted (files of a pull request or a workflow artifact), and patterns may be.
 *
 * | written | matches |
 * | --- | --- |
 * | `*`, `?` | any run of characters but `/`; one character but `/` |
 * | `**` | as a whole part of a path: any number of parts; `dist/**` is `dist` too |
 * | `[a-z]`, `[!a]`, `[[:digit:]]` | one character of the set, or one that is not in it; never `/` |
 * | `{a,b}`, `{1..9}`, `(a\|b)`, `@(a\|b)` | one of them |
 * | `?(a\|b)`, `*(a\|b)`, `+(a\|b)` | at most one of them; any number; at least one |
 * | `!(a\|b)` | any run of characters but `/` that is none of them, together with what follows it |
 * | `\x` | x itself |
 *
 * An unclosed bracket matches itself. A dot at the beginning of a part is matched by a literal dot only, and by `*`, `?`, `**`, `!(…)`
 * and `[!a]` only if hidden names are included.
 */

import { fail } from '../core/errors/index.ts';
import { GlobMachine, type GlobNode } from './glob-machine.ts';

export interface GlobOptions {
  /** True if wildcards may match a dot at the beginning of a part. */
  readonly hidden: boolean;
  readonly caseSensitive: boolean;
}

const maxLength = 65_536;
const maxNesting = 32;
const maxRange = 1000;

const slash = 0x2f;
const dot = 0x2e;

/** A compiled pattern. */
export class Glob {
  readonly #options: GlobOptions;
  readonly #machine: GlobMachine;
  /** One machine a part, as far as each part of the pattern matches one part of a name. */
  readonly #parts: readonly GlobMachine[];
  /** True if the rest of the pattern may match any number of parts. */
  readonly #open: boolean;
  /** True if those parts may begin with a dot. */
  readonly #openToDots: boolean;

  /** @throws CountersignError `USAGE` for a pattern that cannot be read */
  constructor(pattern: string, options: GlobOptions) {
    this.#options = options;
    const nodes = new Reader(folded(pattern, options)).pattern();
    this.#machine = new GlobMachine(nodes, options.hidden);
    const parts: GlobNode[][] = [[]];
    const end = nodes.findIndex(mayHoldSlash);
    for (const node of end === -1 ? nodes : nodes.slice(0, end)) {
      if (isSlash(node)) parts.push([]);
      else parts.at(-1)?.push(node);
    }
    if (nodes[end]?.kind === 'below') parts.push([]);
    this.#open = end !== -1;
    this.#openToDots = options.hidden || namesDot(nodes);
    this.#parts = parts.slice(0, -1).map((part) => new GlobMachine(part, options.hidden));
  }

  /** Reports whether the pattern matches the whole name. */
  matches(name: string): boolean {
    return this.#machine.matches(folded(name, this.#options));
  }

  /**
   * Reports whether the pattern may match something in a folder, given that it may in the folder's parent.
   *
   * @param depth the number of folders above it
   * @param name its last part
   */
  goesInto(depth: number, name: string): boolean {
    const part = this.#parts[depth];
    if (part !== undefined) return part.matches(folded(name, this.#options));
    return this.#open && (this.#openToDots || !name.startsWith('.'));
  }

  /** The number of steps that matching has taken so far. Tests use it to show that the time is linear. */
  get steps(): number {
    return this.#machine.steps;
  }
}

function folded(text: string, { caseSensitive }: GlobOptions): string {
  return caseSensitive ? text : text.toLowerCase();
}

function isSlash(node: GlobNode): boolean {
  return node.kind === 'literal' && node.code === slash;
}

function mayHoldSlash(node: GlobNode): boolean {
  if (node.kind === 'group') return node.choices.flat().some((inner) => isSlash(inner) || mayHoldSlash(inner));
  return node.kind === 'any' || node.kind === 'parts' || node.kind === 'below';
}

/** Reports whether a part may begin with a dot that is written out; of several choices, in any of them. */
function namesDot(nodes: readonly GlobNode[]): boolean {
  return nodes.some((node, index) => {
    if (node.kind === 'group') return node.choices.some(namesDot);
    const before = nodes[index - 1];
    const mayBegin = before === undefined || isSlash(before) || before.kind !== 'literal';
    return mayBegin && ((node.kind === 'literal' && node.code === dot) || (node.kind === 'set' && node.has(dot)));
  });
}

/** Reads a pattern. */
class Reader {
  readonly #text: string;
  /** The end of each bracket, by its beginning. */
  readonly #ends: ReadonlyMap<number, number>;
  #offset = 0;
  /** `false` once a `[` was met that does not end: no other behind it does. */
  #setsEnd = true;

  constructor(text: string) {
    if (text.length > maxLength) unreadable(`it has ${text.length} characters; the limit is ${maxLength}`);
    this.#text = text;
    this.#ends = matchingBrackets(text);
  }

  pattern(): readonly GlobNode[] {
    const nodes = this.#sequence('', 0);
    const [before, separator, last] = nodes.slice(-3);
    // Behind a star, `**` needs a part: `*/**` means nothing that is not in a folder.
    if (last?.kind !== 'any' || before === undefined || separator === undefined || !isSlash(separator)) return nodes;
    if (before.kind === 'star' || before.kind === 'parts') return nodes;
    return [...nodes.slice(0, -2), { kind: 'below' }];
  }

  /** Up to a character that ends it, which is not taken. */
  #sequence(ends: string, nesting: number): GlobNode[] {
    if (nesting > maxNesting) unreadable(`its brackets are nested more than ${maxNesting} levels deep`);
    const nodes: GlobNode[] = [];
    for (let next = this.#text[this.#offset]; next !== undefined; next = this.#text[this.#offset]) {
      if (ends.includes(next)) break;
      this.#node(next, nodes, ends, nesting);
    }
    return nodes;
  }

  #node(next: string, nodes: GlobNode[], ends: string, nesting: number): void {
    const text = this.#text;
    if ('?*+@!'.includes(next) && this.#ends.has(this.#offset + 1) && text[this.#offset + 1] === '(') {
      this.#offset++;
      nodes.push(this.#group(next as '?' | '*' | '+' | '@' | '!', nesting));
    } else if (next === '*') nodes.push(...this.#stars(ends));
    else if (next === '?') this.#take(nodes, { kind: 'one' });
    else if (next === '[' && this.#setsEnd) nodes.push(this.#set());
    else if (next === '(' && this.#ends.has(this.#offset)) nodes.push(this.#group('@', nesting));
    else if (next === '{' && this.#ends.has(this.#offset)) nodes.push(...this.#braces(nesting));
    else if (next === '\\' && this.#offset + 1 < text.length) {
      this.#offset++;
      this.#take(nodes, literal(text, this.#offset));
    } else this.#take(nodes, literal(text, this.#offset));
  }

  #take(nodes: GlobNode[], node: GlobNode): void {
    nodes.push(node);
    this.#offset++;
  }

  /** A run of stars: `**` means something where it is all of a part. */
  #stars(ends: string): readonly GlobNode[] {
    const start = this.#offset;
    while (this.#text[this.#offset] === '*' && !this.#ends.has(this.#offset + 1)) this.#offset++;
    if (this.#offset === start) this.#offset++;
    const [before, after] = [this.#text[start - 1], this.#text[this.#offset]];
    const begins = before === undefined || before === '/' || (ends !== '' && '({|,'.includes(before));
    const isPart = begins && this.#offset - start === 2;
    if (isPart && after === '/') {
      this.#offset++;
      return [{ kind: 'parts' }];
    }
    return [{ kind: isPart && (after === undefined || ends.includes(after)) ? 'any' : 'star' }];
  }

  /** Parses the content of parentheses. */
  #group(operator: '@' | '?' | '*' | '+' | '!', nesting: number): GlobNode {
    if (this.#text[this.#offset + 1] === '?') unreadable('`(?` is only valid in regular expressions');
    const choices = this.#choices('|', ')', nesting);
    if ('*+'.includes(operator) && choices.flat().some(holdsNegation))
      unreadable('`!(…)` is not allowed within `*(…)` and `+(…)`');
    return { kind: 'group', operator, choices };
  }

  #choices(separator: string, end: string, nesting: number): readonly (readonly GlobNode[])[] {
    const choices: (readonly GlobNode[])[] = [];
    do {
      this.#offset++;
      choices.push(this.#sequence(separator + end, nesting + 1));
    } while (this.#text[this.#offset] === separator);
    this.#offset++;
    return choices;
  }

  /** Parses the content of braces: choices, a range, or literal braces. */
  #braces(nesting: number): readonly GlobNode[] {
    const start = this.#offset;
    const end = this.#ends.get(start) ?? start;
    // Any range is shorter.
    const range = rangeOf(this.#text.slice(start + 1, Math.min(end, start + 64)));
    if (range !== undefined) {
      this.#offset = end + 1;
      return [{ kind: 'group', operator: '@', choices: range.map(literals) }];
    }
    const choices = this.#choices(',', '}', nesting);
    if (choices.length > 1) return [{ kind: 'group', operator: '@', choices }];
    return [literal('{', 0), ...(choices[0] ?? []), literal('}', 0)];
  }

  #set(): GlobNode {
    const text = this.#text;
    const isNegated = text[this.#offset + 1] === '!' || text[this.#offset + 1] === '^';
    const first = this.#offset + (isNegated ? 2 : 1);
    const ranges: (readonly [number, number])[] = [];
    const classes: RegExp[] = [];
    let offset = first;
    while (offset < text.length && (text[offset] !== ']' || offset === first)) {
      const posix = /\[:([a-z]{5,6}):\]/y;
      posix.lastIndex = offset;
      const [whole = '', name = ''] = posix.exec(text) ?? [];
      const known = posixClasses.get(name);
      if (known !== undefined) {
        classes.push(known);
        offset += whole.length;
        continue;
      }
      if (text[offset] === '\\') offset++;
      const from = text.charCodeAt(offset);
      offset++;
      if (text[offset] === '-' && offset + 1 < text.length && text[offset + 1] !== ']') {
        offset += text[offset + 1] === '\\' ? 2 : 1;
        ranges.push([from, text.charCodeAt(offset)]);
        offset++;
      } else ranges.push([from, from]);
    }
    if (offset >= text.length) {
      this.#setsEnd = false;
      this.#offset++;
      return literal('[', 0);
    }
    this.#offset = offset + 1;
    const isIn = (code: number): boolean =>
      ranges.some(([from, to]) => from <= code && code <= to) ||
      classes.some((one) => one.test(String.fromCharCode(code)));
    return { kind: 'set', has: (code) => code !== slash && isIn(code) !== isNegated, shy: isNegated };
  }
}

const posixClasses: ReadonlyMap<string, RegExp> = new Map([
  ['alnum', /[a-zA-Z0-9]/],
  ['alpha', /[a-zA-Z]/],
  ['blank', /[ \t]/],
  ['digit', /[0-9]/],
  ['lower', /[a-z]/],
  ['punct', /[!-/:-@[-`{-~]/],
  ['space', /[ \t\r\n\v\f]/],
  ['upper', /[A-Z]/],
  ['xdigit', /[A-Fa-f0-9]/],
]);

function literal(text: string, offset: number): GlobNode {
  return { kind: 'literal', code: text.charCodeAt(offset) };
}

function literals(text: string): readonly GlobNode[] {
  return text.split('').map((letter) => literal(letter, 0));
}

function holdsNegation(node: GlobNode): boolean {
  return node.kind === 'group' && (node.operator === '!' || node.choices.flat().some(holdsNegation));
}

/** `1..3` and `a..c`, written out; `undefined` for what is no range. */
function rangeOf(text: string): readonly string[] | undefined {
  const [, from, to] = /^(-?\d{1,9})\.\.(-?\d{1,9})$/.exec(text) ?? [];
  const [, first, last] = /^([A-Za-z])\.\.([A-Za-z])$/.exec(text) ?? [];
  if (from !== undefined && to !== undefined) {
    const width = /^-?0\d/.test(from) || /^-?0\d/.test(to) ? Math.max(from.length, to.length) : 0;
    return steps(Number(from), Number(to)).map((number) =>
      number < 0 ? `-${String(-number).padStart(width - 1, '0')}` : String(number).padStart(width, '0'),
    );
  }
  if (first === undefined || last === undefined) return undefined;
  return steps(first.charCodeAt(0), last.charCodeAt(0)).map((code) => String.fromCharCode(code));
}

function steps(from: number, to: number): readonly number[] {
  const length = Math.abs(to - from) + 1;
  if (length > maxRange) unreadable(`it has a range of ${length} numbers; the limit is ${maxRange}`);
  return Array.from({ length }, (_, index) => from + Math.sign(to - from) * index);
}

/** Finds the end of each `(` and `{`; unclosed ones are literal characters. */
function matchingBrackets(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: { readonly offset: number; readonly end: string }[] = [];
  const waiting = new Map([
    [')', 0],
    ['}', 0],
  ]);
  const begin = (offset: number, end: string): void => {
    open.push({ offset, end });
    waiting.set(end, (waiting.get(end) ?? 0) + 1);
  };
  let setsEnd = true;
  for (let offset = 0; offset < text.length; offset++) {
    const letter = text[offset];
    if (letter === '\\') offset++;
    else if (letter === '[' && setsEnd) {
      const first = offset + (text[offset + 1] === '!' || text[offset + 1] === '^' ? 2 : 1);
      let end = first;
      while (end < text.length && (text[end] !== ']' || end === first)) end += text[end] === '\\' ? 2 : 1;
      // No other bracket behind it ends either.
      if (end < text.length) offset = end;
      else setsEnd = false;
    } else if (letter === '(') begin(offset, ')');
    else if (letter === '{') begin(offset, '}');
    else if (letter !== undefined && (waiting.get(letter) ?? 0) > 0) {
      // What was opened within it and has not ended is no bracket.
      for (let begun = open.pop(); begun !== undefined; begun = open.pop()) {
        waiting.set(begun.end, (waiting.get(begun.end) ?? 0) - 1);
        if (begun.end !== letter) continue;
        ends.set(begun.offset, offset);
        break;
      }
    }
  }
  return ends;
}

function unreadable(problem: string): never {
  fail('USAGE', `invalid pattern: ${problem}`, { remedy: 'Simplify the pattern.' });
}
