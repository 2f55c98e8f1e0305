import { bundlesTakenOut, isReadableBundle, leftBeside, selectFromArtifact, selectVerifiables, withLeftOut } from "./run-verify-select-verifiables.mjs";
import "./subject-glob.mjs";
import "./node-safe-file-name.mjs";
import "./deliver-manifest.mjs";
import "./subject-checksums.mjs";
import "./node-concurrency.mjs";
import "./report-verification-report.mjs";
import "./core-bundle-read-bundle.mjs";
import "./subject-digest-file.mjs";
import "./node-links.mjs";
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
