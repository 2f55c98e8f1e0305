/**
 * JSON (RFC 8259) from strangers: bounded in size and depth, no duplicate member names.
 *
 * JSON.parse keeps the last of two members with one name; another reader of the same bytes may keep the first,
 * and the two would then verify different things.
 */

import { fail } from '../errors/index.ts';
import { decodeUtf8 } from './bytes.ts';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

export interface JsonLimits {
  /** Bytes (of a text given as bytes) or UTF-16 code units. */
  readonly maxLength: number;
  /** Levels of nested arrays and objects. */
  readonly maxDepth: number;
}

const defaults: JsonLimits = { maxLength: 16 * 1024 * 1024, maxDepth: 64 };

/**
 * The value of a JSON text. Objects have no prototype, so that a member named `__proto__` is only a member.
 *
 * @throws CountersignError `JSON_INVALID`, with the offset; `LIMIT_EXCEEDED` if it is too long or too deep
 */
export function parseJson(input: string | Uint8Array, limits: Partial<JsonLimits> = {}): JsonValue {
  const { maxLength, maxDepth } = { ...defaults, ...limits };
  if (input.length > maxLength) fail('LIMIT_EXCEEDED', `JSON of ${input.length} bytes; at most ${maxLength} are read`);
  const text =
    typeof input === 'string' ? input : (decodeUtf8(input) ?? fail('JSON_INVALID', 'JSON that is not UTF-8'));
  return new Parser(text, maxDepth).document();
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259, section 7, forbids exactly these
const control = /[\u0000-\u001f]/;

class Parser {
  readonly #text: string;
  readonly #maxDepth: number;
  #offset = 0;

  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }

  document(): JsonValue {
    const value = this.#value(0);
    this.#skip();
    if (this.#offset !== this.#text.length) this.#fail('something after the value');
    return value;
  }

  #value(depth: number): JsonValue {
    this.#skip();
    const next = this.#text[this.#offset];
    if (depth === this.#maxDepth && (next === '{' || next === '[')) {
      fail('LIMIT_EXCEEDED', `JSON nested more than ${this.#maxDepth} deep, at character ${this.#offset}`);
    }
    if (next === '{') return this.#object(depth);
    if (next === '[') return this.#array(depth);
    if (next === '"') return this.#string();
    const word = words.get(next);
    if (word !== undefined && this.#text.startsWith(String(word), this.#offset)) {
      this.#offset += String(word).length;
      return word;
    }
    number.lastIndex = this.#offset;
    if (!number.test(this.#text)) this.#fail('no value');
    const digits = this.#text.slice(this.#offset, number.lastIndex);
    this.#offset = number.lastIndex;
    return Number(digits);
  }

  #object(depth: number): JsonObject {
    const members: Record<string, JsonValue> = Object.create(null);
    this.#offset++;
    this.#skip();
    if (this.#take('}')) return members;
    do {
      this.#skip();
      if (this.#text[this.#offset] !== '"') this.#fail('no member name');
      const name = this.#string();
      if (name in members) this.#fail(`two members named ${JSON.stringify(name.slice(0, 80))}`);
      this.#skip();
      if (!this.#take(':')) this.#fail('no colon');
      members[name] = this.#value(depth + 1);
      this.#skip();
    } while (this.#take(','));
    if (!this.#take('}')) this.#fail('an object that does not end');
    return members;
  }

  #array(depth: number): readonly JsonValue[] {
    const items: JsonValue[] = [];
    this.#offset++;
    this.#skip();
    if (this.#take(']')) return items;
    do {
      items.push(this.#value(depth + 1));
      this.#skip();
    } while (this.#take(','));
    if (!this.#take(']')) this.#fail('an array that does not end');
    return items;
  }

  #string(): string {
    const start = this.#offset;
    let end = this.#text.indexOf('"', start + 1);
    while (end !== -1 && this.#escaped(end)) end = this.#text.indexOf('"', end + 1);
    if (end === -1) this.#fail('a string that does not end');
    const contents = this.#text.slice(start + 1, end);
    if (control.test(contents)) this.#fail('a string with a control character');
    this.#offset = end + 1;
    if (!contents.includes('\\')) return contents;
    try {
      return JSON.parse(`"${contents}"`);
    } catch {
      this.#offset = start;
      this.#fail('a string with a wrong escape');
    }
  }

  /** Whether the quote at this offset has an odd number of backslashes before it. */
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
