import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  decodeUtf8
} from "./chunk-E6Z6BNYX.mjs";
import {
  fail
} from "./chunk-4KXGZMC2.mjs";

// src/core/encoding/json.ts
var defaults = { maxLength: 16 * 1024 * 1024, maxDepth: 64 };
function parseJson(input, limits = {}) {
  const { maxLength, maxDepth } = { ...defaults, ...limits };
  if (input.length > maxLength) fail("LIMIT_EXCEEDED", `JSON of ${input.length} bytes; at most ${maxLength} are read`);
  const text = typeof input === "string" ? input : decodeUtf8(input) ?? fail("JSON_INVALID", "JSON that is not UTF-8");
  return new Parser(text, maxDepth).document();
}
var number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
var control = /[\u0000-\u001f]/;
var Parser = class {
  #text;
  #maxDepth;
  #offset = 0;
  constructor(text, maxDepth) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }
  document() {
    const value = this.#value(0);
    this.#skip();
    if (this.#offset !== this.#text.length) this.#fail("something after the value");
    return value;
  }
  #value(depth) {
    this.#skip();
    const next = this.#text[this.#offset];
    if (depth === this.#maxDepth && (next === "{" || next === "[")) {
      fail("LIMIT_EXCEEDED", `JSON nested more than ${this.#maxDepth} deep, at character ${this.#offset}`);
    }
    if (next === "{") return this.#object(depth);
    if (next === "[") return this.#array(depth);
    if (next === '"') return this.#string();
    const word = words.get(next);
    if (word !== void 0 && this.#text.startsWith(String(word), this.#offset)) {
      this.#offset += String(word).length;
      return word;
    }
    number.lastIndex = this.#offset;
    if (!number.test(this.#text)) this.#fail("no value");
    const digits = this.#text.slice(this.#offset, number.lastIndex);
    this.#offset = number.lastIndex;
    return Number(digits);
  }
  #object(depth) {
    const members = /* @__PURE__ */ Object.create(null);
    this.#offset++;
    this.#skip();
    if (this.#take("}")) return members;
    do {
      this.#skip();
      if (this.#text[this.#offset] !== '"') this.#fail("no member name");
      const name = this.#string();
      if (name in members) this.#fail(`two members named ${JSON.stringify(name.slice(0, 80))}`);
      this.#skip();
      if (!this.#take(":")) this.#fail("no colon");
      members[name] = this.#value(depth + 1);
      this.#skip();
    } while (this.#take(","));
    if (!this.#take("}")) this.#fail("an object that does not end");
    return members;
  }
  #array(depth) {
    const items = [];
    this.#offset++;
    this.#skip();
    if (this.#take("]")) return items;
    do {
      items.push(this.#value(depth + 1));
      this.#skip();
    } while (this.#take(","));
    if (!this.#take("]")) this.#fail("an array that does not end");
    return items;
  }
  #string() {
    const start = this.#offset;
    let end = this.#text.indexOf('"', start + 1);
    while (end !== -1 && this.#escaped(end)) end = this.#text.indexOf('"', end + 1);
    if (end === -1) this.#fail("a string that does not end");
    const contents = this.#text.slice(start + 1, end);
    if (control.test(contents)) this.#fail("a string with a control character");
    this.#offset = end + 1;
    if (!contents.includes("\\")) return contents;
    try {
      return JSON.parse(`"${contents}"`);
    } catch {
      this.#offset = start;
      this.#fail("a string with a wrong escape");
    }
  }
  /** Whether the quote at this offset has an odd number of backslashes before it. */
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
  parseJson
};
