/** Reads YAML by the tables in this folder. Errors name the line and the column. */

import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { fail } from '../../../core/errors/index.ts';
import {
  fileLimits,
  type KeyTable,
  type ListShape,
  type MapShape,
  type Shape,
  type SwitchShape,
  type TextShape,
  type TextSyntax,
} from './shape.ts';

/** A text, with its place in the file, counted from 1. */
export interface PlacedText {
  readonly value: string;
  readonly line: number;
}

/** The value that a shape describes. */
export type Read<Form extends Shape> = Form extends TextShape
  ? PlacedText
  : Form extends SwitchShape
    ? boolean
    : Form extends ListShape<infer Item>
      ? readonly Read<Item>[]
      : Form extends MapShape<infer Keys>
        ? ReadMap<Keys> & ReadShort<Form>
        : never;

type ReadMap<Keys extends KeyTable> = { readonly line: number } & {
  readonly [Key in keyof Keys as Keys[Key] extends { required: true } ? Key : never]: Read<Keys[Key]['shape']>;
} & {
  readonly [Key in keyof Keys as Keys[Key] extends { required: true } ? never : Key]?: Read<Keys[Key]['shape']>;
};

type ReadShort<Form> = Form extends { short: { key: infer Key extends string } }
  ? { readonly [Name in Key]?: PlacedText }
  : unknown;

/** A key of a mapping with its value. */
export interface Entry {
  readonly key: unknown;
  readonly value: unknown;
}

/** A name that is not one of those that are known. {@link withSuggestion} turns it into an error with a suggestion. */
export class UnknownName extends Error {
  readonly place: string;
  readonly given: string;
  readonly known: readonly string[];
  readonly remedy: string;

  constructor(message: string, place: string, given: string, known: readonly string[], remedy: string) {
    super(message);
    this.place = place;
    this.given = given;
    this.known = known;
    this.remedy = remedy;
  }
}

export class YamlReader {
  readonly #path: string;
  readonly #lines = new LineCounter();
  readonly #root: Node | null;
  readonly #patterns = new Map<string, RegExp>();
  #items = 0;

  /** @throws CountersignError `POLICY_INVALID` for invalid YAML, `LIMIT_EXCEEDED` */
  constructor(text: string, path: string) {
    this.#path = path;
    if (text.length > fileLimits.file)
      fail('LIMIT_EXCEEDED', `the policy file ${path} is too large: the limit is ${fileLimits.file} characters`);
    this.#root = this.#parse(text);
  }

  get root(): unknown {
    return this.#root;
  }

  #parse(text: string): Node | null {
    demandShallow(text, this.#path);
    // With strings alone: `on` is not true, and no ID loses digits as a number. Keys are compared below, which the parser does in
    // quadratic time.
    const options = { schema: 'failsafe', lineCounter: this.#lines, uniqueKeys: false, prettyErrors: false } as const;
    const { errors, warnings, contents } = parseDocument(text, options);
    const [problem] = [...errors, ...warnings];
    // After the first line the parser may quote the file, whose text is not trusted.
    if (problem !== undefined)
      fail('POLICY_INVALID', `${this.#place(problem.pos[0])}: ${problem.message.replace(/\n.*/s, '')}`);
    return contents;
  }

  /** Reads the value of a shape. */
  read<const Form extends Shape>(node: unknown, name: string, shape: Form): Read<Form> {
    // Each branch returns what `Read` says about its shape.
    return this.#read(node, name, shape) as Read<Form>;
  }

  #read(node: unknown, name: string, shape: Shape): unknown {
    switch (shape.kind) {
      case 'text':
        return this.text(node, name, shape.syntax);
      case 'switch':
        return this.switch(node, name);
      case 'list':
        return this.items(node, name, shape).map((item) => this.#read(item, name, shape.of));
      case 'map':
        return this.#object(node, name, shape);
    }
  }

  #object(node: unknown, name: string, shape: MapShape): unknown {
    const { short, keys } = shape;
    if (short !== undefined && isScalar(node)) {
      const text = this.text(node, name, short.syntax);
      return { line: text.line, [short.key]: text };
    }
    const values: Record<string, unknown> = { line: this.line(node) };
    for (const [key, { value }] of this.entries(node, name, shape)) {
      const row = keys[key];
      if (row !== undefined) values[key] = this.#read(value, key, row.shape);
    }
    return values;
  }

  /** Reads a mapping, and checks its keys. */
  entries(node: unknown, name: string, shape: MapShape): ReadonlyMap<string, Entry> {
    const { keys, exactlyOne, atLeastOne, onlyWith } = shape;
    const quoted = JSON.stringify(name);
    if (!isMap(node)) return this.refuse(node, `${quoted} is not a mapping`, aliasRemedy(node));
    const entries = this.keysOf(node, quoted);
    for (const [key, { key: keyNode }] of entries) if (!Object.hasOwn(keys, key)) this.#unknownKey(keyNode, key, shape);
    if (entries.size === 0) this.refuse(node, `${quoted} is empty`);
    for (const [key, row] of Object.entries(keys))
      if (row.required === true && !entries.has(key)) this.refuse(node, `${shape.what} has no "${key}"`, row.about);
    if (exactlyOne !== undefined) this.#demandOne(node, entries, exactlyOne, shape);
    if (atLeastOne !== undefined && !atLeastOne.some((key) => entries.has(key)))
      this.refuse(node, `${shape.what} has none of ${quoteAll(atLeastOne)}`, 'Add at least one of them.');
    for (const [key, other] of Object.entries(onlyWith ?? {}))
      if (entries.has(key) && !entries.has(other))
        this.refuse(entries.get(key)?.key, `"${key}" is used without "${other}"`, `Add "${other}", or omit "${key}".`);
    return entries;
  }

  #demandOne(node: unknown, entries: ReadonlyMap<string, Entry>, keys: readonly string[], shape: MapShape): void {
    const [first, second] = keys.filter((key) => entries.has(key));
    if (first === undefined) this.refuse(node, `${shape.what} has none of ${quoteAll(keys)}`, 'Use one of them.');
    if (second !== undefined)
      this.refuse(entries.get(second)?.key, `${shape.what} has both "${first}" and "${second}"`, 'Use one of them.');
  }

  /** Returns the entries of a mapping by their keys. */
  keysOf(node: unknown, what: string): ReadonlyMap<string, Entry> {
    if (!isMap(node)) return this.refuse(node, `${what} is not a mapping`, aliasRemedy(node));
    const entries = new Map<string, Entry>();
    for (const { key, value } of node.items) {
      if (!isScalar(key) || typeof key.value !== 'string')
        return this.refuse(key, `${what} has a key that is not a string`);
      if (entries.has(key.value)) this.refuse(key, `${short(key.value)} occurs twice`, 'Keep one of them.');
      entries.set(key.value, { key, value });
    }
    return entries;
  }

  /** Returns the items of a list. One text may stand for a list of texts. */
  items(node: unknown, name: string, { of }: ListShape): readonly unknown[] {
    if (!isSeq(node)) {
      if (of.kind === 'text') return this.#counted([node]);
      return this.refuse(
        node,
        `${JSON.stringify(name)} is not a list`,
        aliasRemedy(node) ?? 'Begin each item with "- ".',
      );
    }
    if (node.items.length === 0) this.refuse(node, `${JSON.stringify(name)} is an empty list`);
    return this.#counted(node.items);
  }

  #counted(items: readonly unknown[]): readonly unknown[] {
    this.#items += items.length;
    if (this.#items > fileLimits.watched)
      fail('LIMIT_EXCEEDED', `${this.placeOf(items[0])}: the lists of the policy file have more than 100,000 items`);
    return items;
  }

  switch(node: unknown, name: string): boolean {
    const { value } = this.#scalar(node, name);
    return (
      value === 'true' || (value !== 'false' && this.refuse(node, `${JSON.stringify(name)} must be true or false`))
    );
  }

  text(node: unknown, name: string, syntax: TextSyntax): PlacedText {
    const text = this.#scalar(node, name);
    const { value } = text;
    const message = `${JSON.stringify(name)} is ${short(value)}, which is not ${syntax.what}`;
    if (value.length > fileLimits.text)
      fail(
        'LIMIT_EXCEEDED',
        `${this.placeOf(node)}: ${JSON.stringify(name)} has more than ${fileLimits.text} characters`,
      );
    const { names, pattern, remedy } = syntax;
    if (names !== undefined && !names.includes(value))
      throw new UnknownName(message, this.placeOf(node), value, names, remedy);
    if (pattern !== undefined && !this.#compiled(pattern).test(value)) this.refuse(node, message, remedy);
    return text;
  }

  #scalar(node: unknown, name: string): PlacedText {
    if (!isScalar(node) || typeof node.value !== 'string')
      return this.refuse(node, `${JSON.stringify(name)} is not a string`, aliasRemedy(node));
    // A key without a value is more likely a mistake than meant.
    if (node.value === '' || (node.type === 'PLAIN' && /^(?:~|null|Null|NULL)$/.test(node.value)))
      this.refuse(node, `${JSON.stringify(name)} is empty`);
    return { value: node.value, line: this.line(node) };
  }

  #compiled(pattern: string): RegExp {
    const compiled = this.#patterns.get(pattern) ?? new RegExp(pattern, 'u');
    this.#patterns.set(pattern, compiled);
    return compiled;
  }

  #unknownKey(node: unknown, key: string, { key: what, keys }: MapShape): never {
    // Options of other tools have no description, and are not suggested.
    const known = Object.keys(keys).filter((each) => keys[each]?.about !== '');
    const remedy = `Use one of ${known.join(', ')}.`;
    throw new UnknownName(`${short(key)} is not ${what}`, this.placeOf(node), key, known, remedy);
  }

  refuse(node: unknown, message: string, remedy?: string): never {
    return fail('POLICY_INVALID', `${this.placeOf(node)}: ${message}`, remedy === undefined ? {} : { remedy });
  }

  line(node: unknown): number {
    return this.#lines.linePos(offsetOf(node)).line;
  }

  placeOf(node: unknown): string {
    return this.#place(offsetOf(node));
  }

  #place(offset: number): string {
    const { line, col } = this.#lines.linePos(offset);
    return `${this.#path}:${line}:${col}`;
  }
}

/**
 * Runs a reader. If it finds an unknown name, the error suggests the known one that is nearest.
 *
 * @throws CountersignError `POLICY_INVALID`
 */
export async function withSuggestion<Value>(read: () => Value): Promise<Value> {
  try {
    return read();
  } catch (failure) {
    if (!(failure instanceof UnknownName)) throw failure;
    const { nearestName } = await import('./nearest-name.ts');
    const nearest = nearestName(failure.given, failure.known);
    const suggestion = nearest === undefined ? '' : `Did you mean ${JSON.stringify(nearest)}? `;
    return fail('POLICY_INVALID', `${failure.place}: ${failure.message}`, { remedy: `${suggestion}${failure.remedy}` });
  }
}

/** Refuses a file that is nested so deeply that the parser, which is recursive, could exhaust the memory. */
export function demandShallow(text: string, path: string): void {
  let [line, flow, block] = [1, 0, 0];
  let isIndentation = true;
  for (const character of text) {
    if (character === '\n') {
      line++;
      block = 0;
      isIndentation = true;
    } else if (character === '[' || character === '{') flow++;
    else if (character === ']' || character === '}') flow = Math.max(0, flow - 1);
    // Spaces, and the indicators that begin a block in a block on the same line.
    if (isIndentation && ' \t-?:'.includes(character)) block++;
    else if (character !== '\n') isIndentation = false;
    if (flow > fileLimits.nesting || block > fileLimits.indentation)
      fail('POLICY_INVALID', `${path}:${line}:1: the policy file is nested too deeply`, {
        remedy: 'Check the brackets and the indentation of this line.',
      });
  }
}

function offsetOf(node: unknown): number {
  return (node as Partial<Node> | null | undefined)?.range?.[0] ?? 0;
}

function aliasRemedy(node: unknown): string | undefined {
  return isAlias(node) ? 'Write the value out. YAML aliases are not supported.' : undefined;
}

/** Returns a text of the file for an error. */
function short(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}

function quoteAll(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
