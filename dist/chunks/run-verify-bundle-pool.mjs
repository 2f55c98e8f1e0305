import { worstOf } from "./report-verification-report.mjs";
import { readStatement, statementPayloadType } from "./core-certificate-path.mjs";
import { maxBundleLength, readBundle } from "./core-bundle-read-bundle.mjs";
import { utf8Bytes, wideEncoding, equalDigests, formatDigest, isHash, toDigest } from "./node-regular-file.mjs";
import { parseJsonMembers } from "./core-encoding-json.mjs";
import { CountersignError, attempt, fail, systemCode } from "./core-errors-codes.mjs";
import { createHash } from "node:crypto";
var maxCandidates = 256;
var maxLines = 1e5;
var maxUnread = 100;
var longLength = 64 * 1024;
function readingBudget() {
  return { left: maxBundleLength };
}
var bundlesOnly = (_json, _path, failure) => failure;
function readBundles(bytes, path, stem, budget = readingBudget(), other = bundlesOnly) {
  const whole = () => readOne({ json: bytes, path, stem, keep: takes(budget, bytes), other });
  if (!path.endsWith(".jsonl")) return whole();
  const lines = linesOf(bytes);
  if (lines.length < 2 || lines.length > maxLines) return whole();
  if (!lines.every(isObject)) {
    const one = whole();
    if (one.unread.length === 0 || isOneDocument(lines)) return one;
  }
  return readLines(lines, path, budget, other);
}
function readLines(lines, path, budget, other) {
  const seen = /* @__PURE__ */ new Set();
  const bundles = [];
  const unread = [];
  let moreUnread = 0;
  for (const { number, json } of lines) {
    const hash = sha256(json).toString("base64");
    if (seen.has(hash)) continue;
    seen.add(hash);
    const keep = json.length <= longLength && takes(budget, json);
    const read = readOne({ json, path: `${path}:${number}`, stem: void 0, keep, other });
    bundles.push(...read.bundles);
    for (const one of read.unread) {
      if (unread.length < maxUnread || isWorse(one, unread)) unread.push(one);
      else moreUnread++;
    }
  }
  return { bundles, unread, moreUnread };
}
function isWorse(one, others) {
  return worstOf([...others, one].map(({ failure }) => failure)) === one.failure;
}
function takes(budget, { length }) {
  if (length > budget.left) return false;
  budget.left -= length;
  return true;
}
function readOne({ json: bytes, path, stem, keep, other }) {
  const json = utf8OrFailure(bytes, path);
  if (json instanceof CountersignError) {
    const named = wideEncoding(bytes) === void 0 ? other(bytes, path, json) : json;
    return { bundles: [], unread: [{ path, failure: named instanceof CountersignError ? named : json, stem }] };
  }
  const digest = toDigest("sha256", sha256(bytes));
  const found = foundOrUnread(() => readBundle(json), path, stem, keep, digest);
  if (!("failure" in found)) return { bundles: [found], unread: [] };
  const others = other(json, path, found.failure);
  if (others instanceof CountersignError) return { bundles: [], unread: [{ ...found, failure: others }] };
  const all = others.map(
    ({ at, read }) => foundOrUnread(read, at === "" ? path : `${path}: ${at}`, stem, keep, digest)
  );
  return {
    bundles: all.flatMap((one) => "failure" in one ? [] : [one]),
    unread: all.flatMap((one) => "failure" in one ? [one] : [])
  };
}
function sha256(bytes) {
  return createHash("sha256").update(bytes).digest();
}
function utf8OrFailure(bytes, path) {
  try {
    return utf8Bytes(bytes, "BUNDLE_INVALID", `the bundle ${path}`);
  } catch (failure) {
    if (failure instanceof CountersignError) return failure;
    throw failure;
  }
}
function foundOrUnread(read, path, stem, keep, digest) {
  try {
    const bundle = read();
    const found = { path, stem, content: bundle.content.kind, named: namedDigests(bundle), digest };
    if (keep) return { ...found, bundle };
    return {
      ...found,
      get bundle() {
        return read();
      }
    };
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    return { path, failure, stem };
  }
}
function joinPools(pools) {
  return {
    bundles: pools.flatMap(({ bundles }) => bundles),
    unread: pools.flatMap(({ unread }) => unread),
    moreUnread: pools.reduce((sum, { moreUnread = 0 }) => sum + moreUnread, 0)
  };
}
function candidates(pool, digests, names) {
  const { all, unnamed, byDigest, byStem, unreadByStem } = indexOf(pool);
  if (all.length === 1) return all;
  const groups = [
    unnamed,
    ...digests.map((digest) => byDigest.get(formatDigest(digest)) ?? []),
    ...[...names].flatMap((name) => [byStem.get(name) ?? [], unreadByStem.get(name) ?? []])
  ];
  const longest = Math.max(...groups.map(({ length }) => length));
  if (longest > maxCandidates) tooMany(longest);
  const chosen = [...new Set(groups.flat())].sort((a, b) => a - b).flatMap((at) => all[at] ?? []);
  return demandFew(chosen);
}
function demandFew(chosen) {
  return chosen.length > maxCandidates ? tooMany(chosen.length) : chosen;
}
function tooMany(count) {
  fail("LIMIT_EXCEEDED", `${count} bundles may be for this artifact; the limit is ${maxCandidates}`, {
    remedy: "Specify the relevant bundles with `bundle`."
  });
}
function aboutOthers({ bundles }, digests) {
  return new CountersignError(
    "BUNDLE_MISSING",
    `none of the bundles (${bundles.length}) is for ${digests.map(formatDigest).join(", ")}`,
    { remedy: "Check that the artifact was not changed after signing, and that its bundle is among the bundles." }
  );
}
function isAboutOthers({ named }, digests) {
  return named !== void 0 && !named.some((one) => digests.some((digest) => equalDigests(one, digest)));
}
function namedAlgorithms({ bundles }) {
  const algorithms = /* @__PURE__ */ new Set();
  for (const { named = [] } of bundles) for (const { algorithm } of named.filter(isHash)) algorithms.add(algorithm);
  return [...algorithms];
}
var indices = /* @__PURE__ */ new WeakMap();
function indexOf(pool) {
  const known = indices.get(pool);
  if (known !== void 0) return known;
  const unnamed = [];
  const byDigest = /* @__PURE__ */ new Map();
  const byStem = /* @__PURE__ */ new Map();
  const unreadByStem = /* @__PURE__ */ new Map();
  for (const [at, { named, stem }] of pool.bundles.entries()) {
    if (named === void 0) unnamed.push(at);
    for (const digest of new Set(named?.map(formatDigest))) enter(byDigest, digest, at);
    if (stem !== void 0) enter(byStem, stem, at);
  }
  for (const [at, { stem }] of pool.unread.entries()) {
    if (stem !== void 0) enter(unreadByStem, stem, pool.bundles.length + at);
  }
  const all = [...pool.bundles, ...pool.unread];
  const index = { all, unnamed, byDigest, byStem, unreadByStem };
  indices.set(pool, index);
  return index;
}
function enter(numbers, key, at) {
  const group = numbers.get(key);
  if (group === void 0) numbers.set(key, [at]);
  else group.push(at);
}
function namedDigests({ content }) {
  if (content.kind === "message-signature") return content.messageDigest && [content.messageDigest];
  if (content.payloadType !== statementPayloadType) return void 0;
  try {
    return readStatement(content.payload).subjects.flatMap(({ digests }) => digests);
  } catch (error) {
    if (error instanceof CountersignError) return void 0;
    throw error;
  }
}
var lineFeed = 10;
var byteOrderMark = [239, 187, 191];
function linesOf(bytes) {
  const lines = [];
  const isMarked = byteOrderMark.every((byte, index) => bytes[index] === byte);
  let start = isMarked ? byteOrderMark.length : 0;
  for (let number = 1; start < bytes.length; number++) {
    const found = bytes.indexOf(lineFeed, start);
    const end = found === -1 ? bytes.length : found;
    const json = trimmed(bytes.subarray(start, end));
    start = end + 1;
    if (json.length === 0) continue;
    lines.push({ number, json });
    if (lines.length > maxLines) break;
  }
  return lines;
}
function isObject({ json }) {
  return json[0] === 123 && json.at(-1) === 125;
}
function isOneDocument(lines) {
  const isWhole = ({ json }) => attempt(() => parseJsonMembers(json, [])) !== void 0;
  const [first] = lines;
  return first === void 0 || first.json.length === 1 || !lines.some(isWhole);
}
function trimmed(line) {
  const isBlank = (byte) => byte === 32 || byte !== void 0 && byte >= 9 && byte <= 13;
  let [start, end] = [0, line.length];
  while (start < end && isBlank(line[start])) start++;
  while (end > start && isBlank(line[end - 1])) end--;
  return line.subarray(start, end);
}

import { bundleStem } from "./node-concurrency.mjs";

import { leadsOutOf } from "./node-links.mjs";

import { pathBelow } from "./core-bundle-read-bundle.mjs";

import { NotRegularFile, readRegularFile } from "./node-regular-file.mjs";

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

import { readFileWithin } from "./subject-read-file.mjs";

import { digestFileWith, hashObserver } from "./subject-digest-file.mjs";

import { artifactOfDigest, artifactOfRelease } from "./core-certificate-path.mjs";

import { createHash as createHash2 } from "node:crypto";
function releaseOf({ content: { release } }) {
  return release && { kind: "release", name: `${release.repository}@${release.tag}` };
}
var smallLength = 1024 * 1024;
var maxWholeLength = 64 * 1024 * 1024;
async function readArtifact(artifact, algorithms, whole, { files, onHash }) {
  if (artifact.kind === "digest") return artifactOfDigest(artifact.digest);
  if (artifact.kind === "release") return artifactOfRelease();
  if (artifact.kind === "stream") return readStream(artifact.content, algorithms, whole);
  const bytes = await readFileWithin(files, artifact, whole ? maxWholeLength : smallLength);
  if (bytes === void 0)
    return { digests: await digestFileWith(files, artifact, algorithms, hashObserver(artifact.name, onHash)) };
  return { digests: algorithms.map((algorithm) => toDigest(algorithm, hashOf(algorithm, bytes))), bytes };
}
async function readStream(content, algorithms, whole) {
  const hashers = algorithms.map((algorithm) => [algorithm, createHash2(algorithm)]);
  const chunks = [];
  let length = 0;
  for await (const chunk of content) {
    for (const [, hasher] of hashers) hasher.update(chunk);
    length += chunk.length;
    if (whole && length <= maxWholeLength) chunks.push(chunk);
  }
  const digests = hashers.map(([algorithm, hasher]) => toDigest(algorithm, hasher.digest()));
  return whole && length <= maxWholeLength ? { digests, bytes: Buffer.concat(chunks) } : { digests };
}
function hashOf(algorithm, bytes) {
  return createHash2(algorithm).update(bytes).digest();
}
export {
  aboutOthers,
  asFailure,
  bundlesBeside,
  candidates,
  demandFew,
  demandInside,
  isAboutOthers,
  isWorse,
  joinPools,
  maxWholeLength,
  namedAlgorithms,
  namedBundles,
  namesOf,
  pathsBeside,
  readArtifact,
  readBundleFile,
  readBundles,
  readingBudget,
  releaseOf,
  shown,
  unreadable
};
