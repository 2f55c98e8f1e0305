import { openExamination } from "./cli-reissue-command.mjs";
import { instancePolicy } from "./cli-verify-policy.mjs";
import { instanceRequest } from "./cli-instance-request.mjs";
import { orFailureJson, printJson } from "./cli-json-output.mjs";
import "./core-statement-simple-signing.mjs";
import { failureJson } from "./options-shared.mjs";
import { errorInFlags, inFlags } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import { plainLine } from "./options-row.mjs";
import { loadPolicy } from "./run-policy-load-policy.mjs";
import "./core-statement-slsa-result.mjs";
import { worstOf } from "./report-verification-report.mjs";
import "./core-verify-needed-digests.mjs";
import "./run-policy-request.mjs";
import "./options-policy.mjs";
import "./run-world-choose-instance.mjs";
import { loadTrust } from "./run-policy-load-trust.mjs";
import "./core-trust-trusted-root.mjs";
import "./run-world-read-input.mjs";
import "./run-world-world.mjs";
import "./core-certificate-path.mjs";
import "./core-encoding-der-writer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import { keyText } from "./core-certificate-certificate.mjs";
import { concurrently } from "./node-concurrency.mjs";
import "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-json.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
import { resolve } from "node:path";
var maxOutcomes = 1e3;
var nothing = { logs: [], authorities: [], keys: [] };
async function trustChange({ source, policy, current, next, concurrency, onOutcome }, { clock, cancellation }) {
  const under = (trust) => openExamination({ policy, trust, before: void 0, without: nothing }, clock);
  const changes = changesOf(current.roots, next.roots);
  const trial = {
    current: under(current),
    next: under(next),
    changed: changes.map((change) => ({ change, examine: under(withChange(current, change)) }))
  };
  const counts = { accepted: 0, gained: 0, upgradable: 0, lost: 0, refused: 0 };
  const lostBy = new Map(changes.map((change) => [change, 0]));
  let lostBySeveral = 0;
  const outcomes = [];
  let worst;
  async function* entries() {
    for await (const entry of source.signatures()) {
      if (cancellation.aborted) fail("CANCELLED", "cancelled before all signatures were examined");
      yield entry;
    }
  }
  for await (const outcome of concurrently(entries(), concurrency, (entry) => judge(entry, trial))) {
    counts[outcome.kind]++;
    onOutcome?.(outcome);
    if (outcome.kind === "accepted") {
      if (outcome.isGained) counts.gained++;
      if (outcome.isUpgradable) counts.upgradable++;
      continue;
    }
    worst = worstOf([worst, outcome.error]);
    if (outcomes.length < maxOutcomes) outcomes.push(outcome);
    if (outcome.kind !== "lost") continue;
    if (outcome.reasons.length === 0) lostBySeveral++;
    for (const reason of outcome.reasons) lostBy.set(reason, (lostBy.get(reason) ?? 0) + 1);
  }
  const warnings = [.../* @__PURE__ */ new Set([...current.warnings, ...next.warnings, ...policy.warnings])];
  return { changes, counts, lostBy, lostBySeveral, outcomes, worst, warnings };
}
async function judge(entry, { current, next, changed }) {
  if ("error" in entry) return { name: entry.origin, location: entry.origin, kind: "refused", error: entry.error };
  const { name, digests: named, place } = entry;
  const base = { name, location: place.location };
  const old = await orFailure(() => place.read());
  if (old instanceof CountersignError) return { ...base, kind: "refused", error: old };
  const digests = named.length > 0 ? named : old.digests ?? [];
  const failureUnder = async (examine) => {
    const verdict = await orFailure(() => examine(old, digests));
    return verdict instanceof CountersignError ? verdict : void 0;
  };
  const isCurrent = await failureUnder(current) === void 0;
  const error = await failureUnder(next);
  if (error === void 0) {
    const isUpgradable = old.bundle.version !== "0.3" && old.document === void 0;
    return { ...base, kind: "accepted", isGained: !isCurrent, isUpgradable };
  }
  if (!isCurrent) return { ...base, kind: "refused", error };
  const reasons = [];
  for (const { change, examine } of changed) if (await failureUnder(examine) !== void 0) reasons.push(change);
  return { ...base, kind: "lost", error, reasons };
}
async function orFailure(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === "CANCELLED") throw error;
    return error;
  }
}
function trustedBy({ trust }) {
  const ofLog = (part) => (log) => ({
    part,
    name: log.baseUrl,
    key: keyOfLog(log),
    window: log.validFor
  });
  const ofAuthority = (part) => (authority) => ({
    part,
    name: authority.uri,
    key: keyOfAuthority(authority),
    window: authority.validFor
  });
  return [
    ...trust.certificateAuthorities.map(ofAuthority("certificate authority")),
    ...trust.certificateTransparencyLogs.map(ofLog("certificate log")),
    ...trust.transparencyLogs.map(ofLog("transparency log")),
    ...trust.timestampAuthorities.map(ofAuthority("timestamp authority"))
  ];
}
function keyOfLog({ publicKey }) {
  return keyText(publicKey);
}
function keyOfAuthority({ chain }) {
  return chain.map(({ publicKey }) => keyText(publicKey)).join(" ");
}
function changesOf(current, next) {
  const known = next.flatMap(trustedBy);
  const changes = /* @__PURE__ */ new Map();
  for (const { part, name, key, window } of current.flatMap(trustedBy)) {
    const windows = known.filter((one) => one.part === part && one.key === key).map((one) => one.window);
    if (!windows.some((one) => contains(one, window))) changes.set(`${part} ${key}`, { part, name, key, windows });
  }
  return [...changes.values()];
}
function contains(outer, inner) {
  if (outer.start > inner.start) return false;
  return outer.end === void 0 || inner.end !== void 0 && inner.end <= outer.end;
}
function withChange({ roots, warnings }, { part, key, windows }) {
  const changed = (itsPart, keyOf) => (items) => items.flatMap(
    (item) => part === itsPart && keyOf(item) === key ? windows.map((validFor) => ({ ...item, validFor })) : [item]
  );
  const change = (trust) => ({
    certificateAuthorities: changed("certificate authority", keyOfAuthority)(trust.certificateAuthorities),
    certificateTransparencyLogs: changed("certificate log", keyOfLog)(trust.certificateTransparencyLogs),
    transparencyLogs: changed(
      "transparency log",
      keyOfLog
    )(trust.transparencyLogs),
    timestampAuthorities: changed("timestamp authority", keyOfAuthority)(trust.timestampAuthorities)
  });
  return { roots: roots.map((choice) => ({ ...choice, trust: change(choice.trust) })), warnings };
}
var maxLines = 100;
function trustChangeFailure({ counts, worst }) {
  if (worst === void 0) return void 0;
  const { accepted, lost, refused } = counts;
  const parts = [
    ...lost > 0 ? [`the new trusted root does not accept ${lost} of ${accepted + lost + refused} signatures`] : [],
    ...refused > 0 ? [`${refused} are not accepted under the current trusted root either`] : []
  ];
  return new CountersignError(worst.code, parts.join("; "), {
    cause: worst,
    remedy: lost > 0 ? "Issue these signatures again before the new trusted root is used: run `countersign reissue` with the current trusted root as `old-trusted-root`." : "Check the policy. `countersign verify` explains each failure."
  });
}
function trustChangeText(report) {
  const { counts, changes, lostBy, lostBySeveral, outcomes, warnings } = report;
  const lines = [
    ...warnings.map((warning) => `Warning: ${warning}`),
    ...changes.length === 0 ? ["The new trusted root trusts everything that the current one trusts."] : [],
    ...changes.map((change) => `${changeText(change)}: loses ${lostBy.get(change) ?? 0} signatures`),
    ...lostBySeveral === 0 ? [] : [`Several of these changes together: lose ${lostBySeveral} signatures`],
    ...outcomes.slice(0, maxLines).map(
      ({ kind, location, error }) => `${kind === "lost" ? "must be issued again" : "not accepted"}: ${location}: ${error.code}: ${error.message}`
    ),
    ...counts.lost + counts.refused > maxLines ? [`\u2026 and ${counts.lost + counts.refused - maxLines} more`] : [],
    `${counts.accepted} still accepted (${counts.upgradable} of them can be upgraded without signing, ${counts.gained} only by the new trusted root), ${counts.lost} must be issued again, ${counts.refused} accepted by neither`
  ];
  return lines.map((line) => `${plainLine(line)}
`).join("");
}
function changeText({ part, name, windows }) {
  const times = windows.map(({ start, end }) => `${start.toISOString()} to ${end?.toISOString() ?? "further notice"}`);
  return `The ${part} ${name} ${times.length === 0 ? "is removed" : `is trusted from ${times.join(", and from ")}`}`;
}
function trustChangeJson(report) {
  const failure = trustChangeFailure(report);
  return {
    version: 1,
    exitCode: failure?.exitCode ?? 0,
    failure: failure === void 0 ? null : failureJson(errorInFlags(failure)),
    warnings: report.warnings,
    counts: report.counts,
    changes: report.changes.map((change) => ({
      part: change.part,
      name: change.name,
      windows: change.windows.map(({ start, end }) => ({
        start: start.toISOString(),
        end: end?.toISOString() ?? null
      })),
      lost: report.lostBy.get(change) ?? 0
    })),
    lostBySeveral: report.lostBySeveral,
    signatures: report.outcomes.map((outcome) => ({
      name: outcome.name,
      location: outcome.location,
      result: outcome.kind,
      failure: failureJson(errorInFlags(outcome.error)),
      reasons: outcome.kind === "lost" ? outcome.reasons.map(({ part, name }) => ({ part, name })) : []
    }))
  };
}
var nothing2 = { warnings: [], counts: null, changes: [], lostBySeveral: 0, signatures: [] };
async function reportTrustChange(options, openSource, world, onOutcome) {
  const { json, concurrency, trustedRoot, oldTrustedRoot, ...rest } = options;
  const examine = async () => {
    demandComparable(options);
    const source = await openSource();
    const policy = await loadPolicy(await instancePolicy(options), world);
    const under = async (path) => {
      const given = path === void 0 ? {} : { trustedRoot: resolve(path) };
      return loadTrust(await instanceRequest({ ...rest, ...given }, "verify"), world, policy);
    };
    const [current, next] = [await under(oldTrustedRoot), await under(trustedRoot)];
    return trustChange({ source, policy, current, next, concurrency, onOutcome }, world);
  };
  const report = await orFailureJson(json, nothing2, examine);
  if (json) printJson(trustChangeJson(report));
  else process.stdout.write(inFlags(trustChangeText(report)));
  const failure = trustChangeFailure(report);
  if (failure !== void 0) throw errorInFlags(failure);
}
function demandComparable({
  upgrade,
  signedBefore,
  withoutLog,
  withoutAuthority,
  withoutKey
}) {
  if (upgrade)
    fail("USAGE", "`dry-run` and `trusted-root` compare trusted roots, which `upgrade` has no effect on", {
      remedy: "To see what would be upgraded, specify the trusted root with `old-trusted-root`. To compare, leave `upgrade` out: the comparison counts the signatures that can be upgraded."
    });
  const given = [
    ["signed-before", signedBefore === void 0],
    ["without-log", withoutLog.length === 0],
    ["without-authority", withoutAuthority.length === 0],
    ["without-key", withoutKey.length === 0]
  ];
  const [name] = given.find(([, isAbsent]) => !isAbsent) ?? [];
  if (name === void 0) return;
  fail("USAGE", `\`${name}\` cannot be combined with \`dry-run\` and \`trusted-root\`, which compare trusted roots`, {
    remedy: "Omit it, or specify the trusted root of the old signatures with `old-trusted-root` instead."
  });
}
export {
  reportTrustChange
};
