import { safeFileName } from "./node-safe-file-name.mjs";
import { canonicalJson } from "./core-encoding-der-writer.mjs";
import { formatDigest, parseDigest } from "./node-regular-file.mjs";
import { parseJson, asList, asObject, equalBytes, utf8 } from "./core-encoding-json.mjs";
import { fail, reading } from "./core-errors-codes.mjs";
import { createHash } from "node:crypto";
var legLimits = { bytes: 64 * 1024 * 1024, subjects: 1e5 };
var legDigestsFile = "countersign-digests.json";
function isLegText(text) {
  return text.length <= maxTextLength && !new RegExp("\\p{C}|\\p{Zl}|\\p{Zp}", "u").test(text);
}
function formatLeg({ job, leg }) {
  return leg === "" ? job : `${job} (${leg})`;
}
var legArtifactPrefix = "countersign-digests-";
var maxJobLength = 100;
var maxTextLength = 256;
function legArtifactName({ job, leg }) {
  const digits = createHash("sha256").update(canonicalJson([job, leg])).digest("hex").slice(0, 12);
  return `${legArtifactPrefix}${safeFileName(job, maxJobLength)}-${digits}`;
}
function digestSubjectsOf({ from, subjects }) {
  const origin = `the leg ${formatLeg(from)}`;
  return subjects.map(({ name, digest }) => ({ kind: "digest", name, digest, origin }));
}
function writeLegDigests({ from, subjects }) {
  demandFew(subjects.length, "the files of this step");
  const sorted = subjects.toSorted((a, b) => inOrder(subjectJson(a), subjectJson(b)));
  demandOrder(sorted, "the list of this step");
  return canonicalJson({ ...from, subjects: sorted.map(subjectJson), version: 1 });
}
function readLegDigests(bytes, what) {
  const limits = { maxLength: legLimits.bytes, maxDepth: 4, maxValues: 5 * legLimits.subjects + 16 };
  const value = reading("JSON_INVALID", what, () => parseJson(bytes, limits));
  if (!isCanonical(value, bytes)) malformed(what, "is not canonical JSON");
  const { version, subjects, repository, runId, attempt, job, leg, ...others } = objectOf(value, what);
  if (version !== 1) malformed(what, "has a version other than 1");
  demandNoOthers(others, what);
  const list = asList(subjects) ?? malformed(what, "has no list of subjects");
  demandFew(list.length, what);
  if (list.length === 0) fail("SUBJECT_MISSING", `${what} has no subjects`);
  const read = list.map((one, index) => subjectOf(one, `${what}, subject ${index + 1}`));
  demandOrder(read, what);
  const from = {
    repository: textOf(repository, "repository", what),
    runId: textOf(runId, "runId", what),
    attempt: countOf(attempt, 1, "attempt", what),
    job: textOf(job, "job", what),
    leg: leg === "" ? leg : textOf(leg, "leg", what)
  };
  return { from, subjects: read };
}
function isCanonical(value, bytes) {
  try {
    return equalBytes(utf8(canonicalJson(value)), bytes);
  } catch (cause) {
    if (cause instanceof RangeError) return false;
    throw cause;
  }
}
function subjectJson({ kind, name, digest, size }) {
  return { kind, name, digest: formatDigest(digest), ...size !== void 0 && { size } };
}
function inOrder(a, b) {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.digest < b.digest ? -1 : 1;
}
function subjectOf(value, origin) {
  const { kind, name, digest, size, ...others } = objectOf(value, origin);
  demandNoOthers(others, origin);
  if (kind !== "file" && kind !== "digest" && kind !== "image") malformed(origin, "is of an unknown kind");
  if (typeof digest !== "string") malformed(origin, "has no digest");
  const parsed = reading("DIGEST_INVALID", origin, () => parseDigest(digest));
  if (formatDigest(parsed) !== digest) malformed(origin, "has a digest with capital letters");
  const subject = { kind, name: nameOf(name, origin), digest: parsed };
  if (kind === "file") return { ...subject, size: countOf(size, 0, "size", origin) };
  return size === void 0 ? subject : malformed(origin, "has a size, but is not a file");
}
function demandOrder(subjects, what) {
  for (const [index, subject] of subjects.entries()) {
    const before = subjects[index - 1];
    if (before === void 0) continue;
    if (before.name === subject.name && !(before.kind === "image" && subject.kind === "image"))
      malformed(what, `has two subjects ${JSON.stringify(subject.name)}`);
    if (inOrder(subjectJson(before), subjectJson(subject)) >= 0)
      malformed(what, "has subjects in a wrong order, or twice");
  }
}
function demandFew(count, what) {
  if (count > legLimits.subjects)
    fail("LIMIT_EXCEEDED", `${what} has ${count} subjects; the limit is ${legLimits.subjects}`, {
      remedy: "Put files into archives, or sign them in several runs."
    });
}
function demandNoOthers(others, what) {
  const [name] = Object.keys(others);
  if (name !== void 0) malformed(what, `has an unknown member ${JSON.stringify(name)}`);
}
function nameOf(value, what) {
  return typeof value === "string" && value !== "" ? value : malformed(what, "has no name");
}
function textOf(value, name, what) {
  return typeof value === "string" && value !== "" && isLegText(value) ? value : malformed(what, `has no text ${name}`);
}
function countOf(value, least, name, what) {
  return typeof value === "number" && value % 1 === 0 && value >= least ? value : malformed(what, `has no whole number ${name}`);
}
function objectOf(value, what) {
  return asObject(value) ?? malformed(what, "is not an object");
}
function malformed(what, problem) {
  fail("JSON_INVALID", `${what} ${problem}`, {
    remedy: "Create the file with `mode: collect`, and do not change it."
  });
}

import "./core-encoding-der.mjs";

import "./node-regular-file.mjs";

import "./core-errors-codes.mjs";
export {
  digestSubjectsOf,
  digestSubjectsOf as digestSubjectsOf_2,
  formatLeg,
  formatLeg as formatLeg_2,
  isLegText,
  isLegText as isLegText_2,
  legArtifactName,
  legArtifactName as legArtifactName_2,
  legArtifactPrefix,
  legArtifactPrefix as legArtifactPrefix_2,
  legDigestsFile,
  legDigestsFile as legDigestsFile_2,
  legLimits,
  legLimits as legLimits_2,
  readLegDigests,
  readLegDigests as readLegDigests_2,
  writeLegDigests,
  writeLegDigests as writeLegDigests_2
};
