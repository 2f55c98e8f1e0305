import { importRekorMonitorConfig } from "./cli-import-monitor-config.mjs";
import { chosenLogs } from "./run-policy-chosen-logs.mjs";
import { readCountersignFile, readWatchPolicy } from "./run-policy-file-watch-shape.mjs";
import { loadSignPolicy } from "./run-policy-policy-file.mjs";
import "./yaml-dist-parse-lexer.mjs";
import { expectedClaims, expectedSigner, loadPolicy, policyOfFile, policyUnder } from "./run-policy-load-policy.mjs";
import "./core-statement-slsa-result.mjs";
import "./run-policy-request.mjs";
import "./options-policy.mjs";
import "./options-row.mjs";
import { loadTrust, thresholdsUnder, trustSource, trustedRootTexts } from "./run-policy-load-trust.mjs";
import "./core-trust-trusted-root.mjs";
import "./run-world-read-input.mjs";
import "./run-world-world.mjs";
import "./core-log-cosignature.mjs";
import "./core-certificate-certificate.mjs";
import "./core-encoding-der-writer.mjs";
import "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import "./core-errors-codes.mjs";
export {
  chosenLogs,
  expectedClaims,
  expectedSigner,
  importRekorMonitorConfig,
  loadPolicy,
  loadSignPolicy,
  loadTrust,
  policyOfFile,
  policyUnder,
  readCountersignFile,
  readWatchPolicy,
  thresholdsUnder,
  trustSource,
  trustedRootTexts
};
