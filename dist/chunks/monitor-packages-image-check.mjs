import { digestJson, problemJson } from "./report-search-json.mjs";
import { LookAlikeFinder } from "./monitor-look-alikes-unicode-confusables.mjs";
import { eachWithEach, fetchAnswer, maxNameLength, namesSeen, searchIndexV1, usualRefs } from "./run-search-query.mjs";
import { isProven, line, logCoverageLines, logJson, painter, reasonLines, runAudit, shardOffset } from "./monitor-audit-follow-log.mjs";
import { acceptGzip, uncompressed, withinRate } from "./monitor-readers-proof-reader.mjs";
import { certificatesOf, indexFolder, readEntry, repositoryOf } from "./monitor-entries-certificate-claims.mjs";
import { Html, html, searchPage } from "./report-html.mjs";
import { isCertificateLog, logUrl } from "./run-policy-chosen-logs.mjs";
import { readWatchPolicy, spelledRepository } from "./run-policy-file-watch-shape.mjs";
import { openHttp } from "./services-http-http.mjs";
import { systemRegistries_2 } from "./run-world-system-registries.mjs";
import { fetchAttached } from "./fetch-attached-bundles.mjs";
import { examineSimpleSigning } from "./core-statement-simple-signing.mjs";
import { pathExists } from "./run-world-choose-instance.mjs";
import { readOtherFormat_2 } from "./run-verify-other-formats.mjs";
import { cellCode, cellProse, code, link, prose } from "./report-markdown.mjs";
import { byteLength, count, fitting, shorten, shownText } from "./report-shorten.mjs";
import { parseChecksums } from "./subject-checksums.mjs";
import { plainJson } from "./options-row.mjs";
import { sleep } from "./services-http-sleep.mjs";
import { retryAfter } from "./services-http-back-off.mjs";
import { removeUnfinished, syncFolder, writeAtomically } from "./node-atomic-write.mjs";
import { makeFolder } from "./node-make-folder.mjs";
import { bundleStem, mapConcurrently } from "./node-concurrency.mjs";
import { pageSize, placeOf, readPages, GitHubApi, GitHubRefusal, parseObject, readArtifact, readComment, readIssue, readJob, readListedRun, readLogin, readRelation, readRepository, readRun } from "./services-github-api.mjs";
import { isLoopbackHost } from "./services-http-public-address.mjs";
import { parseRepository } from "./services-registry-image-reference.mjs";
import { expectStatus } from "./services-http-answer.mjs";
import { readInput } from "./run-world-read-input.mjs";
import { examine, isSigned, mayHaveIssued, artifactOfDigest, readStatement, statementPayloadType } from "./core-certificate-path.mjs";
import { preAuthenticationEncoding, canonicalJson, plainUrl } from "./core-encoding-der-writer.mjs";
import { leafHash, precertificateTbs } from "./core-certificate-signed-certificate-timestamp.mjs";
import { policyFor, readCertificate, exactly } from "./core-certificate-certificate.mjs";
import { claimName } from "./core-log-cosignature.mjs";
import { readBundle } from "./core-bundle-read-bundle.mjs";
import { NotRegularFile, describeFile, readExactly, readRegularFile, digest, formatDigest, isHashAlgorithm, parseDigest, toDigest, sha256 } from "./node-regular-file.mjs";
import { ProtoField, decodeBase64, encodeBase64, decodeHex, encodeHex } from "./core-encoding-der.mjs";
import { parseJson, parseJsonObject, asList, asObject, asText, memberAt, decodeUtf8, isWellFormed, utf8 } from "./core-encoding-json.mjs";
import { require_node_fs, CountersignError, attempt, fail, reading, systemCode, __callDispose, __toESM, __using } from "./core-errors-codes.mjs";
import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { createHash as createHash2, createHmac } from "node:crypto";
import { hash as hash2 } from "node:crypto";
import { createHash as createHash3 } from "node:crypto";
import { join } from "node:path";
import { join as join2 } from "node:path";
import { hash as hash3 } from "node:crypto";
import { hash as hash4 } from "node:crypto";
import { hash as hash5 } from "node:crypto";
import { hash as hash6 } from "node:crypto";
import { hash as hash9 } from "node:crypto";
import { hash as hash7 } from "node:crypto";
import { hash as hash8 } from "node:crypto";
import { join as join3 } from "node:path";
import { dirname as dirname2 } from "node:path";
import { createHash as createHash4 } from "node:crypto";
import { createHash as createHash5 } from "node:crypto";
function listed(items2) {
  return items2.length < 2 ? items2.join("") : `${items2.slice(0, -1).join(", ")} and ${items2.at(-1)}`;
}
var watchExitCodes = { clean: 0, incomplete: 6, findings: 7, misbehaviour: 8 };
var watchSeverities = ["critical", "alert", "note"];
function isAlert({ severity }) {
  return severity !== "note";
}
function isMisbehaviour({ about: about2, severity }) {
  return about2.kind === "log" && severity === "critical";
}
function watchOutcome(report) {
  const { open } = report;
  if (open.some(isMisbehaviour)) return "misbehaviour";
  if (open.some(isAlert)) return "findings";
  return isComplete(report) ? "clean" : "incomplete";
}
function isComplete(report) {
  return incompleteReasons(report).length === 0;
}
function incompleteReasons({ incomplete, audit, packages }) {
  const ofLogs = audit.logs.flatMap((log) => [
    ...log.incomplete.map((reason) => `${log.log.baseUrl}: ${reason}`),
    // A log without coverage was not examined, even if no part of the audit gives a reason.
    ...log.coverage === void 0 && log.incomplete.length === 0 ? [`${log.log.baseUrl}: no checkpoint of the log was verified`] : []
  ]);
  const ofPackages = packages.flatMap(
    ({ package: { ecosystem, name }, problem }) => problem === void 0 ? [] : [`${ecosystem} ${name}: ${problem}`]
  );
  return [.../* @__PURE__ */ new Set([...incomplete, ...audit.incomplete, ...ofLogs, ...ofPackages])];
}
function severityCounts(findings) {
  const counts = { critical: 0, alert: 0, note: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}
function sortedFindings(findings) {
  const rank = ({ severity }) => watchSeverities.indexOf(severity);
  return [...findings].sort((a, b) => rank(a) - rank(b) || b.firstSeen.getTime() - a.firstSeen.getTime());
}
function watchHeadline(report) {
  const outcome = watchOutcome(report);
  const counts = severityCounts(report.open);
  const parts = [
    ...counts.critical > 0 ? [`${counts.critical.toLocaleString("en")} critical`] : [],
    ...counts.alert > 0 ? [count(counts.alert, "alert")] : [],
    ...counts.note > 0 ? [count(counts.note, "note")] : []
  ];
  const open = `${listed(parts)} ${report.open.length === 1 ? "is" : "are"} open`;
  const headlines = {
    misbehaviour: `A log misbehaved, and this is proven: ${open}`,
    findings: open.charAt(0).toUpperCase() + open.slice(1),
    incomplete: parts.length === 0 ? "Incomplete, and no open finding" : `Incomplete: ${open}`,
    clean: parts.length === 0 ? "Clean: no open finding" : `Clean: only ${open}`
  };
  const suffix = outcome !== "incomplete" && outcome !== "clean" && !isComplete(report) ? ". The watch is incomplete" : "";
  return `${report.isTest ? "Test report. " : ""}${headlines[outcome]}${suffix}`;
}
function coverageText({ coverage: coverage2, baseline, isTreeOnly, notes }) {
  if (coverage2 === void 0) return "nothing was read: no checkpoint of the log was verified";
  const { from, to, size, read } = coverage2;
  if (isTreeOnly)
    return [`the tree of ${entries(size)} was audited, and its entries are not read`, ...notes].join("; ");
  const range = from === to ? `no entries yet, from index ${from.toLocaleString("en")} of a tree of ${entries(size)}` : `entries ${from.toLocaleString("en")} to ${(to - 1).toLocaleString("en")} of ${size.toLocaleString("en")}, ${read.toLocaleString("en")} of them in this run`;
  const left = size > to ? `; ${entries(size - to)} left` : "";
  const before = baseline === void 0 || from === 0 ? "" : `; entries before ${from.toLocaleString("en")} are not read`;
  return `${range}${left}${before}`;
}
function coverageLines({ audit, packages }) {
  const checked = packages.filter(({ problem }) => problem === void 0);
  return [
    ...audit.logs.length === 0 ? ["no log was read"] : audit.logs.map((log) => `${log.log.baseUrl}: ${coverageText(log)}`),
    ...packages.length === 0 ? [] : [
      `${checked.length.toLocaleString("en")} of ${count(packages.length, "package")} checked, ${count(
        checked.reduce((sum, { versions }) => sum + versions, 0),
        "version"
      )}`
    ]
  ];
}
function entries(number) {
  return number === 1 ? "1 entry" : `${number.toLocaleString("en")} entries`;
}
var maxListed = 5;
function findingFacts(finding, report) {
  const { about: about2, evidence, line: line2, id, firstSeen, lastSeen } = finding;
  return [
    ...aboutFacts(about2, report),
    { label: "first seen", value: moment(firstSeen) },
    ...firstSeen.getTime() === lastSeen.getTime() ? [] : [{ label: "last seen", value: moment(lastSeen) }],
    ...evidence === void 0 ? [] : [{ label: "evidence", value: evidence }],
    ...line2 === void 0 ? [] : [{ label: "policy", value: `${report.policy}, line ${line2}` }],
    { label: "finding", value: id }
  ];
}
function aboutFacts(about2, report) {
  switch (about2.kind) {
    case "entry":
      return entryFacts(about2.entry, report);
    case "log":
      return [
        { label: "log", value: about2.origin === void 0 ? about2.url : `${about2.url} (${about2.origin})` },
        { label: "code", value: about2.code }
      ];
    case "package":
      return [
        {
          label: "package",
          value: `${about2.ecosystem} ${about2.name}${about2.version === void 0 ? "" : ` ${about2.version}`}`
        }
      ];
  }
}
function entryFacts(entry, report) {
  const { log, index, loggedAt, digests, signers, problems } = entry;
  return [
    ...signers.slice(0, maxListed).flatMap(signerFacts),
    ...more(signers, "signer"),
    ...digests.slice(0, maxListed).map(({ algorithm, value, of }) => ({
      label: of === "signed" ? "digest" : `${of} digest`,
      value: `${algorithm}:${value}`
    })),
    ...more(digests, "digest"),
    { label: "entry", value: `${log.baseUrl} index ${index}`, url: entryPage(entry, report) },
    { label: "logged", value: loggedAt === void 0 ? "time not stated by the log" : moment(loggedAt) },
    ...problems.slice(0, maxListed).map(({ part, reason }) => ({ label: "problem", value: `${part}: ${reason}` })),
    ...more(problems, "problem")
  ];
}
function more(list2, noun) {
  return list2.length > maxListed ? [{ label: "", value: `and ${count(list2.length - maxListed, `more ${noun}`)}` }] : [];
}
function signerFacts(signer) {
  if (signer.kind === "key") return [{ label: "signer", value: `${signer.format} key sha256:${signer.keyHash}` }];
  const { claims, notBefore } = signer;
  const fact = (label, value, url) => value === void 0 || value === "" ? [] : [{ label, value, url }];
  return [
    { label: "signer", value: signerName(signer) },
    ...fact("issuer", claims.issuer),
    ...fact("repository", claims.sourceRepositoryUri ?? claims.githubWorkflowRepository),
    ...fact("ref", claims.sourceRepositoryRef ?? claims.githubWorkflowRef),
    ...fact("commit", claims.sourceRepositoryDigest ?? claims.githubWorkflowSha),
    ...fact("trigger", claims.buildTrigger ?? claims.githubWorkflowTrigger),
    ...fact("run", claims.runInvocationUri, runPage(claims.runInvocationUri)),
    ...fact("certificate", notBefore && `issued ${moment(notBefore)}`)
  ];
}
function signerName(signer) {
  if (signer.kind === "key") return `${signer.format} key sha256:${signer.keyHash}`;
  const names = signer.names.slice(0, maxListed).map(({ value }) => value);
  return names.join(", ") || "certificate without a name";
}
function subjectOf({ about: about2 }) {
  switch (about2.kind) {
    case "entry": {
      const [first] = about2.entry.signers;
      return first === void 0 ? `${about2.entry.log.baseUrl} index ${about2.entry.index}` : signerName(first);
    }
    case "log":
      return about2.url;
    case "package":
      return `${about2.ecosystem} ${about2.name}${about2.version === void 0 ? "" : ` ${about2.version}`}`;
  }
}
function entryPage({ log, index }, { audit }) {
  const audited = audit.logs.find(({ origin }) => origin === log.origin);
  if (audited === void 0) return void 0;
  const offset = shardOffset(log.origin, audited.log.keyId);
  return offset === void 0 ? void 0 : searchPage(log.baseUrl, BigInt(offset) + BigInt(index));
}
var runUrl = /^https:\/\/github\.com\/[\w.-]{1,100}\/[\w.-]{1,100}\/actions\/runs\/\d{1,20}(?:\/attempts\/\d{1,6})?$/;
function runPage(uri) {
  return uri !== void 0 && runUrl.test(uri) ? uri : void 0;
}
function findingRun({ about: about2 }) {
  if (about2.kind !== "entry") return void 0;
  return about2.entry.signers.map((signer) => signer.kind === "certificate" ? runPage(signer.claims.runInvocationUri) : void 0).find((url) => url !== void 0);
}
function moment(time2) {
  return `${isoTime(time2).slice(0, 19).replace("T", " ")} UTC`;
}
function day(time2) {
  return isoTime(time2).slice(0, 10);
}
function isoTime(time2) {
  return Number.isNaN(time2.getTime()) ? "invalid time" : time2.toISOString();
}
function changeKey({ finding, activity, at }) {
  return `${finding.id}.${activity}.${Math.floor(at.getTime() / 1e3)}`;
}
function signaturesBySigner({ signatures }) {
  const signers = /* @__PURE__ */ new Map();
  for (const { signer, day: on, count: number } of signatures) {
    const days = signers.get(signer) ?? /* @__PURE__ */ new Map();
    days.set(on, (days.get(on) ?? 0) + number);
    signers.set(signer, days);
  }
  return [...signers].map(([signer, days]) => ({ signer, days, total: [...days.values()].reduce((sum, each) => sum + each, 0) })).sort((a, b) => b.total - a.total || (a.signer < b.signer ? -1 : 1));
}
var shownDays = 90;
function lastDays(at) {
  const end = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate());
  return Array.from({ length: shownDays }, (_, index) => day(new Date(end - (shownDays - 1 - index) * 864e5)));
}
function signerOf({ about: about2 }) {
  if (about2.kind !== "entry") return [];
  return about2.entry.signers.flatMap(
    (signer) => signer.kind === "certificate" ? signer.names.map(({ value }) => value.replace(/^https:\/\/github\.com\//, "").replace(/@refs\/.*$/s, "")) : []
  );
}
var maxBytes = 1e6;
var maxFindingBytes = 7e5;
var maxCellLength = 160;
var maxSigners = 12;
var maxLogs = 50;
var maxReasons = 20;
var maxAcknowledged = 50;
var signs = {
  clean: "\u2705",
  incomplete: "\u26A0\uFE0F",
  findings: "\u{1F6A8}",
  misbehaviour: "\u{1F6A8}"
};
var severitySigns = {
  critical: "\u{1F6A8} **critical**",
  alert: "\u{1F534} **alert**",
  note: "\u26AA note"
};
function watchSummary(report) {
  const head = [
    `## ${signs[watchOutcome(report)]} Countersign watch: ${prose(watchHeadline(report))}`,
    "",
    ...incompleteLines(report)
  ];
  const tail = [
    ...coverageSection(report),
    ...signatureLines(report),
    ...acknowledgedLines(report),
    ...footLines(report)
  ];
  const room = Math.min(maxFindingBytes, maxBytes - byteLength(head) - byteLength(tail) - 500);
  return [...head, ...findingTable(report, report.open, room), ...tail, ""].join("\n");
}
function findingTable(report, findings, maxTableBytes2) {
  if (findings.length === 0) return [];
  const sorted = sortedFindings(findings);
  const head = ["| Severity | Finding |", "| :-- | :-- |"];
  const rows = fitting(sorted, (finding) => [findingRow(finding, report)], maxTableBytes2 - byteLength(head) - 100);
  const more2 = sorted.length - rows.length;
  return [...head, ...rows.flat(), "", ...more2 > 0 ? [`\u2026 and ${count(more2, "more finding")}.`, ""] : []];
}
function findingRow(finding, report) {
  const { rule, severity, title: title2, reason, remedy: remedy2, about: about2, firstSeen, id } = finding;
  const run = findingRun(finding);
  const page = about2.kind === "entry" ? entryPage(about2.entry, report) : void 0;
  const place = about2.kind === "entry" ? [`index ${about2.entry.index} of ${cellCode(about2.entry.log.baseUrl, maxCellLength)}`] : [];
  const links = [
    ...run === void 0 ? [] : [link("run", run)],
    ...page === void 0 ? [] : [link("log entry", page)]
  ];
  const lines = [
    `**${cellProse(title2)}**`,
    cellProse(reason),
    `**Next step:** ${cellProse(remedy2)}`,
    cellCode(subjectOf(finding), maxCellLength),
    [...place, ...links, `first seen ${day(firstSeen)}`].join(", "),
    `${cellCode(rule.id)} ${cellProse(rule.name)}, finding \`${id.slice(0, 12)}\``
  ];
  return `| ${severitySigns[severity]} | ${lines.join("<br>")} |`;
}
function incompleteLines(report) {
  const reasons2 = incompleteReasons(report);
  if (reasons2.length === 0) return [];
  const more2 = reasons2.length - maxReasons;
  return [
    "> [!WARNING]",
    "> The watch is incomplete. A finding may be missing from this report.",
    ">",
    ...reasons2.slice(0, maxReasons).map((reason) => `> - ${prose(reason)}`),
    ...more2 > 0 ? [`> - and ${more2.toLocaleString("en")} more`] : [],
    ""
  ];
}
function coverageSection({ audit, packages }) {
  const logs = audit.logs.slice(0, maxLogs);
  const checked = packages.filter(({ problem }) => problem === void 0).length;
  return [
    "### Coverage",
    "",
    ...logs.length === 0 ? ["No log was read.", ""] : [
      "| Log | Proven | Entries |",
      "| :-- | :-- | :-- |",
      ...logs.map(
        (log) => `| ${cellCode(log.log.baseUrl, maxCellLength)} | ${coverageBar(log)} | ${cellProse(coverageText(log))} |`
      ),
      ""
    ],
    ...audit.logs.length > maxLogs ? [`\u2026 and ${count(audit.logs.length - maxLogs, "more log")}.`, ""] : [],
    ...packages.length === 0 ? [] : [`${checked.toLocaleString("en")} of ${count(packages.length, "package")} checked.`, ""]
  ];
}
var barLength = 10;
function coverageBar({ coverage: coverage2, isTreeOnly }) {
  if (isTreeOnly) return "tree only";
  if (coverage2 === void 0) return `\`${"\u2591".repeat(barLength)}\` none`;
  const { from, to, size } = coverage2;
  const part = size > from ? (to - from) / (size - from) : 1;
  const full = Math.floor(part * barLength);
  return `\`${"\u2588".repeat(full)}${"\u2591".repeat(barLength - full)}\` ${Math.floor(part * 100)} %`;
}
function signatureLines(report) {
  const histories = signaturesBySigner(report);
  if (histories.length === 0) return [];
  const days = lastDays(report.at);
  const more2 = histories.length - maxSigners;
  return [
    `### Signatures of the last ${shownDays} days`,
    "",
    "| Signer | Signatures per 3 days | Total |",
    "| :-- | :-- | --: |",
    ...histories.slice(0, maxSigners).map(
      (history) => `| ${cellCode(history.signer, maxCellLength)} | \`${sparkline(history, days)}\` | ${history.total.toLocaleString("en")} |`
    ),
    "",
    ...more2 > 0 ? [`\u2026 and ${count(more2, "more signer")}.`, ""] : []
  ];
}
var levels = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
var daysPerCharacter = 3;
function sparkline({ days: counts }, days) {
  const sums = Array.from(
    { length: Math.ceil(days.length / daysPerCharacter) },
    (_, index) => days.slice(index * daysPerCharacter, (index + 1) * daysPerCharacter).reduce((sum, on) => sum + (counts.get(on) ?? 0), 0)
  );
  const highest = Math.max(1, ...sums);
  return sums.map((sum) => sum === 0 ? "\xB7" : levels.charAt(Math.ceil(sum / highest * levels.length) - 1)).join("");
}
function acknowledgedLines({ acknowledged }) {
  if (acknowledged.length === 0) return [];
  const more2 = acknowledged.length - maxAcknowledged;
  return [
    `<details><summary>${count(acknowledged.length, "acknowledged finding")}</summary>`,
    "",
    "| Finding | Reason | Until |",
    "| :-- | :-- | :-- |",
    ...acknowledged.slice(0, maxAcknowledged).map(
      ({ finding: { rule, title: title2 }, reason, until }) => `| ${cellCode(rule.id)} ${cellProse(title2)} | ${cellProse(reason)} | ${day(until)} |`
    ),
    "",
    ...more2 > 0 ? [`\u2026 and ${more2.toLocaleString("en")} more.`, ""] : [],
    "</details>",
    ""
  ];
}
function footLines({ learning: learning2, expired: expired2, policy: policy2, matched, pending, at }) {
  return [
    ...foldedLines("Expired acknowledgements", expired2),
    ...foldedLines("Rules that still learn", learning2),
    `Policy ${code(policy2)}, ${moment(at)}. ${matched.toLocaleString("en")} matching ${matched === 1 ? "entry" : "entries"} in this run, ${pending.toLocaleString("en")} undecided.`,
    ""
  ];
}
function foldedLines(title2, texts) {
  if (texts.length === 0) return [];
  const more2 = texts.length - maxReasons;
  return [
    `<details><summary>${title2}</summary>`,
    "",
    ...texts.slice(0, maxReasons).map((text3) => `- ${prose(text3)}`),
    ...more2 > 0 ? [`- and ${more2.toLocaleString("en")} more`] : [],
    "",
    "</details>",
    ""
  ];
}
var maxBodyBytes = 64e3;
var maxTableBytes = 6e4;
var maxPartBytes = 6e3;
var maxAnchors = 20;
var maxOriginLength = 200;
var maxMarkedChanges = 1500;
function watchIssue(report, earlier2 = []) {
  const head = [
    markerLine({ anchors: anchorsOf(report, earlier2), changes: report.changes, at: report.at }),
    "",
    `**${prose(watchHeadline(report))}.**`,
    "",
    ...bounded(incompleteLines(report))
  ];
  const tail = [
    ...bounded(coverageSection(report)),
    ...bounded(acknowledgedLines(report)),
    ...bounded(footLines(report)),
    "The watch keeps this issue up to date. To close it, acknowledge each finding in the policy file, with a reason and an end date. Do not edit the body."
  ];
  const room = Math.min(maxTableBytes, maxBodyBytes - byteLength(head) - byteLength(tail));
  return { title: title(report), body: [...head, ...findingTable(report, report.open, room), ...tail, ""].join("\n") };
}
function watchTestIssue(report) {
  return {
    title: "[test] Countersign watch: test of the delivery",
    body: [markerLine({ anchors: [], changes: report.changes, at: report.at }), "", testText, ""].join("\n")
  };
}
var testText = "This is a test. Countersign can open, comment on and close issues here. There is nothing to do.";
function title({ open }) {
  const { critical, alert } = severityCounts(open);
  const parts = [
    ...critical > 0 ? [`${critical.toLocaleString("en")} critical`] : [],
    ...alert > 0 ? [count(alert, "alert")] : []
  ];
  return `Countersign watch: ${parts.length === 0 ? "no open alert" : parts.join(", ")}`;
}
function watchComment(changes, report) {
  const head = [
    markerLine({ anchors: [], changes, at: report.at }),
    "",
    ...report.isTest ? [testText, ""] : [],
    ...changes.length > maxMarkedChanges ? [`${count(changes.length, "change")} in this run.`, ""] : []
  ];
  const sections = [
    ["created", "New"],
    ["updated", "Changed"],
    ["closed", "No longer observed"]
  ];
  const parts = sections.map(([activity, heading]) => {
    const findings = changes.filter((change) => change.activity === activity).map(({ finding }) => finding);
    return { activity, heading, findings };
  });
  const room = (maxTableBytes - byteLength(head)) / 2 - 500;
  return [
    ...head,
    ...parts.flatMap(({ activity, heading, findings }) => {
      if (findings.length === 0) return [];
      const share = activity === "created" ? room : room / 2;
      if (activity !== "closed") return [`**${heading}**`, "", ...findingTable(report, findings, share)];
      const lines = fitting(findings, ({ rule, title: found }) => [`- ${rule.id} ${cellProse(found)}`], share);
      const more2 = findings.length - lines.length;
      return [
        `**${heading}**`,
        "",
        ...lines.flat(),
        ...more2 > 0 ? [`- and ${more2.toLocaleString("en")} more`] : [],
        ""
      ];
    })
  ].join("\n");
}
function bounded(lines) {
  const shown = fitting(lines, (line2) => [line2], maxPartBytes).flat();
  if (shown.length === lines.length) return lines;
  const isFolded = lines[0]?.startsWith("<details>") === true;
  return [
    ...shown,
    ...lines[0]?.startsWith(">") === true ? ["> - and more"] : ["", "\u2026 and more."],
    ...isFolded ? ["", "</details>"] : [],
    ""
  ];
}
function anchorsOf({ audit }, earlier2) {
  const keyOf3 = ({ origin, keyId }) => `${keyId} ${origin}`;
  const anchors = new Map(earlier2.map((anchor) => [keyOf3(anchor), anchor]));
  for (const { log, origin, head, coverage: coverage2 } of audit.logs) {
    if (origin === void 0 || origin.length > maxOriginLength || head === void 0 || head.size !== coverage2?.size)
      continue;
    const keyId = encodeHex(log.keyId);
    const key = keyOf3({ origin, keyId });
    if (head.size >= (anchors.get(key)?.size ?? 0))
      anchors.set(key, { origin, keyId, size: head.size, root: encodeHex(head.root) });
  }
  return [...anchors.values()].slice(0, maxAnchors);
}
function changeHash(change) {
  return encodeHex(sha256(utf8(changeKey(change))).subarray(0, 6));
}
function markerLine({ anchors, changes, at }) {
  const told = changes.slice(0, maxMarkedChanges).map(changeHash);
  const json = JSON.stringify({ anchors, told: told.join(""), at: isoTime(at) });
  return `<!-- countersign-watch:v1 ${Buffer.from(json).toString("base64url")} -->`;
}
var markerForm = /^<!-- countersign-watch:v1 ([A-Za-z0-9_-]{1,60000}) -->(?:\r?\n|$)/;
function watchMarker(body) {
  const [, encoded2] = markerForm.exec(body) ?? [];
  if (encoded2 === void 0) return void 0;
  const json = attempt(
    () => asObject(parseJson(Buffer.from(encoded2, "base64url"), { maxLength: 64 * 1024, maxDepth: 4 }))
  );
  const anchors = asList(json?.anchors)?.map((anchor) => readAnchor(asObject(anchor)));
  const told = asText(json?.told);
  const at = new Date(asText(json?.at) ?? Number.NaN);
  if (anchors === void 0 || told === void 0 || !/^(?:[0-9a-f]{12})*$/.test(told) || Number.isNaN(at.getTime()))
    return void 0;
  const valid = anchors.flatMap((anchor) => anchor ?? []);
  if (valid.length !== anchors.length || valid.length > maxAnchors) return void 0;
  return { anchors: valid, told: new Set(told.match(/.{12}/g) ?? []), at };
}
function readAnchor(json) {
  const origin = asText(json?.origin);
  const root = asText(json?.root);
  const keyId = asText(json?.keyId);
  const size = json?.size;
  if (origin === void 0 || origin.length > maxOriginLength || root === void 0 || !/^[0-9a-f]{64}$/.test(root))
    return void 0;
  if (keyId === void 0 || !/^(?:[0-9a-f]{2}){4,64}$/.test(keyId)) return void 0;
  return typeof size === "number" && Number.isSafeInteger(size) && size >= 0 ? { origin, keyId, size, root } : void 0;
}
function toldChanges({ changes }) {
  return changes.filter(({ finding }) => isAlert(finding));
}
var watchLabel = "countersign-watch";
var testLabel = "countersign-watch-test";
var day2 = 24 * 60 * 60 * 1e3;
function issueDelivery({ repository, client }) {
  const issues = new Issues(client, repository);
  return {
    name: `issue ${repository}`,
    deliver: (report) => report.isTest ? deliverTest(report, issues) : deliverReport(report, issues)
  };
}
async function issueAnchors({ repository, client }) {
  const [issue] = await new Issues(client, repository).find(watchLabel);
  return issue?.marker.anchors ?? [];
}
async function deliverReport(report, issues) {
  const [issue, ...duplicates] = await issues.find(watchLabel);
  const isNeeded = report.open.some(isAlert);
  for (const { number, state } of duplicates) {
    if (state === "closed") continue;
    await issues.comment(number, `Duplicate of #${issue?.number}.`);
    await issues.update(number, { state: "closed", stateReason: "not_planned" });
  }
  if (issue === void 0) {
    if (isNeeded) await issues.open({ ...watchIssue(report), labels: [watchLabel] });
    return;
  }
  const changes = toldChanges(report);
  await issues.tell(issue, changes, report);
  const text3 = watchIssue(report, issue.marker.anchors);
  if (isNeeded) {
    await issues.update(issue.number, {
      ...text3,
      ...issue.state === "closed" && { state: "open", stateReason: "reopened" }
    });
  } else if (issue.state === "open") {
    const isDone = isComplete(report);
    await issues.update(issue.number, { ...text3, ...isDone && { state: "closed", stateReason: "completed" } });
  } else if (report.at.getTime() - issue.marker.at.getTime() >= day2) {
    await issues.update(issue.number, text3);
  }
}
async function deliverTest(report, issues) {
  const [found] = await issues.find(testLabel);
  const issue = found ?? await issues.open({ ...watchTestIssue(report), labels: [testLabel] });
  if (found !== void 0) await issues.tell(found, report.changes, report);
  if (issue.state === "open") await issues.update(issue.number, { state: "closed", stateReason: "completed" });
}
var Issues = class {
  #client;
  #repository;
  constructor(client, repository) {
    this.#client = client;
    this.#repository = repository;
  }
  /**
   * Returns the issues with a label that this account opened and that have a valid marker, oldest first. They are taken from the list of issues,
   * of which the client returns only those of the account: the search would find a new issue only later, and a second one would be opened.
   */
  async find(label) {
    const creator = await this.#client.login();
    const listed2 = await this.#explain(
      () => this.#client.listIssues(this.#repository, { label, creator, state: "all" })
    );
    return listed2.flatMap((issue) => {
      const marker = watchMarker(issue.body);
      return marker === void 0 ? [] : [{ ...issue, marker }];
    }).sort((a, b) => a.number - b.number);
  }
  open(issue) {
    return this.#explain(() => this.#client.createIssue(this.#repository, issue));
  }
  async update(number, change) {
    await this.#explain(() => this.#client.updateIssue(this.#repository, number, change));
  }
  comment(number, body) {
    return this.#explain(() => this.#client.comment(this.#repository, number, body));
  }
  /** Comments on the changes that neither the issue nor an earlier comment of this account tells of. */
  async tell(issue, changes, report) {
    const news = changes.filter((change) => !issue.marker.told.has(changeHash(change)));
    if (news.length === 0) return;
    const told = await this.#told(issue, news);
    const untold = news.filter((change) => !told.has(changeHash(change)));
    if (untold.length > 0) await this.comment(issue.number, watchComment(untold, report));
  }
  async #told({ number, author }, changes) {
    const first = changes.reduce((earliest, { at }) => Math.min(earliest, at.getTime()), Number.POSITIVE_INFINITY);
    const since = new Date(first - day2);
    const comments = await this.#explain(() => this.#client.listComments(this.#repository, number, since));
    const markers = comments.filter((comment) => comment.author === author).map(({ body }) => watchMarker(body));
    return new Set(markers.flatMap((marker) => [...marker?.told ?? []]));
  }
  /** GitHub responds with 410 to everything about issues if they are disabled. */
  async #explain(send) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof CountersignError && "status" in error && error.status === 410)) throw error;
      return fail("SERVICE_REFUSED", `issues are disabled in ${this.#repository}`, {
        cause: error,
        remedy: "Enable issues in the settings of the repository, or deliver to another one."
      });
    }
  }
};
function watchJson(report) {
  const outcome = watchOutcome(report);
  return {
    version: 1,
    outcome,
    exitCode: watchExitCodes[outcome],
    failure: null,
    test: report.isTest,
    policy: report.policy,
    time: isoTime(report.at),
    logs: report.audit.logs.map(logJson),
    packages: report.packages.map(({ package: { ecosystem, name, repository }, versions, problem }) => ({
      ecosystem,
      name,
      repository: repository ?? null,
      versions,
      problem: problem ?? null
    })),
    matched: report.matched,
    pending: report.pending,
    findings: sortedFindings(report.open).map(watchFindingJson),
    acknowledged: report.acknowledged.map(({ finding, reason, until }) => ({
      finding: watchFindingJson(finding),
      reason,
      until: isoTime(until)
    })),
    changes: report.changes.map(changeJson),
    signatures: report.signatures.map(({ signer, day: day6, count: count3 }) => ({ signer, day: day6, count: count3 })),
    learning: report.learning,
    expired: report.expired,
    incomplete: incompleteReasons(report)
  };
}
function changeJson({ activity, finding, at }) {
  return { activity, finding: finding.id, time: isoTime(at) };
}
function watchFindingJson(finding) {
  const { id, rule, severity, title: title2, reason, remedy: remedy2, about: about2, firstSeen, lastSeen, evidence, line: line2 } = finding;
  return {
    id,
    rule: { id: rule.id, name: rule.name },
    severity,
    title: title2,
    reason,
    remedy: remedy2,
    about: aboutJson(about2),
    firstSeen: isoTime(firstSeen),
    lastSeen: isoTime(lastSeen),
    evidence: evidence ?? null,
    line: line2 ?? null
  };
}
function aboutJson(about2) {
  switch (about2.kind) {
    case "entry":
      return { kind: "entry", ...watchedEntryJson(about2.entry) };
    case "log":
      return { kind: "log", url: about2.url, origin: about2.origin ?? null, code: about2.code };
    case "package":
      return { kind: "package", ecosystem: about2.ecosystem, name: about2.name, version: about2.version ?? null };
  }
}
function watchedEntryJson(entry) {
  return {
    log: entry.log.baseUrl,
    origin: entry.log.origin,
    protocol: entry.log.protocol,
    // A text, since the indices of a log can be larger than the exact numbers of JSON.
    index: String(entry.index),
    leafHash: entry.leafHash,
    type: entry.type,
    entryKind: entry.kind ?? null,
    time: entry.loggedAt === void 0 ? null : isoTime(entry.loggedAt),
    seen: isoTime(entry.seenAt),
    digests: entry.digests.map(digestJson),
    signers: entry.signers.map(signerJson),
    problems: entry.problems.map(problemJson),
    watchedAs: entry.watchedAs.map(({ what, value, line: line2 }) => ({ what, value, line: line2 }))
  };
}
function signerJson(signer) {
  if (signer.kind === "key") return { kind: "key", format: signer.format, key: `sha256:${signer.keyHash}` };
  const { names, claims, keyHash, certificateHash, tbsHash, notBefore, notAfter } = signer;
  const hash10 = (hex) => hex === void 0 ? null : `sha256:${hex}`;
  return {
    kind: "certificate",
    names: names.map(({ kind, value }) => ({ kind, value })),
    claims: Object.fromEntries(
      Object.entries(claims).flatMap(([name, value]) => value === void 0 ? [] : [[claimName(name), value]])
    ),
    key: hash10(keyHash),
    certificate: {
      digest: hash10(certificateHash),
      tbsDigest: hash10(tbsHash),
      notBefore: notBefore === void 0 ? null : isoTime(notBefore),
      notAfter: notAfter === void 0 ? null : isoTime(notAfter)
    }
  };
}
var dayWidth = 10;
var gap = 2;
var height = 60;
function findingsChart({ at, open }) {
  const days = lastDays(at);
  const byDay = groupByDay(open);
  const highest = Math.max(1, ...days.map((on) => byDay.get(on)?.length ?? 0));
  const earlier2 = open.filter(({ firstSeen }) => day(firstSeen) < (days[0] ?? "")).length;
  const bars = days.flatMap((on, index) => stack(byDay.get(on) ?? [], index, highest, on));
  const inTime = days.reduce((sum, on) => sum + (byDay.get(on)?.length ?? 0), 0);
  const before = earlier2 === 0 ? void 0 : html`<p class="soft">${count(earlier2, "open finding")} ${earlier2 === 1 ? "was" : "were"} first seen before ${days[0]}.</p>`;
  if (inTime === 0) return html`<p class="soft">No open finding was first seen in this time.</p>${before}`;
  const description = `${count(inTime, "open finding")} first seen between ${days[0]} and ${days.at(-1)}, at most ${highest} on one day.`;
  const legend = watchSeverities.map((severity) => html`<li>${swatch(`f-${severity}`)}${severity}</li>`);
  return html`<ul class="legend">${legend}<li>at most ${highest} on one day</li></ul><svg class="chart tall" viewBox="0 0 ${shownDays * dayWidth} ${height}" preserveAspectRatio="none" role="img" aria-labelledby="tl-t tl-d"><title id="tl-t">Open findings by day</title><desc id="tl-d">${description}</desc>${grid()}${bars}</svg>${axis(days)}${before}`;
}
function swatch(name) {
  return html`<svg viewBox="0 0 10 10" aria-hidden="true"><rect class="${name}" width="10" height="10" rx="2"/></svg>`;
}
function groupByDay(findings) {
  const groups = /* @__PURE__ */ new Map();
  for (const finding of findings) {
    const on = day(finding.firstSeen);
    const group = groups.get(on);
    if (group === void 0) groups.set(on, [finding]);
    else group.push(finding);
  }
  return groups;
}
function stack(findings, index, highest, on) {
  const counts = severityCounts(findings);
  let base2 = height;
  return ["critical", "alert", "note"].flatMap((severity) => {
    if (counts[severity] === 0) return [];
    const tall = scaled(counts[severity], highest);
    base2 -= tall;
    return [
      html`<rect class="f-${severity}" x="${index * dayWidth}" y="${round(base2)}" width="${dayWidth - gap}" height="${round(tall)}"><title>${on}: ${counts[severity]} ${severity}</title></rect>`
    ];
  });
}
function signaturesChart(history, days, marked, id) {
  const highest = Math.max(1, ...days.map((on) => history.days.get(on) ?? 0));
  const bars = days.flatMap((on, index) => {
    const number = history.days.get(on) ?? 0;
    const severity = marked.get(on);
    const tall = scaled(number, highest);
    return [
      ...number === 0 ? [] : [
        html`<rect class="bar" x="${index * dayWidth}" y="${round(height - tall)}" width="${dayWidth - gap}" height="${round(tall)}"><title>${on}: ${count(number, "signature")}</title></rect>`
      ],
      ...severity === void 0 ? [] : [
        html`<rect class="f-${severity}" x="${index * dayWidth - 1}" y="0" width="${dayWidth}" height="8"><title>${on}: ${severity}</title></rect>`
      ]
    ];
  });
  const active = days.filter((on) => (history.days.get(on) ?? 0) > 0).length;
  return html`<svg class="chart low" viewBox="0 0 ${shownDays * dayWidth} ${height}" preserveAspectRatio="none" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">Signatures by day</title><desc id="${id}-d">${count(history.total, "signature")} on ${count(active, "day")}, at most ${highest} on one day${marked.size > 0 ? `; findings on ${count(marked.size, "day")}` : ""}.</desc>${grid()}${bars}</svg>`;
}
function coverageChart(log, id) {
  const { coverage: coverage2 } = log;
  const unread2 = coverage2 !== void 0 && coverage2.from > 0 ? 90 : 0;
  const room = 1e3 - unread2;
  const span = coverage2 === void 0 ? 0 : coverage2.size - coverage2.from;
  const left = coverage2 === void 0 ? 0 : coverage2.size - coverage2.to;
  const leftWidth = left <= 0 ? 0 : Math.min(room, Math.max(8, left / span * room));
  const done = coverage2 === void 0 || coverage2.to === coverage2.from ? 0 : room - leftWidth;
  return html`<svg class="chart thin" viewBox="0 0 1000 20" preserveAspectRatio="none" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">Coverage</title><desc id="${id}-d">${coverageText(log)}.</desc><defs><pattern id="${id}-h" width="12" height="20" patternUnits="userSpaceOnUse"><path class="stripe" d="M-3 23L15 -3"/></pattern></defs>${unread2 > 0 ? html`<rect x="0" y="0" width="${unread2}" height="20" fill="url(#${id}-h)"/>` : void 0}${done > 0 ? html`<rect class="bar" x="${unread2}" y="0" width="${round(done)}" height="20"/>` : void 0}${leftWidth > 0 ? html`<rect class="rest" x="${round(1e3 - leftWidth)}" y="0" width="${round(leftWidth)}" height="20"/>` : void 0}</svg>`;
}
function axis(days) {
  const shown = [days[0], days[Math.floor(days.length / 2)], days.at(-1)];
  return html`<p class="axis" aria-hidden="true">${shown.map((on) => html`<span>${on}</span>`)}</p>`;
}
function grid() {
  return html`${[30, 60].map((at) => html`<path class="grid" d="M${at * dayWidth - 1} 0V${height}"/>`)}`;
}
function scaled(number, highest) {
  return number === 0 ? 0 : Math.max(2, number / highest * (height - 12));
}
function round(number) {
  return Math.round(number * 100) / 100;
}
var style = `
:root{color-scheme:light dark;--page:#fff;--panel:#f6f8fa;--line:#d5dae0;--text:#1b2129;--soft:#57606a;--link:#0a58ca;
--good:#1a7f37;--wait:#9a6700;--bad:#cf222e;--worst:#86061d;--note:#57606a;--bar:#3b6fd4;--left:#d9a514;--hatch:#aab2bb;
--goodback:#e6f5ea;--waitback:#fff6da;--badback:#ffecea;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
@media (prefers-color-scheme:dark){:root{--page:#0f1318;--panel:#181d24;--line:#333b45;--text:#e3e8ee;--soft:#9ba6b2;--link:#79b0ff;
--good:#56d275;--wait:#e0b341;--bad:#ff7b72;--worst:#ff9ea9;--note:#9ba6b2;--bar:#6f9cf0;--left:#c2941f;--hatch:#5a6470;
--goodback:#12281a;--waitback:#2b2410;--badback:#331719}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.skip{position:absolute;left:-999px}
.skip:focus{left:1rem;top:1rem;background:var(--page);padding:.5rem 1rem;z-index:1}
header,main,footer{max-width:70rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:1.75rem}
h1{font-size:.95rem;font-weight:600;color:var(--soft);margin:0 0 .75rem}
h2{font-size:1.2rem;margin:2.5rem 0 .25rem;padding-top:.25rem}
p{margin:.4rem 0}
a{color:var(--link)}
a:focus-visible,summary:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
code,.mono{font-family:var(--mono);font-size:.86em;overflow-wrap:anywhere}
.soft{color:var(--soft)}
.verdict{display:flex;gap:1rem;align-items:center;border:1px solid var(--line);border-left:.45rem solid var(--tone);border-radius:.6rem;background:var(--back);padding:1.1rem 1.25rem}
.verdict svg{flex:none;width:2.6rem;height:2.6rem;color:var(--tone)}
.verdict p{margin:0}
.verdict .headline{font-size:1.45rem;line-height:1.3;font-weight:650}
.clean{--tone:var(--good);--back:var(--goodback)}
.incomplete{--tone:var(--wait);--back:var(--waitback)}
.findings,.misbehaviour{--tone:var(--bad);--back:var(--badback)}
.test{border:2px dashed var(--wait);border-radius:.6rem;padding:.6rem 1rem;margin:0 0 1rem;font-weight:600}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:1rem 0 0;padding:0}
.facts div{border:1px solid var(--line);border-radius:.6rem;padding:.6rem .85rem;background:var(--panel);min-width:0}
.facts dt{color:var(--soft);font-size:.83rem}
.facts dd{margin:0;font-size:1.05rem;font-weight:600;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;list-style:none;margin:1rem 0 0;padding:0}
table{width:100%;border-collapse:collapse;margin:.75rem 0 0;table-layout:fixed}
caption{text-align:left;color:var(--soft);padding:0 0 .5rem}
th,td{text-align:left;vertical-align:top;padding:.65rem .7rem;border-top:1px solid var(--line);overflow-wrap:anywhere}
thead th{font-size:.83rem;color:var(--soft);font-weight:600;border-top:0;padding-top:.2rem;padding-bottom:.35rem}
tbody th{font-weight:inherit}
th:first-child,td:first-child{padding-left:0}
th:last-child,td:last-child{padding-right:0}
.c1{width:6.2rem}.c3{width:27%}.c4{width:7.2rem}.q2{width:38%}.q3{width:8rem}
.badge{display:inline-block;border:1px solid currentColor;border-radius:1rem;padding:.02rem .6rem;font-size:.8rem;font-weight:600;white-space:nowrap}
.critical{color:var(--worst)}.critical.badge{background:var(--worst);border-color:var(--worst);color:var(--page)}
.alert{color:var(--bad)}.note{color:var(--note)}
.title{font-weight:600;margin:0}
.title::first-letter{text-transform:uppercase}
.next{margin:.35rem 0 0}
summary{cursor:pointer;color:var(--link);width:fit-content}
details{margin-top:.4rem}
details dl{display:grid;grid-template-columns:minmax(5.5rem,auto) 1fr;gap:.2rem .9rem;margin:.5rem 0 0}
details dt{color:var(--soft)}
details dd{margin:0;min-width:0}
.chart{display:block;width:100%;background:var(--panel);border-radius:.35rem}
.tall{height:5.5rem}.low{height:3.4rem}.thin{height:1.15rem}
.bar{fill:var(--bar)}.f-critical{fill:var(--worst)}.f-alert{fill:var(--bad)}.f-note{fill:var(--note)}.rest{fill:var(--left)}
.grid{stroke:var(--line);stroke-width:1;vector-effect:non-scaling-stroke}
.stripe{stroke:var(--hatch);stroke-width:4}
.axis{display:flex;justify-content:space-between;color:var(--soft);font-size:.8rem;font-variant-numeric:tabular-nums;margin:.15rem 0 0}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;color:var(--soft);font-size:.85rem;margin:.35rem 0 .6rem;padding:0;list-style:none}
.legend svg{width:.8rem;height:.8rem;vertical-align:-.05rem;margin-right:.35rem}
.many{display:grid;grid-template-columns:repeat(auto-fill,minmax(20rem,1fr));gap:1rem 1.5rem;margin:.75rem 0 0;padding:0;list-style:none}
.many li{min-width:0}
.many .name{display:flex;justify-content:space-between;gap:.75rem;align-items:baseline;margin:0 0 .3rem}
.many .name code{min-width:0}
.many .name span{white-space:nowrap;font-variant-numeric:tabular-nums}
.log{margin:1rem 0 0}
.log h3{font-size:1rem;margin:0 0 .35rem;overflow-wrap:anywhere}
.log p{margin:.3rem 0 0}
.warn{border:1px solid var(--line);border-left:.3rem solid var(--wait);border-radius:.5rem;padding:.5rem .9rem;margin:1rem 0 0;background:var(--waitback)}
.warn ul,.plain{margin:.3rem 0;padding-left:1.15rem}
.warn li,.plain li{overflow-wrap:anywhere}
footer{margin-top:3rem;padding-top:1rem;padding-bottom:2.5rem;color:var(--soft);font-size:.88rem;border-top:1px solid var(--line)}
@media (max-width:44rem){
header,main,footer{padding-left:1rem;padding-right:1rem}
.verdict .headline{font-size:1.2rem}
.facts{grid-template-columns:1fr 1fr}
.many{grid-template-columns:1fr}
table,tbody,tr,td,tbody th,caption{display:block;width:auto}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tbody tr{border-top:1px solid var(--line);padding:.75rem 0}
td,tbody th{border:0;padding:.1rem 0}
td[data-label]:not(:empty)::before{content:attr(data-label) " ";color:var(--soft);font-size:.83rem}
details dl{grid-template-columns:1fr;gap:0}
details dd{margin:0 0 .4rem}
}
@media print{
:root{--page:#fff;--panel:#fff;--text:#000}
body{font-size:10.5pt}
nav,.skip,summary{display:none}
details::details-content{content-visibility:visible;display:block;height:auto}
tr,li,.log{break-inside:avoid}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
a[href^="https"]::after{content:" (" attr(href) ")";font-size:.85em;overflow-wrap:anywhere}
}
`;
var maxFindings = 1e3;
var maxAcknowledged2 = 500;
var maxPackages = 500;
var maxReasons2 = 100;
var maxUnfolded = 10;
var maxNameLength2 = 160;
var maxSigners2 = 24;
var maxOpenedFindings = 25;
var policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; base-uri 'none'; form-action 'none'`;
function watchPage(report) {
  const outcome = watchOutcome(report);
  const sections = sectionsOf(report);
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${watchHeadline(report)} – Countersign watch</title>
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<h1>Countersign watch of <code>${report.policy}</code>, <time datetime="${report.at.toISOString()}">${moment(report.at)}</time></h1>
${report.isTest ? html`<p class="test">Test report: its finding is not real.</p>\n` : void 0}<div class="verdict ${outcome}">${icon(outcome)}<p class="headline">${watchHeadline(report)}</p></div>
${figures(report)}
<nav aria-label="Sections"><ul>${sections.map(({ id, title: title2 }) => html`<li><a href="#${id}">${title2}</a></li>`)}</ul></nav>
</header>
<main id="content">
${incompleteSection(report)}${sections.map(({ id, title: title2, content }) => html`<section aria-labelledby="${id}"><h2 id="${id}">${title2}</h2>\n${content}</section>\n`)}</main>
<footer><p>Times are in UTC. Names, addresses and other texts of entries come from the logs: anyone can choose them. A link leads only to a page of github.com or search.sigstore.dev.</p>
<p>A watch sees only what is in the logs and registries that are listed under <a href="#coverage">Coverage</a>.</p></footer>
</body>
</html>
`;
  return page.text;
}
function sectionsOf(report) {
  return [
    {
      id: "findings",
      title: `Findings (${report.open.length.toLocaleString("en")})`,
      content: findingsSection(report)
    },
    { id: "history", title: "Last 90 days", content: historySection(report) },
    { id: "coverage", title: "Coverage", content: coverageSection2(report) },
    ...report.acknowledged.length === 0 ? [] : [
      {
        id: "acknowledged",
        title: `Acknowledged (${report.acknowledged.length.toLocaleString("en")})`,
        content: acknowledgedSection(report)
      }
    ],
    ...report.expired.length === 0 ? [] : [
      {
        id: "expired",
        title: `Expired acknowledgements (${report.expired.length.toLocaleString("en")})`,
        content: html`<p class="soft">These no longer apply. Remove them from the policy, or set a new end date.</p>${list(report.expired)}`
      }
    ],
    ...report.learning.length === 0 ? [] : [
      {
        id: "learning",
        title: "Learning",
        content: html`<p class="soft">These rules report nothing until they know what is usual.</p>${list(report.learning)}`
      }
    ]
  ];
}
var paths = {
  clean: "M13 21l6 6 12-13",
  incomplete: "M22 11v13M22 30v2.5",
  findings: "M22 11v13M22 30v2.5",
  misbehaviour: "M15 15l14 14M29 15L15 29"
};
function icon(outcome) {
  return html`<svg viewBox="0 0 44 44" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"><circle cx="22" cy="22" r="19" stroke-width="3"/><path d="${paths[outcome]}"/></svg>`;
}
function figures(report) {
  const counts = severityCounts(report.open);
  const figure = (label, value) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  return html`<dl class="facts">${[
    ...watchSeverities.map((severity) => figure(plural[severity], counts[severity].toLocaleString("en"))),
    figure("Acknowledged", report.acknowledged.length.toLocaleString("en")),
    figure("Matching entries of this run", report.matched.toLocaleString("en")),
    figure("Undecided entries", report.pending.toLocaleString("en"))
  ]}</dl>`;
}
var plural = { critical: "Critical", alert: "Alerts", note: "Notes" };
function incompleteSection(report) {
  const reasons2 = incompleteReasons(report);
  if (reasons2.length === 0) return void 0;
  return html`<section class="warn" aria-label="Incomplete"><p><strong>The watch is incomplete.</strong> A finding may be missing from this report.</p>${list(reasons2)}</section>\n`;
}
function list(texts) {
  const items2 = (some2) => html`<ul class="plain">${some2.map((text3) => html`<li>${text3}</li>`)}</ul>`;
  const folded = texts.slice(maxUnfolded, maxReasons2);
  return html`${items2(texts.slice(0, maxUnfolded))}${folded.length === 0 ? void 0 : html`<details><summary>${count(texts.length - maxUnfolded, "more line")}</summary>${items2([
    ...folded,
    ...texts.length > maxReasons2 ? [`and ${(texts.length - maxReasons2).toLocaleString("en")} more`] : []
  ])}</details>`}`;
}
function findingsSection(report) {
  const open = sortedFindings(report.open);
  if (open.length === 0)
    return html`<p>No finding is open. <a href="#coverage">Coverage</a> lists what was checked.</p>`;
  const shown = open.slice(0, maxFindings);
  const isLong = open.length > maxOpenedFindings;
  return html`<table role="table"><caption>Open findings, the most severe first${shown.length < open.length ? `: ${shown.length.toLocaleString("en")} of ${open.length.toLocaleString("en")}` : ""}</caption><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col" class="c1">Severity</th><th role="columnheader" scope="col">Finding</th><th role="columnheader" scope="col" class="c3">About</th><th role="columnheader" scope="col" class="c4">First seen</th></tr></thead><tbody role="rowgroup">${shown.map(
    (finding) => findingRow2(finding, report, isLong)
  )}</tbody></table>`;
}
function findingRow2(finding, report, isLong) {
  const { severity, rule, title: title2, reason, remedy: remedy2, firstSeen } = finding;
  const text3 = html`<p class="next">${reason}</p><p class="next"><strong>Next step:</strong> ${remedy2}</p>`;
  return html`<tr role="row"><td role="cell"><span class="badge ${severity}">${severity}</span></td><th role="rowheader" scope="row"><p class="title">${title2}</p><p class="soft next">${rule.id} ${rule.name}</p>${isLong ? void 0 : text3}<details><summary>Details</summary>${isLong ? text3 : void 0}${facts(finding, report)}</details></th><td role="cell"><code>${shorten(subjectOf(finding), maxNameLength2)}</code></td><td role="cell" data-label="First seen"><time datetime="${firstSeen.toISOString()}">${day(firstSeen)}</time></td></tr>\n`;
}
function facts(finding, report) {
  return html`<dl>${findingFacts(finding, report).map(({ label, value, url }) => {
    const code2 = html`<code>${value}</code>`;
    const shown = url === void 0 ? code2 : html`<a href="${url}" rel="noreferrer noopener">${code2}</a>`;
    return html`<dt>${label}</dt><dd>${shown}</dd>`;
  })}</dl>`;
}
function historySection(report) {
  const days = lastDays(report.at);
  const histories = signaturesBySigner(report);
  const shown = histories.slice(0, maxSigners2);
  const others2 = histories.slice(maxSigners2);
  const marks = marksOf(report);
  const signatures = histories.reduce((sum, { total }) => sum + total, 0);
  return html`<h3>Open findings</h3>${findingsChart(report)}<h3>Signatures of each signer</h3>${shown.length === 0 ? html`<p class="soft">No signature of the watched signers was read.</p>` : html`<p class="soft">${count(signatures, "signature")} of ${count(histories.length, "signer")}. Each picture has its own scale. A mark at the top is a day with an open finding about the signer.</p><ul class="many">${shown.map(
    (history, index) => html`<li><p class="name"><code>${shorten(history.signer, maxNameLength2)}</code><span class="soft">${history.total.toLocaleString("en")}</span></p>${signaturesChart(history, days, marks.get(history.signer) ?? /* @__PURE__ */ new Map(), `s${index}`)}${axis(days)}</li>\n`
  )}</ul>`}${others2.length === 0 ? void 0 : html`<p class="soft">${count(others2.length, "more signer")} with ${count(
    others2.reduce((sum, { total }) => sum + total, 0),
    "signature"
  )} ${others2.length === 1 ? "is" : "are"} not shown.</p>`}`;
}
function marksOf({ open }) {
  const marks = /* @__PURE__ */ new Map();
  for (const finding of sortedFindings(open)) {
    for (const signer of signerOf(finding)) {
      const days = marks.get(signer) ?? /* @__PURE__ */ new Map();
      const on = day(finding.firstSeen);
      if (!days.has(on)) days.set(on, finding.severity);
      marks.set(signer, days);
    }
  }
  return marks;
}
function coverageSection2(report) {
  const { audit, packages } = report;
  return html`<ul class="legend"><li>${swatch("bar")}proven and checked</li><li>${swatch("rest")}not read yet</li><li><svg viewBox="0 0 10 10" aria-hidden="true"><path class="stripe" d="M0 10L10 0M-5 5L5 -5M5 15L15 5"/></svg>before the baseline, not read</li></ul>${audit.logs.length === 0 ? html`<p>No log was read.</p>` : audit.logs.map(logCoverage)}${packages.length === 0 ? void 0 : packagesTable(report)}`;
}
function logCoverage(log, index) {
  const { baseline, head, notes } = log;
  const since = baseline === void 0 ? void 0 : ` The first audit was on ${day(baseline.at)}, at ${baseline.size.toLocaleString("en")} entries.`;
  const time2 = head?.time === void 0 ? void 0 : ` The checkpoint is of ${moment(head.time)}.`;
  return html`<div class="log"><h3><code>${log.log.baseUrl}</code></h3>${coverageChart(log, `c${index}`)}<p>${sentence(coverageText(log))}${since}${time2}</p>${notes.length === 0 ? void 0 : list(notes)}</div>\n`;
}
function sentence(text3) {
  return `${text3.charAt(0).toUpperCase()}${text3.slice(1)}.`;
}
function packagesTable({ packages }) {
  const shown = packages.slice(0, maxPackages);
  return html`<table role="table"><caption>Packages${shown.length < packages.length ? `: ${shown.length} of ${packages.length.toLocaleString("en")}` : ""}</caption><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col" class="c1">Registry</th><th role="columnheader" scope="col" class="q2">Name</th><th role="columnheader" scope="col">Checked</th></tr></thead><tbody role="rowgroup">${shown.map(
    ({ package: { ecosystem, name }, versions, problem }) => html`<tr role="row"><td role="cell">${ecosystem}</td><th role="rowheader" scope="row"><code>${name}</code></th><td role="cell">${problem === void 0 ? count(versions, "version") : html`<span class="alert">not checked:</span> ${problem}`}</td></tr>`
  )}</tbody></table>`;
}
function acknowledgedSection({ acknowledged }) {
  const shown = acknowledged.slice(0, maxAcknowledged2);
  return html`<table role="table"><caption>Acknowledged findings, each until its end date${shown.length < acknowledged.length ? `: ${shown.length} of ${acknowledged.length.toLocaleString("en")}` : ""}</caption><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col" class="c1">Severity</th><th role="columnheader" scope="col" class="q2">Finding</th><th role="columnheader" scope="col">Reason</th><th role="columnheader" scope="col" class="q3">Until</th></tr></thead><tbody role="rowgroup">${shown.map(
    ({ finding, reason, until }) => html`<tr role="row"><td role="cell"><span class="badge ${finding.severity}">${finding.severity}</span></td><th role="rowheader" scope="row"><p class="title">${finding.title}</p><p class="soft next">${finding.rule.id} ${finding.rule.name}</p><p class="next"><code>${finding.id}</code></p></th><td role="cell">${reason}</td><td role="cell" data-label="Until"><time datetime="${until.toISOString()}">${day(until)}</time></td></tr>`
  )}</tbody></table>`;
}
var maxLineLength = 1e3;
var maxListed2 = 200;
function watchText(report, { colour = false, verbose = false } = {}) {
  const paint = painter(colour);
  const open = sortedFindings(report.open);
  const created = createdIds(report.changes);
  const lines = [
    ...report.isTest ? [paint("Test report: its finding is not real.", "warning"), ""] : [],
    ...report.audit.logs.flatMap((log) => [...logCoverageLines(log, paint, verbose), ""]),
    ...packageLines(report, paint),
    ...open.slice(0, maxListed2).flatMap((finding) => [...findingLines(finding, report, created.has(finding.id), paint), ""]),
    ...moreLines(open.length - maxListed2, "finding"),
    ...acknowledgedLines2(report),
    ...reasonLines(report.expired, "expired", paint),
    ...reasonLines(incompleteReasons(report), "incomplete", paint),
    ...report.pending === 0 ? [] : [line("pending", `${count(report.pending, "entry").replace(/entrys$/, "entries")} cannot be decided yet`)],
    ...reasonLines(report.learning, "learning", (text3) => text3),
    ...closedLines(report.changes),
    line(
      "matched",
      `${count(report.matched, "entry").replace(/entrys$/, "entries")} of this run ${report.matched === 1 ? "concerns" : "concern"} the policy ${report.policy}`
    ),
    "",
    outcomeLine(report, paint)
  ];
  return lines.map((text3) => `${text3}
`).join("");
}
function createdIds(changes) {
  return new Set(changes.flatMap(({ activity, finding }) => activity === "created" ? [finding.id] : []));
}
function findingLines(finding, report, isNew, paint) {
  const { rule, severity, title: title2, reason, remedy: remedy2 } = finding;
  const judgement = isMisbehaviour(finding) ? "proven misbehaviour: " : "";
  const head = `${severity} ${rule.id} ${rule.name}${isNew ? " (new)" : ""}: ${judgement}${title2}`;
  return [
    paint(shownText(head, maxLineLength), severity === "note" ? "warning" : "bad"),
    line("", reason),
    line("", remedy2),
    ...findingFacts(finding, report).map(({ label, value }) => line(label, value))
  ];
}
function packageLines({ packages }, paint) {
  if (packages.length === 0) return [];
  return [
    paint("packages", "title"),
    ...packages.slice(0, maxListed2).map(({ package: { ecosystem, name }, versions, problem }) => {
      const checked = problem === void 0 ? `${count(versions, "version")} checked` : `not checked: ${problem}`;
      return line(ecosystem, `${name}, ${checked}`);
    }),
    ...moreLines(packages.length - maxListed2, "package"),
    ""
  ];
}
function acknowledgedLines2({ acknowledged }) {
  return [
    ...acknowledged.slice(0, maxListed2).map(
      ({ finding: { rule, title: title2, id }, reason, until }) => line("acknowledged", `${rule.id} ${title2} (${id}), until ${day(until)}: ${reason}`)
    ),
    ...moreLines(acknowledged.length - maxListed2, "acknowledged finding")
  ];
}
function closedLines(changes) {
  const closed = changes.filter(({ activity }) => activity === "closed");
  return [
    ...closed.slice(0, maxListed2).map(({ finding: { rule, title: title2, id } }) => line("closed", `${rule.id} ${title2} (${id})`)),
    ...moreLines(closed.length - maxListed2, "closed finding")
  ];
}
function moreLines(number, noun) {
  return number > 0 ? [line("", `and ${count(number, `more ${noun}`)}`)] : [];
}
function outcomeLine(report, paint) {
  const as = { clean: "good", incomplete: "warning", findings: "bad", misbehaviour: "bad" };
  return paint(`${watchHeadline(report)}.`, as[watchOutcome(report)]);
}
function lookAlikeFinder(policy2) {
  return new LookAlikeFinder([
    ...policy2.repositories.flatMap(({ name, ownerId }) => [
      { kind: "repo", name: spelledRepository(policy2.host, name), ownerId },
      { kind: "owner", name: name.split("/")[0] ?? "", ownerId }
    ]),
    ...policy2.owners.map(({ name, id }) => ({ kind: "owner", name, ownerId: id })),
    ...policy2.identities.flatMap((identity) => identityNames(identity, policy2.host)),
    ...policy2.protectedNames.map(({ kind, name, ownerId }) => ({ kind, name, ownerId }))
  ]);
}
function identityNames({ match, value }, host) {
  if (/^[^/*@]+@[^/*@]+$/.test(value)) return [{ kind: "email", name: value }];
  const [, on, owner, repository] = /^https:\/\/([^/*]+)\/([^/*]+)(?:\/([^/*]+))?(?:\/|$)/.exec(value) ?? [];
  if (owner === void 0 || on?.toLowerCase() !== host) return [];
  return [
    { kind: "owner", name: owner },
    ...repository === void 0 ? [] : [{ kind: "repo", name: spelledRepository(host, `${owner}/${repository}`) }],
    ...match === "exact" && value.includes("/.github/workflows/") ? [{ kind: "workflow", name: value }] : []
  ];
}
function matchesGlob(pattern, text3) {
  let ends = new Uint8Array(text3.length + 1);
  ends[0] = 1;
  for (const piece of pattern.split(/(\*+|\?)/)) {
    if (piece.startsWith("*")) spread(text3, ends, piece.length > 1);
    else if (piece !== "") ends = after(text3, ends, piece);
  }
  return ends[text3.length] === 1;
}
function spread(text3, ends, isDeep) {
  for (let at = 1; at < ends.length; at++) if (ends[at - 1] === 1 && (isDeep || text3[at - 1] !== "/")) ends[at] = 1;
}
function after(text3, ends, piece) {
  const next = new Uint8Array(ends.length);
  for (let end = piece.length; end < ends.length; end++) {
    const start = end - piece.length;
    if (ends[start] === 1 && (piece === "?" ? text3[start] !== "/" : text3.startsWith(piece, start))) next[end] = 1;
  }
  return next;
}
var IdentityIndex = class {
  #whole = /* @__PURE__ */ new Map();
  /** Segments and patterns, by whole segments at the beginning of the name. */
  #beginnings = /* @__PURE__ */ new Map();
  /** Patterns, by the text after the last `@` or `!`. */
  #domains = /* @__PURE__ */ new Map();
  /** The number of segments of the longest beginning. */
  #depth = 0;
  constructor(identities) {
    for (const identity of identities) this.#add(identity);
  }
  #add(identity) {
    const value = identity.value.toLowerCase();
    const beginning = identity.match === "segment" ? value.replace(/[/@]+$/, "") : fixedSegments(value);
    if (identity.match === "exact") put(this.#whole, value, identity);
    else if (beginning === "") put(this.#domains, domainOf(value), identity);
    else {
      put(this.#beginnings, beginning, identity);
      this.#depth = Math.max(this.#depth, [...beginning].filter((character) => isEnd(character)).length + 1);
    }
  }
  /** Returns the identities that a name meets, whatever their issuers are. Most names meet none. */
  find(name) {
    const lower2 = name.toLowerCase();
    const found = this.#search(lower2);
    if (!name.includes("%")) return found;
    const plain = plainUrl(name);
    const more2 = plain === void 0 ? void 0 : this.#search(plain.toLowerCase());
    return more2 === void 0 ? found : [.../* @__PURE__ */ new Set([...found ?? [], ...more2])];
  }
  #search(name) {
    const whole = this.#whole.get(name);
    if (this.#beginnings.size === 0 && this.#domains.size === 0) return whole;
    const found = whole === void 0 ? [] : [...whole];
    if (this.#domains.size > 0) this.#collect(this.#domains.get(domainOf(name)), name, found);
    for (let at = 0, depth = 0; this.#beginnings.size > 0 && depth <= this.#depth && at <= name.length; depth++) {
      while (at < name.length && !isEnd(name[at])) at++;
      this.#collect(this.#beginnings.get(name.slice(0, at)), name, found);
      at++;
    }
    return found.length === 0 ? void 0 : found;
  }
  #collect(candidates, name, found) {
    for (const each of candidates ?? [])
      if (each.match === "segment" || meetsPattern(each.value.toLowerCase(), name)) found.push(each);
  }
};
function put(map, key, identity) {
  const known = map.get(key);
  if (known === void 0) map.set(key, [identity]);
  else known.push(identity);
}
function isEnd(character) {
  return character === "/" || character === "@";
}
function fixedSegments(pattern) {
  const star = pattern.search(/[*?]/);
  const fixed = star === -1 ? pattern : pattern.slice(0, star);
  return fixed.slice(0, Math.max(0, fixed.lastIndexOf("/"), fixed.lastIndexOf("@")));
}
function domainOf(name) {
  return name.slice(Math.max(name.lastIndexOf("@"), name.lastIndexOf("!")) + 1);
}
function meetsPattern(pattern, name) {
  const [ofPattern, ofName] = [pattern.indexOf("@"), name.indexOf("@")];
  if (ofPattern === -1) return matchesGlob(pattern, name);
  return ofName !== -1 && matchesGlob(pattern.slice(0, ofPattern), name.slice(0, ofName)) && matchesGlob(pattern.slice(ofPattern), name.slice(ofName));
}
var width = 6;
var shortestRun = 16;
var mostLevels = 3;
var Needles = class {
  #parts = /* @__PURE__ */ new Map();
  constructor(needles) {
    const long = [...needles].filter(([{ length }]) => length >= width).map(([bytes, value]) => [lower(bytes), value]);
    const counts = /* @__PURE__ */ new Map();
    for (const [bytes] of long) for (const hash10 of hashes(bytes)) counts.set(hash10, (counts.get(hash10) ?? 0) + 1);
    for (const [bytes, value] of long) {
      let best = { hash: 0, at: 0, count: Number.POSITIVE_INFINITY };
      for (const [at, hash10] of [...hashes(bytes)].entries()) {
        const count3 = counts.get(hash10) ?? 0;
        if (count3 < best.count) best = { hash: hash10, at, count: count3 };
      }
      const known = this.#parts.get(best.hash) ?? [];
      this.#parts.set(best.hash, known);
      known.push({ bytes, at: best.at, value });
    }
  }
  /** Returns the values whose needles occur in an entry, or in base64 within it. Letter case does not matter. */
  search(entry) {
    const found = /* @__PURE__ */ new Set();
    if (this.#parts.size > 0) this.#search(entry, mostLevels, found);
    return found;
  }
  #search(bytes, levels3, found) {
    const text3 = lower(bytes);
    let at = 0;
    for (const hash10 of hashes(text3)) {
      for (const needle of this.#parts.get(hash10) ?? [])
        if (!found.has(needle.value) && occursAt(needle, text3, at)) found.add(needle.value);
      at++;
    }
    if (levels3 > 1) for (const run of base64Runs(bytes)) this.#search(run, levels3 - 1, found);
  }
};
function occursAt({ bytes, at }, text3, place) {
  const start = place - at;
  if (start < 0 || start + bytes.length > text3.length) return false;
  for (let i = 0; i < bytes.length; i++) if (text3[start + i] !== bytes[i]) return false;
  return true;
}
var base = 16777619;
var outgoing = Array.from({ length: width }).reduce((power) => Math.imul(power, base), 1);
function* hashes(text3) {
  let hash10 = 0;
  for (let i = 0; i < text3.length; i++) {
    hash10 = Math.imul(hash10, base) + (text3[i] ?? 0) + 1 | 0;
    if (i >= width) hash10 = hash10 - Math.imul((text3[i - width] ?? 0) + 1, outgoing) | 0;
    if (i >= width - 1) yield hash10;
  }
}
function lower(bytes) {
  return bytes.map((byte) => byte >= 65 && byte <= 90 ? byte + 32 : byte);
}
function* base64Runs(text3) {
  let run = [];
  for (let i = 0; i <= text3.length; i++) {
    const byte = text3[i];
    if (byte !== void 0 && isBase64(byte)) {
      run.push(byte);
      continue;
    }
    if (byte === 10 || byte === 13) continue;
    const next = text3[i + 1];
    if (byte === 92 && (next === 110 || next === 114 || next === 47)) {
      if (next !== 47) i++;
      continue;
    }
    if (run.length >= shortestRun) yield Buffer.from(Buffer.from(run).toString("latin1"), "base64");
    run = [];
  }
}
function isBase64(byte) {
  return byte >= 65 && byte <= 90 || byte >= 97 && byte <= 122 || byte >= 47 && byte <= 57 || byte === 43;
}
var none = [];
var WatchList = class _WatchList {
  /** The start of the URLs of the policy's repositories, in lower case. */
  #server;
  #host;
  #repositoryIds = /* @__PURE__ */ new Map();
  #repositoryNames = /* @__PURE__ */ new Map();
  #ownerIds = /* @__PURE__ */ new Map();
  #ownerNames = /* @__PURE__ */ new Map();
  #issuers = /* @__PURE__ */ new Map();
  #keys = /* @__PURE__ */ new Map();
  #digests = /* @__PURE__ */ new Map();
  #identities;
  #watchesIdentities;
  #lookAlikes;
  /** The lines of the names that others may imitate. */
  #lines = /* @__PURE__ */ new Map();
  #needles;
  constructor(policy2, { lookAlikes }) {
    this.#host = policy2.host;
    this.#server = `https://${policy2.host}/`;
    this.#lookAlikes = lookAlikes;
    this.#identities = new IdentityIndex(policy2.identities);
    this.#watchesIdentities = policy2.identities.length > 0;
    for (const each of policy2.repositories) this.#addRepository(each);
    for (const { place, name, id } of policy2.owners) {
      const match = { what: "owner", value: name, line: place.line };
      this.#ownerNames.set(name.toLowerCase(), match);
      if (id !== void 0) this.#ownerIds.set(id, match);
    }
    const values = [
      ["issuer", policy2.issuers, this.#issuers],
      ["key", policy2.keys, this.#keys],
      ["digest", policy2.digests, this.#digests]
    ];
    for (const [what, list2, map] of values)
      for (const { place, value } of list2) map.set(value.toLowerCase(), { what, value, line: place.line });
    this.#addProtectedLines(policy2);
    this.#needles = new Needles(needlesOf(policy2));
  }
  static of(policy2, options = {}) {
    return new _WatchList(policy2, options);
  }
  #addRepository({ place, name, id }) {
    const match = { what: "repository", value: name, line: place.line };
    this.#repositoryNames.set(name.toLowerCase(), match);
    if (id !== void 0) this.#repositoryIds.set(id, match);
  }
  #addProtectedLines({ host, repositories, owners, identities, protectedNames }) {
    const add = (name, line2) => {
      const key = name?.toLowerCase();
      if (key !== void 0 && !this.#lines.has(key)) this.#lines.set(key, line2);
    };
    for (const { place, name } of [...owners, ...protectedNames]) add(name, place.line);
    for (const { place, name } of repositories) {
      add(spelledRepository(host, name), place.line);
      add(name.split("/", 1)[0], place.line);
    }
    for (const { place, value } of identities) {
      add(value, place.line);
      const [owner, repository] = value.replace(/^https:\/\/[^/]+\//, "").split("/");
      add(owner, place.line);
      add(spelledRepository(host, `${owner}/${repository}`), place.line);
    }
  }
  /**
   * Returns the parts of the policy that an entry concerns: none for most entries.
   *
   * @param bytes the entry, which is searched if parts of it cannot be read
   */
  match(claims, bytes) {
    const found = [];
    if (claims.type === "certificate") this.#matchCertificate(claims.certificate, found);
    else if (claims.type === "signature") {
      if (this.#digests.size > 0)
        for (const { algorithm, value } of claims.digests) push(found, this.#digests.get(`${algorithm}:${value}`));
      for (const signer of claims.signers) this.#matchSigner(signer, found);
    }
    if (claims.problems.length > 0 && found.length === 0)
      for (const match of this.#needles.search(bytes)) push(found, match);
    return found.length === 0 ? none : found;
  }
  #matchSigner(signer, found) {
    if (signer.kind === "certificate") this.#matchCertificate(signer.certificate, found);
    else push(found, this.#keys.get(signer.keyHash));
  }
  #matchCertificate(certificate, found) {
    const { claims, keyHash, names } = certificate;
    const path = this.#pathOf(certificate);
    const isOwn2 = path !== void 0 && this.#matchSource(certificate, path, found);
    for (const issuer of [claims.issuer, claims.olderIssuer])
      if (issuer !== void 0 && this.#issuers.size > 0) push(found, this.#issuers.get(issuer.toLowerCase()));
    if (keyHash !== void 0) push(found, this.#keys.get(keyHash));
    if (this.#watchesIdentities) for (const { value } of names) this.#matchName(value, certificate, found);
    if (!isOwn2 && this.#lookAlikes !== void 0) this.#matchLookAlikes(certificate, path, found);
  }
  /**
   * Returns the path of the source repository on the server of the policy, in lower case: `owner/name`. Without that claim, which old and
   * forged certificates lack, the workflow of a subject alternative name counts. Returns `''` if the certificate names neither, and undefined
   * for another server.
   */
  #pathOf({ claims, names }) {
    const { sourceRepositoryUri: uri, githubWorkflowRepository: older } = claims;
    if (uri !== void 0) {
      const lower2 = uri.toLowerCase();
      return lower2.startsWith(this.#server) ? lower2.slice(this.#server.length) : void 0;
    }
    if (older !== void 0 && this.#host === "github.com") return older.toLowerCase();
    for (const { value } of names) {
      const lower2 = value.toLowerCase();
      if (!lower2.startsWith(this.#server)) continue;
      const [owner = "", name = ""] = lower2.slice(this.#server.length).split("/", 2);
      return `${owner}/${name}`;
    }
    return "";
  }
  /** Matches the source repository and its owner: each by its ID first. Returns true if either is of the policy. */
  #matchSource({ claims }, path, found) {
    const { sourceRepositoryIdentifier: id, sourceRepositoryOwnerIdentifier: ownerId } = claims;
    const repository = id && this.#repositoryIds.get(id) || this.#repositoryNames.get(path);
    const slash = path.indexOf("/");
    const ownerName = slash === -1 ? path : path.slice(0, slash);
    const owner = ownerId && this.#ownerIds.get(ownerId) || this.#ownerNames.get(ownerName);
    push(found, repository);
    push(found, owner);
    return repository !== void 0 || owner !== void 0;
  }
  #matchName(name, { claims }, found) {
    for (const { value, place, issuer } of this.#identities.find(name) ?? []) {
      const expected = issuer?.toLowerCase();
      const isIssuer = expected === void 0 || expected === claims.issuer?.toLowerCase() || expected === claims.olderIssuer?.toLowerCase();
      if (isIssuer) push(found, { what: "identity", value, line: place.line });
    }
  }
  #matchLookAlikes(certificate, path, found) {
    const { sourceRepositoryUri: uri, sourceRepositoryOwnerIdentifier } = certificate.claims;
    const ownerId = path === void 0 ? void 0 : sourceRepositoryOwnerIdentifier;
    const name = path === void 0 ? uri?.replace(/^https?:\/\//, "") : spelledRepository(this.#host, path);
    if (name?.includes("/")) {
      this.#matchLookAlike("repo", name, ownerId, found);
      if (path !== void 0) this.#matchLookAlike("owner", path.slice(0, path.indexOf("/")), ownerId, found);
    }
    for (const { kind, value } of certificate.names) {
      if (kind === "uri") this.#matchLookAlike("workflow", value, ownerId, found);
      else if (kind === "dns") this.#matchLookAlike("domain", value, void 0, found);
      else if (kind === "email") {
        this.#matchLookAlike("email", value, void 0, found);
        this.#matchLookAlike("domain", value.slice(value.lastIndexOf("@") + 1), void 0, found);
      }
    }
  }
  #matchLookAlike(kind, name, ownerId, found) {
    const { alert, target } = this.#lookAlikes?.find({ kind, name, ownerId }) ?? {};
    if (alert !== true || target === void 0) return;
    push(found, { what: "look-alike", value: target, line: this.#lines.get(target.toLowerCase()) ?? 1 });
  }
};
function push(found, match) {
  if (match === void 0) return;
  if (!found.some(({ what, value }) => what === match.what && value === match.value)) found.push(match);
}
function* needlesOf(policy2) {
  const needle = (text3, value, line2) => [
    Buffer.from(text3),
    { what: "needle", value, line: line2 }
  ];
  for (const { name, place } of policy2.repositories) yield needle(name, name, place.line);
  for (const { name, place } of policy2.owners) yield needle(`${policy2.host}/${name}/`, name, place.line);
  for (const { match, value, place } of policy2.identities)
    yield needle(match === "glob" ? longestFixed(value) : value, value, place.line);
  for (const { value, place } of policy2.issuers) yield needle(value, value, place.line);
  for (const { value, place } of [...policy2.keys, ...policy2.digests]) {
    const hex = value.slice(value.indexOf(":") + 1);
    yield needle(hex, value, place.line);
    yield [Buffer.from(hex, "hex"), { what: "needle", value, line: place.line }];
  }
}
function longestFixed(pattern) {
  return pattern.split(/[*?]+/).reduce((longest, part) => part.length > longest.length ? part : longest, "");
}
function repositoryHost({ serverUrl, apiUrl }) {
  if (serverUrl) return serverHost(serverUrl);
  const [, cloud, server] = /^https:\/\/(?:api\.([^/]+)\/?|([^/]+)\/api\/v3\/?)$/i.exec(apiUrl ?? "") ?? [];
  return (cloud ?? server ?? "github.com").toLowerCase();
}
function serverHost(text3) {
  const url = URL.canParse(text3) ? new URL(text3) : void 0;
  const isServer = url !== void 0 && /^https?:$/.test(url.protocol) && /^\/?$/.test(url.pathname) && url.username === "";
  if (isServer) return url.host;
  return fail("USAGE", `GITHUB_SERVER_URL is ${JSON.stringify(text3)}, which is not the URL of a server of GitHub`, {
    remedy: "Set it to a URL such as https://github.com, or unset it."
  });
}
async function loadWatchPolicy(path, world, servers = {}) {
  const text3 = Buffer.from(await readInput(path, "policy", world)).toString("utf8");
  const policy2 = await readWatchPolicy(text3, path, repositoryHost(servers));
  const lookAlikes = lookAlikeFinder(policy2);
  return { policy: policy2, matcher: WatchList.of(policy2, { lookAlikes }), lookAlikes };
}
var import_node_fs = __toESM(require_node_fs(), 1);
var maxLabelLength = 300;
var maxSeries = 200;
function watchMetrics(report, earlierSuccess2) {
  const lines = families(report, earlierSuccess2).flatMap(({ name, type, unit, help, samples }) => [
    `# TYPE ${name} ${type}`,
    ...unit === void 0 ? [] : [`# UNIT ${name} ${unit}`],
    `# HELP ${name} ${help}`,
    ...distinct(
      samples.map(({ labels = {}, value }) => [
        `${name}${type === "counter" ? "_total" : ""}${labelText(labels)}`,
        value
      ])
    )
  ]);
  return `${lines.join("\n")}
# EOF
`;
}
function families(report, earlierSuccess2) {
  const logs = report.audit.logs.slice(0, maxSeries);
  const of = (value) => logs.flatMap((log) => {
    const number = value(log);
    const labels = { origin: log.origin ?? "", url: log.log.baseUrl };
    return number === void 0 ? [] : [{ labels, value: number }];
  });
  const complete = isComplete(report);
  const success = complete ? report.at : earlierSuccess2;
  return [
    {
      name: "countersign_log_size",
      type: "gauge",
      help: "Entries in the tree that the log served.",
      samples: of(({ head }) => head?.size)
    },
    {
      name: "countersign_log_first_entry",
      type: "gauge",
      help: "Index of the first entry that is read.",
      samples: of(({ coverage: coverage2 }) => coverage2?.from)
    },
    {
      name: "countersign_log_verified_size",
      type: "gauge",
      help: "Index after the last entry that was proven and checked.",
      samples: of(({ coverage: coverage2 }) => coverage2?.to)
    },
    {
      name: "countersign_log_checkpoint_age_seconds",
      type: "gauge",
      unit: "seconds",
      help: "Age of the checkpoint, for logs that state its time.",
      samples: of(({ head }) => head?.time === void 0 ? void 0 : seconds(report.at) - seconds(head.time))
    },
    {
      name: "countersign_entries_verified",
      type: "counter",
      help: "Entries that were proven and checked since the baseline.",
      samples: of(({ coverage: coverage2 }) => coverage2 && coverage2.to - coverage2.from)
    },
    {
      name: "countersign_findings",
      type: "gauge",
      help: "Open findings that are not acknowledged.",
      samples: findingSamples(report.open)
    },
    {
      name: "countersign_findings_acknowledged",
      type: "gauge",
      help: "Acknowledged findings.",
      samples: [{ value: report.acknowledged.length }]
    },
    {
      name: "countersign_matched_entries",
      type: "gauge",
      help: "Entries of the last run that concern the policy.",
      samples: [{ value: report.matched }]
    },
    {
      name: "countersign_pending_entries",
      type: "gauge",
      help: "Entries that cannot be decided yet.",
      samples: [{ value: report.pending }]
    },
    {
      name: "countersign_watch_complete",
      type: "gauge",
      help: "1 if the last run checked everything that the policy names.",
      samples: [{ value: complete ? 1 : 0 }]
    },
    {
      name: "countersign_last_run_timestamp_seconds",
      type: "gauge",
      unit: "seconds",
      help: "Time of the last run.",
      samples: [{ value: seconds(report.at) }]
    },
    {
      name: lastSuccessName,
      type: "gauge",
      unit: "seconds",
      help: "Time of the last complete run. 0 if none is known.",
      samples: [{ value: success === void 0 ? 0 : seconds(success) }]
    },
    {
      name: "countersign_test",
      type: "gauge",
      help: "1 for the report of --test-delivery.",
      samples: [{ value: report.isTest ? 1 : 0 }]
    }
  ];
}
var lastSuccessName = "countersign_last_success_timestamp_seconds";
function lastSuccess(exposition) {
  const [, text3] = new RegExp(`^${lastSuccessName} (\\d{1,11}(?:\\.\\d{1,3})?)$`, "m").exec(exposition) ?? [];
  return text3 === void 0 || Number(text3) === 0 ? void 0 : new Date(Number(text3) * 1e3);
}
function findingSamples(open) {
  const counts = /* @__PURE__ */ new Map();
  for (const { rule, severity } of open) {
    const labels = { rule: rule.id, severity };
    const key = `${rule.id} ${severity}`;
    const sample = counts.get(key) ?? { labels, value: 0 };
    counts.set(key, { labels, value: sample.value + 1 });
  }
  return [...counts.values()].slice(0, maxSeries);
}
function distinct(samples) {
  return [...new Map(samples)].map(([series, value]) => `${series} ${value}`);
}
function labelText(labels) {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(shownText(value, maxLabelLength))}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}
function escaped(text3) {
  return text3.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
function seconds(time2) {
  return time2.getTime() / 1e3;
}
var maxTextLength = 4096;
var maxListed3 = 100;
var activities = { created: [1, "Create"], updated: [2, "Update"], closed: [3, "Close"] };
var statuses = { created: [1, "New"], updated: [2, "In Progress"], closed: [4, "Resolved"] };
var severities = { note: [2, "Low"], alert: [4, "High"], critical: [5, "Critical"] };
function watchOcsfEvents(report, version2) {
  return [...report.changes.map((change) => watchOcsfChange(change, report, version2)), coverageEvent(report, version2)];
}
function watchOcsfChange(change, report, version2) {
  const { activity, finding, at } = change;
  const uid = changeKey(change);
  const [activityId, activityName] = activities[activity];
  const [statusId, status] = statuses[activity];
  const [severityId, severity] = severities[finding.severity];
  const run = findingRun(finding);
  return event(uid, {
    ...classOf(activityId, activityName),
    time: at.getTime(),
    severity_id: severityId,
    severity,
    is_alert: activity !== "closed" && finding.severity !== "note",
    status_id: statusId,
    status,
    message: text(`${report.isTest ? "Test: " : ""}${finding.title}`),
    metadata: metadata(uid, report, version2),
    finding_info: {
      uid: finding.id,
      title: text(finding.title),
      desc: text(finding.reason),
      types: [finding.rule.id],
      first_seen_time: finding.firstSeen.getTime(),
      last_seen_time: finding.lastSeen.getTime(),
      created_time: finding.firstSeen.getTime(),
      analytic: { uid: finding.rule.id, name: text(finding.rule.name), type_id: 1, type: "Rule" },
      ...run !== void 0 && { src_url: run }
    },
    remediation: { desc: text(finding.remedy) },
    observables: observables(finding),
    unmapped: {
      ...about(finding, report),
      evidence: finding.evidence ?? null,
      policy: { path: report.policy, line: finding.line ?? null },
      coverage: coverage(report)
    }
  });
}
function coverageEvent(report, version2) {
  const uid = `coverage.${Math.floor(report.at.getTime() / 1e3)}`;
  const incomplete = incompleteReasons(report);
  return event(uid, {
    ...classOf(2, "Update"),
    time: report.at.getTime(),
    severity_id: 1,
    severity: "Informational",
    is_alert: false,
    message: text(watchHeadline(report)),
    metadata: metadata(uid, report, version2),
    finding_info: {
      uid: "coverage",
      title: "Coverage of the watch",
      desc: text(watchHeadline(report)),
      types: ["coverage"]
    },
    unmapped: {
      outcome: watchOutcome(report),
      open: report.open.length,
      acknowledged: report.acknowledged.length,
      matched: report.matched,
      pending: report.pending,
      incomplete: incomplete.slice(0, maxListed3).map(text),
      incomplete_count: incomplete.length,
      policy: { path: report.policy, line: null },
      coverage: coverage(report)
    }
  });
}
function classOf(activityId, activityName) {
  return {
    activity_id: activityId,
    activity_name: activityName,
    category_uid: 2,
    category_name: "Findings",
    class_uid: 2004,
    class_name: "Detection Finding",
    type_uid: 200400 + activityId,
    type_name: `Detection Finding: ${activityName}`
  };
}
function metadata(uid, { isTest }, version2) {
  return {
    version: "1.7.0",
    uid,
    product: { name: "Countersign", vendor_name: "Countersign", version: version2 },
    ...isTest && { labels: ["test"] }
  };
}
function observables({ about: subject }) {
  if (subject.kind !== "entry") return [];
  const { signers, digests } = subject.entry;
  const names = signers.flatMap((signer) => signer.kind === "certificate" ? signer.names : []);
  return [
    ...names.map(
      ({ kind, value }) => observable("unmapped.entry.signers.names.value", nameTypes[kind] ?? other, value)
    ),
    ...digests.map(
      ({ algorithm, value }) => observable("unmapped.entry.digests.digest", hash, `${algorithm}:${value}`)
    )
  ].slice(0, maxListed3);
}
var other = [99, "Other"];
var hash = [8, "Hash"];
var nameTypes = {
  uri: [6, "URL String"],
  email: [5, "Email Address"],
  dns: [1, "Hostname"],
  ip: [2, "IP Address"]
};
function observable(name, [id, type], value) {
  return { name, type_id: id, type, value: text(value) };
}
function about({ about: subject }, report) {
  switch (subject.kind) {
    case "entry":
      return { entry: { ...watchedEntryJson(subject.entry), page: entryPage(subject.entry, report) ?? null } };
    case "log":
      return { log: { url: subject.url, origin: subject.origin ?? null, code: subject.code } };
    case "package":
      return { package: { ecosystem: subject.ecosystem, name: subject.name, version: subject.version ?? null } };
  }
}
function coverage({ audit, packages }) {
  return {
    logs: audit.logs.slice(0, maxListed3).map(({ log, origin, coverage: range }) => ({
      url: log.baseUrl,
      origin: origin ?? null,
      from: range?.from ?? null,
      to: range?.to ?? null,
      size: range?.size ?? null
    })),
    packages: packages.length,
    packages_checked: packages.filter(({ problem }) => problem === void 0).length
  };
}
function event(uid, content) {
  return { uid, json: plainJson(JSON.stringify(content)) };
}
function text(value) {
  return shownText(value, maxTextLength);
}
var clockSkew = 1e4;
var hour = 36e5;
var day3 = 24 * hour;
function issuedSigners({ signers }) {
  return signers.filter((signer) => signer.kind === "certificate" && signer.isIssued !== false);
}
function signedAt({ loggedAt, seenAt }, signer) {
  return loggedAt ?? (signer?.kind === "certificate" ? signer.notBefore : void 0) ?? seenAt;
}
function repositoryOf2({ claims }) {
  const [, host, name] = /^https:\/\/([^/]+)\/(.+)$/.exec(claims.sourceRepositoryUri ?? "") ?? [];
  return host === void 0 || name === void 0 ? void 0 : { host: host.toLowerCase(), name };
}
function repositoryName(signer) {
  return repositoryOf2(signer)?.name ?? "the repository";
}
function ownerOf(signer) {
  return lastSegment(signer.claims.sourceRepositoryOwnerUri) ?? repositoryOf2(signer)?.name.split("/")[0];
}
function lastSegment(url) {
  return url?.split("/").at(-1);
}
function sameName(one, other2) {
  return one !== void 0 && one.toLowerCase() === other2?.toLowerCase();
}
function workflowAt(url) {
  if (url === void 0) return void 0;
  const [, host, repository, path, ref] = /^https:\/\/([^/]+)\/([^/]+\/[^/]+)\/(.+?)@(refs\/.+|[0-9a-f]{40}|[0-9a-f]{64})$/s.exec(plainUrl(url) ?? url) ?? [];
  return host === void 0 || repository === void 0 || path === void 0 || ref === void 0 ? void 0 : { host, repository, path, ref };
}
function workflowOf({ claims }) {
  return workflowAt(claims.buildConfigUri);
}
function runOf({ claims }) {
  const [, repository, id, attempt2] = /^https:\/\/[^/]+\/([^/]+\/[^/]+)\/actions\/runs\/(\d{1,20})\/attempts\/(\d{1,6})$/.exec(
    claims.runInvocationUri ?? ""
  ) ?? [];
  return repository === void 0 || id === void 0 ? void 0 : { repository, id, attempt: Number(attempt2) };
}
function isGitHubJob(signer, { host }) {
  return repositoryOf2(signer)?.host === host;
}
function signerName2(signer) {
  if (signer.kind === "key") return { kind: "key", issuer: "", name: signer.keyHash, owner: signer.keyHash };
  const { value = "", kind } = signer.names[0] ?? {};
  const issuer = signer.claims.issuer ?? "";
  if (kind !== "uri")
    return { kind: kind === "email" ? "email" : "other", issuer, name: value, owner: value.toLowerCase() };
  const at = workflowAt(value);
  const name = at === void 0 ? value : `https://${at.host}/${at.repository}/${at.path}`;
  const host = repositoryOf2(signer)?.host ?? at?.host;
  const owner = ownerOf(signer) ?? at?.repository.split("/")[0];
  return {
    kind: "uri",
    issuer,
    name,
    owner: (host === void 0 || owner === void 0 ? name : `${host}/${owner}`).toLowerCase()
  };
}
function ownSigners(entry, context) {
  const issued = issuedSigners(entry);
  return issued.flatMap((signer) => {
    const { policy: policy2, repository } = context;
    const others2 = issued.length > 1 ? policy2.repositories : [];
    const watched = [repository, ...others2].find((one) => isOf(signer, policy2, one));
    return watched !== void 0 || isOwn(signer, context) ? [{ signer, watched }] : [];
  });
}
function isOf(signer, policy2, repository) {
  if (repository === void 0 || !isGitHubJob(signer, policy2)) return false;
  const { id, name } = repository;
  return id !== void 0 && id === signer.claims.sourceRepositoryIdentifier || sameName(repositoryOf2(signer)?.name, name);
}
function isOwn(signer, { policy: policy2 }) {
  const { sourceRepositoryOwnerIdentifier: ownerId, sourceRepositoryUri: uri } = signer.claims;
  if (uri === void 0) return false;
  const isOfGitHub = isGitHubJob(signer, policy2);
  const owner = ownerOf(signer);
  return isOfGitHub && policy2.owners.some(({ id, name }) => id === void 0 ? sameName(owner, name) : id === ownerId) || policy2.identities.some(({ value }) => sameName(repositoryUrlOf(value), uri));
}
function repositoryUrlOf(identity) {
  return /^https:\/\/[^/]+\/[^/*]+\/[^/*]+/.exec(identity)?.[0];
}
function digestText({ algorithm, value }) {
  return `${algorithm}:${value}`;
}
function observed(observation) {
  return { kind: "observed", ...observation };
}
var order = ["observed", "undecided", "pending"];
function firstVerdict(items2, check) {
  const verdicts = items2.flatMap((item) => check(item) ?? []);
  for (const kind of order) {
    const found = verdicts.filter((verdict) => verdict.kind === kind);
    const worst = found.find((verdict) => verdict.kind !== "observed" || verdict.severity !== "note") ?? found[0];
    if (worst !== void 0) return worst;
  }
  return void 0;
}
var settling = hour;
var recheck = hour / 4;
var shortestRetention = 90 * day3;
var remedy = "Find out who or what made this signature. If it was none of your releases, treat the artifact as malicious, and rotate the credentials that the run could read.";
var unexplainedSignature = {
  about: "entries",
  id: "P01",
  name: "unexplained-signature",
  version: 1,
  severity: "alert",
  reason: "A hijacked workflow signs with the right repository, workflow and ref. The run that made the signature still shows that its release did not succeed.",
  condition: "The run that a certificate of an own repository names does not exist after an hour, did not succeed, has another commit, trigger, workflow or attempt than the certificate, or no expected signing job of it succeeded while the certificate was issued.",
  falseAlarms: "Deleted runs. A job that fails after the signing job succeeded is a note. A run older than 90 days, which GitHub may have removed, is a note if it does not exist. Without a token that can read the runs of a private repository, the rule is undecided.",
  needs: ["run", "repository"],
  learns: false,
  check(entry, context) {
    return firstVerdict(ownSigners(entry, context), (own) => checkRun(entry, own, context)) ?? forged(entry, context);
  }
};
function forged({ signers }, { policy: policy2, repository }) {
  const isForged = signers.some(
    (signer) => signer.kind === "certificate" && signer.isIssued === false && isGitHubJob(signer, policy2)
  );
  if (!isForged || repository === void 0) return void 0;
  return observed({
    severity: "note",
    title: `a certificate with the name of ${repository.name} was not issued by a trusted authority`,
    reason: "Anyone can log a certificate that they made themselves, with any name. No verifier accepts it, unless it trusts another authority.",
    remedy: "Nothing is to be done, unless you use a certificate authority that is not in the trusted root."
  });
}
function checkRun(entry, own, context) {
  const { signer } = own;
  if (!isGitHubJob(signer, context.policy)) return void 0;
  const address = runOf(signer);
  if (address === void 0) {
    return observed({
      severity: "note",
      title: "a certificate does not name the run that it was issued to",
      reason: "Certificates of GitHub Actions name their run since 2023. Without it, the signature cannot be explained.",
      remedy
    });
  }
  const source2 = repositoryOf2(signer)?.name;
  if (source2 !== void 0 && !sameName(source2, address.repository)) {
    return observed({
      title: `a certificate of ${source2} names a run of ${address.repository}`,
      reason: `The certificate was issued to run ${address.id} of ${address.repository}. A job of ${source2} runs in that repository.`,
      remedy
    });
  }
  const { run, repository } = context.factsOf(signer);
  const time2 = signedAt(entry, signer);
  switch (run.kind) {
    case "unknown":
      return {
        kind: "undecided",
        reason: `the run ${address.id} of ${address.repository} is not known: ${run.reason}`
      };
    case "absent":
      return withoutRun(address, time2, repository, context.now);
    case "known":
      return withRun(run.value, address, own, context);
  }
}
function withoutRun({ repository: name, id }, time2, repository, now) {
  if (repository.kind !== "known")
    return { kind: "undecided", reason: `GitHub shows neither the repository ${name} nor its run ${id}` };
  const until = new Date(time2.getTime() + settling);
  if (now < until) return { kind: "pending", until, reason: `GitHub does not show the run ${id} of ${name} yet` };
  if (now.getTime() - time2.getTime() > shortestRetention) {
    return observed({
      severity: "note",
      title: `run ${id}, which a certificate names, does not exist any more`,
      reason: `The signature is from ${dayText(time2)}. GitHub removes old runs, so that it cannot be explained any more.`,
      remedy: "Compare the digest with those of your releases."
    });
  }
  return observed({
    title: `run ${id}, which a certificate names, does not exist`,
    reason: `The certificate was issued to run ${id} of ${name} on ${dayText(time2)}, and GitHub has no such run. It was deleted, or the certificate was not issued to a run of this repository.`,
    remedy
  });
}
function dayText(time2) {
  return time2.toISOString().slice(0, 10);
}
function withRun(run, address, own, context) {
  const differences = contradictions(run, address, own.signer);
  if (differences.length > 0) {
    return observed({
      title: `run ${run.id} is not the one that the certificate describes`,
      reason: `${differences.join(" ")} GitHub and the certificate agree for every genuine job.`,
      remedy
    });
  }
  if (run.status !== "completed") {
    const until = new Date(context.now.getTime() + recheck);
    return { kind: "pending", until, reason: `run ${run.id} of ${address.repository} is in progress` };
  }
  return checkOutcome(run, own);
}
function contradictions(run, address, signer) {
  const { claims } = signer;
  const workflow = workflowOf(signer);
  const differences = [];
  const compare3 = (what, certified2, found) => {
    if (certified2 !== void 0 && certified2 !== found)
      differences.push(`The certificate states the ${what} ${certified2}, and the run has ${found}.`);
  };
  compare3("run", address.id, run.id);
  compare3("attempt", String(address.attempt), String(run.attempt));
  compare3("trigger", claims.buildTrigger, run.event);
  if (!(claims.buildTrigger ?? "").startsWith("pull_request"))
    compare3("commit", claims.sourceRepositoryDigest, run.headSha);
  if (workflow !== void 0) compare3("workflow", workflow.path, workflowPath(run.path));
  const called = workflowAt(claims.buildSignerUri);
  if (called !== void 0 && !isReferenced(called, claims.buildSignerDigest, run, workflow))
    differences.push(`The run does not call the workflow ${called.repository}/${called.path} that signed.`);
  return differences;
}
function workflowPath(path) {
  const file = path.replace(/@(?:refs\/.*|[^@/]*)$/s, "");
  const start = file.search(/(?:^|\/)\.github\//);
  return start <= 0 ? file : file.slice(start + 1);
}
function isReferenced(called, commit, { referencedWorkflows }, workflow) {
  if (workflow !== void 0 && workflow.path === called.path && sameName(workflow.repository, called.repository))
    return true;
  if (referencedWorkflows.length === 0) return true;
  const wanted = `${called.repository}/${called.path}`;
  return referencedWorkflows.some(
    ({ path, sha }) => sameName(path.replace(/@[^/]*(?:\/.*)?$/s, ""), wanted) && (commit === void 0 || sha === commit)
  );
}
function checkOutcome(run, { signer, watched }) {
  const { conclusion = "unknown", id, jobs } = run;
  const expected = watched?.expected.jobs ?? [];
  const running = runningAt(signer.notBefore, jobs);
  const signing = expected.length === 0 ? running : runningAt(
    signer.notBefore,
    jobs.filter(({ name }) => isExpected(name, expected))
  );
  const failed = signing.filter((job) => !succeeded(job));
  const at = signer.notBefore?.toISOString() ?? "an unknown time";
  if (expected.length > 0 && signing.length === 0) {
    return observed({
      title: `no signing job of run ${id} was running when a certificate was issued to it`,
      reason: `The certificate was issued at ${at}. The policy names the signing jobs ${expected.join(", ")}; ${runningText(running)}.`,
      remedy
    });
  }
  if (failed.length > 0 && (expected.length > 0 || conclusion !== "success")) {
    return observed({
      title: `run ${id} made a signature, and its signing job did not succeed`,
      reason: `The certificate was issued at ${at}, while ${jobTexts(failed)} was running. The run ended with ${conclusion}.`,
      remedy
    });
  }
  if (conclusion === "success") return void 0;
  if (signing.length === 0) {
    return observed({
      title: `run ${id} made a signature, and did not succeed`,
      reason: `The run ended with ${conclusion}, and no job of it was running at ${at}, when the certificate was issued.`,
      remedy
    });
  }
  return observed({
    severity: "note",
    title: `run ${id} of ${repositoryName(signer)} did not succeed, but its signing job did`,
    reason: `The run ended with ${conclusion}. The certificate was issued at ${at}, while ${jobTexts(signing)} was running, which succeeded.`,
    remedy: "Check that the release is complete, or withdraw it."
  });
}
function succeeded({ conclusion }) {
  return conclusion === "success" || conclusion === "neutral";
}
function runningAt(time2, jobs) {
  const started = jobs.filter(({ conclusion }) => conclusion !== "skipped");
  if (time2 === void 0) return started;
  const running = started.filter((job) => mayRun(job, time2, 0));
  return running.length > 0 ? running : started.filter((job) => mayRun(job, time2, clockSkew));
}
function mayRun({ startedAt, completedAt }, time2, tolerance2) {
  const earliest = startedAt === void 0 ? Number.NEGATIVE_INFINITY : startedAt.getTime() - tolerance2;
  const latest2 = completedAt === void 0 ? Number.POSITIVE_INFINITY : completedAt.getTime() + tolerance2;
  return earliest <= time2.getTime() && time2.getTime() <= latest2;
}
function isExpected(name, expected) {
  const parts = [name, ...name.split(" / ")];
  return expected.some(
    (one) => parts.some((part) => part === one || part.startsWith(`${one} (`) && part.endsWith(")"))
  );
}
function jobTexts(jobs) {
  const texts = jobs.slice(0, 3).map(({ name, conclusion = "unknown" }) => `the job ${name} (${conclusion})`);
  return jobs.length > 3 ? `${texts.join(", ")} and ${jobs.length - 3} more` : texts.join(", ");
}
function runningText(running) {
  return running.length === 0 ? "no job was running" : `only others were running: ${jobTexts(running)}`;
}
var settling2 = hour;
var foreignDigest = {
  about: "entries",
  id: "P02",
  name: "foreign-digest",
  version: 1,
  severity: "alert",
  reason: "A signature with an own identity over an artifact that no release contains was made by someone else.",
  condition: "The policy names `receipts`, and none of the digests of an entry of an own repository is in them an hour after it was signed. The digests of payloads and of their pre-authentication encodings are computed from the bundles.",
  falseAlarms: "Receipts that are stored late. Attestations whose bundles are not kept, such as those of SBOMs or of the images of single platforms.",
  needs: ["receipts"],
  learns: false,
  check(entry, context) {
    const [own] = ownSigners(entry, context);
    const { receipts } = context.facts;
    if (own === void 0 || entry.type !== "signature" || receipts.kind === "absent") return void 0;
    if (receipts.kind === "unknown")
      return { kind: "undecided", reason: `the receipts cannot be read: ${receipts.reason}` };
    const digests = entry.digests.map(digestText);
    if (digests.some((digest2) => receipts.value.digests.has(digest2))) return void 0;
    const until = new Date(signedAt(entry, own.signer).getTime() + settling2);
    if (context.now < until)
      return { kind: "pending", until, reason: "the digest of a new signature is not in the receipts yet" };
    return observed({
      title: `${repositoryName(own.signer)} signed a digest that is not in its receipts`,
      reason: `The entry is about ${digests.join(", ") || "no readable digest"}. The receipts have ${receipts.value.digests.size} digests, and not this one.`,
      remedy: "If the signature is from a release, add its receipt or bundles to the folder. Otherwise treat the artifact as malicious."
    });
  }
};
var everything = "*";
function repositoryScope(signer) {
  const address = repositoryOf2(signer);
  if (address === void 0) return void 0;
  const { sourceRepositoryIdentifier: id } = signer.claims;
  return id === void 0 ? JSON.stringify([address.host, "name", address.name.toLowerCase()]) : JSON.stringify([address.host, "id", id]);
}
function nameScope(signer) {
  const address = repositoryOf2(signer);
  return address && JSON.stringify([address.host, address.name.toLowerCase()]);
}
function tagScope(signer) {
  const { sourceRepositoryRef: ref } = signer.claims;
  const repository = repositoryScope(signer);
  return repository !== void 0 && ref?.startsWith("refs/tags/") ? JSON.stringify([repository, ref]) : void 0;
}
function releaseScope(signer) {
  const tag = tagScope(signer);
  const path = workflowOf(signer)?.path;
  return tag === void 0 || path === void 0 ? void 0 : JSON.stringify([tag, path]);
}
function runValue(signer) {
  return runOf(signer)?.id;
}
function attemptValue(signer) {
  const run = runOf(signer);
  return run && `${run.id}/${run.attempt}`;
}
function signerValue(signer) {
  const { kind, issuer, name, owner } = signerName2(signer);
  return JSON.stringify([kind, issuer, name, owner]);
}
function parseSignerValue(value) {
  let parts;
  try {
    parts = JSON.parse(value);
  } catch {
    return void 0;
  }
  if (!Array.isArray(parts) || parts.length !== 4 || !parts.every((part) => typeof part === "string")) return void 0;
  const [kind, issuer, name, owner] = parts;
  return { kind, issuer, name, owner };
}
function refValue(ref) {
  return ref.startsWith("refs/heads/") ? ref : ref.replace(/^(refs\/[^/]+\/).*$/s, "$1*");
}
var usual = 20;
var factor = 5;
var window = 30 * day3;
var burst = {
  about: "entries",
  id: "P03",
  name: "burst",
  version: 1,
  severity: "note",
  reason: "Worms that spread through release workflows sign everything that they can publish, in minutes.",
  condition: "After 30 days or 200 entries, a run of an own repository makes more than 20 signatures, and more than 5 times the median of its runs of the last 30 days. Observed once for each run.",
  falseAlarms: "The first release of all packages of a monorepo, and new matrices.",
  needs: [],
  learns: true,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), ({ signer }) => {
    const scope = repositoryScope(signer);
    const run = attemptValue(signer);
    const time2 = signedAt(entry, signer);
    const { history } = context;
    if (entry.type !== "signature" || !history.isLearned(scope, time2)) return void 0;
    const runs = history.values("run-sizes", scope);
    const sizes = runs.filter(({ value, at }) => value !== run && time2.getTime() - at.getTime() <= window);
    const typical = median(sizes.map(({ count: count3 }) => count3));
    const limit = Math.max(usual, factor * typical);
    const before = runs.find(({ value }) => value === run)?.count ?? 0;
    if (before > limit || before + 1 <= limit) return void 0;
    return observed({
      title: `a run of ${repositoryName(signer)} has made more than ${limit} signatures`,
      reason: `A run of the last 30 days made ${typical} signatures, as the median of ${sizes.length} runs.`,
      remedy: "Check the run, and the artifacts that it published."
    });
  })
};
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
var unexpectedWorkflow = {
  about: "entries",
  id: "P04",
  name: "unexpected-workflow",
  version: 1,
  severity: "alert",
  reason: "An attacker who can push a branch or a pull request adds a workflow, or signs in one that never signed before.",
  condition: "The workflow of an own repository is not one of the expected `workflows`. Without these, a note if the workflow has not signed in the first 30 days or 200 entries.",
  falseAlarms: "New workflows, until the policy names them; without expectations, once each.",
  needs: [],
  learns: true,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), (own) => checkWorkflow(entry, own, context))
};
function checkWorkflow(entry, { signer, watched }, { history }) {
  const workflow = workflowOf(signer);
  const expected = watched?.expected.workflows ?? [];
  if (workflow === void 0) {
    if (expected.length === 0) return void 0;
    return observed({
      title: `a certificate of ${repositoryName(signer)} states no workflow`,
      reason: `The policy expects signatures from ${expected.join(", ")}.`,
      remedy: "Find out how the certificate was issued."
    });
  }
  const { repository, path } = workflow;
  if (expected.length > 0) {
    const source2 = repositoryName(signer);
    const isExpected2 = expected.some(
      (one) => one.includes("/.github/") ? one.toLowerCase() === `${repository}/${path}`.toLowerCase() : sameName(repository, source2) && path === workflowFile(one)
    );
    if (isExpected2) return void 0;
    return observed({
      title: `the workflow ${path} of ${repository} is not expected to sign`,
      reason: `The policy expects signatures of ${source2} from ${expected.join(", ")}.`,
      remedy: "Find out who added the workflow. If it may sign, add it to `workflows` in the policy."
    });
  }
  const scope = repositoryScope(signer);
  if (!history.isLearned(scope, signedAt(entry, signer))) return void 0;
  const earlier2 = history.values("workflows", scope);
  if (earlier2.some(({ value }) => value === `${repository}/${path}`.toLowerCase())) return void 0;
  return observed({
    severity: "note",
    title: `the workflow ${path} of ${repository} signs for the first time`,
    reason: `The watch has learned the workflows that sign for ${repositoryName(signer)}: ${earlier2.map(({ value }) => value).join(", ") || "none"}.`,
    remedy: "Check who added the workflow. To be alerted of others, list the expected ones under `workflows` in the policy."
  });
}
function workflowFile(name) {
  return name.startsWith(".github/") ? name : `.github/workflows/${name}`;
}
var unexpectedRef = {
  about: "entries",
  id: "P05",
  name: "unexpected-ref",
  version: 1,
  severity: "alert",
  reason: "An attacker without access to protected branches and tags signs on a branch of their own.",
  condition: "The ref of an own repository matches none of the expected `refs`. A branch of the merge queue counts as the branch that it leads to. Without expectations, a note if the branch, or any tag, was not signed in the first 30 days or 200 entries.",
  falseAlarms: "New release branches, until the policy names them; without expectations, once each.",
  needs: [],
  learns: true,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), (own) => checkRef(entry, own, context))
};
function queuedFor(ref) {
  const [, branch] = /^refs\/heads\/gh-readonly-queue\/(.+)\/pr-\d+-[0-9a-f]{40}$/.exec(ref) ?? [];
  return branch === void 0 ? ref : `refs/heads/${branch}`;
}
function matchesRef(globs, ref) {
  return globs.some((glob) => matchesGlob(glob, ref));
}
function checkRef(entry, { signer, watched }, { history }) {
  const { sourceRepositoryRef: certified2 } = signer.claims;
  const expected = watched?.expected.refs ?? [];
  const repository = repositoryName(signer);
  if (expected.length > 0) {
    if (certified2 !== void 0 && matchesRef(expected, queuedFor(certified2))) return void 0;
    return observed({
      title: certified2 === void 0 ? `a certificate of ${repository} states no ref` : `${certified2} of ${repository} is not expected to be signed`,
      reason: `The policy expects signatures of ${expected.join(", ")}.`,
      remedy: "Find out who pushed the ref. If it may be signed, add it to `refs` in the policy."
    });
  }
  const scope = repositoryScope(signer);
  if (certified2 === void 0 || !history.isLearned(scope, signedAt(entry, signer))) return void 0;
  const ref = refValue(queuedFor(certified2));
  const earlier2 = history.values("refs", scope);
  if (earlier2.some(({ value }) => value === ref)) return void 0;
  return observed({
    severity: "note",
    title: `${certified2} of ${repository} is signed for the first time`,
    reason: `The watch has learned the refs that are signed: ${earlier2.map(({ value }) => value).join(", ") || "none"}.`,
    remedy: "Check who pushed the ref. To be alerted of others, list the expected ones under `refs` in the policy."
  });
}
var outsiderTriggers = /* @__PURE__ */ new Set([
  "pull_request_target",
  "workflow_run",
  "issue_comment",
  "issues",
  "discussion",
  "discussion_comment",
  "fork",
  "gollum",
  "pull_request_comment",
  "pull_request_review",
  "pull_request_review_comment",
  "watch"
]);
function isOutsiderTrigger(trigger) {
  return outsiderTriggers.has(trigger ?? "");
}
var dangerousTrigger = {
  about: "entries",
  id: "P06",
  name: "dangerous-trigger",
  version: 1,
  severity: "alert",
  reason: "Workflows that anyone can start, with a comment or a pull request, run with the rights of the repository. Several attacks began with one.",
  condition: "The trigger of an own repository is not one of the expected `triggers`. Without these, it is one that outsiders can cause: `pull_request_target`, `workflow_run`, `issue_comment`, `issues`, `discussion` and similar events.",
  falseAlarms: "Release pipelines on `workflow_run`. Name the trigger under `triggers` in the policy.",
  needs: [],
  learns: false,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), checkTrigger)
};
function checkTrigger({ signer, watched }) {
  const { buildTrigger: trigger } = signer.claims;
  const expected = watched?.expected.triggers ?? [];
  const repository = repositoryName(signer);
  if (expected.length > 0) {
    if (trigger !== void 0 && expected.includes(trigger)) return void 0;
    return observed({
      title: trigger === void 0 ? `a certificate of ${repository} states no trigger` : `a run of ${repository} that signed was started by ${trigger}`,
      reason: `The policy expects runs that are started by ${expected.join(", ")}.`,
      remedy: "Find out who started the run. If the event may lead to a signature, add it to `triggers` in the policy."
    });
  }
  if (!isOutsiderTrigger(trigger)) return void 0;
  return observed({
    title: `a run of ${repository} that signed was started by ${trigger}, which outsiders can cause`,
    reason: `A run on ${trigger} can be started by people without write access, and has the rights of the repository.`,
    remedy: "Find out who started the run. If this is your release pipeline, add the event to `triggers` in the policy."
  });
}
var unexpectedRunner = {
  about: "entries",
  id: "P07",
  name: "unexpected-runner",
  version: 1,
  severity: "alert",
  reason: "A self-hosted runner keeps what earlier jobs left on it. An attacker who registers one runs release jobs on a machine of their own.",
  condition: "The runner of an own repository is not one of the expected `runners`: `github-hosted` or `self-hosted`. Without these, runners are not checked.",
  falseAlarms: "Fleets of both kinds. Name both under `runners`.",
  needs: [],
  learns: false,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), ({ signer, watched }) => {
    const expected = watched?.expected.runners ?? [];
    const { runnerEnvironment: runner } = signer.claims;
    if (expected.length === 0 || runner !== void 0 && expected.includes(runner)) return void 0;
    return observed({
      title: runner === void 0 ? `a certificate of ${repositoryName(signer)} states no runner` : `${repositoryName(signer)} signed on a ${runner} runner`,
      reason: `The policy expects signatures from runners that are ${expected.join(" or ")}.`,
      remedy: "Check which runners are registered for the repository and its organization."
    });
  })
};
var commitOffDefaultBranch = {
  about: "entries",
  id: "P08",
  name: "commit-off-default-branch",
  version: 1,
  severity: "note",
  reason: "A tag can be put on a commit that was never reviewed. The default branch does not contain it.",
  condition: "The default branch does not contain the commit of a signature for a tag of an own repository. An alert if the signature is for the default branch itself. Other branches are left to P05.",
  falseAlarms: "Release commits that are only on the tag, as for actions that are bundled, and tags of release branches. A default branch that was force-pushed.",
  needs: ["commit", "repository"],
  learns: false,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), (own) => checkCommit(own, context))
};
function checkCommit({ signer }, { factsOf, policy: policy2 }) {
  const { sourceRepositoryRef: ref = "", sourceRepositoryDigest: commit } = signer.claims;
  const isTag = ref.startsWith("refs/tags/");
  if (!isGitHubJob(signer, policy2) || commit === void 0 || !(isTag || ref.startsWith("refs/heads/")))
    return void 0;
  const { repository, commit: relation } = factsOf(signer);
  if (!isTag) {
    if (repository.kind !== "known")
      return { kind: "undecided", reason: `the default branch of ${repositoryName(signer)} is not known` };
    if (ref !== `refs/heads/${repository.value.defaultBranch}`) return void 0;
  }
  switch (relation.kind) {
    case "unknown":
      return { kind: "undecided", reason: `the commit ${commit} cannot be compared: ${relation.reason}` };
    case "absent":
      if (repository.kind !== "known")
        return { kind: "undecided", reason: `GitHub shows neither ${repositoryName(signer)} nor its commit ${commit}` };
      break;
    case "known":
      if (relation.value === "behind" || relation.value === "identical") return void 0;
  }
  return observed({
    severity: isTag ? "note" : "alert",
    title: `the commit of ${ref} of ${repositoryName(signer)} is not on the default branch`,
    reason: relation.kind === "absent" ? `The repository does not have the commit ${commit}, which was signed.` : `The default branch does not contain the commit ${commit}, which was signed.`,
    remedy: isTag ? "Check who pushed the tag, and the changes of its commit. If releases are made so, turn P08 off or acknowledge it for the repository." : "Find out who replaced the commits of the default branch."
  });
}
var otherId = {
  about: "entries",
  id: "P09",
  name: "other-id",
  version: 1,
  severity: "alert",
  reason: "Someone who registers the name of a deleted or renamed repository or owner gets its name into certificates. The numeric ids differ.",
  condition: "A certificate has the name of an own repository, and another id than the policy, the repository of this name at GitHub, or earlier certificates with this name. A note if only the id of the owner differs, once for each.",
  falseAlarms: "Repositories that were deleted and created again. Transfers, which change only the id of the owner, are a note.",
  needs: ["repository"],
  learns: false,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), ({ signer }) => compareIds(signer, context))
};
function compareIds(signer, context) {
  const { sourceRepositoryIdentifier: id, sourceRepositoryOwnerIdentifier: ownerId } = signer.claims;
  const scope = nameScope(signer);
  if (id === void 0 || !isGitHubJob(signer, context.policy)) return void 0;
  const { watched, current } = knownIds(signer, context);
  const earlier2 = context.history.values("ids-of-repository", scope).map(({ value }) => parseIds(value));
  const isKnown = earlier2.some((ids) => ids.id === id && ids.ownerId === ownerId);
  const repositoryId = watched?.id ?? current?.id ?? earlier2.at(-1)?.id;
  if (repositoryId !== void 0 && repositoryId !== id) {
    if (watched?.id === void 0 && isKnown) return void 0;
    return observed({
      title: `a repository with the name ${repositoryName(signer)} and another id signed`,
      reason: `The certificate is of the repository with the id ${id}. ${source(watched, current)} ${repositoryId}.`,
      remedy: "Find out whether the repository was deleted or renamed, and who has its name now."
    });
  }
  const expectedOwner = watched?.ownerId ?? current?.ownerId ?? earlier2.at(-1)?.ownerId;
  if (expectedOwner === void 0 || ownerId === void 0 || expectedOwner === ownerId || isKnown) return void 0;
  return observed({
    severity: "note",
    title: `${repositoryName(signer)} has another owner than before`,
    reason: `The certificate states the owner with the id ${ownerId}, and not ${expectedOwner}. The id of the repository is the same, as after a transfer.`,
    remedy: "If the repository was transferred, change `owner-id` in the policy."
  });
}
function source(watched, current) {
  if (watched?.id !== void 0) return "The policy states";
  return current === void 0 ? "Earlier certificates with this name state" : "The repository of this name at GitHub has";
}
function knownIds(signer, { repository, factsOf }) {
  const name = repositoryOf2(signer)?.name;
  const current = factsOf(signer).repository;
  return {
    watched: sameName(name, repository?.name) ? repository : void 0,
    // GitHub leads from an old name to the present one.
    current: current.kind === "known" && sameName(name, current.value.name) ? current.value : void 0
  };
}
function idsValue({ claims }) {
  return `${claims.sourceRepositoryIdentifier ?? ""}/${claims.sourceRepositoryOwnerIdentifier ?? ""}`;
}
function parseIds(value) {
  const [id, ownerId] = value.split("/");
  return { id: id || void 0, ownerId: ownerId || void 0 };
}
var visibility = {
  about: "entries",
  id: "P10",
  name: "visibility",
  version: 1,
  severity: "note",
  reason: "Worms have made private repositories public to leak them, and the reverse hides what is built.",
  condition: "The visibility in the certificate of an own repository differs from that in its earlier certificates or, for its first one, from that at GitHub.",
  falseAlarms: "Repositories that were published on purpose.",
  needs: ["repository"],
  learns: false,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), ({ signer }) => {
    const { sourceRepositoryVisibility: certified2, sourceRepositoryIdentifier: id } = signer.claims;
    const scope = repositoryScope(signer);
    if (certified2 === void 0) return void 0;
    const { repository } = context.factsOf(signer);
    const earlier2 = context.history.values("visibilities", scope).at(-1)?.value;
    const current = repository.kind === "known" && repository.value.id === id ? repository.value.visibility : void 0;
    const other2 = earlier2 ?? current;
    if (other2 === void 0 || other2 === certified2) return void 0;
    return observed({
      title: `${repositoryName(signer)} was ${certified2} when it signed`,
      reason: earlier2 === void 0 ? `At GitHub it is ${other2}.` : `When it signed before, it was ${earlier2}.`,
      remedy: "Check who changed the visibility of the repository."
    });
  })
};
var firstSigner = {
  about: "entries",
  id: "P11",
  name: "first-signer",
  version: 1,
  severity: "note",
  reason: "A stolen account or a new path to a signature shows as a signer that has not signed before.",
  condition: "After 30 days or 200 entries, a signer that the watch has never seen signs a digest that others signed before, or for an own repository. An alert if the policy watches the digest, or if a known name appears with another OIDC issuer. New workflows of the repository are left to P04, and those of other owners to P27.",
  falseAlarms: "Migrations to another workflow, issuer or CI system.",
  needs: [],
  learns: true,
  check: (entry, context) => firstVerdict(knownCertificates(entry), (signer) => {
    const isNew = context.history.values("signers", signerValue(signer)).length === 0;
    if (!isNew || !context.history.isLearned(everything, signedAt(entry, signer))) return void 0;
    return otherIssuer(signer, context) ?? signerOfDigest(entry, signer, context) ?? signerOfRepository(entry, signer, context);
  })
};
function knownCertificates({ signers }) {
  return signers.filter((signer) => signer.kind === "key" || signer.isIssued !== false);
}
function otherIssuer(signer, { history }) {
  const { issuer, name } = signerName2(signer);
  const issuers = issuer === "" ? [] : history.values("issuers-of-name", name).map(({ value }) => value);
  if (issuers.length === 0 || issuers.includes(issuer)) return void 0;
  return observed({
    severity: "alert",
    title: `${name} signed with an identity of ${issuer}`,
    reason: `The earlier identities with this name were of ${issuers.join(", ")}. Another issuer can give the same name to someone else.`,
    remedy: "Ask the signer whether they use this issuer. State the issuer next to the identity in the policy."
  });
}
function signerOfDigest({ digests }, signer, { history, policy: policy2 }) {
  const digest2 = digests.map(digestText).find((one) => history.values("signers-of-digest", one).length > 0);
  if (digest2 === void 0) return void 0;
  const watched = policy2.digests.find(({ value }) => value === digest2);
  const { name } = signerName2(signer);
  const earlier2 = history.values("signers-of-digest", digest2).map(({ value }) => parseSignerValue(value)?.name ?? "a signer with a long name");
  return observed({
    ...watched !== void 0 && { severity: "alert" },
    title: `${name} signs ${watched?.label ?? digest2} for the first time`,
    reason: `The digest ${digest2} was signed before by ${earlier2.join(", ")}. The watch has not seen this signer before.`,
    remedy: "Check whether the signer may sign this artifact."
  });
}
function signerOfRepository(entry, signer, context) {
  const own = ownSigners(entry, context).find((one) => one.signer === signer);
  if (own === void 0 || isLeftToOthers(own.signer, context)) return void 0;
  const scope = repositoryScope(own.signer);
  if (!context.history.isLearned(scope, signedAt(entry, signer))) return void 0;
  const { name } = signerName2(signer);
  return observed({
    title: `${name} signs for the first time`,
    reason: "The watch has learned the signers of the repository, and has not seen this one before.",
    remedy: "Check who added the signer."
  });
}
function isLeftToOthers(signer, { policy: policy2 }) {
  const called = workflowAt(signer.claims.buildSignerUri);
  const caller = workflowOf(signer);
  if (!isGitHubJob(signer, policy2) || called === void 0 || caller === void 0) return false;
  const isOwn2 = sameName(called.repository, caller.repository) && called.path === caller.path;
  return isOwn2 || !sameName(called.repository.split("/")[0], caller.repository.split("/")[0]);
}
var keyReuse = {
  about: "entries",
  id: "P12",
  name: "key-reuse",
  version: 1,
  severity: "note",
  reason: "Keyless signing makes a key for each certificate. A key that is certified again was kept, or stolen.",
  condition: "After 30 days or 200 entries, a key that had one certificate gets a second one. Observed once for each key.",
  falseAlarms: "Signers that keep their key, such as those with a hardware security module.",
  needs: [],
  learns: true,
  check: (entry, { history }) => firstVerdict(issuedSigners(entry), (signer) => {
    const certificate = certificateValue(signer);
    if (certificate === void 0) return void 0;
    const earlier2 = history.values("certificates-of-key", signer.keyHash);
    const [first] = earlier2;
    if (first === void 0 || earlier2.length > 1 || first.value === certificate) return void 0;
    if (!history.isLearned(everything, signedAt(entry, signer))) return void 0;
    return observed({
      title: `a key of ${signerName2(signer).name} was certified twice`,
      reason: `The key ${signer.keyHash} has had another certificate since ${first.at.toISOString()}.`,
      remedy: "Check whether the signer keeps its key. Keyless signing needs none to be kept."
    });
  })
};
function certificateValue({ tbsHash, certificateHash }) {
  return tbsHash ?? certificateHash;
}
var ownClockSkew = 6e5;
var timeOutsideCertificate = {
  about: "entries",
  id: "P13",
  name: "time-outside-certificate",
  version: 1,
  severity: "alert",
  reason: "A key whose certificate has expired must not sign any more. An entry after the certificate is a use of a stolen key.",
  condition: "The time that the log states is more than 10 seconds before or after the validity of the certificate, or the watch read the entry more than 10 minutes before the validity began. Rekor v2 states no time.",
  falseAlarms: "Clocks that differ by more than 10 seconds. Private authorities whose certificates are logged later.",
  needs: [],
  learns: false,
  check: (entry) => firstVerdict(issuedSigners(entry), (signer) => {
    const { notBefore, notAfter } = signer;
    if (entry.type !== "signature" || notBefore === void 0 || notAfter === void 0) return void 0;
    const { loggedAt, seenAt } = entry;
    const latest2 = loggedAt ?? seenAt;
    const skew = loggedAt === void 0 ? ownClockSkew : clockSkew;
    const isEarly = latest2.getTime() < notBefore.getTime() - skew;
    const isLate = loggedAt !== void 0 && loggedAt.getTime() > notAfter.getTime() + clockSkew;
    if (!isEarly && !isLate) return void 0;
    const period = `from ${notBefore.toISOString()} to ${notAfter.toISOString()}`;
    return observed({
      title: `${signerName2(signer).name} signed ${isEarly ? "before" : "after"} the validity of its certificate`,
      reason: `The certificate is valid ${period}. ${loggedAt === void 0 ? "The watch read the entry" : "The log states the time"} ${latest2.toISOString()}.`,
      remedy: "No verifier accepts the signature without a timestamp within the validity. Find out who has the key, and rotate the credentials of the signer."
    });
  })
};
var mergeDelay = day3;
var forgotten = 7 * day3;
var fewestForOutage = 10;
var certificateLogJoin = {
  about: "entries",
  id: "P14",
  name: "certificate-log-join",
  version: 1,
  severity: "note",
  reason: "A certificate without a signature was used where no log saw it. A signature whose certificate is in no certificate log shows a fault of the certificate authority.",
  condition: "A certificate is in a certificate log, and no signature with it in Rekor an hour after it expired; or the reverse, a day later. Only if the watch reads logs of both kinds, and has since before the certificate was issued.",
  falseAlarms: "Jobs that failed after they got a certificate: about as many as fail at all. The reason states how many other certificates are without a signature, as after an outage of the log.",
  needs: [],
  learns: false,
  check: (entry, context) => firstVerdict(issuedSigners(entry), (signer) => checkJoin(entry, signer, context))
};
function checkJoin({ type }, signer, context) {
  const { notBefore, notAfter } = signer;
  const certificate = certificateValue(signer);
  if (type === "unknown" || certificate === void 0 || notBefore === void 0 || notAfter === void 0)
    return void 0;
  const other2 = type === "certificate" ? "rekor" : "certificates";
  const period = context.read[other2];
  if (period === void 0 || period.from > notBefore) return void 0;
  const logs = context.history.values("logs-of-certificate", certificate);
  if (logs.some(({ value }) => value === other2)) return void 0;
  const until = new Date(notAfter.getTime() + hour + (other2 === "certificates" ? mergeDelay : 0));
  const { name } = signerName2(signer);
  const isJudgedAgain = logs.length > 0;
  if (period.to < until || !isJudgedAgain) {
    if (context.now.getTime() - until.getTime() > forgotten) return void 0;
    const what = other2 === "rekor" ? "signature with" : "certificate log entry of";
    return { kind: "pending", until, reason: `no ${what} a certificate of ${name} has been read yet` };
  }
  const issued = `The certificate ${certificate} was issued on ${notBefore.toISOString()}.`;
  return other2 === "rekor" ? observed({
    title: `a certificate of ${name} has no signature in Rekor`,
    reason: `${issued} Its validity ended without an entry.${outage(notBefore, context)}`,
    remedy: "Check whether the job failed after it got the certificate. Otherwise find out what was signed with it."
  }) : observed({
    title: `the certificate of a signature of ${name} is in no certificate log`,
    reason: `${issued} The certificate authority should have logged it before.`,
    remedy: "Check the certificate, and report it to the operator of the certificate authority."
  });
}
function outage(time2, { history }) {
  const sameDay = history.values("logged-certificates", everything).filter(({ at }) => Math.abs(at.getTime() - time2.getTime()) <= day3);
  const unused = sameDay.filter(
    ({ value }) => !history.values("logs-of-certificate", value).some((log) => log.value === "rekor")
  ).length;
  if (sameDay.length < fewestForOutage || unused * 2 <= sameDay.length) return "";
  return ` So did that of ${unused} of the ${sameDay.length} certificates of that day: the log was not available, or many jobs failed.`;
}
var emptyFiles = /* @__PURE__ */ new Set([
  "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "sha384:38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b",
  "sha512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"
]);
var twoOwners = {
  about: "entries",
  id: "P15",
  name: "two-owners",
  version: 1,
  severity: "note",
  reason: "An artifact that someone else signs too may be passed off as theirs, or come from a stolen build.",
  condition: "After 30 days or 200 entries, a digest that one owner signed is signed by another one. Observed once for each owner.",
  falseAlarms: "Registries and distributions that sign again. Common files, such as licenses. Empty files are left out.",
  needs: [],
  learns: true,
  check(entry, context) {
    const signers = entry.signers.filter((signer) => signer.kind === "key" || signer.isIssued !== false);
    return firstVerdict(signers, (signer) => otherOwner(entry, signer, context));
  }
};
function otherOwner(entry, signer, { history }) {
  if (!history.isLearned(everything, signedAt(entry, signer))) return void 0;
  const { name, owner } = signerName2(signer);
  for (const digest2 of entry.digests.map(digestText)) {
    if (emptyFiles.has(digest2)) continue;
    const earlier2 = history.values("signers-of-digest", digest2).flatMap(({ value }) => parseSignerValue(value) ?? []);
    const [first] = earlier2;
    if (first === void 0 || earlier2.some((one) => one.owner === owner)) continue;
    return observed({
      title: `${name} signed what ${first.name} signed before`,
      reason: `Both signatures are over ${digest2}, and the signers have different owners: ${owner} and ${first.owner}.`,
      remedy: "Check whether the other owner redistributes the artifact."
    });
  }
  return void 0;
}
var person = {
  about: "entries",
  id: "P16",
  name: "person",
  version: 1,
  severity: "alert",
  reason: "The account of a person is easier to steal than a release workflow, and its signature may be accepted in place of it.",
  condition: "An e-mail address signs a digest that a CI job signed before, or one in the receipts of the repository.",
  falseAlarms: "Emergency releases, and persons who sign in addition to CI.",
  needs: [],
  learns: false,
  check: (entry, { history, facts: facts2 }) => firstVerdict(issuedSigners(entry), (signer) => {
    const { kind, name } = signerName2(signer);
    if (kind !== "email") return void 0;
    const { receipts } = facts2;
    for (const digest2 of entry.digests.map(digestText)) {
      const job = history.values("signers-of-digest", digest2).map(({ value }) => parseSignerValue(value)).find((one) => one?.kind === "uri");
      const isReleased = receipts.kind === "known" && receipts.value.digests.has(digest2);
      if (job === void 0 && !isReleased) continue;
      return observed({
        title: `${name} signed what CI signs`,
        reason: `The digest ${digest2} was signed before by ${job?.name ?? "a release: it is in the receipts"}.`,
        remedy: "Ask the person whether they signed. Otherwise their account was used by someone else."
      });
    }
    return void 0;
  })
};
var contradiction = {
  about: "entries",
  id: "P17",
  name: "contradiction",
  version: 1,
  severity: "alert",
  reason: "Provenance is text that the job wrote. A job that was taken over states another source or build than its certificate, which the certificate authority filled in.",
  condition: "Two claims of a certificate contradict each other, or the provenance statement that an entry signed, if its bundle is in the `receipts`, states another repository, ref, commit, workflow or run than the certificate.",
  falseAlarms: "Builders that state their own workflow instead of the calling one. Logs do not contain statements, so that without receipts only certificates are checked.",
  needs: [],
  learns: false,
  check: (entry, context) => firstVerdict(issuedSigners(entry), (signer) => compare(entry, signer, context))
};
function compare(entry, signer, { facts: facts2, policy: policy2 }) {
  const provenance = provenanceOf(entry, facts2);
  const inside = contradictoryClaims(signer, policy2);
  const outside = provenance === void 0 ? [] : contradictoryProvenance(provenance, signer);
  const [first] = [...inside, ...outside];
  if (first === void 0) return void 0;
  return observed({
    title: inside.length > 0 ? `the claims of a certificate of ${repositoryName(signer)} contradict each other` : `provenance of ${repositoryName(signer)} contradicts the certificate that signed it`,
    reason: [...inside, ...outside].join(" "),
    remedy: "Do not trust the artifact before you know how the statement was made."
  });
}
function provenanceOf({ digests }, { receipts }) {
  if (receipts.kind !== "known") return void 0;
  const digest2 = digests.map(digestText).find((one) => receipts.value.provenance.has(one));
  return digest2 === void 0 ? void 0 : receipts.value.provenance.get(digest2);
}
function contradictoryClaims(signer, policy2) {
  if (!isGitHubJob(signer, policy2)) return [];
  const { claims, names } = signer;
  const name = names.find(({ kind }) => kind === "uri")?.value;
  const pairs = [
    ["issuer", claims.issuer, claims.olderIssuer],
    ["trigger", claims.buildTrigger, claims.githubWorkflowTrigger],
    ["commit", claims.sourceRepositoryDigest, claims.githubWorkflowSha],
    ["ref", claims.sourceRepositoryRef, claims.githubWorkflowRef],
    ["repository", repositoryOf2(signer)?.name, claims.githubWorkflowRepository],
    ["owner", ownerOf(signer), repositoryOf2(signer)?.name.split("/")[0]],
    ["workflow", claims.buildSignerUri, name === void 0 ? void 0 : plainUrl(name) ?? name]
  ];
  return pairs.flatMap(
    ([what, one, other2]) => one === void 0 || other2 === void 0 || one === other2 ? [] : [`The certificate states the ${what} ${one}, and also ${other2}.`]
  );
}
function contradictoryProvenance(stated, signer) {
  const { claims } = signer;
  const run = runOf(signer);
  const certified2 = [
    ["repository", stated.repository?.toLowerCase(), claims.sourceRepositoryUri?.toLowerCase()],
    ["ref", stated.ref, workflowOf(signer)?.ref ?? claims.sourceRepositoryRef],
    ["commit", stated.commit, claims.sourceRepositoryDigest],
    ["workflow", stated.workflow, workflowOf(signer)?.path]
  ];
  const differences = certified2.flatMap(
    ([what, one, other2]) => one === void 0 || other2 === void 0 || one === other2 ? [] : [`The statement names the ${what} ${one}, and the certificate ${other2}.`]
  );
  const invocation = stated.invocation && runOf({ ...signer, claims: { runInvocationUri: stated.invocation } });
  if (invocation && run !== void 0 && !(sameName(invocation.repository, run.repository) && invocation.id === run.id && invocation.attempt === run.attempt))
    differences.push(
      `The statement names the run ${stated.invocation}, and the certificate ${claims.runInvocationUri}.`
    );
  return differences;
}
var tolerance = 6e4;
var repeatedRun = {
  about: "entries",
  id: "P18",
  name: "repeated-run",
  version: 1,
  severity: "note",
  reason: "Starting an old run again signs old, perhaps vulnerable code under a release. A signature after the end of a run was made with a token that left the job.",
  condition: "A certificate of an own repository is of a second or later attempt of a run, once for each attempt; or it was issued more than a minute after the run ended.",
  falseAlarms: "Runs that were started again after an outage.",
  needs: ["run"],
  learns: false,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), (own) => checkRepetition(entry, own, context))
};
function checkRepetition(entry, { signer }, { factsOf, history }) {
  const address = runOf(signer);
  if (address === void 0 || entry.type !== "signature") return void 0;
  const { run } = factsOf(signer);
  const end = run.kind === "known" ? endOf(run.value) : void 0;
  const time2 = signer.notBefore ?? signedAt(entry, signer);
  if (end !== void 0 && time2.getTime() > end.getTime() + tolerance) {
    return observed({
      title: `a certificate was issued to run ${address.id} after it ended`,
      reason: `The run ended at ${end.toISOString()}, and the certificate was issued at ${time2.toISOString()}. The identity token of a job is valid for some minutes.`,
      remedy: "Find out how a token left the job, and what was signed with it."
    });
  }
  const scope = repositoryScope(signer);
  const attempt2 = attemptValue(signer);
  if (address.attempt < 2 || scope === void 0) {
    return run.kind === "unknown" ? {
      kind: "undecided",
      reason: `the end of run ${address.id} of ${address.repository} is not known: ${run.reason}`
    } : void 0;
  }
  if (history.values("run-sizes", scope).some(({ value }) => value === attempt2)) return void 0;
  return observed({
    title: `run ${address.id} of ${address.repository} signed in attempt ${address.attempt}`,
    reason: "A run that is started again builds the same commit, with the tools and dependencies of a later time.",
    remedy: "Check who started the run again, and why."
  });
}
function endOf({ status, jobs, updatedAt }) {
  if (status !== "completed") return void 0;
  const ends = jobs.flatMap(({ completedAt }) => completedAt ?? []);
  return ends.length === 0 ? updatedAt : new Date(Math.max(...ends.map((end) => end.getTime())));
}
var steps = ["note", "alert", "critical"];
function raised(severity, count3) {
  const step = steps.indexOf(severity) + Math.min(Math.max(count3 - 1, 0), 2);
  return steps[step] ?? "critical";
}
var noteScore = 0.3;
var lookAlike = {
  about: "entries",
  id: "P19",
  name: "look-alike",
  version: 1,
  severity: "alert",
  reason: "A name that is easily mistaken for a known one passes the eyes of people, and patterns that are too wide.",
  condition: "The owner, repository, workflow, e-mail address or domain of a signer looks like a name of the policy, with a score of at least 0.6 (alert) or 0.3 (note). A step more if the owner signs for the first time after the watch has learned, outsiders can cause the trigger, or the digest is one of the policy, of its receipts, or of an earlier signature of its owners.",
  falseAlarms: "Names of other people that happen to be similar; the score is the measured share of imitations. Names of the same owner id are never reported. Forks are reported only if their owner is similar.",
  needs: [],
  learns: false,
  check(entry, context) {
    const own = new Set(ownSigners(entry, context).map(({ signer }) => signer));
    return firstVerdict(
      issuedSigners(entry),
      (signer) => own.has(signer) ? void 0 : checkNames(entry, signer, context)
    );
  }
};
function candidatesOf(signer, { host }) {
  const repository = repositoryOf2(signer);
  const owner = ownerOf(signer);
  return [
    ...repository === void 0 ? [] : [
      {
        kind: "repo",
        name: spelledRepository(repository.host, repository.name)
      }
    ],
    ...owner === void 0 || repository?.host !== host ? [] : [{ kind: "owner", name: owner }],
    ...signer.names.flatMap(({ kind, value }) => {
      if (kind === "uri") return [{ kind: "workflow", name: value }];
      if (kind === "dns") return [{ kind: "domain", name: value }];
      if (kind !== "email") return [];
      return [
        { kind: "email", name: value },
        { kind: "domain", name: value.slice(value.lastIndexOf("@") + 1) }
      ];
    })
  ];
}
function checkNames(entry, signer, context) {
  const ownerId = signer.claims.sourceRepositoryOwnerIdentifier;
  let best;
  for (const { kind, name: name2 } of candidatesOf(signer, context.policy)) {
    const found2 = context.lookAlikes.find({ kind, name: name2, ownerId });
    if (found2 !== void 0 && found2.score > (best?.found.score ?? 0)) best = { name: name2, found: found2 };
  }
  if (best === void 0 || best.found.score < noteScore) return void 0;
  const { found, name } = best;
  const signs2 = secondSigns(entry, signer, context);
  const severity = found.alert ? "alert" : "note";
  const target = found.target ?? "another name";
  return observed({
    severity: raised(severity, signs2.length === 0 ? 1 : 2),
    title: `${name} looks like ${target}`,
    reason: `${found.reason} ${capital(found.difference)} (rule ${found.rule}, score ${found.score}).${signs2.map((sign) => ` ${sign}`).join("")}`,
    remedy: "Check what the signer publishes, and report an imitation to the host of its repository."
  });
}
function capital(text3) {
  return `${text3.slice(0, 1).toUpperCase()}${text3.slice(1)}`;
}
function secondSigns(entry, signer, { history, policy: policy2, facts: facts2 }) {
  const { sourceRepositoryOwnerIdentifier: ownerId, buildTrigger } = signer.claims;
  const signs2 = [];
  const isFirst = ownerId !== void 0 && !history.values("owners", everything).some(({ value }) => value === ownerId);
  if (isFirst && history.isLearned(everything, signedAt(entry, signer)))
    signs2.push("The watch has not seen the owner before.");
  if (isOutsiderTrigger(buildTrigger)) signs2.push(`The run was started by ${buildTrigger}, which outsiders can cause.`);
  const { receipts } = facts2;
  const owners = new Set(ownerNames(policy2).map((name) => `${policy2.host}/${name.toLowerCase()}`));
  const isOurs = entry.digests.map(digestText).some(
    (digest2) => policy2.digests.some(({ value }) => value === digest2) || receipts.kind === "known" && receipts.value.digests.has(digest2) || history.values("signers-of-digest", digest2).some(({ value }) => owners.has(parseSignerValue(value)?.owner ?? ""))
  );
  if (isOurs) signs2.push("The digest is that of an artifact that the policy watches.");
  return signs2;
}
function ownerNames({ owners, repositories }) {
  return [...owners.map(({ name }) => name), ...repositories.map(({ name }) => name.split("/")[0] ?? "")];
}
var unexpectedEnvironment = {
  about: "entries",
  id: "P20",
  name: "unexpected-environment",
  version: 1,
  severity: "alert",
  reason: "Environments have reviewers and branch rules. A job outside of the environment signs without them.",
  condition: "The deployment environment of an own repository is missing, or not one of the expected `environments`. Without these, environments are not checked.",
  falseAlarms: "Signing jobs that do not need an environment, in a repository for which the policy expects one.",
  needs: [],
  learns: false,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), ({ signer, watched }) => {
    const expected = watched?.expected.environments ?? [];
    const { deploymentEnvironment: environment } = signer.claims;
    if (expected.length === 0 || environment !== void 0 && expected.includes(environment)) return void 0;
    const found = environment === void 0 ? "outside of any environment" : `in the environment ${environment}`;
    return observed({
      title: `${repositoryName(signer)} signed ${found}`,
      reason: `The policy expects signatures from ${expected.join(", ")}.`,
      remedy: "Check who changed the workflow or the environment."
    });
  })
};
var hours = {
  about: "entries",
  id: "P21",
  name: "hours",
  version: 1,
  severity: "off",
  reason: "Attackers often work while the maintainers sleep.",
  condition: "An own repository signs in an hour of the day (UTC) in which, and in the hours next to which, it has not signed in its first 30 days or 200 entries.",
  falseAlarms: "Contributors in other time zones, and bots. The rule is off unless the policy turns it on.",
  needs: [],
  learns: true,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), ({ signer }) => {
    const scope = repositoryScope(signer);
    const time2 = signedAt(entry, signer);
    if (!context.history.isLearned(scope, time2)) return void 0;
    const hourOfDay = time2.getUTCHours();
    const earlier2 = context.history.values("hours", scope).map(({ value }) => Number(value));
    const isUsual = earlier2.some((one) => [0, 1, 23].includes((one - hourOfDay + 24) % 24));
    if (isUsual) return void 0;
    return observed({
      severity: "note",
      title: `${repositoryName(signer)} signed at an unusual time of the day`,
      reason: `The signature was made at ${time2.toISOString()}. The repository has signed in the hours ${earlier2.sort((a, b) => a - b).join(", ")} (UTC).`,
      remedy: "Check who started the run."
    });
  })
};
var logFinding = {
  about: "logs",
  id: "P22",
  name: "log-finding",
  version: 1,
  severity: "alert",
  reason: "A log that shows others a different tree, or forgets entries, hides signatures. A watch that reads nothing hides them too.",
  condition: "The audit of a log has a finding, or the watch has read less than it should have (`WATCH_BLIND`). Proven misbehaviour is critical.",
  falseAlarms: "Outages and caches, which the audit tells apart by trying again."
};
var unreadableEntry = {
  about: "entries",
  id: "P23",
  name: "unreadable-entry",
  version: 1,
  severity: "alert",
  reason: "An entry that monitors cannot read, and a verifier accepts, is a signature that no one sees.",
  condition: "An entry that concerns the policy cannot be read completely, is encoded ambiguously, or contains a name or digest of the policy outside of the fields that are known. A note for an entry of an unknown kind that contains none.",
  falseAlarms: "None are expected. A new kind of entries is a note until this program supports it.",
  needs: [],
  learns: false,
  check({ problems, watchedAs, kind }) {
    const [first, ...others2] = problems;
    if (first === void 0) return void 0;
    const isUnknownKind = problems.every(({ code: code2 }) => code2 === "UNKNOWN_KIND") && watchedAs.length === 0;
    const more2 = others2.length === 0 ? "" : ` ${others2.length} more parts have problems.`;
    return observed({
      ...isUnknownKind && { severity: "note" },
      title: isUnknownKind ? `an entry of the unknown kind ${kind ?? "without a name"} cannot be read` : "an entry that concerns the policy cannot be read completely",
      reason: `In ${first.part}: ${first.reason}.${more2} Parts that cannot be read may state another signer or digest.`,
      remedy: isUnknownKind ? "Update this program." : "Fetch the entry, and examine its bytes. Do not trust an artifact with such an entry."
    });
  }
};
var provenanceDowngrade = {
  about: "packages",
  id: "P24",
  name: "provenance-downgrade",
  version: 1,
  severity: "alert",
  reason: "A stolen token publishes a package without the release workflow, and thus without provenance. No log has an entry of it.",
  condition: "A version of a watched package, or an image, has no provenance after one that has it; a tag of an image moved to one without provenance; or the provenance names another repository, does not verify, or is not in a log of the trusted root.",
  falseAlarms: "Fixes that are published by hand, files that are added to a release later, and images that are signed only after the watch has read them."
};
var movedTag = {
  about: "entries",
  id: "P25",
  name: "moved-tag",
  version: 1,
  severity: "alert",
  reason: "Attackers have moved existing tags of actions to malicious commits, which everyone who uses the tags then runs.",
  condition: "A tag of an own repository that was signed before is signed with another commit, and is not one of the `moving-tags`. Observed once for each commit.",
  falseAlarms: "Tags that are moved on purpose, such as `v1`: name them under `moving-tags`. Releases that are made again.",
  needs: [],
  learns: false,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), ({ signer, watched }) => {
    const { sourceRepositoryRef: ref = "", sourceRepositoryDigest: commit } = signer.claims;
    const scope = tagScope(signer);
    if (commit === void 0) return void 0;
    if (matchesRef(watched?.expected.movingTags ?? [], ref)) return void 0;
    const earlier2 = context.history.values("commits-of-tag", scope);
    const last = earlier2.at(-1);
    if (last === void 0 || earlier2.some(({ value }) => value === commit)) return void 0;
    return observed({
      title: `${ref} of ${repositoryName(signer)} was moved`,
      reason: `The tag was signed with the commit ${last.value} on ${last.at.toISOString()}, and is now signed with ${commit}.`,
      remedy: "Find out who moved the tag, and compare the commits."
    });
  })
};
var dispatchOffDefaultBranch = {
  about: "entries",
  id: "P26",
  name: "dispatch-off-default-branch",
  version: 1,
  severity: "note",
  reason: "Anyone with write access can start a release workflow by hand on a branch of their own, where the workflow may be changed.",
  condition: "The trigger is `workflow_dispatch`, and the ref is neither a tag nor the default branch of an own repository, nor one of the expected `refs`.",
  falseAlarms: "Urgent fixes on a branch.",
  needs: ["repository"],
  learns: false,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), ({ signer, watched }) => {
    const { buildTrigger, sourceRepositoryRef: ref } = signer.claims;
    if (!isGitHubJob(signer, context.policy) || buildTrigger !== "workflow_dispatch" || ref === void 0)
      return void 0;
    if (ref.startsWith("refs/tags/") || matchesRef(watched?.expected.refs ?? [], ref)) return void 0;
    const { repository } = context.factsOf(signer);
    const name = repositoryName(signer);
    if (repository.kind !== "known") {
      const reason = repository.kind === "unknown" ? repository.reason : "GitHub does not show the repository";
      return { kind: "undecided", reason: `the default branch of ${name} is not known: ${reason}` };
    }
    if (ref === `refs/heads/${repository.value.defaultBranch}`) return void 0;
    return observed({
      title: `${name} signed in a run that was started by hand on ${ref}`,
      reason: `The default branch is ${repository.value.defaultBranch}. A branch may contain another version of the workflow.`,
      remedy: "Check who started the run, and the changes of the branch."
    });
  })
};
var borrowedSigner = {
  about: "entries",
  id: "P27",
  name: "borrowed-signer",
  version: 1,
  severity: "note",
  reason: "A reusable workflow of another owner signs with the name of the repository, and its owner can change it.",
  condition: "The workflow that signed for an own repository is of another owner, and neither the owner nor the repository is one of the `signers`. Without these, once for each workflow.",
  falseAlarms: "Workflows of another organization of the same company. Name it under `signers`.",
  needs: [],
  learns: false,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), (own) => checkSigner(own, context))
};
function checkSigner({ signer, watched }, { history, policy: policy2 }) {
  const called = workflowAt(signer.claims.buildSignerUri);
  if (!isGitHubJob(signer, policy2) || called === void 0) return void 0;
  const [owner] = called.repository.split("/");
  if (sameName(owner, ownerOf(signer))) return void 0;
  const allowed = watched?.expected.signers ?? [];
  if (allowed.some((one) => sameName(one, owner) || sameName(one, called.repository))) return void 0;
  if (allowed.length === 0 && history.values("signers", signerValue(signer)).length > 0) return void 0;
  return observed({
    title: `a workflow of ${called.repository} signs for ${repositoryName(signer)}`,
    reason: `The certificate names the workflow ${called.path} of ${called.repository}, at ${called.ref}.`,
    remedy: `If it may sign, add ${called.repository} to \`signers\` in the policy. Pin reusable workflows of others to a commit.`
  });
}
var signedTwice = {
  about: "entries",
  id: "P28",
  name: "signed-twice",
  version: 1,
  severity: "note",
  reason: "A second run for a tag can replace released artifacts by others, under the same name.",
  condition: "A run of an own repository signs for a tag, with the same workflow as an earlier run and other digests. Observed once for each run. `moving-tags` are left out.",
  falseAlarms: "Releases that are made again. Attestations, whose digest differs for each run.",
  needs: [],
  learns: false,
  check: (entry, context) => firstVerdict(ownSigners(entry, context), (own) => checkRelease(entry, own, context))
};
function checkRelease(entry, { signer, watched }, { history }) {
  const { sourceRepositoryRef: ref = "" } = signer.claims;
  const scope = releaseScope(signer);
  const run = runValue(signer);
  if (entry.type !== "signature" || run === void 0) return void 0;
  if (matchesRef(watched?.expected.movingTags ?? [], ref)) return void 0;
  const earlier2 = history.values("runs-of-tag", scope);
  const last = earlier2.at(-1);
  if (last === void 0 || earlier2.some(({ value }) => value === run)) return void 0;
  const digests = history.values("digests-of-tag", scope);
  if (entry.digests.some((digest2) => digests.some(({ value }) => value === digestText(digest2)))) return void 0;
  return observed({
    title: `${ref} of ${repositoryName(signer)} was signed again by another run`,
    reason: `The workflow ${workflowOf(signer)?.path ?? ""} signed the tag in run ${last.value} before, and now in run ${run}, over other digests.`,
    remedy: "Check whether the release was made again on purpose."
  });
}
var rules = [
  unexplainedSignature,
  foreignDigest,
  burst,
  unexpectedWorkflow,
  unexpectedRef,
  dangerousTrigger,
  unexpectedRunner,
  commitOffDefaultBranch,
  otherId,
  visibility,
  firstSigner,
  keyReuse,
  timeOutsideCertificate,
  certificateLogJoin,
  twoOwners,
  person,
  contradiction,
  repeatedRun,
  lookAlike,
  unexpectedEnvironment,
  hours,
  logFinding,
  unreadableEntry,
  provenanceDowngrade,
  movedTag,
  dispatchOffDefaultBranch,
  borrowedSigner,
  signedTwice
];
var entryRules = rules.filter((rule) => rule.about === "entries");
var maxResults = 5e3;
var maxBytes2 = 9e6;
var maxTextLength2 = 1e3;
var maxNotifications = 100;
var levels2 = { note: "note", alert: "error", critical: "error" };
var securitySeverities = { note: 3, alert: 8, critical: 9.5 };
function watchSarif(report, version2) {
  const open = sortedFindings(report.open);
  const descriptors = rulesOf(open);
  const index = new Map(descriptors.map(({ id }, at) => [id, at]));
  const results = fitting(
    open.slice(0, maxResults),
    (finding) => [JSON.stringify(resultOf(finding, report, index.get(finding.rule.id) ?? -1))],
    maxBytes2 - byteLength([JSON.stringify(descriptors)]) - 5e5
  ).flat();
  const run = {
    tool: {
      driver: {
        name: "Countersign watch",
        semanticVersion: version2,
        rules: descriptors
      }
    },
    automationDetails: { id: "countersign-watch/" },
    columnKind: "utf16CodeUnits",
    invocations: [
      {
        executionSuccessful: isComplete(report),
        endTimeUtc: report.at.toISOString(),
        toolExecutionNotifications: notifications(report, open.length - results.length)
      }
    ],
    properties: { coverage: coverageLines(report).map((line2) => shownText(line2, maxTextLength2)), test: report.isTest },
    results: []
  };
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [run]
  };
  const [start = "", end = ""] = JSON.stringify(log).split('"results":[]');
  return `${plainJson(`${start}"results":[${results.join(",")}]${end}`)}
`;
}
function rulesOf(open) {
  const descriptors = /* @__PURE__ */ new Map();
  for (const { rule, severity } of open) {
    if (descriptors.has(rule.id)) continue;
    const name = shownText(rule.name, maxTextLength2);
    const short = sentence2(name.replaceAll("-", " "));
    const known = rules.find(({ id }) => id === rule.id);
    const falseAlarms = known === void 0 ? [] : [`False alarms: ${sentence2(known.falseAlarms)}`];
    const help = [
      ...falseAlarms,
      "The finding states the next step. To acknowledge it, add it to the policy file with a reason and an end date."
    ];
    descriptors.set(rule.id, {
      id: rule.id,
      name: name.replace(/(?:^|-)([a-z])/g, (_, letter) => letter.toUpperCase()),
      shortDescription: { text: escaped2(short) },
      fullDescription: { text: escaped2(known === void 0 ? short : sentence2(known.condition)) },
      help: { text: escaped2(help.join(" ")) },
      defaultConfiguration: { level: levels2[severity] },
      properties: { tags: ["security", "supply-chain"], "security-severity": securitySeverities[severity].toFixed(1) }
    });
  }
  return [...descriptors.values()];
}
function resultOf(finding, report, ruleIndex) {
  const { rule, severity, title: title2, reason, remedy: remedy2, id, line: line2 } = finding;
  const run = findingRun(finding);
  const facts2 = findingFacts(finding, report).filter(({ label }) => label !== "policy" && label !== "finding");
  const described = facts2.map(({ label, value }) => `${label} ${shownText(value, 300)}`.trim()).join("; ");
  const parts = [sentence2(title2), reason, remedy2, sentence2(described)].map((part) => shownText(part, maxTextLength2));
  return {
    ruleId: rule.id,
    ruleIndex,
    level: levels2[severity],
    message: { text: escaped2(`${report.isTest ? "Test. " : ""}${parts.join(" ")}`) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: policyUri(report.policy) },
          region: { startLine: line2 ?? 1 }
        }
      }
    ],
    partialFingerprints: { "countersignFinding/v1": id },
    properties: { severity },
    ...run !== void 0 && { hostedViewerUri: run }
  };
}
function notifications(report, omitted) {
  const reasons2 = incompleteReasons(report);
  const notice = (level, text3) => ({
    level,
    message: { text: escaped2(shownText(text3, maxTextLength2)) }
  });
  return [
    notice("note", `${watchHeadline(report)}.`),
    ...coverageLines(report).slice(0, maxNotifications).map((line2) => notice("note", sentence2(line2))),
    ...reasons2.slice(0, maxNotifications).map((reason) => notice("error", sentence2(reason))),
    ...reasons2.length > maxNotifications ? [notice("error", `${count(reasons2.length - maxNotifications, "more reason")} why the watch is incomplete.`)] : [],
    ...omitted > 0 ? [notice("warning", `${count(omitted, "finding")} omitted: the limit of GitHub is reached.`)] : []
  ];
}
function policyUri(path) {
  const segments = path.replaceAll("\\", "/").replace(/^(?:\.\/)+/, "").split("/").map(encodeSegment);
  return path.startsWith("/") ? `file://${segments.join("/")}` : segments.join("/");
}
function encodeSegment(segment) {
  return encodeURIComponent(Buffer.from(segment).toString());
}
function escaped2(text3) {
  return text3.replace(/[\\[\]]/g, "\\$&").replaceAll("{", "{{").replaceAll("}", "}}");
}
function sentence2(text3) {
  return /[.!?]$/.test(text3) ? text3 : `${text3.charAt(0).toUpperCase()}${text3.slice(1)}.`;
}
var maxMetricsLength = 4 * 1024 * 1024;
var tailLength = 8 * 1024 * 1024;
function fileDelivery(options) {
  const { format: format2, path } = options;
  return {
    name: `${format2} ${path}`,
    deliver: async (report) => {
      try {
        await deliver(report, options);
      } catch (cause) {
        if (cause instanceof CountersignError) throw cause;
        if (cause instanceof NotRegularFile || systemCode(cause) === "EISDIR")
          fail("WRITE_FAILED", `cannot write ${path}: it is not a regular file`, {
            cause,
            remedy: "Use another path."
          });
        const code2 = systemCode(cause);
        if (code2 === void 0) throw cause;
        fail("WRITE_FAILED", `cannot write ${path}: ${code2}`, {
          cause,
          remedy: "Check the path, the permissions and the free disk space."
        });
      }
    }
  };
}
async function deliver(report, options) {
  const { format: format2, path, files, random, version: version2 } = options;
  switch (format2) {
    case "ocsf":
      return append(files, path, watchOcsfEvents(report, version2));
    case "sarif":
      return writeAtomically(files, random, path, watchSarif(report, version2));
    case "html":
      return writeAtomically(files, random, path, watchPage(report));
    case "metrics":
      return writeAtomically(files, random, path, watchMetrics(report, await earlierSuccess(files, path)));
  }
}
async function earlierSuccess(files, path) {
  try {
    return lastSuccess(decodeUtf8(await readRegularFile(files, path, maxMetricsLength)) ?? "");
  } catch (cause) {
    if (systemCode(cause) === "ENOENT" || cause instanceof CountersignError) return void 0;
    throw cause;
  }
}
async function append(files, path, events) {
  var _stack = [];
  try {
    const { O_RDWR, O_CREAT, O_NONBLOCK = 0 } = import_node_fs.constants;
    await makeFolder(files, dirname(path));
    const handle = __using(_stack, await files.open(path, O_RDWR | O_CREAT | O_NONBLOCK, 420), true);
    const size = Number((await describeFile(handle, path)).size);
    const length = Math.min(size, Math.max(tailLength, 2 * byteLength2(events)));
    const tail = await readExactly(
      handle,
      size - length,
      length,
      () => fail("WRITE_FAILED", `${path} changed while it was read`, {
        remedy: "Only one run may write to a file at a time."
      })
    );
    const end = tail.lastIndexOf("\n") + 1;
    demandTornLine(tail.subarray(end), path);
    const known = uidsOf(tail.subarray(0, end));
    const lines = events.filter(({ uid }) => !known.has(uid)).map(({ json }) => `${json}
`);
    const position = size - length + end;
    if (position < size) await handle.truncate(position);
    const bytes = Buffer.from(lines.join(""));
    for (let written = 0; written < bytes.length; )
      written += (await handle.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
    await handle.sync();
    await syncFolder(files, dirname(path));
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
function byteLength2(events) {
  return events.reduce((sum, { json }) => sum + Buffer.byteLength(json) + 1, 0);
}
var eventStart = '{"activity_id":';
function demandTornLine(rest, path) {
  const start = Buffer.from(rest.subarray(0, eventStart.length)).toString();
  if (eventStart.startsWith(start) || start === eventStart) return;
  fail("WRITE_FAILED", `cannot append to ${path}: it does not end with an event`, {
    remedy: "Use a file that contains only events of Countersign, or a new one."
  });
}
function uidsOf(lines) {
  const uids = /* @__PURE__ */ new Set();
  for (const line2 of Buffer.from(lines).toString().split("\n")) {
    if (!line2.startsWith(eventStart)) continue;
    const event2 = attempt(() => asObject(parseJson(Buffer.from(line2), { maxLength: tailLength, maxDepth: 32 })));
    const uid = asText(asObject(event2?.metadata)?.uid);
    if (uid !== void 0) uids.add(uid);
  }
  return uids;
}
var service = "the webhook";
var timeoutMilliseconds = 2e4;
var maxResponseLength = 64 * 1024;
var usefulMilliseconds = 4 * 60 * 1e3;
var maxSecrets = 5;
function webhookDelivery(options) {
  const url = readUrl(options.url);
  checkSecrets(options.secrets);
  const id = createHash2("sha256").update(url.href).digest("hex").slice(0, 8);
  return { name: `webhook ${url.origin} ${id}`, deliver: (report) => deliver2(report, url, options) };
}
async function deliver2(report, url, options) {
  const { http, clock, version: version2 } = options;
  for (const change of report.changes) {
    const { uid, json } = watchOcsfChange(change, report, version2);
    const now = clock();
    const request = {
      method: "POST",
      url,
      headers: {
        "content-type": "application/json",
        ...signedHeaders(uid, Math.floor(now.getTime() / 1e3), json, options.secrets)
      },
      body: json,
      service,
      timeoutMilliseconds,
      maxBodyLength: maxResponseLength,
      usefulUntil: new Date(now.getTime() + usefulMilliseconds)
    };
    const response = await http(request);
    if (response.status >= 200 && response.status < 300) continue;
    if (response.status >= 300 && response.status < 400)
      fail("SERVICE_REFUSED", `${service} (${url.origin}) redirects, which is not followed`, {
        remedy: "Use the URL that the receiver redirects to."
      });
    if (response.status === 410)
      fail("SERVICE_REFUSED", `${service} (${url.origin}) is gone: it responded with 410`, {
        remedy: "Remove the webhook, or use the new URL of the receiver."
      });
    expectStatus(request, response, 200);
  }
}
function signedHeaders(id, seconds2, body, secrets) {
  const signatures = keysOf(secrets).map((key) => {
    const signature = createHmac("sha256", key).update(`${id}.${seconds2}.${body}`).digest("base64");
    return `v1,${signature}`;
  });
  return {
    "webhook-id": id,
    "webhook-timestamp": String(seconds2),
    "webhook-signature": signatures.join(" ")
  };
}
function readUrl(text3) {
  const remedy2 = "Use an https URL, such as https://security.example/hooks/countersign.";
  const url = URL.canParse(text3) ? new URL(text3) : fail("USAGE", "the URL of the webhook is invalid", { remedy: remedy2 });
  if (url.username !== "" || url.password !== "")
    fail("USAGE", "the URL of the webhook has a user name or password, which is not supported", {
      remedy: "Remove it. The receiver authenticates messages by their signatures."
    });
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopbackHost(url)))
    fail("USAGE", "the URL of the webhook is not an https URL", { remedy: remedy2 });
  return url;
}
function checkSecrets(secrets) {
  const remedy2 = "Set COUNTERSIGN_WEBHOOK_SECRET to the secret of the receiver: `whsec_` and 24 to 64 bytes in Base64. While the receiver changes its secret, set it to both, separated by a space.";
  const number = secrets.reveal().split(/\s+/).filter((secret) => secret !== "").length;
  if (number === 0) fail("USAGE", "no secret of the webhook specified", { remedy: remedy2 });
  if (number > maxSecrets) fail("USAGE", `more than ${maxSecrets} secrets of the webhook`, { remedy: remedy2 });
  if (keysOf(secrets).length !== number) fail("USAGE", "a secret of the webhook is invalid", { remedy: remedy2 });
}
function keysOf(secrets) {
  return secrets.reveal().split(/\s+/).flatMap((secret) => {
    const [, encoded2] = /^whsec_(.+)$/.exec(secret) ?? [];
    const key = encoded2 === void 0 ? void 0 : attempt(() => decodeBase64(encoded2));
    return key !== void 0 && key.length >= 24 && key.length <= 64 ? [key] : [];
  });
}
function openDeliveries({ issue, webhook, files: named, version: version2 }, { github, hasToken, webhookSecrets, publicHttp }, { files, random, clock }) {
  const deliveries = named.map(
    ({ format: format2, path }) => fileDelivery({ format: format2, path, files, random, version: version2 })
  );
  if (webhook !== void 0) {
    if (webhookSecrets === void 0)
      fail("USAGE", "`webhook` needs a secret, and COUNTERSIGN_WEBHOOK_SECRET is not set", {
        remedy: "Set it to the secret that the receiver of the webhook shows: `whsec_` and Base64."
      });
    deliveries.push(webhookDelivery({ url: webhook, secrets: webhookSecrets, clock, http: publicHttp, version: version2 }));
  }
  if (issue !== void 0) {
    if (!/^[\w.-]+\/[\w.-]+$/.test(issue))
      fail("USAGE", `\`issue\` is ${JSON.stringify(issue)}, which is not the name of a repository`, {
        remedy: "Specify the owner and the name of a repository: octo/app."
      });
    if (!hasToken)
      fail("USAGE", "`issue` needs a token, and neither GITHUB_TOKEN nor GH_TOKEN is set", {
        remedy: "Set one of them to a token that may write issues of the repository."
      });
    deliveries.push(issueDelivery({ repository: issue, client: github }));
  }
  return deliveries;
}
function sourceDifference({ repository }, earlier2, source2) {
  const expected = repository === void 0 ? earlier2?.repository : addressOf(repository);
  const isName = expected === void 0 || expected.toLowerCase() === source2.repository.toLowerCase();
  const { id } = earlier2 ?? {};
  const isId = id === void 0 || source2.id === void 0 ? void 0 : id === source2.id;
  const isSame = isId === void 0 ? isName : isId && (isName || repository === void 0);
  if (isSame) return void 0;
  return isName ? `The repository has the ID ${source2.id}, and earlier versions were built from one with the ID ${id}.` : `It is expected to be built from ${expected}.`;
}
function addressOf(repository) {
  return repository.startsWith("https://") ? repository : `https://github.com/${repository}`;
}
function readSource({ repository = null, id = null }) {
  const [ofRepository, ofId] = [asText(repository), asText(id)];
  const isValid = (repository === null || ofRepository !== void 0) && (id === null || ofId !== void 0);
  if (!isValid) return "invalid";
  return ofRepository === void 0 ? void 0 : { repository: ofRepository, id: ofId };
}
function sourceJson(source2) {
  return { repository: source2?.repository ?? null, id: source2?.id ?? null };
}
var mostTags = 1e4;
function readImage(value) {
  const list2 = asList(value?.tags);
  if (value === void 0 || list2 === void 0 || list2.length > mostTags) return void 0;
  const source2 = readSource(value);
  if (source2 === "invalid") return void 0;
  const tags = /* @__PURE__ */ new Map();
  for (const each of list2) {
    const read = readTag(each);
    if (read === void 0) return void 0;
    tags.set(...read);
  }
  return { tags, source: source2 };
}
function readTag(value) {
  const [name = null, of = null, hasProvenance] = asList(value) ?? [];
  const [tag, digest2] = [asText(name), asText(of)];
  if (tag === void 0 || typeof hasProvenance !== "boolean" || of !== null && digest2 === void 0)
    return void 0;
  return [tag, { digest: digest2, hasProvenance }];
}
function imageJson({ tags, source: source2 }) {
  const list2 = [...tags].map(([tag, { digest: digest2, hasProvenance }]) => [tag, digest2 ?? null, hasProvenance]);
  return { tags: list2, ...sourceJson(source2) };
}
var digestTag = /^sha(?:256|384|512)-[0-9a-f]{64}(?:\.(?:sig|att|sbom))?$/;
function isVersionTag(tag) {
  return !digestTag.test(tag);
}
var version = /^v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:[-.+_](.*))?$/;
function compareTags(one, other2) {
  const [a, b] = [readVersion(one), readVersion(other2)];
  if (a === void 0 || b === void 0)
    return Number(a !== void 0) - Number(b !== void 0) || compareTexts(one, other2);
  for (const at of [0, 1, 2]) {
    const difference = a.numbers[at] - b.numbers[at];
    if (difference !== 0) return difference;
  }
  return Number(a.rest === void 0) - Number(b.rest === void 0) || compareTexts(a.rest ?? "", b.rest ?? "") || compareTexts(one, other2);
}
function readVersion(tag) {
  const [matched, major, minor, patch, rest] = version.exec(tag) ?? [];
  if (matched === void 0) return void 0;
  return { numbers: [Number(major), Number(minor ?? 0), Number(patch ?? 0)], rest };
}
function compareTexts(one, other2) {
  return one.localeCompare(other2, "en", { numeric: true });
}
var Problems = class {
  #list = /* @__PURE__ */ new Set();
  /** All problems; undefined if there are none. */
  get text() {
    return [...this.#list].join("; ") || void 0;
  }
  add(problem) {
    this.#list.add(problem);
  }
  /** Runs a part. What a registry does wrong is a problem; a run that was cancelled ends. */
  async collect(work) {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof CountersignError) || error.code === "CANCELLED") throw error;
      this.add(error.message);
    }
  }
};
function counted(count3, one, several) {
  return `${count3} ${count3 === 1 ? one : several}`;
}
function capital2(text3) {
  return `${text3.slice(0, 1).toUpperCase()}${text3.slice(1)}`;
}
var predicateType = /^https:\/\/(?:slsa\.dev\/provenance\/|docs\.pypi\.org\/attestations\/publish\/v1$)/;
async function verifyProvenance(file, { at, document }, roots, now) {
  if (file.digest === void 0) return refused("the registry states no SHA-256 or SHA-512 digest of the file");
  const bytes = Buffer.from(JSON.stringify(document));
  const found = readOtherFormat_2(bytes, at, new CountersignError("BUNDLE_INVALID", `${at} contains no bundle`));
  if (found instanceof CountersignError) return refused(found.message);
  let failure = refused("the registry serves no provenance");
  for (const { read } of found) {
    for (const examination of await examinations(read, file, roots, now)) {
      if (examination instanceof CountersignError) failure = refused(examination.message);
      else if (examination.verdict === void 0) failure = refusedBy(examination);
      else {
        const { signer, content } = examination.verdict;
        if (content.kind !== "dsse-envelope" || !predicateType.test(content.statement.predicateType)) {
          failure = refused(`the attestation of ${formatDigest(file.digest)} is not provenance`);
          continue;
        }
        const source2 = sourceOf(signer);
        if (source2 !== void 0) return { kind: "verified", source: source2 };
        failure = refused(`the certificate of the provenance of ${formatDigest(file.digest)} names no repository`);
      }
    }
  }
  return failure;
}
async function examinations(read, { digest: digest2, subject }, roots, now) {
  if (digest2 === void 0) return [];
  try {
    const bundle = read();
    const artifact = artifactOfDigest(digest2);
    const found = [];
    for (const root of roots) {
      const policy2 = anySigner(root, { subjectName: exactly(subject) });
      found.push(await examine(bundle, artifact, root.trust, policy2, now));
    }
    return found;
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return [error];
  }
}
function anySigner({ thresholds, sandbox }, content = {}) {
  const signer = { kind: "identity", identity: "any", issuer: "any", claims: [] };
  return policyFor(signer, { content, thresholds, sandbox });
}
function sourceOf(signer) {
  const claims = signer.kind === "identity" ? signer.identity.claims : {};
  const { sourceRepositoryUri: repository, sourceRepositoryIdentifier: id } = claims;
  return repository === void 0 ? void 0 : { repository, id };
}
function refused(reason) {
  return { kind: "refused", isMissingInLog: false, reason };
}
function refusedBy({ criteria, failure }) {
  const isMissingInLog = criteria.some(({ name, outcome }) => name === "log" && outcome === "fail");
  return { kind: "refused", isMissingInLog, reason: failure?.message ?? "the provenance is invalid" };
}
var predicateType2 = /^https:\/\/(?:slsa\.dev\/provenance\/|sigstore\.dev\/cosign\/sign\/v1$)/;
async function verifyImage(source2, image, roots, now) {
  const { bundles, unread: unread2 } = await fetchAttached(source2, image);
  const sources = [];
  const failures = [];
  for (const { bundle, document } of bundles.filter(isOfSource)) {
    if (roots.length === 0) failures.push(refused("there is no trusted root"));
    for (const root of roots) {
      const [of, policy2] = [image.digest, anySigner(root)];
      const examination = document === void 0 ? await examine(bundle, artifactOfDigest(of), root.trust, policy2, now) : await examineSimpleSigning(bundle, document, of, root.trust, policy2, now);
      const found = examination.verdict && sourceOf(examination.verdict.signer);
      if (found !== void 0) sources.push(found);
      else if (examination.verdict === void 0) failures.push(refusedBy(examination));
      else failures.push(refused(`the certificate of the signature of ${formatDigest(of)} names no repository`));
    }
  }
  if (sources.length > 0) return { kind: "verified", sources };
  const unanswered = unread2.find(({ failure: { kind } }) => kind === "unavailable");
  if (unanswered !== void 0) return { kind: "unknown", problem: unanswered.failure.message };
  const [failure] = [...failures, ...unread2.map(({ failure: { message } }) => refused(message))];
  return failure ?? { kind: "none" };
}
function isOfSource({ bundle: { signer, content } }) {
  if (signer.kind !== "certificate") return false;
  const type = typeOf(content);
  return type === void 0 || predicateType2.test(type);
}
function typeOf(content) {
  if (content.kind !== "dsse-envelope") return void 0;
  return attempt(() => readStatement(content.payload).predicateType);
}
var mostResolved = 500;
var ImageCheck = class {
  #package;
  #options;
  #isFirst;
  #tags;
  /** The images with provenance of the source that is expected. */
  #provenDigests;
  /** The images that were verified in this run. */
  #verified = /* @__PURE__ */ new Map();
  #problems;
  #source;
  observations = [];
  checked = 0;
  /** @param earlier the memory of the last run; undefined in the first one */
  constructor(watched, earlier2, options, problems) {
    this.#package = watched;
    this.#options = options;
    this.#problems = problems;
    this.#isFirst = earlier2 === void 0;
    this.#tags = new Map(earlier2?.tags);
    this.#source = earlier2?.source;
    this.#provenDigests = new Set(
      [...this.#tags.values()].flatMap(
        ({ digest: digest2, hasProvenance }) => digest2 !== void 0 && hasProvenance ? [digest2] : []
      )
    );
  }
  /** Undefined if the first run did not read the tags: the next one is the first, too. */
  get memory() {
    return this.#isFirst && this.#tags.size === 0 ? void 0 : { tags: this.#tags, source: this.#source };
  }
  async run() {
    await this.#problems.collect(async () => {
      const client = this.#options.images(parseRepository(this.#package.name));
      const listed2 = await client.tags();
      if (listed2 === void 0) {
        this.#problems.add("the registry does not have the repository");
        return;
      }
      const tags = listed2.filter(isVersionTag);
      if (tags.length > mostTags)
        this.#problems.add(`the repository has more than ${mostTags} tags, and cannot be watched`);
      else await this.#checkTags(tags, client);
    });
  }
  async #checkTags(tags, client) {
    const listed2 = new Map(tags.map((tag) => [tag, tag]));
    const fresh = tags.filter((tag) => !this.#tags.has(tag)).sort((one, other2) => compareTags(other2, one));
    const known = [...this.#tags.keys()].flatMap((tag) => listed2.get(tag) ?? []);
    const wanted = [...fresh.slice(0, mostResolved / 2), ...known].slice(0, mostResolved);
    const resolved = await this.#resolve(wanted, client);
    const { chosen, left } = this.#choose(resolved);
    this.#forget(listed2, fresh.length);
    const unresolved = fresh.slice(mostResolved / 2);
    if (this.#isFirst) {
      for (const tag of unresolved) this.#remember(tag, void 0, false);
      for (const { tag, digest: digest2 } of left) this.#remember(tag, digest2, false);
    } else if (left.length + unresolved.length > 0) {
      this.#problems.add(`${counted(left.length + unresolved.length, "tag waits", "tags wait")} for the next run`);
    }
    for (const each of [...chosen].reverse())
      await this.#problems.collect(async () => {
        if (await this.#check(each)) this.checked += 1;
      });
  }
  /** Resolves tags. One whose manifest cannot be read does not hide the others; a registry that fails does. */
  async #resolve(tags, client) {
    const failed = [];
    const resolved = await mapConcurrently(tags, async (tag) => {
      try {
        const found = await client.headManifest(tag);
        return found === void 0 ? [] : [{ tag, digest: found.digest }];
      } catch (error) {
        if (!(error instanceof CountersignError) || error.code !== "SERVICE_RESPONSE_INVALID") throw error;
        failed.push(error.message);
        return [];
      }
    });
    const [first] = failed;
    if (first !== void 0)
      this.#problems.add(`${counted(failed.length, "tag", "tags")} could not be resolved: ${first}`);
    return resolved.flat();
  }
  /** Returns the tags whose images are checked: those that moved, and the newest of the new ones. Tags of one image count once. */
  #choose(resolved) {
    const [moved, fresh] = [[], []];
    for (const { tag, digest: digest2 } of resolved) {
      const known = this.#tags.get(tag);
      if (known === void 0) fresh.push({ tag, digest: digest2 });
      else if (known.digest === void 0 || known.digest === formatDigest(digest2))
        this.#remember(tag, digest2, known.hasProvenance);
      else moved.push({ tag, digest: digest2 });
    }
    const images = /* @__PURE__ */ new Set();
    const [chosen, left] = [[], []];
    for (const each of [...moved, ...fresh]) {
      const image = formatDigest(each.digest);
      const isFree = images.has(image) || this.#provenDigests.has(image);
      if (!isFree && images.size >= this.#options.mostImages) left.push(each);
      else {
        if (!isFree) images.add(image);
        chosen.push(each);
      }
    }
    return { chosen, left };
  }
  /** @returns false if the tag has to be checked again */
  async #check({ tag, digest: digest2 }) {
    const image = formatDigest(digest2);
    if (this.#provenDigests.has(image)) return this.#remember(tag, digest2, true);
    const result = this.#verified.get(image) ?? await this.#verify(digest2);
    this.#verified.set(image, result);
    switch (result.kind) {
      case "unknown":
        this.#problems.add(result.problem);
        return false;
      case "none":
        if (this.#source !== void 0) this.#observeMissing(tag, image, this.#source);
        return this.#remember(tag, digest2, false);
      case "refused":
        this.#observe(tag, `${result.isMissingInLog ? "not-in-log" : "unverified"} ${image}`, {
          title: result.isMissingInLog ? `the provenance of ${this.#nameOf(tag)} is not proven to be in a log` : `the provenance of ${this.#nameOf(tag)} cannot be verified`,
          reason: `${capital2(result.reason)}.`,
          remedy: "Do not run the image. Verify it with `countersign verify`, which shows the reason."
        });
        return this.#remember(tag, digest2, false);
      case "verified":
        return this.#remember(tag, digest2, this.#isExpected(tag, image, result.sources));
    }
  }
  #verify(digest2) {
    const { images, roots, clock } = this.#options;
    const attachments = images.attachmentsOf(parseRepository(this.#package.name));
    return verifyImage(attachments, { name: attachments.name, digest: digest2 }, roots, clock());
  }
  /** Reports whether one of the sources of an image is expected. Others may sign it as well. */
  #isExpected(tag, image, sources) {
    for (const source3 of sources) {
      const difference = sourceDifference(this.#package, this.#source, source3);
      if (difference !== void 0) continue;
      this.#source = source3;
      this.#provenDigests.add(image);
      return true;
    }
    const [source2] = sources;
    if (source2 === void 0) return false;
    this.#observe(tag, `other-repository ${image}`, {
      title: `${this.#nameOf(tag)} was built from ${source2.repository}`,
      reason: sourceDifference(this.#package, this.#source, source2) ?? "",
      remedy: "Check whether the project has moved. If it has, change `repository` of the package in the policy."
    });
    return false;
  }
  #observeMissing(tag, image, { repository }) {
    const earlier2 = this.#tags.get(tag)?.digest;
    const isMoved = earlier2 !== void 0 && earlier2 !== image;
    const expected = `Earlier images have provenance or a signature of ${repository}, and this one does not.`;
    this.#observe(tag, `${isMoved ? "moved" : "without-provenance"} ${image}`, {
      title: isMoved ? `${this.#nameOf(tag)} was moved to an image without provenance` : `${this.#nameOf(tag)} has no provenance`,
      reason: `${isMoved ? `The tag was ${earlier2} before, and is ${image} now. ` : ""}${expected} Stolen credentials push without a signature.`,
      remedy: "Find out who pushed it, and from which machine. If it was pushed by hand, or signed later, acknowledge the finding."
    });
  }
  #observe(version2, what, texts) {
    this.observations.push({ rule: "P24", package: this.#package, name: this.#package.name, version: version2, what, ...texts });
  }
  #nameOf(tag) {
    return `${this.#package.name}:${tag}`;
  }
  #remember(tag, digest2, hasProvenance) {
    this.#tags.delete(tag);
    this.#tags.set(tag, { digest: digest2 && formatDigest(digest2), hasProvenance });
    return true;
  }
  /** Forgets deleted tags, as far as others need their place: a tag that is pushed again is one that moved. */
  #forget(listed2, needed) {
    for (const tag of [...this.#tags.keys()]) {
      if (this.#tags.size + needed <= mostTags) return;
      if (!listed2.has(tag)) this.#tags.delete(tag);
    }
  }
};
async function searchLookAlikes(watched, registry, finder) {
  const observations = [];
  for (const name of await registry.search?.(watched.name) ?? []) {
    const found = finder.find({ kind: "package", name });
    if (found?.alert !== true || found.target === void 0) continue;
    observations.push({
      rule: "P19",
      package: watched,
      name,
      version: void 0,
      what: `look-alike of ${found.target}`,
      title: `the package ${name} looks like ${found.target}`,
      reason: `${found.reason} ${capital2(found.difference)} (rule ${found.rule}, score ${found.score}).`,
      remedy: "Check what the package contains, and report an imitation to the registry.",
      severity: "alert"
    });
  }
  return observations;
}
var format = 1;
var mostRemembered = 2e3;
function readMemory(memory) {
  const packages = readAll(memory.packages, readPackage);
  const images = readAll(memory.images, readImage);
  if (memory.format !== format || packages === void 0 || images === void 0) return void 0;
  return { packages, images };
}
function readAll(value, readOne) {
  const all = asObject(value);
  if (all === void 0) return void 0;
  const read = /* @__PURE__ */ new Map();
  for (const [key, each] of Object.entries(all)) {
    const one = readOne(asObject(each));
    if (one === void 0) return void 0;
    read.set(key, one);
  }
  return read;
}
function readPackage(value) {
  const seen = asObject(value?.seen);
  if (value === void 0 || seen === void 0) return void 0;
  const versions = Object.entries(seen);
  const [baseline, since] = [readTime(value.baseline), readTime(value.since)];
  const source2 = readSource(value);
  if (source2 === "invalid" || baseline === "invalid" || since === "invalid") return void 0;
  if (versions.length > mostRemembered || versions.some(([, fingerprint]) => asText(fingerprint) === void 0))
    return void 0;
  return {
    seen: new Map(versions.map(([version2, fingerprint]) => [version2, asText(fingerprint) ?? ""])),
    baseline,
    since,
    source: source2
  };
}
function readTime(value) {
  if (value === null || value === void 0) return void 0;
  const time2 = new Date(typeof value === "string" ? value : Number.NaN);
  return Number.isNaN(time2.getTime()) ? "invalid" : time2;
}
function writeMemory({ packages, images }) {
  const written = [...packages].map(([key, { seen, baseline, since, source: source2 }]) => [
    key,
    {
      seen: Object.fromEntries(seen),
      baseline: baseline?.toISOString() ?? null,
      since: since?.toISOString() ?? null,
      ...sourceJson(source2)
    }
  ]);
  const writtenImages = [...images].map(([name, image]) => [name, imageJson(image)]);
  return { format, packages: Object.fromEntries(written), images: Object.fromEntries(writtenImages) };
}
var defaultVersions = 20;
var none2 = { seen: /* @__PURE__ */ new Map(), baseline: void 0, since: void 0, source: void 0 };
var PackageChecker = class {
  #options;
  constructor(options) {
    this.#options = options;
  }
  /**
   * Checks all packages.
   *
   * @param memory of the last run; untrusted, `undefined` in the first one
   * @throws CountersignError `CANCELLED`; what a registry does wrong is a problem in the coverage
   */
  async check(packages, memory) {
    const known = memory === void 0 ? void 0 : readMemory(memory);
    const isDamaged = memory !== void 0 && known === void 0;
    const remembered = { packages: /* @__PURE__ */ new Map(), images: /* @__PURE__ */ new Map() };
    const coverage2 = [];
    const observations = [];
    const finder = this.#finder(packages);
    for (const each of packages) {
      const problems = new Problems();
      if (isDamaged) problems.add("the memory of the last run is damaged, and earlier versions are unknown");
      const key = `${each.ecosystem}:${each.name}`;
      let checked = 0;
      if (each.ecosystem === "oci") {
        const check = this.#imageCheck(each, known?.images.get(each.name), problems);
        await check?.run();
        if (check?.memory !== void 0) remembered.images.set(each.name, check.memory);
        observations.push(...check?.observations ?? []);
        checked = check?.checked ?? 0;
      } else {
        const check = new PackageCheck(each, known?.packages.get(key) ?? none2, this.#options, problems);
        await check.run(finder);
        remembered.packages.set(key, check.memory);
        observations.push(...check.observations);
        checked = check.checked;
      }
      coverage2.push({ package: each, versions: checked, problem: problems.text });
    }
    for (const each of this.#protectedPackages(packages)) {
      const problems = new Problems();
      await problems.collect(async () => {
        const { npm } = this.#options.registries;
        if (npm !== void 0) observations.push(...await searchLookAlikes(each, npm, finder));
      });
      if (problems.text !== void 0) coverage2.push({ package: each, versions: 0, problem: problems.text });
    }
    return { coverage: coverage2, observations, memory: writeMemory(remembered) };
  }
  #imageCheck(watched, earlier2, problems) {
    const { images, roots, clock, mostVersions = defaultVersions } = this.#options;
    if (images !== void 0)
      return new ImageCheck(watched, earlier2, { images, roots, clock, mostImages: mostVersions }, problems);
    problems.add("packages of oci cannot be checked");
    return void 0;
  }
  /** Returns the protected names, as packages, that are not watched. Only npm has a search. */
  #protectedPackages(packages) {
    const { protectedNames = [] } = this.#options;
    const own = new Set(packages.flatMap(({ ecosystem, name }) => ecosystem === "npm" ? [name] : []));
    return protectedNames.flatMap(
      ({ place, kind, name }) => kind !== "package" || own.has(name) ? [] : [{ place, ecosystem: "npm", name, repository: void 0 }]
    );
  }
  #finder(packages) {
    const { protectedNames = [] } = this.#options;
    const named = [
      ...packages.filter(({ ecosystem }) => ecosystem !== "oci"),
      ...protectedNames.filter(({ kind }) => kind === "package")
    ];
    return new LookAlikeFinder(named.map(({ name }) => ({ kind: "package", name })));
  }
};
var PackageCheck = class {
  #package;
  #options;
  #earlier;
  #seen;
  #baseline;
  #since;
  #source;
  observations = [];
  #problems;
  checked = 0;
  constructor(watched, earlier2, options, problems) {
    this.#package = watched;
    this.#problems = problems;
    this.#options = options;
    this.#earlier = earlier2;
    this.#seen = new Map(earlier2.seen);
    this.#baseline = earlier2.baseline;
    this.#since = earlier2.since;
    this.#source = earlier2.source;
  }
  get memory() {
    return { seen: this.#seen, baseline: this.#baseline, since: this.#since, source: this.#source };
  }
  async run(finder) {
    const { ecosystem, name } = this.#package;
    const registry = ecosystem === "oci" ? void 0 : this.#options.registries[ecosystem];
    if (registry === void 0) {
      this.#problems.add(`packages of ${ecosystem} cannot be checked`);
      return;
    }
    await this.#problems.collect(async () => {
      const versions = await registry.versions(name);
      if (versions === void 0) this.#problems.add("the registry does not have the package");
      else await this.#checkVersions(registry, versions);
    });
    await this.#problems.collect(async () => {
      this.observations.push(...await searchLookAlikes(this.#package, registry, finder));
    });
  }
  async #checkVersions(registry, all) {
    const { mostVersions = defaultVersions } = this.#options;
    const isFirst = this.#earlier === none2;
    const sorted = [...all].sort((one, other2) => timeOf(one) - timeOf(other2));
    const unseen = sorted.filter((one) => this.#isUnseen(one));
    const chosen = unseen.slice(-mostVersions);
    const left = unseen.length - chosen.length;
    if (isFirst && left > 0) this.#baseline = unseen[left - 1]?.publishedAt ?? /* @__PURE__ */ new Date(0);
    else if (left > 0) this.#problems.add(`${counted(left, "version waits", "versions wait")} for the next run`);
    for (const version2 of chosen)
      await this.#problems.collect(async () => {
        if (!await this.#checkVersion(registry, version2)) return;
        this.#remember(version2);
        this.checked += 1;
      });
  }
  #isUnseen(version2) {
    const fingerprint = this.#seen.get(version2.version);
    if (fingerprint !== void 0) return fingerprint !== fingerprintOf(version2);
    const { publishedAt } = version2;
    return this.#baseline === void 0 || publishedAt !== void 0 && publishedAt > this.#baseline;
  }
  #remember(version2) {
    this.#seen.delete(version2.version);
    this.#seen.set(version2.version, fingerprintOf(version2));
    for (const [oldest] of this.#seen) {
      if (this.#seen.size <= mostRemembered) break;
      this.#seen.delete(oldest);
      this.#baseline = maxTime(this.#baseline, this.#since);
    }
  }
  /** @returns false if it has to be checked again */
  async #checkVersion(registry, version2) {
    const { ecosystem, name } = this.#package;
    if (ecosystem === "npm" && this.#seen.has(version2.version))
      this.#observe(version2, "replaced", {
        title: `${name}@${version2.version} was replaced`,
        reason: "The registry lists another digest for the version than at the last check. Versions are never replaced honestly.",
        remedy: "Compare the file with your own build, and report it to the registry."
      });
    const results = [];
    for (const file of version2.files) results.push(await this.#checkFile(registry, version2, file));
    return results.every(Boolean);
  }
  async #checkFile(registry, version2, file) {
    const now = this.#options.clock();
    const { publishedAt = now } = version2;
    const { name } = this.#package;
    if (!file.hasProvenance) {
      if (this.#since !== void 0 && publishedAt >= this.#since)
        this.#observe(version2, `without-provenance ${file.name}`, {
          title: `${file.name} has no provenance`,
          reason: `Versions since ${this.#since.toISOString()} have provenance, and this file of version ${version2.version} does not. Stolen credentials publish without provenance.`,
          remedy: "Find out who published it, and from which machine. If it was published by hand, acknowledge the finding."
        });
      return true;
    }
    const served = await registry.provenance(name, version2.version, file);
    if (served === void 0) {
      this.#problems.add(`the registry states that ${file.name} has provenance, and does not serve it`);
      return false;
    }
    const checked = await verifyProvenance(file, served, this.#options.roots, now);
    if (checked.kind === "refused") {
      this.#observe(version2, `${checked.isMissingInLog ? "not-in-log" : "unverified"} ${file.name}`, {
        title: checked.isMissingInLog ? `the provenance of ${file.name} is not proven to be in a log` : `the provenance of ${file.name} cannot be verified`,
        reason: `${capital2(checked.reason)}.`,
        remedy: "Do not install the version. Download the provenance, and verify it with `countersign verify`."
      });
      return true;
    }
    if (this.#since === void 0 || publishedAt < this.#since) this.#since = publishedAt;
    this.#compareSource(version2, file, checked.source);
    return true;
  }
  #compareSource(version2, file, source2) {
    const difference = sourceDifference(this.#package, this.#source, source2);
    if (difference === void 0) {
      this.#source = source2;
      return;
    }
    this.#observe(version2, `other-repository ${file.name}`, {
      title: `${file.name} was built from ${source2.repository}`,
      reason: difference,
      remedy: "Check whether the project has moved. If it has, change `repository` of the package in the policy."
    });
  }
  #observe({ version: version2 }, what, texts) {
    this.observations.push({ rule: "P24", package: this.#package, name: this.#package.name, version: version2, what, ...texts });
  }
};
function timeOf({ publishedAt }) {
  return publishedAt?.getTime() ?? 0;
}
function maxTime(one, other2) {
  if (one === void 0 || other2 === void 0) return one ?? other2;
  return one > other2 ? one : other2;
}
function fingerprintOf({ files }) {
  const list2 = files.map(({ name, digest: digest2, hasProvenance }) => [
    name,
    digest2 === void 0 ? null : formatDigest(digest2),
    hasProvenance
  ]);
  return hash2("sha256", canonicalJson(list2)).slice(0, 32);
}
var timeoutMilliseconds2 = 6e4;
async function fetchJson(http, { url, accept, service: service4, maxLength: maxLength3 }) {
  const accepted = acceptGzip(maxLength3);
  const request = {
    ...accepted,
    method: "GET",
    url,
    headers: { ...accepted.headers, accept },
    service: service4,
    quotes: "message",
    timeoutMilliseconds: timeoutMilliseconds2
  };
  const response = await http(request);
  if (response.status === 404) return void 0;
  const body = await uncompressed(request, expectStatus(request, response, 200));
  const what = `the response of ${service4} (${url.origin})`;
  const limits = { maxLength: maxLength3, maxValues: 5e6 };
  const object = reading("SERVICE_RESPONSE_INVALID", what, () => parseJsonObject(body, limits));
  return object ?? fail("SERVICE_RESPONSE_INVALID", `${what} is not an object`);
}
function below(base2, path) {
  return new URL(`${base2.href.replace(/\/+$/, "")}/${path}`);
}
function timeIn(text3) {
  const time2 = new Date(text3 ?? Number.NaN);
  return Number.isNaN(time2.getTime()) ? void 0 : time2;
}
var service2 = "the npm registry";
var maxPackument = 128 * 1024 * 1024;
var maxAttestations = 16 * 1024 * 1024;
var maxVersions = 1e5;
var mostFound = 100;
function npmRegistry(http, url) {
  const accept = "application/json";
  return {
    versions: async (name) => {
      const query = { url: below(url, encoded(name)), accept, service: service2, maxLength: maxPackument };
      const packument = await fetchJson(http, query);
      return packument && readPackument(packument, name, url);
    },
    provenance: async (name, version2) => {
      const path = `-/npm/v1/attestations/${encoded(name)}@${encodeURIComponent(version2)}`;
      const document = await fetchJson(http, { url: below(url, path), accept, service: service2, maxLength: maxAttestations });
      return document && { at: path, document: provenanceOf2(document, url) };
    },
    search: async (text3) => {
      const query = below(url, `-/v1/search?text=${encodeURIComponent(text3)}&size=${mostFound}`);
      const found = await fetchJson(http, { url: query, accept, service: service2, maxLength: maxAttestations });
      return (asList(found?.objects) ?? []).slice(0, mostFound).flatMap((each) => {
        const name = asText(asObject(asObject(each)?.package)?.name);
        return name === void 0 || name.length > 214 ? [] : [name];
      });
    }
  };
}
function encoded(name) {
  return name.split("/").map(encodeURIComponent).join("%2f").replace(/^%40/, "@");
}
function readPackument(packument, name, { origin }) {
  const invalid2 = (problem) => fail("SERVICE_RESPONSE_INVALID", `${service2} (${origin}) ${problem}`);
  if (asText(packument.name) !== name) invalid2(`sent another package than ${JSON.stringify(name)}`);
  const versions = asObject(packument.versions) ?? invalid2(`sent no versions of ${JSON.stringify(name)}`);
  const times = asObject(packument.time) ?? {};
  const entries2 = Object.entries(versions);
  if (entries2.length > maxVersions) invalid2(`lists more than ${maxVersions} versions of ${JSON.stringify(name)}`);
  return entries2.map(([version2, manifest]) => {
    const dist = asObject(asObject(manifest)?.dist) ?? invalid2(`sent a version without "dist": ${JSON.stringify(version2)}`);
    const file = {
      name: `${name}@${version2}`,
      subject: packageUrl(name, version2),
      digest: integrity(asText(dist.integrity)),
      hasProvenance: asObject(asObject(dist.attestations)?.provenance) !== void 0
    };
    return { version: version2, publishedAt: timeIn(asText(times[version2])), files: [file] };
  });
}
function packageUrl(name, version2) {
  return `pkg:npm/${name.replace(/^@/, "%40")}@${version2}`;
}
function integrity(text3) {
  const [, base64] = /(?:^|\s)sha512-([A-Za-z0-9+/]{86}==)(?:\s|$)/.exec(text3 ?? "") ?? [];
  return base64 === void 0 ? void 0 : attempt(() => toDigest("sha512", decodeBase64(base64)));
}
function provenanceOf2(document, { origin }) {
  const list2 = asList(document.attestations);
  if (list2 === void 0)
    return fail("SERVICE_RESPONSE_INVALID", `${service2} (${origin}) sent attestations in an unknown format`);
  const isProvenance = (each) => (asText(asObject(each)?.predicateType) ?? "").startsWith("https://slsa.dev/provenance/");
  return { attestations: list2.filter(isProvenance) };
}
var service3 = "the Python package index";
var maxProject = 64 * 1024 * 1024;
var maxProvenance = 16 * 1024 * 1024;
var maxFiles = 2e5;
function pypiRegistry(http, url) {
  return {
    versions: async (name) => {
      const project = normalized(name);
      const accept = "application/vnd.pypi.simple.v1+json";
      const query = { url: below(url, `simple/${project}/`), accept, service: service3, maxLength: maxProject };
      const index = await fetchJson(http, query);
      return index && readProject(index, project, url);
    },
    provenance: async (name, version2, file) => {
      const path = `integrity/${[normalized(name), version2, file.name].map(encodeURIComponent).join("/")}/provenance`;
      const accept = "application/vnd.pypi.integrity.v1+json";
      const document = await fetchJson(http, { url: below(url, path), accept, service: service3, maxLength: maxProvenance });
      return document && { at: path, document };
    }
  };
}
function normalized(name) {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}
function readProject(index, project, { origin }) {
  const invalid2 = (problem) => fail("SERVICE_RESPONSE_INVALID", `${service3} (${origin}) ${problem}`);
  if (normalized(asText(index.name) ?? "") !== project) invalid2(`sent another project than ${JSON.stringify(project)}`);
  const files = asList(index.files) ?? invalid2(`sent no files of ${JSON.stringify(project)}`);
  if (files.length > maxFiles) invalid2(`lists more than ${maxFiles} files of ${JSON.stringify(project)}`);
  const versions = /* @__PURE__ */ new Map();
  for (const each of files) {
    const file = asObject(each) ?? {};
    const name = asText(file.filename) ?? invalid2("sent a file without a name");
    const version2 = versionOf(name);
    if (version2 === void 0) continue;
    const known = versions.get(version2) ?? { files: [], publishedAt: void 0 };
    versions.set(version2, known);
    known.files.push(readFile(name, file));
    const time2 = timeIn(asText(file["upload-time"]));
    if (time2 !== void 0 && (known.publishedAt === void 0 || time2 < known.publishedAt)) known.publishedAt = time2;
  }
  return [...versions].map(([version2, rest]) => ({ version: version2, ...rest }));
}
function readFile(name, { hashes: hashes2, provenance }) {
  const sha2562 = asText(asObject(hashes2)?.sha256);
  return { name, subject: name, digest: digestOf(sha2562), hasProvenance: isAddress(provenance) };
}
function digestOf(sha2562) {
  return sha2562 === void 0 ? void 0 : attempt(() => parseDigest(`sha256:${sha2562}`));
}
function isAddress(provenance) {
  return typeof provenance === "string" && provenance !== "";
}
function versionOf(file) {
  const [, ofWheel] = /^[^-]+-([^-]+)(?:-[^-]+){3,4}\.whl$/.exec(file) ?? [];
  const [, ofSource] = /^.+-([^-]+)\.(?:tar\.gz|zip)$/.exec(file) ?? [];
  return ofWheel ?? ofSource;
}
function openPackages({ packages, protectedNames }, roots, { npm, pypi, environment }, world) {
  const { http, clock } = world;
  const protectedPackages = protectedNames.filter(({ kind }) => kind === "package");
  if (packages.length + protectedPackages.length === 0) return void 0;
  return new PackageChecker({
    registries: {
      npm: npmRegistry(http, urlIn(npm, "npm_config_registry", "https://registry.npmjs.org")),
      pypi: pypiRegistry(http, urlIn(pypi, "COUNTERSIGN_PYPI_URL", "https://pypi.org"))
    },
    ...packages.some(({ ecosystem }) => ecosystem === "oci") && {
      images: systemRegistries_2({ images: [], account: void 0, environment }, world)
    },
    roots,
    clock,
    protectedNames: protectedPackages
  });
}
function urlIn(text3, variable, otherwise) {
  const url = text3 === void 0 || text3 === "" ? otherwise : text3;
  const read = URL.canParse(url) ? new URL(url) : void 0;
  if (read !== void 0 && /^https?:$/.test(read.protocol) && read.username === "" && read.password === "")
    return read;
  return fail("USAGE", `the variable ${variable} is not the URL of a registry`, {
    remedy: `Set it to a URL without a user name, such as ${otherwise}, or unset it.`
  });
}
var maxComparison = 64 * 1024 * 1024;
var maxArchive = 256 * 1024 * 1024;
function openGitHub(options) {
  return new RestClient(new GitHubApi(options));
}
var RestClient = class {
  #api;
  #repositories = /* @__PURE__ */ new Map();
  constructor(api) {
    this.#api = api;
  }
  get origin() {
    return this.#api.origin;
  }
  workflowRun(repository, runId, attempt2) {
    return lookUp(
      () => this.#unlessHidden(repository, async () => {
        const place = { ...placeOf(repository), run_id: idOf(runId), attempt_number: attempt2 };
        const operation = {
          what: `the run ${runId} of ${repository} (attempt ${attempt2})`,
          permission: "actions: read"
        };
        const answer = await this.#api.send(
          operation,
          ({ rest }, through) => rest.actions.getWorkflowRunAttempt({ ...place, exclude_pull_requests: true, ...through })
        );
        const run = parseObject(answer, operation, this.origin);
        const jobs = await this.#jobs(repository, place, operation);
        return readRun(run, { id: runId, attempt: attempt2 }, jobs);
      })
    );
  }
  async #jobs(repository, place, { permission }) {
    const operation = { what: `the jobs of the run ${place.run_id} of ${repository}`, permission };
    return readPages(
      this.#api,
      operation,
      "jobs",
      readJob,
      ({ rest }, page, through) => rest.actions.listJobsForWorkflowRunAttempt({ ...place, ...page, ...through })
    );
  }
  /** Remembers what is known: other lookups need it too. */
  repository(name) {
    const key = name.toLowerCase();
    const found = this.#repositories.get(key) ?? lookUp(() => this.#repository(name));
    this.#repositories.set(key, found);
    const forget = () => this.#repositories.delete(key);
    found.then(({ kind }) => kind === "unknown" && forget(), forget);
    return found;
  }
  async #repository(name) {
    const operation = { what: `the repository ${name}`, permission: "metadata: read" };
    const answer = await this.#api.send(
      operation,
      ({ rest }, through) => rest.repos.get({ ...placeOf(name), ...through })
    );
    return readRepository(parseObject(answer, operation, this.origin));
  }
  compareToDefaultBranch(repository, sha) {
    return lookUp(async () => {
      if (!/^[0-9a-f]{40}$|^[0-9a-f]{64}$/.test(sha)) fail("USAGE", `${JSON.stringify(sha)} is not a commit`);
      const found = await this.repository(repository);
      if (found.kind === "unknown") fail(found.code, found.reason, remedyOf(found.remedy));
      if (found.kind === "absent") return void 0;
      return this.#unlessHidden(repository, async () => {
        const what = `the comparison of ${sha} with the default branch of ${repository}`;
        const operation = { what, permission: "contents: read", maxLength: maxComparison };
        const answer = await this.#api.send(
          operation,
          ({ rest }, through) => rest.repos.compareCommitsWithBasehead({
            ...placeOf(repository),
            basehead: `${found.value.defaultBranch}...${sha}`,
            per_page: 1,
            ...through
          })
        );
        return readRelation(parseObject(answer, operation, this.origin));
      });
    });
  }
  async login() {
    const operation = { what: "the user of the token", permission: "a user" };
    try {
      const answer = await this.#api.send(operation, ({ rest }, through) => rest.users.getAuthenticated(through));
      return readLogin(parseObject(answer, operation, this.origin));
    } catch (error) {
      if (error instanceof GitHubRefusal && error.status === 403 && error.code === "PERMISSION_MISSING")
        return "github-actions[bot]";
      throw error;
    }
  }
  async listIssues(repository, { label, creator, state }) {
    const operation = { what: `the issues of ${repository}`, permission: "issues: write" };
    const query = {
      ...placeOf(repository),
      labels: label,
      creator,
      state,
      sort: "created",
      direction: "desc"
    };
    const issues = await readPages(
      this.#api,
      operation,
      void 0,
      readIssue,
      ({ rest }, page, through) => rest.issues.listForRepo({ ...query, ...page, ...through })
    );
    return issues.flatMap(
      (issue) => issue !== void 0 && issue.author === creator && issue.labels.includes(label) ? [issue] : []
    );
  }
  async createIssue(repository, { title: title2, body, labels }) {
    const operation = { what: `a new issue of ${repository}`, permission: "issues: write", once: true };
    const answer = await this.#api.send(
      operation,
      ({ rest }, through) => rest.issues.create({ ...placeOf(repository), title: title2, body, labels: [...labels], ...through })
    );
    return this.#issue(answer, operation);
  }
  async updateIssue(repository, number, { title: title2, body, state, stateReason }) {
    const operation = { what: `the issue ${number} of ${repository}`, permission: "issues: write" };
    const answer = await this.#api.send(
      operation,
      ({ rest }, through) => rest.issues.update({
        ...placeOf(repository),
        issue_number: number,
        ...title2 !== void 0 && { title: title2 },
        ...body !== void 0 && { body },
        ...state !== void 0 && { state },
        ...stateReason !== void 0 && { state_reason: stateReason },
        ...through
      })
    );
    return this.#issue(answer, operation);
  }
  #issue(answer, operation) {
    const field = parseObject(answer, operation, this.origin);
    return readIssue(field) ?? field.fail("is a pull request, not an issue");
  }
  async listComments(repository, number, since) {
    const operation = { what: `the comments on the issue ${number} of ${repository}`, permission: "issues: write" };
    const query = { ...placeOf(repository), issue_number: number, since: since.toISOString() };
    return readPages(
      this.#api,
      operation,
      void 0,
      readComment,
      ({ rest }, page, through) => rest.issues.listComments({ ...query, ...page, ...through })
    );
  }
  async comment(repository, number, body) {
    const what = `a comment on the issue ${number} of ${repository}`;
    await this.#api.send(
      { what, permission: "issues: write", once: true },
      ({ rest }, through) => rest.issues.createComment({ ...placeOf(repository), issue_number: number, body, ...through })
    );
  }
  async workflowRuns(repository, { workflow, branch, status }) {
    const operation = { what: `the runs of ${workflow} in ${repository}`, permission: "actions: read" };
    const answer = await this.#api.send(
      operation,
      ({ rest }, through) => rest.actions.listWorkflowRuns({
        ...placeOf(repository),
        workflow_id: workflow,
        branch,
        status,
        exclude_pull_requests: true,
        per_page: pageSize,
        ...through
      })
    );
    return parseObject(answer, operation, this.origin).field("workflowRuns").list(pageSize).map(readListedRun);
  }
  async artifactsOfRun(repository, runId, name) {
    const operation = { what: `the artifacts of the run ${runId} of ${repository}`, permission: "actions: read" };
    const query = { ...placeOf(repository), run_id: idOf(runId), name };
    const artifacts = await readPages(
      this.#api,
      operation,
      "artifacts",
      readArtifact,
      ({ rest }, page, through) => rest.actions.listWorkflowRunArtifacts({ ...query, ...page, ...through })
    );
    return artifacts.filter((artifact) => artifact.name === name && artifact.run?.id === runId);
  }
  async downloadArtifact(repository, { id, name, size, digest: digest2 }) {
    const what = `the artifact ${JSON.stringify(name)} of ${repository}`;
    const operation = { what, permission: "actions: read", maxLength: maxArchive };
    if (size > maxArchive) fail("LIMIT_EXCEEDED", `${what} has ${size} bytes; the limit is ${maxArchive}`);
    const { headers } = await this.#api.send(
      operation,
      ({ rest }, through) => rest.actions.downloadArtifact({
        ...placeOf(repository),
        artifact_id: id,
        archive_format: "zip",
        ...through
      })
    );
    const { location } = headers;
    if (typeof location !== "string")
      fail("SERVICE_RESPONSE_INVALID", `the API of GitHub (${this.origin}) did not return the address of ${what}`);
    const bytes = await this.#api.fetchElsewhere(operation, location);
    const found = `sha256:${createHash3("sha256").update(bytes).digest("hex")}`;
    if (digest2 !== void 0 && digest2 !== found)
      fail("SERVICE_RESPONSE_INVALID", `${what} has the digest ${found}, but GitHub lists it with ${digest2}`);
    return bytes;
  }
  /**
   * Looks up something in a repository. GitHub also answers 404 for everything in a repository that the token may not see.
   *
   * @returns `undefined` if it is absent, and the repository can be seen
   * @throws CountersignError `SERVICE_REFUSED` if the repository cannot be seen; the error of the request that asks for it
   */
  async #unlessHidden(repository, work) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof GitHubRefusal) || error.status !== 404) throw error;
      const found = await this.repository(repository);
      if (found.kind === "known") return void 0;
      const [code2, reason] = found.kind === "unknown" ? [found.code, found.reason] : ["SERVICE_REFUSED", error.message];
      return fail(code2, reason, remedyOf(error.remedy));
    }
  }
};
async function lookUp(work) {
  try {
    const value = await work();
    return value === void 0 ? { kind: "absent" } : { kind: "known", value };
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === "CANCELLED") throw error;
    return { kind: "unknown", code: error.code, reason: error.message, remedy: error.remedy };
  }
}
function remedyOf(remedy2) {
  return remedy2 === void 0 ? {} : { remedy: remedy2 };
}
function idOf(text3) {
  const id = /^[1-9]\d{0,15}$/.test(text3) ? Number(text3) : Number.NaN;
  return Number.isSafeInteger(id) ? id : fail("USAGE", `${JSON.stringify(text3)} is not the id of a run`);
}
var maxDigests = 1e6;
var checksumsName = /(?:^|[._-])(?:sha(?:256|384|512)(?:sums?)?|checksums?)(?:\.txt)?$/i;
function kindOf(name) {
  if (name.endsWith(".jsonl")) return "lines";
  if (bundleStem(name) !== void 0) return "bundle";
  if (checksumsName.test(name)) return "checksums";
  return name.endsWith(".json") ? "json" : void 0;
}
function isReceiptFile(name) {
  return kindOf(name) !== void 0;
}
var ReceiptCollector = class {
  #maxDigests;
  #digests = /* @__PURE__ */ new Set();
  #provenance = /* @__PURE__ */ new Map();
  constructor(limit = maxDigests) {
    this.#maxDigests = limit;
  }
  get receipts() {
    return { digests: this.#digests, provenance: this.#provenance };
  }
  /**
   * Adds a file. JSON of other kinds, and lines that are not bundles, are ignored.
   *
   * @param name the name of the file, without its folder
   * @throws CountersignError for a bundle or checksums file that cannot be read; `LIMIT_EXCEEDED`
   */
  add(name, content) {
    const kind = kindOf(name);
    if (kind === "bundle") this.#addBundle(content);
    else if (kind === "checksums") this.#addChecksums(name, textOf(content, name));
    else if (kind === "json") this.#addJson(content);
    else if (kind === "lines") for (const line2 of textOf(content, name).split("\n")) this.#addLine(line2);
  }
  #addDigest(text3) {
    this.#digests.add(text3);
    if (this.#digests.size > this.#maxDigests)
      fail("LIMIT_EXCEEDED", `the receipts have more than ${this.#maxDigests} digests`);
  }
  #addBundle(content) {
    const { content: signed, logEntries } = readBundle(content);
    for (const { kind, version: version2, canonicalizedBody } of logEntries) {
      const protocol = kind !== "intoto" && version2 === "0.0.2" ? "rekor-v2" : "rekor-v1";
      const entry = readEntry(protocol, canonicalizedBody);
      if (entry.type === "signature") for (const each of entry.digests) this.#addDigest(digestText(each));
    }
    if (signed.kind === "dsse-envelope") this.#addEnvelope(signed);
    else if (signed.messageDigest !== void 0) this.#addDigest(formatDigest(signed.messageDigest));
  }
  #addEnvelope({ payloadType, payload }) {
    const encoding = preAuthenticationEncoding(payloadType, payload);
    const names = [
      ...["sha256", "sha384", "sha512"].map((algorithm) => formatDigest(digest(algorithm, encoding))),
      formatDigest(digest("sha256", payload))
    ];
    for (const name of names) this.#addDigest(name);
    const statement = payloadType === statementPayloadType ? attempt(() => readStatement(payload)) : void 0;
    if (statement === void 0) return;
    for (const { digests } of statement.subjects) for (const each of digests) this.#addDigest(formatDigest(each));
    const provenance = attempt(() => statedProvenance(statement));
    if (provenance !== void 0) for (const name of names) this.#provenance.set(name, provenance);
  }
  #addLine(line2) {
    if (line2.trim() === "") return;
    const document = asObject(attempt(() => parseJson(line2)));
    if (document !== void 0) this.#addDocument(document, line2);
  }
  #addJson(content) {
    const document = asObject(attempt(() => parseJson(content)));
    if (document !== void 0) this.#addDocument(document, content);
  }
  #addDocument(document, content) {
    if (typeof document.mediaType === "string" && document.mediaType.includes("sigstore.bundle")) {
      this.#addBundle(content);
      return;
    }
    const payloadType = asText(document.payloadType);
    const payload = attempt(() => decodeBase64(asText(document.payload) ?? ""));
    if (payloadType !== void 0 && payload !== void 0 && payload.length > 0)
      this.#addEnvelope({ payloadType, payload });
    if (document.version === 1) this.#addReceipt(document.subjects);
  }
  #addReceipt(subjects) {
    for (const subject of asList(subjects) ?? []) {
      const stated = asText(memberAt(subject, "digest")) ?? "";
      const read = attempt(() => parseDigest(stated));
      if (read !== void 0) this.#addDigest(formatDigest(read));
    }
  }
  #addChecksums(name, text3) {
    const [, alone] = /^\s*([0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})\s*$/i.exec(text3) ?? [];
    if (alone !== void 0) {
      const algorithm = `sha${alone.length * 4}`;
      if (isHashAlgorithm(algorithm)) this.#addDigest(`${algorithm}:${alone.toLowerCase()}`);
      return;
    }
    for (const line2 of parseChecksums(text3, name)) this.#addDigest(formatDigest(line2.digest));
  }
};
function textOf(content, name) {
  return decodeUtf8(content) ?? fail("DIGEST_INVALID", `${name} is not UTF-8`);
}
function statedProvenance(statement) {
  const { predicateType: predicateType3 } = statement;
  if (predicateType3.startsWith("https://slsa.dev/provenance/v1")) return provenanceV1(statement);
  return predicateType3.startsWith("https://slsa.dev/provenance/v0.") ? provenanceV0(statement) : void 0;
}
function provenanceV1({ predicateType: predicateType3, predicate }) {
  const workflow = memberAt(predicate, "buildDefinition", "externalParameters", "workflow");
  const repository = asText(memberAt(workflow, "repository"));
  const source2 = (asList(memberAt(predicate, "buildDefinition", "resolvedDependencies")) ?? []).find((dependency) => {
    const uri = asText(memberAt(dependency, "uri"));
    return repository === void 0 || uri?.startsWith(`git+${repository}`);
  });
  return {
    predicateType: predicateType3,
    repository,
    ref: asText(memberAt(workflow, "ref")),
    commit: asText(memberAt(source2, "digest", "gitCommit")),
    workflow: asText(memberAt(workflow, "path")),
    invocation: asText(memberAt(predicate, "runDetails", "metadata", "invocationId"))
  };
}
function provenanceV0({ predicateType: predicateType3, predicate }) {
  const source2 = memberAt(predicate, "invocation", "configSource");
  const [, repository, ref] = /^git\+(https:\/\/[^@]+?)(?:\.git)?@(.+)$/.exec(asText(memberAt(source2, "uri")) ?? "") ?? [];
  return {
    predicateType: predicateType3,
    repository,
    ref,
    commit: asText(memberAt(source2, "digest", "sha1")),
    workflow: asText(memberAt(source2, "entryPoint")),
    invocation: void 0
  };
}
var receiptLimits = { files: 2e4, depth: 16, bytes: 512 * 1024 * 1024 };
var maxFileLength = 128 * 1024 * 1024;
async function readReceipts(folders, files, limits = receiptLimits) {
  const collector = new ReceiptCollector();
  try {
    let bytes = 0;
    for (const path of await receiptFiles(folders, files, limits)) {
      const content = await orUnreadable(path, () => readRegularFile(files, path, maxFileLength));
      bytes += content.length;
      if (bytes > limits.bytes) fail("LIMIT_EXCEEDED", `the files have more than ${limits.bytes} bytes`);
      addFile(collector, path, content);
    }
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { kind: "unknown", reason: error.message };
  }
  const { receipts } = collector;
  return receipts.digests.size === 0 ? { kind: "absent" } : { kind: "known", value: receipts };
}
function addFile(collector, path, content) {
  const name = path.split(/[/\\]/).at(-1) ?? path;
  try {
    collector.add(name, content);
  } catch (cause) {
    if (!(cause instanceof CountersignError)) throw cause;
    throw new CountersignError(cause.code, `${path}: ${cause.message}`, { cause });
  }
}
async function receiptFiles(folders, files, limits) {
  const found = [];
  for (const folder of folders) await search(folder, 0);
  return found;
  async function search(folder, depth) {
    if (depth > limits.depth) fail("LIMIT_EXCEEDED", `${folder} is nested too deeply`);
    const entries2 = await orUnreadable(folder, () => files.readdir(folder, { withFileTypes: true }));
    for (const entry of entries2) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await search(path, depth + 1);
      else if (entry.isFile() && isReceiptFile(entry.name)) found.push(path);
      if (found.length > limits.files) fail("LIMIT_EXCEEDED", `the folders have more than ${limits.files} files`);
    }
  }
}
async function orUnreadable(path, read) {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause;
    return fail("SUBJECT_UNREADABLE", `${path} cannot be read: ${systemCode(cause) ?? String(cause)}`, { cause });
  }
}
function openWatchServices({ token, apiUrl, webhookSecrets }, { http, retrying, clock, cancellation, files }) {
  const github = openGitHub({ http, token, apiUrl, clock });
  const open = openHttp("countersign", cancellation, { addresses: "public", clock });
  return {
    github,
    hasToken: token !== void 0,
    webhookSecrets,
    publicHttp: retrying?.(open.send) ?? open.send,
    facts: { github, receipts: { receipts: (folders) => readReceipts(folders, files) } },
    [Symbol.dispose]: () => open[Symbol.dispose]()
  };
}
var historyKinds = [
  /** Scope: repository. The attempts of its last runs, each with the number of its entries. */
  "run-sizes",
  /** Scope: repository. The workflows that signed. */
  "workflows",
  /** Scope: repository. The branches that were signed, and `refs/tags/*`. */
  "refs",
  /** Scope: digest. Signers, as `signerValue` writes them. */
  "signers-of-digest",
  /** Scope: hash of the key. Hashes of TBSCertificates. */
  "certificates-of-key",
  /** Scope: repository and tag. Commits. */
  "commits-of-tag",
  /** Scope: repository, tag and workflow. Runs, and digests that they signed. */
  "runs-of-tag",
  "digests-of-tag",
  /** Scope: name of a repository. The ids of the repository and its owner. */
  "ids-of-repository",
  /** Scope: repository. Visibilities. */
  "visibilities",
  /** Scope: a signer, as `signerValue` writes it. One value: it has been seen. */
  "signers",
  /** Scope: name of a signer without its ref. OIDC issuers. */
  "issuers-of-name",
  /** Scope: `everything`. Ids of owners. */
  "owners",
  /** Scope: repository. Hours of the day, UTC. */
  "hours",
  /** Scope: hash of the TBSCertificate. `rekor` or `certificates`: the kinds of logs that contain it. */
  "logs-of-certificate",
  /** Scope: `everything`. The hashes of the latest TBSCertificates in certificate logs. */
  "logged-certificates"
];
var learningPeriod = 30 * day3;
var learningEntries = 200;
var maxValues = 100;
var maxLength = 1024 * 1024;
var longerKinds = {
  "signers-of-digest": 16 * maxLength,
  "logs-of-certificate": 16 * maxLength
};
var maxLearning = 1e4;
var maxLogs2 = 1e3;
var maxScopes = 5e5;
var schema = "countersign-watch-history/1";
var maxTime2 = 864e13;
var Values = class {
  scopes = /* @__PURE__ */ new Map();
  /** The number of scopes that were dropped. */
  dropped = 0;
  #maxLength;
  #length = 0;
  constructor(kind) {
    this.#maxLength = longerKinds[kind] ?? maxLength;
  }
  add(scope, value, at, count3 = 1) {
    const values = this.scopes.get(scope) ?? /* @__PURE__ */ new Map();
    if (!this.scopes.delete(scope)) this.#length += lengthOf(scope);
    this.scopes.set(scope, values);
    const earlier2 = values.get(value);
    if (values.delete(value)) this.#length -= lengthOf(value);
    values.set(value, { at: earlier2?.at ?? at, count: (earlier2?.count ?? 0) + count3 });
    this.#length += lengthOf(value);
    const [first] = values.keys();
    if (values.size > maxValues && first !== void 0) {
      values.delete(first);
      this.#length -= lengthOf(first);
    }
    this.#shrink();
  }
  #shrink() {
    for (const [scope, values] of this.scopes) {
      if (this.#length <= this.#maxLength || this.scopes.size === 1) return;
      this.scopes.delete(scope);
      this.dropped++;
      this.#length -= lengthOf(scope);
      for (const value of values.keys()) this.#length -= lengthOf(value);
    }
  }
};
function lengthOf(text3) {
  return JSON.stringify(text3).length + 48;
}
var Learned = class _Learned {
  #kinds;
  #learning = /* @__PURE__ */ new Map();
  /** The index after the last entry of each log. */
  #next = /* @__PURE__ */ new Map();
  constructor() {
    this.#kinds = Object.fromEntries(historyKinds.map((kind) => [kind, new Values(kind)]));
  }
  isLearned(scope, at) {
    const learning2 = this.#learning.get(scope ?? "");
    if (learning2 === void 0) return false;
    return learning2.entries >= learningEntries || at.getTime() - learning2.since.getTime() >= learningPeriod;
  }
  values(kind, scope) {
    return Array.from(this.#kinds[kind].scopes.get(scope ?? "") ?? [], ([value, seen]) => ({ value, ...seen }));
  }
  /**
   * Remembers an entry. Entries of a log are remembered in their order: one that is not after the last one was remembered before an
   * interruption, and is ignored.
   *
   * @returns false for an entry that was ignored
   */
  remember(entry) {
    const { origin } = entry.log;
    if (entry.index < (this.#next.get(origin) ?? 0)) return false;
    this.#next.delete(origin);
    this.#next.set(origin, entry.index + 1);
    trim(this.#next, maxLogs2);
    const certified2 = issuedSigners(entry);
    const keys = entry.signers.filter(({ kind }) => kind === "key");
    const [first] = [...certified2, ...keys];
    if (first !== void 0) this.#learn(everything, signedAt(entry, first));
    for (const key of keys) this.#rememberDigests(entry, signerValue(key), signedAt(entry));
    for (const signer of certified2) this.#rememberSigner(entry, signer);
    return true;
  }
  #learn(scope, time2) {
    const { since = time2, entries: entries2 = 0 } = this.#learning.get(scope) ?? {};
    this.#learning.delete(scope);
    this.#learning.set(scope, { since: time2 < since ? time2 : since, entries: entries2 + 1 });
    trim(this.#learning, maxLearning);
  }
  #add(kind, scope, value, at) {
    if (scope === void 0 || value === void 0 || !isWellFormed(scope) || !isWellFormed(value)) return;
    this.#kinds[kind].add(scope, value, at);
  }
  #rememberDigests(entry, signer, at) {
    this.#add("signers", signer, "seen", at);
    for (const digest2 of entry.digests) this.#add("signers-of-digest", digestText(digest2), signer, at);
  }
  #rememberSigner(entry, signer) {
    const at = signedAt(entry, signer);
    const { name, issuer } = signerName2(signer);
    const certificate = certificateValue(signer);
    const isCertificate = entry.type === "certificate";
    this.#rememberDigests(entry, signerValue(signer), at);
    this.#add("issuers-of-name", name, issuer === "" ? void 0 : issuer, at);
    this.#add("certificates-of-key", signer.keyHash, certificate, at);
    this.#add("logs-of-certificate", certificate, isCertificate ? "certificates" : "rekor", at);
    if (isCertificate) this.#add("logged-certificates", everything, certificate, at);
    this.#add("owners", everything, signer.claims.sourceRepositoryOwnerIdentifier, at);
    this.#rememberRepository(entry, signer, at);
  }
  #rememberRepository(entry, signer, at) {
    const { sourceRepositoryRef: ref, sourceRepositoryDigest: commit, sourceRepositoryVisibility } = signer.claims;
    const repository = repositoryScope(signer);
    if (repository === void 0) return;
    this.#learn(repository, at);
    const workflow = workflowOf(signer);
    this.#add("workflows", repository, workflow && `${workflow.repository}/${workflow.path}`.toLowerCase(), at);
    this.#add("refs", repository, ref && refValue(queuedFor(ref)), at);
    this.#add("visibilities", repository, sourceRepositoryVisibility, at);
    this.#add("hours", repository, String(at.getUTCHours()), at);
    this.#add("ids-of-repository", nameScope(signer), idsValue(signer), at);
    this.#add("commits-of-tag", tagScope(signer), commit, at);
    if (entry.type !== "signature") return;
    this.#add("run-sizes", repository, attemptValue(signer), at);
    const release = releaseScope(signer);
    this.#add("runs-of-tag", release, runValue(signer), at);
    for (const digest2 of entry.digests) this.#add("digests-of-tag", release, digestText(digest2), at);
  }
  /** The kinds of which older scopes were dropped, as sentences without their full stops. */
  get limits() {
    return historyKinds.flatMap((kind) => {
      const { dropped } = this.#kinds[kind];
      return dropped === 0 ? [] : [`the history of ${kind.replaceAll("-", " ")} is full, and has forgotten the oldest ${dropped}`];
    });
  }
  /** Returns the history as a value for JSON, which {@link Learned.read} reads again. */
  json() {
    return {
      schema,
      logs: Array.from(this.#next, ([origin, next]) => ({ origin, next })),
      learning: Array.from(this.#learning, ([scope, { since, entries: entries2 }]) => ({ scope, since: time(since), entries: entries2 })),
      kinds: historyKinds.map((kind) => ({
        kind,
        dropped: this.#kinds[kind].dropped,
        scopes: Array.from(this.#kinds[kind].scopes, ([scope, values]) => ({
          scope,
          values: Array.from(values, ([value, { at, count: count3 }]) => ({ value, at: time(at), count: count3 }))
        }))
      }))
    };
  }
  /**
   * Reads a history. It is untrusted: its limits are enforced again, and it decides only what the rules that learn report.
   *
   * @param value the parsed JSON; an empty history without it
   * @throws CountersignError `STATE_INVALID`
   */
  static read(value) {
    const learned = new _Learned();
    if (value === void 0) return learned;
    const document = members(value);
    if (document.schema !== schema) invalid(`its schema is not ${schema}`);
    for (const log of items(document.logs, maxLogs2)) learned.#next.set(text2(log.origin), count2(log.next));
    for (const { scope, since, entries: entries2 } of items(document.learning, maxLearning))
      learned.#learning.set(text2(scope), { since: date(since), entries: count2(entries2) });
    for (const { kind, scopes, dropped } of items(document.kinds, historyKinds.length)) {
      const values = learned.#kinds[historyKinds.find((one) => one === kind) ?? invalid("it has an unknown kind")];
      for (const { scope, values: list2 } of items(scopes, maxScopes))
        for (const one of items(list2, maxValues))
          values.add(text2(scope), text2(one.value), date(one.at), count2(one.count));
      values.dropped += count2(dropped);
    }
    return learned;
  }
};
function invalid(reason) {
  return fail("STATE_INVALID", `the history of the watch is invalid: ${reason}`);
}
function members(value) {
  return asObject(value) ?? invalid("a value is not an object");
}
function items(value, max) {
  const list2 = asList(value) ?? invalid("a value is not a list");
  return list2.length > max ? invalid(`a list has more than ${max} items`) : list2.map(members);
}
function text2(value) {
  return asText(value) ?? invalid("a value is not a string");
}
function count2(value) {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : invalid("a value is not a non-negative integer");
}
function date(value) {
  const milliseconds = count2(value);
  return milliseconds > maxTime2 ? invalid("a value is not a time") : new Date(milliseconds);
}
function trim(map, max) {
  for (const key of map.keys()) {
    if (map.size <= max) return;
    map.delete(key);
  }
}
function time(date2) {
  return Math.max(0, date2.getTime());
}
var logRule = { id: "P22", name: "log-misbehaviour" };
var proven = "The log misbehaved. This is proven: anyone can check the evidence with the key of the log, without the log.";
var unproven = "The audit could not verify the log. An outage, a cache or a network can cause this too, so that it is no proof of misbehaviour.";
var blind = "The watch saw less of the logs than it should: there may be signatures that it has not seen.";
function auditFindings(report, policy2, state) {
  const found = [...report.findings, ...report.logs.flatMap(({ findings }) => findings)];
  return [
    ...found.flatMap((one) => observed2(one, policy2)),
    ...report.logs.flatMap((log) => log.earlier.map((record) => earlier(record, log, state)))
  ];
}
function observed2({ finding, evidence }, policy2) {
  const { id, code: code2, message, remedy: remedy2, log } = finding;
  const setting = policy2.rules.get(logRule.id);
  if (setting === "off" && !isProven(finding)) return [];
  return [
    {
      id,
      rule: logRule,
      base: isProven(finding) ? "critical" : setting === "note" ? "note" : "alert",
      title: message,
      reason: reasonOf(finding),
      remedy: remedy2,
      about: { kind: "log", url: log.baseUrl, origin: log.origin, code: code2 },
      evidence,
      line: void 0,
      isCondition: !isProven(finding)
    }
  ];
}
function reasonOf(finding) {
  if (isProven(finding)) return proven;
  return finding.code === "WATCH_BLIND" ? blind : unproven;
}
function earlier({ id, code: code2, message }, { log, origin }, state) {
  return {
    id,
    rule: logRule,
    base: "critical",
    title: message,
    reason: proven,
    remedy: "Keep the evidence file, and report it to the operator of the log. Do not trust new entries of this log.",
    about: { kind: "log", url: log.baseUrl, origin, code: code2 },
    evidence: join2(state, "evidence", `${id}.json`),
    line: void 0,
    isCondition: false
  };
}
function blindFinding(id, { message }, { url, origin }) {
  return {
    id,
    rule: logRule,
    base: "alert",
    title: message,
    reason: blind,
    remedy: "Find out who changed the state folder. To check entries that were not compared, run the watch with `back-test`. Then acknowledge the finding in the policy.",
    about: { kind: "log", url, origin, code: "WATCH_BLIND" },
    evidence: void 0,
    line: void 0,
    isCondition: false
  };
}
function watchedEntry(claims, { loggedAt, ...place }) {
  return {
    ...place,
    loggedAt: claims.type === "certificate" ? claims.loggedAt : loggedAt,
    type: claims.type,
    kind: claims.kind,
    digests: claims.type === "signature" ? claims.digests : [],
    signers: signersOf(claims),
    problems: claims.problems
  };
}
function signersOf(claims) {
  switch (claims.type) {
    case "unknown":
      return [];
    case "certificate":
      return [certified(claims.certificate, claims.kind === "precertificate")];
    case "signature":
      return claims.signers.map((signer) => {
        if (signer.kind === "certificate") return certified(signer.certificate, false);
        return { kind: "key", keyHash: signer.keyHash, format: signer.kind === "other" ? signer.format : signer.kind };
      });
  }
}
function certified(certificate, isPrecertificate) {
  const { der, names, claims, keyHash, certificateHash, notBefore, notAfter } = certificate;
  const tbsHash = isPrecertificate ? hash3("sha256", der) : tbsHashOf(der);
  return { kind: "certificate", names, claims, keyHash, certificateHash, tbsHash, notBefore, notAfter };
}
function tbsHashOf(der) {
  try {
    return hash3("sha256", precertificateTbs(readCertificate(der)));
  } catch (error) {
    if (error instanceof CountersignError) return void 0;
    throw error;
  }
}
var maxStoredBytes = 128 * 1024;
var maxReasons3 = 32;
function logKey({ keyId, origin }) {
  return `${keyId} ${origin}`;
}
function entryKey({ log, index }) {
  return `${index} ${logKey(log)}`;
}
function storedEntryJson({ log, index, leafHash: leaf, seenAt, bytes, watchedAs }) {
  return {
    log,
    index,
    seenAt: seenAt.toISOString(),
    ...bytes === void 0 ? { leaf } : { entry: encodeBase64(bytes) },
    watchedAs: watchedAs.slice(0, maxReasons3)
  };
}
var protocols = { "rekor-v1": 1, "rekor-v2": 2, rfc6962: 3, "static-ct": 4 };
var reasons = {
  repository: 1,
  owner: 2,
  identity: 3,
  issuer: 4,
  key: 5,
  digest: 6,
  "look-alike": 7,
  needle: 8
};
function readStoredEntry(field) {
  const log = field.field("log");
  const entry = field.field("entry");
  const bytes = entry.present ? entry.data() : void 0;
  const leaf = bytes === void 0 ? field.field("leaf").text() : encodeHex(leafHash(bytes));
  if (!/^[0-9a-f]{64}$/.test(leaf)) field.field("leaf").fail("is not a hash");
  return {
    log: {
      origin: log.field("origin").text(),
      baseUrl: log.field("baseUrl").text(),
      protocol: log.field("protocol").enum(protocols) ?? log.field("protocol").fail("is not a known protocol"),
      keyId: log.field("keyId").text()
    },
    index: field.field("index").safeInteger(),
    leafHash: leaf,
    seenAt: field.field("seenAt").time() ?? field.field("seenAt").fail("is missing"),
    bytes,
    watchedAs: field.field("watchedAs").list(maxReasons3).map(readWatchedAs)
  };
}
function readWatchedAs(field) {
  return {
    what: field.field("what").enum(reasons) ?? field.field("what").fail("is not a known reason"),
    value: field.field("value").string(),
    line: field.field("line").safeInteger()
  };
}
var EntryFinder = class {
  #matcher;
  #isIssued;
  #found = /* @__PURE__ */ new Map();
  constructor(matcher, isIssued) {
    this.#matcher = matcher;
    this.#isIssued = isIssued;
  }
  /** Returns an entry with its claims, and the reasons for which the present policy watches it: none if it does not. */
  watched(stored) {
    const key = entryKey(stored);
    const found = this.#found.get(key) ?? this.#read(stored);
    this.#found.set(key, found);
    return found;
  }
  async #read({ log, index, leafHash: leafHash2, seenAt, bytes, watchedAs }) {
    const { origin, baseUrl, protocol } = log;
    const place = { log: { origin, baseUrl, protocol }, index, leafHash: leafHash2, seenAt };
    if (bytes === void 0) return watchedEntry(tooLong(leafHash2), { ...place, watchedAs });
    const claims = readEntry(protocol, bytes);
    const entry = watchedEntry(claims, { ...place, watchedAs: this.#matcher.match(claims, bytes) });
    return claims.type === "signature" ? { ...entry, signers: await this.#checked(entry.signers, claims) } : entry;
  }
  #checked(signers, claims) {
    return Promise.all(
      signers.map(async (signer, at) => {
        const logged = claims.signers[at];
        if (signer.kind !== "certificate" || logged?.kind !== "certificate") return signer;
        return { ...signer, isIssued: await this.#isIssued(logged.certificate) };
      })
    );
  }
};
function tooLong(leafHash2) {
  const problem = { code: "LIMIT", part: "the entry", reason: "too long to be stored", leafHash: leafHash2 };
  return { type: "unknown", kind: void 0, version: void 0, problems: [problem] };
}
function acknowledgementOf(finding, { acknowledgements: acknowledgements2 }, now) {
  let longest;
  for (const each of acknowledgements2)
    if (each.until >= now && covers(each, finding) && (longest === void 0 || each.until > longest.until))
      longest = each;
  return longest;
}
function expiredAcknowledgements({ acknowledgements: acknowledgements2 }, now) {
  return acknowledgements2.filter(({ until }) => until < now);
}
function covers({ what }, { id, rule, repository }) {
  if (what.kind === "finding") return what.id === id;
  if (what.rule !== rule.id || rule.id === "P22") return false;
  return what.repository === void 0 || what.repository.toLowerCase() === repository?.name.toLowerCase();
}
function expired(policy2, now) {
  return expiredAcknowledgements(policy2, now).map(
    ({ place, what, reason, until }) => `the acknowledgement of ${subjectOf2(what)} in line ${place.line} of the policy ended on ${until.toISOString().slice(0, 10)}: ${reason}`
  );
}
function subjectOf2(what) {
  if (what.kind === "finding") return `the finding ${what.id}`;
  return what.repository === void 0 ? `rule ${what.rule}` : `rule ${what.rule} for ${what.repository}`;
}
var absent = { kind: "absent" };
var repositoryName2 = /^[\w-]{1,100}\/[\w.-]{1,100}$/;
var commitHash = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
function unknown(reason) {
  return { kind: "unknown", reason };
}
var FactLookup = class {
  #source;
  #runs = /* @__PURE__ */ new Map();
  #repositories = /* @__PURE__ */ new Map();
  #commits = /* @__PURE__ */ new Map();
  #receipts = /* @__PURE__ */ new Map();
  constructor(source2) {
    this.#source = source2;
  }
  /**
   * Looks up the facts about an entry that rules need. Only repositories of the policy are looked up, whatever the entry says.
   *
   * @param own the signer of the entry that is of a repository of the policy; undefined if there is none
   * @param repository the one of the policy that the entry belongs to
   */
  async of(own, repository, needs) {
    const notNeeded = unknown("no rule needs it");
    const signer = own?.signer;
    const name = signer && repositoryOf2(signer)?.name;
    if (signer === void 0 || name === void 0 || !repositoryName2.test(name)) {
      const none3 = unknown("the entry names no repository of the policy");
      return { run: none3, repository: none3, commit: none3, receipts: await this.#receiptsOf(repository, needs) };
    }
    const { github } = this.#source;
    const run = () => {
      const at = runOf(signer);
      if (at === void 0) return unknown("the certificate states no run of GitHub Actions");
      if (at.repository.toLowerCase() !== name.toLowerCase()) return absent;
      const key = `${name}/${at.id}/${at.attempt}`.toLowerCase();
      return once(this.#runs, key, () => github.workflowRun(name, at.id, at.attempt));
    };
    const commit = () => {
      const sha = signer.claims.sourceRepositoryDigest ?? "";
      if (!commitHash.test(sha)) return unknown("the certificate states no commit");
      return once(this.#commits, `${name}/${sha}`.toLowerCase(), () => github.compareToDefaultBranch(name, sha));
    };
    const [foundRun, foundRepository, foundCommit, receipts] = await Promise.all([
      needs.has("run") ? run() : notNeeded,
      needs.has("repository") ? once(this.#repositories, name.toLowerCase(), () => github.repository(name)) : notNeeded,
      needs.has("commit") ? commit() : notNeeded,
      this.#receiptsOf(repository, needs)
    ]);
    return { run: foundRun, repository: foundRepository, commit: foundCommit, receipts };
  }
  async #receiptsOf(repository, needs) {
    const folders = repository?.expected.receipts ?? [];
    if (!needs.has("receipts") || folders.length === 0) return absent;
    return once(this.#receipts, JSON.stringify(folders), () => this.#source.receipts.receipts(folders));
  }
};
function once(known, key, find) {
  const found = known.get(key) ?? find();
  known.set(key, found);
  return found;
}
var maxFindings2 = 5e3;
var maxEntryBytes = 64 * 1024 * 1024;
var maxListed4 = 100;
var FindingStore = class {
  #findings = /* @__PURE__ */ new Map();
  /** The entries of findings, by their keys. */
  #entries = /* @__PURE__ */ new Map();
  #before = /* @__PURE__ */ new Map();
  #observed = /* @__PURE__ */ new Set();
  /** The number of findings about entries, by rule and severity. */
  #listed = /* @__PURE__ */ new Map();
  #entryBytes = 0;
  constructor(findings, entries2) {
    for (const finding of findings) {
      this.#findings.set(finding.id, finding);
      if (finding.status === "closed") continue;
      this.#before.set(finding.id, finding);
      this.#count(finding);
    }
    for (const entry of entries2) this.#keep(entry);
  }
  get findings() {
    return [...this.#findings.values()];
  }
  /** Returns a finding by its id. */
  get(id) {
    return this.#findings.get(id);
  }
  /** Returns the entry of a finding. */
  entry(key) {
    return this.#entries.get(key);
  }
  /** Reports whether no more findings about entries are taken. */
  get isFull() {
    return this.#findings.size >= maxFindings2 || this.#entryBytes >= maxEntryBytes;
  }
  /** Records an observation. One that was made before keeps the time at which it was first made. */
  observe(observed3, now, entry) {
    const known = this.#findings.get(observed3.id);
    const isKnown = known !== void 0 && known.status !== "closed";
    if (!isKnown && entry !== void 0 && (this.#listed.get(kindOf2(observed3)) ?? 0) >= maxListed4) {
      this.observe(unlisted(observed3, entry), now);
      return;
    }
    if (!isKnown) this.#count(observed3);
    this.#observed.add(observed3.id);
    this.#findings.set(observed3.id, {
      ...observed3,
      severity: isKnown ? known.severity : observed3.base,
      firstSeen: isKnown ? known.firstSeen : now,
      lastSeen: now,
      evidence: observed3.evidence ?? known?.evidence,
      status: isKnown ? known.status : "open"
    });
    if (entry !== void 0) this.#keep(entry);
  }
  /**
   * Ends a run: closes the conditions that are over, applies the acknowledgements, and raises the severities of entries on which several rules
   * agree.
   *
   * @returns the changes, each finding at most once
   */
  settle({ isChecked: isChecked2, isWatched, isAcknowledged, now }) {
    for (const finding of this.findings) {
      if (finding.status === "closed") continue;
      const isOver = finding.isCondition && !this.#observed.has(finding.id) && isChecked2(finding);
      const status = isOver || !isWatched(finding) ? "closed" : isAcknowledged(finding) ? "acknowledged" : "open";
      this.#findings.set(finding.id, { ...finding, status });
    }
    const rulesOf2 = this.#rulesOfEntries();
    for (const finding of this.findings) {
      const count3 = finding.about.kind === "entry" ? rulesOf2.get(finding.about.key)?.size ?? 1 : 1;
      this.#findings.set(finding.id, { ...finding, severity: raised(finding.base, count3) });
    }
    return this.findings.flatMap((finding) => {
      const activity = activityOf(this.#before.get(finding.id), finding);
      return activity === void 0 ? [] : [{ activity, finding: finding.id, at: now }];
    });
  }
  /** Removes closed findings, except those that a delivery has still to tell of, and entries without findings. */
  forget(isNeeded) {
    for (const finding of this.findings)
      if (finding.status === "closed" && !isNeeded(finding)) this.#findings.delete(finding.id);
    const used = new Set(this.findings.flatMap(({ about: about2 }) => about2.kind === "entry" ? [about2.key] : []));
    for (const key of this.#entries.keys()) if (!used.has(key)) this.#entries.delete(key);
  }
  #count(finding) {
    if (finding.about.kind !== "entry") return;
    const kind = kindOf2(finding);
    this.#listed.set(kind, (this.#listed.get(kind) ?? 0) + 1);
  }
  #keep(entry) {
    const key = entryKey(entry);
    if (!this.#entries.has(key)) this.#entryBytes += entry.bytes?.length ?? 0;
    this.#entries.set(key, entry);
  }
  get entries() {
    return [...this.#entries.values()];
  }
  /** Returns the rules with open findings about each entry. */
  #rulesOfEntries() {
    const rules2 = /* @__PURE__ */ new Map();
    for (const { about: about2, status, rule } of this.findings)
      if (about2.kind === "entry" && status === "open")
        rules2.set(about2.key, (rules2.get(about2.key) ?? /* @__PURE__ */ new Set()).add(rule.id));
    return rules2;
  }
};
function kindOf2({ rule, base: base2 }) {
  return `${rule.id} ${base2}`;
}
function unlisted({ rule, base: base2, ...finding }, { log, index }) {
  return {
    ...finding,
    id: hash4("sha256", canonicalJson(["countersign-watch-unlisted", logKey(log), rule.id, base2])),
    rule,
    base: base2,
    title: `rule ${rule.id} finds more entries than are listed`,
    reason: `The watch lists ${maxListed4} findings of a rule. The latest entry that is not listed has the index ${index}.`,
    remedy: "Acknowledge the findings that are explained, and check the others with `back-test`.",
    about: { kind: "log", url: log.baseUrl, origin: log.origin, code: "FINDINGS_UNLISTED" }
  };
}
function activityOf(before, { status, severity, evidence }) {
  const wasOpen = before?.status === "open";
  if (status !== "open") return wasOpen ? "closed" : void 0;
  if (!wasOpen) return "created";
  return severity !== before.severity || evidence !== before.evidence ? "updated" : void 0;
}
var MatchConsumer = class {
  #matcher;
  #receiver;
  #clock;
  #read;
  #unreadable = /* @__PURE__ */ new Map();
  /** The number of entries, so far, that concern the policy and were not known. */
  matched = 0;
  /** @param read reads the claims of an entry; one that is shared with other consumers spares them the work */
  constructor(matcher, receiver, clock, read = readEntry) {
    this.#matcher = matcher;
    this.#receiver = receiver;
    this.#clock = clock;
    this.#read = read;
  }
  /** @throws CountersignError `LIMIT_EXCEEDED` if the receiver is full */
  async accept({ first, entries: entries2 }, log, origin) {
    this.#receiver.demandRoom();
    let unreadable = 0;
    for (const [at, bytes] of entries2.entries()) {
      const claims = this.#read(log.protocol, bytes);
      if (claims.problems.length > 0) unreadable += 1;
      const watchedAs = this.#matcher.match(claims, bytes);
      if (watchedAs.length > 0) this.#keep(bytes, first + at, watchedAs, log, origin);
    }
    this.#receiver.advance(keyOf(log, origin), first + entries2.length);
    this.#unreadable.set(log, this.unreadable(log) + unreadable);
  }
  /**
   * Keeps a proven entry that was found by a search, if it concerns the policy. Other entries of its log are not compared.
   *
   * @returns false if it does not concern the policy
   * @throws CountersignError `LIMIT_EXCEEDED` if the receiver is full
   */
  acceptFound(bytes, index, log, origin) {
    this.#receiver.demandRoom();
    const watchedAs = this.#matcher.match(this.#read(log.protocol, bytes), bytes);
    if (watchedAs.length > 0) this.#keep(bytes, index, watchedAs, log, origin);
    return watchedAs.length > 0;
  }
  unreadable(log) {
    return this.#unreadable.get(log) ?? 0;
  }
  flush() {
    return this.#receiver.flush();
  }
  #keep(bytes, index, watchedAs, { baseUrl, protocol, keyId }, origin) {
    const isNew = this.#receiver.add({
      log: { origin, baseUrl, protocol, keyId: encodeHex(keyId) },
      index,
      leafHash: encodeHex(leafHash(bytes)),
      seenAt: this.#clock(),
      bytes: bytes.length <= maxStoredBytes ? bytes : void 0,
      watchedAs
    });
    if (isNew) this.matched += 1;
  }
};
function keyOf({ keyId }, origin) {
  return logKey({ keyId: encodeHex(keyId), origin });
}
function keyOfReport({ log, origin }) {
  return origin === void 0 ? void 0 : keyOf(log, origin);
}
function gaps({ logs }, reached, stored) {
  return logs.flatMap((report) => {
    const { coverage: coverage2, baseline, log } = report;
    const key = keyOfReport(report);
    if (coverage2 === void 0 || baseline === void 0 || key === void 0) return [];
    const start = coverage2.to - coverage2.read;
    const subject = { url: log.baseUrl, origin: report.origin };
    const found = (cause, message, at) => [
      blindFinding(blindId(cause, [key, ...at]), { message }, subject)
    ];
    const end = stored.get(key);
    if (end !== void 0 && end > coverage2.to)
      return found(
        "state-older",
        `the state of the watch is of a later audit: entries up to ${end} were compared with the policy, and the audit has read ${coverage2.to}`,
        [end, coverage2.to]
      );
    const compared = reached.get(key) ?? baseline.from;
    if (compared >= start) return [];
    const what = `the entries ${compared} to ${start - 1} were read by the audit, and not compared with the policy`;
    return reached.has(key) ? found("gap", `${what}: the state of the watch is older, or another command used its folder`, [compared, start]) : found("state-missing", `${what}: there is no state of the watch for this log`, [compared, start]);
  });
}
function stateFindings(problems, path, now) {
  return problems.map(
    ({ cause, message }) => blindFinding(blindId(cause, [path, now.toISOString()]), { message }, { url: path, origin: void 0 })
  );
}
function blindId(cause, identity) {
  return hash5("sha256", canonicalJson(["countersign-watch-blind", cause, ...identity]));
}
function settingOf({ id, severity }, policy2) {
  return policy2.rules.get(id) ?? severity;
}
function neededFacts(rules2) {
  return new Set(rules2.flatMap(({ needs }) => needs));
}
function repositoryFor({ signers }, policy2) {
  const certified2 = signers.flatMap((signer) => signer.kind === "certificate" ? [signer] : []);
  const ids = new Set(certified2.map(({ claims }) => claims.sourceRepositoryIdentifier));
  const names = new Set(certified2.map((signer) => repositoryOf2(signer)?.name.toLowerCase()));
  return policy2.repositories.find(({ id }) => id !== void 0 && ids.has(id)) ?? policy2.repositories.find(({ name }) => names.has(name.toLowerCase()));
}
function judge(entry, rules2, context) {
  const observed3 = [];
  const undecided = [];
  for (const rule of rules2) {
    const verdict = rule.check(entry, context);
    if (verdict === void 0) continue;
    if (verdict.kind === "observed") observed3.push({ rule, observation: verdict });
    else {
      const until = verdict.kind === "pending" ? verdict.until : context.now;
      undecided.push({ rule: rule.id, kind: verdict.kind, until, reason: verdict.reason });
    }
  }
  return { observed: observed3, undecided };
}
function learning(rules2, policy2, history, now) {
  const ids = rules2.filter((rule) => rule.learns && settingOf(rule, policy2) !== "off").map(({ id }) => id);
  const names = policy2.repositories.filter((one) => !isLearned(one, policy2, history, now)).map(({ name }) => name);
  if (ids.length === 0 || names.length === 0) return [];
  const what = ids.length === 1 ? `rule ${ids[0]} still learns` : `rules ${listed(ids)} still learn`;
  return [`${what}, for 30 days or 200 entries of a repository: ${names.join(", ")}`];
}
function isLearned({ id, name }, { host }, history, now) {
  const sourceRepositoryUri = `https://${host}/${name}`;
  const named = { sourceRepositoryUri };
  const known = id ?? history.values("ids-of-repository", nameScope(signerOf2(named))).at(-1)?.value.split("/")[0];
  const scope = repositoryScope(signerOf2(known ? { ...named, sourceRepositoryIdentifier: known } : named));
  return history.isLearned(scope, now);
}
function signerOf2(claims) {
  const none3 = { keyHash: void 0, certificateHash: void 0, tbsHash: void 0 };
  return { kind: "certificate", names: [], claims, ...none3, notBefore: void 0, notAfter: void 0 };
}
var day4 = 24 * 60 * 60 * 1e3;
var forgottenAfter = 30 * day4;
var maxChanges = 2e4;
var maxDeliveries = 100;
var Outbox = class {
  #changes;
  #last;
  #marks;
  /** @param last the number of the last change that was added */
  constructor(changes, last, marks) {
    this.#changes = changes;
    this.#last = last;
    this.#marks = new Map(marks);
  }
  get changes() {
    return this.#changes;
  }
  /** The number of the last change that was added. */
  get last() {
    return this.#last;
  }
  get marks() {
    return this.#marks;
  }
  add(changes) {
    const numbered = changes.map((change) => {
      this.#last += 1;
      return { ...change, number: this.#last };
    });
    this.#changes = [...this.#changes, ...numbered];
  }
  /** Returns the changes that a delivery has not taken; `undefined` for one that is not known, which is told of everything that is open. */
  untaken(delivery) {
    const mark = this.#marks.get(delivery);
    return mark && this.#changes.filter(({ number }) => number > mark.number);
  }
  /** Records that a delivery has told of all changes so far. */
  take(delivery, at) {
    this.#marks.delete(delivery);
    this.#marks.set(delivery, { number: this.#last, at });
  }
  /** Removes the deliveries that are no longer used, and the changes of which all others have told. */
  prune(now) {
    const oldest = this.#last - maxChanges;
    for (const [name, { number, at }] of this.#marks)
      if (now.getTime() - at.getTime() > forgottenAfter || number < oldest) this.#marks.delete(name);
    for (const name of [...this.#marks.keys()].slice(0, -maxDeliveries)) this.#marks.delete(name);
    const taken = Math.min(this.#last, ...[...this.#marks.values()].map(({ number }) => number));
    this.#changes = this.#changes.filter(({ number }) => number > taken);
  }
};
function packageFindings(observations, rules2, policy2) {
  return observations.flatMap((observation) => {
    const rule = rules2.find(({ id }) => id === observation.rule);
    const setting = policy2.rules.get(observation.rule);
    if (rule === void 0 || setting === "off") return [];
    const { package: watched, name, version: version2, what, title: title2, reason, remedy: remedy2 } = observation;
    const ofRule = rule.severity === "off" ? void 0 : rule.severity;
    return [
      {
        id: hash6(
          "sha256",
          canonicalJson([
            "countersign-watch-package",
            watched.ecosystem,
            name,
            version2 ?? null,
            what,
            rule.id,
            rule.version
          ])
        ),
        rule: { id: rule.id, name: rule.name },
        base: setting ?? observation.severity ?? ofRule ?? "alert",
        title: title2,
        reason,
        remedy: remedy2,
        about: { kind: "package", ecosystem: watched.ecosystem, name, version: version2 },
        evidence: void 0,
        line: watched.place.line,
        isCondition: false
      }
    ];
  });
}
function readPeriods({ logs, incomplete }, isWhole, to) {
  const periodOf = (isOfKind) => {
    const reports = logs.filter(({ log }) => isOfKind(log.protocol));
    const isComplete2 = reports.every((log) => log.incomplete.length === 0 && log.coverage !== void 0);
    if (!isWhole || incomplete.length > 0 || reports.length === 0 || !isComplete2) return void 0;
    const begun = reports.flatMap(({ coverage: coverage2, baseline }) => coverage2?.from === 0 || !baseline ? [] : [baseline.at]);
    const from = new Date(Math.max(0, ...begun.map((at) => at.getTime())));
    return { from, to };
  };
  return { rekor: periodOf((protocol) => !isCertificateLog(protocol)), certificates: periodOf(isCertificateLog) };
}
var noSearches = { services: [], workflows: /* @__PURE__ */ new Map() };
var searchLimits = {
  services: 64,
  values: 2e4,
  queries: 1e5,
  seen: 2e5,
  repositories: 1e4,
  workflows: 20,
  refs: 50
};
var keyLength = 16;
var maxValueLength = 4096;
function seenKey(leafHash2) {
  return leafHash2.slice(0, 2 * keyLength);
}
var ServiceMemory = class {
  url;
  #values = /* @__PURE__ */ new Map();
  #reported;
  #seen = 0;
  next;
  constructor({ url, values, reported, next }) {
    this.url = url;
    this.next = next;
    this.#reported = new Set(reported);
    for (const [value, { since, answered, seen }] of values) {
      this.#values.set(value, { since, answered: new Set(answered), seen: new Set(seen) });
      this.#seen += seen.size;
    }
  }
  /**
   * Begins to search for values, and forgets those that the policy does not have any more.
   *
   * @param since the beginning of a value that is new
   * @returns the values that are new
   */
  watch(values, since) {
    const wanted = new Set(values);
    for (const [value, { seen }] of this.#values) {
      if (wanted.has(value)) continue;
      this.#values.delete(value);
      this.#seen -= seen.size;
    }
    const added = /* @__PURE__ */ new Set();
    for (const value of wanted) {
      if (this.#values.has(value)) continue;
      this.#values.set(value, { since, answered: /* @__PURE__ */ new Set(), seen: /* @__PURE__ */ new Set() });
      added.add(value);
    }
    return added;
  }
  /** Returns the time from which the entries of a value are reported. */
  since(value) {
    return this.#value(value).since;
  }
  isAnswered(value, query) {
    return this.#value(value).answered.has(query);
  }
  answered(value, query) {
    this.#value(value).answered.add(query);
  }
  isSeen(value, leafHash2) {
    return this.#value(value).seen.has(seenKey(leafHash2));
  }
  /** Remembers an entry. @returns false if there is no room for it */
  see(value, leafHash2) {
    const { seen } = this.#value(value);
    const key = seenKey(leafHash2);
    if (seen.has(key)) return true;
    if (this.#seen >= searchLimits.seen) return false;
    seen.add(key);
    this.#seen += 1;
    return true;
  }
  isReported(leafHash2) {
    return this.#reported.has(seenKey(leafHash2));
  }
  /** Remembers that an entry was passed on. The oldest ones are forgotten: a finding has the same id if it comes again. */
  report(leafHash2) {
    this.#reported.add(seenKey(leafHash2));
    for (const oldest of this.#reported) {
      if (this.#reported.size <= searchLimits.seen) break;
      this.#reported.delete(oldest);
    }
  }
  get state() {
    return { url: this.url, values: this.#values, reported: this.#reported, next: this.next };
  }
  #value(name) {
    const value = this.#values.get(name);
    if (value === void 0) throw new Error(`${name} is not searched for`);
    return value;
  }
};
var SearchMemory = class {
  #services;
  #workflows;
  constructor({ services, workflows }) {
    this.#services = new Map(services.map((service4) => [service4.url, new ServiceMemory(service4)]));
    this.#workflows = new Map(workflows);
  }
  service(url) {
    const known = this.#services.get(url) ?? new ServiceMemory({ url, values: /* @__PURE__ */ new Map(), reported: /* @__PURE__ */ new Set(), next: "" });
    this.#services.set(url, known);
    return known;
  }
  /** Returns the workflows and refs that were seen of a repository: `owner/name`. */
  workflows(repository) {
    return this.#workflows.get(repository.toLowerCase()) ?? { workflows: [], refs: [] };
  }
  /** Adds workflows and refs of a repository. The oldest ones are forgotten. */
  addWorkflows(repository, { workflows, refs }) {
    if (workflows.length + refs.length === 0) return;
    const known = this.workflows(repository);
    this.#workflows.set(repository.toLowerCase(), {
      workflows: latest([...known.workflows, ...workflows], searchLimits.workflows),
      refs: latest([...known.refs, ...refs], searchLimits.refs)
    });
    for (const oldest of this.#workflows.keys()) {
      if (this.#workflows.size <= searchLimits.repositories) break;
      this.#workflows.delete(oldest);
    }
  }
  get state() {
    return { services: [...this.#services.values()].map(({ state }) => state), workflows: this.#workflows };
  }
};
function latest(texts, limit) {
  const short = texts.filter(({ length }) => length <= maxValueLength);
  return [...new Set(short.toReversed())].slice(0, limit).toReversed();
}
function searchStateJson({ services, workflows }) {
  return {
    services: services.map(({ url, values, reported, next }) => ({
      url,
      values: [...values].map(([value, { since, answered, seen }]) => ({
        value,
        since: since.toISOString(),
        answered: [...answered],
        seen: keysText(seen)
      })),
      reported: keysText(reported),
      next
    })),
    workflows: [...workflows].map(([repository, seen]) => ({ repository, ...seen }))
  };
}
function readSearchState(field) {
  return {
    services: field.field("services").list(searchLimits.services).map(readService),
    workflows: new Map(
      field.field("workflows").list(searchLimits.repositories).map((one) => [
        one.field("repository").text(),
        {
          workflows: textsOf(one.field("workflows"), searchLimits.workflows),
          refs: textsOf(one.field("refs"), searchLimits.refs)
        }
      ])
    )
  };
}
function readService(field) {
  return {
    url: field.field("url").text(),
    values: new Map(
      field.field("values").list(searchLimits.values).map((one) => [
        one.field("value").text(),
        {
          since: one.field("since").time() ?? one.field("since").fail("is missing"),
          answered: new Set(textsOf(one.field("answered"), searchLimits.queries)),
          seen: readKeys(one.field("seen"))
        }
      ])
    ),
    reported: readKeys(field.field("reported")),
    next: field.field("next").string()
  };
}
function textsOf(field, limit) {
  return field.list(limit).map((one) => one.text());
}
function keysText(keys) {
  return encodeBase64(decodeHex([...keys].join("")));
}
function readKeys(field) {
  const bytes = field.string() === "" ? new Uint8Array() : field.data();
  if (bytes.length % keyLength !== 0 || bytes.length > keyLength * searchLimits.seen)
    field.fail("is not a list of hashes of entries");
  const keys = /* @__PURE__ */ new Set();
  for (let at = 0; at < bytes.length; at += keyLength) keys.add(encodeHex(bytes.subarray(at, at + keyLength)));
  return keys;
}
async function acknowledgements(store, entries2, policy2, now) {
  const found = /* @__PURE__ */ new Map();
  for (const finding of store.findings) {
    const repository = await repositoryOf3(finding, store, entries2, policy2);
    const acknowledgement = acknowledgementOf({ ...finding, repository }, policy2, now);
    if (acknowledgement !== void 0) found.set(finding.id, acknowledgement);
  }
  return found;
}
async function repositoryOf3({ about: about2 }, store, entries2, policy2) {
  if (about2.kind === "package") {
    const watched = policy2.packages.find(({ ecosystem, name }) => ecosystem === about2.ecosystem && name === about2.name);
    return policy2.repositories.find(({ name }) => name.toLowerCase() === watched?.repository?.toLowerCase());
  }
  const stored = about2.kind === "entry" ? store.entry(about2.key) : void 0;
  return stored && repositoryFor(await entries2.watched(stored), policy2);
}
async function shownFinding(finding, store, entries2) {
  const { base: _, status: __, isCondition: ___, about: about2, ...rest } = finding;
  if (about2.kind !== "entry") return { ...rest, about: about2 };
  const stored = store.entry(about2.key);
  if (stored === void 0) return void 0;
  const entry = await entries2.watched(stored);
  return { ...rest, about: { kind: "entry", entry }, line: entry.watchedAs[0]?.line };
}
var day5 = 24 * 60 * 60 * 1e3;
var maxDays = 90;
var maxSigners3 = 200;
var maxCounts = maxDays * (maxSigners3 + 1) * 2;
var others = "others";
var SignatureCounts = class {
  #counts;
  #signers;
  constructor(counts) {
    this.#counts = new Map(counts.map((count3) => [keyOf2(count3), count3]));
    this.#signers = new Set(counts.map(({ signer }) => signer));
  }
  /** Counts an entry once for each of its signers. */
  add(entry) {
    for (const signer of entry.signers) {
      const name = shownName(signer);
      const isTold = this.#signers.has(name) || this.#signers.size < maxSigners3;
      this.#count(isTold ? name : others, dayOf(timeOf2(entry, signer)));
    }
  }
  /** Returns the counts of the last 90 days, the oldest first. */
  list(now) {
    const first = dayOf(new Date(now.getTime() - (maxDays - 1) * day5));
    return [...this.#counts.values()].filter((count3) => count3.day >= first && count3.day <= dayOf(now)).sort((a, b) => compare2(a.day, b.day) || compare2(a.signer, b.signer));
  }
  #count(signer, on) {
    const key = keyOf2({ signer, day: on });
    this.#signers.add(signer);
    this.#counts.set(key, { signer, day: on, count: (this.#counts.get(key)?.count ?? 0) + 1 });
  }
};
function shownName(signer) {
  const { kind, name } = signerName2(signer);
  if (kind === "key") return `key ${name.slice(0, 16)}`;
  return name.replace(/^https:\/\/github\.com\//, "") || "unnamed";
}
function timeOf2({ loggedAt, seenAt }, signer) {
  const stated = loggedAt ?? (signer.kind === "certificate" ? signer.notBefore : void 0);
  const age = stated === void 0 ? Number.NaN : seenAt.getTime() - stated.getTime();
  return stated !== void 0 && age >= 0 && age < maxDays * day5 ? stated : seenAt;
}
function dayOf(time2) {
  return time2.toISOString().slice(0, 10);
}
function keyOf2({ signer, day: on }) {
  return `${on} ${signer}`;
}
function compare2(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
function ruleFindingId(origin, index, { id, version: version2 }) {
  return hash7("sha256", canonicalJson(["countersign-watch-finding", origin, index, id, version2]));
}
var newState = {
  judged: { generation: 0, count: 0 },
  reached: /* @__PURE__ */ new Map(),
  findings: [],
  entries: [],
  pending: [],
  outbox: { last: 0, changes: [], marks: /* @__PURE__ */ new Map() },
  signatures: [],
  packages: void 0,
  searches: noSearches
};
var maxPending = 5e3;
var schema2 = "countersign-watch/1";
var maxLogs3 = 4096;
var maxRules = 100;
var maxChanges2 = 1e5;
var stateLimits = { maxLength: 512 * 1024 * 1024, maxValues: 8e6 };
function stateJson(state, history) {
  const document = {
    schema: schema2,
    ...state,
    reached: [...state.reached].map(([log, index]) => ({ log, index })),
    entries: state.entries.map(storedEntryJson),
    pending: state.pending.map(({ entry, ...rest }) => ({ entry: storedEntryJson(entry), ...rest })),
    outbox: {
      ...state.outbox,
      marks: [...state.outbox.marks].map(([delivery, mark]) => ({ delivery, ...mark }))
    },
    searches: searchStateJson(state.searches),
    history
  };
  return `${JSON.stringify(document)}
`;
}
function historyName(text3) {
  return `history-${hash8("sha256", text3).slice(0, 32)}.json`;
}
function isHistoryName(name) {
  return /^history-[0-9a-f]{32}\.json$/.test(name);
}
function readState(bytes) {
  const file = ProtoField.parse(bytes, "STATE_INVALID", "state", stateLimits);
  if (file.field("schema").text() !== schema2) file.field("schema").fail(`is not ${schema2}`);
  const history = file.field("history").text();
  if (!isHistoryName(history)) file.field("history").fail("is not the name of a file of the watch");
  const judged = file.field("judged");
  const outbox = file.field("outbox");
  return {
    history,
    state: {
      judged: { generation: judged.field("generation").safeInteger(), count: judged.field("count").safeInteger() },
      reached: new Map(
        file.field("reached").list(maxLogs3).map((field) => [field.field("log").text(), field.field("index").safeInteger()])
      ),
      findings: file.field("findings").list(maxFindings2 * 3).map(readFinding),
      entries: file.field("entries").list(maxFindings2 * 3).map(readStoredEntry),
      pending: file.field("pending").list(maxPending * 2).map(readPending),
      outbox: {
        last: outbox.field("last").safeInteger(),
        changes: outbox.field("changes").list(maxChanges2).map(readChange),
        marks: new Map(
          outbox.field("marks").list(maxDeliveries).map((field) => [
            field.field("delivery").text(),
            { number: field.field("number").safeInteger(), at: timeOf3(field.field("at")) }
          ])
        )
      },
      signatures: file.field("signatures").list(maxCounts).map((field) => ({
        signer: field.field("signer").string(),
        day: field.field("day").text(),
        count: field.field("count").safeInteger()
      })),
      packages: asObject(parseJsonObject(bytes, stateLimits)?.packages),
      searches: optional(file.field("searches"), readSearchState) ?? noSearches
    }
  };
}
var severities2 = { note: 1, alert: 2, critical: 3 };
var statuses2 = { open: 1, acknowledged: 2, closed: 3 };
var activities2 = { created: 1, updated: 2, closed: 3 };
var kinds = { pending: 1, undecided: 2 };
var ecosystems = { npm: 1, pypi: 2, oci: 3 };
function readFinding(field) {
  const rule = field.field("rule");
  return {
    id: field.field("id").text(),
    rule: { id: readRule(rule.field("id")), name: rule.field("name").text() },
    base: oneOf(field.field("base"), severities2),
    severity: oneOf(field.field("severity"), severities2),
    title: field.field("title").string(),
    reason: field.field("reason").string(),
    remedy: field.field("remedy").string(),
    about: readSubject(field.field("about")),
    firstSeen: timeOf3(field.field("firstSeen")),
    lastSeen: timeOf3(field.field("lastSeen")),
    evidence: optional(field.field("evidence"), (value) => value.text()),
    line: optional(field.field("line"), (value) => value.safeInteger()),
    status: oneOf(field.field("status"), statuses2),
    isCondition: field.field("isCondition").boolean()
  };
}
function readSubject(field) {
  const text3 = (name) => optional(field.field(name), (value) => value.text());
  switch (field.field("kind").text()) {
    case "entry":
      return { kind: "entry", key: field.field("key").text() };
    case "log":
      return {
        kind: "log",
        url: field.field("url").text(),
        origin: text3("origin"),
        code: field.field("code").text()
      };
    case "package":
      return {
        kind: "package",
        ecosystem: oneOf(field.field("ecosystem"), ecosystems),
        name: field.field("name").text(),
        version: text3("version")
      };
    default:
      return field.field("kind").fail("is not a known kind of subject");
  }
}
function readPending(field) {
  return {
    entry: readStoredEntry(field.field("entry")),
    rules: field.field("rules").list(maxRules).map(readRule),
    since: timeOf3(field.field("since")),
    until: timeOf3(field.field("until")),
    kind: oneOf(field.field("kind"), kinds),
    reason: field.field("reason").string()
  };
}
function readChange(field) {
  return {
    number: field.field("number").safeInteger(),
    activity: oneOf(field.field("activity"), activities2),
    finding: field.field("finding").text(),
    at: timeOf3(field.field("at"))
  };
}
function readRule(field) {
  const id = field.text();
  return /^P\d\d$/.test(id) ? id : field.fail("is not the id of a rule");
}
function oneOf(field, table) {
  return field.enum(table) ?? field.fail("is not a known value");
}
function optional(field, read) {
  return field.present ? read(field) : void 0;
}
function timeOf3(field) {
  return field.time() ?? field.fail("is missing");
}
var chunkLength = 64;
var givenUpAfter = 30 * 24 * 60 * 60 * 1e3;
var Triage = class {
  #parts;
  #rules;
  #pending = [];
  constructor(parts) {
    this.#parts = parts;
    this.#rules = parts.rules.filter((rule) => settingOf(rule, parts.policy) !== "off");
  }
  /** The entries that could not be judged by all rules. */
  get pending() {
    return this.#pending;
  }
  /** Reports whether there is room for more findings and entries that wait. */
  get isFull() {
    return this.#parts.store.isFull || this.#pending.length >= maxPending;
  }
  /**
   * Judges new entries, in their order, until there are too many findings or the run is cancelled.
   *
   * @returns the number of entries that were judged
   */
  async judgeNew(entries2) {
    let judged = 0;
    for (let at = 0; at < entries2.length; at += chunkLength) {
      if (this.isFull) break;
      const chunk = entries2.slice(at, at + chunkLength);
      const prepared = await this.#prepare(chunk, () => this.#rules);
      if (prepared === void 0) break;
      for (const one of prepared) {
        this.#judge(one, this.#rules, this.#parts.context.now);
        this.#parts.history.remember(one.entry);
        this.#parts.counts.add(one.entry);
        judged += 1;
      }
    }
    return judged;
  }
  /** Leaves entries that earlier runs could not judge to the next run. */
  keep(pending) {
    this.#pending.push(...pending);
  }
  /** Judges entries again that earlier runs could not judge. */
  async judgeAgain(pending) {
    const { now } = this.#parts.context;
    const due = pending.filter(({ until }) => until <= now);
    this.#pending.push(...pending.filter(({ until }) => until > now));
    for (let at = 0; at < due.length; at += chunkLength) {
      const chunk = due.slice(at, at + chunkLength);
      const rulesOf2 = new Map(chunk.map((one) => [one.entry, this.#rules.filter(({ id }) => one.rules.includes(id))]));
      const prepared = await this.#prepare(
        chunk.map(({ entry }) => entry),
        (entry) => rulesOf2.get(entry) ?? []
      );
      if (prepared === void 0) {
        this.#pending.push(...due.slice(at));
        return;
      }
      for (const [index, one] of prepared.entries()) {
        const since = chunk[index]?.since ?? now;
        this.#judge(one, rulesOf2.get(one.stored) ?? [], since);
      }
    }
  }
  /** Looks up the facts about entries. Returns undefined if the run is cancelled meanwhile: they are not unknown then. */
  async #prepare(entries2, rulesOf2) {
    const { policy: policy2, facts: facts2, entries: finder, cancellation } = this.#parts;
    try {
      const prepared = await mapConcurrently(entries2, async (stored) => {
        const entry = await finder.watched(stored);
        const repository = repositoryFor(entry, policy2);
        const needs = neededFacts(rulesOf2(stored));
        const none3 = await facts2.of(void 0, repository, needs);
        const own = ownSigners(entry, { policy: policy2, repository }).filter(({ signer }) => isGitHubJob(signer, policy2));
        const found = /* @__PURE__ */ new Map();
        for (const each of own) found.set(each.signer, await facts2.of(each, repository, needs));
        return { stored, entry, repository, facts: none3, factsOf: (signer) => found.get(signer) ?? none3 };
      });
      return cancellation.aborted ? void 0 : prepared;
    } catch (error) {
      if (error instanceof CountersignError && error.code === "CANCELLED") return void 0;
      throw error;
    }
  }
  #judge({ stored, entry, repository, facts: facts2, factsOf }, rules2, since) {
    const { policy: policy2, history, store, context } = this.#parts;
    if (entry.watchedAs.length === 0) return;
    const { observed: observed3, undecided } = judge(entry, rules2, { ...context, policy: policy2, repository, facts: facts2, factsOf, history });
    for (const { rule, observation } of observed3) {
      const { severity, title: title2, reason, remedy: remedy2 } = observation;
      store.observe(
        {
          id: ruleFindingId(entry.log.origin, entry.index, rule),
          rule: { id: rule.id, name: rule.name },
          base: severityUnder(policy2.rules.get(rule.id), severity, rule),
          title: title2,
          reason,
          remedy: remedy2,
          about: { kind: "entry", key: entryKey(stored) },
          evidence: void 0,
          line: void 0,
          isCondition: false
        },
        context.now,
        stored
      );
    }
    this.#wait(stored, undecided, since);
  }
  /** Keeps an entry for a later run, or reports that it could not be judged for too long. */
  #wait(entry, undecided, since) {
    const { store, context } = this.#parts;
    const isLate = context.now.getTime() - since.getTime() >= givenUpAfter;
    const given = undecided.filter(({ kind }) => isLate && kind === "undecided");
    for (const one of given) store.observe(unjudged(entry, one, since), context.now, entry);
    const [first, ...others2] = undecided.filter((one) => !given.includes(one));
    if (first === void 0) return;
    const all = [first, ...others2];
    const main = all.find(({ kind }) => kind === "undecided") ?? first;
    this.#pending.push({
      entry,
      rules: all.map(({ rule }) => rule),
      since,
      until: new Date(Math.min(...all.map(({ until }) => until.getTime()))),
      kind: main.kind,
      reason: main.reason
    });
  }
};
function severityUnder(setting, stated, { severity }) {
  if (setting === "note") return "note";
  const ofRule = setting ?? severity;
  return stated ?? (ofRule === "off" ? "note" : ofRule);
}
function unjudged(entry, { rule, reason }, since) {
  const key = entryKey(entry);
  return {
    id: hash9("sha256", canonicalJson(["countersign-watch-unjudged", key, rule])),
    rule: logRule,
    base: "alert",
    title: `rule ${rule} could not be decided since ${since.toISOString()}`,
    reason: `The rule needs a fact that is not available: ${reason}.`,
    remedy: "Check the signature by hand. Then acknowledge the finding in the policy.",
    about: { kind: "entry", key },
    evidence: void 0,
    line: void 0,
    isCondition: false
  };
}
var maxReasons4 = 20;
function reasonsOf(pending) {
  const found = /* @__PURE__ */ new Map();
  for (const { kind, rules: rules2, reason } of pending) {
    if (kind !== "undecided") continue;
    const known = found.get(reason) ?? { count: 0, rules: /* @__PURE__ */ new Set() };
    for (const rule of rules2) known.rules.add(rule);
    found.set(reason, { ...known, count: known.count + 1 });
  }
  const reasons2 = [...found].map(
    ([reason, { count: count3, rules: rules2 }]) => `${count3 === 1 ? "an entry" : `${count3} entries`} could not be judged by ${listed([...rules2].sort())}: ${reason}`
  );
  const more2 = reasons2.length - maxReasons4;
  return more2 > 0 ? [...reasons2.slice(0, maxReasons4), `there are ${more2} more reasons`] : reasons2;
}
var schema3 = "countersign-watch-journal/1";
var fullLength = 64 * 1024 * 1024;
var maxLength2 = 3 * fullLength;
var maxLine = 1024 * 1024;
var nothing = { generation: 0, entries: [], reached: /* @__PURE__ */ new Map(), length: 0, problem: void 0 };
var Journal = class _Journal {
  #files;
  #random;
  #path;
  #known;
  #entries;
  #generation;
  /** In bytes; 0 if there is no file, or one that cannot be read. */
  #length;
  /** True if the file has nothing but its header. */
  #isBare;
  /** Lines that are not on disk yet. */
  #open = [];
  #openLength = 0;
  #unsaved = /* @__PURE__ */ new Map();
  /** The index after the last entry that was compared with the policy by earlier runs, by the keys of logs. */
  reachedBefore;
  /** A sentence without its full stop: the problem of a journal that cannot be read, or not all of it. */
  problem;
  constructor(files, random, path, content) {
    this.#files = files;
    this.#random = random;
    this.#path = path;
    this.#generation = content.generation;
    this.#entries = [...content.entries];
    this.reachedBefore = content.reached;
    this.#known = new Set(content.entries.map(entryKey));
    this.#length = content.length;
    this.problem = content.problem;
    this.#isBare = content.entries.length === 0 && content.reached.size === 0 && content.problem === void 0;
  }
  /**
   * Opens the journal, which need not exist. A line that is cut off is removed.
   *
   * @param earlier the generation of an earlier journal of this watch
   * @throws the system's error
   */
  static async open(files, random, path, earlier2) {
    try {
      const bytes = await readRegularFile(files, path, maxLength2);
      const content = readJournal(bytes, path);
      if (content.length < bytes.length) await files.truncate(path, content.length);
      return new _Journal(files, random, path, content);
    } catch (error) {
      const content = { ...nothing, generation: earlier2 };
      if (systemCode(error) === "ENOENT") return new _Journal(files, random, path, content);
      if (!(error instanceof CountersignError)) throw error;
      return new _Journal(files, random, path, { ...content, problem: error.message });
    }
  }
  /** Counts the journals of a watch: raised each time that one is replaced. */
  get generation() {
    return this.#generation;
  }
  /** The entries, in the order in which they came. */
  get entries() {
    return this.#entries;
  }
  /**
   * Demands room for another batch.
   *
   * @throws CountersignError `LIMIT_EXCEEDED` if the journal is full: its entries must be judged first
   */
  demandRoom() {
    if (this.#length + this.#openLength <= fullLength) return;
    fail("LIMIT_EXCEEDED", "more entries concern the policy than a run can judge: the next run continues there", {
      remedy: "Run the watch again. If this remains, watch fewer names."
    });
  }
  /** Adds an entry. @returns true if it is new, and false if it is ignored since it came before */
  add(entry) {
    const key = entryKey(entry);
    if (this.#known.has(key)) return false;
    this.#known.add(key);
    this.#entries.push(entry);
    this.#append(storedEntryJson(entry));
    return true;
  }
  /** Records that all entries of a log before this index were compared with the policy. */
  advance(log, end) {
    this.#unsaved.set(log, end);
  }
  /** Stores everything on disk. @throws the system's error */
  async flush() {
    var _stack = [];
    try {
      for (const [log, reached] of this.#unsaved) this.#append({ reached, log });
      this.#unsaved.clear();
      if (this.#open.length === 0) return;
      if (this.#length === 0) return this.#replace(this.#generation + 1, this.#take());
      const text3 = this.#take();
      const handle = __using(_stack, await this.#files.open(this.#path, "a"), true);
      await handle.writeFile(text3);
      await handle.sync();
      this.#length += Buffer.byteLength(text3);
      this.#isBare = false;
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      var _promise = __callDispose(_stack, _error, _hasError);
      _promise && await _promise;
    }
  }
  /**
   * Replaces the journal by one without its first entries, which have been judged. The state has the positions in the logs.
   *
   * @throws the system's error
   */
  async drop(count3) {
    if (this.#length === 0 || this.#isBare) return;
    for (const entry of this.#entries.splice(0, count3)) this.#known.delete(entryKey(entry));
    await this.#replace(this.#generation + 1, this.#entries.map((entry) => lineOf(storedEntryJson(entry))).join(""));
  }
  async #replace(generation, lines) {
    const text3 = `${lineOf({ schema: schema3, generation })}${lines}`;
    await makeFolder(this.#files, dirname2(this.#path));
    await writeAtomically(this.#files, this.#random, this.#path, text3);
    await syncFolder(this.#files, dirname2(this.#path));
    this.#generation = generation;
    this.#length = Buffer.byteLength(text3);
    this.#isBare = lines === "";
  }
  #append(value) {
    const line2 = lineOf(value);
    this.#open.push(line2);
    this.#openLength += line2.length;
  }
  #take() {
    const text3 = this.#open.join("");
    this.#open = [];
    this.#openLength = 0;
    return text3;
  }
};
function lineOf(value) {
  return `${JSON.stringify(value)}
`;
}
function readJournal(bytes, path) {
  const length = bytes.lastIndexOf(10) + 1;
  const [first = "", ...lines] = Buffer.from(bytes.subarray(0, length)).toString("utf8").split("\n").slice(0, -1);
  const header = lineField(first, `${path}:1`);
  if (header.field("schema").text() !== schema3) header.field("schema").fail(`is not ${schema3}`);
  const entries2 = [];
  const reached = /* @__PURE__ */ new Map();
  let problem;
  for (const [at, line2] of lines.entries()) {
    try {
      const field = lineField(line2, `${path}:${at + 2}`);
      if (field.field("reached").present) reached.set(field.field("log").text(), field.field("reached").safeInteger());
      else entries2.push(readStoredEntry(field));
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      problem ??= error.message;
    }
  }
  return { generation: header.field("generation").safeInteger(), entries: entries2, reached, length, problem };
}
function lineField(line2, place) {
  return ProtoField.parse(line2, "STATE_INVALID", place, { maxLength: maxLine });
}
var stateName = "state.json";
var journalName = "journal.jsonl";
var invalidName = "state-invalid.json";
function watchFolder(state) {
  return join3(state, "watch");
}
var WatchFolder = class _WatchFolder {
  path;
  /** The state as it was found; a new one if there is none, or if it cannot be read. */
  found;
  history;
  problems;
  journal;
  #system;
  /** True until a state that could not be read has been put aside. */
  #isInvalid;
  /** The name of the file of the history that this run wrote. */
  #written;
  constructor(path, { found, history, problems }, journal, system) {
    this.path = path;
    this.found = found;
    this.history = history;
    this.problems = problems;
    this.journal = journal;
    this.#system = system;
    this.#isInvalid = problems.some(({ cause }) => cause === "state-invalid");
  }
  /**
   * Opens the folder, which need not exist. A new one gets a state at once, so that a state which is missing later was lost.
   *
   * @param state the folder of the audit
   * @param readHistory reads the file of a history; an empty one without a file
   * @throws the system's error
   */
  static async open(state, readHistory, system) {
    const { files, random } = system;
    const path = watchFolder(state);
    await removeUnfinished(files, path);
    const isNew = await hasNone([stateName, journalName, invalidName], path, files);
    const empty = { found: newState, history: readHistory(void 0), problems: [] };
    const loaded = isNew ? empty : await load(path, readHistory, files);
    const journal = await Journal.open(files, random, join3(path, journalName), loaded.found.judged.generation);
    if (journal.problem !== void 0) loaded.problems.push({ cause: "state-invalid", message: journal.problem });
    const folder = new _WatchFolder(path, loaded, journal, system);
    if (isNew) await folder.save(newState);
    return folder;
  }
  /** Replaces the state, and the history that goes with it. @throws the system's error */
  async save(state) {
    const { files, random } = this.#system;
    const history = `${JSON.stringify(this.history.json())}
`;
    const name = historyName(history);
    const path = join3(this.path, stateName);
    if (this.#isInvalid) await moveAway(path, join3(this.path, invalidName), files);
    this.#isInvalid = false;
    if (name !== this.#written) await writeAtomically(files, random, join3(this.path, name), history);
    this.#written = name;
    await writeAtomically(files, random, path, stateJson(state, name));
    await syncFolder(files, this.path);
    for (const other2 of await files.readdir(this.path))
      if (isHistoryName(other2) && other2 !== name) await files.rm(join3(this.path, other2), { force: true });
  }
};
async function hasNone(names, folder, files) {
  const found = await Promise.all(names.map((name) => pathExists(join3(folder, name), files)));
  return !found.includes(true);
}
async function moveAway(path, to, files) {
  try {
    await files.rename(path, to);
  } catch (cause) {
    if (systemCode(cause) !== "ENOENT") throw cause;
  }
}
async function load(path, readHistory, files) {
  const read = (name) => readRegularFile(files, join3(path, name), stateLimits.maxLength);
  const problems = [];
  const attempt2 = async (what, consequence, work) => {
    try {
      return await work();
    } catch (error) {
      problems.push(problemOf(error, what, consequence));
      return void 0;
    }
  };
  const where = `the state of the watch ${join3(path, stateName)}`;
  const stored = await attempt2(
    where,
    "the findings of earlier runs are lost",
    async () => readState(await read(stateName))
  );
  const history = stored && await attempt2(`the history ${join3(path, stored.history)}`, "the rules learn again", async () => {
    const bytes = await read(stored.history);
    if (historyName(bytes) !== stored.history) fail("STATE_INVALID", "it is not the file that the state names");
    return readHistory(parseJson(bytes, stateLimits));
  });
  return { found: stored?.state ?? newState, history: history ?? readHistory(void 0), problems };
}
function problemOf(error, what, consequence) {
  if (systemCode(error) === "ENOENT")
    return { cause: "state-missing", message: `${what} is missing, so that ${consequence}` };
  if (!(error instanceof CountersignError)) throw error;
  return { cause: "state-invalid", message: `${what} is invalid, so that ${consequence}: ${error.message}` };
}
var Watch = class _Watch {
  #request;
  #world;
  #folder;
  #entryRules;
  #entries;
  #store;
  #outbox;
  #counts;
  /** The memory of the searches, which {@link judge} stores: the entries that they found are in the journal by then. */
  searches;
  #acknowledged = /* @__PURE__ */ new Map();
  /** The findings with what is stated about their entries. */
  #shown = /* @__PURE__ */ new Map();
  #consumer;
  #state;
  #packages;
  #changes = [];
  #incomplete = [];
  /** Before the heads of the logs are fetched. */
  #started;
  constructor(request, world, folder) {
    const { found } = folder;
    this.#request = request;
    this.#world = world;
    this.#folder = folder;
    this.#state = found;
    this.#started = world.clock();
    this.#entryRules = world.rules.flatMap((rule) => rule.about === "entries" ? [rule] : []);
    this.#entries = new EntryFinder(request.matcher, world.isIssued);
    this.#store = new FindingStore(found.findings, found.entries);
    this.#outbox = new Outbox(found.outbox.changes, found.outbox.last, found.outbox.marks);
    this.#counts = new SignatureCounts(found.signatures);
    this.searches = new SearchMemory(found.searches);
  }
  /** Opens the state of a watch. @throws the system's error */
  static async open(request, world) {
    return new _Watch(request, world, await WatchFolder.open(request.state, world.readHistory, world));
  }
  /** Returns the consumer for the audit of this run. @param read reads the claims of an entry */
  consumer(read) {
    this.#consumer ??= new MatchConsumer(this.#request.matcher, this.#folder.journal, this.#world.clock, read);
    return this.#consumer;
  }
  /** The entries that concern the policy, and have not been judged. */
  get unjudged() {
    const { found, journal } = this.#folder;
    return journal.entries.slice(journal.generation === found.judged.generation ? found.judged.count : 0);
  }
  /**
   * Judges what the audit passed on and found, and stores the findings with the changes to tell of. A run that is cancelled stores what was
   * judged; the next one judges the rest.
   *
   * @throws the system's error
   */
  async judge(audit) {
    const { policy: policy2, state } = this.#request;
    const { cancellation, clock } = this.#world;
    const { found, journal, problems, path } = this.#folder;
    const now = clock();
    const triage = this.#triage(audit, now);
    const fresh = this.unjudged;
    const skipped = journal.entries.length - fresh.length;
    const judged = cancellation.aborted ? 0 : await triage.judgeNew(fresh);
    if (judged === fresh.length) await triage.judgeAgain(found.pending);
    else triage.keep(found.pending);
    if (judged < fresh.length) this.#incomplete.push(this.#leftReason(fresh.length - judged));
    for (const finding of auditFindings(audit, policy2, state)) this.#store.observe(finding, now);
    const reached = this.#reachedBefore();
    for (const finding of [
      ...stateFindings([...problems, ...this.#request.problems ?? []], path, now),
      ...gaps(audit, reached, found.reached)
    ])
      this.#store.observe(finding, now);
    await this.#checkPackages(now);
    await this.#settle(audit, now);
    const count3 = skipped + judged;
    for (const log of audit.logs) {
      const key = keyOfReport(log);
      if (key !== void 0 && log.coverage !== void 0) reached.set(key, log.coverage.to);
    }
    this.#outbox.prune(now);
    await this.#save({
      ...this.#state,
      judged: { generation: journal.generation, count: count3 },
      reached,
      pending: triage.pending,
      signatures: this.#counts.list(now),
      packages: this.#packages?.memory ?? found.packages,
      searches: this.searches.state
    });
    await journal.drop(count3);
    this.#incomplete.push(...reasonsOf(triage.pending));
  }
  /**
   * Returns the report.
   *
   * @param delivery its name: the report has the changes that it has not told of. Without it, the report has those of this run
   */
  async report(audit, delivery) {
    const { policy: policy2 } = this.#request;
    const now = this.#world.clock();
    const shown = await this.#shownFindings();
    const open = shown.filter(({ id }) => this.#store.get(id)?.status === "open");
    const acknowledged = [...this.#acknowledged].flatMap(([id, { reason, until }]) => {
      const finding = shown.find((one) => one.id === id);
      const isOver = this.#store.get(id)?.status !== "acknowledged";
      return finding === void 0 || isOver ? [] : [{ finding, reason, until }];
    });
    const changes = delivery === void 0 ? this.#changes : this.#outbox.untaken(delivery);
    return {
      policy: policy2.path,
      at: now,
      audit,
      packages: this.#packages?.coverage ?? policy2.packages.map(unread),
      open: [...open].sort(bySeverity),
      acknowledged,
      changes: changes?.flatMap(({ finding: id, activity, at }) => {
        const finding = shown.find((one) => one.id === id);
        return finding === void 0 ? [] : [{ activity, finding, at }];
      }) ?? open.map((finding) => ({ activity: "created", finding, at: finding.firstSeen })),
      signatures: this.#counts.list(now),
      matched: this.#consumer?.matched ?? 0,
      pending: this.#state.pending.filter(({ kind }) => kind === "pending").length,
      learning: [...learning(this.#entryRules, policy2, this.#folder.history, now), ...this.#folder.history.limits],
      expired: expired(policy2, now),
      incomplete: this.#incomplete,
      isTest: false
    };
  }
  /** Records that a delivery has told of its changes. @throws the system's error */
  async delivered(delivery) {
    this.#outbox.take(delivery, this.#world.clock());
    await this.#save(this.#state);
  }
  /** Adds a reason why the run is incomplete: a sentence without its full stop. */
  addIncomplete(reason) {
    this.#incomplete.push(reason);
  }
  #triage(audit, now) {
    const { policy: policy2, isWhole } = this.#request;
    const { facts: facts2, lookAlikes, cancellation } = this.#world;
    return new Triage({
      policy: policy2,
      entries: this.#entries,
      rules: this.#entryRules,
      history: this.#folder.history,
      counts: this.#counts,
      facts: new FactLookup(facts2),
      store: this.#store,
      context: { lookAlikes, read: readPeriods(audit, isWhole, this.#started), now },
      cancellation
    });
  }
  /** Returns the index after the last entry that was compared before this run and in it, by the keys of logs. */
  #reachedBefore() {
    const reached = new Map(this.#folder.found.reached);
    for (const [log, end] of this.#folder.journal.reachedBefore) reached.set(log, Math.max(end, reached.get(log) ?? 0));
    return reached;
  }
  #leftReason(count3) {
    return this.#world.cancellation.aborted ? `the run was interrupted before ${count3} entries were judged; the next run judges them` : `${count3} entries were not judged, since there are too many findings`;
  }
  async #checkPackages(now) {
    const { policy: policy2 } = this.#request;
    const { packages, rules: rules2, cancellation } = this.#world;
    if (packages === void 0 || cancellation.aborted) return;
    try {
      this.#packages = await packages.check(policy2.packages, this.#folder.found.packages);
    } catch (error) {
      if (error instanceof CountersignError && error.code === "CANCELLED") return;
      throw error;
    }
    for (const finding of packageFindings(this.#packages.observations, rules2, policy2))
      this.#store.observe(finding, now);
  }
  async #settle(audit, now) {
    const { policy: policy2 } = this.#request;
    const watched = /* @__PURE__ */ new Map();
    for (const finding of this.#store.findings) watched.set(finding.id, await this.#isWatched(finding));
    this.#acknowledged = await acknowledgements(this.#store, this.#entries, policy2, now);
    this.#changes = this.#store.settle({
      isChecked: (finding) => isChecked(finding, audit),
      isWatched: ({ id }) => watched.get(id) ?? true,
      isAcknowledged: ({ id }) => this.#acknowledged.has(id),
      now
    });
    this.#outbox.add(this.#changes);
  }
  /** Reports whether the present policy concerns a finding. */
  async #isWatched({ about: about2, rule }) {
    const { policy: policy2 } = this.#request;
    if (about2.kind === "log") return true;
    const known = this.#world.rules.find(({ id }) => id === rule.id);
    if (rule.id !== logRule.id && (known === void 0 || settingOf(known, policy2) === "off")) return false;
    if (about2.kind === "package")
      return rule.id === "P19" ? areNamesWatched(about2.ecosystem, policy2) : isWatchedPackage(about2, policy2);
    const stored = this.#store.entry(about2.key);
    return stored !== void 0 && (await this.#entries.watched(stored)).watchedAs.length > 0;
  }
  /** Returns all findings, the closed ones included, with their entries. */
  async #shownFindings() {
    for (const finding of this.#store.findings) {
      const shown = await shownFinding(finding, this.#store, this.#entries);
      if (shown !== void 0) this.#shown.set(finding.id, shown);
    }
    return [...this.#shown.values()];
  }
  async #save(state) {
    const told = new Set(this.#outbox.changes.map(({ finding }) => finding));
    await this.#shownFindings();
    this.#store.forget(({ id }) => told.has(id));
    const { changes, last, marks } = this.#outbox;
    const { findings, entries: entries2 } = this.#store;
    this.#state = { ...state, findings, entries: entries2, outbox: { changes, last, marks } };
    await this.#folder.save(this.#state);
  }
};
function isChecked({ about: about2 }, audit) {
  if (about2.kind !== "log") return true;
  const reports = audit.logs.filter(({ log }) => log.baseUrl === about2.url);
  if (reports.length > 0) return reports.every(({ incomplete, coverage: coverage2 }) => incomplete.length === 0 && coverage2);
  return about2.code === "LOG_REMOVED" && audit.incomplete.length === 0;
}
function areNamesWatched(of, { packages, protectedNames }) {
  if (packages.some(({ ecosystem }) => ecosystem === of)) return true;
  return of === "npm" && protectedNames.some(({ kind }) => kind === "package");
}
function isWatchedPackage(about2, { packages }) {
  return packages.some(({ ecosystem, name }) => ecosystem === about2.ecosystem && name === about2.name);
}
function unread(watched) {
  return { package: watched, versions: 0, problem: "its registry was not read" };
}
var severities3 = ["critical", "alert", "note"];
function bySeverity(a, b) {
  const rank = severities3.indexOf(a.severity) - severities3.indexOf(b.severity);
  return rank || b.firstSeen.getTime() - a.firstSeen.getTime();
}
function issuedUnder(roots) {
  const authorities = roots.flatMap(({ trust }) => trust.certificateAuthorities.flatMap(({ chain }) => chain));
  return async ({ der }) => {
    const certificate = attempt(() => readCertificate(der));
    if (certificate === void 0 || authorities.length === 0) return void 0;
    return isSignedByAny(certificate, authorities);
  };
}
async function isSignedByAny(certificate, authorities) {
  let isTold = true;
  for (const authority of authorities) {
    try {
      if (mayHaveIssued(authority, certificate) && await isSigned(certificate, authority)) return true;
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      isTold = false;
    }
  }
  return isTold ? false : void 0;
}
var maxNamed = 5;
function rekorV1Queries(policy2, memory, defaultBranches2) {
  const repositories = policy2.repositories.map((repository) => ({
    repository,
    names: namesOf(repository, policy2.host, memory, defaultBranches2.get(repository.name))
  }));
  const exact = policy2.identities.filter(({ match }) => match === "exact");
  const values = [
    ...repositories.map(({ repository, names }) => ({
      key: `repository ${repository.name.toLowerCase()}`,
      queries: nameQueries(names)
    })),
    ...exact.map(({ value, issuer = "" }) => ({
      key: `identity ${value.toLowerCase()} ${issuer.toLowerCase()}`,
      queries: nameQueries([value])
    })),
    ...policy2.keys.map(({ value, spki }) => ({
      key: `key ${value}`,
      queries: spki === void 0 ? [] : [queryOf({ kind: "key", spki }, 2)]
    })),
    ...policy2.digests.map(({ value }) => ({
      key: `digest ${value}`,
      queries: isIndexed(value) ? [queryOf({ kind: "digest", digest: value }, 1)] : []
    }))
  ];
  return {
    values,
    missed: [
      ...repositories.flatMap(({ repository, names }) => missedOf(repository, policy2.host, names)),
      ...missedValues(policy2, exact)
    ]
  };
}
function namesOf({ name, expected }, host, memory, defaultBranch) {
  const seen = memory.workflows(name);
  const workflows = [...expected.workflows.flatMap((workflow) => ownWorkflow(workflow, name, host)), ...seen.workflows];
  const refs = [
    ...expected.refs.filter((ref) => !isPattern(ref)),
    ...defaultBranch === void 0 ? [] : [`refs/heads/${defaultBranch}`],
    ...usualRefs,
    ...seen.refs
  ];
  const names = eachWithEach(workflows, refs).map((text3) => text3.toLowerCase());
  return [...new Set(names)].filter(({ length }) => length <= maxNameLength);
}
function ownWorkflow(workflow, repository, host) {
  const [, other2, file] = /^(?:(?:([^/]+\/[^/]+)\/)?\.github\/workflows\/)?([^/]+)$/.exec(workflow) ?? [];
  const isOwn2 = file !== void 0 && (other2 === void 0 || other2.toLowerCase() === repository.toLowerCase());
  return isOwn2 ? [`https://${host}/${repository}/.github/workflows/${file}`] : [];
}
function isPattern(ref) {
  return /[*?]/.test(ref);
}
function missedOf({ name, expected }, host, names) {
  const foreign = expected.workflows.filter((workflow) => ownWorkflow(workflow, name, host).length === 0);
  const patterns = expected.refs.filter(isPattern);
  return [
    names.length === 0 ? `signatures of ${name} are not found, since the policy states no workflows of it and none was seen` : `signatures of ${name} are found only under ${names.length} names of workflows with a branch or tag; other workflows, branches and tags are missed`,
    ...foreign.length === 0 ? [] : [`signatures of ${name} by workflows of other repositories are not found: ${some(foreign)}`],
    ...patterns.length === 0 ? [] : [`branches and tags of ${name} that match ${some(patterns)} are found only if they were seen before`]
  ];
}
function missedValues(policy2, exact) {
  const { owners, issuers, identities, keys, digests, protectedNames } = policy2;
  const hashes2 = keys.filter(({ spki }) => spki === void 0).map(({ value }) => value);
  const long = exact.filter(({ value }) => value.length > maxNameLength);
  const patterns = identities.filter(({ match }) => match !== "exact");
  const others2 = digests.filter(({ value }) => !isIndexed(value));
  const missed = (what, values, reason) => values.length === 0 ? [] : [`${what} not found (${reason}): ${some(values)}`];
  return [
    ...missed(
      "entries of owners are",
      owners.map(({ name }) => name),
      "the index has no owners"
    ),
    ...missed(
      "entries of issuers are",
      issuers.map(({ value }) => value),
      "the index has no issuers"
    ),
    ...missed(
      "identities that match segments and globs are",
      patterns.map(({ value }) => value),
      "the index has only whole names"
    ),
    ...missed(
      "these identities are",
      long.map(({ value }) => value),
      `the index takes at most ${maxNameLength} characters`
    ),
    ...missed("entries of keys are", hashes2, "the policy has only the hashes of these keys"),
    ...missed(
      "entries about digests are",
      others2.map(({ value }) => value),
      "the index has only SHA-256 and SHA-512"
    ),
    ...digests.length === 0 ? [] : ["attestations about a watched digest are not found, since the log holds only the hash of a statement"],
    ...policy2.repositories.length + owners.length + identities.length + protectedNames.length === 0 ? [] : ["names that look like those of the policy are not found"]
  ];
}
function isIndexed(digest2) {
  return /^sha(?:256|512):/.test(digest2);
}
function nameQueries(names) {
  return names.filter(({ length }) => length <= maxNameLength).map((name) => queryOf({ kind: "name", name: name.toLowerCase() }, 1));
}
function queryOf(query, requests) {
  const text3 = canonicalJson(query.kind === "key" ? { ...query, spki: encodeBase64(query.spki) } : { ...query });
  return { id: createHash4("sha256").update(text3).digest("hex").slice(0, 16), query, requests };
}
function some(values) {
  const more2 = values.length - maxNamed;
  return `${values.slice(0, maxNamed).join(", ")}${more2 > 0 ? ` and ${more2} more` : ""}`;
}
var rekorV1Limits = { requests: 200, fetches: 1e3 };
var maxRefusals = 3;
var clockMargin = 10 * 60 * 1e3;
var maxLearned = 2e3;
var maxBranches = 50;
var branchesAtOnce = 4;
async function searchRekorV1(request, parts, world) {
  const { logs, policy: policy2 } = request;
  const { watch, roots } = parts;
  const urls = [...new Set(logs.map(({ baseUrl }) => baseUrl))];
  const notes = /* @__PURE__ */ new Map();
  const incomplete = [];
  if (urls.length === 0) return { notes, incomplete };
  await learnWorkflows(parts, policy2);
  const { values, missed } = rekorV1Queries(policy2, watch.searches, await defaultBranches(parts, policy2));
  for (const url of urls) {
    const keys = roots.flatMap(({ trust }) => trust.transparencyLogs).filter(({ baseUrl }) => logUrl(baseUrl) === url);
    const search = new ServiceSearch(url, keys, request, parts, world);
    incomplete.push(...await search.run(values));
    notes.set(url, missed);
  }
  await learnWorkflows(parts, policy2);
  return { notes, incomplete };
}
var ServiceSearch = class {
  #url;
  #keys;
  #request;
  #parts;
  #world;
  #http;
  #memory;
  #candidates = /* @__PURE__ */ new Map();
  #asked = [];
  #unanswered = [];
  #unproven = [];
  /** The failure that ended the search. */
  #end;
  #isFull = false;
  #areLeft = false;
  constructor(url, keys, request, parts, world) {
    this.#url = url;
    this.#keys = keys;
    this.#request = request;
    this.#parts = parts;
    this.#world = world;
    this.#http = stoppingAtRefusals(withinRate(url, world), world);
    this.#memory = parts.watch.searches.service(url);
  }
  /** Searches. @returns the reasons why the search is incomplete */
  async run(values) {
    const { isFromStart } = this.#request;
    const since = isFromStart ? /* @__PURE__ */ new Date(0) : this.#world.clock();
    const added = this.#memory.watch(
      values.map(({ key }) => key),
      since
    );
    const baselines = isFromStart ? /* @__PURE__ */ new Set() : added;
    const unasked = await this.#askAll(values, baselines);
    const unfetched = await this.#fetchAll();
    for (const { value, id, isWhole } of this.#asked) if (isWhole) this.#memory.answered(value, id);
    await this.#consumer.flush();
    return this.#reasons(unasked, unfetched);
  }
  get #consumer() {
    return this.#parts.watch.consumer(readEntry);
  }
  /** Sends queries, beginning with the first one that the previous run did not send. @returns the number of those that are left */
  async #askAll(values, baselines) {
    const all = values.flatMap(({ key, queries }) => queries.map((query) => ({ key, query })));
    const start = Math.max(
      0,
      all.findIndex(({ query }) => query.id === this.#memory.next)
    );
    const ordered = [...all.slice(start), ...all.slice(0, start)];
    let requests = 0;
    let sent = 0;
    for (const { key, query } of ordered) {
      if (requests + query.requests > rekorV1Limits.requests) break;
      requests += query.requests;
      sent += 1;
      if (!await this.#ask(key, query, baselines.has(key))) break;
    }
    this.#memory.next = ordered[sent]?.query.id ?? "";
    return ordered.length - sent;
  }
  /** Sends a query. @returns false if the service is not available */
  async #ask(value, { id, query }, isBaseline) {
    let uuids;
    try {
      uuids = await searchIndexV1(this.#http, this.#url, query);
    } catch (error) {
      return this.#isStillAvailable(error, this.#unanswered);
    }
    const asked = { value, id, wasAnswered: this.#memory.isAnswered(value, id), isWhole: true };
    this.#asked.push(asked);
    for (const uuid of uuids) {
      const leaf = uuid.slice(-64);
      if (this.#memory.isSeen(value, leaf)) continue;
      if (isBaseline) this.#see(asked, leaf);
      else this.#addCandidate(uuid, leaf, asked);
    }
    return true;
  }
  #addCandidate(uuid, leaf, asked) {
    const known = this.#candidates.get(leaf);
    if (known !== void 0) known.listedBy.push(asked);
    else if (this.#candidates.size < rekorV1Limits.fetches) this.#candidates.set(leaf, { uuid, listedBy: [asked] });
    else {
      asked.isWhole = false;
      this.#areLeft = true;
    }
  }
  #see(asked, leaf) {
    if (this.#memory.see(asked.value, leaf)) return;
    asked.isWhole = false;
    this.#isFull = true;
  }
  /** Fetches the candidates. @returns the number of those that are left */
  async #fetchAll() {
    let isAvailable = true;
    let left = 0;
    for (const [leaf, candidate] of this.#candidates) {
      const isExamined = isAvailable && await this.#examine(leaf, candidate);
      if (isExamined === true) continue;
      if (isExamined === false) {
        isAvailable = false;
        left += 1;
      }
      for (const asked of candidate.listedBy) asked.isWhole = false;
    }
    return left;
  }
  /**
   * Proves an entry, and passes it on if it is new and concerns the policy. Only then is it remembered.
   *
   * @returns `undefined` if it is not proven; false if the search must end before it
   */
  async #examine(leaf, { uuid, listedBy }) {
    let answer;
    try {
      answer = await fetchAnswer(this.#http, this.#url, this.#keys, uuid);
    } catch (error) {
      return this.#isStillAvailable(error, this.#unproven) ? void 0 : false;
    }
    const isNew = listedBy.some(
      ({ value, wasAnswered }) => wasAnswered || answer.time.getTime() >= this.#memory.since(value).getTime() - clockMargin
    );
    if (isNew && !this.#memory.isReported(leaf) && !this.#accept(leaf, answer)) return false;
    for (const asked of listedBy) this.#see(asked, leaf);
    return true;
  }
  /** Passes an entry on, if it concerns the policy. @returns false if there is no room for it */
  #accept(leaf, { entry, index, origin }) {
    const log = { baseUrl: this.#url, protocol: "rekor-v1", keyId: entry.logKeyId };
    try {
      if (this.#consumer.acceptFound(entry.canonicalizedBody, index, log, origin)) this.#memory.report(leaf);
      return true;
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      this.#end = error;
      return false;
    }
  }
  /** Records a failure. Returns false if nothing more can be searched in this run. @throws the error, if it is of the system */
  #isStillAvailable(error, failures) {
    if (!(error instanceof CountersignError)) throw error;
    if (!endingCodes.has(error.code)) {
      failures.push(error);
      return true;
    }
    this.#end = error;
    return false;
  }
  #reasons(unasked, unfetched) {
    const index = `the search index of ${this.#url}`;
    const failed = (what, [first]) => first === void 0 ? [] : [`${index} ${what}: ${first.message}`];
    return [
      ...failed("was not searched to the end", this.#end === void 0 ? [] : [this.#end]),
      ...failed(`did not answer ${countOf(this.#unanswered, "query", "queries")}`, this.#unanswered),
      ...failed(`lists ${countOf(this.#unproven, "entry", "entries")} that could not be proven`, this.#unproven),
      ...unasked === 0 ? [] : [
        `${countOf({ length: unasked }, "query was", "queries were")} not sent to ${index}; the next run continues with them`
      ],
      ...unfetched === 0 && !this.#areLeft ? [] : [`${index} lists more entries than were fetched; the next run continues with them`],
      ...this.#isFull ? [`${index} lists more entries of the policy than the watch can remember; use a policy with fewer values`] : []
    ];
  }
};
function countOf({ length }, one, many) {
  return `${length} ${length === 1 ? one : many}`;
}
var endingCodes = /* @__PURE__ */ new Set(["SERVICE_UNAVAILABLE", "NETWORK_UNAVAILABLE", "CANCELLED"]);
function stoppingAtRefusals(http, { clock, cancellation, sleep: sleep2 = sleep }) {
  let refusals = 0;
  const pause = async (milliseconds) => {
    try {
      await sleep2(milliseconds, cancellation);
    } catch (cause) {
      if (!cancellation.aborted) throw cause;
    }
  };
  return async (request) => {
    for (; ; ) {
      if (cancellation.aborted) fail("CANCELLED", "the search was cancelled");
      if (refusals >= maxRefusals)
        fail("SERVICE_UNAVAILABLE", `${request.service} (${request.url.origin}) refuses more requests (HTTP 429)`, {
          remedy: "Run the watch again later."
        });
      const response = await http({ ...request, final: [429] });
      if (response.status !== 429) return response;
      refusals += 1;
      if (refusals < maxRefusals) await pause(Math.max(1e3, retryAfter(response, clock())));
    }
  };
}
async function learnWorkflows({ watch, isIssued }, policy2) {
  const certificates = certificatesByRepository(watch.unjudged.slice(-maxLearned));
  for (const { name } of policy2.repositories) {
    const uri = `https://${policy2.host}/${name}`.toLowerCase();
    const issued = [];
    for (const one of certificates.get(uri) ?? []) if (await isIssued(one) === true) issued.push(one);
    const { workflows, refs } = namesSeen(uri, issued);
    watch.searches.addWorkflows(name, { workflows: [...workflows], refs: [...refs] });
  }
}
function certificatesByRepository(entries2) {
  const found = /* @__PURE__ */ new Map();
  for (const { log, bytes } of entries2) {
    if (bytes === void 0) continue;
    for (const certificate of certificatesOf(readEntry(log.protocol, bytes))) {
      const repository = repositoryOf(certificate)?.toLowerCase();
      if (repository === void 0) continue;
      const others2 = found.get(repository) ?? [];
      others2.push(certificate);
      found.set(repository, others2);
    }
  }
  return found;
}
async function defaultBranches({ watch, github }, { repositories }) {
  const searched = repositories.filter(
    ({ name, expected }) => expected.workflows.length + watch.searches.workflows(name).workflows.length > 0
  );
  const found = await mapConcurrently(
    searched.slice(0, maxBranches),
    async ({ name }) => ({ name, fact: await github.repository(name) }),
    branchesAtOnce
  );
  return new Map(
    found.flatMap(({ name, fact }) => fact.kind === "known" ? [[name, fact.value.defaultBranch]] : [])
  );
}
function tooLargeUnder(roots) {
  const urls = new Set(
    roots.flatMap(
      ({ instance, trust: { transparencyLogs, certificateTransparencyLogs } }) => instance === "public-good" ? [...transparencyLogs, ...certificateTransparencyLogs].map(({ baseUrl }) => logUrl(baseUrl)) : []
    )
  );
  return ({ baseUrl, protocol }) => protocol !== "rekor-v2" && urls.has(baseUrl);
}
async function runWatch(request, roots, services, world, onProgress = () => void 0) {
  const { state, policy: loaded, deliveries, logs, problems } = request;
  const { policy: policy2, matcher, lookAlikes } = loaded;
  const isIssued = issuedUnder(roots);
  const watch = await Watch.open(
    { policy: policy2, matcher, state, isWhole: logs.length === 0, problems },
    {
      ...world,
      ...services,
      isIssued,
      lookAlikes,
      rules,
      readHistory: (value) => Learned.read(value)
    }
  );
  const isIndexed2 = request.isIndexed || await pathExists(indexFolder(state), world.files);
  const isTreeOnly = logs.length === 0 ? tooLargeUnder(roots) : void 0;
  const isSearched = request.isSearched ?? isTreeOnly;
  const audited = await runAudit(
    { ...request, isIndexed: isIndexed2, isTreeOnly },
    roots,
    world,
    onProgress,
    (read) => watch.consumer(read)
  );
  const audit = await search(audited);
  await watch.judge(audit);
  for (const delivery of deliveries) await deliver3(delivery);
  return watch.report(audit);
  async function search(report) {
    const searched = report.logs.flatMap(
      ({ log }) => log.protocol === "rekor-v1" && isSearched?.(log) === true ? [log] : []
    );
    if (searched.length === 0) return report;
    const { notes, incomplete } = await searchRekorV1(
      { logs: searched, policy: policy2, isFromStart: request.from === "start" },
      { watch, roots, github: services.facts.github, isIssued },
      world
    );
    for (const reason of incomplete) watch.addIncomplete(reason);
    return withNotes(report, notes);
  }
  async function deliver3(delivery) {
    if (world.cancellation.aborted) {
      watch.addIncomplete(`the run was interrupted before the delivery to ${delivery.name}`);
      return;
    }
    try {
      await delivery.deliver(await watch.report(audit, delivery.name));
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      watch.addIncomplete(`the delivery to ${delivery.name} failed: ${error.message}`);
      return;
    }
    await watch.delivered(delivery.name);
  }
}
function withNotes(report, notes) {
  const left = new Map(notes);
  const logs = report.logs.map((one) => {
    const added = left.get(one.log.baseUrl) ?? [];
    left.delete(one.log.baseUrl);
    return added.length === 0 ? one : { ...one, notes: [...one.notes, ...added] };
  });
  return { ...report, logs };
}
function testReport(policy2, at) {
  const finding = {
    id: createHash5("sha256").update(`countersign test delivery ${at.toISOString()}`).digest("hex"),
    rule: { id: "P00", name: "test" },
    severity: "alert",
    title: "test of the delivery",
    reason: "The command was run with --test-delivery. No log was read, and nothing was found.",
    remedy: "There is nothing to do.",
    about: { kind: "log", url: "https://log.example", origin: void 0, code: "TEST" },
    firstSeen: at,
    lastSeen: at,
    evidence: void 0,
    line: void 0
  };
  return {
    policy: policy2,
    at,
    audit: { logs: [], findings: [], incomplete: [] },
    packages: [],
    open: [finding],
    acknowledged: [],
    changes: [{ activity: "created", finding, at }],
    signatures: [],
    matched: 0,
    pending: 0,
    learning: [],
    expired: [],
    incomplete: [],
    isTest: true
  };
}
async function testDeliveries(deliveries, policy2, now) {
  const report = testReport(policy2, now);
  const incomplete = [];
  for (const { name, deliver: deliver3 } of deliveries) {
    try {
      await deliver3(report);
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      incomplete.push(`the delivery to ${name} failed: ${error.message}`);
    }
  }
  return { ...report, incomplete };
}
export {
  EntryFinder,
  FactLookup,
  FindingStore,
  Learned,
  MatchConsumer,
  SignatureCounts,
  Triage,
  acknowledgements,
  entryRules,
  expired,
  incompleteReasons,
  isAlert,
  issueAnchors,
  issuedUnder,
  loadWatchPolicy,
  openDeliveries,
  openPackages,
  openWatchServices,
  reasonsOf,
  runWatch,
  settingOf,
  shownFinding,
  testDeliveries,
  watchExitCodes,
  watchJson,
  watchOutcome,
  watchPage,
  watchSummary,
  watchText
};
