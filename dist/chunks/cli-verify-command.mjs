import { loadVerifyPolicy } from "./cli-verify-policy.mjs";
import { inWorld } from "./cli-in-world.mjs";
import { readAccount } from "./cli-read-account.mjs";
import "./cli-instance-request.mjs";
import { orFailureJson, printJson } from "./cli-json-output.mjs";
import { withFilesBeside, loadNamedFiles, loadImages, openStore, demandVerified, verifyRun } from "./run-verify-verify-run.mjs";
import { verificationJson, verificationText } from "./report-verification-json.mjs";
import { beginsLikeImage, looksLikeImage } from "./node-safe-file-name.mjs";
import { pathExists } from "./run-world-choose-instance.mjs";
import "./report-shorten.mjs";
import "./options-shared.mjs";
import { usesColour, reportInFlags } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import "./options-row.mjs";
import "./run-policy-load-policy.mjs";
import { releaseOf } from "./run-verify-bundle-pool.mjs";
import "./run-verify-pool-examination.mjs";
import "./subject-read-file.mjs";
import "./core-statement-slsa-result.mjs";
import { isVerified } from "./report-verification-report.mjs";
import "./core-verify-needed-digests.mjs";
import "./run-policy-request.mjs";
import "./node-concurrency.mjs";
import "./options-policy.mjs";
import "./report-shown-path.mjs";
import "./node-links.mjs";
import "./core-bundle-read-bundle.mjs";
import "./subject-digest-file.mjs";
import "./run-policy-load-trust.mjs";
import "./core-trust-trusted-root.mjs";
import "./run-world-read-input.mjs";
import "./run-world-world.mjs";
import { Secret } from "./node-secret.mjs";
import "./core-certificate-path.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import "./core-certificate-certificate.mjs";
import { parseCommit, parseDigest } from "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { CountersignError, fail, reading } from "./core-errors-codes.mjs";
import { tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";
function verifyCommand(artifacts, options, version = "unknown") {
  const { retryBudget, json, quiet, verbose } = options;
  return inWorld({ retryBudget, quiet, json }, async (world, display) => {
    const lines = [];
    const verification = () => verify(artifacts, options, { world, display, version, lines });
    if (quiet && !json && !verbose) return setExitCode(verification());
    const nothing = { verified: false, warnings: [], skipped: [], artifacts: [] };
    const report = await orFailureJson(json, nothing, verification);
    if (json) {
      printJson(verificationJson(report));
      demandVerified(report);
      return;
    }
    const colour = usesColour(process.stdout);
    const text = verificationText(report, { colour, verbose, errorFollows: true });
    process.stdout.write(`${text}${lines.map((line) => `${line}
`).join("")}`);
    demandVerified(report, { listed: true });
  });
}
async function setExitCode(verification) {
  try {
    demandVerified(await verification);
  } catch (failure) {
    if (!(failure instanceof CountersignError) || failure.kind === "usage") throw failure;
    process.exitCode = failure.exitCode;
  }
}
async function verify(artifacts, options, { world, display, version, lines }) {
  if ([options.json, options.quiet, options.verbose].filter(Boolean).length > 1)
    fail("USAGE", "`json`, `quiet` and `verbose` cannot be combined", { remedy: "Use only one of them." });
  if (options.useSignedTimestamps)
    fail("USAGE", "`use-signed-timestamps` is not supported: signed timestamps are always verified", {
      remedy: "Remove it. To require a number of timestamps, use `timestamps`."
    });
  const { releaseAssets } = options;
  if (releaseAssets !== void 0) return verifyAssets(releaseAssets, artifacts, options, world);
  if (options.releaseFiles.length > 0)
    fail("USAGE", "`release-files` cannot be used without `release-assets`", { remedy: "Add `release-assets`." });
  if (artifacts.length === 0 && options.release === void 0 && options.policy === void 0) failWithoutArtifact();
  const summaries = summaryOptions.some((option) => isGiven(options[option])) ? await import("./cli-summaries.mjs") : void 0;
  const summary = summaries?.summariesOf(options, version, world);
  const { policy, trust } = await loadVerifyPolicy(summary?.policyOptions(options) ?? options, world);
  const bundles = {
    workspace: process.cwd(),
    paths: options.bundle.map((path) => resolve(path)),
    directory: options.bundleDir === void 0 ? void 0 : resolve(options.bundleDir)
  };
  const { artifacts: named, skipped } = artifacts.length === 0 ? { artifacts: [releaseOf(policy) ?? failWithoutArtifact()], skipped: [] } : await verifiables(artifacts, bundles, options, world, display);
  summary?.demandOtherPaths(named);
  let [done, failed] = [0, 0];
  const onArtifact = (results) => {
    done++;
    if (!isVerified(results)) failed++;
    display.show((progress) => progress.work("verified", named.length, done, failed));
  };
  const store = await openStore({ from: options.from, policy, ...gitHubAccess() }, world);
  const request = { artifacts: named, bundles, store, policy, trust, concurrency: options.concurrency, onArtifact };
  const verified = { ...await verifyRun(request, world), skipped };
  const report = options.strictFolder ? await withFilesBeside(verified, named, options.bundle, world) : verified;
  for (const written of await summary?.write({ report, artifacts: named, policy, trust }) ?? [])
    lines.push(summaries?.summaryLine(written) ?? "");
  return reportInFlags(report);
}
async function verifyAssets(place, artifacts, options, world) {
  const { bundle, bundleDir, from, strictFolder, releaseFiles, concurrency } = options;
  const isCombined = artifacts.length > 0 || bundle.length > 0 || [bundleDir, from].some(isGiven) || strictFolder === true;
  if (isCombined || summaryOptions.some((option) => isGiven(options[option])))
    fail("USAGE", "`release-assets` cannot be combined with artifacts, bundles, `from`, `strict-folder` or summaries", {
      remedy: "Verify the assets of the release in a run of their own."
    });
  const { verifyReleaseAssets } = await import("./run-release-check-index.mjs");
  const { policy, trust } = await loadVerifyPolicy(options, world);
  const request = { place, files: releaseFiles, policy, trust, concurrency, temporaryDirectory: tmpdir() };
  return reportInFlags(await verifyReleaseAssets({ ...request, ...gitHubAccess() }, world));
}
function gitHubAccess() {
  const { GITHUB_TOKEN, GH_TOKEN, GITHUB_API_URL: apiUrl } = process.env;
  const token = GITHUB_TOKEN || GH_TOKEN;
  return { token: token ? new Secret(token) : void 0, apiUrl };
}
var summaryOptions = [
  ...["vsaOut", "svrOut", "policyUri", "vsaLevel", "vsaFailed", "signVsa"],
  ...["signingConfig", "identityToken", "identityProvider", "publicLog"]
];
function isGiven(value) {
  return Array.isArray(value) ? value.length > 0 : value !== void 0 && value !== false;
}
function failWithoutArtifact() {
  return fail("USAGE", "missing required argument 'artifacts'", {
    remedy: "Specify a file, an image or a digest. `release` alone verifies a release of GitHub."
  });
}
async function verifiables(artifacts, places, options, world, display) {
  const found = await Promise.all(artifacts.map((artifact) => findVerifiable(artifact, world, display)));
  const names = (kind) => found.flatMap((one) => one.kind === kind ? one.name : []);
  const account = await readAccount(options);
  const { platform } = options;
  const images = await loadImages({ images: names("image-name"), platform, account, environment: process.env }, world);
  const byName = new Map(images.map((image) => [image.name, image]));
  const named = found.flatMap((one) => {
    if (one.kind === "image-name") return byName.get(one.name) ?? [];
    return one.kind === "pattern" ? [] : one;
  });
  return loadNamedFiles(named, names("pattern"), places, world);
}
async function findVerifiable(artifact, { files, cancellation }, { wait }) {
  if (artifact === "-") return { kind: "stream", name: "-", content: standardInput(wait, cancellation) };
  if (/^(?:oci|oci-archive|docker-archive):/.test(artifact)) return { kind: "image-name", name: artifact };
  const isThere = await pathExists(artifact, files);
  if (/^sha(?:256|384|512):/.test(artifact)) {
    if (isThere) failAmbiguous(artifact, "a digest", "For the digest, rename the file.");
    const digest = reading("DIGEST_INVALID", JSON.stringify(artifact), () => parseDigest(artifact));
    return { kind: "digest", name: artifact, digest };
  }
  if (artifact.startsWith("gitCommit:")) {
    if (isThere) failAmbiguous(artifact, "a commit", "For the commit, rename the file.");
    return { kind: "digest", name: artifact, digest: parseCommit(artifact) };
  }
  if (!isThere && (/:\/\/|^!|[*?[{]/.test(artifact) || sep === "/" && artifact.includes("\\")))
    return { kind: "pattern", name: artifact };
  if (looksLikeImage(artifact)) {
    if (isThere) failAmbiguous(artifact, "an image", `For the image, write oci://${artifact}.`);
    return { kind: "image-name", name: artifact };
  }
  if (!isThere && beginsLikeImage(artifact)) return { kind: "image-name", name: artifact };
  if (isThere && await pathExists(join(artifact, "oci-layout"), files))
    return { kind: "image-name", name: /^[./]/.test(artifact) ? artifact : `oci:${artifact}` };
  return { kind: "file", name: artifact, path: artifact };
}
async function* standardInput(wait, cancellation) {
  const ended = await wait("standard input");
  const stop = () => void process.stdin.destroy(new Error("cancelled"));
  cancellation.addEventListener("abort", stop, { once: true });
  try {
    yield* process.stdin;
  } catch (cause) {
    if (cancellation.aborted) fail("CANCELLED", "cancelled while reading standard input", { cause });
    throw cause;
  } finally {
    cancellation.removeEventListener("abort", stop);
    ended();
  }
}
function failAmbiguous(artifact, what, otherwise) {
  fail("USAGE", `${JSON.stringify(artifact)} is ambiguous: it is ${what}, and a file with this name exists`, {
    remedy: `For the file, write ./${artifact}. ${otherwise}`
  });
}
export {
  verifyCommand
};
