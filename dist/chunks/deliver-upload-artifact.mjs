import { untilCancelled } from "./identity-find-tokens.mjs";
import { fetchLegDigests, listLegArtifacts } from "./fetch-fetch-leg-digests.mjs";
import { collectionPaths } from "./deliver-bundle-paths.mjs";
import { signedAt, signedBy } from "./run-sign-attest.mjs";
import { readManifest } from "./deliver-manifest.mjs";
import { digestSubjectsOf_2, formatLeg_2, legLimits_2 } from "./subject-leg-digests.mjs";
import { distinctSubjects } from "./fetch-download-artifact.mjs";
import { deliverFile } from "./deliver-disk.mjs";
import { mergeDuplicates } from "./subject-glob.mjs";
import { count, shownPath, shownText, pathBelow, formatImage, subjectName } from "./node-concurrency.mjs";
import { failureJson } from "./options-shared.mjs";
import { demandArtifactName, describeClientError, forbiddenInPaths, openArtifactClient } from "./services-github-artifact-client.mjs";
import { maxBundleLength } from "./core-bundle-read-bundle.mjs";
import { readRegularFile, formatDigest, parseDigest, toDigest } from "./node-regular-file.mjs";
import { safeFileName } from "./core-certificate-path.mjs";
import { encodeHex } from "./core-encoding-der.mjs";
import { CountersignError, fail, systemCode } from "./core-errors-codes.mjs";
import { access, constants } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { createHash } from "node:crypto";
import { dirname, relative as relative2, resolve as resolve2, sep } from "node:path";
function subjectsJson({ identity, signed }) {
  return `[${signed.map((subject) => JSON.stringify(subjectJson(subject, identity))).join(",")}]`;
}
function signingJson(report, failure) {
  const { identity, signed, unsigned, warnings, notices } = report;
  return {
    version: 1,
    signed: failure === void 0 && signed.length > 0,
    exitCode: failure?.exitCode ?? 0,
    failure: failure === void 0 ? null : failureJson(failure),
    subjects: signed.map((subject) => subjectJson(subject, identity)),
    unsigned: unsigned.map(({ remedy, ...rest }) => ({ ...rest, remedy: remedy ?? null })),
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
  signedAt: signedAt2,
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
    identity: identity?.subjectAlternativeName,
    issuer: identity?.issuer,
    certificate: {
      notBefore: certificateValidity.notBefore.toISOString(),
      notAfter: certificateValidity.notAfter.toISOString()
    },
    signedAt: signedAt2.toISOString(),
    resumed
  };
}
var maxLines = 10;
var maxLineLength = 400;
function signingText(report) {
  const { identity, signed, unsigned, warnings, notices, artifact, manifestPath, workspace } = report;
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
    ...artifact === void 0 ? [] : [`Uploaded ${artifact.name}: ${artifact.url}`],
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
function subjectLine({ kind, name, digest, bundlePath, attachedAs, logs }, workspace) {
  const where = logs.length === 0 ? "not logged" : `log index ${logs.map(({ index }) => index).join(", ")}`;
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
var maxJobLength = 100;
function artifactName(job, contents) {
  const digits = encodeHex(contents.bytes).slice(0, 12);
  return job === "" ? `countersign-${digits}` : `countersign-${safeFileName(job, maxJobLength)}-${digits}`;
}
async function uploadArtifact(request, { serverUrl, repository, runId }, open = openArtifactClient) {
  const { files, rootDirectory } = request;
  demandArtifactName(request.name);
  const root = resolve(rootDirectory);
  const paths = [...new Set(files.map((file) => resolve(file)))];
  for (const path of paths) demandInside(path, root);
  const sent = paths.filter((path) => !forbiddenInPaths.test(relative(root, path)));
  for (const path of sent) await demandReadable(path, root);
  if (sent.length === 0) failed(request.name, root, "GitHub accepts none of the file names", void 0);
  const { name, id, digest } = await upload(await open(), request, sent, root);
  if (id === void 0 || digest === void 0)
    failed(name, root, "the artifact service returned no artifact ID", void 0);
  return {
    id,
    name,
    digest: `sha256:${digest}`,
    url: `${serverUrl}/${repository}/actions/runs/${runId}/artifacts/${id}`,
    leftOut: paths.filter((path) => !sent.includes(path))
  };
}
var nameTaken = /\(409\)|already exists/;
var maxNames = 9;
async function upload(client, request, files, root) {
  const names = Array.from(
    { length: request.isNameFree === true ? maxNames : 1 },
    (_, index) => index === 0 ? request.name : `${request.name}-${index + 1}`
  );
  let taken;
  for (const name of names) {
    try {
      return { name, ...await client.uploadArtifact(name, [...files], root) };
    } catch (cause) {
      if (!nameTaken.test(messageOf(cause))) failed(name, root, messageOf(cause), cause);
      taken = cause;
    }
    const again = await uploadAgain(client, { ...request, name }, files, root);
    if (again !== void 0) return again;
  }
  return failed(request.name, root, messageOf(taken), taken);
}
async function uploadAgain(client, { name, earlier }, files, root) {
  if (earlier === void 0) return void 0;
  const { findEarlier, holdsFiles, holdsSubjects } = await import("./deliver-earlier-artifact.mjs");
  try {
    const found = await findEarlier(name, client, earlier);
    if (found === void 0) return void 0;
    if (found.digest !== void 0 && await holdsFiles(found, files, root, earlier.files))
      return { name, id: found.id, digest: found.digest.replace(/^sha256:/, "") };
    if (!holdsSubjects(found, earlier.subjects)) return void 0;
    await client.deleteArtifact(name);
    return { name, ...await client.uploadArtifact(name, [...files], root) };
  } catch (cause) {
    return failed(name, root, messageOf(cause), cause);
  }
}
function messageOf(cause) {
  return cause instanceof Error ? cause.message : String(cause);
}
function demandInside(path, root) {
  if (pathBelow(root, path)) return;
  fail("USAGE", `${path} is outside of ${root} and cannot be part of the artifact`, {
    remedy: "Set `bundle-dir` to a folder in the workspace."
  });
}
async function demandReadable(path, root) {
  try {
    await access(path, constants.R_OK);
  } catch (cause) {
    fail("DELIVERY_FAILED", `${path} cannot be read for the upload; the other bundles are still in ${root}`, {
      cause,
      remedy: "Make sure that nothing else changes the bundle folder during signing, and run again."
    });
  }
}
var refusals = [
  {
    sign: /storage quota has been hit|insufficient usage/,
    reason: "the artifact storage quota of the account is used up",
    remedy: "Delete old artifacts, or increase the storage limit of the account. GitHub recalculates the usage within 12 hours."
  },
  {
    sign: nameTaken,
    reason: "this run already has an artifact with this name",
    remedy: "Leave `artifact-name` out, or make it different in each job, step and leg of the matrix."
  },
  {
    sign: /not currently supported on GHES/,
    reason: "GitHub Enterprise Server does not provide this artifact service",
    remedy: "Set `upload-artifact: false`, and use the bundles in the folder in a later step."
  },
  {
    sign: /SELF_SIGNED_CERT|UNABLE_TO_(?:GET|VERIFY)|self[- ]signed certificate|unable to (?:get (?:local )?issuer|verify)/i,
    reason: "Node.js does not trust the CA that issued the certificate of the artifact service",
    remedy: "Set NODE_EXTRA_CA_CERTS to the path of a PEM file with the certificate of the CA, such as the CA of the company."
  },
  {
    sign: /ACTIONS_RUNTIME_TOKEN|ACTIONS_RESULTS_URL/,
    reason: "the runner does not provide the artifact service to this step",
    remedy: "Use the action, since `run` steps have no token for the artifact service. On other runners, set `upload-artifact: false`."
  }
];
function failed(name, root, message, cause) {
  const known = refusals.find(({ sign }) => sign.test(message));
  const reason = known?.reason ?? describeClientError(message);
  fail("DELIVERY_FAILED", `the artifact ${name} was not uploaded: ${reason}. The bundles are still in ${root}`, {
    ...cause !== void 0 && { cause },
    remedy: known?.remedy ?? "Check githubstatus.com, and run the job again. Files that are already signed are not signed again."
  });
}
var batchLength = 64 * 1024;
async function writeCollection(files, random, { candidates, places, identity, issuer, subjects }) {
  const paths = await choosePaths(files, candidates, subjects);
  const sorted = subjects.toSorted(bySubject);
  const digests = /* @__PURE__ */ new Map();
  await deliverFile(files, random, paths.bundles, batched(bundleLines(files, sorted, digests)), places);
  const hash = createHash("sha256");
  const lines = manifestLines(paths.manifest, identity, issuer, sorted, digests);
  await deliverFile(files, random, paths.manifest, hashed(batched(lines), hash), places);
  const manifestDigest = toDigest("sha256", new Uint8Array(hash.digest()));
  return { bundlesPath: paths.bundles, manifestPath: paths.manifest, manifestDigest };
}
async function choosePaths(files, candidates, subjects) {
  const own = new Set(subjects.map(({ bundlePath }) => resolve2(bundlePath)));
  for (const paths of candidates) {
    const listed = await readManifest(paths.manifest, files);
    const isFree = !await isThere(paths.manifest, files) && !await isThere(paths.bundles, files);
    if (isFree || listed?.every(({ bundle }) => own.has(resolve2(dirname(paths.manifest), bundle)))) return paths;
  }
  return fail("DELIVERY_FAILED", "all candidate paths for the file with all bundles are taken");
}
async function isThere(path, files) {
  return files.lstat(path).then(
    () => true,
    (cause) => systemCode(cause) !== "ENOENT" && systemCode(cause) !== "ENOTDIR"
  );
}
async function* bundleLines(files, subjects, digests) {
  for (const { bundlePath } of subjects) {
    if (digests.has(bundlePath)) continue;
    const bytes = await read(files, bundlePath);
    digests.set(bundlePath, createHash("sha256").update(bytes).digest("hex"));
    yield `${bytes.toString("utf8").trim().replace(/\s*[\r\n]\s*/g, "")}
`;
  }
}
async function read(files, path) {
  try {
    return await readRegularFile(files, path, maxBundleLength);
  } catch (cause) {
    return fail("DELIVERY_FAILED", `the bundle ${path} cannot be read back: ${String(cause)}`, {
      cause,
      remedy: "Make sure that nothing else changes the bundle folder during signing, and run again."
    });
  }
}
async function* manifestLines(path, identity, issuer, subjects, digests) {
  yield `{"version":1,"identity":${JSON.stringify(identity)},"issuer":${JSON.stringify(issuer)},"subjects":[`;
  const folder = dirname(path);
  let separator = "\n";
  for (const { name, digest, bundlePath, logs, signedAt: signedAt2 } of subjects) {
    const subject = {
      name,
      digest: formatDigest(digest),
      bundle: relative2(folder, bundlePath).split(sep).join("/"),
      bundleDigest: `sha256:${digests.get(bundlePath)}`,
      logs: logs.map(({ url, id, index }) => ({ url, id, index: index.toString() })),
      signedAt: signedAt2.toISOString()
    };
    yield `${separator}${JSON.stringify(subject)}`;
    separator = ",\n";
  }
  yield "\n]}\n";
}
async function* batched(texts) {
  let batch = "";
  for await (const text of texts) {
    batch += text;
    if (batch.length < batchLength) continue;
    yield batch;
    batch = "";
  }
  yield batch;
}
async function* hashed(texts, hash) {
  for await (const text of texts) {
    hash.update(text);
    yield text;
  }
}
function bySubject(a, b) {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  const [one, other] = [formatDigest(a.digest), formatDigest(b.digest)];
  if (one !== other) return one < other ? -1 : 1;
  return a.bundlePath < b.bundlePath ? -1 : 1;
}
async function deliverRun(receipt, request, world) {
  const failures = [];
  const [{ collection, artifact }, images] = await Promise.all([
    deliverCollection(receipt, request, failures, world),
    deliverImages(receipt, request, world)
  ]);
  return { collection, artifact, attached: images.attached, failures: [...failures, ...images.failures] };
}
async function deliverImages({ signed }, { images }, world) {
  if (images === void 0) return { attached: /* @__PURE__ */ new Map(), failures: [] };
  const { attachImages } = await import("./run-sign-images.mjs");
  return attachImages(signed, images, world);
}
async function attempt(deliver, failures) {
  try {
    return await deliver();
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    failures.push(error);
    return void 0;
  }
}
async function deliverCollection({ signed }, { places, collect, artifact: wanted }, failures, world) {
  const [first] = signed;
  if (!collect || first === void 0) return { collection: void 0, artifact: void 0 };
  const { subjectAlternativeName, issuer } = signedBy(first.verdict).identity;
  const subjects = signed.map(delivered);
  const write = () => writeCollection(world.files, world.random, {
    candidates: collectionPaths(
      signed.map(({ subject }) => subject),
      places
    ),
    places,
    identity: subjectAlternativeName,
    issuer,
    subjects
  });
  const collection = await attempt(write, failures);
  if (collection === void 0 || wanted === void 0) return { collection, artifact: void 0 };
  const rootDirectory = places.bundleDirectory ?? places.workspace;
  const upload2 = () => uploadArtifact(
    {
      name: wanted.name ?? artifactName(wanted.job, collection.manifestDigest),
      isNameFree: wanted.name === void 0,
      earlier: { subjects, files: world.files, temporaryDirectory: wanted.temporaryDirectory },
      files: [
        ...new Set(subjects.map(({ bundlePath }) => bundlePath)),
        collection.bundlesPath,
        collection.manifestPath
      ],
      rootDirectory
    },
    wanted
  );
  const remedy = `The bundles are still in ${rootDirectory}.`;
  const uploaded = () => untilCancelled(upload2, "uploading the workflow artifact", remedy, world.cancellation);
  return { collection, artifact: await attempt(uploaded, failures) };
}
function delivered({ subject, digest, bundlePath, verdict }) {
  return {
    name: subject.name,
    digest,
    bundlePath,
    logs: verdict.logEntries.map(({ log, logIndex }) => ({
      url: log.baseUrl,
      id: encodeHex(log.keyId),
      index: logIndex
    })),
    signedAt: signedAt(verdict)
  };
}
function predicateTypeOf({ content }) {
  return content.kind === "dsse-envelope" ? content.statement.predicateType : void 0;
}
function signingReport(receipt, deliveries, workspace) {
  const { instance } = receipt;
  const first = receipt.signed[0]?.verdict;
  const { artifact, collection, attached, failures } = deliveries;
  return {
    identity: first && signedBy(first).identity,
    instance: instance.name,
    format: receipt.format,
    certificateLogged: first === void 0 || first.signedCertificateTimestamps.length > 0,
    signed: receipt.signed.map((signed) => ({
      ...delivered(signed),
      kind: signed.subject.kind,
      predicateType: predicateTypeOf(signed.verdict),
      platform: signed.subject.kind === "image" ? signed.subject.platform : void 0,
      certificateValidity: signedBy(signed.verdict).certificateValidity,
      attachedAs: attached.get(signed),
      attests: signed.subject.kind === "image" ? signed.subject.attests : void 0,
      inRegistry: signed.subject.kind === "image" && signed.subject.stored !== void 0,
      resumed: signed.resumed
    })),
    unsigned: receipt.unsigned.map(({ subject, error }) => ({
      name: subjectName(subject),
      code: error.code,
      message: error.message,
      remedy: error.remedy
    })),
    artifact,
    trustedRoot: instance.trustedRootPath,
    manifestPath: collection?.manifestPath,
    warnings: [
      ...instance.warnings,
      ...failures.map(({ message, remedy }) => remedy === void 0 ? message : `${message}. ${remedy}`),
      ...(artifact?.leftOut ?? []).map(
        (path) => `${path} was not uploaded: GitHub artifacts do not allow a character in its name`
      )
    ],
    notices: receipt.packageNotices ?? adviceOn(receipt),
    workspace
  };
}
var fewEntries = 50;
function adviceOn({ instance, format, signed }) {
  const fresh = signed.filter(({ resumed }) => !resumed);
  const [first] = fresh;
  const { sourceRepositoryUri: source, sourceRepositoryDigest: commit } = first === void 0 ? {} : signedBy(first.verdict).identity.claims;
  const hasProvenance = source !== void 0 && commit !== void 0;
  if (!hasProvenance || !instance.publicLog || format === "attestation" || fresh.length <= fewEntries) return [];
  return [
    `this run created ${fresh.length} entries in a public log. To create a single entry for all subjects, set \`bundle-format: attestation\``
  ];
}
export {
  collectedSubjects,
  deliverRun,
  formatOfCollected,
  imageLines,
  leftOutText,
  signingJson,
  signingReport,
  signingText,
  subjectsJson,
  unsignedText
};
