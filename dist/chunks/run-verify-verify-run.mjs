import { loadRegistries } from "./report-shown-path.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
async function loadImages(request, world) {
  const registries = await loadRegistries(request, world);
  if (registries === void 0) {
    if (request.platform !== void 0)
      fail("USAGE", "`platform` is set, but there is no image", { remedy: "Remove `platform`, or specify an image." });
    return [];
  }
  const { verifiableImages } = await import("./run-verify-verify-image.mjs");
  return verifiableImages(request.images, registries, world.files, request.platform);
}
async function openStore(request, world) {
  const { from } = request;
  if (from === void 0) return void 0;
  const { openGitHubStore } = await import("./run-verify-github-bundles.mjs");
  return openGitHubStore({ ...request, from }, world);
}

import { bundleStem } from "./node-concurrency.mjs";

async function loadNamedFiles(named, patterns, places, world) {
  const mayHaveBundles = named.some(({ kind, name }) => kind === "file" && bundleStem(name) !== void 0);
  if (patterns.length === 0 && !mayHaveBundles) return { artifacts: named, skipped: [] };
  const { readNamedFiles } = await import("./run-verify-named-files.mjs");
  return readNamedFiles(named, patterns, places, world);
}

async function withFilesBeside(report, artifacts, bundlePaths, world) {
  const { leftBeside, withLeftOut } = await import("./run-verify-select-verifiables-2.mjs");
  return withLeftOut(report, await leftBeside(artifacts, bundlePaths, world), true);
}

import { policyUnder } from "./run-policy-load-policy.mjs";

import { bundlesBeside, namedBundles, namesOf, pathsBeside } from "./run-verify-bundle-pool.mjs";

import { PoolExamination } from "./run-verify-pool-examination.mjs";

import { readArtifact } from "./run-verify-bundle-pool.mjs";

import { candidates, demandFew } from "./run-verify-bundle-pool.mjs";

import { artifactOutcomes, notExamined, unreadBundle, worstOf } from "./report-verification-report.mjs";

import { concurrently } from "./node-concurrency.mjs";

import { formatDigest } from "./node-regular-file.mjs";

async function verifyRun(request, world) {
  const { artifacts, policy, trust } = request;
  if (artifacts.length === 0)
    fail("SUBJECT_MISSING", "nothing to verify: no artifact specified", {
      remedy: "Specify a file, an image or a digest."
    });
  demandDistinct(artifacts);
  const { paths, directory } = request.bundles;
  if (request.store !== void 0 && (paths.length > 0 || directory !== void 0))
    fail("USAGE", "`from` cannot be combined with bundles that are specified", {
      remedy: "Omit `from`, or `bundle`, `bundle-dir` and `bundle-artifact`."
    });
  const pool = await namedBundles(request.bundles, world.files);
  const roots = trust.roots.map((choice) => ({ choice, policy: policyUnder(policy, choice) }));
  const distinct = [...new Map(artifacts.map((artifact) => [artifact.name, artifact])).values()];
  const names = new Set(distinct.flatMap((artifact) => artifact.kind === "image" ? [] : [...namesOf(artifact)]));
  await request.store?.prepare(distinct, request.concurrency);
  const results = /* @__PURE__ */ new Map();
  const searchUnder = (under) => ({
    named: pool && new PoolExamination(pool, under, distinct.length, names),
    store: request.store,
    stored: /* @__PURE__ */ new Map(),
    roots: under,
    places: request.bundles,
    covering: /* @__PURE__ */ new Map()
  });
  const search = searchUnder(roots);
  const verifyAll = await withRequired(policy.attestations ?? [], search, searchUnder, world);
  const work = async (artifact) => ({ artifact, found: await verifyAll(artifact) });
  for await (const { artifact, found } of concurrently(distinct, request.concurrency, work)) {
    results.set(artifact, found);
    request.onArtifact?.(found);
  }
  const all = distinct.flatMap((artifact) => results.get(artifact) ?? []);
  const looked = await Promise.all(search.covering.values());
  const pools = [...pool === void 0 ? [] : [pool], ...looked.map((examination) => examination.pool)];
  const misnamed = all.some(isOfPackage) ? await namePackages(distinct, all, world) : [];
  return {
    results: all,
    warnings: [...trust.warnings, ...policy.warnings, ...unreadWarnings(pools, all), ...misnamed]
  };
}
function isOfPackage({ verdict }) {
  if (verdict?.content.kind !== "dsse-envelope") return false;
  const { statement, subject } = verdict.content;
  return subject.name.startsWith("pkg:npm/") || statement.predicateType.startsWith("https://docs.pypi.org/");
}
async function namePackages(...args) {
  const { packageNameWarnings } = await import("./run-verify-package-names.mjs");
  return packageNameWarnings(...args);
}
function demandDistinct(artifacts) {
  const images = new Set(artifacts.flatMap(({ kind, name }) => kind === "image" ? [name] : []));
  const other = artifacts.find(({ kind, name }) => kind !== "image" && images.has(name));
  if (other === void 0) return;
  fail("USAGE", `${JSON.stringify(other.name)} is the name of both an image and another artifact`, {
    remedy: "Verify them in two runs, or put `oci://` before the image name."
  });
}
async function withRequired(required, search, searchUnder, world) {
  if (required.length === 0) return (artifact) => verifyOne(artifact, search, world);
  const { policiesOfType, repeatable, withAttestations } = await import("./run-verify-required-attestations.mjs");
  const searches = new Map(
    required.flatMap(({ expected }) => expected).map((type) => [type, searchUnder(policiesOfType(search.roots, type))])
  );
  return async (given) => {
    const artifact = repeatable(given);
    const results = await verifyOne(artifact, search, world);
    return withAttestations(
      artifact,
      results,
      required,
      async (one, type) => verifyOne(one, searches.get(type) ?? searchUnder(policiesOfType(search.roots, type)), world)
    );
  };
}
async function verifyOne(artifact, search, world) {
  if (artifact.kind !== "image") return verifyArtifact(artifact, search, world);
  const { verifyImage } = await import("./run-verify-verify-image.mjs");
  return verifyImage(search.store?.imageOf(artifact) ?? artifact, search.named, search.roots, world);
}
async function verifyArtifact(artifact, search, world) {
  const { named, store, roots, places, covering } = search;
  try {
    if (world.cancellation.aborted) fail("CANCELLED", "cancelled before the artifact was verified");
    if (store !== void 0)
      return await examineWith(storedExamination(store.bundlesOf(artifact), search), artifact, false, world);
    const examination = named ?? new PoolExamination(await bundlesBeside(artifact, places, world.files), roots, 1, /* @__PURE__ */ new Set());
    const { pool } = examination;
    const isNone = pool.bundles.length + pool.unread.length === 0;
    const found = isNone ? [] : await examineWith(examination, artifact, named === void 0, world);
    if (named !== void 0 && !isNone) return found;
    if (named === void 0 && !found.some(({ verdict }) => verdict !== void 0)) {
      const { examineCovering } = await import("./run-verify-covering-bundles.mjs");
      const more = await examineCovering(artifact, roots, places, covering, pool, world);
      if (more.length > 0) return [...found, ...more];
    }
    return isNone ? await withoutBundle(artifact, places, world) : found;
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    return [{ artifact: artifact.name, digest: void 0, bundle: void 0, ...notExamined(failure) }];
  }
}
var maxStored = 8;
function storedExamination(pool, { stored, roots }) {
  const examination = stored.get(pool) ?? new PoolExamination(pool, roots, 1, /* @__PURE__ */ new Set());
  stored.delete(pool);
  stored.set(pool, examination);
  const [oldest] = stored.keys();
  if (oldest !== void 0 && stored.size > maxStored) stored.delete(oldest);
  return examination;
}
async function examineWith(examination, artifact, beside, world) {
  const { algorithms, whole } = examination.needs;
  const read = await readArtifact(artifact, algorithms, whole, world);
  const [digest] = read.digests;
  const base = { artifact: artifact.name, digest: void 0, bundle: void 0 };
  const known = { ...base, digest: digest && formatDigest(digest) };
  const chosen = chooseBundles(examination.pool, read, artifact, beside);
  const results = [];
  for (const one of chosen) {
    if ("failure" in one) results.push({ ...known, bundle: one.path, ...unreadBundle(one.failure) });
    else {
      const outcome = await examination.examine(one, read, artifact.kind, world.clock());
      results.push({ ...known, bundle: one.path, bundleDigest: one.digest, ...outcome });
    }
  }
  const isVerified = results.some(({ verdict }) => verdict !== void 0);
  if (isVerified && !beside) return results;
  const unfound = examination.unfound(chosen, read.digests);
  results.push(...unfound.map((outcome) => ({ ...outcome.bundle === void 0 ? base : known, ...outcome })));
  return results;
}
function chooseBundles(pool, { digests }, artifact, beside) {
  if (artifact.kind === "release") return demandFew(pool.bundles);
  const chosen = candidates(pool, digests, namesOf(artifact));
  if (chosen.length > 0) return chosen;
  return beside ? pool.bundles.slice(0, 1) : [];
}
async function withoutBundle(artifact, places, world) {
  const [first = ""] = pathsBeside(artifact, places);
  const { failWithoutBundle } = await import("./run-verify-no-bundle.mjs");
  return failWithoutBundle(artifact, first, world);
}
function unreadWarnings(pools, results) {
  const reported = new Set(results.map(({ bundle }) => bundle));
  const unread = pools.flatMap((pool) => pool.unread.filter(({ path }) => !reported.has(path)));
  const more = pools.reduce((sum, { moreUnread = 0 }) => sum + moreUnread, 0);
  return [
    ...unread.map(({ path, failure }) => `the bundle ${path} cannot be read: ${failure.message}`),
    ...more === 0 ? [] : [`${more} more bundles in the same files cannot be read`]
  ];
}
function demandVerified(report, { listed = false } = {}) {
  const outcomes = artifactOutcomes(report);
  const failed = outcomes.filter(({ failure: failure2 }) => failure2 !== void 0);
  const failure = worstOf(failed.map((outcome) => outcome.failure));
  const worst = failed.find((outcome) => outcome.failure === failure);
  if (failure === void 0 || worst === void 0) return;
  const many = `${failed.length} of ${outcomes.length} artifacts could not be verified`;
  if (listed && failed.length > 1) fail(failure.code, many, { cause: failure });
  fail(failure.code, `${outcomes.length === 1 ? "" : `${many}; `}${worst.artifact}: ${failure.message}`, {
    cause: failure,
    ...failure.remedy !== void 0 && { remedy: failure.remedy }
  });
}
export {
  demandVerified,
  loadImages,
  loadNamedFiles,
  openStore,
  verifyRun,
  withFilesBeside
};
