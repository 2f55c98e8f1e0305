import { openReleases } from "./services-github-open-releases.mjs";
import { verifyRun } from "./run-verify-verify-run.mjs";
import "./run-policy-load-policy.mjs";
import "./run-verify-bundle-pool.mjs";
import "./run-verify-pool-examination.mjs";
import "./subject-read-file.mjs";
import "./core-statement-slsa-result.mjs";
import { artifactOutcomes, notExamined } from "./report-verification-report.mjs";
import "./core-verify-needed-digests.mjs";
import "./run-policy-request.mjs";
import { bundleStem, concurrently } from "./node-concurrency.mjs";
import "./options-policy.mjs";
import "./options-row.mjs";
import "./node-links.mjs";
import { maxBundleLength } from "./core-bundle-read-bundle.mjs";
import "./subject-digest-file.mjs";
import "./services-github-api.mjs";
import "./services-http-public-address.mjs";
import "./services-http-answer.mjs";
import "./run-world-read-input.mjs";
import "./core-certificate-path.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import "./core-certificate-certificate.mjs";
import { parseDigest } from "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
import { join } from "node:path";
var BundleSink = class {
  #name;
  #maxLength;
  #chunks = [];
  #length = 0;
  /** @param maxLength in bytes */
  constructor(name, maxLength) {
    this.#name = name;
    this.#maxLength = maxLength;
  }
  begin() {
    this.#chunks = [];
    this.#length = 0;
  }
  /** @throws CountersignError `LIMIT_EXCEEDED` */
  take(bytes) {
    this.#length += bytes.length;
    if (this.#length > this.#maxLength)
      fail("LIMIT_EXCEEDED", `the bundle ${this.#name} exceeds the limit of ${this.#maxLength} bytes`);
    this.#chunks.push(bytes.slice());
  }
  bytes() {
    return Buffer.concat(this.#chunks);
  }
};
async function checkRelease(request, releases, temporaryDirectory, world) {
  const release = await findRelease(request, releases);
  const assets = demandDistinct(await releases.assetsOf(release));
  const access = !release.isDraft && await releases.isPublic(request.repository) ? "anonymous" : "token";
  const folder = await world.files.mkdtemp(join(temporaryDirectory, "countersign-release-"));
  try {
    const fetched = await fetchAll({ release, access, assets, folder }, request, releases, world);
    const report = await examine(fetched, folder, request, world);
    return { release, access, report };
  } finally {
    await world.files.rm(folder, { recursive: true, force: true });
  }
}
async function findRelease({ repository, target }, releases) {
  const found = target.kind === "tag" ? await releases.findByTag(repository, target.tag) : await releases.findById(repository, target.id);
  const name = target.kind === "tag" ? JSON.stringify(target.tag) : String(target.id);
  return found ?? fail("RELEASE_MISSING", `there is no release ${name} of ${repository}`, {
    remedy: "Check the tag. A draft is found by its ID only, with a token that has `contents: write`."
  });
}
async function fetchAll({ release, access, assets, folder }, { concurrency }, releases, { files, cancellation }) {
  const work = async (asset) => {
    try {
      if (cancellation.aborted) fail("CANCELLED", "cancelled before the asset was fetched");
      demandWhole(asset);
      const bundle = isBundle(asset) ? new BundleSink(asset.name, maxBundleLength) : void 0;
      const result = access === "token" ? await releases.download(release, asset, bundle) : await releases.downloadPublished(asset, bundle);
      demandSame(asset, result);
      if (bundle !== void 0) await files.writeFile(join(folder, asset.name), bundle.bytes(), { flag: "wx" });
      return { asset, result };
    } catch (failure) {
      if (failure instanceof CountersignError) return { asset, result: failure };
      throw failure;
    }
  };
  const byAsset = /* @__PURE__ */ new Map();
  for await (const one of concurrently(assets, concurrency, work)) byAsset.set(one.asset, one);
  return assets.flatMap((asset) => byAsset.get(asset) ?? []);
}
function demandDistinct(assets) {
  const names = assets.map(({ name }) => name.toLowerCase());
  const twice = assets.find((_, at) => names.indexOf(names[at] ?? "") !== at);
  if (twice === void 0) return assets;
  return fail("SERVICE_RESPONSE_INVALID", `GitHub lists two assets named ${JSON.stringify(twice.name)}`, {
    remedy: "Rename one of them: names that differ only in case are the same file on some systems."
  });
}
function demandWhole({ name, state }) {
  if (!/^[A-Za-z0-9_+@-][A-Za-z0-9._+@-]{0,254}$/.test(name))
    fail("SERVICE_RESPONSE_INVALID", `GitHub lists an asset named ${JSON.stringify(name)}, which it does not allow`);
  if (state !== "uploaded")
    fail("SUBJECT_MISSING", `the upload of the asset ${name} has not ended`, {
      remedy: "Upload the asset again, before the release is published."
    });
}
function demandSame({ name, size, digest }, received) {
  if (received.size !== size || digest !== void 0 && received.digest !== digest)
    fail(
      "RELEASE_ASSET_DIFFERS",
      `the download of ${name} has ${received.size} bytes and the digest ${received.digest}, but GitHub lists ${size} bytes and ${digest ?? "no digest"}`,
      { remedy: "Do not use this release. Find out who changed the asset." }
    );
}
function isBundle({ name }) {
  return bundleStem(name) !== void 0;
}
async function examine(fetched, folder, { expected, only, policy, trust, concurrency }, world) {
  const problems = [];
  const artifacts = [];
  for (const { asset, result } of fetched) {
    const failure = result instanceof CountersignError ? result : differenceOf(asset, result, expected, only);
    if (failure !== void 0) problems.push(problem(asset.name, failure));
    else if (!isBundle(asset) && !(result instanceof CountersignError))
      artifacts.push({ kind: "digest", name: asset.name, digest: parseDigest(result.digest) });
  }
  const present = new Set(fetched.map(({ asset }) => asset.name));
  for (const name of expected.keys()) if (!present.has(name)) problems.push(problem(name, missing(name)));
  if (artifacts.length === 0)
    return { results: problems.length > 0 ? problems : [problem("release", nothing())], warnings: trust.warnings };
  const bundles = { workspace: folder, paths: [], directory: folder };
  const report = await verifyRun({ artifacts, bundles, policy, trust, concurrency }, world);
  const used = new Set(report.results.flatMap(({ verdict, bundle }) => verdict && bundle ? [fileOf(bundle)] : []));
  const hasFailed = problems.length > 0 || artifactOutcomes(report).some(({ failure }) => failure !== void 0);
  if (!hasFailed) {
    for (const { asset } of fetched)
      if (isBundle(asset) && !used.has(asset.name)) problems.push(problem(asset.name, unused(asset)));
  }
  return { ...report, results: [...report.results, ...problems] };
}
function fileOf(place) {
  return place.replace(/:.*$/s, "");
}
function differenceOf({ name }, { digest }, expected, only) {
  const uploaded = expected.get(name);
  if (uploaded !== void 0 && uploaded !== digest)
    return new CountersignError("RELEASE_ASSET_DIFFERS", `${name} has the digest ${digest}; ${uploaded} was uploaded`, {
      remedy: "Do not publish this release. Find out who changed the asset."
    });
  if (!only || expected.has(name)) return void 0;
  return new CountersignError("RELEASE_ASSET_DIFFERS", `${name} is not one of the files of this release`, {
    remedy: "Find out who attached it. Delete it, or add it to the expected files."
  });
}
function missing(name) {
  return new CountersignError("SUBJECT_MISSING", `the release has no asset ${JSON.stringify(name)}`, {
    remedy: "Attach the file before the release is published. If it was renamed or deleted, find out by whom."
  });
}
function nothing() {
  return new CountersignError("SUBJECT_MISSING", "the release has no assets to verify", {
    remedy: "Attach the files and their bundles first."
  });
}
function unused({ name }) {
  return new CountersignError("ARTIFACT_MISMATCH", `the bundle ${name} verifies no asset of the release`, {
    remedy: "Delete it if it is outdated. If its file was replaced or deleted, find out by whom."
  });
}
function problem(artifact, failure) {
  return { artifact, digest: void 0, bundle: void 0, ...notExamined(failure) };
}
var form = /^([A-Za-z0-9_-]+\/[A-Za-z0-9._-]+)(?:@([^\s~^:?*[\\\p{Cc}]+)|#([1-9]\d{0,14}))$/u;
function readReleasePlace(text) {
  const [, repository, tag, id] = form.exec(text) ?? [];
  if (repository !== void 0 && id !== void 0) return { repository, target: { kind: "id", id: Number(id) } };
  if (repository !== void 0 && tag !== void 0 && !tag.includes(".."))
    return { repository, target: { kind: "tag", tag } };
  return fail("USAGE", `\`release-assets\` is ${JSON.stringify(text)}, which names no release`, {
    remedy: "Specify owner/name@tag, or owner/name#ID for a draft."
  });
}
async function verifyReleaseAssets({ place, files, token, apiUrl, temporaryDirectory, ...request }, world) {
  const { http, clock } = world;
  const target = readReleasePlace(place);
  const expected = new Map(files.map((name) => [name, void 0]));
  const releases = openReleases({ http, clock, token, apiUrl });
  const { report } = await checkRelease(
    { ...request, ...target, expected, only: false },
    releases,
    temporaryDirectory,
    world
  );
  return report;
}
export {
  checkRelease,
  verifyReleaseAssets
};
