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
      await new Promise((resolve) => {
        wake = resolve;
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
async function* inOrder(items, limit, work) {
  const underWay = [];
  for (const item of items) {
    const result = work(item);
    result.catch(() => void 0);
    underWay.push(result);
    const [first] = underWay;
    if (first === void 0 || underWay.length < limit) continue;
    yield await first;
    underWay.shift();
  }
  for (const result of underWay) yield await result;
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
    if (underWay >= limit) await new Promise((resolve) => waiting.push(resolve));
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
  const { isAbsolute, relative, resolve, sep: sep2 } = system;
  const way = relative(resolve(folder), resolve(file));
  if (way === ".." || way.startsWith(`..${sep2}`) || isAbsolute(way)) return void 0;
  return way.split(sep2).join("/");
}
function isWithin(folder, file) {
  return pathBelow(folder, file) !== void 0;
}

import { fail } from "./core-errors-codes.mjs";

import { require_node_util } from "./run-world-world.mjs";

import { __toESM } from "./core-errors-codes.mjs";

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

import { plainLine } from "./core-errors-codes.mjs";

import { sep } from "node:path";
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
  return pathBelow(workspace, path2) || path2.split(sep).join("/");
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
  bundleStem,
  byName,
  byteLength,
  concurrently,
  count,
  fitting,
  formatImage,
  inOrder,
  inTurns,
  isWithin,
  mapConcurrently,
  pathBelow,
  shorten,
  shownPath,
  shownText,
  subjectName
};
