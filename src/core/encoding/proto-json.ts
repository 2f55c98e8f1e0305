/**
 * Reads the JSON form of protocol buffers (proto3 JSON mapping) that Sigstore's bundles, roots and answers use:
 * lowerCamelCase or snake_case names, 64-bit integers as strings or numbers, a missing member equal to the default value.
 */

import { type ErrorCode, fail, reading } from '../errors/index.ts';
import { decodeBase64 } from './base64.ts';
import { isWellFormed } from './bytes.ts';
import { type JsonLimits, type JsonObject, type JsonValue, parseJsonObject } from './json.ts';
import { asList, asObject, asText } from './json-reader.ts';

/** The members of a message: the shape of a message, or of each message in a list; `true` for other values. */
export interface ProtoShape {
  readonly [member: string]: ProtoShape | true;
}

/** The largest number of messages in a list. */
const maxMessages = 1024;

/** One place in a message, with its path, so that each error says where it is. */
export class ProtoField {
  readonly #value: JsonValue | undefined;
  readonly #code: ErrorCode;
  readonly path: string;

  private constructor(value: JsonValue | undefined, code: ErrorCode, path: string) {
    // A null is an absent field in every position (proto3 JSON mapping).
    this.#value = value === null ? undefined : value;
    this.#code = code;
    this.path = path;
  }

  /** Reads a document. Every error in it, now or later, has this code. */
  static parse(input: string | Uint8Array, code: ErrorCode, what: string, limits?: Partial<JsonLimits>): ProtoField {
    const value = reading(code, what, () => parseJsonObject(input, limits));
    return value === undefined
      ? new ProtoField([], code, what).fail('is not an object')
      : new ProtoField(value, code, what);
  }

  get present(): boolean {
    return this.#value !== undefined;
  }

  /** Returns a member of this message; an absent one if the message is absent. */
  field(name: string): ProtoField {
    const path = `${this.path}.${name}`;
    if (this.#value === undefined) return new ProtoField(undefined, this.#code, path);
    const members = this.#object();
    const snake = snakeCase(name);
    if (snake !== name && name in members && snake in members)
      fail(this.#code, `${path} occurs twice, also as ${snake}`);
    return new ProtoField(members[name] ?? members[snake], this.#code, path);
  }

  /** Returns the items of a repeated field; none if it is absent. */
  list(max: number): readonly ProtoField[] {
    if (this.#value === undefined) return [];
    const items = asList(this.#value) ?? this.fail('is not a list');
    if (items.length > max) fail('LIMIT_EXCEEDED', `${this.path} has ${items.length} items; the limit is ${max}`);
    return items.map((item, index) => {
      if (item === null) fail(this.#code, `${this.path}[${index}] is null`);
      return new ProtoField(item, this.#code, `${this.path}[${index}]`);
    });
  }

  /** Demands that this message, and each message in it, has no members but those of the shape, by either of their names. */
  demandShape(shape: ProtoShape): void {
    const value = this.#value;
    if (value === undefined) return;
    if (Array.isArray(value)) {
      for (const item of this.list(maxMessages)) item.demandShape(shape);
      return;
    }
    // A value that should be a message and is none is refused where it is read.
    const members = asObject(value);
    if (members === undefined) return;
    // Each member has two names; `field` would not find a mixture of them.
    const names = namesOf(shape);
    for (const written of Object.keys(members)) {
      const name = names.get(written) ?? this.fail(`has an unknown member ${JSON.stringify(written.slice(0, 80))}`);
      const inner = shape[name];
      if (inner !== undefined && inner !== true) this.field(name).demandShape(inner);
    }
  }

  /** Returns a string; empty if absent. */
  string(): string {
    const value = asText(this.#value ?? '') ?? this.fail('is not a string');
    // Strings of protocol buffers are UTF-8, which cannot encode a lone surrogate.
    return isWellFormed(value) ? value : this.fail('contains a lone surrogate');
  }

  /** Returns a string that must be present and not empty. */
  text(): string {
    return this.string() || this.fail('is missing');
  }

  boolean(): boolean {
    const value = this.#value ?? false;
    return typeof value === 'boolean' ? value : this.fail('is not a boolean');
  }

  /** Returns a non-negative 64-bit integer, written as a string of digits or a safe number; 0 if absent. */
  uint64(): bigint {
    const value = this.#value ?? 0;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
    if (typeof value === 'string' && /^(?:0|[1-9]\d{0,18})$/.test(value)) {
      const integer = BigInt(value);
      if (integer < 2n ** 63n) return integer;
    }
    return this.fail('is not a non-negative 64-bit integer');
  }

  /** Returns a non-negative integer that a number can hold exactly; 0 if absent. */
  safeInteger(): number {
    const value = Number(this.uint64());
    return Number.isSafeInteger(value) ? value : this.fail('is too large');
  }

  /**
   * Returns bytes, written in base64 of the standard or the URL-safe alphabet, as protojson takes it: with or without padding, also in
   * lines. No signature covers the text; signatures cover the bytes.
   */
  bytes(): Uint8Array<ArrayBuffer> {
    const written = asText(this.#value ?? '') ?? this.fail('is not a string');
    if (written.length % 4 === 0 && !/[-_\n]/.test(written)) return this.#decoded(written);
    const text = written.replace(/\r?\n/g, '');
    if (/[-_]/.test(text) && /[+/]/.test(text)) this.fail('mixes the standard and the URL-safe base64 alphabet');
    const standard = text.replaceAll('-', '+').replaceAll('_', '/');
    const padding = standard.endsWith('=') ? 0 : (4 - (standard.length % 4)) % 4;
    return this.#decoded(standard + '='.repeat(padding));
  }

  #decoded(text: string): Uint8Array<ArrayBuffer> {
    return reading(this.#code, this.path, () => decodeBase64(text));
  }

  /** Returns bytes that must be present and not empty. */
  data(): Uint8Array<ArrayBuffer> {
    const bytes = this.bytes();
    return bytes.length > 0 ? bytes : this.fail('is missing');
  }

  /** Returns an enum value, written as its name or number; `undefined` for one that is not in the table. */
  enum<T extends string>(table: Readonly<Record<T, number>>): T | undefined {
    const value = this.#value ?? 0;
    for (const name of Object.keys(table) as T[]) if (name === value || table[name] === value) return name;
    return typeof value === 'string' || typeof value === 'number' ? undefined : this.fail('is not an enum value');
  }

  /** Returns a point in time (RFC 3339), or `undefined` if absent. */
  time(): Date | undefined {
    if (this.#value === undefined) return undefined;
    const text = this.string();
    const shape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
    const [, local = ''] = shape.exec(text) ?? [];
    const date = new Date(text);
    const there = new Date(`${local}Z`);
    // Date rolls 30 February over to March: the local time must come back as it was.
    const exists =
      !Number.isNaN(date.getTime()) && !Number.isNaN(there.getTime()) && there.toISOString().startsWith(local);
    return local !== '' && exists ? date : this.fail('is not a valid time (RFC 3339)');
  }

  fail(problem: string): never {
    fail(this.#code, `${this.path} ${problem}`);
  }

  #object(): JsonObject {
    return asObject(this.#value) ?? this.fail('is not an object');
  }
}

const snakeNames = new Map<string, string>();

/** Returns `inclusionProof` as `inclusion_proof`. Only names in our source come here, so the cache is small. */
function snakeCase(name: string): string {
  const snake = snakeNames.get(name) ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  snakeNames.set(name, snake);
  return snake;
}

const shapeNames = new WeakMap<ProtoShape, ReadonlyMap<string, string>>();

/** Returns the members of a shape, by each of their two names. */
function namesOf(shape: ProtoShape): ReadonlyMap<string, string> {
  const names = shapeNames.get(shape) ?? new Map(Object.keys(shape).flatMap((name) => bothNames(name)));
  shapeNames.set(shape, names);
  return names;
}

function bothNames(name: string): readonly (readonly [string, string])[] {
  return [
    [name, name],
    [snakeCase(name), name],
  ];
}
