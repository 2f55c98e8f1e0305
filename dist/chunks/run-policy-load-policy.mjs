import { expectedClaims, expectedSigner, meaningful } from "./run-policy-signer.mjs";
import { readResult } from "./core-statement-slsa-result.mjs";
import { readInput } from "./core-trust-trusted-root.mjs";
import { given, isGiven, policyOptions, shownName } from "./run-policy-load-trust.mjs";
import { countWitnesses, readWitnessKey } from "./core-certificate-signed-certificate-timestamp.mjs";
import { readPublicKeyPem, matching } from "./core-certificate-certificate.mjs";
import { policyRows } from "./options-policy.mjs";
import { CountersignError, attempt, fail, systemCode } from "./core-errors-codes.mjs";
function expectedSummary(request) {
  const {
    vsa,
    verifierId: verifiers = [],
    resourceUri = "",
    requireLevel = [],
    vsaSourceRef: sourceRefs = []
  } = request;
  if (!vsa) {
    const others = given(request, "verifierId", "resourceUri", "requireLevel", "vsaSourceRef");
    if (others.length === 0) return [];
    return fail("POLICY_INVALID", `${others.join(" and ")} is for verification summaries, and none is required`, {
      remedy: "Set `vsa` to require one, or `vsa-out` to write one."
    });
  }
  const missing2 = [
    verifiers.length === 0 && "`verifier-id`",
    resourceUri === "" && "`resource-uri`",
    requireLevel.length === 0 && "`require-level`"
  ].filter((name) => typeof name === "string");
  if (missing2.length > 0)
    fail("POLICY_INVALID", `\`vsa\` is set without ${missing2.join(" and ")}`, {
      remedy: "Specify the verifier that may vouch for artifacts, the URI that it states, and a level such as `SLSA_BUILD_LEVEL_2`."
    });
  const levels = requireLevel.map((level) => readResult(level, "require-level"));
  return [
    {
      kind: "verification-summary",
      verifiers,
      resourceUri,
      levels,
      ...sourceRefs.length > 0 && { sourceRefs }
    }
  ];
}
async function loadPolicy(request, world) {
  const { policy: path, ...said } = request;
  if (path === void 0)
    return { ...await policyOf(said, {}, void 0, world), source: { options: said, file: void 0 } };
  const text = await readPolicyInput(path, "policy", world);
  const { atKeys, readPolicyFile } = await import("./run-policy-policy-file.mjs");
  const written = await readPolicyFile(text, path);
  const policy = await policyOf(said, written.request, path, world).catch((failure) => {
    throw atKeys(failure, written, said, path);
  });
  return { ...policy, source: { options: said, file: text } };
}
async function policyOf(said, written, path, world) {
  const both = combined(written, said, path);
  const release = isGiven(both, "release") ? await readRelease(both, claimsOf(said, written)) : void 0;
  const signer = isGiven(both, "key") ? { kind: "key", publicKey: await readKey(both, world) } : release?.signer ?? // Claims given in both places must all be met: an option can narrow the file, and never widen it.
  {
    kind: "identity",
    ...expectedSigner(both),
    claims: [...expectedClaims(both), ...expectedClaims(claimsOf(said, written), both)]
  };
  const thresholds = expectedThresholds(both);
  const predicate = [
    ...expectedPredicate(both),
    ...expectedPredicate(claimsOf(said, written)),
    ...expectedSummary(both)
  ];
  return {
    signer,
    content: {
      ...release?.content,
      ...pattern("predicateType", both.predicateType),
      ...pattern("subjectName", both.subjectName),
      ...predicate.length > 0 && { predicate }
    },
    witnesses: expectedWitnesses(both),
    thresholds,
    ...both.maxAge !== void 0 && { maxAge: age(both.maxAge) },
    warnings: warningsOf(signer, thresholds)
  };
}
function policyUnder({ thresholds, warnings: _, source: __, ...policy }, root) {
  const own = policy.signer.kind === "key" ? { signedCertificateTimestamps: 0, timestamps: 0 } : {};
  return { ...policy, sandbox: root.sandbox, thresholds: { ...root.thresholds, ...own, ...thresholds } };
}
function claimsOf(said, written) {
  const repeated = placed("both").filter((option) => isGiven(said, option) && isGiven(written, option));
  return Object.fromEntries(repeated.map((option) => [option, said[option]]));
}
function placed(place) {
  return policyOptions.filter((option) => policyRows[option].place === place);
}
var groups = [
  ...new Set(policyOptions.map(groupOf).filter((group) => group !== void 0))
].map((group) => policyOptions.filter((option) => groupOf(option) === group));
function groupOf(option) {
  const { place } = policyRows[option];
  return typeof place === "string" ? void 0 : place.group;
}
function combined(written, said, path) {
  for (const group of path === void 0 ? [] : groups) {
    const [here, there] = [given(said, ...group), given(written, ...group)];
    if (here.length > 0 && there.length > 0)
      fail(
        "POLICY_INVALID",
        `${here.join(", ")} would override ${there.join(", ").replaceAll("`", '"')} of the policy file`,
        {
          remedy: "Set these options either in the policy file or outside of it."
        }
      );
  }
  const insecure = path === void 0 ? [] : given(said, ...placed("file"));
  if (insecure.length > 0)
    fail("POLICY_INVALID", `${insecure.join(" and ")} would weaken the policy file`, {
      remedy: "Set it in the policy file."
    });
  const used = (request) => Object.fromEntries(
    policyOptions.filter((option) => isGiven(request, option)).map((option) => [option, request[option]])
  );
  return { ...used(said), ...used(written) };
}
async function readRelease(both, repeated) {
  const { expectedRelease } = await import("./run-policy-release.mjs");
  return expectedRelease(both, repeated);
}
async function readKey(request, world) {
  const { key = "" } = request;
  const others = given(request, ...policyOptions.filter((option) => !("withKey" in policyRows[option])));
  if (others.length > 0) {
    fail(
      "POLICY_INVALID",
      `\`key\` requires a signature without a certificate, but ${others.join(" and ")} requires one with a certificate`,
      {
        remedy: "Specify either a key or an identity."
      }
    );
  }
  const text = await readPolicyInput(key, "public key", world);
  try {
    return readPublicKeyPem(text);
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    const { namedKeyFile } = await import("./cli-sandbox-settings.mjs");
    throw namedKeyFile(text, key) ?? failure;
  }
}
function pattern(option, value) {
  if (value === void 0) return {};
  if (value === "") fail("POLICY_INVALID", `\`${shownName(option)}\` is empty`);
  return { [option]: matching(value) };
}
function expectedPredicate({ builderId = [], buildType = [] }) {
  const of = (kind, values) => values.length === 0 ? [] : [{ kind, expected: values.map((value) => meaningful(kind, value)) }];
  return [...of("builder-id", builderId), ...of("build-type", buildType)];
}
var unitMilliseconds = { m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };
function age(value) {
  const [, digits = "", unit = ""] = /^([1-9]\d{0,4})([mhdw])$/.exec(value) ?? [];
  if (digits === "")
    fail("POLICY_INVALID", `\`max-age\` is ${JSON.stringify(value)}, which is not a duration`, {
      remedy: "Specify a number with a unit: 90m, 12h, 30d or 8w."
    });
  return Number(digits) * unitMilliseconds[unit];
}
function expectedThresholds(request) {
  const one = (threshold, option, off) => {
    const value = request[option];
    if (off === void 0 || !isGiven(request, off))
      return value === void 0 ? {} : { [threshold]: positive(option, value) };
    if (value === void 0) return { [threshold]: 0 };
    return fail("POLICY_INVALID", `${given(request, option, off).join(" and ")} contradict each other`, {
      remedy: "Omit one of them."
    });
  };
  return {
    ...one("signedCertificateTimestamps", "certificateLogs", "insecureIgnoreSct"),
    ...one("logEntries", "logEntries", "insecureIgnoreTlog"),
    ...one("timestamps", "timestamps")
  };
}
function expectedWitnesses({ witness = [], witnessThreshold }) {
  const keys = witness.map(readWitnessKey);
  const threshold = witnessThreshold === void 0 ? keys.length : positive("witnessThreshold", witnessThreshold);
  const named = countWitnesses(keys);
  if (threshold > named) {
    fail("POLICY_INVALID", `\`witness-threshold\` is ${threshold}, but only ${named} witnesses are specified`, {
      remedy: "Specify the key of each witness with `witness`."
    });
  }
  return { keys, threshold };
}
function positive(option, value) {
  const number = /^\d{1,2}$/.test(value) ? Number(value) : 0;
  if (number >= 1) return number;
  const off = { certificateLogs: "insecure-ignore-sct", logEntries: "insecure-ignore-tlog" };
  const instead = Object.hasOwn(off, option) ? ` To require none, use \`${off[option]}\`.` : "";
  return fail(
    "POLICY_INVALID",
    `\`${shownName(option)}\` is ${JSON.stringify(value)}, which is not a number from 1 to 99`,
    {
      remedy: `Specify a number from 1 to 99.${instead}`
    }
  );
}
function warningsOf(signer, thresholds) {
  return [
    ...signer.kind === "identity" && signer.identity === "any" ? ["any identity is accepted, so the signature does not prove who signed"] : [],
    ...signer.kind === "identity" && signer.issuer === "any" ? ["any OIDC issuer is accepted, and an issuer can assert any identity"] : [],
    ...thresholds.signedCertificateTimestamps === 0 ? ["certificate transparency is not required, so misissued certificates may go unnoticed"] : [],
    ...thresholds.logEntries === 0 ? ["transparency log entries are not required, so signatures may go unnoticed"] : []
  ];
}
async function readPolicyInput(path, what, world) {
  if (path === "") fail("POLICY_INVALID", `the path of the ${what} is empty`);
  return Buffer.from(await readInput(path, what, world)).toString("utf8");
}

import { notExamined, unreadBundle, worstOf } from "./node-links.mjs";

import { readStatement, statementPayloadType } from "./core-certificate-path.mjs";

import { maxBundleLength, readBundle } from "./core-bundle-read-bundle.mjs";

import { utf8Bytes, wideEncoding } from "./node-regular-file.mjs";

import { equalDigests, formatDigest, toDigest } from "./node-regular-file.mjs";

import { parseJsonMembers } from "./core-encoding-json.mjs";

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
  const groups2 = [
    unnamed,
    ...digests.map((digest) => byDigest.get(formatDigest(digest)) ?? []),
    ...[...names].flatMap((name) => [byStem.get(name) ?? [], unreadByStem.get(name) ?? []])
  ];
  const longest = Math.max(...groups2.map(({ length }) => length));
  if (longest > maxCandidates) tooMany(longest);
  const chosen = [...new Set(groups2.flat())].sort((a, b) => a - b).flatMap((at) => all[at] ?? []);
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
  for (const { named = [] } of bundles) for (const { algorithm } of named) algorithms.add(algorithm);
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

import { leadsOutOf } from "./node-links.mjs";

import { bundleStem } from "./node-concurrency.mjs";

import { pathBelow } from "./node-concurrency.mjs";

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

import { neededDigests } from "./core-verify-needed-digests.mjs";

import { artifactOfDigest, artifactOfRelease, examiner } from "./core-certificate-path.mjs";

import { readCertificate } from "./core-certificate-certificate.mjs";

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
var fewArtifacts = 100;
var maxKeptLength = 32 * 1024 * 1024;
var maxLooseUnread = 100;
function looseUnread({ unread }, names, max) {
  const loose = [];
  for (const one of unread) {
    if (one.stem !== void 0 && names.has(one.stem)) continue;
    if (loose.length < max) loose.push(one);
    else if (isWorse(one, loose)) loose[max - 1] = one;
  }
  return loose;
}
var PoolExamination = class {
  pool;
  #roots;
  #isBrief;
  /** The unreadable bundles that may be any artifact's. */
  #looseUnread;
  #aboutOthers = /* @__PURE__ */ new Map();
  /** In the order of their last use. */
  #begun = /* @__PURE__ */ new Map();
  #keptLength = 0;
  #needs;
  /**
   * @param artifacts the number of artifacts
   * @param names their names, after which bundles may be named
   */
  constructor(pool, roots, artifacts, names) {
    this.pool = pool;
    this.#roots = roots;
    this.#isBrief = artifacts > fewArtifacts;
    this.#looseUnread = looseUnread(pool, names, this.#isBrief ? 1 : maxLooseUnread);
  }
  /** The digests of an artifact that the bundles need, and whether they need its bytes. */
  get needs() {
    this.#needs ??= this.#findNeeds();
    return this.#needs;
  }
  /** Examines one of the bundles for an artifact. */
  async examine(found, artifact, kind, now) {
    const isOther = isAboutOthers(found, artifact.digests);
    if (this.#isBrief && isOther) return notExamined(this.#failureOfOther(found));
    const begun = this.#begin(found, now);
    const [digest] = artifact.digests;
    if (kind !== "digest" || digest === void 0 || isOther) return this.#examine(begun, artifact, kind);
    const key = formatDigest(digest);
    const examination = begun.byDigest.get(key) ?? this.#examine(begun, artifact, kind);
    begun.byDigest.set(key, examination);
    return examination;
  }
  /**
   * Returns what is reported for an artifact that none of the chosen bundles verifies: that none is about it, and the bundles that
   * cannot be read, any of which may be the one that it lacks.
   */
  unfound(chosen, digests) {
    const unread = this.#looseUnread.filter((one) => !chosen.includes(one));
    const isNoneAbout = chosen.length === 0 && (this.pool.bundles.length > 0 || unread.length === 0);
    return [
      ...isNoneAbout ? [{ bundle: void 0, ...notExamined(aboutOthers(this.pool, digests)) }] : [],
      ...unread.map(({ path, failure }) => ({ bundle: path, ...unreadBundle(failure) }))
    ];
  }
  /** Returns the same failure for all artifacts. */
  #failureOfOther(found) {
    const known = this.#aboutOthers.get(found);
    if (known !== void 0) return known;
    const failure = new CountersignError("ARTIFACT_MISMATCH", "the bundle is for other artifacts", {
      remedy: "Check that the artifact was not changed after signing, and that its bundle is among the specified bundles."
    });
    this.#aboutOthers.set(found, failure);
    return failure;
  }
  async #examine({ bundle, under }, artifact, kind) {
    const examined = await examineUnderRoots(under, (examine) => examine(artifact));
    const examination = await explained(examined, bundle, this.#roots);
    const isTooLong = kind !== "digest" && this.#roots.some(({ policy }) => failsByLength(examination, bundle, artifact, policy));
    return isTooLong ? notExamined(tooLong()) : examination;
  }
  #begin(found, now) {
    const known = this.#begun.get(found);
    if (known !== void 0) {
      this.#begun.delete(found);
      this.#begun.set(found, known);
      return known;
    }
    const { bundle } = found;
    const { content } = bundle;
    const length = 1024 + (content.kind === "dsse-envelope" ? content.payload.length : 0);
    const under = this.#roots.map(({ choice, policy }) => examiner(bundle, choice.trust, policy, now));
    const begun = { bundle, length, under, byDigest: /* @__PURE__ */ new Map() };
    for (const [oldest, { length: freed }] of this.#begun) {
      if (this.#keptLength + length <= maxKeptLength) break;
      this.#begun.delete(oldest);
      this.#keptLength -= freed;
    }
    this.#begun.set(found, begun);
    this.#keptLength += length;
    return begun;
  }
  #findNeeds() {
    const algorithms = /* @__PURE__ */ new Set(["sha256", ...namedAlgorithms(this.pool)]);
    let whole = false;
    for (const found of this.pool.bundles) {
      if (found.content === "dsse-envelope") continue;
      const { bundle } = found;
      for (const { policy } of this.#roots) {
        for (const algorithm of neededDigests(bundle, policy)) algorithms.add(algorithm);
        whole ||= mayBePure(bundle, policy);
      }
    }
    return { algorithms: [...algorithms], whole };
  }
};
function mayBePure({ content, signer }, policy) {
  if (content.kind !== "message-signature") return false;
  if (policy.signer.kind === "key") return policy.signer.publicKey.kind === "ed25519";
  if (signer.kind !== "certificate") return false;
  try {
    return readCertificate(signer.certificate).publicKey.kind === "ed25519";
  } catch (error) {
    if (error instanceof CountersignError) return false;
    throw error;
  }
}
function failsByLength({ failure }, bundle, { bytes }, policy) {
  return failure?.code === "SIGNATURE_INVALID" && bytes === void 0 && mayBePure(bundle, policy);
}
function tooLong() {
  const megabytes = maxWholeLength / 1024 / 1024;
  return new CountersignError(
    "LIMIT_EXCEEDED",
    `the signature may be a pure Ed25519 signature, which requires the whole artifact in memory; the limit is ${megabytes} MiB`,
    { remedy: "Sign larger files with Ed25519ph, or with a different type of key." }
  );
}
async function examineUnderRoots(roots, examine) {
  let best;
  for (const root of roots) {
    const examination = await examine(root);
    if (examination.verdict !== void 0) return examination;
    if (best === void 0 || passes(examination) > passes(best)) best = examination;
  }
  if (best === void 0) throw new CountersignError("TRUSTED_ROOT_MISSING", "no trusted root specified");
  return best;
}
var otherInstance = /* @__PURE__ */ new Set([
  "TIMESTAMP_UNTRUSTED",
  "TIMESTAMP_MISSING",
  "CERTIFICATE_UNTRUSTED",
  "SCT_MISSING",
  "LOG_ENTRY_MISSING"
]);
var otherCase = /* @__PURE__ */ new Set([
  "ISSUER_MISMATCH",
  "IDENTITY_MISMATCH",
  "CLAIM_MISMATCH"
]);
async function explained(examination, bundle, roots) {
  const { failure } = examination;
  if (failure === void 0) return examination;
  if (otherCase.has(failure.code)) {
    const letters = await import("./run-verify-letter-case.mjs");
    const policies = roots.map(({ policy }) => policy);
    return letters.withLetterCase(examination, bundle, policies);
  }
  const chosen = roots.some(({ choice }) => choice.instance === "github");
  if (chosen || !otherInstance.has(failure.code)) return examination;
  const other = await import("./run-verify-letter-case.mjs");
  return other.withInstance(examination, bundle);
}
function passes({ criteria }) {
  return criteria.filter(({ outcome }) => outcome === "pass").length;
}
export {
  PoolExamination,
  asFailure,
  bundlesBeside,
  candidates,
  demandFew,
  demandInside,
  examineUnderRoots,
  explained,
  isAboutOthers,
  joinPools,
  loadPolicy,
  namedBundles,
  namesOf,
  pathsBeside,
  policyUnder,
  readArtifact,
  readBundleFile,
  readBundles,
  releaseOf,
  shown,
  unreadable
};
