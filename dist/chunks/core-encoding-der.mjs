import { decodeUtf8, isWellFormed, readUint, utf8 } from "./core-encoding-json.mjs";
import { fail, reading } from "./core-errors-codes.mjs";
var alphabet = utf8("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
var padding = 61;
var foreign = 255;
var values = new Uint8Array(256).fill(foreign);
for (const [value, character] of alphabet.entries()) values[character] = value;
var decoder = new TextDecoder();
function encodeBase64(bytes) {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  for (let i = 0, out = 0; i < bytes.length; i += 3, out += 4) {
    const left = bytes.length - i;
    const group = (bytes[i] ?? 0) << 16 | (bytes[i + 1] ?? 0) << 8 | (bytes[i + 2] ?? 0);
    text[out] = digit(group >> 18);
    text[out + 1] = digit(group >> 12);
    text[out + 2] = left > 1 ? digit(group >> 6) : padding;
    text[out + 3] = left > 2 ? digit(group) : padding;
  }
  return decoder.decode(text);
}
function digit(bits) {
  return alphabet[bits & 63] ?? padding;
}
function decodeBase64(text) {
  const digits = text.length - paddingOf(text);
  const bytes = new Uint8Array(Math.floor(digits * 3 / 4));
  let [group, bits, at] = [0, 0, 0];
  for (let index = 0; index < digits; index++) {
    const value = values[text.charCodeAt(index)] ?? foreign;
    if (value === foreign) refuse(text);
    group = (group << 6 | value) & 65535;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = group >> bits;
  }
  if (text.length % 4 !== 0 || (group & (1 << bits) - 1) !== 0) refuse(text);
  return bytes;
}
function paddingOf(text) {
  return text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
}
function refuse(text) {
  if (text.length % 4 !== 0) fail("BASE64_INVALID", "the length of the base64 text is not a multiple of 4");
  const at = text.slice(0, text.length - paddingOf(text)).search(/[^A-Za-z0-9+/]/);
  if (at !== -1) fail("BASE64_INVALID", `invalid base64 character at position ${at}`);
  return fail("BASE64_INVALID", "the unused bits of the base64 text are not zero");
}

var tags = {
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  null: 5,
  objectIdentifier: 6,
  utf8String: 12,
  sequence: 48,
  set: 49,
  printableString: 19,
  ia5String: 22,
  utcTime: 23,
  generalizedTime: 24
};
function contextTag(number, form) {
  return (form === "constructed" ? 160 : 128) | number;
}
var maxObjectIdentifierLength = 64;
var maxNumberLength = 4096;
var maxNamedBitsLength = 9;
var DerReader = class _DerReader {
  #bytes;
  #offset = 0;
  constructor(bytes) {
    this.#bytes = bytes;
  }
  get done() {
    return this.#offset === this.#bytes.length;
  }
  /** Returns the tag of the next element, or `undefined` at the end. */
  get nextTag() {
    return this.#bytes[this.#offset];
  }
  /** Reads the next element, whatever its tag. */
  any() {
    const start = this.#offset;
    const tag = this.#byte("tag");
    if ((tag & 31) === 31) this.#fail(start, "multi-byte tags are not supported");
    const length = this.#length();
    const from = this.#offset;
    if (length > this.#bytes.length - from)
      this.#fail(start, `the length ${length} exceeds the remaining ${this.#bytes.length - from} bytes`);
    this.#offset = from + length;
    return { tag, der: this.#bytes.subarray(start, this.#offset), contents: this.#bytes.subarray(from, this.#offset) };
  }
  /** Reads the next element, which must have this tag. */
  element(tag) {
    const start = this.#offset;
    const found = this.nextTag;
    if (found !== tag) {
      this.#fail(
        start,
        `expected tag 0x${tag.toString(16)}, found ${found === void 0 ? "nothing" : `0x${found.toString(16)}`}`
      );
    }
    return this.any();
  }
  /** Reads the next element if it has this tag. */
  optional(tag) {
    return this.nextTag === tag ? this.any() : void 0;
  }
  sequence() {
    return new _DerReader(this.element(tags.sequence).contents);
  }
  set() {
    return new _DerReader(this.element(tags.set).contents);
  }
  boolean() {
    const start = this.#offset;
    const { contents } = this.element(tags.boolean);
    if (contents.length !== 1 || contents[0] !== 0 && contents[0] !== 255)
      this.#fail(start, "a BOOLEAN is neither 00 nor ff");
    return contents[0] === 255;
  }
  /** Reads the contents of an INTEGER: two's complement, minimal. */
  integerBytes() {
    const start = this.#offset;
    const { contents } = this.element(tags.integer);
    const [first, second] = contents;
    if (first === void 0) this.#fail(start, "an INTEGER is empty");
    const padded = second !== void 0 && (first === 0 && second < 128 || first === 255 && second >= 128);
    if (padded) this.#fail(start, "an INTEGER is not minimally encoded");
    return contents;
  }
  /** Reads a non-negative INTEGER. */
  unsigned() {
    const start = this.#offset;
    const contents = this.integerBytes();
    if ((contents[0] ?? 0) >= 128) this.#fail(start, "an INTEGER is negative");
    if (contents.length > maxNumberLength)
      this.#fail(start, `an INTEGER has ${contents.length} bytes; the limit is ${maxNumberLength}`);
    return readUint(contents);
  }
  /** Reads an OBJECT IDENTIFIER, in dotted form. */
  oid() {
    const start = this.#offset;
    const { contents } = this.element(tags.objectIdentifier);
    if (contents.length === 0 || contents.length > maxObjectIdentifierLength)
      this.#fail(start, "an OBJECT IDENTIFIER is empty or too long");
    const arcs = [];
    let arc = 0;
    let fresh = true;
    for (const byte of contents) {
      if (fresh && byte === 128) this.#fail(start, "an OBJECT IDENTIFIER is not minimally encoded");
      arc = nextArc(arc, byte & 127);
      fresh = byte < 128;
      if (fresh) {
        arcs.push(arc);
        arc = 0;
      }
    }
    if (!fresh) this.#fail(start, "an OBJECT IDENTIFIER is truncated");
    const [head = 0, ...rest] = arcs;
    const first = head < 40 ? 0 : head < 80 ? 1 : 2;
    return [first, BigInt(head) - BigInt(first) * 40n, ...rest].join(".");
  }
  octetString() {
    return this.element(tags.octetString).contents;
  }
  /** Reads the bytes of a BIT STRING of whole bytes. */
  bitString() {
    const start = this.#offset;
    const { contents } = this.element(tags.bitString);
    if (contents[0] !== 0) this.#fail(start, "a BIT STRING does not consist of whole bytes");
    return contents.subarray(1);
  }
  /** Reads the numbers of the bits that are set in a named-bit BIT STRING (X.690, 11.2.2: no trailing zero bits). */
  namedBits() {
    const start = this.#offset;
    const { contents } = this.element(tags.bitString);
    if (contents.length > maxNamedBitsLength)
      this.#fail(start, `a named bit list has ${contents.length} bytes; the limit is ${maxNamedBitsLength}`);
    const [unused, ...bytes] = contents;
    const last = bytes.at(-1);
    if (unused === void 0 || unused > 7) this.#fail(start, "a BIT STRING has an invalid number of unused bits");
    if (last === void 0 ? unused !== 0 : (last & (2 << unused) - 1) !== 1 << unused) {
      this.#fail(start, "a named bit list is not minimally encoded");
    }
    const set = /* @__PURE__ */ new Set();
    for (const [index, byte] of bytes.entries()) {
      for (let bit = 0; bit < 8; bit++) if (byte & 128 >> bit) set.add(index * 8 + bit);
    }
    return set;
  }
  utf8String() {
    const start = this.#offset;
    return decodeUtf8(this.element(tags.utf8String).contents) ?? this.#fail(start, "a UTF8String is not valid UTF-8");
  }
  null() {
    const start = this.#offset;
    if (this.element(tags.null).contents.length !== 0) this.#fail(start, "a NULL is not empty");
  }
  /** Reads a `Time` of X.509 (RFC 5280, section 4.1.2.5): UTCTime from 1950 to 2049, else GeneralizedTime, whole seconds, `Z`. */
  time() {
    const start = this.#offset;
    if (this.nextTag === tags.generalizedTime) {
      const digits2 = ascii(this.any().contents);
      if (!/^\d{14}Z$/.test(digits2)) this.#fail(start, "a GeneralizedTime does not have the form YYYYMMDDHHMMSSZ");
      if (/^(?:19[5-9]|20[0-4])/.test(digits2))
        this.#fail(start, "a GeneralizedTime has a year for which UTCTime is required");
      return this.#date(start, digits2);
    }
    const digits = ascii(this.element(tags.utcTime).contents);
    if (!/^\d{12}Z$/.test(digits)) this.#fail(start, "a UTCTime does not have the form YYMMDDHHMMSSZ");
    return this.#date(start, `${Number(digits.slice(0, 2)) < 50 ? "20" : "19"}${digits}`);
  }
  /** Reads a GeneralizedTime: `YYYYMMDDHHMMSS[.fraction]Z`, the fraction without trailing zeros. */
  generalizedTime() {
    const start = this.#offset;
    const digits = ascii(this.element(tags.generalizedTime).contents);
    if (!/^\d{14}(?:\.\d*[1-9])?Z$/.test(digits))
      this.#fail(start, "a GeneralizedTime does not have the form YYYYMMDDHHMMSSZ");
    return this.#date(start, digits);
  }
  /** Demands that nothing follows. */
  end() {
    if (!this.done) this.#fail(this.#offset, "unexpected data after the end");
  }
  #date(start, text) {
    const [, year, month, day, hour, minute, second, fraction = ""] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(text) ?? this.#fail(start, "the time is malformed");
    const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
    const date = /* @__PURE__ */ new Date(`${iso}${fraction}Z`);
    if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(iso))
      this.#fail(start, `the time ${text} does not exist`);
    return date;
  }
  #byte(what) {
    const byte = this.#bytes[this.#offset];
    if (byte === void 0) this.#fail(this.#offset, `expected a ${what}, found the end`);
    this.#offset++;
    return byte;
  }
  #length() {
    const start = this.#offset;
    const first = this.#byte("length");
    if (first < 128) return first;
    const width = first & 127;
    if (width === 0) this.#fail(start, "indefinite lengths are not allowed");
    if (width > 4) this.#fail(start, "a length has more than 4 bytes");
    let length = 0;
    for (let i = 0; i < width; i++) length = length * 256 + this.#byte("length");
    if (length < 128 || length < 256 ** (width - 1)) this.#fail(start, "a length is not minimally encoded");
    return length;
  }
  #fail(offset, problem) {
    fail("DER_INVALID", `${problem}, at byte ${offset}`);
  }
};
function nextArc(arc, bits) {
  return typeof arc === "number" && arc < 2 ** 40 ? arc * 128 + bits : BigInt(arc) * 128n + BigInt(bits);
}
function readDer(bytes, read) {
  const reader = new DerReader(bytes);
  const value = read(reader);
  reader.end();
  return value;
}
function readSequence(bytes, read) {
  return readDer(
    readDer(bytes, (der) => der.element(tags.sequence).contents),
    read
  );
}
function ascii(bytes) {
  return bytes.length > 64 ? "" : String.fromCharCode(...bytes);
}

var foreign2 = /[^0-9a-f]/;
var pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
function encodeHex(bytes) {
  let text = "";
  for (const byte of bytes) text += pairs[byte];
  return text;
}
function decodeHex(text) {
  if (text.length % 2 !== 0 || foreign2.test(text))
    fail("HEX_INVALID", "the text is not lower-case hexadecimal with an even number of digits");
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

import { parseJsonObject } from "./core-encoding-json.mjs";

import { asList, asObject, asText } from "./core-encoding-json.mjs";

var maxMessages = 1024;
var ProtoField = class _ProtoField {
  #value;
  #code;
  path;
  constructor(value, code, path) {
    this.#value = value === null ? void 0 : value;
    this.#code = code;
    this.path = path;
  }
  /** Reads a document. Every error in it, now or later, has this code. */
  static parse(input, code, what, limits) {
    const value = reading(code, what, () => parseJsonObject(input, limits));
    return value === void 0 ? new _ProtoField([], code, what).fail("is not an object") : new _ProtoField(value, code, what);
  }
  get present() {
    return this.#value !== void 0;
  }
  /** Returns a member of this message; an absent one if the message is absent. */
  field(name) {
    const path = `${this.path}.${name}`;
    if (this.#value === void 0) return new _ProtoField(void 0, this.#code, path);
    const members = this.#object();
    const snake = snakeCase(name);
    if (snake !== name && name in members && snake in members)
      fail(this.#code, `${path} occurs twice, also as ${snake}`);
    return new _ProtoField(members[name] ?? members[snake], this.#code, path);
  }
  /** Returns the items of a repeated field; none if it is absent. */
  list(max) {
    if (this.#value === void 0) return [];
    const items = asList(this.#value) ?? this.fail("is not a list");
    if (items.length > max) fail("LIMIT_EXCEEDED", `${this.path} has ${items.length} items; the limit is ${max}`);
    return items.map((item, index) => {
      if (item === null) fail(this.#code, `${this.path}[${index}] is null`);
      return new _ProtoField(item, this.#code, `${this.path}[${index}]`);
    });
  }
  /** Demands that this message, and each message in it, has no members but those of the shape, by either of their names. */
  demandShape(shape) {
    const value = this.#value;
    if (value === void 0) return;
    if (Array.isArray(value)) {
      for (const item of this.list(maxMessages)) item.demandShape(shape);
      return;
    }
    const members = asObject(value);
    if (members === void 0) return;
    const names = namesOf(shape);
    for (const written of Object.keys(members)) {
      const name = names.get(written) ?? this.fail(`has an unknown member ${JSON.stringify(written.slice(0, 80))}`);
      const inner = shape[name];
      if (inner !== void 0 && inner !== true) this.field(name).demandShape(inner);
    }
  }
  /** Returns a string; empty if absent. */
  string() {
    const value = asText(this.#value ?? "") ?? this.fail("is not a string");
    return isWellFormed(value) ? value : this.fail("contains a lone surrogate");
  }
  /** Returns a string that must be present and not empty. */
  text() {
    return this.string() || this.fail("is missing");
  }
  boolean() {
    const value = this.#value ?? false;
    return typeof value === "boolean" ? value : this.fail("is not a boolean");
  }
  /** Returns a non-negative 64-bit integer, written as a string of digits or a safe number; 0 if absent. */
  uint64() {
    const value = this.#value ?? 0;
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
    if (typeof value === "string" && /^(?:0|[1-9]\d{0,18})$/.test(value)) {
      const integer = BigInt(value);
      if (integer < 2n ** 63n) return integer;
    }
    return this.fail("is not a non-negative 64-bit integer");
  }
  /** Returns a non-negative integer that a number can hold exactly; 0 if absent. */
  safeInteger() {
    const value = Number(this.uint64());
    return Number.isSafeInteger(value) ? value : this.fail("is too large");
  }
  /**
   * Returns bytes, written in base64 of the standard or the URL-safe alphabet, as protojson takes it: with or without padding, also in
   * lines. No signature covers the text; signatures cover the bytes.
   */
  bytes() {
    const written = asText(this.#value ?? "") ?? this.fail("is not a string");
    if (written.length % 4 === 0 && !/[-_\n]/.test(written)) return this.#decoded(written);
    const text = written.replace(/\r?\n/g, "");
    if (/[-_]/.test(text) && /[+/]/.test(text)) this.fail("mixes the standard and the URL-safe base64 alphabet");
    const standard = text.replaceAll("-", "+").replaceAll("_", "/");
    const padding2 = standard.endsWith("=") ? 0 : (4 - standard.length % 4) % 4;
    return this.#decoded(standard + "=".repeat(padding2));
  }
  #decoded(text) {
    return reading(this.#code, this.path, () => decodeBase64(text));
  }
  /** Returns bytes that must be present and not empty. */
  data() {
    const bytes = this.bytes();
    return bytes.length > 0 ? bytes : this.fail("is missing");
  }
  /** Returns an enum value, written as its name or number; `undefined` for one that is not in the table. */
  enum(table) {
    const value = this.#value ?? 0;
    for (const name of Object.keys(table)) if (name === value || table[name] === value) return name;
    return typeof value === "string" || typeof value === "number" ? void 0 : this.fail("is not an enum value");
  }
  /** Returns a point in time (RFC 3339), or `undefined` if absent. */
  time() {
    if (this.#value === void 0) return void 0;
    const text = this.string();
    const shape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
    const [, local = ""] = shape.exec(text) ?? [];
    const date = new Date(text);
    const there = /* @__PURE__ */ new Date(`${local}Z`);
    const exists = !Number.isNaN(date.getTime()) && !Number.isNaN(there.getTime()) && there.toISOString().startsWith(local);
    return local !== "" && exists ? date : this.fail("is not a valid time (RFC 3339)");
  }
  fail(problem) {
    fail(this.#code, `${this.path} ${problem}`);
  }
  #object() {
    return asObject(this.#value) ?? this.fail("is not an object");
  }
};
var snakeNames = /* @__PURE__ */ new Map();
function snakeCase(name) {
  const snake = snakeNames.get(name) ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  snakeNames.set(name, snake);
  return snake;
}
var shapeNames = /* @__PURE__ */ new WeakMap();
function namesOf(shape) {
  const names = shapeNames.get(shape) ?? new Map(Object.keys(shape).flatMap((name) => bothNames(name)));
  shapeNames.set(shape, names);
  return names;
}
function bothNames(name) {
  return [
    [name, name],
    [snakeCase(name), name]
  ];
}
export {
  DerReader,
  ProtoField,
  contextTag,
  decodeBase64,
  decodeHex,
  encodeBase64,
  encodeHex,
  readDer,
  readSequence,
  tags
};
