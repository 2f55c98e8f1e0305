import { namesImage } from "./cli-json-output-2.mjs";
import { loadVerifyPolicy } from "./cli-verify-policy.mjs";
import { inWorld } from "./cli-in-world.mjs";
import { gitHubDestinations, deliverBatch, deliveriesJson, deliveriesTo, deliveryLines, reported } from "./deliver-upload-artifact.mjs";
import "./cli-instance-request.mjs";
import { readAccount } from "./cli-read-account.mjs";
import { failureDocument, orFailureJson, printJson } from "./cli-json-output.mjs";
import { loadNamedFiles, demandVerified, verifyRun } from "./run-verify-verify-run.mjs";
import { collectImages } from "./subject-collect-images.mjs";
import "./subject-image-image-index.mjs";
import "./subject-image-tar-archive.mjs";
import "./run-sign-receipt.mjs";
import "./deliver-manifest.mjs";
import { loadRegistries } from "./run-world-load-registries.mjs";
import { pathExists } from "./run-world-choose-instance.mjs";
import "./report-shell.mjs";
import "./report-markdown.mjs";
import "./report-shorten.mjs";
import "./options-shared.mjs";
import "./services-github-artifact-client.mjs";
import { errorInFlags, reportInFlags } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import { plainLine } from "./options-row.mjs";
import "./deliver-bundle-paths.mjs";
import "./deliver-disk.mjs";
import "./services-registry-manifest.mjs";
import { writeBundle } from "./core-bundle-write-bundle.mjs";
import { formatImage } from "./node-safe-file-name.mjs";
import "./node-atomic-write.mjs";
import "./node-make-folder.mjs";
import "./run-policy-load-policy.mjs";
import "./run-verify-find-bundles.mjs";
import "./run-verify-pool-examination.mjs";
import "./run-verify-bundle-pool.mjs";
import "./subject-read-file.mjs";
import "./core-statement-slsa-result.mjs";
import "./report-verification-report.mjs";
import "./core-verify-needed-digests.mjs";
import "./run-policy-request.mjs";
import { maxBundleLength, readBundle } from "./core-bundle-read-bundle.mjs";
import "./options-policy.mjs";
import "./subject-image-name.mjs";
import "./node-links.mjs";
import "./subject-digest-file.mjs";
import "./services-registry-image-reference.mjs";
import "./run-policy-load-trust.mjs";
import "./core-trust-trusted-root.mjs";
import "./run-world-read-input.mjs";
import "./run-world-world.mjs";
import "./node-concurrency.mjs";
import "./core-certificate-path.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import "./core-certificate-certificate.mjs";
import { readRegularFile, digest, equalDigests, parseDigest } from "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { attempt, fail } from "./core-errors-codes.mjs";
import { tmpdir } from "node:os";
import { resolve as resolve3 } from "node:path";
import { join as join2, resolve as resolve2 } from "node:path";
import { basename, join, resolve } from "node:path";
async function bundleFiles(verified, folder, { files }) {
  const whole = /* @__PURE__ */ new Map();
  const read = (path) => {
    const bytes = whole.get(path) ?? readRegularFile(files, path, maxBundleLength);
    whole.set(path, bytes);
    return bytes;
  };
  const placed = [];
  for (const one of verified) {
    const [, file = one.bundle, number] = /^(.*\.jsonl):([1-9]\d*)$/.exec(one.bundle) ?? [];
    const bytes = await read(resolve(file)).catch((cause) => failForFormat(one, cause));
    const json = number === void 0 ? bytes : lineOf(bytes, Number(number));
    if (one.bundleDigest === void 0 || !equalDigests(digest("sha256", json), one.bundleDigest))
      fail("SUBJECT_CHANGED", `the bundle ${one.bundle} was changed after it was verified`, {
        remedy: "Make sure that nothing else changes the bundles, and run again."
      });
    const bundle = attempt(() => readBundle(json)) ?? failForFormat(one, void 0);
    placed.push({ one, text: `${writeBundle(bundle)}
`, path: number === void 0 ? resolve(file) : void 0 });
  }
  const paths = new Map(placed.flatMap(({ text, path }) => path === void 0 ? [] : [[text, path]]));
  const found = /* @__PURE__ */ new Map();
  for (const { one, text } of placed) {
    const path = paths.get(text) ?? join(folder, nameOf(one, text));
    if (!paths.has(text)) await files.writeFile(path, text, { flag: "wx" });
    paths.set(text, path);
    found.set(one, path);
  }
  return found;
}
function lineOf(bytes, number) {
  const line = Buffer.from(bytes).toString("utf8").split("\n")[number - 1] ?? "";
  return Buffer.from(line.trim());
}
function nameOf({ artifact, verdict }, text) {
  if (verdict.content.kind !== "dsse-envelope") return `${basename(artifact)}.sigstore.json`;
  const number = Buffer.from(digest("sha256", Buffer.from(text)).bytes).readUInt32BE();
  return `attestation-${number}.sigstore.json`;
}
function failForFormat({ bundle }, cause) {
  return fail("USAGE", `${JSON.stringify(bundle)} is not a file with a Sigstore bundle, and cannot be delivered`, {
    ...cause !== void 0 && { cause },
    remedy: "Convert it with `countersign upgrade`, and deliver the bundle."
  });
}
async function deliverVerified({ verification, images, deliveries, temporaryDirectory }, world) {
  const { paths: named, directory } = verification.bundles;
  if (images.length > 0 && named.length === 0 && directory === void 0)
    fail("USAGE", "the bundles of the images are not specified", { remedy: "Specify `bundle` or `bundle-dir`." });
  const known = new Map(images.map((image) => [`oci://${formatImage(image)}`, image]));
  const digests = [...known].map(([name, { digest: digest2 }]) => ({ kind: "digest", name, digest: digest2 }));
  const artifacts = [...verification.artifacts, ...digests];
  const report = await verifyRun({ ...verification, artifacts }, world);
  demandVerified(report);
  const verified = report.results.flatMap(
    ({ artifact, digest: digest2, bundle, bundleDigest, verdict }) => verdict === void 0 || bundle === void 0 || digest2 === void 0 ? [] : [{ artifact, digest: digest2, bundle, bundleDigest, verdict }]
  );
  const folder = await world.files.mkdtemp(join2(temporaryDirectory, "countersign-deliver-"));
  try {
    const paths = await bundleFiles(verified, folder, world);
    const signed = verified.map((one) => {
      const { artifact, digest: digest2, bundle, verdict } = one;
      const subject = known.get(artifact) ?? { kind: "file", name: artifact, path: resolve2(artifact) };
      const bundlePath = paths.get(one) ?? resolve2(bundle);
      return { subject, digest: parseDigest(digest2), bundlePath, verdict, outages: [], resumed: true };
    });
    const { policy, trust } = verification;
    const batch = { signed, isComplete: true, collection: void 0, verification: async () => ({ policy, trust }) };
    return { verification: report, ...await deliverBatch(batch, deliveries, world) };
  } finally {
    await world.files.rm(folder, { recursive: true, force: true });
  }
}
var concurrency = 8;
function deliverCommand(artifacts, options) {
  const { json, retryBudget } = options;
  return inWorld({ retryBudget, json }, async (world) => {
    const result = await orFailureJson(
      json,
      { delivered: false, deliveries: [] },
      () => deliver(artifacts, options, world)
    );
    const { deliveries, warnings } = reportInFlags({
      warnings: result.verification.warnings,
      deliveries: result.results.map(reported)
    });
    const [failure] = result.failures;
    if (json) {
      const members = { delivered: failure === void 0, deliveries: deliveriesJson(deliveries), warnings };
      const ended = failure === void 0 ? { exitCode: 0, failure: null } : failureDocument(failure);
      printJson({ version: 1, ...members, ...ended });
    } else {
      const lines = [...warnings.map((warning) => `Warning: ${warning}`), ...deliveryLines(deliveries)];
      process.stdout.write(lines.map((line) => `${plainLine(line)}
`).join(""));
    }
    if (failure !== void 0) throw errorInFlags(failure);
  });
}
async function deliver(artifacts, options, world) {
  const { toRelease: release, publishRelease, storeAttestations, toRegistry = false } = options;
  const destinations = { repo: options.repo, release, publishRelease, storeAttestations };
  const github = gitHubDestinations(destinations, { ...process.env, GITHUB_SHA: void 0 });
  if (github === void 0 && !toRegistry)
    fail("USAGE", "no destination is specified", {
      remedy: "Use --to-release, --store-attestations or --to-registry."
    });
  const { files, patterns, images: names } = await divided(artifacts, world);
  if (toRegistry && names.length === 0)
    fail("USAGE", "`to-registry` is set, but there is no image", {
      remedy: "Specify an image, or leave `to-registry` out."
    });
  const { policy, trust } = await loadVerifyPolicy(options, world);
  const workspace = process.cwd();
  const account = await readAccount(options);
  const registries = await loadRegistries({ images: names, account, environment: process.env }, world);
  const images = registries === void 0 ? [] : await collectImages(names, { recursive: false }, workspace, registries, world.files);
  const directory = options.bundleDir === void 0 ? void 0 : resolve3(options.bundleDir);
  const bundles = { workspace, paths: options.bundle.map((path) => resolve3(path)), directory };
  const { artifacts: named } = await loadNamedFiles(files, patterns, bundles, world);
  const verification = { artifacts: named, bundles, policy, trust, concurrency };
  const deliveries = await deliveriesTo({
    places: { workspace, bundleDirectory: void 0 },
    ...toRegistry && registries && { images: { registries, push: true } },
    github
  });
  return deliverVerified({ verification, images, deliveries, temporaryDirectory: tmpdir() }, world);
}
async function divided(artifacts, world) {
  const files = [];
  const patterns = [];
  const images = [];
  for (const path of artifacts) {
    if (await namesImage(path, world)) images.push(path);
    else if (/^!|[*?[{]/.test(path) && !await pathExists(path, world.files)) patterns.push(path);
    else files.push({ kind: "file", name: path, path });
  }
  return { files, patterns, images };
}
export {
  deliverCommand
};
