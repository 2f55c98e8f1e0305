import { loadVerifyPolicy } from "./cli-verify-policy.mjs";
import { inWorld } from "./cli-in-world.mjs";
import { gitHubDestinations } from "./cli-github-destinations.mjs";
import { failureDocument, orFailureJson, printJson } from "./cli-json-output.mjs";
import { deliverBatch, deliveriesJson, deliveriesTo, deliveryLines, reported } from "./deliver-upload-artifact.mjs";
import "./run-sign-receipt.mjs";
import "./deliver-bundle-paths.mjs";
import "./deliver-manifest.mjs";
import { demandVerified, verifyRun } from "./run-verify-verify-run.mjs";
import "./run-policy-load-policy.mjs";
import "./run-verify-pool-examination.mjs";
import "./run-verify-find-bundles.mjs";
import "./run-verify-bundle-pool.mjs";
import "./subject-read-file.mjs";
import "./report-verification-report.mjs";
import "./deliver-disk.mjs";
import "./node-links.mjs";
import "./subject-digest-file.mjs";
import "./subject-file-system.mjs";
import "./report-shell.mjs";
import "./services-registry-image-reference.mjs";
import "./run-policy-load-trust.mjs";
import "./core-trust-trusted-root.mjs";
import "./run-world-read-input.mjs";
import "./run-policy-request.mjs";
import "./core-verify-needed-digests.mjs";
import "./report-markdown.mjs";
import "./report-shorten.mjs";
import "./run-world-world.mjs";
import "./options-shared.mjs";
import "./core-bundle-read-bundle.mjs";
import "./node-atomic-write.mjs";
import "./node-make-folder.mjs";
import "./core-certificate-certificate.mjs";
import "./node-secret.mjs";
import "./core-certificate-path.mjs";
import "./core-encoding-go-url.mjs";
import "./core-log-cosignature.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-encoding-der-writer.mjs";
import "./services-github-artifact-client.mjs";
import { parseDigest } from "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { errorInFlags, reportInFlags } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import "./options-policy.mjs";
import "./options-row.mjs";
import { plainLine, fail } from "./core-errors-codes.mjs";
import { resolve as resolve2 } from "node:path";
import { resolve } from "node:path";
async function deliverVerified({ verification, deliveries }, world) {
  const report = await verifyRun(verification, world);
  demandVerified(report);
  const signed = report.results.flatMap(({ artifact, digest, bundle, verdict }) => {
    if (verdict === void 0 || bundle === void 0 || digest === void 0) return [];
    const subject = { kind: "file", name: artifact, path: resolve(artifact) };
    return [{ subject, digest: parseDigest(digest), bundlePath: resolve(bundle), verdict, outages: [], resumed: true }];
  });
  const batch = { signed, isComplete: true, collection: void 0 };
  return { verification: report, ...await deliverBatch(batch, deliveries, world) };
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
  const { toRelease: release, publishRelease, storeAttestations } = options;
  const destinations = { repo: options.repo, release, publishRelease, storeAttestations };
  const github = gitHubDestinations(destinations, { ...process.env, GITHUB_SHA: void 0 }) ?? fail("USAGE", "no destination is specified", { remedy: "Use --to-release or --store-attestations." });
  const { policy, trust } = await loadVerifyPolicy(options, world);
  const workspace = process.cwd();
  const bundles = { workspace, paths: options.bundle.map((path) => resolve2(path)), directory: void 0 };
  const named = artifacts.map((path) => ({ kind: "file", name: path, path }));
  const verification = { artifacts: named, bundles, policy, trust, concurrency };
  const deliveries = await deliveriesTo({ places: { workspace, bundleDirectory: void 0 }, github });
  return deliverVerified({ verification, deliveries }, world);
}
export {
  deliverCommand
};
