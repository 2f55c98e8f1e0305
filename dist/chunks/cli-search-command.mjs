import { loadRoots } from "./cli-load-roots.mjs";
import { inWorld } from "./cli-in-world.mjs";
import "./cli-instance-request.mjs";
import { orFailureJson, printJson } from "./cli-json-output.mjs";
import { gapsOf, isComplete, isSearched, searchJson } from "./report-search-json.mjs";
import { concernsCertificates, conditionsOf, expectedFailure, fetchAnswer, needsNames, readAttestation, searchLocally, searchService, serviceQueries } from "./run-search-query.mjs";
import { logId, logsOf } from "./monitor-state-log-state.mjs";
import { openReader, withinRate } from "./monitor-readers-proof-reader.mjs";
import { certificatesOf, indexFolder } from "./monitor-entries-certificate-claims.mjs";
import { chosenLogs, isCertificateLog, logUrl } from "./run-policy-chosen-logs.mjs";
import { pathExists } from "./run-world-choose-instance.mjs";
import { count, shownText } from "./report-shorten.mjs";
import "./options-shared.mjs";
import { usesColour } from "./cli-option-names.mjs";
import "./options-verify.mjs";
import "./options-row.mjs";
import "./services-http-sleep.mjs";
import "./services-rekor-answer-v1.mjs";
import { bundleMediaType, writeBundle } from "./core-bundle-write-bundle.mjs";
import { writeAtomically } from "./node-atomic-write.mjs";
import "./node-make-folder.mjs";
import { safeFileName } from "./node-safe-file-name.mjs";
import "./options-policy.mjs";
import { digestFileWith, hashObserver } from "./subject-digest-file.mjs";
import "./node-links.mjs";
import "./services-http-answer.mjs";
import "./run-policy-load-trust.mjs";
import "./core-trust-trusted-root.mjs";
import { parseInput } from "./run-world-read-input.mjs";
import "./run-world-world.mjs";
import { verify, verifyCertificate, artifactOfDigest } from "./core-certificate-path.mjs";
import "./core-encoding-der-writer.mjs";
import { leafHash } from "./core-certificate-signed-certificate-timestamp.mjs";
import "./core-log-cosignature.mjs";
import { exactIdentity, readPublicKeyPem } from "./core-certificate-certificate.mjs";
import { mapConcurrently } from "./node-concurrency.mjs";
import { readBundle } from "./core-bundle-read-bundle.mjs";
import { equalDigests, formatDigest, isHashAlgorithm, parseDigest, toDigest } from "./node-regular-file.mjs";
import { decodeBase64, decodeHex, encodeHex } from "./core-encoding-der.mjs";
import { parseJson, asText, memberAt, decodeUtf8, equalBytes } from "./core-encoding-json.mjs";
import { CountersignError, fail, reading } from "./core-errors-codes.mjs";
import { resolve } from "node:path";
import { hash } from "node:crypto";
import { hash as hash2 } from "node:crypto";
import { join } from "node:path";
var maxLineLength = 400;
var maxListed = 20;
var labelWidth = 13;
var colours = { title: 1, warning: 33, problem: 31 };
function searchText(report, { colour = false } = {}) {
  const paint = (text, as) => colour ? `\x1B[${colours[as]}m${text}\x1B[0m` : text;
  const { entries, isLimited, logs, conditions } = report;
  const found = entries.length === 0 ? "No entry" : count(entries.length, "entry").replace(/entrys$/, "entries");
  const more = isLimited ? ", and there may be more (--limit)" : "";
  const lines = [
    `${found} with ${conditions.map((one) => shownText(one, maxLineLength)).join(", ")}${more}.`,
    ...entries.flatMap((entry) => ["", ...entryLines(entry, paint)]),
    "",
    "Searched logs:",
    ...logs.flatMap((log) => logLines(log, paint))
  ];
  return lines.map((line2) => `${line2}
`).join("");
}
function entryLines(entry, paint) {
  const { claims, signers, time } = entry;
  const [first, ...others] = signers;
  const isCertificate = claims.type === "certificate";
  const kind = isCertificate ? claims.kind : `${claims.kind} ${claims.version}`;
  const digests = isCertificate ? [] : claims.digests.slice(0, maxListed);
  return [
    paint(shownText(first === void 0 ? "unknown signer" : signerTitle(first.signer), maxLineLength), "title"),
    ...first === void 0 ? [] : signerLines(first, paint),
    ...others.slice(0, maxListed).flatMap((one) => [line("also", signerTitle(one.signer)), ...signerLines(one, paint)]),
    ...digests.map(
      ({ algorithm, value, of }) => line(`${of === "signed" ? "" : `${of} `}digest`, `${algorithm}:${value}`)
    ),
    ...attestationLines(entry.attestation, paint),
    ...entry.isConfirmed ? [] : [
      paint(
        line(
          "note",
          "Only the index of the service says that this attestation is about the digest. The log does not."
        ),
        "warning"
      )
    ],
    line("time", time === void 0 ? "not stated by the log" : `${time.toISOString()}, stated by the log`),
    line("log", `${entry.log} index ${entry.globalIndex ?? entry.index}, ${kind}`),
    line("proven", `leaf ${entry.index} of the tree of size ${entry.treeSize} (${entry.origin})`),
    ...claims.problems.slice(0, maxListed).map(({ part, reason }) => paint(line("problem", `${part}: ${reason}`), "problem")),
    ...bundleLines(entry, paint)
  ];
}
function attestationLines(attestation, paint) {
  if (attestation === void 0) return [];
  if (!attestation.isProven) return [paint(line("attestation", `not read: ${attestation.reason}`), "warning")];
  const { predicateType, subjects } = attestation;
  return [
    line("attestation", `${predicateType}, stored by the service; its hash is in the log`),
    ...subjects.slice(0, maxListed).map(({ name, digests: [digest] }) => line("subject", [name, digest && formatDigest(digest)].join(" "))),
    ...subjects.length > maxListed ? [line("", `and ${subjects.length - maxListed} more subjects`)] : []
  ];
}
function bundleLines({ bundle }, paint) {
  if (bundle === void 0) return [];
  return "path" in bundle ? [line("bundle", bundle.path)] : [paint(line("no bundle", bundle.reason), "warning")];
}
function signerTitle(signer) {
  if (signer.kind === "certificate")
    return signer.certificate.names.map(({ value }) => value).join(", ") || "certificate without a name";
  return `${signer.kind === "other" ? `${signer.format} key` : "public key"} sha256:${signer.keyHash}`;
}
function signerLines({ signer, issuance }, paint) {
  if (signer.kind !== "certificate") return [];
  const { claims, notBefore, notAfter, keyHash } = signer.certificate;
  const validity = [notBefore, notAfter].map((one) => one?.toISOString() ?? "unknown").join(" to ");
  return [
    ...optional("issuer", claims.issuer),
    ...optional("repository", repositoryText(signer.certificate)),
    ...optional("trigger", claims.buildTrigger),
    ...optional("run", claims.runInvocationUri),
    line("certificate", `valid from ${validity}`),
    ...issuance === void 0 ? [] : issuance.isTrusted ? [line("issued by", `${issuance.authority}, an authority of the trusted root`)] : [
      paint(line("NOT TRUSTED", issuance.reason), "problem"),
      paint(line("", "Anybody can log a certificate with this name."), "problem")
    ],
    ...optional("key", keyHash && `sha256:${keyHash}`)
  ];
}
function repositoryText({ claims }) {
  const { sourceRepositoryUri: uri = claims.githubWorkflowRepository } = claims;
  const ref = claims.sourceRepositoryRef ?? claims.githubWorkflowRef;
  const commit = claims.sourceRepositoryDigest ?? claims.githubWorkflowSha;
  const parts = [uri, ref && `at ${ref}`, commit && `commit ${commit}`].filter((part) => part !== void 0);
  return parts.length === 0 ? void 0 : parts.join(", ");
}
function optional(label, value) {
  return value === void 0 || value === "" ? [] : [line(label, value)];
}
function line(label, value) {
  return `  ${label.padEnd(labelWidth)} ${shownText(value, maxLineLength)}`;
}
function logLines(log, paint) {
  const { url, origin, failures, notSearched, isOptional } = log;
  const name = shownText(origin === void 0 ? url : `${url} (${origin})`, maxLineLength);
  const warn = isOptional ? (text) => text : (text) => paint(text, "warning");
  return [
    `  ${name}`,
    ...coverageLines(log),
    ...notSearched === void 0 ? [] : [warn(`    not searched: ${shownText(notSearched, maxLineLength)}`)],
    ...failures.slice(0, maxListed).map(({ code, message }) => paint(`    failed: ${code}: ${shownText(message, maxLineLength)}`, "problem")),
    ...failures.length > maxListed ? [`    and ${failures.length - maxListed} more failures`] : []
  ];
}
function coverageLines(log) {
  const { ranges, size, withProblems, service, missed } = log;
  const text = ({ from, to }) => from + 1 === to ? `${from}` : `${from} to ${to - 1}`;
  const list = (all) => `${all.slice(0, maxListed).map(text).join(", ")}${all.length > maxListed ? ` and ${all.length - maxListed} more ranges` : ""}`;
  const gaps = gapsOf(log);
  return [
    ...ranges.length === 0 ? [] : [`    local index: entries ${list(ranges)}${size === void 0 ? "" : ` of ${size}`}`],
    ...ranges.length === 0 || gaps.length === 0 ? [] : [`    not in the index: entries ${list(gaps)}`],
    ...withProblems === 0 ? [] : [
      `    ${count(withProblems, "entry").replace(/entrys$/, "entries")} in the index could not be read completely`
    ],
    ...service ? ["    index of the service: searched; nothing proves that it leaves out no entry"] : [],
    ...missed === void 0 ? [] : [`    missed: ${shownText(missed, maxLineLength)}`]
  ];
}
async function readSearchQuery(wishes, world) {
  const { file, digest, identity, issuer, repo, key } = wishes;
  if (file !== void 0 && digest !== void 0)
    fail("USAGE", "a file and --digest cannot be combined", { remedy: "Specify one of them." });
  if (Object.values(wishes).every((wish) => wish === void 0))
    fail("USAGE", "nothing to search for", {
      remedy: "Specify a file, --digest, --identity, --repo, --issuer or --key."
    });
  for (const [name, value] of Object.entries({ identity, issuer, repo }))
    if (value?.trim() === "") fail("USAGE", `--${name} is empty`);
  return {
    digests: file === void 0 ? digestOf(digest) : await digestsOf(file, world),
    identity,
    issuer,
    repository: repo === void 0 ? void 0 : repositoryUri(repo),
    key: key === void 0 ? void 0 : await readKey(key, world)
  };
}
function digestOf(text) {
  return text === void 0 ? [] : [reading("DIGEST_INVALID", "--digest", () => parseDigest(text))];
}
function digestsOf(path, { files, onHash }) {
  return digestFileWith(files, { path }, ["sha256", "sha384", "sha512"], hashObserver(path, onHash));
}
function repositoryUri(text) {
  if (/^https?:\/\/[^/\s]+\/[^\s]+$/.test(text)) return text.replace(/(?:\.git|\/)$/, "");
  if (/^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/.test(text)) return `https://github.com/${text}`;
  return fail("USAGE", `--repo is ${JSON.stringify(text)}, which is not a repository`, {
    remedy: "Use owner/name for a repository on GitHub, or the URL of a repository."
  });
}
async function readKey(text, world) {
  const [, keyHash] = /^sha256:([0-9a-f]{64})$/i.exec(text) ?? [];
  if (keyHash !== void 0) return { keyHash: keyHash.toLowerCase(), spki: void 0 };
  const { spki } = await parseInput(text, "public key", world, (bytes) => readPublicKeyPem(decodeUtf8(bytes) ?? ""));
  return { keyHash: hash("sha256", spki), spki };
}
async function signersOf(claims, time, trust) {
  if (claims.type === "certificate") {
    const { certificate } = claims;
    const issuance = claims.kind === "precertificate" ? issuanceByKey(claims.issuerKeyHash, trust.trust) : await issuanceOf(certificate.der, certificate.notBefore, trust);
    return [{ signer: { kind: "certificate", certificate }, issuance }];
  }
  return Promise.all(
    claims.signers.map(async (signer) => ({
      signer,
      issuance: signer.kind === "certificate" ? await issuanceOf(signer.certificate.der, time ?? signer.certificate.notBefore, trust) : void 0
    }))
  );
}
async function issuanceOf(der, time, { trust, sandbox }) {
  if (time === void 0) return { isTrusted: false, reason: "the certificate cannot be read" };
  try {
    const { authority } = await verifyCertificate(der, trust, [time], sandbox);
    return { isTrusted: true, authority: authority.uri };
  } catch (error) {
    return { isTrusted: false, reason: expectedFailure(error).message };
  }
}
function issuanceByKey(keyHash, { certificateAuthorities }) {
  const authority = certificateAuthorities.find(
    ({ chain }) => chain.some(({ publicKey }) => hash2("sha256", publicKey.spki) === keyHash)
  );
  return authority === void 0 ? { isTrusted: false, reason: "the certificate was issued by an authority that is not in the trusted root" } : { isTrusted: true, authority: authority.uri };
}
async function recoverBundle(claims, answer, log, { folder, digests }, { files, random, clock }) {
  try {
    const { bundle, digest, signer } = bundleOf(claims, answer, digests);
    const { trust, thresholds, sandbox } = log.trust;
    const policy = exactIdentity(signer.names[0]?.value ?? "", signer.claims.issuer ?? "", { thresholds, sandbox });
    const json = writeBundle(bundle);
    await verify(readBundle(json), artifactOfDigest(digest), trust, policy, clock());
    const { host } = new URL(log.url);
    const path = join(folder, `${safeFileName(host, 100)}-${bundle.logEntries[0]?.logIndex}.sigstore.json`);
    await writeAtomically(files, random, path, `${json}
`);
    return { path };
  } catch (error) {
    return { reason: expectedFailure(error).message };
  }
}
function bundleOf({ kind, version, signers }, answer, digests) {
  if (kind !== "hashedrekord")
    fail("BUNDLE_UNSUPPORTED", `the log has only hashes of the signed content (the entry is of the kind ${kind})`);
  if (version !== "0.0.1")
    fail("BUNDLE_UNSUPPORTED", "Rekor v2 states no time, and the timestamp is only in the bundle of the signer");
  const [signer] = signers;
  if (signer?.kind !== "certificate") fail("BUNDLE_UNSUPPORTED", "the entry has no certificate");
  if (answer === void 0) fail("BUNDLE_UNSUPPORTED", "the signed entry timestamp could not be fetched and verified");
  const { entry } = answer;
  const body = parseJson(entry.canonicalizedBody);
  const text = (...path) => asText(memberAt(body, "spec", ...path)) ?? fail("LOG_ENTRY_INVALID", `the entry has no ${path.join(".")}`);
  const algorithm = text("data", "hash", "algorithm");
  const value = decodeHex(text("data", "hash", "value"));
  if (!isHashAlgorithm(algorithm)) fail("DIGEST_INVALID", "the digest in the entry is of an unknown algorithm");
  const digest = toDigest(algorithm, value);
  if (!digests.some((one) => equalDigests(one, digest)))
    fail("ARTIFACT_MISMATCH", "the digest in the entry is not that of the artifact");
  const signature = decodeBase64(text("signature", "content"));
  return {
    bundle: {
      mediaType: bundleMediaType,
      version: "0.3",
      signer: { kind: "certificate", certificate: signer.certificate.der },
      logEntries: [entry],
      timestamps: [],
      content: { kind: "message-signature", messageDigest: digest, signature }
    },
    digest,
    signer: signer.certificate
  };
}
var logsAtOnce = 4;
async function searchLogs(request, world) {
  const { query, limit } = request;
  const services = servicesOf(request.logs).filter(
    ({ protocol }) => !isCertificateLog(protocol) || concernsCertificates(query)
  );
  const indexed = await mapConcurrently(services, (one) => searchIndexes(one, request, world), logsAtOnce);
  const seen = needsNames(query) ? await issuedIn(indexed.flatMap(({ hits: hits2 }) => hits2)) : [];
  const results = await mapConcurrently(indexed, (one) => searchRest(one, seen, request, world), logsAtOnce);
  const hits = results.flatMap((result) => result.hits).toSorted((a, b) => timeOf(b) - timeOf(a) || b.index - a.index);
  return {
    conditions: conditionsOf(query),
    entries: await mapConcurrently(hits.slice(0, limit), (hit) => toEntry(hit, request, world), 1),
    isLimited: hits.length > limit || results.some(({ isLimited }) => isLimited),
    logs: results.flatMap((result) => result.searched)
  };
}
function servicesOf(logs) {
  const services = /* @__PURE__ */ new Map();
  for (const one of logs) {
    const { baseUrl: url, protocol } = one.log;
    const key = protocol === "rekor-v1" ? url : logId(one.log);
    const others = services.get(key)?.logs ?? [];
    services.set(key, { url, protocol, logs: [...others, one] });
  }
  return [...services.values()];
}
async function searchIndexes(service, { query, limit, state, openReader: openReader2 }, { files }) {
  const { url, protocol, logs } = service;
  const folder = state === void 0 ? void 0 : indexFolder(state);
  const locals = await mapConcurrently(
    logs,
    async ({ log }) => folder === void 0 ? void 0 : searchLocally(log, query, limit, folder, files, openReader2)
  );
  const hits = logs.flatMap(
    (trusted, at) => (locals[at]?.hits ?? []).map((hit) => ({ ...hit, url, protocol, trusted, answer: void 0 }))
  );
  return { service, locals, hits };
}
async function issuedIn(hits) {
  const signers = await mapConcurrently(hits, ({ claims, trusted }) => signersOf(claims, void 0, trusted.trust));
  return signers.flat().flatMap(
    ({ signer, issuance }) => signer.kind === "certificate" && issuance?.isTrusted === true ? [signer.certificate] : []
  );
}
async function searchRest({ service, locals, hits }, seen, request, world) {
  const isCovered = locals.every((local) => local !== void 0 && isWhole(local));
  const remote = isCovered ? void 0 : await searchRemotely(service, seen, request, world);
  return {
    // An entry of the service has the time in addition.
    hits: distinct([...remote?.hits ?? [], ...hits]),
    searched: coverageOf(service, locals, remote, request),
    isLimited: [remote, ...locals].some((result) => result?.isLimited)
  };
}
function isWhole({ ranges: [range], size }) {
  return range?.from === 0 && range.to === size;
}
function distinct(hits) {
  const found = /* @__PURE__ */ new Map();
  for (const hit of hits) {
    const { log } = hit.trusted;
    const entry = `${encodeHex(log.keyId)} ${hit.origin} ${hit.index}`;
    if (!found.has(entry)) found.set(entry, hit);
  }
  return [...found.values()];
}
async function searchRemotely({ url, protocol, logs }, seen, { query, limit }, { http, clock }) {
  if (protocol !== "rekor-v1") return void 0;
  const queries = serviceQueries(query, seen);
  if (queries.keys.length === 0) return void 0;
  const paced = withinRate(url, { http, clock });
  const { hits, ...result } = await searchService(paced, url, logs.flatMap(logOf), query, limit, queries);
  return {
    ...result,
    hits: hits.flatMap((hit) => {
      const trusted = logs.find(({ log }) => equalBytes(log.keyId, hit.answer.entry.logKeyId));
      return trusted === void 0 ? [] : [{ ...hit, url, protocol, trusted }];
    })
  };
}
function logOf({ log, trust }) {
  const { baseUrl, keyId } = log;
  return trust.trust.transparencyLogs.filter((one) => logUrl(one.baseUrl) === baseUrl && equalBytes(one.keyId, keyId));
}
function coverageOf({ url, protocol }, searches, remote, { areChosen, state }) {
  const none2 = { url, protocol, origin: void 0, size: void 0, ranges: [], withProblems: 0, failures: [] };
  const locals = searches.flatMap((local) => {
    if (local === void 0) return [];
    const { origin, size, ranges, withProblems, failures } = local;
    return [{ url, protocol, origin, size, ranges, withProblems, failures, ...required }];
  });
  const areIndexed = locals.length === searches.length;
  if (remote !== void 0) {
    const { failures, missed } = remote;
    const isOptional2 = missed !== void 0 && areIndexed;
    return [...locals, { ...none2, ...required, service: true, failures, missed, isOptional: isOptional2 }];
  }
  if (areIndexed) return locals;
  const index = state === void 0 ? "no local index was specified" : "it is not in the local index";
  const service = protocol === "rekor-v1" ? ", and the index of the service cannot answer the query" : "";
  const isOptional = isCertificateLog(protocol) && !areChosen;
  return [...locals, { ...none2, service: false, missed: void 0, notSearched: `${index}${service}`, isOptional }];
}
var required = { service: false, missed: void 0, notSearched: void 0, isOptional: false };
function timeOf({ answer, claims }) {
  const [certificate] = certificatesOf(claims);
  const time = answer?.time ?? (claims.type === "certificate" ? claims.loggedAt : void 0) ?? certificate?.notBefore;
  return time?.getTime() ?? 0;
}
async function toEntry(hit, { bundleOut, query }, world) {
  const { url, origin, index, treeSize, claims, isConfirmed } = hit;
  const { trust } = hit.trusted;
  const leaf = encodeHex(leafHash(hit.bytes));
  const answer = hit.answer ?? await answerFor(hit, leaf, world);
  const time = answer?.time ?? (claims.type === "certificate" ? claims.loggedAt : void 0);
  const recovery = bundleOut === void 0 ? void 0 : { folder: bundleOut, digests: query.digests };
  return {
    log: url,
    origin,
    index,
    globalIndex: answer?.entry.logIndex,
    leafHash: leaf,
    treeSize,
    claims,
    signers: await signersOf(claims, time, trust),
    time,
    isConfirmed,
    attestation: claims.type === "certificate" ? void 0 : readAttestation(claims, answer?.attestation),
    bundle: recovery === void 0 || claims.type === "certificate" ? void 0 : await recoverBundle(claims, answer, { url, trust }, recovery, world)
  };
}
async function answerFor({ url, protocol, trusted }, leaf, { http }) {
  if (protocol !== "rekor-v1") return void 0;
  try {
    return await fetchAnswer(http, url, logOf(trusted), leaf);
  } catch (error) {
    expectedFailure(error);
    return void 0;
  }
}
async function searchTrusted({ logs: urls, ...request }, roots, world) {
  const choose = chosenLogs(urls, roots);
  const areChosen = urls.length > 0;
  const isRelevant = concernsCertificates(request.query) && (areChosen || request.state !== void 0);
  const { http } = world;
  const found = await Promise.all(
    roots.map(async (trust) => {
      const chosen = choose(trust.trust);
      const wanted = isRelevant ? chosen : { ...chosen, certificateTransparencyLogs: [] };
      return { trust, ...await logsOf(wanted, { http }) };
    })
  );
  const logs = found.flatMap(({ trust, logs: readable }) => readable.map((log) => ({ log, trust })));
  const openLog = (log) => openReader(log, { http });
  const report = await searchLogs({ ...request, logs, areChosen, openReader: openLog }, world);
  const unreadable = found.flatMap(
    ({ trust, unreadable: some }) => some.map(({ baseUrl, keyId, error }) => ({
      ...none,
      url: baseUrl,
      failures: [error],
      isOptional: !areChosen && isOfCertificates(trust, keyId)
    }))
  );
  const left = concernsCertificates(request.query) && !isRelevant ? certificateLogsOf(roots) : [];
  return { ...report, logs: [...report.logs, ...unreadable, ...left] };
}
var none = {
  protocol: void 0,
  origin: void 0,
  size: void 0,
  ranges: [],
  withProblems: 0,
  service: false,
  failures: [],
  missed: void 0,
  notSearched: void 0,
  isOptional: true
};
function certificateLogsOf(roots) {
  const notSearched = "no local index was specified";
  const logs = roots.flatMap(({ trust }) => trust.certificateTransparencyLogs);
  return logs.map(({ baseUrl }) => ({ ...none, url: baseUrl, notSearched }));
}
function isOfCertificates({ trust }, keyId) {
  return trust.certificateTransparencyLogs.some((log) => equalBytes(log.keyId, keyId));
}
function searchCommand(file, options) {
  const { json, retryBudget } = options;
  return inWorld({ retryBudget, json }, async (world) => {
    const nothing = { complete: false, limited: false, conditions: [], entries: [], logs: [] };
    const report = await orFailureJson(json, nothing, () => search(file, options, world));
    const failure = incompleteness(report);
    if (json) printJson(searchJson(report, failure));
    else process.stdout.write(searchText(report, { colour: usesColour(process.stdout) }));
    if (failure !== void 0) throw failure;
  });
}
async function search(file, options, world) {
  const query = await readSearchQuery(await wishesOf(file, options, world), world);
  const { bundleOut, state, log: logs, limit } = options;
  if (bundleOut !== void 0 && query.digests.length === 0)
    fail("USAGE", "--bundle-out needs a file or --digest", {
      remedy: "Specify the artifact that the bundles are about."
    });
  const roots = await loadRoots(options, world);
  const absolute = (path) => path === void 0 ? void 0 : resolve(path);
  const request = { query, state: absolute(state), logs, limit, bundleOut: absolute(bundleOut) };
  return searchTrusted(request, roots, world);
}
async function wishesOf(file, options, { files }) {
  const { digest, identity, issuer, repo, key } = options;
  const wishes = { digest, identity, issuer, repo, key };
  const isDigest = file !== void 0 && /^sha(?:256|384|512):/.test(file) && !await pathExists(file, files);
  if (!isDigest) return { ...wishes, file };
  if (digest !== void 0) fail("USAGE", "two digests were given", { remedy: "Specify one of them." });
  return { ...wishes, digest: file };
}
function incompleteness(report) {
  if (isComplete(report)) return void 0;
  const required2 = report.logs.filter(({ isOptional }) => !isOptional);
  const missing = required2.filter((log) => !isSearched(log));
  const urls = [...new Set(missing.map(({ url }) => url))].join(", ");
  return new CountersignError("SEARCH_INCOMPLETE", `entries may be missing: the search in ${urls} is not complete`, {
    remedy: "Index the log with countersign audit and specify its folder with --state, or choose other logs with --log."
  });
}
export {
  searchCommand
};
