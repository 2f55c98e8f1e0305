import { makeReceipt, writeReceipts } from "./report-receipt-page.mjs";
import "./run-deliver-bundle-files.mjs";
import "./report-verify-commands.mjs";
import "./report-shown-path.mjs";
import "./report-html.mjs";
import "./report-shell.mjs";
import "./report-shorten.mjs";
import "./options-row.mjs";
import { signedBy } from "./run-sign-signing-result.mjs";
import "./report-retry-text.mjs";
import { deliverFile, demandDeliverable } from "./deliver-disk.mjs";
import "./core-bundle-write-bundle.mjs";
import "./node-concurrency.mjs";
import "./node-atomic-write.mjs";
import "./node-make-folder.mjs";
import "./run-verify-verify-run.mjs";
import "./run-policy-load-policy.mjs";
import "./run-verify-bundle-pool.mjs";
import "./run-verify-pool-examination.mjs";
import "./subject-read-file.mjs";
import "./core-statement-slsa-result.mjs";
import "./report-verification-report.mjs";
import { neededDigests } from "./core-verify-needed-digests.mjs";
import "./run-policy-request.mjs";
import "./options-policy.mjs";
import "./node-links.mjs";
import { readBundle } from "./core-bundle-read-bundle.mjs";
import { digestFileWith } from "./subject-digest-file.mjs";
import { trustedRootTexts } from "./run-policy-load-trust.mjs";
import "./core-trust-trusted-root.mjs";
import "./run-world-read-input.mjs";
import "./run-world-world.mjs";
import "./core-certificate-path.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import { exactIdentity } from "./core-certificate-certificate.mjs";
import { readRegularFile } from "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { CountersignError } from "./core-errors-codes.mjs";
import { basename, dirname, join } from "node:path";
var maxBundleFile = 24 * 1024 * 1024;
async function writeSignedReceipts(result, { places, instance, source }, script, world) {
  const paths = [];
  const failures = [];
  const collect = async (work) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      failures.push(error);
    }
  };
  await collect(async () => {
    const files = result.signed.filter(({ subject }) => subject.kind === "file");
    const [trustedRoot = ""] = files.length === 0 ? [] : await trustedRootTexts({ ...instance, purpose: "verify" }, world);
    for (const one of files)
      await collect(async () => {
        const path = receiptPath(one);
        const page = await pageOf(one, trustedRoot);
        await demandDeliverable(world.files, dirname(path), places);
        await deliverFile(world.files, world.random, path, page, places);
        paths.push(path);
      });
  });
  return { paths: [...new Set(paths)], failures };
  async function pageOf(one, trustedRoot) {
    const { subject, bundlePath } = one;
    const bytes = await readRegularFile(world.files, bundlePath, maxBundleFile);
    const bundle = new TextDecoder().decode(bytes);
    const policy = policyOf(one, result.instance);
    const digests = subject.kind === "file" ? await digestFileWith(world.files, subject, neededDigests(readBundle(bundle), policy)) : [one.digest];
    const roots = [{ trustedRoot, policy }];
    const content = { file: basename(subject.name), digests, bundle, roots, instance, source };
    return makeReceipt(content, script, world.clock());
  }
}
function policyOf({ verdict, outages }, { thresholds, sandbox }) {
  const { subjectAlternativeName, issuer } = signedBy(verdict).identity;
  const isUnlogged = outages.some(({ fallback }) => fallback === "timestamp-only");
  return exactIdentity(subjectAlternativeName, issuer, {
    thresholds,
    sandbox,
    ...isUnlogged && { timestampOnly: "accept" }
  });
}
function receiptPath({ subject, bundlePath }) {
  const stem = bundlePath.replace(/\.sigstore\.json$/, "");
  const isOwn = basename(stem) === basename(subject.name);
  const isBelow = !/(?:^|[\\/])\.\.(?:[\\/]|$)|^[\\/]|^[A-Za-z]:/.test(subject.name);
  const own = isOwn ? stem : join(dirname(bundlePath), isBelow ? subject.name : basename(subject.name));
  return `${own}.receipt.html`;
}
export {
  writeReceipts,
  writeSignedReceipts
};
