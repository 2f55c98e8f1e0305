var bundleSuffixes = [".sigstore.jsonl", ".sigstore.json", ".sigstore", ".jsonl"];
function bundleStem(name) {
  const suffix = bundleSuffixes.find((one) => name.endsWith(one));
  return suffix === void 0 ? void 0 : name.slice(0, -suffix.length);
}

async function* concurrently(items, limit, work) {
  const currentLimit = typeof limit === "number" ? () => limit : limit;
  const settled = [];
  let wake = () => void 0;
  const settle = (result) => {
    settled.push(result);
    wake();
  };
  let underWay = 0;
  const take = async () => {
    for (; ; ) {
      const result = settled.shift();
      if (result !== void 0) {
        underWay--;
        return result();
      }
      await new Promise((resolve2) => {
        wake = resolve2;
      });
    }
  };
  for (const item of items) {
    underWay++;
    work(item).then(
      (result) => settle(() => result),
      (error) => settle(() => {
        throw error;
      })
    );
    while (underWay > 0 && underWay >= currentLimit()) yield await take();
  }
  while (underWay > 0) yield await take();
}
var defaultLimit = 8;
async function mapConcurrently(items, work, limit = defaultLimit) {
  const results = new Array(items.length);
  const waiting = items.entries();
  let failed = false;
  const worker = async () => {
    for (const [index, item] of waiting) {
      if (failed) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
function inTurns(limit) {
  const waiting = [];
  let underWay = 0;
  return async (work) => {
    if (underWay >= limit) await new Promise((resolve2) => waiting.push(resolve2));
    else underWay++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === void 0) underWay--;
      else next();
    }
  };
}

import path from "node:path";
function pathBelow(folder, file, system = path) {
  const { isAbsolute, relative, resolve: resolve2, sep: sep3 } = system;
  const way = relative(resolve2(folder), resolve2(file));
  if (way === ".." || way.startsWith(`..${sep3}`) || isAbsolute(way)) return void 0;
  return way.split(sep3).join("/");
}
function isWithin(folder, file) {
  return pathBelow(folder, file) !== void 0;
}

import { fail, systemCode } from "./core-errors-reference.mjs";

import { basename, dirname, join, parse, resolve, sep } from "node:path";
var maxLinks = 40;
function followLinks(files, path2) {
  return follow(files, path2, { links: maxLinks });
}
async function follow(files, path2, budget) {
  try {
    return await files.realpath(path2);
  } catch (cause) {
    if (!isAbsent(cause)) throw cause;
    if (dirname(path2) === path2) return path2;
    const target = await targetOf(files, path2);
    const folder = await follow(files, dirname(path2), budget);
    if (target === void 0) return join(folder, basename(path2));
    budget.links -= 1;
    if (budget.links < 0) throw cause;
    return followFrom(files, folder, target, budget);
  }
}
async function followFrom(files, folder, target, budget) {
  const { root } = parse(target);
  let at = root === "" ? folder : root;
  for (const part of target.slice(root.length).split(separators)) {
    if (part === "" || part === ".") continue;
    at = part === ".." ? dirname(at) : await follow(files, join(at, part), budget);
  }
  return at;
}
var separators = sep === "/" ? /\// : /[\\/]/;
async function targetOf(files, path2) {
  try {
    return await files.readlink(path2);
  } catch {
    return void 0;
  }
}
function isAbsent(cause) {
  const code = systemCode(cause);
  return code === "ENOENT" || code === "ENOTDIR";
}
async function leadsOutOf(files, folder, path2) {
  const [root, real] = [await followLinks(files, resolve(folder)), await followLinks(files, resolve(path2))];
  if (isWithin(root, real)) return void 0;
  for (let at = resolve(path2); at !== dirname(at); ) {
    at = dirname(at);
    if (isWithin(root, await followLinks(files, at))) return real;
  }
  return void 0;
}

import { require_node_util } from "./run-world-world.mjs";

import { __callDispose, __toESM, __using } from "./core-errors-reference.mjs";

var import_node_util = __toESM(require_node_util(), 1);
var Secret = class {
  #text;
  constructor(text) {
    this.#text = text;
  }
  /**
   * Returns the text itself, for the one place that sends it.
   *
   * @throws CountersignError `KEY_DISPOSED`
   */
  reveal() {
    return this.#text ?? fail("KEY_DISPOSED", "the secret was already disposed of; open a new session");
  }
  toString() {
    return "[secret]";
  }
  toJSON() {
    return "[secret]";
  }
  [import_node_util.inspect.custom]() {
    return "[secret]";
  }
  [Symbol.dispose]() {
    this.#text = void 0;
  }
};

import { plainLine } from "./core-errors-reference.mjs";

import { sep as sep2 } from "node:path";
function shorten(text, maxLength) {
  if (text.length <= maxLength) return text;
  const tail = Math.floor((maxLength - 1) / 3);
  const start = text.slice(0, maxLength - 1 - tail).replace(/[\ud800-\udbff]$/, "");
  const end = text.slice(text.length - tail).replace(/^[\udc00-\udfff]/, "");
  return `${start}\u2026${end}`;
}
function shownText(text, maxLength) {
  return shorten(plainLine(shorten(text, maxLength)), maxLength);
}
function shownPath(path2, workspace) {
  return pathBelow(workspace, path2) || path2.split(sep2).join("/");
}
function fitting(items, format, maxBytes) {
  const formatted = [];
  let room = maxBytes;
  for (const item of items) {
    const lines = format(item);
    room -= byteLength(lines);
    if (room < 0) break;
    formatted.push(lines);
  }
  return formatted;
}
function byteLength(lines) {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}
function count(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

function looksLikeImage(text) {
  return /^[a-z0-9][a-z0-9._:/-]*(?::\w[\w.-]*|@sha\d{3}:[0-9a-f]+)$/i.test(text);
}
function beginsLikeImage(text) {
  return /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+|[a-z0-9.-]+:\d+)(?:\/[\w-]+)+$/i.test(text);
}

import { orUnreadable } from "./node-regular-file.mjs";

import { openRegularFile, readUpTo, sameFile } from "./node-regular-file.mjs";

async function readFileWithin(files, { path: path2, identity }, limit) {
  return await orUnreadable(path2, async () => {
    var _stack = [];
    try {
      const file = __using(_stack, await openRegularFile(files, path2), true);
      if (identity !== void 0 && !sameFile(identity, file.identity))
        fail("SUBJECT_CHANGED", `${path2} was replaced after the run started`);
      return await readUpTo(file, limit);
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      var _promise = __callDispose(_stack, _error, _hasError);
      _promise && await _promise;
    }
  });
}

import { formatDigest } from "./node-regular-file.mjs";

function subjectName(subject) {
  return subject.kind === "image" ? formatImage(subject) : subject.name;
}
function formatImage({ name, digest }) {
  return `${name}@${formatDigest(digest)}`;
}
function byName(a, b) {
  if (a.name === b.name) return 0;
  return a.name < b.name ? -1 : 1;
}
export {
  Secret,
  beginsLikeImage,
  bundleStem,
  byName,
  byteLength,
  concurrently,
  count,
  fitting,
  followLinks,
  formatImage,
  inTurns,
  isWithin,
  leadsOutOf,
  looksLikeImage,
  mapConcurrently,
  pathBelow,
  readFileWithin,
  shorten,
  shownPath,
  shownText,
  subjectName
};
