var encoder = new TextEncoder();
var decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
function utf8(text) {
  return encoder.encode(text);
}
function isWellFormed(text) {
  return !/[\ud800-\udfff]/.test(text) || !new RegExp("\\p{Surrogate}", "u").test(text);
}
function decodeUtf8(bytes) {
  try {
    return decoder.decode(bytes);
  } catch {
    return void 0;
  }
}
function concatBytes(...parts) {
  let length = 0;
  for (const part of parts) length += part.length;
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
function equalBytes(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
function uintBytes(value, width) {
  const bytes = new Uint8Array(width);
  let rest = BigInt(value);
  for (let i = width - 1; i >= 0; i--) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  if (rest !== 0n) throw new RangeError(`${value} does not fit in ${width} bytes`);
  return bytes;
}
function readUint(bytes) {
  let hex = "";
  for (let at = 0; at < bytes.length; at += 4096)
    hex += Array.from(bytes.subarray(at, at + 4096), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex === "" ? 0n : BigInt(`0x${hex}`);
}

function asObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : void 0;
}
function asList(value) {
  return Array.isArray(value) ? value : void 0;
}
function asText(value) {
  return typeof value === "string" ? value : void 0;
}
function memberAt(value, ...path) {
  return path.reduce((inner, name) => asObject(inner)?.[name], value);
}

import { fail } from "./core-errors-codes.mjs";

var defaults = { maxLength: 16 * 1024 * 1024, maxDepth: 64, maxValues: 25e4 };
var maxNames = 5e5;
var longText = 64 * 1024;
function parseJson(input, limits = {}) {
  return parserOf(input, limits).document();
}
function parseJsonObject(input, limits = {}) {
  return parserOf(input, limits).objectOfDocument();
}
function parseJsonMembers(input, names, limits = {}) {
  return parserOf(input, limits).membersOfDocument(new Set(names));
}
function parserOf(input, limits) {
  const all = { ...defaults, ...limits };
  const { maxLength } = all;
  if (input.length > maxLength)
    fail("LIMIT_EXCEEDED", `the JSON document has ${input.length} bytes; the limit is ${maxLength}`);
  const text = typeof input === "string" ? input : decodeUtf8(input) ?? fail("JSON_INVALID", "the JSON document is not valid UTF-8");
  return new Parser(text, all);
}
var number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
var control = /[\u0000-\u001f]/;
var escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
var Parser = class {
  #text;
  #limits;
  #offset = 0;
  #values = 0;
  #names = 0;
  constructor(text, limits) {
    this.#text = text;
    this.#limits = limits;
  }
  document() {
    const value = this.#value(0);
    this.#end();
    return value;
  }
  objectOfDocument() {
    const isObject = this.#next(0) === "{";
    const object = isObject ? this.#object(0) : void 0;
    if (!isObject) this.#check(0);
    this.#end();
    return object;
  }
  membersOfDocument(names) {
    if (this.#next(0) !== "{") {
      this.#check(0);
      this.#end();
      return void 0;
    }
    const members = /* @__PURE__ */ Object.create(null);
    const others = /* @__PURE__ */ new Map();
    this.#members((name) => {
      if (names.has(name)) members[name] = this.#value(1);
      else others.set(name, this.#check(1));
    });
    this.#end();
    return { members, others };
  }
  #end() {
    this.#skip();
    if (this.#offset !== this.#text.length) this.#fail("unexpected text after the JSON value");
  }
  /** Returns the first character of the next value. */
  #next(depth) {
    this.#skip();
    const next = this.#text[this.#offset];
    const { maxDepth } = this.#limits;
    if (depth === maxDepth && (next === "{" || next === "["))
      fail(
        "LIMIT_EXCEEDED",
        `the JSON document is nested more than ${maxDepth} levels deep, at character ${this.#offset}`
      );
    return next;
  }
  #value(depth) {
    const next = this.#next(depth);
    const { maxValues } = this.#limits;
    if (++this.#values > maxValues)
      fail("LIMIT_EXCEEDED", `the JSON document has more than ${maxValues} values, at character ${this.#offset}`);
    if (next === "{") return this.#object(depth);
    if (next === "[") return this.#array(depth);
    if (next === '"') return this.#string();
    const word = this.#word(next);
    return word === void 0 ? Number(this.#digits()) : word;
  }
  /** Checks a value without building it. */
  #check(depth) {
    const next = this.#next(depth);
    if (next === "{") {
      this.#members(() => this.#check(depth + 1));
      return "object";
    }
    if (next === "[") {
      this.#items(() => this.#check(depth + 1));
      return "array";
    }
    if (next === '"') {
      this.#checkString();
      return "string";
    }
    const word = this.#word(next);
    if (word === void 0) this.#digits();
    return word === void 0 ? "number" : word === null ? "null" : "boolean";
  }
  #word(next) {
    const word = words.get(next);
    if (word === void 0 || !this.#text.startsWith(String(word), this.#offset)) return void 0;
    this.#offset += String(word).length;
    return word;
  }
  #digits() {
    number.lastIndex = this.#offset;
    if (!number.test(this.#text)) this.#fail("expected a JSON value");
    const digits = this.#text.slice(this.#offset, number.lastIndex);
    this.#offset = number.lastIndex;
    return digits;
  }
  #object(depth) {
    const members = /* @__PURE__ */ Object.create(null);
    this.#offset++;
    this.#skip();
    if (this.#take("}")) return members;
    do {
      const name = this.#name();
      if (name in members) this.#failTwice(name);
      this.#colon();
      members[name] = this.#value(depth + 1);
      this.#skip();
    } while (this.#take(","));
    if (!this.#take("}")) this.#fail('expected "," or "}" in a JSON object');
    return members;
  }
  /** Visits the members of an object. Only their names are kept, until its end. */
  #members(member) {
    this.#offset++;
    this.#skip();
    if (this.#take("}")) return;
    let first;
    let names;
    do {
      const name = this.#name();
      if (name === first || names?.has(name)) this.#failTwice(name);
      if (first === void 0) first = name;
      else {
        names ??= /* @__PURE__ */ new Set();
        names.add(name);
        if (++this.#names > maxNames)
          fail(
            "LIMIT_EXCEEDED",
            `the JSON document has objects with more than ${maxNames} members in total, at character ${this.#offset}`
          );
      }
      this.#colon();
      member(name);
      this.#skip();
    } while (this.#take(","));
    if (!this.#take("}")) this.#fail('expected "," or "}" in a JSON object');
    this.#names -= names?.size ?? 0;
  }
  #name() {
    this.#skip();
    if (this.#text[this.#offset] !== '"') this.#fail("expected a member name");
    return this.#string();
  }
  #colon() {
    this.#skip();
    if (!this.#take(":")) this.#fail('expected ":"');
  }
  #failTwice(name) {
    this.#fail(`the JSON member ${JSON.stringify(name.slice(0, 80))} occurs twice`);
  }
  #array(depth) {
    const items = [];
    this.#items(() => items.push(this.#value(depth + 1)));
    return items;
  }
  #items(item) {
    this.#offset++;
    this.#skip();
    if (this.#take("]")) return;
    do {
      item();
      this.#skip();
    } while (this.#take(","));
    if (!this.#take("]")) this.#fail('expected "," or "]" in a JSON array');
  }
  #string() {
    const start = this.#offset;
    const contents = this.#contents();
    if (!contents.includes("\\")) return this.#detached(contents);
    try {
      return JSON.parse(`"${contents}"`);
    } catch {
      return this.#failEscape(start);
    }
  }
  /** Copies a short piece of a long text: engines keep the whole text as long as a piece of it. */
  #detached(piece) {
    const isSmall = this.#text.length > longText && piece.length > 12 && piece.length < this.#text.length / 4;
    return isSmall ? decodeUtf8(utf8(piece)) ?? piece : piece;
  }
  #checkString() {
    const start = this.#offset;
    const contents = this.#contents();
    for (let at = contents.indexOf("\\"); at !== -1; at = contents.indexOf("\\", at)) {
      escapeSequence.lastIndex = at;
      if (!escapeSequence.test(contents)) this.#failEscape(start);
      at = escapeSequence.lastIndex;
    }
  }
  #failEscape(start) {
    this.#offset = start;
    this.#fail("invalid escape in a JSON string");
  }
  /** Returns the text between the quotes, as it is written. */
  #contents() {
    const start = this.#offset;
    let end = this.#text.indexOf('"', start + 1);
    while (end !== -1 && this.#escaped(end)) end = this.#text.indexOf('"', end + 1);
    if (end === -1) this.#fail("unterminated JSON string");
    const contents = this.#text.slice(start + 1, end);
    if (control.test(contents)) this.#fail("control character in a JSON string");
    this.#offset = end + 1;
    return contents;
  }
  /** Reports whether the quote at this offset has an odd number of backslashes before it. */
  #escaped(quote) {
    let offset = quote;
    while (this.#text[offset - 1] === "\\") offset--;
    return (quote - offset) % 2 === 1;
  }
  #skip() {
    for (; ; ) {
      const code = this.#text.charCodeAt(this.#offset);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.#offset++;
    }
  }
  #take(character) {
    if (this.#text[this.#offset] !== character) return false;
    this.#offset++;
    return true;
  }
  #fail(problem) {
    fail("JSON_INVALID", `${problem}, at character ${this.#offset}`);
  }
};
var words = /* @__PURE__ */ new Map([
  ["t", true],
  ["f", false],
  ["n", null]
]);
export {
  asList,
  asObject,
  asText,
  concatBytes,
  decodeUtf8,
  equalBytes,
  isWellFormed,
  memberAt,
  parseJson,
  parseJsonMembers,
  parseJsonObject,
  readUint,
  uintBytes,
  utf8
};
