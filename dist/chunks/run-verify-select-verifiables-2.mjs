import { bundlesTakenOut, isReadableBundle, leftBeside, selectFromArtifact, selectVerifiables, withLeftOut } from "./run-verify-select-verifiables.mjs";
import "./subject-glob.mjs";
import "./report-search-page.mjs";
import "./report-verification-report.mjs";
import "./deliver-manifest.mjs";
import "./subject-digest-file.mjs";
import "./subject-file-system.mjs";
import "./subject-checksums.mjs";
import "./node-concurrency.mjs";
import "./core-bundle-read-bundle.mjs";
import "./node-safe-file-name.mjs";
import "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import "./core-errors-codes.mjs";
export {
  bundlesTakenOut,
  isReadableBundle,
  leftBeside,
  selectFromArtifact,
  selectVerifiables,
  withLeftOut
};
