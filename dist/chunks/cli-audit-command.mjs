import { quietly, loadRoots } from "./cli-load-roots.mjs";
import { inWorld } from "./cli-in-world.mjs";
import "./cli-instance-request.mjs";
import { orFailureJson, printJson } from "./cli-json-output.mjs";
import { auditExitCodes, auditJson, auditText, evidenceExitCode, evidenceJson, evidenceText, growHeapSlowly, outcomeOf, readEvidence, runAudit, verifyProof } from "./monitor-audit-follow-log.mjs";
import "./monitor-state-log-state.mjs";
import { splitOrigin, verifyHead } from "./monitor-readers-proof-reader.mjs";
import "./monitor-entries-certificate-claims.mjs";
import "./run-policy-chosen-logs.mjs";
import "./run-world-choose-instance.mjs";
import "./report-shell.mjs";
import "./report-shorten.mjs";
import "./options-shared.mjs";
import { usesColour } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import "./options-row.mjs";
import "./services-http-sleep.mjs";
import "./node-atomic-write.mjs";
import "./node-make-folder.mjs";
import "./options-policy.mjs";
import "./services-http-answer.mjs";
import { trustSource } from "./run-policy-load-trust.mjs";
import "./core-trust-trusted-root.mjs";
import { readInputFile } from "./run-world-read-input.mjs";
import "./run-world-world.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import "./core-certificate-certificate.mjs";
import "./node-concurrency.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-bundle-read-bundle.mjs";
import "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import { equalBytes } from "./core-encoding-json.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
import { resolve } from "node:path";
var kindOf = {
  LOG_FORKED: "contradiction",
  SPLIT_VIEW: "contradiction",
  PROMISE_BROKEN: "promise",
  LOG_THAWED: "thawed"
};
async function checkEvidence(bytes, trust) {
  const evidence = readEvidence(bytes);
  const { code, id, origin } = evidence;
  try {
    const { log, isCertificateLog } = findLog(evidence, trust);
    const monitored = asMonitored(log, isCertificateLog, origin);
    const heads = [];
    for (const note of evidence.notes) heads.push(await verifyHead(monitored, note));
    const statement = await verifyProof(proofOf(evidence, heads), log);
    return { code, id, origin, verdict: "proven", statement, log };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { code, id, origin, verdict: "not proven", reason: error.message };
  }
}
function findLog({ publicKey, origin }, { transparencyLogs, certificateTransparencyLogs }) {
  const isIt = (log2) => equalBytes(log2.publicKey.spki, publicKey);
  const logs = transparencyLogs.filter(isIt);
  const log = logs.find((one) => isHostOf(origin, one)) ?? logs[0];
  if (log !== void 0) return { log, isCertificateLog: false };
  const certificateLog = certificateTransparencyLogs.find(isIt);
  if (certificateLog !== void 0) return { log: certificateLog, isCertificateLog: true };
  return fail(
    "LOG_UNKNOWN",
    "the key of the log is in the evidence file, but not in the trusted root; a key that only the file contains proves nothing"
  );
}
function asMonitored(log, isCertificateLog, origin) {
  if (isCertificateLog) return { ...log, protocol: "rfc6962", names: [origin] };
  if (!isHostOf(origin, log))
    fail(
      "CHECKPOINT_ORIGIN",
      `the log ${origin} is not ${new URL(log.baseUrl).host}, whose key is in the evidence file`
    );
  return { ...log, protocol: "rekor-v2", names: [origin] };
}
function isHostOf(origin, { baseUrl }) {
  const { hostname, host } = new URL(baseUrl);
  return [hostname, host].includes(splitOrigin(origin).host);
}
function proofOf({ code, claim, notes }, heads) {
  const [first, second] = heads;
  if (claim.kind !== kindOf[code]) fail("EVIDENCE_INVALID", `a proof of the kind ${claim.kind} cannot prove ${code}`);
  const wrongCount = (needed) => fail("EVIDENCE_INVALID", `the evidence file has ${notes.length} notes; it must have ${needed}`);
  if (first === void 0) return wrongCount(claim.kind === "promise" ? "one" : "two");
  if (claim.kind === "promise") return second === void 0 ? { ...claim, head: first } : wrongCount("one");
  return second === void 0 ? wrongCount("two") : pairProof(claim, first, second);
}
function pairProof(claim, first, second) {
  return claim.kind === "thawed" ? { kind: "thawed", frozen: first, later: second } : { ...claim, smaller: first, larger: second };
}
var maxLength = 16 * 1024 * 1024;
async function checkEvidenceFile(path, roots, { files }) {
  const bytes = await readInputFile(path, "evidence file", files, maxLength);
  const verdicts = [];
  for (const { trust } of roots) verdicts.push(await checkEvidence(new Uint8Array(bytes), trust));
  const [first] = verdicts;
  return verdicts.find(({ verdict }) => verdict === "proven") ?? first ?? fail("TRUSTED_ROOT_MISSING", "there is no trusted root to check the evidence file with");
}
function auditCommand(options, version) {
  const { json, quiet, retryBudget } = options;
  return inWorld({ retryBudget, quiet, json }, async (world, display) => {
    const nothing = { outcome: null, logs: [], findings: [], incomplete: [] };
    const work = () => run(options, version, world, display);
    const result = quiet && !json ? await quietly(work) : await orFailureJson(json, nothing, work);
    if (result === void 0) return;
    process.exitCode = result.exitCode;
    if (json) printJson(result.json());
    else if (!quiet) process.stdout.write(result.text());
  });
}
async function run(options, version, world, { show }) {
  if ([options.json, options.quiet, options.verbose].filter(Boolean).length > 1)
    fail("USAGE", "`json`, `quiet` and `verbose` cannot be combined", { remedy: "Use only one of them." });
  const { evidence, state } = options;
  if (evidence !== void 0) return check(evidence, options, world);
  if (state === void 0)
    fail("USAGE", "no state folder specified", {
      remedy: "Specify a folder with `state`. It is created if it does not exist."
    });
  growHeapSlowly();
  const roots = await loadRoots(options, world);
  const { instance, trustedRoot, witnessPolicy } = options;
  const request = {
    state: resolve(state),
    logs: options.log,
    bundles: options.bundle,
    witnesses: options.witness,
    witnessPolicy: witnessPolicy === void 0 ? void 0 : resolve(witnessPolicy),
    from: options.from,
    maxEntries: options.maxEntries,
    maxMinutes: options.maxMinutes,
    keySource: trustSource(instance, trustedRoot),
    tool: `countersign ${version}`,
    isIndexed: true
  };
  const report = await runAudit(
    request,
    roots,
    world,
    ({ done, total }) => show((progress) => progress.work("proved", total, done))
  );
  const text = () => auditText(report, { colour: usesColour(process.stdout), verbose: options.verbose });
  return { exitCode: auditExitCodes[outcomeOf(report)], json: () => auditJson(report), text };
}
async function check(path, options, world) {
  const { state, log, bundle, witness, witnessPolicy, maxEntries, maxMinutes } = options;
  const given = [state, ...log, ...bundle, ...witness, witnessPolicy, maxEntries, maxMinutes];
  if (given.some((value) => value !== void 0))
    fail("USAGE", "`evidence` cannot be combined with options of an audit", {
      remedy: "Check the evidence file in a run of its own: it needs only the trusted root."
    });
  const verdict = await checkEvidenceFile(path, await loadRoots(options, world), world);
  const text = () => evidenceText(path, verdict, { colour: usesColour(process.stdout) });
  return { exitCode: evidenceExitCode(verdict), json: () => evidenceJson(path, verdict), text };
}
export {
  auditCommand
};
