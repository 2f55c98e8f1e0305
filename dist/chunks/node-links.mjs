import { isWithin } from "./core-bundle-read-bundle.mjs";
import { CountersignError, fail, systemCode } from "./core-errors-codes.mjs";
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

import { utf8Text } from "./node-regular-file.mjs";

import { NotRegularFile, openRegularFile, readUpTo } from "./node-regular-file.mjs";

import { __callDispose, __using } from "./core-errors-codes.mjs";

async function readText(files, path, what, limit) {
  const bytes = await orUnreadable(`${what} ${path}`, async () => {
    var _stack = [];
    try {
      const file = __using(_stack, await openRegularFile(files, path), true);
      return await readUpTo(file, limit);
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      var _promise = __callDispose(_stack, _error, _hasError);
      _promise && await _promise;
    }
  });
  if (bytes === void 0) {
    fail("LIMIT_EXCEEDED", `${what} ${path} is too large: the limit is ${limit} bytes`, {
      remedy: "Split it into several files."
    });
  }
  return utf8Text(bytes, "DIGEST_INVALID", `${what} ${path}`);
}
async function orUnreadable(what, read) {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause;
    if (cause instanceof NotRegularFile) return notRegular(cause);
    const code = systemCode(cause);
    const remedy = code !== void 0 && remedies.get(code) || void 0;
    return fail("SUBJECT_UNREADABLE", `${what} cannot be read: ${code ?? cause}`, {
      cause,
      ...remedy !== void 0 && { remedy }
    });
  }
}
function notRegular(cause) {
  return fail("SUBJECT_UNREADABLE", `${cause.path} is not a regular file`, {
    cause,
    remedy: cause.isFolder ? "Specify the files in the folder, not the folder itself." : "Specify a regular file. Pipes, sockets and devices are not supported."
  });
}
var permission = "Grant the current user read access, for example with chmod or chown after the file is created.";
var remedies = /* @__PURE__ */ new Map([
  ["ENOENT", "Check the path, and that no step removes the file before it is read."],
  ["ENOTDIR", "Check the path. One of its folders is a file."],
  ["EACCES", permission],
  ["EPERM", permission],
  ["ELOOP", "The path contains circular or too many links. Specify the file itself."],
  ["EMFILE", "Too many files are open. Increase the limit (`ulimit -n`), or decrease `concurrency`."]
]);
export {
  followLinks,
  leadsOutOf,
  orUnreadable,
  readText
};
