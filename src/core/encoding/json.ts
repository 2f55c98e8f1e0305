/**
 * JSON (RFC 8259) from strangers: bounded in length, depth and number of values, no duplicate member names.
 *
 * JSON.parse keeps the last of two members with one name; another reader of the same bytes may keep the first,
 * and the two would then verify different things.
 */

import { fail } from '../errors/index.ts';
import { decodeUtf8, utf8 } from './bytes.ts';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

export interface JsonLimits {
  /** Bytes (of a text given as bytes) or UTF-16 code units. */
  readonly maxLength: number;
  /** Levels of nested arrays and objects. */
  readonly maxDepth: number;
  /** Values that are built: an empty object is three characters in a text, and some 200 bytes in memory. */
  readonly maxValues: number;
}

const defaults: JsonLimits = { maxLength: 16 * 1024 * 1024, maxDepth: 64, maxValues: 250_000 };

/** The largest number of names that are kept at once to find duplicates in members that are not built. */
const maxNames = 500_000;

const longText = 64 * 1024;

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

/** Some members of an object, and the kinds of the others. */
export interface JsonMembers {
  readonly members: JsonObject;
  /** The kinds of the members that were not built, by their names. */
  readonly others: ReadonlyMap<string, JsonKind>;
}

/**
 * Parses a JSON text. Objects have no prototype, so that a member named `__proto__` is only a member.
 *
 * @throws CountersignError `JSON_INVALID`, with the offset; `LIMIT_EXCEEDED` if it is too long, too deep, or of too many values
 */
export function parseJson(input: string | Uint8Array, limits: Partial<JsonLimits> = {}): JsonValue {
  return parserOf(input, limits).document();
}

/**
 * Parses a JSON text that is an object. Of another text, nothing is built.
 *
 * @returns `undefined` for a text that is no object
 * @throws CountersignError as {@link parseJson} does
 */
export function parseJsonObject(input: string | Uint8Array, limits: Partial<JsonLimits> = {}): JsonObject | undefined {
  return parserOf(input, limits).objectOfDocument();
}

/**
 * Parses these members of a JSON text that is an object. The whole text is checked as {@link parseJson} does, but the other members are
 * not built, so that they take no memory, however many values are in them.
 *
 * @returns `undefined` for a text that is no object
 * @throws CountersignError `JSON_INVALID`, with the offset; `LIMIT_EXCEEDED`
 *
 * @example
 * const { members } = parseJsonMembers('{"a":1,"b":[{},{}]}', ['a']) ?? {};
 * members?.a; // → 1
 */
export function parseJsonMembers(
  input: string | Uint8Array,
  names: readonly string[],
  limits: Partial<JsonLimits> = {},
): JsonMembers | undefined {
  return parserOf(input, limits).membersOfDocument(new Set(names));
}

function parserOf(input: string | Uint8Array, limits: Partial<JsonLimits>): Parser {
  const all = { ...defaults, ...limits };
  const { maxLength } = all;
  if (input.length > maxLength)
    fail('LIMIT_EXCEEDED', `the JSON document has ${input.length} bytes; the limit is ${maxLength}`);
  const text =
    typeof input === 'string'
      ? input
      : (decodeUtf8(input) ?? fail('JSON_INVALID', 'the JSON document is not valid UTF-8'));
  return new Parser(text, all);
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259, section 7, forbids exactly these
const control = /[\u0000-\u001f]/;
const escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

class Parser {
  readonly #text: string;
  readonly #limits: JsonLimits;
  #offset = 0;
  #values = 0;
  #names = 0;

  constructor(text: string, limits: JsonLimits) {
    this.#text = text;
    this.#limits = limits;
  }

  document(): JsonValue {
    const value = this.#value(0);
    this.#end();
    return value;
  }

  objectOfDocument(): JsonObject | undefined {
    const isObject = this.#next(0) === '{';
    const object = isObject ? this.#object(0) : undefined;
    if (!isObject) this.#check(0);
    this.#end();
    return object;
  }

  membersOfDocument(names: ReadonlySet<string>): JsonMembers | undefined {
    if (this.#next(0) !== '{') {
      this.#check(0);
      this.#end();
      return undefined;
    }
    const members: Record<string, JsonValue> = Object.create(null);
    const others = new Map<string, JsonKind>();
    this.#members((name) => {
      if (names.has(name)) members[name] = this.#value(1);
      else others.set(name, this.#check(1));
    });
    this.#end();
    return { members, others };
  }

  #end(): void {
    this.#skip();
    if (this.#offset !== this.#text.length) this.#fail('unexpected text after the JSON value');
  }

  /** Returns the first character of the next value. */
  #next(depth: number): string | undefined {
    this.#skip();
    const next = this.#text[this.#offset];
    const { maxDepth } = this.#limits;
    if (depth === maxDepth && (next === '{' || next === '['))
      fail(
        'LIMIT_EXCEEDED',
        `the JSON document is nested more than ${maxDepth} levels deep, at character ${this.#offset}`,
      );
    return next;
  }

  #value(depth: number): JsonValue {
    const next = this.#next(depth);
    const { maxValues } = this.#limits;
    if (++this.#values > maxValues)
      fail('LIMIT_EXCEEDED', `the JSON document has more than ${maxValues} values, at character ${this.#offset}`);
    if (next === '{') return this.#object(depth);
    if (next === '[') return this.#array(depth);
    if (next === '"') return this.#string();
    const word = this.#word(next);
    return word === undefined ? Number(this.#digits()) : word;
  }

  /** Checks a value without building it. */
  #check(depth: number): JsonKind {
    const next = this.#next(depth);
    if (next === '{') {
      this.#members(() => this.#check(depth + 1));
      return 'object';
    }
    if (next === '[') {
      this.#items(() => this.#check(depth + 1));
      return 'array';
    }
    if (next === '"') {
      this.#checkString();
      return 'string';
    }
    const word = this.#word(next);
    if (word === undefined) this.#digits();
    return word === undefined ? 'number' : word === null ? 'null' : 'boolean';
  }

  #word(next: string | undefined): boolean | null | undefined {
    const word = words.get(next);
    if (word === undefined || !this.#text.startsWith(String(word), this.#offset)) return undefined;
    this.#offset += String(word).length;
    return word;
  }

  #digits(): string {
    number.lastIndex = this.#offset;
    if (!number.test(this.#text)) this.#fail('expected a JSON value');
    const digits = this.#text.slice(this.#offset, number.lastIndex);
    this.#offset = number.lastIndex;
    return digits;
  }

  #object(depth: number): JsonObject {
    const members: Record<string, JsonValue> = Object.create(null);
    this.#offset++;
    this.#skip();
    if (this.#take('}')) return members;
    do {
      const name = this.#name();
      if (name in members) this.#failTwice(name);
      this.#colon();
      members[name] = this.#value(depth + 1);
      this.#skip();
    } while (this.#take(','));
    if (!this.#take('}')) this.#fail('expected "," or "}" in a JSON object');
    return members;
  }

  /** Visits the members of an object. Only their names are kept, until its end. */
  #members(member: (name: string) => void): void {
    this.#offset++;
    this.#skip();
    if (this.#take('}')) return;
    let first: string | undefined;
    let names: Set<string> | undefined;
    do {
      const name = this.#name();
      if (name === first || names?.has(name)) this.#failTwice(name);
      if (first === undefined) first = name;
      else {
        names ??= new Set();
        names.add(name);
        if (++this.#names > maxNames)
          fail(
            'LIMIT_EXCEEDED',
            `the JSON document has objects with more than ${maxNames} members in total, at character ${this.#offset}`,
          );
      }
      this.#colon();
      member(name);
      this.#skip();
    } while (this.#take(','));
    if (!this.#take('}')) this.#fail('expected "," or "}" in a JSON object');
    this.#names -= names?.size ?? 0;
  }

  #name(): string {
    this.#skip();
    if (this.#text[this.#offset] !== '"') this.#fail('expected a member name');
    return this.#string();
  }

  #colon(): void {
    this.#skip();
    if (!this.#take(':')) this.#fail('expected ":"');
  }

  #failTwice(name: string): never {
    this.#fail(`the JSON member ${JSON.stringify(name.slice(0, 80))} occurs twice`);
  }

  #array(depth: number): readonly JsonValue[] {
    const items: JsonValue[] = [];
    this.#items(() => items.push(this.#value(depth + 1)));
    return items;
  }

  #items(item: () => void): void {
    this.#offset++;
    this.#skip();
    if (this.#take(']')) return;
    do {
      item();
      this.#skip();
    } while (this.#take(','));
    if (!this.#take(']')) this.#fail('expected "," or "]" in a JSON array');
  }

  #string(): string {
    const start = this.#offset;
    const contents = this.#contents();
    if (!contents.includes('\\')) return this.#detached(contents);
    try {
      return JSON.parse(`"${contents}"`);
    } catch {
      return this.#failEscape(start);
    }
  }

  /** Copies a short piece of a long text: engines keep the whole text as long as a piece of it. */
  #detached(piece: string): string {
    const isSmall = this.#text.length > longText && piece.length > 12 && piece.length < this.#text.length / 4;
    return isSmall ? (decodeUtf8(utf8(piece)) ?? piece) : piece;
  }

  #checkString(): void {
    const start = this.#offset;
    const contents = this.#contents();
    for (let at = contents.indexOf('\\'); at !== -1; at = contents.indexOf('\\', at)) {
      escapeSequence.lastIndex = at;
      if (!escapeSequence.test(contents)) this.#failEscape(start);
      at = escapeSequence.lastIndex;
    }
  }

  #failEscape(start: number): never {
    this.#offset = start;
    this.#fail('invalid escape in a JSON string');
  }

  /** Returns the text between the quotes, as it is written. */
  #contents(): string {
    const start = this.#offset;
    let end = this.#text.indexOf('"', start + 1);
    while (end !== -1 && this.#escaped(end)) end = this.#text.indexOf('"', end + 1);
    if (end === -1) this.#fail('unterminated JSON string');
    const contents = this.#text.slice(start + 1, end);
    if (control.test(contents)) this.#fail('control character in a JSON string');
    this.#offset = end + 1;
    return contents;
  }

  /** Reports whether the quote at this offset has an odd number of backslashes before it. */
  #escaped(quote: number): boolean {
    let offset = quote;
    while (this.#text[offset - 1] === '\\') offset--;
    return (quote - offset) % 2 === 1;
  }

  #skip(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#offset);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#offset++;
    }
  }

  #take(character: string): boolean {
    if (this.#text[this.#offset] !== character) return false;
    this.#offset++;
    return true;
  }

  #fail(problem: string): never {
    fail('JSON_INVALID', `${problem}, at character ${this.#offset}`);
  }
}

/** The words of JSON, by their first letter. */
const words: ReadonlyMap<string | undefined, boolean | null> = new Map<string | undefined, boolean | null>([
  ['t', true],
  ['f', false],
  ['n', null],
]);
