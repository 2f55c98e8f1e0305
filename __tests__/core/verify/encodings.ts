/** DER that is no longer DER: each element of a certificate, token or signature, encoded as BER allows, or followed by more. */

import { concatBytes, equalBytes } from '../../../src/core/encoding/index.ts';

export interface Encoding {
  readonly what: string;
  /** The place of the element whose encoding changes. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

interface Element {
  readonly tag: number;
  readonly offset: number;
  /** The bytes before the inner elements: for a BIT STRING, the count of unused bits. */
  readonly prefix: Uint8Array;
  /** The elements inside; of a primitive one its contents. */
  readonly inside: readonly Element[] | Uint8Array;
}

type Writer = (tag: number, contents: Uint8Array) => Uint8Array;

const none = new Uint8Array();

/** The ways in which an element may be written wrong. */
const wrongs: Readonly<Record<string, Writer>> = {
  'a length in more bytes than it needs': (tag, contents) =>
    concatBytes(new Uint8Array([tag, 0x84, ...uint32(contents.length)]), contents),
  'indefinite lengths are not allowed': (tag, contents) =>
    concatBytes(new Uint8Array([tag, 0x80]), contents, new Uint8Array(2)),
  'a length one too long': (tag, contents) => concatBytes(header(tag, contents.length + 1), contents),
  'a length one too short': (tag, contents) => concatBytes(header(tag, Math.max(0, contents.length - 1)), contents),
  'a NULL after it': (tag, contents) => concatBytes(right(tag, contents), new Uint8Array([5, 0])),
  'a byte after it': (tag, contents) => concatBytes(right(tag, contents), new Uint8Array(1)),
  'it twice': (tag, contents) => concatBytes(right(tag, contents), right(tag, contents)),
};

/** Every element written wrong in every way; the lengths around it are right again. */
export function* encodings(der: Uint8Array): Generator<Encoding> {
  const root = elementAt(der, 0);
  for (const { offset } of elementsIn(root)) {
    for (const [what, wrong] of Object.entries(wrongs)) {
      const bytes = encode(root, offset, wrong);
      if (!equalBytes(bytes, der)) yield { what, offset, bytes };
    }
  }
}

function right(tag: number, contents: Uint8Array): Uint8Array {
  return concatBytes(header(tag, contents.length), contents);
}

function header(tag: number, length: number): Uint8Array {
  if (length < 0x80) return new Uint8Array([tag, length]);
  const digits = uint32(length).filter(
    (byte, at, all) => byte !== 0 || all.slice(0, at).some((earlier) => earlier !== 0),
  );
  return new Uint8Array([tag, 0x80 | digits.length, ...digits]);
}

function uint32(value: number): readonly number[] {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);
}

function encode({ tag, offset, prefix, inside }: Element, at: number, wrong: Writer): Uint8Array {
  const contents =
    inside instanceof Uint8Array ? inside : concatBytes(...inside.map((element) => encode(element, at, wrong)));
  return (offset === at ? wrong : right)(tag, concatBytes(prefix, contents));
}

function* elementsIn(element: Element): Generator<Element> {
  yield element;
  if (!(element.inside instanceof Uint8Array)) for (const inner of element.inside) yield* elementsIn(inner);
}

function elementAt(bytes: Uint8Array, base: number): Element {
  const [element] = elementsOf(bytes, base) ?? [];
  if (element === undefined) throw new Error('not DER');
  return element;
}

/** The elements that bytes are, one after another; `undefined` if they are none. */
function elementsOf(bytes: Uint8Array, base: number): readonly Element[] | undefined {
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [tag = 0, first = 0] = bytes.subarray(at);
    const width = first < 0x80 ? 0 : first & 0x7f;
    if (at + 2 + width > bytes.length || first === 0x80 || width > 3) return undefined;
    const digits = bytes.subarray(at + 2, at + 2 + width);
    const length = first < 0x80 ? first : digits.reduce((sum, digit) => sum * 256 + digit, 0);
    const start = at + 2 + width;
    if (start + length > bytes.length) return undefined;
    elements.push({ tag, offset: base + at, ...inside(tag, bytes.subarray(start, start + length), base + start) });
    at = start + length;
  }
  return elements;
}

/** Returns the contents of a constructed element, or of a string that holds another encoding. */
function inside(tag: number, contents: Uint8Array, base: number): Pick<Element, 'prefix' | 'inside'> {
  const isString = tag === 0x03 || tag === 0x04;
  const prefix = tag === 0x03 ? contents.subarray(0, 1) : none;
  const rest = contents.subarray(prefix.length);
  const holds = (tag & 0x20) !== 0 || (isString && rest[0] === 0x30);
  return { prefix, inside: (holds ? elementsOf(rest, base + prefix.length) : undefined) ?? rest };
}
