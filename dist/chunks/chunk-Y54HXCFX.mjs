import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  parseJson
} from "./chunk-4Z2FOAEY.mjs";
import {
  isWellFormed,
  utf8
} from "./chunk-E6Z6BNYX.mjs";
import {
  fail,
  reading
} from "./chunk-4KXGZMC2.mjs";

// src/core/encoding/base64.ts
var alphabet = utf8("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
var padding = 61;
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
  const binary = decodeLoosely(text);
  if (binary === void 0 || btoa(binary) !== text) refuse(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
function decodeLoosely(text) {
  try {
    return atob(text);
  } catch {
    return void 0;
  }
}
function refuse(text) {
  if (text.length % 4 !== 0) fail("BASE64_INVALID", "base64 whose length is not a multiple of four");
  const foreign = text.replace(/={1,2}$/, "").search(/[^A-Za-z0-9+/]/);
  if (foreign !== -1) fail("BASE64_INVALID", `a character that is not base64, at character ${foreign}`);
  return fail("BASE64_INVALID", "base64 whose spare bits are not zero");
}

// src/core/encoding/proto-json.ts
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
  /** Reads a document; every failure in it, now or later, has this code. */
  static parse(input, code, what, limits) {
    const value = reading(code, what, () => parseJson(input, limits));
    const root = new _ProtoField(value, code, what);
    root.#object();
    return root;
  }
  get present() {
    return this.#value !== void 0;
  }
  /** A member of this message. Absent if the message is. */
  field(name) {
    const path = `${this.path}.${name}`;
    if (this.#value === void 0) return new _ProtoField(void 0, this.#code, path);
    const members = this.#object();
    const snake = snakeCase(name);
    if (snake !== name && name in members && snake in members)
      fail(this.#code, `${path} is there twice, also as ${snake}`);
    return new _ProtoField(members[name] ?? members[snake], this.#code, path);
  }
  /** The items of a repeated field; none if it is absent. */
  list(max) {
    if (this.#value === void 0) return [];
    if (!Array.isArray(this.#value)) this.fail("is not a list");
    if (this.#value.length > max)
      fail("LIMIT_EXCEEDED", `${this.path} has ${this.#value.length} items; at most ${max} are read`);
    return this.#value.map((item, index) => {
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
    if (typeof value !== "object" || value === null) return;
    const names = namesOf(shape);
    for (const written of Object.keys(value)) {
      const name = names.get(written) ?? this.fail(`has a member ${JSON.stringify(written.slice(0, 80))}, which is not known`);
      const inner = shape[name];
      if (inner !== void 0 && inner !== true) this.field(name).demandShape(inner);
    }
  }
  /** A string; empty if absent. */
  string() {
    const value = this.#value ?? "";
    if (typeof value !== "string") this.fail("is not a string");
    return isWellFormed(value) ? value : this.fail("holds half of a character");
  }
  /** A string that is there and not empty. */
  text() {
    return this.string() || this.fail("is missing");
  }
  boolean() {
    const value = this.#value ?? false;
    return typeof value === "boolean" ? value : this.fail("is not true or false");
  }
  /** A non-negative 64-bit integer, as a string of digits or a safe number; 0 if absent. */
  uint64() {
    const value = this.#value ?? 0;
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
    if (typeof value === "string" && /^(?:0|[1-9]\d{0,18})$/.test(value)) {
      const integer = BigInt(value);
      if (integer < 2n ** 63n) return integer;
    }
    return this.fail("is not a non-negative 64-bit integer");
  }
  /**
   * Bytes in base64 of the standard or the URL-safe alphabet, as protojson takes it: with or without padding, also in lines. The text
   * of a message is under no signature; what it stands for is.
   */
  bytes() {
    const written = this.#value ?? "";
    if (typeof written !== "string") this.fail("is not a string");
    if (written.length % 4 === 0 && !/[-_\n]/.test(written)) return this.#decoded(written);
    const text = written.replace(/\r?\n/g, "");
    if (/[-_]/.test(text) && /[+/]/.test(text)) this.fail("is base64 of two alphabets at once");
    const standard = text.replaceAll("-", "+").replaceAll("_", "/");
    const padding2 = standard.endsWith("=") ? 0 : (4 - standard.length % 4) % 4;
    return this.#decoded(standard + "=".repeat(padding2));
  }
  #decoded(text) {
    return reading(this.#code, this.path, () => decodeBase64(text));
  }
  /** Bytes that are there and not empty. */
  data() {
    const bytes = this.bytes();
    return bytes.length > 0 ? bytes : this.fail("is missing");
  }
  /** An enum value by its name or number; `undefined` for one that is not in the table. */
  enum(table) {
    const value = this.#value ?? 0;
    for (const name of Object.keys(table)) if (name === value || table[name] === value) return name;
    return typeof value === "string" || typeof value === "number" ? void 0 : this.fail("is not an enum value");
  }
  /** A point in time (RFC 3339), or `undefined` if absent. */
  time() {
    if (this.#value === void 0) return void 0;
    const text = this.string();
    const shape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
    const [, local = ""] = shape.exec(text) ?? [];
    const date = new Date(text);
    const there = /* @__PURE__ */ new Date(`${local}Z`);
    const exists = !Number.isNaN(date.getTime()) && !Number.isNaN(there.getTime()) && there.toISOString().startsWith(local);
    return local !== "" && exists ? date : this.fail("is not a time (RFC 3339)");
  }
  fail(problem) {
    fail(this.#code, `${this.path} ${problem}`);
  }
  #object() {
    const value = this.#value;
    if (typeof value !== "object" || value === null || Array.isArray(value)) this.fail("is not an object");
    return value;
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
  encodeBase64,
  decodeBase64,
  ProtoField
};
