import { isWithin } from "./core-bundle-read-bundle.mjs";
import { systemCode } from "./core-errors-codes.mjs";
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
export {
  followLinks,
  leadsOutOf
};
