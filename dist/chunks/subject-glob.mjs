import { beginsLikeImage, looksLikeImage } from "./node-safe-file-name.mjs";
import { checksumsLimits, parseChecksums } from "./subject-checksums.mjs";
import { byName, mapConcurrently } from "./node-concurrency.mjs";
import { isWithin, pathBelow } from "./core-bundle-read-bundle.mjs";
import { digestFile, digestFileWith } from "./subject-digest-file.mjs";
import { orUnreadable, readText } from "./node-links.mjs";
import { readRegularFile, digestLengths, equalDigests, formatDigest, isHashAlgorithm, parseDigest, toDigest } from "./node-regular-file.mjs";
import { decodeHex } from "./core-encoding-der.mjs";
import { parseJson, asList, asObject } from "./core-encoding-json.mjs";
import { CountersignError, fail, reading, systemCode } from "./core-errors-codes.mjs";
import { sep } from "node:path";
import { isAbsolute as isAbsolute3, resolve as resolve3 } from "node:path";
import * as nodeFiles from "node:fs/promises";
import { sep as sep2 } from "node:path";
import { isAbsolute, sep as sep3, win32 } from "node:path";
import { join, relative, resolve, sep as sep4 } from "node:path";
import { dirname, isAbsolute as isAbsolute2, resolve as resolve2 } from "node:path";
function unlikePath(text, separator = sep) {
  const [, scheme, rest = ""] = /^([a-z][a-z0-9+.-]+:\/\/)(.*)$/is.exec(text) ?? [];
  if (scheme !== void 0) {
    if (/^file:/i.test(scheme)) return { what: "a URL", remedy: "Specify the path of the file." };
    const isImage = looksLikeImage(rest) || beginsLikeImage(rest);
    const image = isImage ? ` If it is a container image, omit ${scheme}.` : "";
    return { what: "a URL", remedy: `Download the file, and specify its path.${image}` };
  }
  if (separator !== "/" || !text.includes("\\")) return void 0;
  const path = text.replaceAll("\\", "/").replace(/^([a-z]):\//i, (_, drive) => `/mnt/${drive.toLowerCase()}/`);
  const where = /^[a-z]:/i.test(text) ? " In the Windows Subsystem for Linux, that is usually" : " Write";
  return { what: "a Windows path", remedy: `Here, folders are separated by /.${where} ${path}.` };
}
function parseDigestLines(lines) {
  return lines.flatMap(
    (line, index) => line.trim() === "" ? [] : [parseLine(line.trim(), `\`digests\`, line ${index + 1}`)]
  );
}
function parseLine(line, origin) {
  const at = line.lastIndexOf("@");
  if (at === -1) malformed(origin, "has no @ between name and digest");
  const name = withoutTag(line.slice(0, at));
  if (name === "") malformed(origin, "has no name before the @");
  const [, algorithm = "", hex = ""] = /^([^:]*):(.*)$/s.exec(line.slice(at + 1)) ?? [];
  if (!isHashAlgorithm(algorithm)) malformed(origin, "has no sha256, sha384 or sha512 digest after the @");
  const length = digestLengths[algorithm] * 2;
  if (!/^[0-9a-f]*$/i.test(hex)) malformed(origin, "has a digest that is not hexadecimal");
  if (hex.length !== length) {
    malformed(origin, `has a digest of ${hex.length} digits; ${algorithm} requires ${length}`);
  }
  return { kind: "digest", name, digest: toDigest(algorithm, decodeHex(hex.toLowerCase())), origin };
}
var component = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
var host = "(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]+)?";
var taggedImage = new RegExp(`^((?:${host}/)?${component}(?:/${component})*):[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$`);
function withoutTag(name) {
  return taggedImage.exec(name)?.[1] ?? name;
}
function malformed(origin, problem) {
  fail("DIGEST_INVALID", `${origin} ${problem}`, {
    remedy: "Each digest must have the form `<name>@sha256:<64 hexadecimal digits>`. sha384 and sha512 are supported as well."
  });
}
var artifactsListLimit = 16 * 1024 * 1024;
var what = "$GITHUB_ARTIFACTS_LIST";
function parseArtifactsList(text) {
  if (text.trim() === "") return [];
  const list = objectOf(
    reading("JSON_INVALID", what, () => parseJson(text, { maxLength: artifactsListLimit, maxValues: 1e6 })),
    what
  );
  if (list.version !== 1) malformed2(`${what} has a version other than 1`);
  const subjects = asList(list.subjects) ?? malformed2(`${what} has no list of subjects`);
  return subjects.map((subject, index) => parseSubject(subject, `${what}, subject ${index + 1}`));
}
function parseSubject(value, origin) {
  const { name, digest, kind } = objectOf(value, origin);
  if (typeof name !== "string" || name === "") malformed2(`${origin} has no name`);
  if (typeof digest !== "string") malformed2(`${origin} has no digest`);
  if (kind !== "file" && kind !== "oci") malformed2(`${origin} is neither a file nor an OCI artifact`);
  const parsed = reading("DIGEST_INVALID", origin, () => parseDigest(digest));
  if (parsed.algorithm !== "sha256") {
    fail("DIGEST_INVALID", `${origin} has a ${parsed.algorithm} digest; only SHA-256 is supported`, {
      remedy: "Specify the digest with `digests` instead."
    });
  }
  return { kind: "digest", name: kind === "oci" ? withoutTag(name) : name, digest: parsed, origin };
}
function objectOf(value, place) {
  return asObject(value) ?? malformed2(`${place} is not an object`);
}
function malformed2(message) {
  fail("JSON_INVALID", message, {
    remedy: "The runner writes this file. Specify the subjects with `files` or `digests`, and report the content of the file."
  });
}
var slash = 47;
var dot = 46;
var end = 0;
var GlobMachine = class {
  #states = [{ before: [], beside: [], shy: false }];
  /** In an order in which nested and following ones stand before the outer one. */
  #negations = [];
  #start;
  #hidden;
  #steps = 0;
  constructor(nodes, hidden) {
    this.#hidden = hidden;
    this.#start = this.#sequence(nodes, end);
  }
  /** The number of states and transitions that have been visited so far. */
  get steps() {
    return this.#steps;
  }
  matches(name) {
    const found = new Int32Array(this.#states.length).fill(-1);
    const last = { here: [], found, place: 0, atDot: false };
    this.#add(end, last);
    this.#close(last);
    let { here } = last;
    for (let at = name.length - 1; at >= 0 && here.length > 0; at--) {
      const code = name.charCodeAt(at);
      const atDot = code === dot && (at === 0 || name.charCodeAt(at - 1) === slash);
      const next = { here: [], found, place: name.length - at, atDot };
      for (const state of here) {
        for (const [source, takes] of this.#states[state]?.before ?? []) {
          this.#steps++;
          if (takes(code)) this.#add(source, next);
        }
      }
      this.#close(next);
      here = next.here;
    }
    return found[this.#start] === name.length;
  }
  /** All that matches here as well without a character. */
  #close(place) {
    this.#spread(0, place);
    const { here, found } = place;
    for (const { state, wanted, refused } of here.length === 0 ? [] : this.#negations) {
      this.#steps++;
      if (found[wanted] !== place.place || found[refused] === place.place) continue;
      const from = here.length;
      this.#add(state, place);
      this.#spread(from, place);
    }
  }
  #spread(from, place) {
    for (let next = from; next < place.here.length; next++) {
      for (const beside of this.#states[place.here[next] ?? end]?.beside ?? []) {
        this.#steps++;
        this.#add(beside, place);
      }
    }
  }
  #add(state, { here, found, place, atDot }) {
    if (found[state] === place || atDot && !this.#hidden && this.#states[state]?.shy) return;
    found[state] = place;
    here.push(state);
  }
  #sequence(nodes, next) {
    return nodes.reduceRight((behind, node) => this.#node(node, behind), next);
  }
  /** The state in which this node, and then what is behind it, is to come. */
  #node(node, next) {
    switch (node.kind) {
      case "literal":
        return this.#taking(next, (code) => code === node.code);
      case "set":
        return this.#taking(next, (code) => node.has(code), node.shy);
      case "one":
        return this.#taking(next, isNoSlash, true);
      case "star":
        return this.#run(next, isNoSlash);
      case "any":
        return this.#run(next, () => true);
      case "parts":
        return this.#oneOf([next, this.#run(this.#taking(next, isSlash), () => true)]);
      case "below":
        return this.#oneOf([
          next,
          this.#taking(
            this.#run(next, () => true),
            isSlash
          )
        ]);
      case "group":
        return this.#group(node, next);
    }
  }
  #group({ operator, choices }, next) {
    const before = (behind) => choices.map((choice2) => this.#sequence(choice2, behind));
    if (operator === "@") return this.#oneOf(before(next));
    if (operator === "?") return this.#oneOf([next, ...before(next)]);
    if (operator === "!") return this.#negation(before(next), choices.some(holdsSlash), next);
    const again = this.#oneOf([next]);
    const choice = this.#oneOf(before(again));
    this.#states[choice]?.beside.push(again);
    return operator === "*" ? again : choice;
  }
  #negation(refused, overSlashes, next) {
    const wanted = this.#node({ kind: overSlashes ? "any" : "star" }, next);
    const state = this.#state();
    this.#negations.push({ state, wanted, refused: this.#oneOf(refused) });
    return state;
  }
  #state(shy = false) {
    return this.#states.push({ before: [], beside: [], shy }) - 1;
  }
  #taking(next, takes, shy = false) {
    const state = this.#state(shy);
    this.#states[next]?.before.push([state, takes]);
    return state;
  }
  #run(next, takes) {
    const state = this.#oneOf([next], true);
    this.#states[state]?.before.push([state, takes]);
    return state;
  }
  #oneOf(states, shy = false) {
    const state = this.#state(shy);
    for (const one of states) this.#states[one]?.beside.push(state);
    return state;
  }
};
function isSlash(code) {
  return code === slash;
}
function isNoSlash(code) {
  return code !== slash;
}
function holdsSlash(choice) {
  return choice.some(
    (node) => node.kind === "group" ? node.choices.some(holdsSlash) : node.kind === "literal" && node.code === slash
  );
}
var maxLength = 65536;
var maxNesting = 32;
var maxRange = 1e3;
var slash2 = 47;
var dot2 = 46;
var Glob = class {
  #options;
  #machine;
  /** One machine a part, as far as each part of the pattern matches one part of a name. */
  #parts;
  /** True if the rest of the pattern may match any number of parts. */
  #open;
  /** True if those parts may begin with a dot. */
  #openToDots;
  /** @throws CountersignError `USAGE` for a pattern that cannot be read */
  constructor(pattern, options) {
    this.#options = options;
    const nodes = new Reader(folded(pattern, options)).pattern();
    this.#machine = new GlobMachine(nodes, options.hidden);
    const parts = [[]];
    const end2 = nodes.findIndex(mayHoldSlash);
    for (const node of end2 === -1 ? nodes : nodes.slice(0, end2)) {
      if (isSlash2(node)) parts.push([]);
      else parts.at(-1)?.push(node);
    }
    if (nodes[end2]?.kind === "below") parts.push([]);
    this.#open = end2 !== -1;
    this.#openToDots = options.hidden || namesDot(nodes);
    this.#parts = parts.slice(0, -1).map((part) => new GlobMachine(part, options.hidden));
  }
  /** Reports whether the pattern matches the whole name. */
  matches(name) {
    return this.#machine.matches(folded(name, this.#options));
  }
  /**
   * Reports whether the pattern may match something in a folder, given that it may in the folder's parent.
   *
   * @param depth the number of folders above it
   * @param name its last part
   */
  goesInto(depth, name) {
    const part = this.#parts[depth];
    if (part !== void 0) return part.matches(folded(name, this.#options));
    return this.#open && (this.#openToDots || !name.startsWith("."));
  }
  /** The number of steps that matching has taken so far. Tests use it to show that the time is linear. */
  get steps() {
    return this.#machine.steps;
  }
};
function folded(text, { caseSensitive }) {
  return caseSensitive ? text : text.toLowerCase();
}
function isSlash2(node) {
  return node.kind === "literal" && node.code === slash2;
}
function mayHoldSlash(node) {
  if (node.kind === "group") return node.choices.flat().some((inner) => isSlash2(inner) || mayHoldSlash(inner));
  return node.kind === "any" || node.kind === "parts" || node.kind === "below";
}
function namesDot(nodes) {
  return nodes.some((node, index) => {
    if (node.kind === "group") return node.choices.some(namesDot);
    const before = nodes[index - 1];
    const mayBegin = before === void 0 || isSlash2(before) || before.kind !== "literal";
    return mayBegin && (node.kind === "literal" && node.code === dot2 || node.kind === "set" && node.has(dot2));
  });
}
var Reader = class {
  #text;
  /** The end of each bracket, by its beginning. */
  #ends;
  #offset = 0;
  /** `false` once a `[` was met that does not end: no other behind it does. */
  #setsEnd = true;
  constructor(text) {
    if (text.length > maxLength) unreadable(`it has ${text.length} characters; the limit is ${maxLength}`);
    this.#text = text;
    this.#ends = matchingBrackets(text);
  }
  pattern() {
    const nodes = this.#sequence("", 0);
    const [before, separator, last] = nodes.slice(-3);
    if (last?.kind !== "any" || before === void 0 || separator === void 0 || !isSlash2(separator)) return nodes;
    if (before.kind === "star" || before.kind === "parts") return nodes;
    return [...nodes.slice(0, -2), { kind: "below" }];
  }
  /** Up to a character that ends it, which is not taken. */
  #sequence(ends, nesting) {
    if (nesting > maxNesting) unreadable(`its brackets are nested more than ${maxNesting} levels deep`);
    const nodes = [];
    for (let next = this.#text[this.#offset]; next !== void 0; next = this.#text[this.#offset]) {
      if (ends.includes(next)) break;
      this.#node(next, nodes, ends, nesting);
    }
    return nodes;
  }
  #node(next, nodes, ends, nesting) {
    const text = this.#text;
    if ("?*+@!".includes(next) && this.#ends.has(this.#offset + 1) && text[this.#offset + 1] === "(") {
      this.#offset++;
      nodes.push(this.#group(next, nesting));
    } else if (next === "*") nodes.push(...this.#stars(ends));
    else if (next === "?") this.#take(nodes, { kind: "one" });
    else if (next === "[" && this.#setsEnd) nodes.push(this.#set());
    else if (next === "(" && this.#ends.has(this.#offset)) nodes.push(this.#group("@", nesting));
    else if (next === "{" && this.#ends.has(this.#offset)) nodes.push(...this.#braces(nesting));
    else if (next === "\\" && this.#offset + 1 < text.length) {
      this.#offset++;
      this.#take(nodes, literal(text, this.#offset));
    } else this.#take(nodes, literal(text, this.#offset));
  }
  #take(nodes, node) {
    nodes.push(node);
    this.#offset++;
  }
  /** A run of stars: `**` means something where it is all of a part. */
  #stars(ends) {
    const start = this.#offset;
    while (this.#text[this.#offset] === "*" && !this.#ends.has(this.#offset + 1)) this.#offset++;
    if (this.#offset === start) this.#offset++;
    const [before, after] = [this.#text[start - 1], this.#text[this.#offset]];
    const begins = before === void 0 || before === "/" || ends !== "" && "({|,".includes(before);
    const isPart = begins && this.#offset - start === 2;
    if (isPart && after === "/") {
      this.#offset++;
      return [{ kind: "parts" }];
    }
    return [{ kind: isPart && (after === void 0 || ends.includes(after)) ? "any" : "star" }];
  }
  /** Parses the content of parentheses. */
  #group(operator, nesting) {
    if (this.#text[this.#offset + 1] === "?") unreadable("`(?` is only valid in regular expressions");
    const choices = this.#choices("|", ")", nesting);
    if ("*+".includes(operator) && choices.flat().some(holdsNegation))
      unreadable("`!(\u2026)` is not allowed within `*(\u2026)` and `+(\u2026)`");
    return { kind: "group", operator, choices };
  }
  #choices(separator, end2, nesting) {
    const choices = [];
    do {
      this.#offset++;
      choices.push(this.#sequence(separator + end2, nesting + 1));
    } while (this.#text[this.#offset] === separator);
    this.#offset++;
    return choices;
  }
  /** Parses the content of braces: choices, a range, or literal braces. */
  #braces(nesting) {
    const start = this.#offset;
    const end2 = this.#ends.get(start) ?? start;
    const range = rangeOf(this.#text.slice(start + 1, Math.min(end2, start + 64)));
    if (range !== void 0) {
      this.#offset = end2 + 1;
      return [{ kind: "group", operator: "@", choices: range.map(literals) }];
    }
    const choices = this.#choices(",", "}", nesting);
    if (choices.length > 1) return [{ kind: "group", operator: "@", choices }];
    return [literal("{", 0), ...choices[0] ?? [], literal("}", 0)];
  }
  #set() {
    const text = this.#text;
    const isNegated = text[this.#offset + 1] === "!" || text[this.#offset + 1] === "^";
    const first = this.#offset + (isNegated ? 2 : 1);
    const ranges = [];
    const classes = [];
    let offset = first;
    while (offset < text.length && (text[offset] !== "]" || offset === first)) {
      const posix = /\[:([a-z]{5,6}):\]/y;
      posix.lastIndex = offset;
      const [whole = "", name = ""] = posix.exec(text) ?? [];
      const known = posixClasses.get(name);
      if (known !== void 0) {
        classes.push(known);
        offset += whole.length;
        continue;
      }
      if (text[offset] === "\\") offset++;
      const from = text.charCodeAt(offset);
      offset++;
      if (text[offset] === "-" && offset + 1 < text.length && text[offset + 1] !== "]") {
        offset += text[offset + 1] === "\\" ? 2 : 1;
        ranges.push([from, text.charCodeAt(offset)]);
        offset++;
      } else ranges.push([from, from]);
    }
    if (offset >= text.length) {
      this.#setsEnd = false;
      this.#offset++;
      return literal("[", 0);
    }
    this.#offset = offset + 1;
    const isIn = (code) => ranges.some(([from, to]) => from <= code && code <= to) || classes.some((one) => one.test(String.fromCharCode(code)));
    return { kind: "set", has: (code) => code !== slash2 && isIn(code) !== isNegated, shy: isNegated };
  }
};
var posixClasses = /* @__PURE__ */ new Map([
  ["alnum", /[a-zA-Z0-9]/],
  ["alpha", /[a-zA-Z]/],
  ["blank", /[ \t]/],
  ["digit", /[0-9]/],
  ["lower", /[a-z]/],
  ["punct", /[!-/:-@[-`{-~]/],
  ["space", /[ \t\r\n\v\f]/],
  ["upper", /[A-Z]/],
  ["xdigit", /[A-Fa-f0-9]/]
]);
function literal(text, offset) {
  return { kind: "literal", code: text.charCodeAt(offset) };
}
function literals(text) {
  return text.split("").map((letter) => literal(letter, 0));
}
function holdsNegation(node) {
  return node.kind === "group" && (node.operator === "!" || node.choices.flat().some(holdsNegation));
}
function rangeOf(text) {
  const [, from, to] = /^(-?\d{1,9})\.\.(-?\d{1,9})$/.exec(text) ?? [];
  const [, first, last] = /^([A-Za-z])\.\.([A-Za-z])$/.exec(text) ?? [];
  if (from !== void 0 && to !== void 0) {
    const width = /^-?0\d/.test(from) || /^-?0\d/.test(to) ? Math.max(from.length, to.length) : 0;
    return steps(Number(from), Number(to)).map(
      (number) => number < 0 ? `-${String(-number).padStart(width - 1, "0")}` : String(number).padStart(width, "0")
    );
  }
  if (first === void 0 || last === void 0) return void 0;
  return steps(first.charCodeAt(0), last.charCodeAt(0)).map((code) => String.fromCharCode(code));
}
function steps(from, to) {
  const length = Math.abs(to - from) + 1;
  if (length > maxRange) unreadable(`it has a range of ${length} numbers; the limit is ${maxRange}`);
  return Array.from({ length }, (_, index) => from + Math.sign(to - from) * index);
}
function matchingBrackets(text) {
  const ends = /* @__PURE__ */ new Map();
  const open = [];
  const waiting = /* @__PURE__ */ new Map([
    [")", 0],
    ["}", 0]
  ]);
  const begin = (offset, end2) => {
    open.push({ offset, end: end2 });
    waiting.set(end2, (waiting.get(end2) ?? 0) + 1);
  };
  let setsEnd = true;
  for (let offset = 0; offset < text.length; offset++) {
    const letter = text[offset];
    if (letter === "\\") offset++;
    else if (letter === "[" && setsEnd) {
      const first = offset + (text[offset + 1] === "!" || text[offset + 1] === "^" ? 2 : 1);
      let end2 = first;
      while (end2 < text.length && (text[end2] !== "]" || end2 === first)) end2 += text[end2] === "\\" ? 2 : 1;
      if (end2 < text.length) offset = end2;
      else setsEnd = false;
    } else if (letter === "(") begin(offset, ")");
    else if (letter === "{") begin(offset, "}");
    else if (letter !== void 0 && (waiting.get(letter) ?? 0) > 0) {
      for (let begun = open.pop(); begun !== void 0; begun = open.pop()) {
        waiting.set(begun.end, (waiting.get(begun.end) ?? 0) - 1);
        if (begun.end !== letter) continue;
        ends.set(begun.offset, offset);
        break;
      }
    }
  }
  return ends;
}
function unreadable(problem) {
  fail("USAGE", `invalid pattern: ${problem}`, { remedy: "Simplify the pattern." });
}
async function matchNames(patterns, listing, options) {
  const compile = (pattern) => new Glob(positive(pattern), { hidden: options.hidden, caseSensitive: sep2 === "/" });
  const globs = patterns.map(compile);
  const ignored2 = (options.ignore ?? []).map(compile);
  const found = [];
  const folders = [{ name: "", depth: 0, globs }];
  for (const folder of folders) {
    for (const [entry, listed] of await listing(folder.name)) {
      const name = folder.name === "" ? entry : `${folder.name}/${entry}`;
      if (ignored2.some((glob) => glob.matches(name))) continue;
      if (listed === "folder") folders.push(...gone(folder, name, entry));
      if (listed === "folder" && options.listed === "files") continue;
      if (folder.globs.some((glob) => glob.matches(name))) found.push(name);
    }
  }
  return found;
}
function gone({ depth, globs }, name, entry) {
  const going = globs.filter((glob) => glob.goesInto(depth, entry));
  return going.length === 0 ? [] : [{ name, depth: depth + 1, globs: going }];
}
function positive(pattern) {
  return pattern.replace(/^!/, "\\!");
}
function relativePattern(line, roots, separator = sep3) {
  const onWindows = separator === win32.sep;
  const pattern = slashed(line, separator);
  const absolute = onWindows ? win32.isAbsolute(pattern) : isAbsolute(pattern);
  const below = absolute ? belowRoot(pattern, roots, separator) : pattern;
  const parts = [];
  for (const part of (below ?? outside(line)).split("/")) {
    if (part === "" || part === ".") continue;
    if (part.replaceAll("\\", "") !== "..") parts.push(part);
    else if (!isName(parts.pop())) outside(line);
  }
  return parts.join("/");
}
function isName(part) {
  return part !== void 0 && !/[*?[\](){}\\]/.test(part);
}
function belowRoot(pattern, roots, separator) {
  const folded2 = (path) => separator === win32.sep ? path.toLowerCase() : path;
  for (const root of roots) {
    const prefix = slashed(root, separator).replace(/\/$/, "");
    if (folded2(`${pattern}/`).startsWith(folded2(`${prefix}/`))) return pattern.slice(prefix.length);
  }
  return void 0;
}
function slashed(path, separator) {
  return separator === win32.sep ? path.replaceAll("\\", "/") : path;
}
function outside(line) {
  fail("USAGE", `the pattern ${JSON.stringify(line)} points outside of the workspace`, {
    remedy: "Specify files in the workspace. Copy other files into the workspace first."
  });
}
var nothing = /* @__PURE__ */ new Map();
var entryLimit = 1e6;
var Workspace = class _Workspace {
  path;
  /** The path without links. */
  realPath;
  #files;
  #folders = /* @__PURE__ */ new Map();
  #seen = 0;
  constructor(path, realPath, files) {
    this.path = path;
    this.realPath = realPath;
    this.#files = files;
  }
  static async open(path, files) {
    const absolute = resolve(path);
    return new _Workspace(
      absolute,
      await orUnreadable(`the workspace ${absolute}`, () => files.realpath(absolute)),
      files
    );
  }
  /** Returns the folder of this name; `undefined` if it does not exist. The empty name is the workspace. */
  folder(name) {
    const known = this.#folders.get(name);
    if (known !== void 0) return known;
    const folder = name === "" ? this.#read("", [this.realPath]) : this.#below(name);
    this.#folders.set(name, folder);
    return folder;
  }
  /** Returns the kind of a name; `undefined` if nothing has exactly this name, even if the file system ignores case. */
  async kind(name) {
    const [parentName, last] = split(name);
    const parent = await this.folder(parentName);
    return parent?.entries.get(last);
  }
  /**
   * A file of the workspace as a subject.
   *
   * @throws CountersignError `USAGE` if a link leads it out of the workspace, or to what is Git's
   */
  async subject(name) {
    const path = join(this.path, name);
    return await orUnreadable(path, async () => {
      const real = await this.#files.realpath(path);
      if (!isWithin(this.realPath, real)) throw leaves(name, real);
      if (relative(this.realPath, real).split(sep4).some(isGit)) {
        fail("USAGE", `${JSON.stringify(name)} is a link to ${JSON.stringify(real)}, which belongs to Git`, {
          remedy: `Exclude it with \`!${name}\`.`
        });
      }
      const stat = await this.#files.stat(path, { bigint: true });
      return { kind: "file", name, path, identity: { device: stat.dev, inode: stat.ino } };
    });
  }
  async #below(name) {
    const [parentName, last] = split(name);
    const parent = await this.folder(parentName);
    if (parent === void 0 || parent.problem !== void 0) return parent;
    if (parent.entries.get(last) !== "folder") return void 0;
    try {
      const real = await this.#files.realpath(join(this.path, name));
      const way = [...parent.way, real];
      return isWithin(this.realPath, real) ? await this.#read(name, way) : { entries: nothing, way, problem: leaves(name, real) };
    } catch (cause) {
      if (systemCode(cause) === "ENOENT") return void 0;
      throw cause;
    }
  }
  async #read(name, way) {
    const path = join(this.path, name);
    try {
      const listed = await orUnreadable(`the folder ${path}`, () => this.#files.readdir(path, { withFileTypes: true }));
      this.#seen += listed.length;
      if (this.#seen > entryLimit) {
        fail("LIMIT_EXCEEDED", `the patterns cover more than ${entryLimit} files and folders`, {
          remedy: "Use narrower patterns, or exclude folders, for example with `!node_modules`."
        });
      }
      const kinds = await Promise.all(listed.map((entry) => this.#kindOf(entry, path, way)));
      return { entries: new Map(listed.map((entry, index) => [entry.name, kinds[index] ?? "special"])), way };
    } catch (problem) {
      if (!(problem instanceof CountersignError)) throw problem;
      return { entries: nothing, way, problem };
    }
  }
  async #kindOf(entry, folder, way) {
    if (isGit(entry.name)) return "git";
    if (entry.isFile()) return "file";
    if (entry.isDirectory()) return "folder";
    if (!entry.isSymbolicLink()) return "special";
    const path = join(folder, entry.name);
    try {
      const target = await this.#files.stat(path);
      if (target.isFile()) return "file";
      if (!target.isDirectory()) return "special";
      return way.includes(await this.#files.realpath(path)) ? "loop" : "folder";
    } catch (cause) {
      const code = systemCode(cause);
      if (code === "ENOENT" || code === "ELOOP" || code === "ENOTDIR") return "nowhere";
      return "file";
    }
  }
};
function leaves(name, real) {
  return new CountersignError(
    "USAGE",
    `${JSON.stringify(name)} is a link to ${JSON.stringify(real)}, which is outside of the workspace`,
    { remedy: `Copy the file into the workspace, or exclude the link with \`!${name}\`.` }
  );
}
function isGit(name) {
  return name.toLowerCase() === ".git";
}
function split(name) {
  const slash3 = name.lastIndexOf("/");
  return slash3 === -1 ? ["", name] : [name.slice(0, slash3), name.slice(slash3 + 1)];
}
async function collectFiles(patterns, workspace, files = nodeFiles, unmatched = "refused", onLeftOut) {
  const tree = await Workspace.open(workspace, files);
  const { included, excluded } = await sorted(patterns, tree);
  if (included.length === 0)
    fail("SUBJECT_MISSING", "no files specified", {
      remedy: "Specify at least one pattern that does not start with `!`."
    });
  const found = /* @__PURE__ */ new Map();
  for (const pattern of included) {
    found.set(pattern, pattern.literal ? [pattern.below] : await filesMatching(pattern, excluded, tree));
  }
  const names = new Set(await withoutExcluded([...new Set([...found.values()].flat())], excluded));
  const without = included.filter((pattern) => !found.get(pattern)?.some((name) => names.has(name)));
  if (without.length > 0) await checkUnmatched(without, excluded, tree, unmatched);
  onLeftOut?.(await leftOutOf(included, excluded, names, tree));
  const literal2 = new Set(included.flatMap((pattern) => pattern.literal ? [pattern.below] : []));
  return await Promise.all(
    [...names].sort().map(async (name) => {
      const subject = await tree.subject(name);
      return literal2.has(name) ? { ...subject, isLiteral: true } : subject;
    })
  );
}
async function sorted(lines, tree) {
  const roots = [tree.path, tree.realPath];
  const included = [];
  const excluded = [];
  for (const line of lines) {
    const below = relativePattern(line, roots);
    if (await tree.kind(below) === "file") included.push({ line, below, literal: true });
    else if (line.startsWith("!")) {
      const exclusion = relativePattern(line.slice(1), roots);
      excluded.push({ line, below: exclusion, literal: await tree.kind(exclusion) !== void 0 });
    } else included.push({ line, below, literal: false });
  }
  return { included, excluded };
}
async function filesMatching(pattern, excluded, tree) {
  const listing = async (name) => {
    const folder = await tree.folder(name);
    if (folder === void 0) return [];
    if (folder.problem !== void 0 && goesInto(pattern.below, name)) throw folder.problem;
    return [...folder.entries].flatMap(
      ([entry, kind]) => kind === "file" || kind === "folder" ? [[entry, kind]] : []
    );
  };
  return await matchNames([pattern.below], listing, { hidden: false, listed: "files", ignore: ignored(excluded) });
}
function ignored(excluded) {
  return excluded.filter(isAlsoAGlob).map(({ below }) => below).flatMap(withContents);
}
async function leftOutOf(included, excluded, names, tree) {
  const patterns = included.filter(({ literal: literal2 }) => !literal2).map(({ below }) => below);
  if (patterns.length === 0) return [];
  const found = /* @__PURE__ */ new Map();
  const isGoneInto = (name) => patterns.some((pattern) => goesInto(pattern, name));
  const listing = async (name) => {
    const folder = await tree.folder(name);
    if (folder?.problem !== void 0 && isGoneInto(name)) found.set(name, "unreadable");
    return [...folder?.entries ?? []].map(([entry, kind]) => {
      if (kind === "folder") return [entry, "folder"];
      found.set(name === "" ? entry : `${name}/${entry}`, kind === "file" ? "hidden" : kind);
      return [entry, "file"];
    });
  };
  const matched = await matchNames(patterns, listing, { hidden: true, listed: "files", ignore: ignored(excluded) });
  const unreadable2 = [...found].flatMap(([name, why]) => why === "unreadable" ? [name] : []);
  const left = await withoutExcluded([.../* @__PURE__ */ new Set([...matched, ...unreadable2])], excluded);
  return left.filter((name) => !names.has(name) && name !== ".git").sort().flatMap((name) => {
    const why = found.get(name);
    return why === void 0 || why === "git" && !isGoneInto(name) ? [] : [{ name, why }];
  });
}
function isAlsoAGlob({ below, literal: literal2 }) {
  return !literal2 || !/[*?[\](){}\\!+@]/.test(below);
}
function goesInto(pattern, folder) {
  return /\*\*|\(/.test(pattern) || pattern.split("/").length > folder.split("/").length;
}
async function withoutExcluded(names, excluded) {
  if (names.length === 0 || excluded.length === 0) return names;
  const literal2 = excluded.filter((exclusion) => exclusion.literal).map(({ below }) => below);
  const globs = excluded.filter((exclusion) => !exclusion.literal).map(({ below }) => below);
  const folders = foldersOf(names);
  const listing = async (folder) => folders.get(folder) ?? [];
  const options = { hidden: true, listed: "files" };
  const dropped = new Set(await matchNames(globs.flatMap(withContents), listing, options));
  return names.filter(
    (name) => !dropped.has(name) && !literal2.some((below) => name === below || name.startsWith(`${below}/`))
  );
}
function withContents(exclusion) {
  return [exclusion, `${exclusion}/**`];
}
function foldersOf(names) {
  const folders = /* @__PURE__ */ new Map();
  const enter = (name, listed) => {
    const slash3 = name.lastIndexOf("/");
    const parent = slash3 === -1 ? "" : name.slice(0, slash3);
    const siblings = folders.get(parent);
    if (siblings !== void 0) siblings.set(name.slice(slash3 + 1), listed);
    else {
      folders.set(parent, /* @__PURE__ */ new Map([[name.slice(slash3 + 1), listed]]));
      if (parent !== "") enter(parent, "folder");
    }
  };
  for (const name of names) enter(name, "file");
  return folders;
}
async function checkUnmatched(patterns, excluded, tree, allowed) {
  const sentences = [];
  const remedies = /* @__PURE__ */ new Set();
  const unmatched = [];
  for (const pattern of patterns) {
    const quoted = JSON.stringify(pattern.line);
    const reason = await reasonFor(pattern, excluded, tree);
    if (reason === "nothing" && allowed === "allowed") continue;
    if (reason === "nothing") unmatched.push(quoted);
    else sentences.push(`${quoted} ${problems[reason]}`);
    remedies.add(remedyFor(reason, pattern));
  }
  if (remedies.size === 0) return;
  if (unmatched.length > 0) sentences.unshift(`nothing matches ${unmatched.join(", ")}`);
  fail("SUBJECT_MISSING", sentences.join("; "), { remedy: [...remedies].join(" ") });
}
async function reasonFor(pattern, excluded, tree) {
  if (pattern.line === "") return "nothing";
  if (pattern.literal) return "excluded";
  if (pattern.below === "") return "folder";
  const kinds = /* @__PURE__ */ new Map();
  const listing = async (name) => {
    const folder = await tree.folder(name);
    return [...folder?.entries ?? []].map(([entry, kind]) => {
      kinds.set(name === "" ? entry : `${name}/${entry}`, kind);
      return [entry, kind === "folder" ? "folder" : "file"];
    });
  };
  const matched = await matchNames([pattern.below], listing, { hidden: true, listed: "files and folders" });
  const matchedFiles = matched.filter((name) => kinds.get(name) === "file");
  if (matchedFiles.length > 0)
    return (await withoutExcluded(matchedFiles, excluded)).length === 0 ? "excluded" : "hidden";
  const found = new Set(matched.map((name) => kinds.get(name)));
  const foldersCount = !pattern.below.endsWith("**");
  return ["folder", "loop", "nowhere", "special", "git"].find(
    (kind) => found.has(kind) && (foldersCount || kind !== "folder")
  ) ?? "nothing";
}
var problems = {
  excluded: "matches only excluded files",
  hidden: "matches only names that start with a dot",
  folder: "is a directory",
  loop: "is a link to one of its parent directories",
  nowhere: "is a broken link",
  special: "is not a regular file",
  git: "belongs to Git and is never signed"
};
function remedyFor(reason, { below, line }) {
  if (reason === "folder") return `To match the files in a directory, use \`${below === "" ? "" : `${below}/`}**\`.`;
  if (reason === "excluded") return "Remove the pattern, or the pattern with `!` that excludes its files.";
  if (reason === "hidden") return "Include the dot in the pattern, as in `.*` or `**/.*`.";
  if (/^oci:/i.test(line) || looksLikeImage(line)) return "To specify an image, use `images`.";
  return unlikePath(line)?.remedy ?? "Correct or remove the pattern, or create the file first.";
}
function mergeDuplicates(subjects) {
  const first = /* @__PURE__ */ new Map();
  for (const subject of subjects) {
    const known = first.get(subject.name);
    if (known === void 0) first.set(subject.name, subject);
    else if (!equalDigests(known.digest, subject.digest)) conflict(known, subject);
  }
  return [...first.values()];
}
function conflict(a, b) {
  const name = JSON.stringify(a.name);
  const problem = a.digest.algorithm === b.digest.algorithm ? "two different digests" : "digests of different algorithms, which cannot be compared";
  fail(
    "USAGE",
    `${name} has ${problem}: ${formatDigest(a.digest)} (${a.origin}), ${formatDigest(b.digest)} (${b.origin})`,
    {
      remedy: a.digest.algorithm === b.digest.algorithm ? "One digest is out of date, or two artifacts have the same name. Compute the digests again, or rename one artifact." : "Use the same digest algorithm for each occurrence of a subject."
    }
  );
}
async function resolveChecksums(checksums, workspace, files) {
  if (checksums.length === 0) return [];
  const tree = await Workspace.open(workspace, files);
  const all = checksums.flatMap(({ path, lines }) => lines.map((line) => ({ line, folder: dirname(path) })));
  const found = await mapConcurrently(all, ({ line, folder }) => findFile(line, folder, tree, files));
  const absent = [];
  const linesOf = /* @__PURE__ */ new Map();
  for (const [index, { line }] of all.entries()) {
    const file = found[index];
    const known = file === void 0 ? absent : linesOf.get(file);
    if (known !== void 0) known.push(line);
    else if (file !== void 0) linesOf.set(file, [line]);
  }
  const listed = await mapConcurrently([...linesOf], async ([path, lines]) => {
    demandConsistent(lines);
    return { path, subject: await subjectAt(path, tree, files), lines };
  });
  const problems2 = await mapConcurrently(listed, (file) => compare(file, checksums, files), hashedAtOnce);
  demandNone(problems2.flat());
  const present = listed.flatMap(
    ({ subject, lines }) => subject === void 0 ? lines.slice(0, 1) : [{ ...subject, isLiteral: true, stated: lines.map(({ digest }) => digest) }]
  );
  return [...present, ...absent];
}
var hashedAtOnce = 2;
async function findFile({ name, written }, folder, { path: workspace }, files) {
  const names = /* @__PURE__ */ new Set([written, name, ...[written, name].map((one) => one.replaceAll("\\", "/"))]);
  for (const path of [...names].flatMap((one) => placesOf(one, folder, workspace)))
    if (await isFile(path, files)) return path;
  return void 0;
}
function placesOf(name, folder, workspace) {
  if (isAbsolute2(name)) return [name];
  const isBare = !name.replace(/^(?:\.\/+)+/, "").includes("/");
  const folders = isBare && isWithin(workspace, folder) ? [folder] : [folder, ...foldersAbove(folder, workspace)];
  return folders.map((base) => resolve2(base, name));
}
function foldersAbove(folder, workspace) {
  if (!isWithin(workspace, folder)) return [workspace];
  return folder === workspace ? [] : [dirname(folder), ...foldersAbove(dirname(folder), workspace)];
}
var absentCodes = /* @__PURE__ */ new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP"]);
async function isFile(path, files) {
  return await orUnreadable(path, async () => {
    try {
      return (await files.stat(path)).isFile();
    } catch (cause) {
      if (absentCodes.has(systemCode(cause))) return false;
      throw cause;
    }
  });
}
async function subjectAt(path, tree, files) {
  const below = pathBelow(tree.path, path) ?? pathBelow(tree.realPath, path);
  if (below === void 0 || await tree.kind(below) !== "file") return void 0;
  const real = await orUnreadable(path, () => files.realpath(path));
  return isWithin(tree.realPath, real) ? await tree.subject(below) : void 0;
}
function demandConsistent(lines) {
  const [first] = lines;
  for (const algorithm of new Set(lines.map(({ digest }) => digest.algorithm))) {
    const same = lines.filter(({ digest }) => digest.algorithm === algorithm);
    mergeDuplicates(same.map((line) => ({ ...line, name: first?.name ?? "" })));
  }
}
async function compare({ path, subject, lines }, checksums, files) {
  const algorithms = [...new Set(lines.map(({ digest }) => digest.algorithm))];
  const digests = await digestFileWith(files, subject ?? { path }, algorithms);
  const others = lines.filter(({ digest }) => !digests.some((found) => equalDigests(found, digest)));
  return others.map((line) => ({
    line,
    name: subject?.name ?? path,
    isOwn: checksums.some((one) => one.path === path && one.lines.includes(line))
  }));
}
var maxShown = 5;
function demandNone(found) {
  if (found.length === 0) return;
  const sentences = found.slice(0, maxShown).map(
    ({ line: { origin, digest }, name }) => `${origin}: the ${digest.algorithm} digest does not match the file ${name}`
  );
  const more = found.length > maxShown ? `; and ${found.length - maxShown} more` : "";
  fail("SUBJECT_CHANGED", `${sentences.join("; ")}${more}`, {
    remedy: found.some(({ isOwn }) => isOwn) ? "A checksums file cannot list itself. Write it to a different folder, or exclude it from the pattern that lists the files." : "Compute the checksums after the last step that writes to the files."
  });
}
function namesNothing({ files, checksums, digests, digestsFrom = [], artifactsList }) {
  return files.length + checksums.length + digests.length + digestsFrom.length === 0 && artifactsList === void 0;
}
async function collectSubjects(request, workspace, files, onLeftOut) {
  const found = request.files.length > 0 ? await collectFiles(request.files, workspace, files, request.unmatched, onLeftOut) : [];
  const checksums = [];
  for (const path of request.checksums) checksums.push(await readChecksums(path, workspace, files));
  const listed = await resolveChecksums(checksums, workspace, files);
  const digests = listed.filter((subject) => subject.kind === "digest");
  digests.push(...parseDigestLines(request.digests));
  for (const path of request.digestsFrom ?? []) digests.push(...await readDigestsFrom(path, workspace, files));
  if (request.artifactsList !== void 0) {
    digests.push(...parseArtifactsList(await readText(files, request.artifactsList, "the list", artifactsListLimit)));
  }
  const all = mergeFiles([...found, ...listed.filter((subject) => subject.kind === "file")]);
  const subjects = [...all, ...await withoutFiles(mergeDuplicates(digests), all, files)];
  const mayBeNone = request.unmatched === "allowed" && request.files.length > 0;
  if (subjects.length === 0 && !mayBeNone) {
    fail("SUBJECT_MISSING", "nothing to sign: no files, checksums, digests or images specified", {
      remedy: "Specify `files`, `checksums`, `digests` or `images`."
    });
  }
  return subjects.sort(byName);
}
async function readDigestsFrom(path, workspace, files) {
  const { digestSubjectsOf, legLimits, readLegDigests } = await import("./subject-leg-digests.mjs");
  const bytes = await orUnreadable(path, () => readRegularFile(files, resolve3(workspace, path), legLimits.bytes));
  return digestSubjectsOf(readLegDigests(bytes, path));
}
async function readChecksums(path, workspace, files) {
  const absolute = resolve3(workspace, path);
  await orUnreadable(`the checksums file ${path}`, async () => {
    const [root, real] = await Promise.all([files.realpath(workspace), files.realpath(absolute)]);
    if (!isAbsolute3(path) && !isWithin(root, real)) {
      fail("USAGE", `the checksums file ${path} points to ${real}, which is outside of the workspace`, {
        remedy: "Write the checksums file into the workspace, or specify its absolute path."
      });
    }
  });
  const text = await readText(files, absolute, "the checksums file", checksumsLimits.bytes);
  return { path: absolute, lines: parseChecksums(text, path) };
}
function mergeFiles(all) {
  const merged = /* @__PURE__ */ new Map();
  for (const file of all) merged.set(file.name, { ...merged.get(file.name), ...file });
  return [...merged.values()];
}
async function withoutFiles(digests, all, files) {
  const named = new Map(all.map((file) => [file.name, file]));
  const kept = [];
  for (const stated of digests) {
    const file = named.get(stated.name);
    if (file === void 0) kept.push(stated);
    else await demandSame(file, stated, files);
  }
  return kept;
}
async function demandSame(file, { digest, origin }, files) {
  const found = await digestFile(files, file, digest.algorithm);
  if (equalDigests(found, digest)) return;
  fail("SUBJECT_CHANGED", `${origin}: the ${digest.algorithm} digest does not match the file ${file.name}`, {
    remedy: "Compute the digest after the last step that writes to the file."
  });
}
export {
  Workspace,
  collectSubjects,
  mergeDuplicates,
  namesNothing,
  unlikePath
};
