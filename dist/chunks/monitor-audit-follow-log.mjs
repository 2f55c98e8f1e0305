import { StateFolder, isOneLog, logId, logsOf, maxHistory } from "./monitor-state-log-state.mjs";
import { AlteredEntry, CompactRange, openReader, rootOfRange, splitOrigin, verifyConsistency, verifyHead, verifyTreeHead } from "./monitor-readers-proof-reader.mjs";
import { SearchIndex, damageOf, forEachKey, indexFolder, keyHashHex, keyKinds, keyLength, listSegments, logFolder, logName, maxEntries, maxRecords, merge, rangeOf, readEntry, readRecords, recordLength, segmentName, writeHeader } from "./monitor-entries-certificate-claims.mjs";
import { chosenLogs, isCertificateLog, logUrl } from "./run-policy-chosen-logs.mjs";
import { pathExists } from "./run-world-choose-instance.mjs";
import { pathArgument } from "./report-shell.mjs";
import { count, shownText } from "./report-shorten.mjs";
import { removeUnfinished, syncFolder, writeAtomically } from "./node-atomic-write.mjs";
import { namesIn } from "./node-make-folder.mjs";
import { parseInput, readInputFile } from "./run-world-read-input.mjs";
import { leafHash, promisedLeaf, readCheckpoint, readSignedCertificateTimestamps, verifyCheckpoint, verifyInclusion, verifySignedCertificateTimestamp, verifySignedEntryTimestamp } from "./core-certificate-signed-certificate-timestamp.mjs";
import { checkKeyId, isSigned, readEd25519Key, readMlDsaKey, splitVerifierKey } from "./core-log-cosignature.mjs";
import { inTurns } from "./node-concurrency.mjs";
import { readCertificate, keyText, readPublicKey } from "./core-certificate-certificate.mjs";
import { maxBundleLength, readBundle } from "./core-bundle-read-bundle.mjs";
import { utf8Text, sha256 } from "./node-regular-file.mjs";
import { ProtoField, encodeBase64, encodeHex } from "./core-encoding-der.mjs";
import { canonicalJson } from "./core-encoding-der-writer.mjs";
import { concatBytes, decodeUtf8, equalBytes, readUint, utf8 } from "./core-encoding-json.mjs";
import { CountersignError, attempt, fail, reading } from "./core-errors-codes.mjs";
import { setFlagsFromString } from "node:v8";
import { join as join3 } from "node:path";
import { join } from "node:path";
import { createHash } from "node:crypto";
import { join as join2 } from "node:path";
import { join as join4 } from "node:path";
import { hash } from "node:crypto";
import { hash as hash2 } from "node:crypto";
function growHeapSlowly() {
  setFlagsFromString("--heap-growing-percent=40");
}
function isProven(finding) {
  return finding.proof !== void 0;
}
var severities = {
  LOG_FORKED: "error",
  SPLIT_VIEW: "error",
  PROMISE_BROKEN: "error",
  LOG_THAWED: "error",
  CHECKPOINT_INVALID: "error",
  CHECKPOINT_ORIGIN: "error",
  LOG_STALLED: "outage",
  LOG_ROLLED_BACK: "warning",
  ENTRY_ALTERED: "error",
  TILES_INCONSISTENT: "error",
  ENTRIES_WITHHELD: "error",
  WITNESS_QUORUM: "warning",
  LOG_REMOVED: "warning",
  WATCH_BLIND: "error"
};
function severityOf(finding) {
  return isProven(finding) ? "misbehaviour" : severities[finding.code];
}
function foundLog({ baseUrl, keyId }, origin) {
  return { baseUrl, keyId, origin };
}
function findingId(code, { baseUrl, origin, keyId }, identity) {
  const text2 = canonicalJson([code, encodeHex(keyId), origin ?? baseUrl, ...identity]);
  return encodeHex(sha256(utf8(text2)).subarray(0, 16));
}
var proven = "Keep the evidence file, and report it to the operator of the log. Do not trust new entries of this log.";
function contradiction(code, log, { smaller, larger, rootInstead, proof }, message) {
  const of = foundLog(log, smaller.origin);
  const roots = [encodeHex(smaller.root), encodeHex(rootInstead)].sort();
  const base = { id: findingId(code, of, [smaller.size, ...roots]), log: of, message };
  if (proof === void 0)
    return {
      ...base,
      code,
      remedy: "The log did not serve the proof. Run the audit again, and keep its state: it contains one of the checkpoints."
    };
  return { ...base, code, remedy: proven, proof: { kind: "contradiction", smaller, larger, rootInstead, proof } };
}
function thawed(log, { frozen, later }) {
  const of = foundLog(log, frozen.origin);
  return {
    code: "LOG_THAWED",
    id: findingId("LOG_THAWED", of, [frozen.size, encodeHex(frozen.root)]),
    log: of,
    message: `the log signed that it is frozen at ${frozen.size} entries, and later signed a tree of ${later.size} entries`,
    remedy: proven,
    proof: { kind: "thawed", frozen, later }
  };
}
function grown(log, endedAt, { origin }, message) {
  const of = foundLog(log, origin);
  const remedy = "Ask the operator of the log.";
  return { code: "LOG_THAWED", id: findingId("LOG_THAWED", of, ["ended", endedAt]), log: of, message, remedy };
}
function brokenPromise(log, origin, promised, message, proof) {
  const of = foundLog(log, origin);
  const id = findingId("PROMISE_BROKEN", of, [encodeHex(promised.leafHash), promised.index ?? "no index"]);
  const base = { code: "PROMISE_BROKEN", id, log: of, message };
  return proof === void 0 ? { ...base, remedy: "That an entry is absent cannot be proven. Ask the operator of the log." } : { ...base, remedy: proven, proof };
}
function observation(code, log, message, remedy, identity = []) {
  return { code, id: findingId(code, log, identity), log, message, remedy };
}
function watchBlind(log, cause, message, remedy) {
  return { code: "WATCH_BLIND", cause, id: findingId("WATCH_BLIND", log, [cause]), log, message, remedy };
}
function outcomeOf({ logs, findings, incomplete }) {
  const all = [...findings, ...logs.flatMap((log) => log.findings)];
  if (all.some(({ finding }) => isProven(finding)) || logs.some(({ earlier }) => earlier.length > 0))
    return "misbehaviour";
  if (all.length > 0) return "findings";
  return incomplete.length > 0 || logs.some((log) => log.incomplete.length > 0) ? "incomplete" : "clean";
}
var severityOrder = ["misbehaviour", "error", "warning", "outage"];
function bySeverity(findings) {
  const rank = ({ finding }) => severityOrder.indexOf(severityOf(finding));
  return [...findings].sort((a, b) => rank(a) - rank(b));
}
var auditExitCodes = { clean: 0, incomplete: 6, findings: 7, misbehaviour: 8 };
function evidenceExitCode({ verdict }) {
  return verdict === "proven" ? auditExitCodes.misbehaviour : auditExitCodes.findings;
}
function auditJson(report) {
  const outcome = outcomeOf(report);
  return {
    version: 1,
    outcome,
    exitCode: auditExitCodes[outcome],
    failure: null,
    logs: report.logs.map(logJson),
    findings: bySeverity(report.findings).map(findingJson),
    incomplete: report.incomplete
  };
}
function logJson({ log, origin, head, baseline, coverage, isTreeOnly = false, ...report }) {
  return {
    url: log.baseUrl,
    protocol: log.protocol,
    origin: origin ?? null,
    keyId: encodeHex(log.keyId),
    tree: head === void 0 ? null : { size: head.size, root: encodeHex(head.root), time: head.time?.toISOString() ?? null },
    baseline: baseline === void 0 ? null : { size: baseline.size, time: baseline.at.toISOString(), from: baseline.from, isNew: baseline.isNew },
    coverage: coverage ?? null,
    treeOnly: isTreeOnly,
    findings: bySeverity(report.findings).map(findingJson),
    earlier: report.earlier.map(({ id, code, message, at }) => ({ id, code, message, time: at.toISOString() })),
    incomplete: report.incomplete,
    notes: report.notes
  };
}
function findingJson({ finding, evidence, observation: observation2, isNew }) {
  const { id, code, message, remedy } = finding;
  return {
    id,
    code,
    severity: severityOf(finding),
    proven: isProven(finding),
    isNew,
    ...finding.code === "WATCH_BLIND" && { cause: finding.cause },
    message,
    remedy,
    evidence: evidence ?? null,
    observation: observation2 ?? null
  };
}
function evidenceJson(path, verdict) {
  const { code, id, origin } = verdict;
  return {
    version: 1,
    exitCode: evidenceExitCode(verdict),
    failure: null,
    file: path,
    proven: verdict.verdict === "proven",
    finding: { id, code, origin },
    statement: verdict.verdict === "proven" ? verdict.statement : null,
    reason: verdict.verdict === "proven" ? null : verdict.reason
  };
}
var maxLineLength = 1e3;
var maxListed = 50;
var labelWidth = 20;
var colours = { title: 1, bad: 31, warning: 33, good: 32 };
var plain = (text2) => text2;
function painter(colour) {
  return colour ? (text2, as) => `\x1B[${colours[as]}m${text2}\x1B[0m` : plain;
}
function auditText(report, { colour = false, verbose = false } = {}) {
  const paint = painter(colour);
  const lines = [
    ...report.logs.flatMap((log) => [...logLines(log, paint, verbose), ""]),
    ...findingLines(report.findings, paint),
    ...reasonLines(report.incomplete, "incomplete", paint),
    ...report.findings.length + report.incomplete.length > 0 ? [""] : [],
    outcomeLine(report, paint)
  ];
  return lines.map((line2) => `${line2}
`).join("");
}
function logLines(report, paint, verbose) {
  const { findings, earlier, incomplete, notes } = report;
  return [
    ...logCoverageLines(report, paint, verbose),
    ...findingLines(findings, paint),
    ...earlier.flatMap(({ code, id, message, at }) => [
      paint(line(code, `proven misbehaviour, found at ${at.toISOString()}: ${message}`), "bad"),
      line("evidence", `evidence/${id}.json in the state folder`)
    ]),
    ...reasonLines(incomplete, "incomplete", paint),
    ...verbose ? reasonLines(notes, "note", plain) : []
  ];
}
function logCoverageLines(report, paint, verbose) {
  const { log, origin, head, baseline, coverage } = report;
  const name = origin === void 0 || log.baseUrl.endsWith(`//${origin}`) ? log.baseUrl : `${log.baseUrl} (${origin})`;
  return [
    paint(shownText(name, maxLineLength), "title"),
    ...head === void 0 ? [] : [line("tree", entries(head.size))],
    ...verbose && head !== void 0 ? [
      line("root", encodeHex(head.root)),
      line("time", head.time === void 0 ? "not stated" : head.time.toISOString()),
      line("protocol", log.protocol)
    ] : [],
    ...baseline === void 0 ? [] : baselineLines(baseline, verbose),
    ...coverage === void 0 ? [line("proven", "nothing: no checkpoint of the log was verified")] : report.isTreeOnly ? [
      line("proven", "the tree only: its entries are not read"),
      ...report.notes.map((note) => line("note", shownText(note, maxLineLength)))
    ] : coverageLines(coverage)
  ];
}
function baselineLines({ size, at, from, isNew }, verbose) {
  if (!isNew && !verbose) return [];
  const begun = isNew ? "first audit" : `first audit at ${at.toISOString()}`;
  const unread = from === 0 ? "" : `; entries before index ${from.toLocaleString("en")} are not read`;
  return [line("baseline", `${begun}, at ${entries(size)}: whether the log was honest before is not known${unread}`)];
}
function coverageLines({ from, to, size, read, unreadable }) {
  const range = from === to ? "no entries yet" : `entries ${from.toLocaleString("en")} to ${(to - 1).toLocaleString("en")}, ${read.toLocaleString("en")} of them in this run`;
  const left = size - to;
  return [
    line("proven", `${range}${left > 0 ? `; ${entries(left)} left` : ""}`),
    ...unreadable > 0 ? [line("unreadable", `${entries(unreadable)} of this run could not be parsed completely`)] : []
  ];
}
function findingLines(findings, paint) {
  return bySeverity(findings).flatMap(({ finding, evidence, observation: observation2, isNew }) => {
    const { code, message, remedy } = finding;
    const severity = severityOf(finding);
    const judgement = isProven(finding) ? `proven misbehaviour${isNew ? "" : " (known)"}` : "could not verify";
    return [
      paint(
        line(code, `${judgement}: ${message}`),
        severity === "warning" || severity === "outage" ? "warning" : "bad"
      ),
      line("", remedy),
      ...evidence === void 0 ? [] : [
        line("evidence", evidence),
        line("", `To check it: countersign audit --evidence ${pathArgument(evidence)}`)
      ],
      ...observation2 === void 0 ? [] : [
        line("observation", observation2),
        line("", "What the log served, and the hashes in its tree. It proves nothing.")
      ]
    ];
  });
}
function reasonLines(reasons, label, paint) {
  const listed = reasons.slice(0, maxListed).map((reason) => paint(line(label, reason), "warning"));
  const more = reasons.length - listed.length;
  return more > 0 ? [...listed, line(label, `and ${more} more`)] : listed;
}
function outcomeLine({ logs, findings, ...report }, paint) {
  const outcome = outcomeOf({ logs, findings, ...report });
  const number = findings.length + logs.reduce((sum, log) => sum + log.findings.length + log.earlier.length, 0);
  const of = count(logs.length, "log");
  const sentences = {
    clean: `Clean: ${of} audited.`,
    incomplete: `Incomplete: ${of} audited, and no finding.`,
    findings: `${count(number, "finding")}: ${of} audited, and no misbehaviour proven.`,
    misbehaviour: `Misbehaviour is proven: ${of} audited, ${count(number, "finding")}.`
  };
  const as = { clean: "good", incomplete: "warning", findings: "bad", misbehaviour: "bad" };
  return paint(sentences[outcome], as[outcome]);
}
function evidenceText(path, verdict, { colour = false } = {}) {
  const paint = painter(colour);
  const { code, origin } = verdict;
  const subject = `${code} of ${origin}`;
  const lines = verdict.verdict === "proven" ? [
    paint(shownText(`proven: ${subject}`, maxLineLength), "bad"),
    line("statement", verdict.statement),
    line("key", `that of ${verdict.log.baseUrl} in the trusted root`),
    line("file", path)
  ] : [
    paint(shownText(`not proven: ${subject}`, maxLineLength), "warning"),
    line("reason", verdict.reason),
    line("file", path)
  ];
  return lines.map((text2) => `${text2}
`).join("");
}
function entries(number) {
  return number === 1 ? "1 entry" : `${number.toLocaleString("en")} entries`;
}
function line(label, text2) {
  return shownText(`  ${label.padEnd(labelWidth)}${text2}`, maxLineLength);
}
function readVerifierKey(text2, owner) {
  const parts = splitVerifierKey(text2, owner);
  const { name, bytes } = parts;
  const raw = bytes.subarray(1);
  const identified = (of) => checkKeyId(parts, of, owner);
  const withName = (of) => identified(concatBytes(utf8(`${name}
`), of));
  const key = (read) => reading("KEY_INVALID", `the key of the ${owner} ${name}`, read);
  switch (bytes[0]) {
    case 1:
      return { type: "ed25519", name, keyHint: withName(bytes), publicKey: key(() => readEd25519Key(raw)) };
    case 2:
      return { type: "ecdsa", name, keyHint: identified(raw), publicKey: key(() => readEcdsaKey(raw)) };
    case 4:
      return { type: "ed25519-cosignature", name, keyHint: withName(bytes), publicKey: key(() => readEd25519Key(raw)) };
    case 5: {
      const keyHint = withName(concatBytes(new Uint8Array([5]), sha256(raw)));
      return { type: "rfc6962", name, keyHint, publicKey: key(() => readPublicKey(raw)) };
    }
    case 6:
      return { type: "ml-dsa-44", name, keyHint: withName(bytes), raw: key(() => readMlDsaKey(raw)) };
    default:
      return fail(
        "KEY_UNSUPPORTED",
        `the key of the ${owner} ${name} has the signature type 0x${encodeHex(bytes.subarray(0, 1))}, which is not supported`
      );
  }
}
function readEcdsaKey(spki) {
  const key = readPublicKey(spki);
  if (!key.kind.startsWith("ecdsa")) fail("KEY_INVALID", `the key is of type ${key.kind}, not ECDSA`);
  return key;
}
function isWitnessKey(key) {
  return key.type === "ed25519-cosignature" || key.type === "ml-dsa-44";
}
function verifierKeyText(key) {
  return key.type === "ml-dsa-44" ? `ml-dsa-44 ${encodeHex(key.raw)}` : `${key.publicKey.kind} ${encodeHex(key.publicKey.raw)}`;
}
var maxLength = 1024 * 1024;
var maxDefinitions = 256;
function readTlogPolicy(bytes) {
  if (bytes.length > maxLength)
    fail("LIMIT_EXCEEDED", `the policy has ${bytes.length} bytes; the limit is ${maxLength}`);
  const reader = new PolicyReader();
  for (const [index, line2] of octets(bytes).split("\n").entries())
    reading("POLICY_INVALID", `line ${index + 1} of the policy`, () => reader.line(line2));
  return reader.end();
}
function meetsQuorum({ quorum }, cosigned) {
  return quorum === void 0 || hasCosigned(quorum, cosigned);
}
function hasCosigned(member, cosigned) {
  if (member.kind === "witness") return cosigned.has(member);
  return member.members.filter((each) => hasCosigned(each, cosigned)).length >= member.threshold;
}
function octets(bytes) {
  let text2 = "";
  for (let at = 0; at < bytes.length; at += 8192) text2 += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text2;
}
var forbidden = /[\u0000-\u0008\u000a-\u001f\u007f]/;
var PolicyReader = class {
  #logs = [];
  #witnesses = [];
  #names = /* @__PURE__ */ new Map();
  #members = /* @__PURE__ */ new Set();
  #quorum;
  line(line2) {
    if (forbidden.test(line2)) fail("POLICY_INVALID", "control characters are not allowed");
    const [keyword, ...items] = line2.split(/[ \t]+/).filter((item) => item !== "");
    if (keyword === void 0 || keyword.startsWith("#")) return;
    if (keyword === "log") this.#log(items);
    else if (keyword === "witness") this.#witness(items);
    else if (keyword === "group") this.#group(items);
    else if (keyword === "quorum") this.#readQuorum(items);
    else fail("POLICY_INVALID", `the keyword ${quoted(keyword)} is unknown`);
  }
  end() {
    if (this.#quorum === void 0)
      fail("POLICY_INVALID", "the policy has no quorum line", {
        remedy: "Add `quorum <name>`, or `quorum none` to require no witness."
      });
    return { logs: this.#logs, witnesses: this.#witnesses, quorum: this.#quorum.of };
  }
  #log([key, , ...others]) {
    if (key === void 0 || others.length > 0)
      fail("POLICY_INVALID", "a log line must have the form log <key> [<url>]");
    const log = readVerifierKey(text(key), "log");
    if (log.type === "ed25519-cosignature") fail("POLICY_INVALID", "the key is one of a witness, not of a log");
    demandNew(log, this.#logs);
    demandRoom(this.#logs.push(log));
  }
  #witness([name, key, , ...others]) {
    if (name === void 0 || key === void 0 || others.length > 0)
      fail("POLICY_INVALID", "a witness line must have the form witness <name> <key> [<url>]");
    const read = readVerifierKey(text(key), "witness");
    if (!isWitnessKey(read)) fail("POLICY_INVALID", `the key of ${quoted(name)} is not a cosignature key`);
    demandNew(
      read,
      this.#witnesses.map((witness2) => witness2.key)
    );
    const witness = { kind: "witness", name: shown(name), key: read };
    this.#define(name, witness);
    demandRoom(this.#witnesses.push(witness));
  }
  #group([name, rule, ...members]) {
    if (name === void 0 || rule === void 0 || members.length === 0)
      fail("POLICY_INVALID", "a group line must have the form group <name> all|any|<number> <member>\u2026");
    const found = members.map((member) => {
      if (this.#members.has(member)) fail("POLICY_INVALID", `${quoted(member)} is already a member of a group`);
      this.#members.add(member);
      return this.#find(member);
    });
    this.#define(name, {
      kind: "group",
      name: shown(name),
      threshold: thresholdOf(rule, found.length),
      members: found
    });
    demandRoom(this.#names.size - this.#witnesses.length);
  }
  #readQuorum([name, ...others]) {
    if (name === void 0 || others.length > 0)
      fail("POLICY_INVALID", "a quorum line must have the form quorum <name>");
    if (this.#quorum !== void 0) fail("POLICY_INVALID", "the policy has a second quorum line");
    this.#quorum = { of: name === "none" ? void 0 : this.#find(name) };
  }
  #define(name, meaning) {
    if (name === "none") fail("POLICY_INVALID", 'the name "none" is reserved');
    if (this.#names.has(name)) fail("POLICY_INVALID", `${quoted(name)} is defined twice`);
    this.#names.set(name, meaning);
  }
  #find(name) {
    return this.#names.get(name) ?? fail("POLICY_INVALID", `${quoted(name)} is not defined on an earlier line`);
  }
};
function thresholdOf(rule, members) {
  if (rule === "any") return 1;
  if (rule === "all") return members;
  const threshold = /^[1-9]\d{0,3}$/.test(rule) ? Number(rule) : 0;
  if (threshold < 1 || threshold > members)
    fail("POLICY_INVALID", `the threshold ${quoted(rule)} is invalid: use all, any or a number from 1 to ${members}`);
  return threshold;
}
function demandNew(key, others) {
  const written = verifierKeyText(key);
  if (others.some((other) => verifierKeyText(other) === written))
    fail("POLICY_INVALID", `the key of ${JSON.stringify(key.name)} is listed twice`);
}
function demandRoom(count2) {
  if (count2 > maxDefinitions)
    fail("LIMIT_EXCEEDED", `the policy has more than ${maxDefinitions} logs, witnesses or groups`);
}
function text(written) {
  return decodeUtf8(toBytes(written)) ?? fail("POLICY_INVALID", `${quoted(written)} is not valid UTF-8`);
}
function shown(name) {
  return decodeUtf8(toBytes(name)) ?? name;
}
function quoted(written) {
  return JSON.stringify(shown(written).slice(0, 80));
}
function toBytes(written) {
  return Uint8Array.from(written, (character) => character.charCodeAt(0));
}
var maxAhead = 300;
async function checkCosignature(checkpoint, witness, now) {
  const lines = checkpoint.note.signatures.filter(
    (line2) => line2.name === witness.name && equalBytes(line2.keyHint, witness.keyHint)
  );
  let latest = 0n;
  for (const { signature } of lines) {
    const time = readUint(signature.subarray(0, 8));
    if (!await isSigned(checkpoint, witness, signature)) return { status: "refused", reason: "is invalid" };
    if (time === 0n) return { status: "refused", reason: "states no time" };
    if (time > BigInt(Math.floor(now.getTime() / 1e3) + maxAhead))
      return { status: "refused", reason: "states a time in the future" };
    if (time > latest) latest = time;
  }
  return lines.length === 0 ? { status: "absent" } : { status: "valid", time: new Date(Number(latest) * 1e3) };
}
function appliesTo({ logs }, { publicKey }) {
  return logs.length === 0 || logs.some((log) => verifierKeyText(log) === keyText(publicKey));
}
async function checkQuorum(policy, log, head, now) {
  const checkpoint = readCheckpoint(decodeUtf8(head.note) ?? "");
  const cosigned = /* @__PURE__ */ new Set();
  const refused = [];
  for (const witness of policy.witnesses) {
    const check = await checkCosignature(checkpoint, witness.key, now);
    if (check.status === "valid") cosigned.add(witness);
    if (check.status === "refused") refused.push(`the cosignature of ${witness.key.name} ${check.reason}`);
  }
  if (meetsQuorum(policy, cosigned)) return [];
  const by = [...cosigned].map(({ key }) => key.name).join(", ");
  const message = [
    `the checkpoint of ${head.size} entries is cosigned by ${by === "" ? "no witness" : by} of the policy, which does not meet its quorum`,
    ...refused
  ].join("; ");
  const remedy = "Witnesses may be down. Run the audit again later; if the finding remains, ask the operator of the log.";
  return [observation("WITNESS_QUORUM", foundLog(log, head.origin), message, remedy)];
}
var knownWitnesses = [
  "witness.navigli.sunlight.geomys.org+a3e00fe2+BNy/co4C1Hn1p+INwJrfUlgz7W55dSZReusH/GhUhJ/G",
  "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv",
  "staging.witness.transparency.goog/ring-any-bells+2e1a8dc9+BG5JTpLc3FJtwzgh1Uv+Qelz9qeOH2bfWjS1s0s+y4rL"
];
function cosignatureTimes(policy, clock) {
  const known = knownWitnesses.map((key) => readVerifierKey(key, "witness")).filter(isWitnessKey);
  const keys = [...known, ...(policy?.witnesses ?? []).map(({ key }) => key)];
  return async (checkpoint) => {
    let latest;
    for (const key of keys) {
      const check = await checkCosignature(checkpoint, key, clock());
      if (check.status === "valid" && (latest === void 0 || check.time > latest)) latest = check.time;
    }
    return latest;
  };
}
async function compareHeads(reader, state, head) {
  const { log } = reader;
  const old = state.verified.head;
  if (head.size === old.size) {
    if (equalBytes(head.root, old.root)) return { kind: "accepted", findings: [] };
    return forked(log, { smaller: old, larger: head, rootInstead: head.root, proof: [] });
  }
  if (head.size < old.size) return compareEarlier(reader, state, head);
  const comparison = await reader.compare(old, head);
  switch (comparison.kind) {
    case "consistent":
      return { kind: "accepted", findings: old.frozen ? [thawed(log, { frozen: old, later: head })] : [] };
    case "forked":
      return forked(log, { smaller: old, larger: head, ...comparison });
    case "unproven":
      return { kind: "refused", findings: [unproven(log, old, head, comparison.reason)] };
  }
}
function forked(log, heads) {
  const { smaller, larger } = heads;
  const message = smaller.size === larger.size ? `the log signed two different trees of ${smaller.size} entries` : `the log signed a tree of ${larger.size} entries that does not begin with the tree of ${smaller.size} entries that it signed`;
  return { kind: "refused", findings: [contradiction("LOG_FORKED", log, heads, message)] };
}
function unproven(log, old, head, reason) {
  return observation(
    "TILES_INCONSISTENT",
    foundLog(log, head.origin),
    `the log did not prove that its tree of ${head.size} entries begins with the one of ${old.size} entries that was verified: ${reason}`,
    "Run the audit again. If the finding remains, ask the operator of the log.",
    [old.size]
  );
}
async function compareEarlier(reader, state, head) {
  const old = state.verified.head;
  let proof;
  let root;
  try {
    ({ root, proof } = await reader.consistencyProof(head.size, old));
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === "CANCELLED") throw error;
    const known = state.history.find(({ range }) => range.size === head.size)?.range;
    root = known && rootOfRange(known);
  }
  if (root === void 0 || equalBytes(root, head.root)) return { kind: "earlier" };
  return forked(reader.log, { smaller: head, larger: old, rootInstead: root, proof });
}
var publicGoodKey = "c0d23d6ad406973f9559f3ba2d1ca01f84147d8ffc5b8445c224f98b9591801d";
var publicGoodOffsets = {
  "rekor.sigstore.dev - 3904496407287907110": 0,
  "rekor.sigstore.dev - 2605736670972794746": 4163431,
  "rekor.sigstore.dev - 1193050959916656506": 121904262
};
function shardOffset(origin, keyId) {
  if (encodeHex(keyId) !== publicGoodKey || !Object.hasOwn(publicGoodOffsets, origin)) return void 0;
  return publicGoodOffsets[origin];
}
async function verifyView(note, log, trusted) {
  let reason;
  try {
    return { kind: "view", head: await verifyHead(log, note) };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    reason = error.message;
  }
  const checkpoint = attempt(() => readCheckpoint(note));
  if (checkpoint === void 0 || !log.names.includes(checkpoint.origin)) return { kind: "invalid", reason };
  const namesakes = trusted.filter(
    (other) => !equalBytes(other.keyId, log.keyId) && isNameOf(checkpoint.origin, other)
  );
  for (const other of namesakes)
    if (await isSignedBy(checkpoint, other)) return { kind: "of another log", baseUrl: other.baseUrl };
  return { kind: "invalid", reason };
}
function isNameOf(origin, { baseUrl }) {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : void 0;
  return [url?.hostname, url?.host, baseUrl.replace(/^https?:\/\//, "")].includes(splitOrigin(origin).host);
}
async function isSignedBy(checkpoint, { keyId, publicKey }) {
  const names = [splitOrigin(checkpoint.origin).host];
  const checks = [
    () => verifyCheckpoint(checkpoint, { names, keyId, publicKey }),
    () => verifyTreeHead(checkpoint, { logId: keyId, publicKey })
  ];
  for (const check of checks) {
    try {
      await check();
      return true;
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
    }
  }
  return false;
}
var nothing = { findings: [], incomplete: [], notes: [] };
async function compareViews(reader, { views, promises }, head, context, take) {
  const { trusted, world, suspicions } = context;
  const witnesses = await world.witnessViews(head.origin);
  await take({ ...nothing, incomplete: witnesses.failures });
  for (const { source, note } of [...views, ...witnesses.views]) {
    const view = await verifyView(note, reader.log, trusted);
    await take(
      view.kind === "view" ? await compareView(reader, { source, head: view.head }, head, suspicions) : unverified(source, view)
    );
  }
  for (const promise of promises) await take(await checkPromise(reader, promise, head, world.clock(), suspicions));
}
function unverified(source, view) {
  return view.kind === "invalid" ? { ...nothing, incomplete: [`${source} has no valid checkpoint of the log: ${view.reason}`] } : { ...nothing, notes: [`${source} has the checkpoint of ${view.baseUrl}, which has the same origin`] };
}
async function compareView(reader, { source, head: view }, head, suspicions) {
  const { log } = reader;
  const contradicts = ([smaller, larger], rootInstead, proof) => {
    const message = `${source} has a checkpoint of ${view.size} entries that contradicts the one of ${head.size} entries that the log serves: the log shows different trees to different readers`;
    return {
      findings: [contradiction("SPLIT_VIEW", log, { smaller, larger, rootInstead, proof }, message)],
      incomplete: [],
      notes: []
    };
  };
  try {
    if (view.size === head.size)
      return equalBytes(view.root, head.root) ? nothing : contradicts([view, head], head.root, []);
    if (view.size < head.size) {
      const { root, proof } = await reader.consistencyProof(view.size, head);
      return equalBytes(root, view.root) ? nothing : contradicts([view, head], root, proof);
    }
    const comparison = await reader.compare(head, view);
    if (comparison.kind === "consistent") return nothing;
    if (comparison.kind === "forked") return contradicts([head, view], comparison.rootInstead, comparison.proof);
    return behind(reader, { source, head: view }, head, comparison.reason, suspicions);
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === "CANCELLED") throw error;
    if (view.size > head.size) return behind(reader, { source, head: view }, head, error.message, suspicions);
    return uncompared(source, error.message);
  }
}
function behind({ log }, { source, head: view }, head, reason, suspicions) {
  const message = `${source} has a checkpoint of ${view.size} entries, and the log serves ${head.size}`;
  if (!suspicions.observe("LOG_ROLLED_BACK", `view ${view.size} ${encodeHex(view.root)}`))
    return uncompared(source, `the log serves an earlier tree of ${head.size} entries: ${reason}`);
  const remedy = "A cache may serve an old checkpoint. Run the audit again later from another network.";
  return {
    ...nothing,
    findings: [observation("LOG_ROLLED_BACK", foundLog(log, head.origin), message, remedy, [view.size])]
  };
}
function uncompared(source, reason) {
  return { ...nothing, incomplete: [`${source} could not be compared with the log: ${reason}`] };
}
async function checkPromise(reader, view, head, now, suspicions) {
  const { source, leaf, due } = view;
  const isDue = now >= due && (head.time === void 0 || head.time >= due);
  const later = {
    ...nothing,
    notes: [`the log has time until ${due.toISOString()} to include the entry of ${source}`]
  };
  try {
    const index = view.index ?? await reader.find?.(leafHash(leaf), head);
    if (index === void 0) return isDue || reader.find === void 0 ? missing(reader, view, head) : later;
    if (index >= head.size) {
      if (!isDue) return later;
      const message2 = `the log has ${head.size} entries, and promised an entry at index ${index}`;
      if (!suspicions.observe("PROMISE_BROKEN", `${index} ${encodeHex(leafHash(leaf))}`))
        return uncompared(source, message2);
      return { ...nothing, findings: [broken(reader, view, head, index, void 0, message2)] };
    }
    const { bytes, proof } = await reader.entry(index, head);
    if (equalBytes(bytes, leaf)) return nothing;
    if (!isDue) return later;
    const message = `the log promised to include the entry of ${source} at index ${index}, and has another entry there`;
    return { ...nothing, findings: [broken(reader, view, head, index, { bytes, proof }, message)] };
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code === "CANCELLED") throw error;
    const result = uncompared(source, error.message);
    return error.code === "ENTRY_ALTERED" ? { ...result, altered: error } : result;
  }
}
function missing(reader, view, head) {
  if (reader.find === void 0)
    return uncompared(view.source, "the promise does not state the index of the entry, and the log cannot be searched");
  const message = `the log promised to include the entry of ${view.source}, and says that it has no such entry`;
  return { ...nothing, findings: [broken(reader, view, head, void 0, void 0, message)] };
}
function broken({ log }, { promise, leaf }, head, index, other, message) {
  const promised = { index, leafHash: leafHash(leaf) };
  const offset = shardOffset(head.origin, log.keyId);
  const isBound = promise.kind === "signed-certificate-timestamp" || offset !== void 0 && index !== void 0 && promise.logIndex === BigInt(offset) + BigInt(index);
  const proof = other === void 0 || index === void 0 || !isBound ? void 0 : { kind: "promise", promise, index, ...other, head };
  return brokenPromise(log, head.origin, promised, message, proof);
}
function rangeAtSize(size, head, { root, proof }) {
  if (size === 0) return CompactRange.empty;
  const subtrees = [];
  const levels = subtreeLevels(size);
  if (levels.length === 1) subtrees.push(root);
  else {
    const [lowest = 0] = levels;
    let position = size / 2 ** lowest - 1;
    let last = Math.ceil(head.size / 2 ** lowest) - 1;
    const hashes = proof.values();
    const next = () => hashes.next().value ?? fail("TILES_INCONSISTENT", "the consistency proof is too short");
    subtrees.push(next());
    for (; last > 0; position = Math.floor(position / 2), last = Math.floor(last / 2)) {
      if (position % 2 === 1) subtrees.unshift(next());
      else if (position < last) next();
    }
  }
  const range = CompactRange.of(size, subtrees);
  if (!equalBytes(rootOfRange(range), root))
    fail("TILES_INCONSISTENT", `the consistency proof does not contain the subtrees of the first ${size} entries`);
  return range;
}
function subtreeLevels(size) {
  const levels = [];
  for (let level = 0, rest = size; rest > 0; level++, rest = Math.floor(rest / 2))
    if (rest % 2 === 1) levels.push(level);
  return levels;
}
var batchesPerSave = 64;
var Run = class {
  #budget;
  #consumers;
  #clock;
  #onProgress;
  #inTurn = inTurns(1);
  #done = 0;
  #total = 0;
  constructor(budget, consumers, clock, onProgress) {
    this.#budget = budget;
    this.#consumers = consumers;
    this.#clock = clock;
    this.#onProgress = onProgress;
  }
  /** Announces entries that will be read. */
  announce(entries2) {
    this.#total += entries2;
    this.#report();
  }
  /** The number of entries that may still be read. */
  get left() {
    const { entries: entries2, end } = this.#budget;
    if (end !== void 0 && this.#clock() >= end) return 0;
    return entries2 === void 0 ? Number.POSITIVE_INFINITY : Math.max(0, entries2 - this.#done);
  }
  /** Passes a batch on, or as much of it as the budget allows. Logs take turns, since consumers take one batch at a time. */
  async accept(batch, before, log, origin) {
    return this.#inTurn(async () => {
      const taken = firstOf(batch, before, this.left);
      if (taken.entries.length === 0) return taken;
      for (const consumer of this.#consumers) await consumer.accept(taken, log, origin);
      this.#done += taken.entries.length;
      this.#report();
      return taken;
    });
  }
  flush() {
    return this.#inTurn(async () => {
      for (const consumer of this.#consumers) await consumer.flush();
    });
  }
  /** Returns the number of entries of a log that could not be parsed. */
  unreadable(log) {
    return Math.max(0, ...this.#consumers.map((consumer) => consumer.unreadable?.(log) ?? 0));
  }
  #report() {
    this.#onProgress?.({ done: this.#done, total: Math.min(this.#total, this.#budget.entries ?? this.#total) });
  }
};
function firstOf(batch, before, count2) {
  if (batch.entries.length <= count2) return batch;
  const entries2 = batch.entries.slice(0, count2);
  return { first: batch.first, entries: entries2, range: before.with(entries2.map(leafHash)) };
}
var WrongPosition = class extends Error {
  constructor(size) {
    super(`the state says that ${size} entries were read, but with other hashes than the verified tree`);
  }
};
async function demandPosition(reader, position, head) {
  if (position.size === 0) return;
  const { root } = await reader.consistencyProof(position.size, head);
  if (!equalBytes(root, rootOfRange(position))) throw new WrongPosition(position.size);
}
async function readEntries(reader, from, head, run, cancellation, save) {
  await demandPosition(reader, from, head);
  let cursor = from;
  let saved = from;
  const keep = async () => {
    if (cursor === saved) return;
    await run.flush();
    await save(cursor);
    saved = cursor;
  };
  let batches = 0;
  try {
    for await (const batch of reader.entries(from, head)) {
      if (cancellation.aborted) break;
      const taken = await run.accept(batch, cursor, reader.log, head.origin);
      cursor = taken.range;
      if (taken.entries.length < batch.entries.length) break;
      batches += 1;
      if (batches % batchesPerSave === 0) await keep();
      if (run.left === 0) break;
    }
  } finally {
    await keep();
  }
  return cursor;
}
var schema = "countersign-evidence/1";
var observationSchema = "countersign-observation/1";
var maxLength2 = 16 * 1024 * 1024;
async function writeEvidence(folder, finding, context, { files, random }) {
  const path = join(folder, `${finding.id}.json`);
  if (await pathExists(path, files)) return path;
  await writeAtomically(files, random, path, `${JSON.stringify(evidenceJson2(finding, context), void 0, 2)}
`);
  await syncFolder(files, folder);
  return path;
}
function evidenceJson2(finding, context) {
  const { id, code, message, proof } = finding;
  const { now, tool } = context;
  const { notes, hashes, entries: entries2, ...details } = partsOf(proof);
  return {
    schema,
    finding: { id, code, message, found: now.toISOString(), proof: { kind: proof.kind, ...details } },
    log: logJson2(finding, context),
    notes: notes.map(encodeBase64),
    proof: hashes.map(encodeBase64),
    entries: entries2.map(({ index, bytes }) => ({ index, bytes: encodeBase64(bytes) })),
    fetched: fetchedJson(context),
    tool
  };
}
function logJson2({ log: { origin } }, { log: { baseUrl, publicKey, keyId }, keySource }) {
  return { origin, baseUrl, publicKey: encodeBase64(publicKey.spki), keyId: encodeBase64(keyId), keySource };
}
function fetchedJson({ fetched }) {
  return fetched.map(({ url, time, status, sha256: sha2563 }) => ({
    url,
    time: time.toISOString(),
    status,
    sha256: encodeHex(sha2563)
  }));
}
function partsOf(proof) {
  switch (proof.kind) {
    case "contradiction":
      return {
        notes: [proof.smaller.note, proof.larger.note],
        hashes: proof.proof,
        entries: [],
        rootInstead: encodeBase64(proof.rootInstead)
      };
    case "thawed":
      return { notes: [proof.frozen.note, proof.later.note], hashes: [], entries: [] };
    case "promise":
      return {
        notes: [proof.head.note],
        hashes: proof.proof,
        entries: [{ index: proof.index, bytes: proof.bytes }],
        promise: promiseJson(proof.promise)
      };
  }
}
function promiseJson(promise) {
  return promise.kind === "signed-entry-timestamp" ? {
    kind: promise.kind,
    canonicalizedBody: encodeBase64(promise.canonicalizedBody),
    integratedTime: String(promise.integratedTime),
    logIndex: String(promise.logIndex),
    signature: encodeBase64(promise.signature)
  } : { kind: promise.kind, certificate: encodeBase64(promise.certificate), issuer: encodeBase64(promise.issuer) };
}
var codes = { LOG_FORKED: 1, SPLIT_VIEW: 2, PROMISE_BROKEN: 3, LOG_THAWED: 4 };
function readEvidence(bytes) {
  const file = ProtoField.parse(bytes, "EVIDENCE_INVALID", "evidence", { maxLength: maxLength2 });
  const stated = file.field("schema").text();
  if (stated === observationSchema)
    fail("EVIDENCE_INVALID", "the file is an observation, and no evidence: no signature covers what the log served", {
      remedy: "Use a file of the folder `evidence`. Compare an observation with what others obtain from the log."
    });
  if (stated !== schema)
    file.field("schema").fail(`is not ${schema}: the file is no evidence file, or of another version`);
  const finding = file.field("finding");
  const log = file.field("log");
  const notes = file.field("notes").list(2);
  return {
    id: finding.field("id").text(),
    code: finding.field("code").enum(codes) ?? finding.field("code").fail("is not the code of a proven finding"),
    origin: log.field("origin").text(),
    publicKey: log.field("publicKey").data(),
    notes: notes.map((note) => decodeUtf8(note.data()) ?? note.fail("is not valid UTF-8")),
    claim: readClaim(file)
  };
}
function readClaim(file) {
  const details = file.field("finding").field("proof");
  const proof = file.field("proof").list(128).map((hash3) => hash3.data());
  const kind = details.field("kind").text();
  if (kind === "contradiction") return { kind, rootInstead: details.field("rootInstead").data(), proof };
  if (kind === "thawed") return { kind };
  if (kind !== "promise") return details.field("kind").fail("is not a known kind of proof");
  const [entry] = file.field("entries").list(1);
  if (entry === void 0) return file.field("entries").fail("has no entry");
  return {
    kind,
    promise: readPromise(details.field("promise")),
    index: entry.field("index").safeInteger(),
    bytes: entry.field("bytes").bytes(),
    proof
  };
}
function readPromise(promise) {
  const kind = promise.field("kind").text();
  if (kind === "signed-certificate-timestamp")
    return { kind, certificate: promise.field("certificate").data(), issuer: promise.field("issuer").data() };
  if (kind !== "signed-entry-timestamp") return promise.field("kind").fail("is not a known kind of promise");
  return {
    kind,
    canonicalizedBody: promise.field("canonicalizedBody").data(),
    integratedTime: promise.field("integratedTime").uint64(),
    logIndex: promise.field("logIndex").uint64(),
    signature: promise.field("signature").data()
  };
}
var warning = "This is no proof: no signature covers the entries that a log serves.";
var maxBundle = 4 * 1024 * 1024;
var maxEntry = 1024 * 1024;
var maxFiles = 100;
async function writeObservation(folder, finding, { entry, bundle }, head, context, { files, random }) {
  const served = sha2562(bundle?.bytes ?? entry?.bytes ?? new Uint8Array());
  const path = join2(folder, `${finding.id}-${served.slice(0, 16)}.json`);
  if (await pathExists(path, files)) return path;
  if ((await namesIn(folder, files)).length >= maxFiles) return void 0;
  const { id, code, message } = finding;
  const document = {
    schema: observationSchema,
    warning,
    finding: { id, code, message, found: context.now.toISOString() },
    log: logJson2(finding, context),
    note: encodeBase64(head.note),
    entry: entry === void 0 ? null : entryJson(entry),
    bundle: bundle === void 0 ? null : bundleJson(bundle),
    fetched: fetchedJson(context),
    tool: context.tool
  };
  await writeAtomically(files, random, path, `${JSON.stringify(document, void 0, 2)}
`);
  await syncFolder(files, folder);
  return path;
}
function entryJson({ index, bytes, expected }) {
  return {
    index,
    ...servedJson(bytes, maxEntry),
    leafHash: encodeBase64(leafHash(bytes)),
    expected: expected === void 0 ? null : encodeBase64(expected)
  };
}
function bundleJson({ first, bytes, hashes }) {
  return { first, ...servedJson(bytes, maxBundle), hashes: hashes.map(encodeBase64) };
}
function servedJson(bytes, limit) {
  return {
    length: bytes.length,
    sha256: sha2562(bytes),
    bytes: bytes.length > limit ? null : encodeBase64(bytes)
  };
}
function sha2562(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}
function evidenceFolder({ state }) {
  return join3(state, "evidence");
}
function observationFolder({ state }) {
  return join3(state, "observations");
}
var RecordedFindings = class {
  #log;
  #request;
  #world;
  #list = [];
  constructor(log, request, world) {
    this.#log = log;
    this.#request = request;
    this.#world = world;
  }
  get list() {
    return this.#list;
  }
  has(id) {
    return this.#list.some(({ finding }) => finding.id === id);
  }
  /**
   * Records a finding, unless it is recorded. Its evidence is on disk before anything reports it.
   *
   * @param known the misbehaviour that earlier runs proved
   */
  async add(finding, known) {
    if (this.has(finding.id)) return;
    const evidence = isProven(finding) ? await writeEvidence(evidenceFolder(this.#request), finding, this.#context(), this.#world) : void 0;
    const isNew = evidence === void 0 || known.every(({ id }) => id !== finding.id);
    this.#list.push({ finding, evidence, isNew });
  }
  /**
   * Records that a log served something in place of an entry, which is kept, unless the finding is recorded.
   *
   * @param head the tree that contains the entry
   * @returns false if it was not kept, since too much is kept already
   */
  async addServed(finding, served, head) {
    if (this.has(finding.id)) return true;
    const folder = observationFolder(this.#request);
    const file = await writeObservation(folder, finding, served, head, this.#context(), this.#world);
    this.#list.push({ finding, evidence: void 0, observation: file, isNew: true });
    return file !== void 0;
  }
  /** Returns the misbehaviour that is proven, in the order in which it was found. */
  proven(known) {
    const at = this.#world.clock();
    const added = this.#list.flatMap(
      ({ finding: { id, code, message }, evidence }) => evidence === void 0 || known.some((one) => one.id === id) ? [] : [{ id, code, message, at }]
    );
    return [...known, ...added];
  }
  #context() {
    const { keySource, tool } = this.#request;
    return { log: this.#log, keySource, fetched: this.#world.fetched(this.#log), now: this.#world.clock(), tool };
  }
};
var minute = 60 * 1e3;
var thresholds = {
  "rekor-v1": 30 * minute,
  "rekor-v2": 60 * minute,
  rfc6962: 24 * 60 * minute,
  "static-ct": 24 * 60 * minute
};
function hasEnded({ isEnded = false, validFor: { end } }, now) {
  return isEnded || end !== void 0 && end < now;
}
function stalled(log, head, since, now) {
  if (head.frozen || hasEnded(log, now)) return [];
  const threshold = thresholds[log.protocol];
  const isOld = (time) => time !== void 0 && now.getTime() - time.getTime() >= threshold;
  const found = (message) => {
    const remedy = "This is probably an outage, or a cache that serves an old checkpoint. Run the audit again later.";
    return [observation("LOG_STALLED", foundLog(log, head.origin), message, remedy, [head.size])];
  };
  if (!isCertificateLog(log.protocol) && isOld(since))
    return found(`the log has had ${head.size} entries for ${duration(since, now)}`);
  if (isOld(head.time))
    return found(`the checkpoint of ${head.size} entries was signed or cosigned last ${duration(head.time, now)} ago`);
  return [];
}
function duration(from, to) {
  const minutes = Math.floor((to.getTime() - from.getTime()) / minute);
  return minutes < 120 ? `${minutes} minutes` : `${Math.floor(minutes / 60)} hours`;
}
var lastingMilliseconds = 15 * 60 * 1e3;
var Suspicions = class {
  #earlier;
  #now;
  #kept = [];
  constructor(earlier, now) {
    this.#earlier = earlier;
    this.#now = now;
  }
  /**
   * Records an observation.
   *
   * @returns true if it was observed at least 15 minutes ago too, and at each look since
   */
  observe(code, what) {
    const earlier = this.#earlier.find((one) => one.code === code && one.what === what);
    const since = earlier?.since ?? this.#now;
    this.#kept.push({ code, what, since });
    return this.#now.getTime() - since.getTime() >= lastingMilliseconds;
  }
  /** The suspicions to keep for the next run. */
  get kept() {
    return this.#kept;
  }
};
function noProgress(log, failingSince, now) {
  if (now.getTime() - failingSince.getTime() < lastingMilliseconds) return [];
  const message = `no run since ${failingSince.toISOString()} could audit the log to its end`;
  const remedy = "Correct the problem that the report names. Until then, new entries of the log are not seen.";
  return [watchBlind(log, "no-progress", message, remedy)];
}
var headTries = 3;
var day = 24 * 60 * 60 * 1e3;
var observed = {
  CHECKPOINT_INVALID: "CHECKPOINT_INVALID",
  CHECKPOINT_ORIGIN: "CHECKPOINT_ORIGIN",
  ENTRY_ALTERED: "ENTRY_ALTERED",
  TILES_INCONSISTENT: "TILES_INCONSISTENT"
};
var remedies = {
  CHECKPOINT_INVALID: "Check that the trusted root is current. Otherwise, something between this machine and the log may have changed it.",
  CHECKPOINT_ORIGIN: "Check the URL of the log in the trusted root."
};
var lookAgain = "Run the audit again, from another network if possible. If the finding remains, ask the operator of the log.";
var LogAudit = class {
  #log;
  #reader;
  #folder;
  #run;
  #request;
  #world;
  #findings;
  #incomplete = [];
  #notes = [];
  #state;
  #suspicions;
  #head;
  #origin;
  #isNewBaseline = false;
  #read = 0;
  #hasFailed = false;
  constructor(log, folder, run, request, world) {
    this.#log = log;
    this.#reader = world.openReader(log);
    this.#folder = folder;
    this.#run = run;
    this.#request = request;
    this.#world = world;
    this.#findings = new RecordedFindings(log, request, world);
    this.#suspicions = new Suspicions([], world.clock());
  }
  /**
   * Audits the log.
   *
   * @throws the system's error for a state that cannot be written; bugs
   */
  async audit(concerning) {
    const stored = await this.#folder.read(this.#log);
    if (stored.kind === "blind") {
      const remedy = "Restore the state folder from a backup. To begin again with a new baseline, use a new folder.";
      const found = foundLog(this.#log);
      await this.#report([watchBlind(found, stored.cause, `the log cannot be audited: ${stored.message}`, remedy)]);
      this.#incomplete.push("the state of the log cannot be used");
      return this.#result();
    }
    if (stored.kind === "found") {
      this.#state = stored.state;
      this.#origin = stored.state.verified.head.origin;
      this.#suspicions = new Suspicions(stored.state.suspicions, this.#world.clock());
    }
    if (!this.#isDue()) return this.#result();
    await this.#attempt(() => this.#follow(concerning));
    await this.#end();
    return this.#result();
  }
  /** Reports whether it is time to check the log. A log that has ended is checked monthly, once nothing changes. */
  #isDue() {
    const state = this.#state;
    const now = this.#world.clock();
    if (state === void 0 || !hasEnded(this.#log, now)) return true;
    const { head, since, at } = state.verified;
    const isOver = state.cursor.size === head.size && now.getTime() - since.getTime() >= 7 * day;
    const next = new Date(at.getTime() + 30 * day);
    if (!isOver || now >= next) return true;
    this.#notes.push(`the log has ended, and was read to its end; it is checked again after ${next.toISOString()}`);
    return false;
  }
  async #follow(concerning) {
    const head = await this.#fetchHead();
    this.#head = head;
    this.#origin = head.origin;
    const accepted = this.#state === void 0 ? await this.#begin(head) : await this.#advance(this.#state, head);
    const { policy } = this.#request;
    const now = this.#world.clock();
    if (policy !== void 0 && appliesTo(policy, this.#log))
      await this.#report(await checkQuorum(policy, this.#log, head, now));
    await this.#compareViews(concerning, head);
    if (accepted) await this.#readEntries();
  }
  /** Fetches the head, again if it does not verify: a front end of the log may be broken. */
  async #fetchHead() {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#reader.head();
      } catch (error) {
        const isInvalid = error instanceof CountersignError && (error.code === "CHECKPOINT_INVALID" || error.code === "CHECKPOINT_ORIGIN");
        if (!isInvalid || tries === headTries) throw error;
      }
    }
  }
  /** Makes the baseline of a log: nothing is known of it before. */
  async #begin(head) {
    const now = this.#world.clock();
    await this.#report(stalled(this.#log, head, void 0, now));
    const range = await this.#reader.rangeOf(head);
    const cursor = await this.#firstPosition(head, range);
    await this.#save({
      verified: { head, range, at: now, since: now },
      cursor,
      baseline: { size: head.size, at: now, from: cursor.size },
      history: [],
      suspicions: [],
      proven: [],
      endedAt: void 0
    });
    this.#isNewBaseline = true;
    return true;
  }
  async #firstPosition(head, range) {
    const { from } = this.#request;
    const isAdded = this.#folder.isAdded(this.#log);
    if (from === "start" || from === 0 || isAdded && from === "head") return CompactRange.empty;
    if (from === "head" || from >= head.size) return range;
    return rangeAtSize(from, head, await this.#reader.consistencyProof(from, head));
  }
  /** Compares a head with the state. Returns false if it was not accepted. */
  async #advance(state, head) {
    const now = this.#world.clock();
    const old = state.verified;
    const comparison = await compareHeads(this.#reader, state, head);
    if (comparison.kind === "earlier") {
      await this.#observeEarlier(head, old.head);
      return false;
    }
    await this.#report(comparison.findings);
    if (comparison.kind === "refused") {
      this.#incomplete.push("the checkpoint of the log was not accepted");
      this.#hasFailed = true;
      return false;
    }
    if (head.size === old.head.size) {
      await this.#report(stalled(this.#log, head, old.since, now));
      this.#state = { ...state, verified: { ...old, head: old.head.frozen ? old.head : head, at: now } };
      return true;
    }
    await this.#report(stalled(this.#log, head, void 0, now));
    if (state.endedAt !== void 0) await this.#reportGrowth(state.endedAt, head);
    const range = await this.#reader.rangeOf(head);
    const past = [...state.history, { range: old.range, at: old.at }];
    await this.#save({
      ...this.#current(state),
      verified: { head, range, at: now, since: now },
      history: past.slice(-maxHistory)
    });
    return true;
  }
  /** Reports that a shard grew after it had ended. No signature says that it had. */
  async #reportGrowth(endedAt, head) {
    const message = `the shard had ended with ${endedAt} entries, and has ${head.size} now`;
    await this.#report([grown(this.#log, endedAt, head, message)]);
  }
  async #observeEarlier(head, old) {
    const message = `the log serves its tree of ${head.size} entries, which is older than the one of ${old.size} entries that was verified`;
    this.#incomplete.push(message);
    this.#hasFailed = true;
    if (!this.#suspicions.observe("LOG_ROLLED_BACK", "checkpoint")) return;
    const remedy = "A cache or a front end of the log may be out of date. If the finding remains, ask the operator of the log.";
    await this.#report([observation("LOG_ROLLED_BACK", foundLog(this.#log, old.origin), message, remedy, [old.size])]);
  }
  async #compareViews(concerning, head) {
    const context = { trusted: this.#request.trusted, world: this.#world, suspicions: this.#suspicions };
    await compareViews(this.#reader, concerning, head, context, async ({ findings, incomplete, notes, altered }) => {
      await this.#report(findings);
      if (altered !== void 0) await this.#reportObserved("ENTRY_ALTERED", altered);
      this.#incomplete.push(...incomplete);
      this.#notes.push(...notes);
    });
  }
  async #readEntries() {
    const state = this.#state;
    if (state === void 0 || this.#isTreeOnly) return;
    const { head } = state.verified;
    const { cursor } = state;
    if (cursor.size === head.size) return;
    this.#run.announce(head.size - cursor.size);
    if (this.#run.left > 0) {
      await readEntries(this.#reader, cursor, head, this.#run, this.#world.cancellation, async (position) => {
        this.#read = position.size - cursor.size;
        await this.#save({ ...this.#current(state), cursor: position });
      });
    }
    const left = head.size - (this.#state?.cursor.size ?? 0);
    const reason = this.#world.cancellation.aborted ? "the run was interrupted" : "the budget of the run ended";
    if (left > 0) this.#incomplete.push(`${reason} before the last ${left} entries`);
  }
  /** Runs a step. What the log or the network did wrong becomes a finding, or a reason why the audit is incomplete. */
  async #attempt(step) {
    try {
      await step();
    } catch (error) {
      const found = foundLog(this.#log, this.#origin);
      if (error instanceof WrongPosition) {
        this.#hasFailed = true;
        const remedy = "Restore the state folder from a backup. To begin again, use a new folder.";
        await this.#report([watchBlind(found, "state-invalid", error.message, remedy)]);
        return;
      }
      if (!(error instanceof CountersignError)) throw error;
      this.#hasFailed = error.code !== "CANCELLED";
      this.#incomplete.push(error.message);
      const code = observed[error.code];
      if (code !== void 0) await this.#reportObserved(code, error);
      else if (error.code === "ENTRIES_WITHHELD" && this.#suspicions.observe("ENTRIES_WITHHELD", "entries"))
        await this.#report([observation("ENTRIES_WITHHELD", found, error.message, lookAgain)]);
    }
  }
  /** Records an error of the reader as a finding, and keeps what the log served in place of an entry. */
  async #reportObserved(code, { message, cause }) {
    const found = foundLog(this.#log, this.#origin);
    const remedy = remedies[code] ?? lookAgain;
    const head = this.#head;
    if (!(cause instanceof AlteredEntry) || head === void 0) {
      await this.#report([observation(code, found, message, remedy)]);
      return;
    }
    const index = cause.entry?.index ?? cause.bundle?.first ?? 0;
    const isKept = await this.#findings.addServed(observation(code, found, message, remedy, [index]), cause, head);
    if (!isKept) this.#notes.push("the folder of observations is full, so that what the log served was not kept");
  }
  /** Stores what the run found, and notices that several runs in a row could not read the log. */
  async #end() {
    const now = this.#world.clock();
    const earlier = this.#folder.logs.get(logId(this.#log))?.failingSince;
    const failingSince = this.#hasFailed ? earlier ?? now : void 0;
    if (failingSince !== void 0)
      await this.#report(noProgress(foundLog(this.#log, this.#origin), failingSince, now));
    if (this.#state !== void 0) {
      const { head } = this.#state.verified;
      const hasEndedHere = this.#log.isEnded === true && this.#head?.size === head.size;
      await this.#save({
        ...this.#current(this.#state),
        // A run that did not see the log has not observed that a suspicion is over.
        suspicions: this.#head === void 0 ? this.#state.suspicions : this.#suspicions.kept,
        endedAt: hasEndedHere ? head.size : this.#state.endedAt
      });
    }
    await this.#folder.record([{ log: this.#log, state: this.#state, failingSince }]);
  }
  async #report(findings) {
    for (const finding of findings) await this.#findings.add(finding, this.#state?.proven ?? []);
  }
  /** Returns the state with the misbehaviour that is proven so far. */
  #current(state) {
    const current = this.#state ?? state;
    return { ...current, proven: this.#findings.proven(current.proven) };
  }
  async #save(state) {
    await this.#folder.write(this.#log, state);
    this.#state = state;
  }
  get #isTreeOnly() {
    return this.#request.isTreeOnly?.(this.#log) ?? false;
  }
  #result() {
    const state = this.#state;
    const head = this.#head;
    return {
      log: this.#log,
      origin: this.#origin,
      head: head && { size: head.size, root: head.root, time: head.time },
      baseline: state && { ...state.baseline, isNew: this.#isNewBaseline },
      coverage: state && {
        from: state.baseline.from,
        to: state.cursor.size,
        size: state.verified.head.size,
        read: this.#read,
        unreadable: this.#run.unreadable(this.#log)
      },
      ...this.#isTreeOnly && { isTreeOnly: true },
      findings: this.#findings.list,
      earlier: state?.proven.filter(({ id }) => !this.#findings.has(id)) ?? [],
      incomplete: this.#incomplete,
      notes: this.#notes
    };
  }
};
async function audit(request, world) {
  const folder = await StateFolder.open(request.state, world);
  for (const path of [evidenceFolder(request), observationFolder(request)]) await removeUnfinished(world.files, path);
  const findings = [...lostList(folder, request.state), ...removedLogs(folder, request)];
  const run = new Run(request.budget, request.consumers, world.clock, world.onProgress);
  const { concerning, incomplete } = assign(request);
  const prepared = request.logs.map((log) => new LogAudit(log, folder, run, request, world));
  const others = request.trusted.filter((log) => !request.logs.some((audited) => isOneLog(audited, log)));
  if (folder.isNew)
    await folder.record([...request.logs, ...others.map((log) => ({ ...log, names: [] }))].map((log) => ({ log })));
  const logs = await settled(prepared.map((one, at) => one.audit(concerning[at] ?? { views: [], promises: [] })));
  findings.push(...await unreadableLogs(folder, request, world.clock()));
  const unread = request.unreadable.map(({ baseUrl, reason }) => `the log ${baseUrl} could not be read: ${reason}`);
  return { logs, findings: findings.map(unproven2), incomplete: [.../* @__PURE__ */ new Set([...unread, ...incomplete])] };
}
async function unreadableLogs(folder, { logs, unreadable }, now) {
  const isUnreadable = (listed2) => unreadable.some((log) => isOneLog(log, listed2));
  const ids = new Set(logs.map(logId));
  const failing = [...folder.logs].filter(([, listed2]) => isUnreadable(listed2)).map(([id]) => id);
  const over = [...folder.logs].filter(([id, listed2]) => !ids.has(id) && !isUnreadable(listed2)).filter(([, { baseUrl }]) => logs.some((log) => log.baseUrl === baseUrl)).map(([id]) => id);
  await folder.recordOutages({ failing, over }, now);
  const listed = failing.flatMap((id) => folder.logs.get(id) ?? []);
  return listed.flatMap(
    ({ baseUrl, keyId, failingSince }) => failingSince === void 0 ? [] : noProgress({ baseUrl, keyId, origin: void 0 }, failingSince, now)
  );
}
async function settled(work) {
  await Promise.allSettled(work);
  return Promise.all(work);
}
function unproven2(finding) {
  return { finding, evidence: void 0, isNew: true };
}
function lostList({ problem }, path) {
  if (problem === void 0) return [];
  const remedy = "Restore the state folder from a backup. This run has made a new list from the states of the logs.";
  const log = { baseUrl: path, origin: void 0, keyId: new Uint8Array() };
  return [watchBlind(log, problem.cause, problem.message, remedy)];
}
function removedLogs(folder, { logs, trusted, unreadable }) {
  const ids = new Set(logs.map(logId));
  return [...folder.logs].filter(([id, { latest }]) => latest !== void 0 && !ids.has(id)).flatMap(([id, log]) => {
    const isTrusted = trusted.some((one) => isOneLog(one, log));
    const isRead = logs.some((one) => isOneLog(one, log)) && !unreadable.some((one) => isOneLog(one, log));
    if (isTrusted && !isRead) return [];
    const message = isTrusted ? `a shard of the log ${log.baseUrl} was audited, and the log does not list it any more` : `the log ${log.baseUrl} was audited, and is not in the trusted root any more`;
    const remedy = isTrusted ? "Ask the operator of the log." : "Check the trusted root. If the log was removed on purpose, audit with a new state folder.";
    return [observation("LOG_REMOVED", foundLog(log), message, remedy, [id])];
  });
}
function assign({ logs, views, promises, trusted }) {
  const incomplete = [];
  const concerning = logs.map(() => ({
    views: [],
    promises: []
  }));
  for (const view of views) {
    const origin = attempt(() => readCheckpoint(view.note))?.origin;
    const isMeant = ({ keyId }) => view.keyId === void 0 || equalBytes(view.keyId, keyId);
    const at = logs.findIndex((log) => origin !== void 0 && log.names.includes(origin) && isMeant(log));
    if (at >= 0) concerning[at]?.views.push(view);
    else if (origin === void 0) incomplete.push(`${view.source} has a malformed checkpoint`);
    else if (!trusted.some((log) => isMeant(log) && isNameOf(origin, log)))
      incomplete.push(
        `${view.source} has a checkpoint of ${JSON.stringify(origin)}, which is not a log of the trusted root`
      );
    else incomplete.push(`${view.source} has a checkpoint of ${JSON.stringify(origin)}, which this run does not audit`);
  }
  for (const promise of promises) {
    const at = logs.findIndex(
      ({ keyId, names }) => equalBytes(keyId, promise.log.keyId) && (promise.origin === void 0 || names.includes(promise.origin))
    );
    if (at >= 0) concerning[at]?.promises.push(promise);
    else
      incomplete.push(
        `${promise.source} has a promise of the log ${encodeHex(promise.log.keyId)}, which this run does not audit`
      );
  }
  return { concerning, incomplete };
}
function sharedReader() {
  const claimsOf = /* @__PURE__ */ new WeakMap();
  return (protocol, bytes) => {
    const known = claimsOf.get(bytes);
    if (known !== void 0) return known;
    const claims = readEntry(protocol, bytes);
    claimsOf.set(bytes, claims);
    return claims;
  };
}
var SegmentBuilder = class _SegmentBuilder {
  origin;
  first;
  #count = 0;
  #withProblems = 0;
  #root = new Uint8Array();
  #records = Buffer.allocUnsafeSlow(8192 * recordLength);
  #length = 0;
  constructor(origin, first) {
    this.origin = origin;
    this.first = first;
  }
  /** Continues a segment. */
  static from(header, records) {
    const builder = new _SegmentBuilder(header.origin, header.first);
    builder.#count = header.count;
    builder.#withProblems = header.withProblems;
    builder.#root = header.root;
    builder.#records = Buffer.allocUnsafeSlow(records.length);
    records.copy(builder.#records);
    builder.#length = records.length;
    return builder;
  }
  /** The index after the last entry. */
  get end() {
    return this.first + this.#count;
  }
  /** Reports whether the segment has room for further entries. */
  hasRoomFor(entries2) {
    return this.#count + entries2 <= maxEntries && this.#length < maxRecords * recordLength;
  }
  add(claims) {
    const number = this.#count++;
    if (claims.problems.length > 0) this.#withProblems++;
    forEachKey(claims, (kind, value) => {
      if (this.#length === this.#records.length) this.#grow();
      const at = this.#length;
      this.#records.write(keyHashHex(kind, value), at, keyLength, "hex");
      this.#records.writeUInt16BE(number, at + keyLength);
      this.#records[at + keyLength + 2] = keyKinds[kind];
      this.#records[at + keyLength + 3] = 0;
      this.#length += recordLength;
    });
  }
  /** Sets the root of the log's tree at {@link end}. */
  set root(root) {
    this.#root = root;
  }
  /** Returns the content of the file. */
  file() {
    const sorted = sortRecords(this.#records.subarray(0, this.#length));
    const header = writeHeader({
      origin: this.origin,
      first: this.first,
      count: this.#count,
      records: sorted.length / recordLength,
      withProblems: this.#withProblems,
      root: this.#root
    });
    return Buffer.concat([header, sorted]);
  }
  #grow() {
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#records.length * 2, 8192 * recordLength));
    this.#records.copy(larger, 0, 0, this.#length);
    this.#records = larger;
  }
};
var numbersOfRecords = 2 ** 21;
var wordsOfRecord = recordLength / 4;
function sortRecords(records) {
  const count2 = records.length / recordLength;
  const order = new Float64Array(count2);
  for (let record = 0; record < count2; record++)
    order[record] = records.readUInt32BE(record * recordLength) * numbersOfRecords + record;
  order.sort();
  for (let record = 0; record < count2; record++) order[record] = (order[record] ?? 0) % numbersOfRecords;
  sortRest(records, order);
  return inOrder(records, order);
}
function sortRest(records, order) {
  const compare = (a, b) => records.compare(
    records,
    b * recordLength,
    b * recordLength + keyLength,
    a * recordLength,
    a * recordLength + keyLength
  );
  const prefix = (at) => records.readUInt32BE((order[at] ?? 0) * recordLength);
  for (let start = 0, end = 1; start < order.length; start = end, end = start + 1) {
    let isSorted = true;
    while (end < order.length && prefix(end) === prefix(start)) {
      isSorted &&= compare(order[end - 1] ?? 0, order[end] ?? 0) <= 0;
      end++;
    }
    if (!isSorted) order.subarray(start, end).sort((a, b) => compare(a, b) || a - b);
  }
}
function inOrder(records, order) {
  const from = wordsOf(records);
  const sorted = Buffer.allocUnsafeSlow(records.length);
  const to = wordsOf(sorted);
  let length = 0;
  for (const record of order) {
    const at = record * wordsOfRecord;
    const [first, second, third] = [from[at] ?? 0, from[at + 1] ?? 0, from[at + 2] ?? 0];
    const isRepeated = to[length - 3] === first && to[length - 2] === second && to[length - 1] === third;
    if (isRepeated) continue;
    to[length] = first;
    to[length + 1] = second;
    to[length + 2] = third;
    length += wordsOfRecord;
  }
  return sorted.subarray(0, length * 4);
}
function wordsOf({ buffer, byteOffset, length }) {
  return new Uint32Array(buffer, byteOffset, length / 4);
}
var IndexBuilder = class {
  #files;
  #random;
  #folder;
  #read;
  #logs = /* @__PURE__ */ new Map();
  #unreadable = /* @__PURE__ */ new Map();
  /**
   * @param folder the folder of all indexes; it is created with the first segment
   * @param read reads the claims of an entry; one that is shared with other consumers spares them the work
   */
  constructor(files, random, folder, read = readEntry) {
    this.#files = files;
    this.#random = random;
    this.#folder = folder;
    this.#read = read;
  }
  /** @throws the system's error */
  async accept(batch, log, origin) {
    const name = logName({ origin, keyId: log.keyId });
    let builder = this.#logs.get(name);
    if (builder === void 0) {
      builder = await LogIndexBuilder.open(this.#files, this.#random, this.#folder, { origin, keyId: log.keyId });
      this.#logs.set(name, builder);
    }
    const problems = await builder.accept(batch, log, this.#read);
    this.#unreadable.set(log, this.unreadable(log) + problems);
  }
  /** Returns the number of entries of a log, so far, of which a part could not be read. */
  unreadable(log) {
    return this.#unreadable.get(log) ?? 0;
  }
  /** @throws the system's error */
  async flush() {
    for (const builder of this.#logs.values()) await builder.flush();
  }
};
var LogIndexBuilder = class _LogIndexBuilder {
  #files;
  #random;
  #folder;
  #origin;
  /** The segments on disk at the start. Files that are damaged are written again. */
  #segments;
  /** The entries in the index, those of the open segment included. */
  #ranges;
  #open;
  #isDirty = false;
  constructor(files, random, folder, origin, segments) {
    this.#files = files;
    this.#random = random;
    this.#folder = folder;
    this.#origin = origin;
    this.#segments = segments;
    this.#ranges = merge(segments.map(rangeOf));
  }
  static async open(files, random, allFolders, log) {
    const folder = logFolder(allFolders, log);
    const { segments } = await listSegments(files, folder, log.origin);
    await removeUnfinished(files, folder);
    return new _LogIndexBuilder(files, random, folder, log.origin, segments);
  }
  /** Returns the number of entries of which a part could not be read. */
  async accept({ first, entries: entries2, range }, { protocol }, read) {
    const end = first + entries2.length;
    const start = this.#firstMissing(first);
    if (start >= end) return 0;
    const segment = await this.#segmentFor(start, end - start);
    let unreadable = 0;
    for (const entry of entries2.slice(start - first)) {
      const claims = read(protocol, entry);
      if (claims.problems.length > 0) unreadable++;
      segment.add(claims);
    }
    segment.root = range.root() ?? new Uint8Array(32);
    this.#isDirty = true;
    this.#ranges = merge([...this.#ranges, { from: start, to: end }]);
    return unreadable;
  }
  /** Returns the first entry from this index on that is not in the index. */
  #firstMissing(index) {
    return this.#ranges.find(({ from, to }) => from <= index && index < to)?.to ?? index;
  }
  /** Returns a segment that ends where an entry follows, with room for so many entries. */
  async #segmentFor(start, entries2) {
    if (entries2 > maxEntries) throw new RangeError(`a batch has ${entries2} entries`);
    const continued = this.#open ?? await this.#reopen(start);
    if (continued?.end === start && continued.hasRoomFor(entries2)) {
      this.#open = continued;
      return continued;
    }
    await this.flush();
    this.#open = new SegmentBuilder(this.#origin, start);
    return this.#open;
  }
  /** Loads the segment that ends at this index, to continue it. */
  async #reopen(end) {
    const segment = this.#segments.find(({ first, count: count2 }) => first + count2 === end && count2 < maxEntries);
    if (segment === void 0) return void 0;
    try {
      return SegmentBuilder.from(segment, await readRecords(this.#files, segment));
    } catch (error) {
      damageOf(error);
      return void 0;
    }
  }
  /** Writes the open segment. */
  async flush() {
    if (this.#open === void 0 || !this.#isDirty) return;
    const path = join4(this.#folder, segmentName(this.#open.first));
    await writeAtomically(this.#files, this.#random, path, this.#open.file());
    await syncFolder(this.#files, this.#folder);
    this.#isDirty = false;
  }
};
var maximumMergeDelay = 24 * 60 * 60 * 1e3;
async function verifyProof(proof, key, offsetOf = shardOffset) {
  switch (proof.kind) {
    case "contradiction":
      return verifyContradiction(proof);
    case "thawed":
      return verifyThawed(proof);
    case "promise":
      return verifyBrokenPromise(proof, key, offsetOf);
  }
}
function verifyContradiction({ smaller, larger, rootInstead, proof }) {
  if (smaller.origin !== larger.origin)
    fail("CONSISTENCY_UNPROVEN", `the checkpoints are of two logs: ${smaller.origin} and ${larger.origin}`);
  if (equalBytes(smaller.root, rootInstead))
    fail("CONSISTENCY_UNPROVEN", "the larger tree begins with the smaller one");
  verifyConsistency({ size: smaller.size, root: rootInstead }, larger, proof);
  return smaller.size === larger.size ? `the log signed two different trees of ${smaller.size} entries` : `the log signed a tree of ${larger.size} entries that does not begin with the tree of ${smaller.size} entries that it signed`;
}
function verifyThawed({ frozen, later }) {
  if (frozen.origin !== later.origin)
    fail("CONSISTENCY_UNPROVEN", `the checkpoints are of two logs: ${frozen.origin} and ${later.origin}`);
  if (!frozen.frozen) fail("CONSISTENCY_UNPROVEN", "the first checkpoint does not say that the log is frozen");
  if (later.size <= frozen.size) fail("CONSISTENCY_UNPROVEN", "the second checkpoint does not have more entries");
  return `the log signed that it is frozen at ${frozen.size} entries, and signed a tree of ${later.size} entries`;
}
async function verifyBrokenPromise({ promise, index, bytes, proof, head }, key, offsetOf) {
  const promised = await promisedEntry(promise, key, head, offsetOf);
  if (promised.index !== BigInt(index))
    fail("LOG_ENTRY_MISMATCH", `the promise is for index ${promised.index}, and the entry is at index ${index}`);
  if (equalBytes(promised.leaf, bytes)) fail("LOG_ENTRY_MISMATCH", "the entry is the promised one");
  const inclusion = { index: BigInt(index), size: BigInt(head.size), hashes: proof };
  verifyInclusion(leafHash(bytes), inclusion, head.root);
  return `the log signed the promise to include an entry at index ${index}, and has another entry there`;
}
async function promisedEntry(promise, { publicKey, keyId }, head, offsetOf) {
  if (promise.kind === "signed-entry-timestamp") {
    const { signature, ...entry } = promise;
    await verifySignedEntryTimestamp({ ...entry, logKeyId: keyId }, signature, publicKey);
    const offset = offsetOf(head.origin, keyId);
    if (offset === void 0)
      fail(
        "LOG_ENTRY_INVALID",
        `the promise is for an index over all shards of the log, and no signature states where the shard ${head.origin} begins`
      );
    return { leaf: promise.canonicalizedBody, index: promise.logIndex - BigInt(offset) };
  }
  const certificate = readCertificate(promise.certificate);
  const issuer = readCertificate(promise.issuer);
  const timestamp = readSignedCertificateTimestamps(certificate).find(({ logId: logId2 }) => equalBytes(logId2, keyId));
  if (timestamp === void 0) fail("SCT_MISSING", "the certificate has no timestamp of the log");
  if (!await verifySignedCertificateTimestamp(timestamp, certificate, issuer, publicKey))
    fail("SCT_INVALID", "the signed certificate timestamp of the log is invalid");
  const late = timestamp.timestamp.getTime() + maximumMergeDelay;
  if (head.time === void 0 || head.time.getTime() < late)
    fail("SCT_INVALID", "the checkpoint was signed before the log had to include the certificate");
  const index = promisedIndex(timestamp.extensions);
  if (index === void 0) fail("SCT_INVALID", "the signed certificate timestamp contains no index");
  return { leaf: promisedLeaf(timestamp, certificate, issuer), index: BigInt(index) };
}
function promisedIndex(extensions) {
  if (extensions.length !== 8 || extensions[0] !== 0 || extensions[1] !== 0 || extensions[2] !== 5) return void 0;
  return extensions.subarray(3).reduce((index, byte) => index * 256 + byte, 0);
}
async function bundleViews(paths, context, files) {
  const [views, promises, problems] = [[], [], []];
  for (const path of paths) {
    for (const { source, bundle } of readFile(await readText(path, files), path)) {
      for (const { inclusionProof, logKeyId } of bundle.logEntries)
        if (inclusionProof !== void 0) views.push({ source, note: inclusionProof.checkpoint, keyId: logKeyId });
      for (const entry of bundle.logEntries) await keep(entryPromise(entry, source, context));
      await keep(certificatePromises(bundle, source, context));
    }
  }
  return { views, promises, problems };
  async function keep(reading2) {
    try {
      promises.push(...await reading2);
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      problems.push(error.message);
    }
  }
}
async function readText(path, files) {
  const bytes = await readInputFile(path, "bundle", files, maxBundleLength);
  return utf8Text(bytes, "BUNDLE_INVALID", `the bundle ${path}`);
}
function readFile(text2, path) {
  const lines = text2.split("\n").filter((line2) => line2.trim() !== "");
  if (lines.length < 2 || !lines.every((line2) => line2.trimStart().startsWith("{")))
    return [{ source: `the bundle ${path}`, bundle: readBundle(text2) }];
  return lines.map((line2, at) => ({ source: `the bundle ${path}:${at + 1}`, bundle: readBundle(line2) }));
}
async function entryPromise(entry, source, { logs }) {
  const { signedEntryTimestamp, inclusionProof, canonicalizedBody, integratedTime, logIndex, logKeyId } = entry;
  const shards = logs.filter(({ keyId, protocol }) => protocol === "rekor-v1" && equalBytes(keyId, logKeyId));
  const [shard, ...others] = shards;
  if (signedEntryTimestamp === void 0 || shard === void 0) return [];
  const due = await verifySignedEntryTimestamp(entry, signedEntryTimestamp, shard.publicKey).catch((error) => {
    if (!(error instanceof CountersignError)) throw error;
    return fail("LOG_ENTRY_INVALID", `${source}: ${error.message}`);
  });
  const promise = {
    kind: "signed-entry-timestamp",
    canonicalizedBody,
    integratedTime,
    logIndex,
    signature: signedEntryTimestamp
  };
  const view = { source, promise, leaf: canonicalizedBody, due };
  if (inclusionProof !== void 0) {
    const { origin } = readCheckpoint(inclusionProof.checkpoint);
    return [{ ...view, log: shard, origin, index: Number(inclusionProof.logIndex) }];
  }
  const [known] = shards.flatMap((one) => one.names.map((origin) => ({ origin, offset: shardOffset(origin, one.keyId) }))).filter(({ offset }) => offset !== void 0 && BigInt(offset) <= logIndex).sort((a, b) => (b.offset ?? 0) - (a.offset ?? 0));
  if (known !== void 0)
    return [{ ...view, log: shard, origin: known.origin, index: Number(logIndex) - (known.offset ?? 0) }];
  if (others.length > 0)
    fail(
      "LOG_ENTRY_INVALID",
      `${source} has a promise without an inclusion proof, and it is not known which shard it is about`
    );
  return [{ ...view, log: shard, origin: void 0, index: Number(logIndex) }];
}
async function certificatePromises({ signer }, source, { logs, roots }) {
  if (signer.kind !== "certificate") return [];
  const certificate = readCertificate(signer.certificate);
  const issuers = roots.flatMap(({ certificateAuthorities }) => certificateAuthorities.flatMap(({ chain }) => chain));
  const promises = [];
  for (const timestamp of readSignedCertificateTimestamps(certificate)) {
    const log = logs.find(({ keyId, protocol }) => isCertificateLog(protocol) && equalBytes(keyId, timestamp.logId));
    if (log === void 0) continue;
    const issuer = await issuerOf(timestamp, certificate, issuers, log);
    if (issuer === void 0)
      fail(
        "SCT_INVALID",
        `${source} has a signed certificate timestamp of ${log.baseUrl} that is invalid, or whose issuer is not trusted`
      );
    promises.push({
      source,
      log,
      promise: { kind: "signed-certificate-timestamp", certificate: signer.certificate, issuer: issuer.der },
      leaf: promisedLeaf(timestamp, certificate, issuer),
      origin: void 0,
      index: log.protocol === "static-ct" ? promisedIndex(timestamp.extensions) : void 0,
      due: new Date(timestamp.timestamp.getTime() + maximumMergeDelay)
    });
  }
  return promises;
}
async function issuerOf(timestamp, certificate, issuers, log) {
  for (const issuer of issuers)
    if (await verifySignedCertificateTimestamp(timestamp, certificate, issuer, log.publicKey)) return issuer;
  return void 0;
}
async function indexGaps({ logs }, state, files) {
  const findings = [];
  for (const { log, origin, coverage } of logs) {
    if (origin === void 0 || coverage === void 0) continue;
    const { ranges } = await SearchIndex.open(files, indexFolder(state), { origin, keyId: log.keyId });
    const [first, ...others] = gapsIn(coverage, ranges);
    if (first === void 0) continue;
    const more = others.length === 0 ? "" : ` and ${others.length} more ranges`;
    const message = `the search index of ${origin} lacks entries that were read: ${first.from} to ${first.to - 1}${more}`;
    const remedy = "Restore the state folder from a backup. To read the entries again, use a new folder and `from`.";
    const finding = watchBlind(foundLog(log, origin), "gap", message, remedy);
    findings.push({ finding, evidence: void 0, isNew: true });
  }
  return findings;
}
function gapsIn(all, ranges) {
  const gaps = [];
  let next = all.from;
  for (const { from, to } of ranges) {
    if (from > next) gaps.push({ from: next, to: Math.min(from, all.to) });
    next = Math.max(next, to);
  }
  if (next < all.to) gaps.push({ from: next, to: all.to });
  return gaps.filter(({ from, to }) => from < to);
}
var maxRemembered = 64;
function recordResponses(http, clock) {
  const byOrigin = /* @__PURE__ */ new Map();
  return {
    http: async (request) => {
      const response = await http(request);
      const { origin, href } = request.url;
      const list = byOrigin.get(origin) ?? [];
      byOrigin.set(origin, list);
      const sha2563 = new Uint8Array(hash("sha256", response.body, "buffer"));
      list.push({ url: href, time: clock(), status: response.status, sha256: sha2563 });
      if (list.length > maxRemembered) list.shift();
      return response;
    },
    of: (baseUrl) => (byOrigin.get(new URL(baseUrl).origin) ?? []).filter(({ url }) => url.startsWith(`${baseUrl}/`))
  };
}
var maxLength3 = 1024 * 1024;
var Witnesses = class {
  #urls;
  #http;
  #reached = /* @__PURE__ */ new Set();
  /** @throws CountersignError `USAGE` */
  constructor(urls, http) {
    this.#urls = urls.map(readUrl);
    this.#http = http;
  }
  /** Fetches the checkpoint of a log from each witness. One that does not know the log has none. */
  async views(origin) {
    const views = [];
    const failures = [];
    for (const url of this.#urls) {
      const source = `the witness ${url.href}`;
      try {
        const note = await this.#fetch(url, origin);
        if (note !== void 0) views.push({ source, note });
      } catch (error) {
        if (!(error instanceof CountersignError) || error.code === "CANCELLED") throw error;
        failures.push(`${source} was not compared: ${error.message}`);
        this.#reached.add(url);
      }
    }
    return { views, failures };
  }
  /** Returns a sentence about each witness that served no checkpoint of any log, without its full stop. */
  get unused() {
    return this.#urls.filter((url) => !this.#reached.has(url)).map((url) => `the witness ${url.href} serves no checkpoint of the audited logs`);
  }
  async #fetch(prefix, origin) {
    const url = new URL(`${hash2("sha256", origin)}/checkpoint`, prefix);
    const service = "the witness";
    const { status, body } = await this.#http({
      method: "GET",
      url,
      headers: { accept: "text/plain", "cache-control": "no-cache" },
      service,
      timeoutMilliseconds: 3e4,
      maxBodyLength: maxLength3
    });
    if (status === 404) return void 0;
    if (status !== 200) fail("SERVICE_REFUSED", `${service} (${url.origin}) responded with status ${status}`);
    this.#reached.add(prefix);
    return decodeUtf8(body) ?? fail("SERVICE_RESPONSE_INVALID", `the checkpoint of ${url.href} is not valid UTF-8`);
  }
};
function readUrl(text2) {
  if (!/^https?:\/\//.test(text2) || !URL.canParse(text2))
    fail("USAGE", `\`witness\` is ${JSON.stringify(text2)}, which is not an HTTP URL`, {
      remedy: "Specify the monitoring URL that the operator of the witness publishes."
    });
  return new URL(text2.endsWith("/") ? text2 : `${text2}/`);
}
async function runAudit(request, roots, world, onProgress = () => void 0, other) {
  const { state, isIndexed } = request;
  const { clock, files, random } = world;
  const from = readFrom(request.from);
  const choose = chosenLogs(request.logs, roots);
  const responses = recordResponses(world.http, clock);
  const { http } = responses;
  const witnesses = new Witnesses(request.witnesses, http);
  const policy = await loadTlogPolicy(request.witnessPolicy, world);
  const end = request.maxMinutes && new Date(clock().getTime() + request.maxMinutes * 6e4);
  const { logs, unreadable } = await findLogs(
    roots.map(({ trust }) => choose(trust)),
    http
  );
  if (policy !== void 0) demandApplied(policy, logs, unreadable);
  const bundles = await bundleViews(request.bundles, { logs, roots: roots.map(({ trust }) => trust) }, files);
  const read = sharedReader();
  const report = await audit(
    {
      ...request,
      logs,
      unreadable,
      trusted: roots.flatMap(({ trust }) => allLogs(trust)),
      from,
      views: bundles.views,
      promises: bundles.promises,
      policy,
      budget: { entries: request.maxEntries, end: end || void 0 },
      consumers: [
        ...isIndexed ? [new IndexBuilder(files, random, indexFolder(state), read)] : [],
        ...other === void 0 ? [] : [other(read)]
      ]
    },
    {
      ...world,
      openReader: (log) => openReader(log, { http, cosignedAt: cosignatureTimes(policy, clock), clock }),
      fetched: ({ baseUrl }) => responses.of(baseUrl),
      witnessViews: (origin) => witnesses.views(origin),
      onProgress
    }
  );
  const unused = report.logs.some(({ head }) => head !== void 0) ? witnesses.unused : [];
  const gaps = isIndexed ? await indexGaps(report, state, files) : [];
  return {
    ...report,
    findings: [...report.findings, ...gaps],
    incomplete: [...report.incomplete, ...bundles.problems, ...unused]
  };
}
async function findLogs(roots, http) {
  const logs = /* @__PURE__ */ new Map();
  const unreadable = /* @__PURE__ */ new Map();
  for (const trust of roots) {
    const found = await logsOf(trust, { http });
    for (const log of found.logs) logs.set(logId(log), log);
    for (const { baseUrl, keyId, error } of found.unreadable)
      unreadable.set(`${encodeHex(keyId)} ${baseUrl}`, { baseUrl, keyId, reason: error.message });
  }
  const read = [...logs.values()];
  return { logs: read, unreadable: [...unreadable.values()].filter((one) => !read.some((log) => isOneLog(log, one))) };
}
function allLogs({ transparencyLogs, certificateTransparencyLogs }) {
  return [...transparencyLogs, ...certificateTransparencyLogs].map(({ baseUrl, keyId, publicKey }) => ({
    baseUrl: logUrl(baseUrl),
    keyId,
    publicKey
  }));
}
function readFrom(text2) {
  if (text2 === "head" || text2 === "start") return text2;
  const index = /^\d{1,15}$/.test(text2) ? Number(text2) : void 0;
  return index ?? fail("USAGE", `\`from\` is ${JSON.stringify(text2)}, which is not head, start or an index`, {
    remedy: "Use `head` for new entries only, `start` for all entries, or the index of the first entry to read."
  });
}
async function loadTlogPolicy(path, world) {
  return path === void 0 ? void 0 : parseInput(path, "policy", world, readTlogPolicy);
}
function demandApplied(policy, logs, unreadable) {
  if (unreadable.length > 0 || logs.some((log) => appliesTo(policy, log))) return;
  fail("USAGE", "the witness policy lists only logs that are not audited", {
    remedy: "Correct the keys of its log lines, or remove these lines to apply it to all logs."
  });
}
export {
  auditExitCodes,
  auditJson,
  auditText,
  cosignatureTimes,
  evidenceExitCode,
  evidenceJson,
  evidenceText,
  growHeapSlowly,
  isProven,
  line,
  logCoverageLines,
  logJson,
  outcomeOf,
  painter,
  rangeAtSize,
  readEvidence,
  reasonLines,
  runAudit,
  shardOffset,
  verifyProof
};
