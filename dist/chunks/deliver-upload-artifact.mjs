import { collectionPaths, readManifest, signedAt, signedBy } from "./deliver-bundle-paths.mjs";
import { count, shownPath, shownText, formatImage, subjectName, pathBelow } from "./node-concurrency.mjs";
import { deliverFile } from "./subject-glob.mjs";
import { failureJson } from "./options-shared.mjs";
import { demandArtifactName, describeClientError, forbiddenInPaths, openArtifactClient } from "./node-interruption.mjs";
import { safeFileName } from "./node-safe-file-name.mjs";
import { maxBundleLength } from "./core-bundle-read-bundle.mjs";
import { formatDigest, toDigest, readRegularFile } from "./node-regular-file.mjs";
import { encodeHex } from "./core-encoding-json.mjs";
import { CountersignError, fail, systemCode } from "./core-errors-reference.mjs";
import { access, constants } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { createHash } from "node:crypto";
import { dirname, relative as relative2, resolve as resolve2, sep } from "node:path";
async function untilCancelled(work, what, remedy, cancellation) {
  const cancelled = () => fail("CANCELLED", `cancelled while ${what}`, { remedy });
  if (cancellation.aborted) cancelled();
  let abort = () => void 0;
  const end = new Promise((_, reject) => {
    abort = () => reject(cancellation.reason);
  });
  cancellation.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([work(), end]);
  } catch (error) {
    if (cancellation.aborted) cancelled();
    throw error;
  } finally {
    cancellation.removeEventListener("abort", abort);
  }
}
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
  return signed.filter(({ inRegistry }) => inRegistry).map(formatImage).join("\n");
}
function subjectJson({ name, digest, platform, bundlePath, attachedAs, logs, signedAt: signedAt2, resumed, certificateValidity }, identity) {
  return {
    name,
    digest: formatDigest(digest),
    bundle: bundlePath,
    // Only for images.
    ...platform !== void 0 && { platform },
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
  const resumed = signed.filter((subject) => subject.resumed).length;
  const fresh = count(signed.length - resumed, "subject");
  const lines = [
    `Signed ${fresh}${resumed === 0 ? "" : `; an earlier run had already signed ${resumed}`}`,
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
  return formatDigest(a.digest) < formatDigest(b.digest) ? -1 : 1;
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
function signingReport(receipt, deliveries, workspace) {
  const { instance } = receipt;
  const first = receipt.signed[0]?.verdict;
  const { artifact, collection, attached, failures } = deliveries;
  return {
    identity: first && signedBy(first).identity,
    instance: instance.name,
    format: receipt.format,
    certificateLogged: first === void 0 || first.signedCertificateTimestamps.length > 0,
    predicateType: first?.content.kind === "dsse-envelope" ? first.content.statement.predicateType : void 0,
    signed: receipt.signed.map((signed) => ({
      ...delivered(signed),
      kind: signed.subject.kind,
      platform: signed.subject.kind === "image" ? signed.subject.platform : void 0,
      certificateValidity: signedBy(signed.verdict).certificateValidity,
      attachedAs: attached.get(signed),
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
    notices: adviceOn(receipt),
    workspace
  };
}
var fewEntries = 50;
function adviceOn({ instance, format, signed }) {
  const fresh = signed.filter(({ resumed }) => !resumed);
  const [first] = fresh;
  const isJob = first !== void 0 && signedBy(first.verdict).identity.claims.runInvocationUri !== void 0;
  if (!isJob || !instance.publicLog || format === "attestation" || fresh.length <= fewEntries) return [];
  return [
    `this run created ${fresh.length} entries in a public log. To create a single entry for all subjects, set \`bundle-format: attestation\``
  ];
}
export {
  deliverRun,
  imageLines,
  leftOutText,
  signingJson,
  signingReport,
  signingText,
  subjectsJson,
  unsignedText,
  untilCancelled
};
