import { concatBytes, decodeUtf8, isWellFormed, readUint, uintBytes, utf8 } from "./core-encoding-json.mjs";
import { fail, reading } from "./core-errors-codes.mjs";
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
    readDer(bytes, (der2) => der2.element(tags.sequence).contents),
    read
  );
}
function ascii(bytes) {
  return bytes.length > 64 ? "" : String.fromCharCode(...bytes);
}

import { decodeBase64, encodeBase64 } from "./core-encoding-json.mjs";

var block = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n([A-Za-z0-9+/=\r\n]+?)\r?\n-----END \1-----(?:\r?\n|$)/y;
function encodePem(label, der2) {
  const lines = encodeBase64(der2).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----
${lines.join("\n")}
-----END ${label}-----
`;
}
function decodePem(label, text) {
  const blocks = [];
  const trimmed = text.trim();
  block.lastIndex = 0;
  while (block.lastIndex < trimmed.length) {
    const offset = block.lastIndex;
    const match = block.exec(trimmed);
    if (match === null) fail("PEM_INVALID", `expected a PEM block at character ${offset}`);
    if (match[1] !== label) fail("PEM_INVALID", `expected a PEM block "${label}", found another kind`);
    blocks.push(decodeBase64((match[2] ?? "").replace(/[\r\n]/g, "")));
  }
  const [first, ...others] = blocks;
  return first === void 0 ? fail("PEM_INVALID", "the text contains no PEM block") : [first, ...others];
}
function element(tag, ...contents) {
  let length = 0;
  for (const part of contents) length += part.length;
  return concatBytes(new Uint8Array([tag]), lengthBytes(length), ...contents);
}
function lengthBytes(length) {
  if (length < 128) return new Uint8Array([length]);
  const width = length < 256 ? 1 : length < 65536 ? 2 : length < 16777216 ? 3 : 4;
  return concatBytes(new Uint8Array([128 | width]), uintBytes(length, width));
}
function unsigned(bytes) {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const digits = bytes.subarray(start);
  return (digits[0] ?? 128) >= 128 ? element(tags.integer, new Uint8Array([0]), digits) : element(tags.integer, digits);
}
function oidContents(oid) {
  const [first = 0n, second = 0n, ...rest] = oid.split(".").map(BigInt);
  const bytes = [];
  for (const arc of [first * 40n + second, ...rest]) {
    const groups = [Number(arc & 0x7fn)];
    for (let high = arc >> 7n; high > 0n; high >>= 7n) groups.unshift(Number(high & 0x7fn) | 128);
    bytes.push(...groups);
  }
  return new Uint8Array(bytes);
}
function timeDigits(time) {
  return `${time.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`;
}
var der = {
  element,
  sequence: (...elements) => element(tags.sequence, ...elements),
  /** SET OF: the elements in ascending order of their encodings (X.690, 11.6). */
  set: (...elements) => element(tags.set, ...[...elements].sort(compareBytes)),
  boolean: (value) => element(tags.boolean, new Uint8Array([value ? 255 : 0])),
  integer: (value) => {
    const hex = BigInt(value).toString(16);
    return unsigned(uintBytes(value, Math.ceil(hex.length / 2)));
  },
  unsigned,
  oid: (oid) => element(tags.objectIdentifier, oidContents(oid)),
  octetString: (bytes) => element(tags.octetString, bytes),
  bitString: (bytes) => element(tags.bitString, new Uint8Array([0]), bytes),
  /** A named-bit BIT STRING of the bits with these numbers, trailing zero bits left out. */
  namedBits: (...bits) => {
    if (bits.length === 0) return element(tags.bitString, new Uint8Array([0]));
    const last = Math.max(...bits);
    const bytes = new Uint8Array(Math.floor(last / 8) + 1);
    for (const bit of bits) {
      const index = Math.floor(bit / 8);
      bytes[index] = (bytes[index] ?? 0) | 128 >> bit % 8;
    }
    return element(tags.bitString, new Uint8Array([7 - last % 8]), bytes);
  },
  null: () => element(tags.null),
  utf8String: (text) => element(tags.utf8String, utf8(text)),
  printableString: (text) => element(tags.printableString, utf8(text)),
  /** UTCTime from 1950 to 2049, else GeneralizedTime (RFC 5280, section 4.1.2.5). */
  time: (time) => time.getUTCFullYear() >= 1950 && time.getUTCFullYear() < 2050 ? element(tags.utcTime, utf8(timeDigits(time).slice(2))) : element(tags.generalizedTime, utf8(timeDigits(time))),
  generalizedTime: (time) => element(tags.generalizedTime, utf8(timeDigits(time))),
  /** `[number] EXPLICIT`, or an implicitly tagged constructed element. */
  context: (number, ...contents) => element(contextTag(number, "constructed"), ...contents),
  /** An implicitly tagged primitive element. */
  contextPrimitive: (number, contents) => element(contextTag(number, "primitive"), contents)
};
function compareBytes(a, b) {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

import { asList, asObject, asText, parseJsonObject } from "./core-encoding-json.mjs";

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
    const padding = standard.endsWith("=") ? 0 : (4 - standard.length % 4) % 4;
    return this.#decoded(standard + "=".repeat(padding));
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
  decodePem,
  der,
  encodePem,
  readDer,
  readSequence,
  tags
};
