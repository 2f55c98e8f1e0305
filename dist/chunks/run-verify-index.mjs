import { verifyFile } from "./run-verify-verify-file.mjs";
import { inspect } from "./run-verify-inspect.mjs";
import "./report-bundle-claims.mjs";
import { withFilesBeside, loadImages, openStore } from "./report-distinct-subjects.mjs";
import { loadNamedFiles, demandVerified, verifyRun } from "./run-verify-verify-run.mjs";
import "./run-verify-verify-image.mjs";
import "./fetch-attachments.mjs";
import "./subject-image-image-index.mjs";
import "./subject-image-tar-archive.mjs";
import "./run-policy-load-policy.mjs";
import { namedBundles } from "./run-verify-find-bundles.mjs";
import { examineUnderRoots } from "./run-verify-pool-examination.mjs";
import { readArtifact, releaseOf } from "./run-verify-bundle-pool.mjs";
import "./subject-read-file.mjs";
import "./core-statement-slsa-result.mjs";
import { leftBeside, selectFromArtifact, selectVerifiables, withLeftOut } from "./run-verify-select-verifiables.mjs";
import "./subject-glob.mjs";
import "./report-search-page.mjs";
import "./report-verification-report.mjs";
import "./node-links.mjs";
import "./deliver-manifest.mjs";
import "./subject-digest-file.mjs";
import "./subject-file-system.mjs";
import "./fetch-older-signatures.mjs";
import "./core-statement-simple-signing.mjs";
import "./services-registry-manifests.mjs";
import "./services-registry-manifest.mjs";
import "./services-registry-image-reference.mjs";
import "./services-http-answer.mjs";
import "./run-world-read-input.mjs";
import "./run-policy-request.mjs";
import "./core-verify-needed-digests.mjs";
import "./subject-checksums.mjs";
import "./node-concurrency.mjs";
import "./core-certificate-path.mjs";
import "./core-encoding-go-url.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import "./core-certificate-certificate.mjs";
import "./core-bundle-read-bundle.mjs";
import "./core-encoding-der-writer.mjs";
import "./node-safe-file-name.mjs";
import "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import "./options-policy.mjs";
import "./options-row.mjs";
import "./core-errors-codes.mjs";
export {
  demandVerified,
  examineUnderRoots,
  inspect,
  leftBeside,
  loadImages,
  loadNamedFiles,
  namedBundles,
  openStore,
  readArtifact,
  releaseOf,
  selectFromArtifact,
  selectVerifiables,
  verifyFile,
  verifyRun,
  withFilesBeside,
  withLeftOut
};
