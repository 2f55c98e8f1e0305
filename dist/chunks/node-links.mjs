import { isWithin } from "./node-concurrency.mjs";
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

function notExamined(failure) {
  return { criteria: [], verdict: void 0, failure };
}
function unreadBundle(failure) {
  return { ...notExamined(failure), unread: true };
}
var severity = [
  "invalid",
  "mismatch",
  "absent",
  "unavailable",
  "local",
  "usage"
];
function artifactOutcomes({ results }) {
  const grouped = /* @__PURE__ */ new Map();
  for (const result of results) {
    const group = grouped.get(result.artifact);
    if (group === void 0) grouped.set(result.artifact, [result]);
    else group.push(result);
  }
  return [...grouped].map(([artifact, group]) => ({
    artifact,
    digest: group.find(({ digest }) => digest !== void 0)?.digest,
    image: group[0]?.image,
    results: group,
    failure: failureOf(group)
  }));
}
function isVerified(results) {
  const parts = partsOf(results);
  return results.some(({ part, verdict }) => part === void 0 && verdict !== void 0) || isEachVerified(parts);
}
function isEachVerified(parts) {
  return parts.length > 0 && parts.every((results) => results.some(({ verdict }) => verdict !== void 0));
}
function partsOf(results) {
  const parts = /* @__PURE__ */ new Map();
  for (const result of results) {
    const { part } = result;
    if (part !== void 0) parts.set(part.digest, [...parts.get(part.digest) ?? [], result]);
  }
  return [...parts.values()];
}
function failureOf(results) {
  if (isVerified(results)) return void 0;
  const whole = results.filter(({ part }) => part === void 0);
  const parts = partsOf(results).filter((one) => !isEachVerified([one]));
  return worstOf([...whole, ...parts.flat()].map(({ failure }) => failure));
}
function worstOf(failures) {
  for (const kind of severity) {
    const found = failures.find((failure) => failure?.kind === kind);
    if (found !== void 0) return found;
  }
  return void 0;
}

async function loadRegistries(request, world) {
  if (request.images.length === 0) return void 0;
  const { systemRegistries } = await import("./run-world-system-registries.mjs");
  return systemRegistries(request, world);
}

function looksLikeImage(text) {
  return /^[a-z0-9][a-z0-9._:/-]*(?::\w[\w.-]*|@sha\d{3}:[0-9a-f]+)$/i.test(text);
}
function beginsLikeImage(text) {
  return /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+|[a-z0-9.-]+:\d+)(?:\/[\w-]+)+$/i.test(text);
}
export {
  artifactOutcomes,
  beginsLikeImage,
  followLinks,
  isVerified,
  leadsOutOf,
  loadRegistries,
  looksLikeImage,
  notExamined,
  unreadBundle,
  worstOf
};
