var bundleSuffixes = [".sigstore.jsonl", ".sigstore.json", ".sigstore", ".jsonl"];
function bundleStem(name) {
  const suffix = bundleSuffixes.find((one) => name.endsWith(one));
  return suffix === void 0 ? void 0 : name.slice(0, -suffix.length);
}

import { isWithin } from "./node-concurrency.mjs";

import { fail, systemCode } from "./core-errors-reference.mjs";

import { basename, dirname, join, parse, resolve, sep } from "node:path";
var maxLinks = 40;
function followLinks(files, path) {
  return follow(files, path, { links: maxLinks });
}
async function follow(files, path, budget) {
  try {
    return await files.realpath(path);
  } catch (cause) {
    if (!isAbsent(cause)) throw cause;
    if (dirname(path) === path) return path;
    const target = await targetOf(files, path);
    const folder = await follow(files, dirname(path), budget);
    if (target === void 0) return join(folder, basename(path));
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
async function targetOf(files, path) {
  try {
    return await files.readlink(path);
  } catch {
    return void 0;
  }
}
function isAbsent(cause) {
  const code = systemCode(cause);
  return code === "ENOENT" || code === "ENOTDIR";
}
async function leadsOutOf(files, folder, path) {
  const [root, real] = [await followLinks(files, resolve(folder)), await followLinks(files, resolve(path))];
  if (isWithin(root, real)) return void 0;
  for (let at = resolve(path); at !== dirname(at); ) {
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

function looksLikeImage(text) {
  return /^[a-z0-9][a-z0-9._:/-]*(?::\w[\w.-]*|@sha\d{3}:[0-9a-f]+)$/i.test(text);
}
function beginsLikeImage(text) {
  return /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+|[a-z0-9.-]+:\d+)(?:\/[\w-]+)+$/i.test(text);
}

import { orUnreadable } from "./subject-file-system.mjs";

import { openRegularFile, readUpTo, sameFile } from "./node-regular-file.mjs";

async function readFileWithin(files, { path, identity }, limit) {
  return await orUnreadable(path, async () => {
    var _stack = [];
    try {
      const file = __using(_stack, await openRegularFile(files, path), true);
      if (identity !== void 0 && !sameFile(identity, file.identity))
        fail("SUBJECT_CHANGED", `${path} was replaced after the run started`);
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
  followLinks,
  formatImage,
  leadsOutOf,
  looksLikeImage,
  readFileWithin,
  subjectName
};
