import { readReleaseTarget } from "./run-sign-signing-result.mjs";
import { Secret } from "./node-secret.mjs";
import { CountersignError, fail, systemCode } from "./core-errors-codes.mjs";
import { tmpdir } from "node:os";
function gitHubDestinations({ repo, release, publishRelease: publish = false, storeAttestations = false, storageRecords = false }, environment) {
  if (publish && release === void 0)
    fail("USAGE", "`publish-release` cannot be used without `release`", { remedy: "Specify the release." });
  if (release === void 0 && !storeAttestations && !storageRecords) return void 0;
  const { GITHUB_TOKEN: token, GITHUB_API_URL: apiUrl, GITHUB_SERVER_URL: server } = environment;
  const repository = repo || environment.GITHUB_REPOSITORY;
  if (!repository)
    fail("USAGE", "the repository at GitHub is not specified", { remedy: "Specify it with `repo`: owner/name." });
  if (!token) fail("USAGE", "there is no token for the API of GitHub", { remedy: "Set $GITHUB_TOKEN." });
  const access2 = { repository, token: new Secret(token), apiUrl, serverUrl: server || "https://github.com" };
  const { GITHUB_REF: ref, GITHUB_SHA: commit } = environment;
  const wanted = release === void 0 ? void 0 : { target: readReleaseTarget(release, ref), publish, commit, temporaryDirectory: tmpdir() };
  return { access: access2, release: wanted, storeAttestations, storageRecords };
}

import { shownPath } from "./report-shown-path.mjs";

import { demandArtifactName, describeClientError, forbiddenInPaths, openArtifactClient } from "./services-github-artifact-client.mjs";

import { safeFileName } from "./node-safe-file-name.mjs";

import { pathBelow } from "./core-bundle-read-bundle.mjs";

import { encodeHex } from "./core-encoding-der.mjs";

import { access, constants } from "node:fs/promises";
import { relative, resolve } from "node:path";
var maxJobLength = 100;
function artifactName(job, contents) {
  return `${namePrefix(job)}${encodeHex(contents.bytes).slice(0, 12)}`;
}
function artifactNames(job) {
  const prefix = namePrefix(job);
  return (name) => name.startsWith(prefix) && /^[0-9a-f]{12}(?:-\d)?$/.test(name.slice(prefix.length));
}
function namePrefix(job) {
  return job === "" ? "countersign-" : `countersign-${safeFileName(job, maxJobLength)}-`;
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
  const { name, id, digest, isNew = true } = await upload(await open(), request, sent, root);
  if (id === void 0 || digest === void 0)
    failed(name, root, "the artifact service returned no artifact ID", void 0);
  return {
    id,
    name,
    digest: `sha256:${digest}`,
    url: `${serverUrl}/${repository}/actions/runs/${runId}/artifacts/${id}`,
    isNew,
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
    const again2 = await uploadAgain(client, { ...request, name }, files, root);
    if (again2 !== void 0) return again2;
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
      return { name, id: found.id, digest: found.digest.replace(/^sha256:/, ""), isNew: false };
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

import { untilCancelled } from "./run-sign-signing-result.mjs";

function deliveryTo(name, deliver) {
  const work = async (batch, world) => {
    try {
      if (batch.signed.length === 0) return { name, outcome: "not-attempted", reason: "nothing was signed" };
      return resultOf(name, await deliver(batch, world));
    } catch (error) {
      return { name, outcome: "failed", failures: [asFailure(error)], done: void 0 };
    }
  };
  let result;
  return {
    name,
    deliver: (batch, world) => {
      result ??= work(batch, world);
      return result;
    }
  };
}
function resultOf(name, done) {
  if ("reason" in done) return { name, outcome: "not-attempted", reason: done.reason };
  const [first, ...others] = done.failures ?? [];
  if (first !== void 0) return { name, outcome: "failed", failures: [first, ...others], done };
  return { name, outcome: done.delivered === 0 && done.present > 0 ? "present" : "delivered", done };
}
function asFailure(error) {
  if (error instanceof CountersignError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new CountersignError("DELIVERY_FAILED", `an unexpected error: ${message}`, {
    cause: error,
    remedy: "Report it as a bug. Run the job again to deliver the rest."
  });
}

import { readManifest } from "./deliver-manifest.mjs";

import { pathArgument } from "./report-shell.mjs";

import { cellCode, cellProse, link } from "./report-markdown.mjs";

import { count } from "./report-shorten.mjs";

import { failureJson } from "./options-shared.mjs";

import { signedAt, signedBy } from "./run-sign-signing-result.mjs";

import { collectionPaths } from "./deliver-bundle-paths.mjs";

import { deliverFile } from "./deliver-disk.mjs";

import { subjectName } from "./node-concurrency.mjs";

import { formatRepository } from "./services-registry-image-reference.mjs";

import { maxBundleLength } from "./core-bundle-read-bundle.mjs";

import { readRegularFile } from "./node-regular-file.mjs";

import { formatDigest, toDigest } from "./node-regular-file.mjs";

import { createHash } from "node:crypto";
import { dirname, relative as relative2, resolve as resolve2, sep } from "node:path";
var titles = {
  "workflow-artifact": "Workflow artifact",
  registry: "Registry",
  release: "GitHub release",
  "github-attestations": "GitHub attestations",
  "storage-records": "Storage records"
};
var again = "Run the job again. It keeps what is there, and delivers the rest.";
function deliveriesJson(deliveries) {
  return deliveries.map((delivery) => {
    const { name, outcome } = delivery;
    if (outcome === "not-attempted") return { name, outcome, reason: delivery.reason };
    const { place = null, ids, urls, delivered: delivered2, present } = delivery;
    const failures = outcome === "failed" ? delivery.failures.map(failureJson) : [];
    return { name, outcome, place, ids, urls, delivered: delivered2, present, failures };
  });
}
function deliveryLines(deliveries) {
  return deliveries.map((delivery) => {
    const title = titles[delivery.name];
    if (delivery.outcome === "not-attempted") return `${title}: not attempted, because ${delivery.reason}`;
    const place = delivery.place === void 0 ? "" : ` ${delivery.place}`;
    const [url, ...others] = delivery.urls;
    const where = url === void 0 || others.length > 0 ? "" : `: ${url}`;
    const next = delivery.outcome === "failed" ? `. ${again}` : "";
    return `${title}${place}: ${outcomeText(delivery)}${where}${next}`;
  });
}
function deliveryTable(deliveries) {
  if (deliveries.length === 0) return [];
  return [
    "| Delivery | Place | Result |",
    "| :-- | :-- | :-- |",
    ...deliveries.map((delivery) => `| ${titles[delivery.name]} | ${placeCell(delivery)} | ${resultCell(delivery)} |`),
    ""
  ];
}
function placeCell(delivery) {
  if (delivery.outcome === "not-attempted" || delivery.place === void 0) return "";
  const place = cellCode(delivery.place);
  const [url, ...others] = delivery.urls;
  return url === void 0 || others.length > 0 ? place : link(place, url);
}
function resultCell(delivery) {
  if (delivery.outcome === "not-attempted") return cellProse(`\u2796 not attempted, because ${delivery.reason}`);
  if (delivery.outcome !== "failed") return `\u2705 ${outcomeText(delivery)}`;
  return `\u274C **${outcomeText(delivery)}**<br>${again}`;
}
function outcomeText(delivery) {
  const { outcome, delivered: delivered2, present } = delivery;
  const kept = present === 0 ? "" : `${delivered2} delivered, ${present} there already`;
  switch (outcome) {
    case "delivered":
      return kept === "" ? `${delivered2} delivered` : kept;
    case "present":
      return "there already";
    case "failed": {
      const done = delivered2 + present === 0 ? "nothing delivered" : kept || `${delivered2} delivered`;
      return `${count(delivery.failures.length, "failure")}, ${done}`;
    }
  }
}
function registry(images) {
  return deliveryTo("registry", async ({ signed }, world) => {
    const repositories = signed.flatMap(
      ({ subject }) => subject.kind === "image" && subject.stored !== void 0 ? [subject.stored.repository] : []
    );
    if (repositories.length === 0) return { reason: "no signed image is in a registry" };
    const { attachImages } = await import("./run-sign-images.mjs");
    const { attached, present, failures } = await attachImages(signed, images, world);
    if (!images.push && failures.length === 0) return { reason: "pushing to registries is switched off" };
    const place = [...new Set(repositories.map(formatRepository))].join(", ");
    const ids = [...attached.values()];
    return { place, ids, urls: [], delivered: attached.size - present, present, value: attached, failures };
  });
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
function workflowArtifact(wanted, places) {
  return deliveryTo("workflow-artifact", async ({ signed, collection, receipts = [] }, { files, cancellation }) => {
    if (collection === void 0) return { reason: "the file with all bundles could not be written" };
    const rootDirectory = places.bundleDirectory ?? places.workspace;
    const subjects = signed.map(delivered);
    const upload2 = () => uploadArtifact(
      {
        name: wanted.name ?? artifactName(wanted.job, collection.manifestDigest),
        isNameFree: wanted.name === void 0,
        earlier: { subjects, files, temporaryDirectory: wanted.temporaryDirectory },
        files: [
          ...new Set(subjects.map(({ bundlePath }) => bundlePath)),
          collection.bundlesPath,
          collection.manifestPath,
          ...receipts
        ],
        rootDirectory
      },
      wanted
    );
    const remedy = `The bundles are still in ${rootDirectory}.`;
    const value = await untilCancelled(upload2, "uploading the workflow artifact", remedy, cancellation);
    const { name: place, id, url, isNew } = value;
    const counts = { delivered: isNew ? 1 : 0, present: isNew ? 0 : 1 };
    return { place, ids: [id.toString()], urls: [url], ...counts, value };
  });
}
async function deliveriesTo({ places, artifact, images, github }) {
  const deliveries = [];
  if (artifact !== void 0) deliveries.push(workflowArtifact(artifact, places));
  if (images !== void 0) deliveries.push(registry(images));
  if (github !== void 0) deliveries.push(...await atGitHub(github));
  return deliveries;
}
async function atGitHub({ access: access2, ...wanted }) {
  const deliveries = [];
  if (wanted.release !== void 0) deliveries.push((await import("./run-sign-deliveries-release.mjs")).release(access2, wanted.release));
  const attestations = wanted.storeAttestations ? (await import("./run-sign-deliveries-github-attestations.mjs")).gitHubAttestations(access2) : void 0;
  if (attestations !== void 0) deliveries.push(attestations);
  if (wanted.storageRecords) {
    const { storageRecords } = await import("./run-sign-deliveries-storage-records.mjs");
    deliveries.push(storageRecords(access2, attestations));
  }
  return deliveries;
}
async function earlierAt({ places, artifact, images, github }, world) {
  const earlier = [];
  if (images?.push) {
    const { attachedEarlier } = await import("./run-sign-deliveries-attached-earlier.mjs");
    earlier.push(attachedEarlier(images.registries));
  }
  if (github?.release !== void 0) {
    const { releasedEarlier } = await import("./run-sign-deliveries-released-earlier.mjs");
    earlier.push(releasedEarlier(github.access, github.release.target, world));
  }
  if (github?.storeAttestations) {
    const { storedEarlier } = await import("./run-sign-deliveries-stored-earlier.mjs");
    earlier.push(storedEarlier(github.access, world));
  }
  if (artifact !== void 0) {
    const { uploadedEarlier } = await import("./run-sign-deliveries-uploaded-earlier.mjs");
    earlier.push(uploadedEarlier(artifact, places, world));
  }
  return earlier;
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
async function deliverRun(result, request, world) {
  const written = await deliverCollection(result, request, world);
  const collection = written instanceof CountersignError ? void 0 : written;
  const { signed, unsigned } = result;
  const { receipts = [] } = request;
  const verification = () => ownVerification(result, world);
  const batch = { signed, isComplete: unsigned.length === 0, collection, receipts, verification };
  const { results, failures } = await deliverBatch(batch, request.deliveries, world);
  return { collection, results, failures: written instanceof CountersignError ? [written, ...failures] : failures };
}
async function ownVerification({ instance, signed }, world) {
  const { loadPolicy } = await import("./run-policy-index.mjs");
  const [first] = signed;
  if (first === void 0) return fail("DELIVERY_FAILED", "nothing was signed");
  const { subjectAlternativeName, issuer, claims } = signedBy(first.verdict).identity;
  const { sourceRepositoryIdentifier: repositoryId } = claims;
  const { name, trust, thresholds, sandbox, warnings } = instance;
  const acceptTimestampOnly = signed.some(({ outages }) => outages.length > 0);
  const request = {
    certificateIdentity: subjectAlternativeName,
    certificateOidcIssuer: issuer,
    ...repositoryId !== void 0 && { sourceRepositoryId: [repositoryId] },
    ...acceptTimestampOnly && { acceptTimestampOnly }
  };
  return {
    policy: await loadPolicy(request, world),
    trust: { roots: [{ instance: name, trust, thresholds, sandbox }], warnings }
  };
}
async function deliverBatch(batch, deliveries, world) {
  const results = await Promise.all(deliveries.map((one) => one.deliver(batch, world)));
  return { results, failures: results.flatMap((one) => one.outcome === "failed" ? one.failures : []) };
}
async function deliverCollection({ signed }, { places, collect }, { files, random }) {
  const [first] = signed;
  if (!collect || first === void 0) return void 0;
  const { subjectAlternativeName: identity, issuer } = signedBy(first.verdict).identity;
  const subjects = signed.map(delivered);
  try {
    const candidates = collectionPaths(
      signed.map(({ subject }) => subject),
      places
    );
    return await writeCollection(files, random, { candidates, places, identity, issuer, subjects });
  } catch (error) {
    if (error instanceof CountersignError) return error;
    throw error;
  }
}
var maxShown = 5;
function outageWarnings(signed, workspace) {
  const affected = /* @__PURE__ */ new Map();
  for (const { bundlePath, outages = [] } of signed) {
    for (const outage of outages) {
      const one = affected.get(outage.log) ?? { outage, paths: /* @__PURE__ */ new Set() };
      affected.set(outage.log, one);
      one.paths.add(shownPath(bundlePath, workspace));
    }
  }
  return [...affected.values()].map(({ outage, paths }) => describe(outage, [...paths]));
}
function describe({ log, instead, reason }, paths) {
  const shown = paths.slice(0, maxShown);
  const listed = [...shown, ...paths.length > shown.length ? [`and ${paths.length - shown.length} more`] : []];
  const bundles = `${count(paths.length, "bundle")} (${listed.join(", ")})`;
  if (instead !== void 0)
    return `the log entries of ${bundles} are in ${instead}, because the transparency log ${log} was down: ${reason}`;
  const command = shown.length < paths.length ? "FOLDER" : shown.map(pathArgument).join(" ");
  const have = paths.length === 1 ? "has" : "have";
  return `${bundles} ${have} a timestamp and no log entry, because the transparency log ${log} was down (${reason}). Verifiers refuse such bundles by default. To add the entries later, run \`countersign complete ${command}\``;
}
function predicateTypeOf({ content }) {
  return content.kind === "dsse-envelope" ? content.statement.predicateType : void 0;
}
function attachedIn({ results }) {
  const [attached = /* @__PURE__ */ new Map()] = results.flatMap(
    (one) => one.name === "registry" && one.outcome !== "not-attempted" && one.done !== void 0 ? [one.done.value] : []
  );
  return attached;
}
function artifactIn(results) {
  const [artifact] = results.flatMap(
    (one) => one.name === "workflow-artifact" && one.outcome !== "not-attempted" && one.done !== void 0 ? [one.done.value] : []
  );
  return artifact;
}
function reported(result) {
  const { name, outcome } = result;
  if (outcome === "not-attempted") return { name, outcome, reason: result.reason };
  const { place, ids = [], urls = [], delivered: fresh = 0, present = 0 } = result.done ?? {};
  const common = { name, place, ids, urls, delivered: fresh, present };
  if (outcome !== "failed") return { ...common, outcome };
  return { ...common, outcome, failures: result.failures };
}
function signingReport(result, deliveries, workspace) {
  const { instance } = result;
  const first = result.signed[0]?.verdict;
  const { collection, results, failures } = deliveries;
  const artifact = artifactIn(results);
  const attached = attachedIn(deliveries);
  const signed = result.signed.map(
    (one) => ({
      ...delivered(one),
      kind: one.subject.kind,
      predicateType: predicateTypeOf(one.verdict),
      platform: one.subject.kind === "image" ? one.subject.platform : void 0,
      certificateValidity: signedBy(one.verdict).certificateValidity,
      attachedAs: attached.get(one),
      attests: one.subject.kind === "image" ? one.subject.attests : void 0,
      inRegistry: one.subject.kind === "image" && one.subject.stored !== void 0,
      outages: one.outages,
      resumed: one.resumed
    })
  );
  return {
    identity: first && signedBy(first).identity,
    instance: instance.name,
    format: result.format,
    certificateLogged: first === void 0 || first.signedCertificateTimestamps.length > 0,
    signed,
    unsigned: result.unsigned.map(({ subject, error }) => ({
      name: subjectName(subject),
      code: error.code,
      message: error.message,
      remedy: error.remedy
    })),
    artifact,
    deliveries: results.map(reported),
    trustedRoot: instance.trustedRootPath,
    manifestPath: collection?.manifestPath,
    warnings: [
      ...instance.warnings,
      ...outageWarnings(signed, workspace),
      ...failures.map(({ message, remedy }) => remedy === void 0 ? message : `${message}. ${remedy}`),
      ...results.flatMap((one) => one.outcome === "not-attempted" ? [] : one.done?.warnings ?? []),
      ...(artifact?.leftOut ?? []).map(
        (path) => `${path} was not uploaded: GitHub artifacts do not allow a character in its name`
      )
    ],
    notices: result.packageNotices ?? adviceOn(result),
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
  artifactNames,
  deliverBatch,
  deliverRun,
  deliveriesJson,
  deliveriesTo,
  deliveryLines,
  deliveryTable,
  deliveryTo,
  earlierAt,
  gitHubDestinations,
  reported,
  signingReport
};
