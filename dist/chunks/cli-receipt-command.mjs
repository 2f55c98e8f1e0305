import { dividedFiles } from "./run-deliver-bundle-files.mjs";
import { loadVerifyPolicy } from "./cli-verify-policy.mjs";
import { inWorld } from "./cli-in-world.mjs";
import { writeReceipts } from "./report-receipt-page.mjs";
import { instanceRequest } from "./cli-instance-request.mjs";
import { orFailureJson, printJson } from "./cli-json-output.mjs";
import { loadNamedFiles } from "./run-verify-verify-run.mjs";
import "./report-verify-commands.mjs";
import "./report-shown-path.mjs";
import "./report-html.mjs";
import "./run-world-choose-instance.mjs";
import "./report-shell.mjs";
import "./report-shorten.mjs";
import "./options-shared.mjs";
import { reportInFlags } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import { plainLine } from "./options-row.mjs";
import "./report-retry-text.mjs";
import "./deliver-disk.mjs";
import "./core-bundle-write-bundle.mjs";
import "./node-concurrency.mjs";
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
import "./node-links.mjs";
import "./core-bundle-read-bundle.mjs";
import "./subject-digest-file.mjs";
import "./run-policy-load-trust.mjs";
import "./core-trust-trusted-root.mjs";
import "./run-world-read-input.mjs";
import "./run-world-world.mjs";
import "./core-certificate-path.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import "./core-certificate-certificate.mjs";
import "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import "./core-errors-codes.mjs";
import { relative, resolve } from "node:path";
var concurrency = 4;
function receiptCommand(artifacts, options, script) {
  const { json, retryBudget } = options;
  return inWorld({ retryBudget, json }, async (world) => {
    const { report, receipts } = await orFailureJson(
      json,
      { receipts: [] },
      () => receipt(artifacts, options, script, world)
    );
    const { warnings } = reportInFlags(report);
    const shown = receipts.map(({ artifact, path }) => ({ artifact, path: relative(process.cwd(), path) }));
    if (json) return printJson({ version: 1, receipts: shown, warnings, exitCode: 0, failure: null });
    const lines = [...warnings.map((warning) => `Warning: ${warning}`), ...shown.map(({ path }) => path)];
    process.stdout.write(lines.map((line) => `${plainLine(line)}
`).join(""));
  });
}
async function receipt(artifacts, options, script, world) {
  const { policy, trust } = await loadVerifyPolicy(options, world);
  const workspace = process.cwd();
  const directory = options.bundleDir === void 0 ? void 0 : resolve(options.bundleDir);
  const bundles = { workspace, paths: options.bundle.map((path) => resolve(path)), directory };
  const { files, patterns } = await dividedFiles(artifacts, world);
  const { artifacts: named } = await loadNamedFiles(files, patterns, bundles, world);
  const request = {
    verification: { artifacts: named, bundles, policy, trust, concurrency },
    instance: await instanceRequest(options, "verify"),
    places: { workspace, bundleDirectory: void 0 },
    output: options.output
  };
  return writeReceipts(request, await world.files.readFile(script, "utf8"), world);
}
export {
  receiptCommand
};
