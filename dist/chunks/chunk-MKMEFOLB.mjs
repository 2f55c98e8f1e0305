import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  artifactOutcomes,
  failureOf,
  verdictOf,
  worstOf
} from "./chunk-F7AKDO5X.mjs";
import {
  count,
  shownText
} from "./chunk-RK3LZVZH.mjs";
import {
  formatDigest
} from "./chunk-UYWXTOMP.mjs";

// src/report/verified-claims.ts
function kebab(name) {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
function vouchedClaims({ signer, times, logEntries }) {
  const who = signer.kind === "key" ? [["key", `the ${signer.publicKey.kind} key that was given`]] : [
    ["identity", signer.identity.subjectAlternativeName],
    ["issuer", signer.identity.issuer],
    ...Object.entries(signer.identity.claims).flatMap(
      ([claim, value]) => claim === "issuer" || value === void 0 ? [] : [[kebab(claim), value]]
    )
  ];
  return [
    ...who,
    ...times.map(({ time }) => ["signed", time.toISOString()]),
    ...logEntries.map(({ log, logIndex }) => ["logged", `${log.baseUrl} ${logIndex}`])
  ];
}
function statedClaims({ content }) {
  if (content.kind === "message-signature") return [];
  const { statement, subject } = content;
  return [
    ["predicate-type", statement.predicateType],
    ["subject", subject.name],
    ["subject-digest", formatDigest(content.digest)],
    ["subjects", String(statement.subjects.length)]
  ];
}
function criterionTitle({ name, about }) {
  return about === void 0 ? name : `${name} ${kebab(about)}`;
}

// src/report/verification-json.ts
function verificationJson(report) {
  const outcomes = artifactOutcomes(report);
  const worst = worstOf(outcomes.map(({ failure }) => failure));
  return {
    version: 1,
    verified: worst === void 0 && outcomes.length > 0,
    exitCode: worst?.exitCode ?? 0,
    warnings: report.warnings,
    artifacts: outcomes.map(artifactJson)
  };
}
function artifactJson({ artifact, digest, results, failure }) {
  return {
    artifact,
    digest: digest ?? null,
    verified: failure === void 0,
    failure: failure === void 0 ? null : failureJson(failure),
    results: results.map(resultJson)
  };
}
function resultJson(result) {
  const { bundle, outcome } = result;
  const failure = failureOf(result);
  const verdict = verdictOf(result);
  return {
    bundle: bundle ?? null,
    verified: verdict !== void 0,
    failure: failure === void 0 ? null : failureJson(failure),
    criteria: outcome.kind === "examined" ? outcome.report.criteria.map(criterionJson) : [],
    vouched: verdict === void 0 ? null : vouchedJson(verdict),
    statement: verdict === void 0 ? null : statementJson(verdict)
  };
}
function failureJson({ code, kind, message, remedy }) {
  return { code, kind, message, remedy: remedy ?? null };
}
function criterionJson({ name, about, outcome, expected, found, failure }) {
  return {
    name,
    about: about === void 0 ? null : kebab(about),
    outcome,
    expected,
    found,
    code: failure?.code ?? null
  };
}
function vouchedJson({ signer, times, signedCertificateTimestamps, logEntries }) {
  const identity = signer.kind === "identity" ? signer.identity : void 0;
  return {
    signer: signer.kind,
    identity: identity?.subjectAlternativeName ?? null,
    issuer: identity?.issuer ?? null,
    claims: Object.fromEntries(
      Object.entries(identity?.claims ?? {}).map(([claim, value]) => [kebab(claim), value])
    ),
    certificate: signer.kind === "identity" ? {
      notBefore: signer.certificateValidity.notBefore.toISOString(),
      notAfter: signer.certificateValidity.notAfter.toISOString()
    } : null,
    times: times.map(({ time, kind, source }) => ({
      time: time.toISOString(),
      kind,
      source: "uri" in source ? source.uri : source.baseUrl
    })),
    certificateLogs: signedCertificateTimestamps.map(({ log, timestamp }) => ({
      url: log.baseUrl,
      time: timestamp.toISOString()
    })),
    // As bundles have it: 64 bits are more than a JSON number holds everywhere.
    logs: logEntries.map(({ log, logIndex, witnesses }) => ({
      url: log.baseUrl,
      index: logIndex.toString(),
      witnesses
    }))
  };
}
function statementJson({ content }) {
  if (content.kind === "message-signature") return null;
  const { statement, subject, digest } = content;
  return {
    predicateType: statement.predicateType,
    subject: { name: subject.name, digest: formatDigest(digest) },
    subjects: statement.subjects.length,
    predicate: statement.predicate
  };
}

// src/report/verification-text.ts
var maxLineLength = 600;
var titleWidth = 34;
var maxDetailed = 20;
var colours = { pass: 32, fail: 31, "not-checked": 33 };
var words = { pass: "pass", fail: "FAIL", "not-checked": "not checked" };
function verificationText(report, { colour = false } = {}) {
  const outcomes = artifactOutcomes(report);
  const failed = outcomes.filter(({ failure }) => failure !== void 0).length;
  const paint = (text, outcome) => colour ? `\x1B[${colours[outcome]}m${text}\x1B[0m` : text;
  const lines = [
    ...outcomes.flatMap((outcome) => artifactLines(outcome, outcomes.length <= maxDetailed, paint)),
    ...report.warnings.map((warning) => line(`Warning: ${warning}`)),
    ...outcomes.length === 1 ? [] : [`${count(outcomes.length - failed, "artifact")} verified${failed === 0 ? "" : `, ${failed} not`}`]
  ];
  return lines.map((text) => `${text}
`).join("");
}
function artifactLines(outcome, detailed, paint) {
  const { artifact, digest, results, failure } = outcome;
  const head = `${shownText(artifact, 300)}${digest === void 0 ? "" : ` (${digest})`}`;
  if (failure !== void 0)
    return [
      `${paint("NOT VERIFIED", "fail")} ${line(head)}`,
      ...results.flatMap((result) => resultLines(result, paint))
    ];
  const title = `${paint("Verified", "pass")} ${line(head)}`;
  return detailed ? [title, ...results.flatMap((result) => resultLines(result, paint))] : [title];
}
function resultLines(result, paint) {
  const failure = failureOf(result);
  const verdict = verdictOf(result);
  const { outcome, bundle } = result;
  return [
    ...bundle === void 0 ? [] : [line(`  bundle ${shownText(bundle, 300)}`)],
    ...outcome.kind === "examined" ? outcome.report.criteria.map((criterion) => criterionLine(criterion, paint)) : [],
    ...verdict === void 0 ? [] : [
      ...claimLines("  vouched for, by the authorities of the trusted root:", vouchedClaims(verdict)),
      ...claimLines("  stated by whoever signed, and no more than that:", statedClaims(verdict))
    ],
    ...failure === void 0 ? [] : [line(`  ${failure.code}: ${shownText(failure.message, 500)}`)],
    ...failure?.remedy === void 0 ? [] : failure.remedy.split("\n").map((text) => line(`  ${text}`))
  ];
}
function criterionLine(criterion, paint) {
  const { outcome, expected, found } = criterion;
  const word = words[outcome];
  const title = criterionTitle(criterion).padEnd(titleWidth);
  const padding = " ".repeat(Math.max(1, 12 - word.length));
  const [saw, wanted] = [shownText(found, 250), shownText(expected, 250)];
  const saying = outcome === "fail" ? shownText(found, 500) : found === expected ? saw : `${saw}  (expected: ${wanted})`;
  return `    ${line(title)} ${paint(word, outcome)}${padding}${line(saying)}`;
}
function claimLines(title, claims) {
  if (claims.length === 0) return [];
  return [
    title,
    ...claims.map(([name, value]) => `    ${line(name.padEnd(titleWidth))} ${line(shownText(value, 400))}`)
  ];
}
function line(text) {
  const [indent = ""] = /^ */.exec(text) ?? [];
  return `${indent}${shownText(text.slice(indent.length), maxLineLength)}`;
}

export {
  vouchedClaims,
  statedClaims,
  criterionTitle,
  verificationJson,
  verificationText
};
