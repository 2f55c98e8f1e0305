import { joinPools, readBundles, readingBudget } from "./run-verify-bundle-pool.mjs";
import { bundleStem, pathBelow } from "./core-bundle-read-bundle.mjs";
import { leadsOutOf } from "./node-links.mjs";
import { NotRegularFile, readRegularFile, formatDigest } from "./node-regular-file.mjs";
import { CountersignError, fail, systemCode } from "./core-errors-codes.mjs";
import { basename, join, relative, resolve, sep } from "node:path";
var maxFileLength = 128 * 1024 * 1024;
var maxTotalLength = 512 * 1024 * 1024;
async function namedBundles(places, files) {
  const { paths, directory } = places;
  if (paths.length === 0 && directory === void 0) return void 0;
  const found = directory === void 0 ? [] : await bundleFiles(directory, places, files);
  const pools = [];
  let total = 0;
  const budget = readingBudget();
  for (const path of /* @__PURE__ */ new Set([...paths, ...found])) {
    await demandInside(path, places, files);
    const stem = directory === void 0 ? void 0 : bundleStem(relative(directory, path).split(sep).join("/"));
    const bytes = await readBundleFile(path, files);
    if (bytes === void 0) missing(path);
    if (bytes instanceof CountersignError) {
      pools.push(unreadable(shown(path, places), bytes, stem));
      continue;
    }
    total += bytes.length;
    if (total > maxTotalLength)
      fail("LIMIT_EXCEEDED", `the bundles exceed the limit of ${maxTotalLength} bytes in total`, {
        remedy: "Verify the artifacts in several runs."
      });
    pools.push(await readPool(bytes, shown(path, places), stem, budget));
  }
  return joinPools(pools);
}
async function readPool(bytes, path, stem, budget = readingBudget()) {
  const { left } = budget;
  const pool = readBundles(bytes, path, stem, budget);
  if (pool.unread.length === 0) return pool;
  const { readOtherFormat } = await import("./run-verify-other-formats.mjs");
  budget.left = left;
  return readBundles(bytes, path, stem, budget, readOtherFormat);
}
function unreadable(path, failure, stem) {
  return { bundles: [], unread: [{ path, failure, stem }] };
}
async function bundlesBeside(artifact, places, files) {
  const pools = [];
  for (const path of pathsBeside(artifact, places)) {
    const bytes = await readBundleFile(path, files).catch(asFailure);
    if (bytes === void 0) continue;
    await demandInside(path, places, files);
    const place = shown(path, places);
    if (bytes instanceof CountersignError) pools.push(unreadable(place, bytes, artifact.name));
    else pools.push(await readPool(bytes, place, artifact.name));
  }
  return joinPools(pools);
}
function pathsBeside(artifact, { workspace }) {
  if (artifact.kind === "stream" || artifact.kind === "release") return [];
  const base = artifact.kind === "file" ? resolve(artifact.path) : resolve(workspace, artifact.name);
  const suffixes = [
    ".sigstore.json",
    ".sigstore",
    ".sigstore.jsonl",
    ...isDistribution(base) ? attestationSuffixes : []
  ];
  const beside = suffixes.map((suffix) => `${base}${suffix}`);
  return artifact.kind === "file" ? beside : [...beside, join(workspace, `${formatDigest(artifact.digest)}.jsonl`)];
}
var attestationSuffixes = [".publish.attestation", ".provenance.attestation"];
function isDistribution(path) {
  return path.endsWith(".whl") || path.endsWith(".tar.gz");
}
function namesOf({ name }) {
  return /* @__PURE__ */ new Set([name, name.replace(/^\.\//, ""), basename(name)]);
}
async function bundleFiles(directory, places, files) {
  await demandInside(directory, places, files);
  const entries = await files.readdir(directory, { recursive: true, withFileTypes: true }).catch((cause) => {
    const code = systemCode(cause);
    return fail(
      code === "ENOENT" ? "BUNDLE_MISSING" : "BUNDLE_UNREADABLE",
      `the bundle folder ${directory} cannot be read: ${code}`,
      { cause, remedy: "Check the path, and that this user has read access to the folder and its subfolders." }
    );
  });
  for (const entry of entries)
    if (entry.isSymbolicLink()) await demandInside(join(entry.parentPath, entry.name), places, files);
  return entries.filter((entry) => entry.isFile() && bundleStem(entry.name) !== void 0).map((entry) => join(entry.parentPath, entry.name)).sort();
}
async function demandInside(path, { confinedTo }, files) {
  if (confinedTo === void 0) return;
  const real = await leadsOutOf(files, confinedTo, path).catch((cause) => missing(path, cause));
  if (real === void 0) return;
  fail("USAGE", `${path} is a link to ${real}, which is outside of ${confinedTo}`, {
    remedy: "Remove the link, or specify its target."
  });
}
var absentCodes = /* @__PURE__ */ new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG"]);
async function readBundleFile(path, files) {
  try {
    return await readRegularFile(files, path, maxFileLength);
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause;
    const code = systemCode(cause);
    if (absentCodes.has(code)) return void 0;
    const isFolder = cause instanceof NotRegularFile && cause.isFolder;
    const reason = cause instanceof NotRegularFile ? isFolder ? "it is a folder" : "it is not a regular file" : code;
    return new CountersignError("BUNDLE_UNREADABLE", `${path} cannot be read: ${reason}`, {
      cause,
      remedy: isFolder ? "Specify a folder with `bundle-dir`." : "Grant this user read access (chmod, chown), or specify a different path."
    });
  }
}
function asFailure(failure) {
  if (failure instanceof CountersignError) return failure;
  throw failure;
}
function missing(path, cause) {
  return fail("BUNDLE_MISSING", `there is no bundle at ${path}`, {
    cause,
    remedy: "If the bundle is at a different path, specify that path."
  });
}
function shown(path, { workspace }) {
  return pathBelow(workspace, path) || path;
}
export {
  asFailure,
  bundlesBeside,
  demandInside,
  namedBundles,
  namesOf,
  pathsBeside,
  readBundleFile,
  shown,
  unreadable
};
