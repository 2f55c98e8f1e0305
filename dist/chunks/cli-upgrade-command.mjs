import { namesImage } from "./cli-json-output-2.mjs";
import { loadVerifyPolicy } from "./cli-verify-policy.mjs";
import { inWorld } from "./cli-in-world.mjs";
import { readAccount } from "./cli-read-account.mjs";
import "./cli-instance-request.mjs";
import { orFailureJson, printJson } from "./cli-json-output.mjs";
import "./node-safe-file-name.mjs";
import { systemRegistries_2 } from "./run-world-system-registries.mjs";
import "./services-registry-manifests.mjs";
import "./run-world-choose-instance.mjs";
import { failureJson } from "./options-shared.mjs";
import { errorInFlags, inFlags } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import { plainLine } from "./options-row.mjs";
import "./services-http-sleep.mjs";
import "./services-registry-manifest.mjs";
import "./node-run-program.mjs";
import "./services-http-back-off.mjs";
import { policyUnder } from "./run-policy-load-policy.mjs";
import "./core-statement-slsa-result.mjs";
import { worstOf } from "./report-verification-report.mjs";
import "./run-policy-request.mjs";
import "./options-policy.mjs";
import "./subject-image-name.mjs";
import "./services-registry-image-reference.mjs";
import "./services-http-answer.mjs";
import "./run-policy-load-trust.mjs";
import "./core-trust-trusted-root.mjs";
import "./run-world-read-input.mjs";
import "./run-world-world.mjs";
import "./node-secret.mjs";
import "./core-log-cosignature.mjs";
import "./core-certificate-certificate.mjs";
import "./node-concurrency.mjs";
import "./core-encoding-der-writer.mjs";
import "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
import { resolve } from "node:path";
function upgradeFailure({ outcomes }) {
  return worstOf(outcomes.map((outcome) => outcome.kind === "failed" ? outcome.failure : void 0));
}
function upgradeText({ dryRun, outcomes, warnings }) {
  const count = (kind) => outcomes.filter((outcome) => outcome.kind === kind).length;
  const upgraded = dryRun ? "would be upgraded" : "upgraded";
  return [
    ...warnings.map((warning) => `warning: ${warning}`),
    ...outcomes.flatMap((outcome) => outcomeLines(outcome, upgraded)),
    `${count("upgraded")} ${upgraded}, ${count("current")} up to date, ${count("failed")} failed`
  ].map((line) => `${plainLine(line)}
`).join("");
}
function outcomeLines(outcome, upgraded) {
  const { name, from = name } = outcome;
  switch (outcome.kind) {
    case "upgraded": {
      const kept = outcome.kept === void 0 ? "" : ` (old bundle: ${outcome.kept})`;
      return [`${upgraded}: ${from} -> ${outcome.to}${kept}`];
    }
    case "current":
      return [`up to date: ${from}`];
    case "failed": {
      const { code, message, remedy } = outcome.failure;
      return [`failed: ${from}: ${code}: ${message}`, ...remedy === void 0 ? [] : [`  ${remedy}`]];
    }
  }
}
function upgradeJson(report) {
  const failure = upgradeFailure(report);
  return {
    version: 1,
    exitCode: failure?.exitCode ?? 0,
    failure: failure === void 0 ? null : failureJson(failure),
    dryRun: report.dryRun,
    warnings: report.warnings,
    signatures: report.outcomes.map((outcome) => ({
      name: outcome.name,
      from: outcome.from ?? null,
      result: outcome.kind,
      to: outcome.kind === "upgraded" ? outcome.to : null,
      kept: outcome.kind === "upgraded" ? outcome.kept ?? null : null,
      failure: outcome.kind === "failed" ? failureJson(outcome.failure) : null
    }))
  };
}
async function upgradeRun(request, world) {
  const { upgradables, policy, trust, dryRun, onDone } = request;
  const roots = trust.roots.map((choice) => ({ choice, policy: policyUnder(policy, choice) }));
  const outcomes = [];
  for (const one of upgradables) {
    if (world.cancellation.aborted) fail("CANCELLED", "cancelled before all signatures were upgraded");
    const upgraded = await upgradeOne(one, request, roots, world).catch((failure) => failed(one, failure));
    outcomes.push(...upgraded);
    onDone?.(upgraded);
  }
  return { dryRun, outcomes, warnings: [...trust.warnings, ...policy.warnings] };
}
async function upgradeOne(one, { registries, out, recursive, dryRun }, roots, world) {
  const { name } = one;
  if (one.kind === "file") {
    const { upgradeFile } = await import("./run-upgrade-upgrade-file.mjs");
    return [await upgradeFile({ name, path: one.path, out, dryRun }, roots, world)];
  }
  const { upgradeImage } = await import("./run-upgrade-upgrade-image.mjs");
  return upgradeImage({ name, registries, recursive, dryRun }, roots, world);
}
function failed({ name }, failure) {
  if (!(failure instanceof CountersignError) || failure.code === "CANCELLED") throw failure;
  return [{ name, from: void 0, kind: "failed", failure }];
}
function demandUpgraded(report) {
  const { outcomes } = report;
  const failures = outcomes.filter(({ kind }) => kind === "failed");
  const failure = upgradeFailure(report);
  if (failure === void 0) return;
  if (failures.length === 1) throw failure;
  fail(failure.code, `${failures.length} of ${outcomes.length} signatures could not be upgraded`, { cause: failure });
}
function upgradeCommand(names, options) {
  const { json, retryBudget } = options;
  return inWorld({ retryBudget, json }, async (world, display) => {
    const nothing = { dryRun: options.dryRun ?? false, warnings: [], signatures: [] };
    const report = inOptions(await orFailureJson(json, nothing, () => upgrade(names, options, world, display)));
    if (json) printJson(upgradeJson(report));
    else process.stdout.write(upgradeText(report));
    demandUpgraded(report);
  });
}
async function upgrade(names, options, world, display) {
  const upgradables = await Promise.all(names.map((name) => readName(name, world)));
  const { out, recursive = false, dryRun = false } = options;
  const [first, ...others] = upgradables;
  if (out !== void 0 && (others.length > 0 || first?.kind !== "file"))
    fail("USAGE", "`out` is the path of one bundle, but not exactly one file was specified", {
      remedy: "Specify one file, or leave `out` out: each new bundle is then written beside the old one."
    });
  const { policy, trust } = await loadVerifyPolicy(options, world);
  const account = await readAccount(options);
  const images = upgradables.flatMap(({ kind, name }) => kind === "image" ? [name] : []);
  const registries = systemRegistries_2({ images, account, environment: process.env }, world);
  let [done, failed2] = [0, 0];
  const onDone = (outcomes) => {
    done++;
    if (outcomes.some(({ kind }) => kind === "failed")) failed2++;
    display.show((progress) => progress.work("upgraded", upgradables.length, done, failed2));
  };
  const path = out === void 0 ? void 0 : resolve(out);
  return upgradeRun({ upgradables, policy, trust, registries, out: path, recursive, dryRun, onDone }, world);
}
async function readName(name, world) {
  return await namesImage(name, world) ? { kind: "image", name } : { kind: "file", name, path: resolve(name) };
}
function inOptions(report) {
  return {
    ...report,
    warnings: report.warnings.map(inFlags),
    outcomes: report.outcomes.map(
      (outcome) => outcome.kind === "failed" ? { ...outcome, failure: errorInFlags(outcome.failure) } : outcome
    )
  };
}
export {
  upgradeCommand
};
