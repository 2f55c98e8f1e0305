import { openReader } from "./monitor-readers-proof-reader.mjs";
import { logUrl } from "./run-policy-chosen-logs.mjs";
import { LogEntryDuplicate, submitEntry } from "./services-rekor-rekor-v1.mjs";
import { bundleMediaType, writeBundle } from "./core-bundle-write-bundle.mjs";
import { selectServices } from "./core-trust-signing-config.mjs";
import { verify, artifactOfDigest, readStatement } from "./core-certificate-path.mjs";
import { exactIdentity, policyFor, readCertificate, covers, shownUrl } from "./core-certificate-certificate.mjs";
import { maxBundleLength, readBundle } from "./core-bundle-read-bundle.mjs";
import { isHash } from "./node-regular-file.mjs";
import { encodeHex } from "./core-encoding-der.mjs";
import { decodeUtf8 } from "./core-encoding-json.mjs";
import { CountersignError, fail, systemCode } from "./core-errors-codes.mjs";
function logOf(trust, url, times) {
  return trust.transparencyLogs.find(
    ({ baseUrl, validFor }) => logUrl(baseUrl) === logUrl(url) && times.every((time) => covers(validFor, time))
  );
}
async function recoverEntry(log, index, http) {
  const { baseUrl, publicKey, keyId, validFor, checkpointKey } = log;
  const names = [...new Set(checkpointKey.names)];
  const reader = openReader(
    { protocol: "rekor-v2", baseUrl: logUrl(baseUrl), publicKey, keyId, names, validFor },
    { http }
  );
  const head = await reader.head();
  const { bytes, proof } = await reader.entry(index, head);
  const logIndex = BigInt(index);
  return {
    logIndex,
    logKeyId: keyId,
    kind: "hashedrekord",
    version: "0.0.2",
    integratedTime: 0n,
    signedEntryTimestamp: void 0,
    inclusionProof: {
      logIndex,
      rootHash: head.root,
      treeSize: BigInt(head.size),
      hashes: proof,
      checkpoint: decodeUtf8(head.note) ?? fail("CHECKPOINT_INVALID", "the checkpoint is not valid UTF-8")
    },
    canonicalizedBody: bytes
  };
}
var Completer = class {
  #rules;
  #world;
  /** The logs that get the entries. */
  #logs;
  #entries = /* @__PURE__ */ new Map();
  /** @throws CountersignError `NO_SERVICE` if the instance has no log of Rekor v2 */
  constructor(rules, world) {
    this.#rules = rules;
    this.#world = world;
    this.#logs = logsV2(rules.instance.signingConfig, world.clock());
  }
  /**
   * Completes a bundle.
   *
   * @param json its text
   * @param digest that of the artifact that the bundle must be about; by default one that the bundle names
   * @throws CountersignError those of reading and verifying the bundle; `PUBLIC_LOG_REFUSED`; `LOG_UNKNOWN` if verifiers would not accept an
   *   entry of the log; those of the log
   */
  async complete(json, digest) {
    const bundle = certified(readBundle(json));
    const subject = digest ?? digestOf(bundle);
    const artifact = artifactOfDigest(subject);
    const { instance } = this.#rules;
    const { thresholds, sandbox } = instance;
    const anyone = policyFor(
      { kind: "identity", identity: "any", issuer: "any", claims: [] },
      { thresholds, sandbox, ...bundle.logEntries.length === 0 && { timestampOnly: "accept" } }
    );
    const before = await this.#verify(bundle, artifact, anyone);
    if (before.logEntries.length >= thresholds.logEntries)
      return { text: oneLine(json), verdict: before, isNew: false };
    const entries = await this.#log(submissionOf(bundle, subject), before);
    const text = writeBundle({ ...bundle, mediaType: bundleMediaType, version: "0.3", logEntries: entries });
    const verdict = await this.#verify(readBundle(text), artifact, strangers(before, { thresholds, sandbox }));
    return { text, verdict, isNew: true };
  }
  #verify(bundle, artifact, policy) {
    return verify(bundle, artifact, this.#rules.instance.trust, policy, this.#world.clock());
  }
  /** Returns the entries of a signature, one in each log. */
  #log(submission, verdict) {
    this.#demandPublic(verdict);
    const trusted = this.#logs.map((log) => ({ log, trusted: this.#demandTrusted(log, verdict) }));
    const key = encodeHex(submission.signature);
    const known = this.#entries.get(key);
    if (known !== void 0) return known;
    const entries = Promise.all(trusted.map((one) => this.#submit(one.log, one.trusted, submission)));
    this.#entries.set(key, entries);
    entries.catch(() => this.#entries.delete(key));
    return entries;
  }
  /** Adds an entry. One that is there already, as after a run that was interrupted, is read from the log. */
  async #submit(log, trusted, submission) {
    const { http } = this.#world;
    try {
      return await submitEntry(http, log, submission);
    } catch (error) {
      if (!(error instanceof LogEntryDuplicate) || error.index === void 0) throw error;
      return recoverEntry(trusted, error.index, http);
    }
  }
  /** Refuses to publish the details of a repository that is not public. */
  #demandPublic({ signer }) {
    const { instance, allowPublicLog } = this.#rules;
    const visibility = signer.kind === "identity" ? signer.identity.claims.sourceRepositoryVisibility : void 0;
    if (!instance.publicLog || allowPublicLog || visibility === void 0 || visibility === "public") return;
    fail(
      "PUBLIC_LOG_REFUSED",
      `the repository was ${JSON.stringify(visibility)}, and an entry would permanently publish the claims of the certificate in a public log`,
      { remedy: "To publish them, set `public-log: allow`." }
    );
  }
  /**
   * Demands that verifiers will accept an entry of a log, before it is made: the trusted root must know the log at the time of the timestamp.
   */
  #demandTrusted({ url }, { times }) {
    const moments = times.map(({ time }) => time);
    return logOf(this.#rules.instance.trust, url, moments) ?? fail(
      "LOG_UNKNOWN",
      `the transparency log ${shownUrl(url)} was not valid at ${moments.map((time) => time.toISOString()).join(" and ")}, the time of the signature, according to the trusted root`,
      {
        remedy: "Use the newest trusted root and signing config of the same instance. If they are current, sign again."
      }
    );
  }
};
function logsOf({ logEntries }) {
  return logEntries.map(({ log, logIndex }) => ({ url: log.baseUrl, id: encodeHex(log.keyId), index: logIndex }));
}
function logsV2(config, now) {
  if (config.transparencyLogs.some(({ majorApiVersion }) => majorApiVersion === 2))
    return selectServices(config, now, 2).transparencyLogs;
  return fail("NO_SERVICE", "the signing config has no transparency log of Rekor v2, which completing requires", {
    remedy: "Use a signing config with such a log. An entry of Rekor v1 would state a time at which the certificate is no longer valid; sign again instead."
  });
}
function certified({ signer, ...bundle }) {
  if (signer.kind === "certificate") return { ...bundle, signer };
  return fail("BUNDLE_UNSUPPORTED", "the bundle was signed with a long-lived key and has no certificate", {
    remedy: "Sign again with the key and a log entry, with the tool that made the bundle."
  });
}
function digestOf({ content }) {
  const digest = content.kind === "message-signature" ? content.messageDigest : readStatement(content.payload).subjects.flatMap(({ digests }) => digests.filter(isHash))[0];
  return digest ?? fail("BUNDLE_INVALID", "the bundle contains no digest of its subject");
}
function strangers({ signer }, options) {
  if (signer.kind !== "identity") return fail("IDENTITY_MISMATCH", "the bundle was signed with a long-lived key");
  const { subjectAlternativeName, issuer = "" } = signer.identity;
  return exactIdentity(subjectAlternativeName, issuer, options);
}
function submissionOf({ content, signer: { certificate } }, digest) {
  const { kind } = readCertificate(certificate).publicKey;
  if (kind !== "ecdsa-p256")
    fail("KEY_UNSUPPORTED", `the certificate has a key of type ${kind}; only ecdsa-p256 is supported`, {
      remedy: "Sign again with an entry, with the tool that made the bundle."
    });
  if (content.kind === "dsse-envelope") return { ...content, certificate };
  return { kind: content.kind, digest, signature: content.signature, certificate };
}
function oneLine(json) {
  return json.trim().replace(/\s*[\r\n]\s*/g, "");
}

import { namesImage } from "./cli-json-output-2.mjs";

import { inWorld } from "./cli-in-world.mjs";

import { readAccount } from "./cli-read-account.mjs";

import { instanceRequest } from "./cli-instance-request.mjs";

import { orFailureJson, printJson } from "./cli-json-output.mjs";

import { shownPath } from "./report-shown-path.mjs";

import "./node-safe-file-name.mjs";

import "./run-world-choose-instance.mjs";

import { count, shownText } from "./report-shorten.mjs";

import { failureJson } from "./options-shared.mjs";

import "./cli-option-names.mjs";

import { errorInFlags, inFlags } from "./cli-option-names.mjs";

import "./options-verify.mjs";

import "./options-shared.mjs";

import "./options-row.mjs";

import { deliverFile, demandDeliverable } from "./deliver-disk.mjs";

import "./services-http-sleep.mjs";

import "./services-rekor-answer-v1.mjs";

import "./node-atomic-write.mjs";

import "./node-make-folder.mjs";

import "./node-make-folder.mjs";

import { bundleStem } from "./node-concurrency.mjs";

import "./options-policy.mjs";

import "./options-row.mjs";

import "./options-row.mjs";

import "./run-world-choose-instance.mjs";

import { loadRegistries } from "./report-shown-path.mjs";

import "./node-links.mjs";

import "./core-bundle-read-bundle.mjs";

import "./node-make-folder.mjs";

import "./services-http-answer.mjs";

import "./run-world-world.mjs";

import { loadInstance } from "./run-world-world.mjs";

import "./node-secret.mjs";

import "./core-encoding-der-writer.mjs";

import "./core-certificate-signed-certificate-timestamp.mjs";

import "./core-log-cosignature.mjs";

import "./core-log-cosignature.mjs";

import "./core-certificate-path.mjs";

import { concurrently } from "./node-concurrency.mjs";

import "./core-certificate-signed-certificate-timestamp.mjs";

import "./core-certificate-path.mjs";

import "./core-certificate-certificate.mjs";

import "./core-encoding-der-writer.mjs";

import "./core-log-cosignature.mjs";

import "./node-regular-file.mjs";

import { NotRegularFile, readRegularFile } from "./node-regular-file.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-der.mjs";

import "./core-encoding-der-writer.mjs";

import "./core-encoding-json.mjs";

import "./core-certificate-certificate.mjs";

import "./core-encoding-der.mjs";

import "./node-regular-file.mjs";

import "./core-certificate-path.mjs";

import "./core-encoding-der-writer.mjs";

import "./core-certificate-certificate.mjs";

import "./core-certificate-path.mjs";

import "./core-certificate-path.mjs";

import "./core-encoding-json.mjs";

import "./core-errors-codes.mjs";

import "./run-world-world.mjs";

import "./core-errors-codes.mjs";

import { dirname, join, resolve } from "node:path";
function incompleteCompletion({ files }) {
  const failed = files.filter((file) => "error" in file);
  const [first] = failed;
  if (first === void 0 || files.length === 1) return first && inFile(first);
  const code = first.error.code;
  const what = files.some(({ path }) => path.startsWith("oci://")) ? "bundle" : "file";
  return new CountersignError(code, `${failed.length} of ${count(files.length, what)} were not completed`, {
    cause: first.error,
    remedy: "The reasons are listed above. Run again to complete the rest."
  });
}
function inFile({ path, error }) {
  const { code, message, remedy } = error;
  return new CountersignError(code, `${path}: ${message}`, { cause: error, ...remedy !== void 0 && { remedy } });
}
var maxLineLength = 400;
function completionText({ files, warnings }, folder) {
  const lines = [
    ...warnings.map((warning) => `Warning: ${warning}`),
    ...files.flatMap((file) => lineOf(file, shownPath(file.path, folder), files.length > 1))
  ];
  return lines.map((line) => `${shownText(line, maxLineLength)}
`).join("");
}
function lineOf(file, path, isListed) {
  if ("error" in file) return isListed ? [`Not completed ${path}: ${file.error.code}: ${file.error.message}`] : [];
  if (file.outcome === "already-complete") return [`Already complete ${path}`];
  const place = file.attached === void 0 ? "" : `; attached as ${file.attached}`;
  return [`Completed ${path} (log index ${file.logs.map(({ index }) => index).join(", ")}${place})`];
}
function completionJson({ files, warnings }, failure) {
  return {
    version: 1,
    completed: failure === void 0,
    exitCode: failure?.exitCode ?? 0,
    failure: failure === void 0 ? null : failureJson(failure),
    files: files.map(
      (file) => "error" in file ? { path: file.path, outcome: "failed", logs: [], failure: failureJson(file.error) } : {
        path: file.path,
        outcome: file.outcome,
        logs: file.logs.map(({ url, id, index }) => ({ url, id, index: index.toString() })),
        ...file.attached !== void 0 && { attached: file.attached }
      }
    ),
    warnings
  };
}
async function completeRun(request, world) {
  const { paths, images, instance, concurrency, onProgress } = request;
  const completer = new Completer(request, world);
  const files = await bundleFiles(paths, world);
  const work = [
    ...files.map((path) => ({ path, run: async () => [await completeFile(path, completer, world)] })),
    ...images?.names.map((path) => ({ path, run: () => onImage(path, images.registries, completer, world) })) ?? []
  ];
  const results = /* @__PURE__ */ new Map();
  const each = async ({ path, run }) => ({ path, found: await orFailure(path, run) });
  for await (const { path, found } of concurrently(work, concurrency, each)) {
    results.set(path, found);
    onProgress?.(work.length, results.size);
  }
  return { files: work.flatMap(({ path }) => results.get(path) ?? []), warnings: instance.warnings };
}
async function bundleFiles(paths, { files }) {
  const found = /* @__PURE__ */ new Set();
  for (const path of paths.map((one) => resolve(one))) {
    const isFolder = await files.stat(path).then(
      (stat) => stat.isDirectory(),
      () => false
    );
    const inside = isFolder ? await files.readdir(path, { recursive: true, withFileTypes: true }) : void 0;
    const bundles = inside?.filter((entry) => entry.isFile() && bundleStem(entry.name) !== void 0);
    if (bundles?.length === 0)
      fail("BUNDLE_MISSING", `the folder ${path} contains no bundle file`, {
        remedy: "Specify the bundle files. Their names end with .sigstore.json, .sigstore or .jsonl."
      });
    for (const one of bundles?.map(({ parentPath, name }) => join(parentPath, name)).sort() ?? [path]) found.add(one);
  }
  return [...found];
}
async function onImage(name, registries, completer, world) {
  const { completeImage } = await import("./run-complete-complete-image.mjs");
  return completeImage(name, { registries, completer }, world);
}
async function orFailure(path, work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return [{ path, error }];
  }
}
async function completeFile(path, completer, world) {
  const text = await readText(path, world);
  const isList = path.endsWith(".jsonl");
  const documents = isList ? text.split("\n").filter((line) => line.trim() !== "") : [text];
  const places = { workspace: dirname(path), bundleDirectory: void 0 };
  await demandDeliverable(world.files, places.workspace, places);
  const bundles = [];
  for (const document of documents) bundles.push(await completer.complete(document));
  const logs = bundles.flatMap(({ verdict }) => logsOf(verdict));
  if (bundles.every(({ isNew }) => !isNew)) return { path, outcome: "already-complete", logs };
  const completed = bundles.map((bundle) => `${bundle.text}
`).join("");
  await deliverFile(world.files, world.random, path, completed, places);
  return { path, outcome: "completed", logs };
}
async function readText(path, { files }) {
  const bytes = await readRegularFile(files, path, maxBundleLength).catch((cause) => {
    if (cause instanceof CountersignError) throw cause;
    if (systemCode(cause) === "ENOENT")
      fail("BUNDLE_MISSING", "there is no such file", { cause, remedy: "Check the path." });
    const reason = cause instanceof NotRegularFile ? "it is not a regular file" : systemCode(cause);
    return fail("BUNDLE_UNREADABLE", `it cannot be read: ${reason}`, { cause, remedy: "Check the path." });
  });
  return decodeUtf8(bytes) ?? fail("BUNDLE_INVALID", "the bundle is not valid UTF-8");
}
function completeCommand(names, options) {
  const { json, retryBudget } = options;
  return inWorld({ retryBudget, json }, async (world, display) => {
    const nothing = { completed: false, files: [], warnings: [] };
    const found = await orFailureJson(json, nothing, () => complete(names, options, world, display));
    const report = { ...found, warnings: found.warnings.map(inFlags) };
    const failure = incompleteCompletion(report);
    if (json) printJson(completionJson(report, failure && errorInFlags(failure)));
    else process.stdout.write(completionText(report, process.cwd()));
    if (failure !== void 0) throw failure;
  });
}
async function complete(names, options, world, { show }) {
  const paths = [];
  const images = [];
  for (const name of names) (await namesImage(name, world) ? images : paths).push(name);
  const account = await readAccount(options);
  const registries = await loadRegistries({ images, account, environment: process.env }, world);
  const { insecureIgnoreSct = false, publicLog: allowPublicLog = false, concurrency } = options;
  const request = await instanceRequest({ ...options, logVersion: 2 }, "sign");
  const instance = await loadInstance({ ...request, insecureIgnoreSct }, world);
  const onProgress = (total, done) => show((progress) => progress.work("completed", total, done));
  const attached = registries && { names: images, registries };
  return completeRun({ paths, images: attached, instance, allowPublicLog, concurrency, onProgress }, world);
}
export {
  completeCommand,
  logsOf
};
