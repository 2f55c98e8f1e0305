import { deliveriesJson, deliveryLines } from "./deliver-upload-artifact.mjs";
import { shownPath } from "./report-shown-path.mjs";
import { digestSubjectsOf_2, formatLeg_2, legArtifactPrefix_2, legDigestsFile_2, legLimits_2, readLegDigests_2 } from "./subject-leg-digests.mjs";
import { distinctSubjects, downloadArtifact } from "./fetch-download-artifact.mjs";
import { mergeDuplicates } from "./subject-glob.mjs";
import { count, shownText } from "./report-shorten.mjs";
import { failureJson } from "./options-shared.mjs";
import { describeClientError, openArtifactClient } from "./services-github-artifact-client.mjs";
import { formatImage } from "./node-concurrency.mjs";
import { readRegularFile, formatDigest, parseDigest, toDigest } from "./node-regular-file.mjs";
import { fail } from "./core-errors-codes.mjs";
import { join } from "node:path";
function subjectsJson({ identity, signed }) {
  return `[${signed.map((subject) => JSON.stringify(subjectJson(subject, identity))).join(",")}]`;
}
function signingJson(report, failure) {
  const { identity, signed, unsigned, deliveries, warnings, notices } = report;
  return {
    version: 1,
    signed: failure === void 0 && signed.length > 0,
    exitCode: failure?.exitCode ?? 0,
    failure: failure === void 0 ? null : failureJson(failure),
    subjects: signed.map((subject) => subjectJson(subject, identity)),
    unsigned: unsigned.map(({ remedy, ...rest }) => ({ ...rest, remedy: remedy ?? null })),
    deliveries: deliveriesJson(deliveries),
    warnings,
    notices
  };
}
function imageLines({ signed }) {
  const images = signed.filter(({ inRegistry, attests }) => inRegistry && attests === void 0);
  return [...new Set(images.map(formatImage))].join("\n");
}
function subjectJson({
  name,
  digest,
  platform,
  predicateType,
  attests,
  bundlePath,
  attachedAs,
  logs,
  outages = [],
  signedAt,
  resumed,
  certificateValidity
}, identity) {
  return {
    name,
    digest: formatDigest(digest),
    bundle: bundlePath,
    // Only for statements.
    ...predicateType !== void 0 && { predicateType },
    // Only for images.
    ...platform !== void 0 && { platform },
    ...attests !== void 0 && { attests: formatDigest(attests) },
    ...attachedAs !== void 0 && { attached: attachedAs },
    // A text, as in bundles: 64 bits do not fit into JSON numbers everywhere.
    logs: logs.map(({ url, id, index }) => ({ url, id, index: index.toString() })),
    // Only for bundles that an outage of a log has affected.
    ...outages.length > 0 && { outages },
    identity: identity?.subjectAlternativeName,
    issuer: identity?.issuer,
    certificate: {
      notBefore: certificateValidity.notBefore.toISOString(),
      notAfter: certificateValidity.notAfter.toISOString()
    },
    signedAt: signedAt.toISOString(),
    resumed
  };
}
var maxLines = 10;
var maxLineLength = 400;
function signingText(report) {
  const { identity, signed, unsigned, warnings, notices, deliveries, manifestPath, workspace } = report;
  const resumed = signed.filter((subject) => subject.resumed);
  const fresh = distinctSubjects(signed.filter((subject) => !subject.resumed)).length;
  const earlier = distinctSubjects(resumed).length;
  const lines = [
    `Signed ${count(fresh, "subject")}${attestations(signed)}${earlier === 0 ? "" : `; an earlier run had already signed ${earlier}`}`,
    ...identity === void 0 ? [] : [`  identity  ${identity.subjectAlternativeName}`, `  issuer    ${identity.issuer}`],
    ...some(signed, (subject) => [`  ${subjectLine(subject, workspace)}`]),
    ...unsigned.length === 0 ? [] : [`Not signed: ${count(unsigned.length, "subject")}`],
    ...warnings.slice(0, maxLines).map((warning) => `Warning: ${warning}`),
    ...notices.map((notice) => `Note: ${notice}`),
    ...deliveryLines(deliveries),
    ...manifestPath === void 0 ? [] : [`Manifest ${shownPath(manifestPath, workspace)}`]
  ];
  return lines.map((line) => `${shownText(line, maxLineLength)}
`).join("");
}
function attestations(signed) {
  if (distinctSubjects(signed).length === signed.length) return "";
  return ` with ${count(new Set(signed.map(({ bundlePath }) => bundlePath)).size, "attestation")}`;
}
function unsignedText({ unsigned }) {
  return some(unsigned, failureLines).map((line) => `${shownText(line, maxLineLength)}
`).join("");
}
function leftOutText(names) {
  const shown = names.slice(0, maxLines).map((name) => shownText(name, 150));
  const more = names.length > maxLines ? `, and ${names.length - maxLines} more` : "";
  return `skipped bundles and manifests: ${shown.join(", ")}${more}`;
}
function subjectLine({ kind, name, digest, bundlePath, attachedAs, logs, outages = [] }, workspace) {
  const missing = outages.length > 0 ? "no log entry, because of an outage" : "not logged";
  const where = logs.length === 0 ? missing : `log index ${logs.map(({ index }) => index).join(", ")}`;
  const [shownName, shownBundle] = [name, shownPath(bundlePath, workspace)].map((text) => shownText(text, 150));
  const image = kind === "image" ? `@${formatDigest(digest)}` : "";
  return `${shownName}${image} -> ${shownBundle}${attachedAs === void 0 ? "" : ", attached"} (${where})`;
}
function failureLines({ name, code, message, remedy }) {
  const line = `${shownText(name, 200)}: ${code}: ${message}`;
  return [line, ...(remedy?.split("\n") ?? []).map((text) => `  ${text}`)];
}
function some(items, describe) {
  const more = items.length - maxLines;
  return [...items.slice(0, maxLines).flatMap(describe), ...more > 0 ? [`  and ${more} more`] : []];
}
async function listLegArtifacts(open = openArtifactClient) {
  const client = await open();
  const { artifacts } = await client.listArtifacts().catch(
    (cause) => fail("SERVICE_UNAVAILABLE", `the workflow artifacts were not listed: ${describeClientError(String(cause))}`, {
      cause,
      remedy: "Check githubstatus.com, and run the job again."
    })
  );
  const found = artifacts.filter(({ name }) => name.startsWith(legArtifactPrefix_2));
  return found.map(({ id, name }) => ({ id, name })).sort((a, b) => a.id - b.id);
}
async function fetchLegDigests(artifact, { files, temporaryDirectory }, open = openArtifactClient) {
  const folder = await files.mkdtemp(join(temporaryDirectory, "countersign-leg-"));
  try {
    const limits = { digestInput: "collected", maxBytes: legLimits_2.bytes };
    const request = { artifact, input: "collected", missing: "SUBJECT_MISSING", folder, ...limits };
    const { directory, names } = await downloadArtifact(request, files, open);
    const what = `the workflow artifact ${JSON.stringify(artifact.name ?? artifact.id)}`;
    if (names.length !== 1 || names[0] !== legDigestsFile_2)
      fail("ARCHIVE_INVALID", `${what} does not contain the file ${legDigestsFile_2}, and nothing else`, {
        remedy: "Set `collected` to the outputs `collected` of steps with `mode: collect`."
      });
    return readLegDigests_2(await readRegularFile(files, join(directory, legDigestsFile_2), legLimits_2.bytes), what);
  } finally {
    await files.rm(folder, { recursive: true, force: true });
  }
}
async function collectedSubjects(request, folder) {
  const { count: count2 = withoutCount(), run } = request;
  const isListed = !request.collected.includes("all");
  const artifacts = isListed ? listedArtifacts(request.collected) : await allArtifacts(request.collected);
  demandCount(artifacts, count2, isListed);
  const legs = [];
  const origins = /* @__PURE__ */ new Map();
  let total = 0;
  for (const artifact of artifacts) {
    const leg = await fetchLegDigests(artifact, folder);
    demandOwnRun(leg.from, run, artifact);
    demandNewLeg(leg.from, artifact, origins);
    total += leg.subjects.length;
    if (total > legLimits_2.subjects)
      fail("LIMIT_EXCEEDED", `the legs have more than ${legLimits_2.subjects} subjects`, {
        remedy: "Put files into archives, or sign in several jobs."
      });
    legs.push(leg);
  }
  return { ...merge(legs), legs: legs.map(({ from }) => from), warnings: isListed ? [] : [replaceable] };
}
function formatOfCollected(format, input) {
  if (format !== "per-file") return "attestation";
  return fail("USAGE", `\`bundle-format: per-file\` cannot be combined with \`${input}\``, {
    remedy: "Set `bundle-format: attestation`. Each file can be verified alone with the bundle. For one bundle per file, sign the files themselves."
  });
}
var replaceable = "the digests of the legs were identified only by the names of their artifacts. Until they are downloaded, any other job of this run can replace them, so this run could sign files that were not built by the expected jobs. Set `collected` to the outputs `collected` of the legs, passed on as outputs of their jobs";
function withoutCount() {
  return fail("USAGE", "`collected` is set, but `collected-count` is not", {
    remedy: "Set `collected-count` to the number of legs, so that a missing leg is an error."
  });
}
function listedArtifacts(lines) {
  const references = lines.map(parseReference);
  const [again] = references.filter(({ id }, index) => references.findIndex((one) => one.id === id) !== index);
  if (again !== void 0)
    fail("USAGE", `\`collected\` has the artifact ${again.id} twice`, {
      remedy: "Pass on the output `collected` of each leg as a job output with a name of its own."
    });
  return references;
}
function parseReference(line) {
  const [, digits = "", text = ""] = /^([1-9]\d{0,15})@(sha256:[0-9a-f]{64})$/.exec(line) ?? [];
  if (digits === "" || !Number.isSafeInteger(Number(digits)))
    fail("USAGE", `\`collected\` has the line ${JSON.stringify(line)}, which is not valid`, {
      remedy: "Set it to the outputs `collected` of the legs, one per line, or to the word all."
    });
  return { id: Number(digits), digest: toDigest("sha256", parseDigest(text).bytes) };
}
async function allArtifacts(lines) {
  if (lines.length > 1)
    fail("USAGE", "`collected` has the word all and other lines", { remedy: "Set it to one of both." });
  return listLegArtifacts();
}
function demandCount({ length }, count2, isListed) {
  if (length === count2) return;
  const found = isListed ? `\`collected\` has ${length} lines` : `this run has the digests of ${length} legs`;
  fail(length < count2 ? "SUBJECT_MISSING" : "USAGE", `${found}, but \`collected-count\` is ${count2}`, {
    remedy: length < count2 ? "Find the leg without an output: each leg needs a step with `mode: collect`, and an output of its job with a name of its own. Nothing was signed." : "Set `collected-count` to the number of legs. If it is right, find the job that uploaded one artifact too many."
  });
}
function demandOwnRun(from, run, { name, id }) {
  const what = `the workflow artifact ${JSON.stringify(name ?? id)}`;
  if (from.repository !== run.repository)
    foreign(`${what} has digests of the repository ${JSON.stringify(from.repository)}, not ${run.repository}`);
  if (from.runId !== run.runId)
    foreign(`${what} has digests of the run ${JSON.stringify(from.runId)}, not ${run.runId}`);
  if (from.attempt > run.attempt)
    foreign(`${what} has digests of the attempt ${from.attempt}, but this is the attempt ${run.attempt}`);
}
function demandNewLeg(from, { id }, known) {
  const key = JSON.stringify([from.job, from.leg]);
  const other = known.get(key);
  if (other !== void 0)
    foreign(`the workflow artifacts ${other} and ${id} both say that they are of the leg ${formatLeg_2(from)}`);
  known.set(key, id ?? 0);
}
function foreign(message) {
  fail("ARCHIVE_INVALID", message, {
    remedy: "Do not use this artifact. Find the job of this run that uploaded it."
  });
}
function merge(legs) {
  const images = legs.flatMap(({ subjects }) => subjects.filter(({ kind }) => kind === "image").map(formatImage));
  const others = legs.flatMap((leg) => digestSubjectsOf_2({ ...leg, subjects: leg.subjects.filter(isNoImage) }));
  return { found: mergeDuplicates(others), images: [...new Set(images)] };
}
function isNoImage({ kind }) {
  return kind !== "image";
}
export {
  collectedSubjects,
  fetchLegDigests,
  formatOfCollected,
  imageLines,
  leftOutText,
  listLegArtifacts,
  signingJson,
  signingText,
  subjectsJson,
  unsignedText
};
