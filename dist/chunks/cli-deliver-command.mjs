import { namesImage } from "./cli-json-output-2.mjs";
import { dividedFiles, bundleFiles } from "./run-deliver-bundle-files.mjs";
import { loadVerifyPolicy } from "./cli-verify-policy.mjs";
import { inWorld } from "./cli-in-world.mjs";
import { gitHubDestinations, deliverBatch, deliveriesJson, deliveriesTo, deliveryLines, reported } from "./deliver-upload-artifact.mjs";
import { readAccount } from "./cli-read-account.mjs";
import "./cli-instance-request.mjs";
import { failureDocument, orFailureJson, printJson } from "./cli-json-output.mjs";
import { loadNamedFiles, demandVerified, verifyRun } from "./run-verify-verify-run.mjs";
import { collectImages } from "./subject-collect-images.mjs";
import "./subject-image-image-index.mjs";
import "./subject-image-tar-archive.mjs";
import { loadRegistries } from "./report-shown-path.mjs";
import "./run-sign-signing-result.mjs";
import "./deliver-manifest.mjs";
import "./node-safe-file-name.mjs";
import "./run-world-choose-instance.mjs";
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
import "./core-bundle-write-bundle.mjs";
import { formatImage } from "./node-concurrency.mjs";
import "./node-atomic-write.mjs";
import "./node-make-folder.mjs";
import "./run-policy-load-policy.mjs";
import "./run-verify-bundle-pool.mjs";
import "./run-verify-pool-examination.mjs";
import "./subject-read-file.mjs";
import "./core-statement-slsa-result.mjs";
import "./report-verification-report.mjs";
import "./core-verify-needed-digests.mjs";
import "./run-policy-request.mjs";
import "./options-policy.mjs";
import "./subject-image-name.mjs";
import "./node-links.mjs";
import "./core-bundle-read-bundle.mjs";
import "./subject-digest-file.mjs";
import "./services-registry-image-reference.mjs";
import "./run-policy-load-trust.mjs";
import "./core-trust-trusted-root.mjs";
import "./run-world-read-input.mjs";
import "./run-world-world.mjs";
import "./node-secret.mjs";
import "./core-certificate-path.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import "./core-certificate-certificate.mjs";
import { parseDigest } from "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { fail } from "./core-errors-codes.mjs";
import { tmpdir } from "node:os";
import { resolve as resolve2 } from "node:path";
import { join, resolve } from "node:path";
async function deliverVerified({ verification, images, deliveries, temporaryDirectory }, world) {
  const { paths: named, directory } = verification.bundles;
  if (images.length > 0 && named.length === 0 && directory === void 0)
    fail("USAGE", "the bundles of the images are not specified", { remedy: "Specify `bundle` or `bundle-dir`." });
  const known = new Map(images.map((image) => [`oci://${formatImage(image)}`, image]));
  const digests = [...known].map(([name, { digest }]) => ({ kind: "digest", name, digest }));
  const artifacts = [...verification.artifacts, ...digests];
  const report = await verifyRun({ ...verification, artifacts }, world);
  demandVerified(report);
  const verified = report.results.flatMap(
    ({ artifact, digest, bundle, bundleDigest, verdict }) => verdict === void 0 || bundle === void 0 || digest === void 0 ? [] : [{ artifact, digest, bundle, bundleDigest, verdict }]
  );
  const folder = await world.files.mkdtemp(join(temporaryDirectory, "countersign-deliver-"));
  try {
    const paths = await bundleFiles(verified, folder, world);
    const signed = verified.map((one) => {
      const { artifact, digest, bundle, verdict } = one;
      const subject = known.get(artifact) ?? { kind: "file", name: artifact, path: resolve(artifact) };
      const bundlePath = paths.get(one) ?? resolve(bundle);
      return { subject, digest: parseDigest(digest), bundlePath, verdict, outages: [], resumed: true };
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
  const names = [];
  const others = [];
  for (const artifact of artifacts) (await namesImage(artifact, world) ? names : others).push(artifact);
  if (toRegistry && names.length === 0)
    fail("USAGE", "`to-registry` is set, but there is no image", {
      remedy: "Specify an image, or leave `to-registry` out."
    });
  const { policy, trust } = await loadVerifyPolicy(options, world);
  const workspace = process.cwd();
  const account = await readAccount(options);
  const registries = await loadRegistries({ images: names, account, environment: process.env }, world);
  const images = registries === void 0 ? [] : await collectImages(names, { recursive: false }, workspace, registries, world.files);
  const directory = options.bundleDir === void 0 ? void 0 : resolve2(options.bundleDir);
  const bundles = { workspace, paths: options.bundle.map((path) => resolve2(path)), directory };
  const { files, patterns } = await dividedFiles(others, world);
  const { artifacts: named } = await loadNamedFiles(files, patterns, bundles, world);
  const verification = { artifacts: named, bundles, policy, trust, concurrency };
  const deliveries = await deliveriesTo({
    places: { workspace, bundleDirectory: void 0 },
    ...toRegistry && registries && { images: { registries, push: true } },
    github
  });
  return deliverVerified({ verification, images, deliveries, temporaryDirectory: tmpdir() }, world);
}
export {
  deliverCommand
};
