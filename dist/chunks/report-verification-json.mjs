var acceptingEvents = /* @__PURE__ */ new Set(["push", "schedule", "release"]);
function canCheckOutProposal({ eventName = "", ref = "" }) {
  return !acceptingEvents.has(eventName) || isQueued(ref);
}
function isQueued(ref) {
  return ref.startsWith("refs/heads/gh-readonly-queue/");
}

import { count, shownText } from "./report-shorten.mjs";

import { failureJson } from "./options-shared.mjs";

import { artifactOutcomes, worstOf } from "./report-verification-report.mjs";

import { claimName } from "./core-log-cosignature.mjs";

import { formatDigest } from "./node-regular-file.mjs";

import { CountersignError } from "./core-errors-codes.mjs";

function verificationJson(report) {
  const outcomes = artifactOutcomes(report);
  return { ...headJson(report, outcomes), artifacts: outcomes.map(artifactJson) };
}
var pieceLength = 256 * 1024;
async function* verificationJsonText(report) {
  const outcomes = artifactOutcomes(report);
  let piece = `${JSON.stringify(headJson(report, outcomes)).slice(0, -1)},"artifacts":[`;
  for (const [index, outcome] of outcomes.entries()) {
    piece += `${index === 0 ? "" : ","}${JSON.stringify(artifactJson(outcome))}`;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = "";
  }
  yield `${piece}]}
`;
}
function headJson({ warnings, skipped = [] }, outcomes) {
  const worst = worstOf(outcomes.map(({ failure }) => failure));
  const verified = worst === void 0 && outcomes.length > 0;
  return { version: 1, verified, exitCode: worst?.exitCode ?? 0, warnings, skipped };
}
function artifactJson({ artifact, digest, image, results, failure }) {
  return {
    artifact,
    digest: digest ?? null,
    // Only for images.
    ...image !== void 0 && { reference: image.reference ?? null },
    verified: failure === void 0,
    failure: failure === void 0 ? null : failureJson(failure),
    results: results.map(resultJson)
  };
}
function resultJson({ bundle, part, unread = false, criteria, verdict, failure }) {
  return {
    bundle: bundle ?? null,
    // Only for a platform of an image.
    ...part !== void 0 && {
      part: {
        digest: part.digest,
        platform: part.platform ?? null,
        attestationManifest: part.attestationManifest ?? null
      }
    },
    // Only for bundles that cannot be read.
    ...unread && { unread },
    verified: verdict !== void 0,
    failure: failure === void 0 ? null : failureJson(failure),
    criteria: criteria.map(criterionJson),
    certified: verdict === void 0 ? null : certifiedJson(verdict),
    statement: verdict === void 0 ? null : statementJson(verdict)
  };
}
function criterionJson({ name, about, outcome, expected, found, failure }) {
  return {
    name,
    about: about === void 0 ? null : claimName(about),
    outcome,
    expected,
    found,
    code: failure?.code ?? null
  };
}
function certifiedJson({ signer, times, signedCertificateTimestamps, logEntries }) {
  const identity = signer.kind === "identity" ? signer.identity : void 0;
  return {
    signer: signer.kind,
    identity: identity?.subjectAlternativeName ?? null,
    issuer: identity?.issuer ?? null,
    claims: Object.fromEntries(
      Object.entries(identity?.claims ?? {}).map(([claim, value]) => [claimName(claim), value])
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
    // A text, as in bundles: 64 bits do not fit into JSON numbers everywhere.
    logs: logEntries.map(({ log, logIndex, witnesses }) => ({
      url: log.baseUrl,
      index: logIndex.toString(),
      witnesses
    }))
  };
}
function statementJson({ content }) {
  if (content.kind === "release") {
    const { statement: statement2, release } = content;
    return {
      predicateType: statement2.predicateType,
      subject: { name: `${release.repository}@${release.tag}`, commit: release.commit },
      subjects: statement2.subjects.length,
      assets: release.assets.map(({ name, digest: digest2 }) => ({ name, digest: formatDigest(digest2) })),
      predicate: predicateOf(statement2)
    };
  }
  if (content.kind !== "dsse-envelope") return null;
  const { statement, subject, digest } = content;
  return {
    predicateType: statement.predicateType,
    subject: { name: subject.name, digest: formatDigest(digest) },
    subjects: statement.subjects.length,
    predicate: predicateOf(statement)
  };
}
function predicateOf(statement) {
  try {
    return statement.predicate;
  } catch (error) {
    if (error instanceof CountersignError && error.code === "LIMIT_EXCEEDED") return null;
    throw error;
  }
}
function partText({ digest, platform, attestationManifest }) {
  const name = platform === void 0 ? `manifest ${digest}` : `${shownText(platform, 100)} (${digest})`;
  return attestationManifest === void 0 ? name : `${name}, by the attestation manifest ${attestationManifest}`;
}
function certifiedTitle({ signer }) {
  return signer.kind === "key" ? "Key" : "Certificate claims";
}
var statedTitle = "Statement (written by the signer, not verified)";
function certifiedClaims({ signer, times, logEntries }) {
  const who = signer.kind === "key" ? [["key", `the given ${signer.publicKey.kind} key`]] : [
    ["identity", signer.identity.subjectAlternativeName],
    ["issuer", signer.identity.issuer ?? "none in the certificate"],
    ...Object.entries(signer.identity.claims).flatMap(
      ([claim, value]) => claim === "issuer" || value === void 0 ? [] : [[claimName(claim), value]]
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
  if (content.kind === "simple-signing") return [["docker-reference", content.dockerReference]];
  if (content.kind === "release")
    return [["predicate-type", content.statement.predicateType], ...releaseClaims(content.release)];
  const { statement, subject } = content;
  return [
    ["predicate-type", statement.predicateType],
    ["subject", subject.name],
    ["subject-digest", formatDigest(content.digest)],
    ["subjects", String(statement.subjects.length)]
  ];
}
function releaseClaims({ repository, tag, commit, repositoryId, ownerId, assets }) {
  return [
    ["release", `${repository}@${tag}`],
    ["commit", commit],
    ["repository-id", repositoryId],
    ["owner-id", ownerId],
    ...assets.map(({ name, digest }) => ["asset", `${formatDigest(digest)} ${name}`])
  ];
}
function verdictSentence({ signer, times, logEntries }) {
  const [first] = times;
  const when = first === void 0 ? "" : ` on ${first.time.toISOString().slice(0, 19).replace("T", " ")} UTC`;
  const logs = logEntries.map(({ log, logIndex }) => `${logIndex} at ${withoutScheme(log.baseUrl)}`);
  const where = logs.length === 0 ? "not logged" : `log entry ${logs.join(", ")}`;
  return `signed ${signerPhrase(signer)}${when}, ${where}`;
}
function signerPhrase(signer) {
  if (signer.kind === "key") return "with the given key";
  const { subjectAlternativeName: name, issuer, claims } = signer.identity;
  const { sourceRepositoryUri: source, sourceRepositoryRef: ref } = claims;
  if (source === void 0)
    return `by ${withoutScheme(name)}${issuer === void 0 ? "" : ` (${withoutScheme(issuer)})`}`;
  const workflow = ref !== void 0 && name.endsWith(`@${ref}`) ? name.slice(0, -ref.length - 1) : name;
  const by = withoutScheme(workflow).replace(/\/\.github\/workflows\/([\w.-]+(?:@\S+)?)$/, " ($1)");
  const of = name.startsWith(`${source}/`) ? "" : ` for ${withoutScheme(source)}`;
  return `by ${by}${of}${ref === void 0 ? "" : ` at ${ref}`}`;
}
function withoutScheme(url) {
  return url.replace(/^https:\/\//, "");
}
var titles = {
  time: "signing time",
  issuer: "OIDC issuer",
  log: "transparency log"
};
function criterionTitle({ name, about }) {
  return about === void 0 ? titles[name] ?? name.replaceAll("-", " ") : `${name} ${claimName(about)}`;
}
function signerNames(result) {
  const signer = result.verdict?.signer;
  if (signer === void 0) return [];
  return [signer.kind === "key" ? "the given key" : signer.identity.subjectAlternativeName];
}
var maxLineLength = 600;
var maxFailures = 100;
var maxListed = 1e3;
var colours = { pass: 32, fail: 31, "not-checked": 33 };
var words = { pass: "pass", fail: "FAIL", "not-checked": "not checked" };
function verificationText(report, options = {}) {
  const { colour = false, verbose = false, errorFollows = false } = options;
  const outcomes = artifactOutcomes(report);
  const failures = outcomes.flatMap(({ failure }) => failure ?? []);
  const failed = failures.length;
  const style = {
    verbose,
    paint: (text, outcome) => colour ? `\x1B[${colours[outcome]}m${text}\x1B[0m` : text,
    reason: (failure) => errorFollows && failed === 1 && failure === failures[0] ? [] : reasonLines(failure)
  };
  const listed = { failed: 0, verified: 0 };
  const linesOf = (outcome) => {
    const { failure } = outcome;
    const place = failure === void 0 ? ++listed.verified : ++listed.failed;
    if (place > maxListed) return [];
    if (failure === void 0) return verifiedLines(outcome, style);
    return place <= maxFailures ? failedLines(outcome, style) : [failedLine(outcome, failure, style)];
  };
  const lines = [
    ...outcomes.flatMap(linesOf),
    ...omitted(listed.failed, "not verified"),
    ...omitted(listed.verified, "verified"),
    ...report.warnings.map((warning) => line(`Warning: ${warning}`)),
    ...totals(outcomes.length, failed, report.skipped?.length ?? 0)
  ];
  return lines.map((text) => `${text}
`).join("");
}
function totals(all, failed, skipped) {
  if (all === 1 && skipped === 0) return [];
  const parts = [
    `${count(all - failed, "artifact")} verified`,
    ...failed === 0 ? [] : [`${failed} not verified`],
    ...skipped === 0 ? [] : [`${count(skipped, "bundle")} skipped`]
  ];
  return [parts.join(", ")];
}
function omitted(found, which) {
  const more = found - maxListed;
  return more <= 0 ? [] : [`\u2026 and ${count(more, "more artifact")} ${which}`];
}
function verifiedLines(outcome, style) {
  const { results } = outcome;
  const title = style.paint("Verified", "pass");
  const unread = results.filter((result) => result.unread).length;
  const unreadable = (hint) => unread === 0 ? [] : [`  unreadable: ${unread} of ${results.length}${hint}`];
  if (style.verbose)
    return [
      `${title} ${line(nameAndDigest(outcome))}`,
      ...unreadable(" (see below)"),
      ...results.flatMap((result) => resultLines(result, style))
    ];
  const verified = results.filter((result) => result.verdict !== void 0);
  const [verdict] = verified.flatMap((result) => result.verdict ?? []);
  const sentence = verdict === void 0 ? "" : `: ${verdictSentence(verdict)}`;
  return [
    `${title} ${line(`${shortName(outcome)}${sentence}`)}`,
    ...verified.flatMap(({ part }) => part === void 0 ? [] : [line(`  ${partText(part)}`)]),
    ...unreadable(""),
    ...releaseLines(verdict)
  ];
}
function releaseLines(verdict) {
  if (verdict?.content.kind !== "release") return [];
  const claims = releaseClaims(verdict.content.release).filter(([name]) => name === "commit" || name === "asset");
  return claims.map(([name, value]) => line(`  ${name.padEnd("commit".length)} ${shownText(value, 400)}`));
}
function failedLines(outcome, style) {
  return [
    `${style.paint("NOT VERIFIED", "fail")} ${line(nameAndDigest(outcome))}`,
    ...outcome.results.flatMap((result) => resultLines(result, style))
  ];
}
function failedLine(outcome, { code, message }, { paint }) {
  return `${paint("NOT VERIFIED", "fail")} ${line(nameAndDigest(outcome))} ${code}: ${line(shownText(message, 200))}`;
}
function nameAndDigest({ artifact, digest, image }) {
  const known = image?.reference ?? digest;
  return `${shownText(artifact, 300)}${known === void 0 || known === artifact ? "" : ` (${known})`}`;
}
function shortName(outcome) {
  const { artifact, image } = outcome;
  return image === void 0 && artifact !== "-" ? shownText(artifact, 300) : nameAndDigest(outcome);
}
function resultLines({ bundle, part, unread, criteria, verdict, failure }, style) {
  const width = Math.max(...criteria.map((criterion) => criterionTitle(criterion).length));
  return [
    ...part === void 0 ? [] : [line(`  ${partText(part)}`)],
    ...bundle === void 0 ? [] : [line(`  ${unread ? "unreadable" : "bundle"} ${shownText(bundle, 300)}`)],
    ...criteria.map((criterion) => criterionLine(criterion, width, style)),
    ...verdict === void 0 ? [] : [
      ...claimLines(`  ${certifiedTitle(verdict)}:`, certifiedClaims(verdict)),
      ...claimLines(`  ${statedTitle}:`, statedClaims(verdict))
    ],
    ...failure === void 0 ? [] : style.reason(failure)
  ];
}
function reasonLines({ code, message, remedy }) {
  return [
    line(`  ${code}: ${shownText(message, 500)}`),
    ...remedy === void 0 ? [] : remedy.split("\n").map((text) => line(`  ${text}`))
  ];
}
function criterionLine(criterion, titleWidth, { paint }) {
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
  const width = Math.max(...claims.map(([name]) => name.length));
  return [title, ...claims.map(([name, value]) => `    ${line(name.padEnd(width))} ${line(shownText(value, 400))}`)];
}
function line(text) {
  const [indent = ""] = /^ */.exec(text) ?? [];
  return `${indent}${shownText(text.slice(indent.length), maxLineLength)}`;
}
export {
  canCheckOutProposal,
  certifiedClaims,
  certifiedTitle,
  criterionTitle,
  isQueued,
  partText,
  signerNames,
  statedClaims,
  statedTitle,
  verificationJson,
  verificationJsonText,
  verificationText
};
