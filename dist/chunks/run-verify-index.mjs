import { verifyFile } from "./run-verify-verify-file.mjs";
import { withFilesBeside, loadNamedFiles, loadImages, openStore, demandVerified, verifyRun } from "./run-verify-verify-run.mjs";
import { inspect } from "./run-verify-inspect.mjs";
import "./report-bundle-claims.mjs";
import "./run-verify-verify-image.mjs";
import "./subject-image-platform.mjs";
import "./subject-image-image-index.mjs";
import "./subject-image-tar-archive.mjs";
import { leftBeside, selectFromArtifact, selectVerifiables, withLeftOut } from "./run-verify-select-verifiables.mjs";
import "./subject-glob.mjs";
import "./node-safe-file-name.mjs";
import "./deliver-manifest.mjs";
import "./fetch-attached-bundles.mjs";
import "./core-statement-simple-signing.mjs";
import "./fetch-attachments.mjs";
import "./services-registry-manifests.mjs";
import "./fetch-older-signatures.mjs";
import "./subject-checksums.mjs";
import "./services-registry-manifest.mjs";
import "./node-concurrency.mjs";
import "./run-policy-load-policy.mjs";
import { namedBundles, readArtifact, releaseOf } from "./run-verify-bundle-pool.mjs";
import "./run-verify-pool-examination.mjs";
import "./subject-read-file.mjs";
import "./core-statement-slsa-result.mjs";
import "./report-verification-report.mjs";
import "./core-verify-needed-digests.mjs";
import "./run-policy-request.mjs";
import "./options-policy.mjs";
import "./options-row.mjs";
import "./subject-image-name.mjs";
import "./report-shown-path.mjs";
import "./node-links.mjs";
import "./core-bundle-read-bundle.mjs";
import "./subject-digest-file.mjs";
import "./services-registry-image-reference.mjs";
import "./services-http-answer.mjs";
import "./run-world-read-input.mjs";
import "./core-certificate-path.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import "./core-certificate-certificate.mjs";
import "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import "./core-errors-codes.mjs";
export {
  demandVerified,
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
