import { SearchIndex, readEntry, repositoryOf } from "./monitor-entries-certificate-claims.mjs";
import { fetchEntryV1, isUuid } from "./services-rekor-answer-v1.mjs";
import { expectStatus } from "./services-http-answer.mjs";
import { leafHash, readCheckpoint, verifyCheckpoint, verifyInclusion, verifySignedEntryTimestamp } from "./core-certificate-signed-certificate-timestamp.mjs";
import { mapConcurrently } from "./node-concurrency.mjs";
import { readStatement } from "./core-certificate-path.mjs";
import { encodePem } from "./core-encoding-der-writer.mjs";
import { equalDigests, formatDigest } from "./node-regular-file.mjs";
import { encodeHex } from "./core-encoding-der.mjs";
import { parseJson, equalBytes } from "./core-encoding-json.mjs";
import { CountersignError, attempt, fail, reading } from "./core-errors-codes.mjs";
import { createHash } from "node:crypto";
import { hash } from "node:crypto";
function indexQuery({ digests, identity, issuer, repository, key }) {
  const one = (kind, value) => value === void 0 ? [] : [[{ kind, value }]];
  return [
    ...digests.length === 0 ? [] : [digests.map((digest) => ({ kind: "digest", value: formatDigest(digest) }))],
    ...one("key", key?.keyHash),
    ...one("name", identity),
    ...one("repository", repository),
    ...one("issuer", issuer)
  ];
}
function conditionsOf({ digests, identity, issuer, repository, key }) {
  const [digest] = digests;
  return [
    ...digest === void 0 ? [] : [`digest ${formatDigest(digest)}`],
    ...key === void 0 ? [] : [`key sha256:${key.keyHash}`],
    ...identity === void 0 ? [] : [`identity ${identity}`],
    ...repository === void 0 ? [] : [`repository ${repository}`],
    ...issuer === void 0 ? [] : [`issuer ${issuer}`]
  ];
}
function meets(claims, query) {
  if (claims.type === "unknown") return false;
  if (claims.type === "certificate") return query.digests.length === 0 && isCertificate(claims.certificate, query);
  const wanted = query.digests.map(formatDigest);
  const isDigest = claims.digests.some(({ algorithm, value }) => wanted.includes(`${algorithm}:${value}`));
  if (wanted.length > 0 && !isDigest) return false;
  if (!asksForSigner(query)) return true;
  return claims.signers.some(
    (signer) => signer.kind === "certificate" ? isCertificate(signer.certificate, query) : !asksForCertificate(query) && signer.keyHash === query.key?.keyHash
  );
}
function concernsCertificates(query) {
  return query.digests.length === 0;
}
function asksForCertificate({ identity, issuer, repository }) {
  return [identity, issuer, repository].some((one) => one !== void 0);
}
function asksForSigner(query) {
  return query.key !== void 0 || asksForCertificate(query);
}
function isCertificate(certificate, { identity, issuer, repository, key }) {
  const { names, claims, keyHash } = certificate;
  const equals = (wanted, ...found) => found.some((one) => one?.toLowerCase() === wanted.toLowerCase());
  return (key === void 0 || keyHash === key.keyHash) && (identity === void 0 || equals(identity, ...names.map(({ value }) => value))) && (issuer === void 0 || equals(issuer, claims.issuer, claims.olderIssuer)) && (repository === void 0 || equals(repository, repositoryOf(certificate)));
}
var timeoutMilliseconds = 3e4;
var maxLength = 16 * 1024 * 1024;
var maxUuids = 1e5;
var maxNameLength = 512;
async function searchIndexV1(http, baseUrl, query) {
  const uuids = /* @__PURE__ */ new Set();
  for (const body of bodiesOf(query)) for (const uuid of await retrieve(http, baseUrl, body)) uuids.add(uuid);
  return [...uuids];
}
function bodiesOf(query) {
  switch (query.kind) {
    case "digest":
      return [{ hash: query.digest }];
    case "name":
      return [/^[^@\s/:]+@[^@\s/:]+$/.test(query.name) ? { email: query.name } : { subject: query.name }];
    case "key": {
      const pem = encodePem("PUBLIC KEY", query.spki);
      const hash2 = createHash("sha256").update(pem).digest("hex");
      return [
        { publicKey: { format: "x509", content: Buffer.from(pem).toString("base64") } },
        { hash: `sha256:${hash2}` }
      ];
    }
  }
}
async function retrieve(http, baseUrl, body) {
  const request = {
    method: "POST",
    url: new URL(`${baseUrl.replace(/\/$/, "")}/api/v1/index/retrieve`),
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
    service: "the search index of the transparency log",
    quotes: "message",
    timeoutMilliseconds,
    maxBodyLength: maxLength
  };
  const response = expectStatus(request, await http(request), 200);
  const what = `the response of the search index (${request.url.origin})`;
  const limits = { maxLength, maxValues: maxUuids + 1 };
  const uuids = reading("SERVICE_RESPONSE_INVALID", what, () => parseJson(response.body, limits));
  if (!Array.isArray(uuids)) fail("SERVICE_RESPONSE_INVALID", `${what} is not a list of UUIDs`);
  return uuids.map((uuid) => {
    const text = typeof uuid === "string" ? uuid.toLowerCase() : "";
    return isUuid(text) ? text : fail("SERVICE_RESPONSE_INVALID", `${what} has an item that is not a UUID`);
  });
}
async function proveAnswer(entry, wanted, logs) {
  const leaf = leafHash(entry.canonicalizedBody);
  if (encodeHex(leaf) !== wanted) fail("LOG_ENTRY_INVALID", `the log returned another entry than ${wanted}`);
  const log = logs.find(({ keyId }) => equalBytes(entry.logKeyId, keyId));
  if (log === void 0) fail("LOG_UNKNOWN", `the entry ${wanted} names another log`);
  const { inclusionProof: proof, signedEntryTimestamp } = entry;
  if (proof === void 0 || signedEntryTimestamp === void 0)
    fail("LOG_ENTRY_INVALID", `the entry ${wanted} has no inclusion proof or no signed entry timestamp`);
  const checkpoint = readCheckpoint(proof.checkpoint);
  await verifyCheckpoint(checkpoint, log.checkpointKey);
  if (proof.treeSize !== checkpoint.size || !equalBytes(proof.rootHash, checkpoint.rootHash))
    fail("INCLUSION_PROOF_INVALID", "the tree size or root hash of the inclusion proof does not match the checkpoint");
  verifyInclusion(leaf, { index: proof.logIndex, size: checkpoint.size, hashes: proof.hashes }, checkpoint.rootHash);
  const time = await verifySignedEntryTimestamp(entry, signedEntryTimestamp, log.publicKey);
  return {
    entry,
    origin: checkpoint.origin,
    index: Number(proof.logIndex),
    treeSize: Number(checkpoint.size),
    leafHash: wanted,
    time
  };
}
var candidatesAtOnce = 8;
async function searchLocally(log, query, limit, folder, files, openReader) {
  const index = await openIndex(log, folder, files);
  if (index === void 0) return void 0;
  const failures = [];
  const hits = [];
  let head;
  let isLimited = false;
  try {
    const reader = openReader(log);
    head = await reader.head();
    await demandSameLog(index, reader, head);
    isLimited = await proveCandidates(index, query, limit, reader, head, hits, failures);
  } catch (error) {
    failures.push(expectedFailure(error));
  }
  for (const { path, reason } of index.damaged)
    failures.push(
      new CountersignError("SEARCH_INCOMPLETE", `the index file ${path} is damaged: ${reason}`, {
        remedy: "Restore it from a backup, or build the index again: run countersign audit with --from and a new folder."
      })
    );
  const { ranges, withProblems } = index;
  return { origin: head?.origin, size: head?.size, ranges, withProblems, failures, hits, isLimited };
}
function expectedFailure(error) {
  if (error instanceof CountersignError && error.code !== "CANCELLED") return error;
  throw error;
}
async function openIndex(log, folder, files) {
  for (const origin of log.names) {
    const index = await SearchIndex.open(files, folder, { origin, keyId: log.keyId });
    if (index.ranges.length + index.damaged.length > 0) return index;
  }
  return void 0;
}
async function demandSameLog(index, reader, head) {
  const { state } = index;
  if (state === void 0) return;
  const remedy = "Run countersign audit, which reports the cause.";
  if (state.size > head.size)
    fail("SEARCH_INCOMPLETE", `the local index has ${state.size} entries, but the log has ${head.size}`, { remedy });
  const comparison = await reader.compare(state, head);
  if (comparison.kind === "forked")
    fail(
      "SEARCH_INCOMPLETE",
      `the local index is of another tree than the log's: the first ${state.size} entries differ`,
      {
        remedy
      }
    );
  if (comparison.kind === "unproven")
    fail("SEARCH_INCOMPLETE", `the local index cannot be compared with the log: ${comparison.reason}`, { remedy });
}
async function proveCandidates(index, query, limit, reader, head, hits, failures) {
  const prove = async (candidate) => {
    try {
      const { bytes } = await reader.entry(candidate, head);
      const claims = readEntry(reader.log.protocol, bytes);
      if (!meets(claims, query)) return void 0;
      return { origin: head.origin, index: candidate, treeSize: head.size, bytes, claims, isConfirmed: true };
    } catch (error) {
      return expectedFailure(error);
    }
  };
  let waiting = [];
  const proveWaiting = async () => {
    for (const result of await mapConcurrently(waiting, prove, candidatesAtOnce)) {
      if (result instanceof CountersignError) failures.push(result);
      else if (result !== void 0) hits.push(result);
    }
    waiting = [];
  };
  for await (const candidate of index.candidates(indexQuery(query))) {
    if (hits.length >= limit) return true;
    waiting.push(candidate);
    if (waiting.length === candidatesAtOnce) await proveWaiting();
  }
  await proveWaiting();
  return false;
}
var maxLength2 = 100 * 1024;
function readAttestation({ digests }, attestation) {
  if (attestation === void 0 || attestation.length === 0) return void 0;
  const unread = (reason) => ({ isProven: false, reason });
  if (attestation.length > maxLength2) return unread(`the attestation has more than ${maxLength2 / 1024} KiB`);
  const payloads = digests.filter(({ algorithm, of }) => algorithm === "sha256" && of === "payload");
  const value = hash("sha256", attestation);
  if (payloads.length === 0 || payloads.some((payload) => payload.value !== value))
    return unread("the attestation that the service returned is not the one whose hash is in the log");
  const statement = attempt(() => readStatement(attestation));
  if (statement === void 0) return unread("the attestation is not an in-toto statement");
  const { subjects, predicateType } = statement;
  return { isProven: true, subjects, predicateType };
}
var maxNames = 200;
var usualRefs = ["refs/heads/main", "refs/heads/master"];
function workflowNames(repository, seen) {
  const { names: found, workflows, refs } = namesSeen(repository, seen);
  const names = new Set(found);
  for (const name of eachWithEach(workflows, /* @__PURE__ */ new Set([...usualRefs, ...refs]))) names.add(name);
  const all = [...names];
  return { names: all.slice(0, maxNames), left: Math.max(0, all.length - maxNames) };
}
function namesSeen(repository, seen) {
  const prefix = `${repository.toLowerCase()}/`;
  const names = /* @__PURE__ */ new Set();
  const workflows = /* @__PURE__ */ new Set();
  const refs = /* @__PURE__ */ new Set();
  for (const certificate of seen) {
    if (repositoryOf(certificate)?.toLowerCase() !== repository.toLowerCase()) continue;
    for (const text of urisIn(certificate)) {
      const [, workflow, ref] = /^([^@]+)@(refs\/.+)$/.exec(text) ?? [];
      if (workflow === void 0 || ref === void 0 || !workflow.toLowerCase().startsWith(prefix)) continue;
      names.add(text);
      workflows.add(workflow);
      refs.add(ref);
    }
    const { sourceRepositoryRef } = certificate.claims;
    if (sourceRepositoryRef?.startsWith("refs/")) refs.add(sourceRepositoryRef);
  }
  return { names, workflows, refs };
}
function eachWithEach(workflows, refs) {
  const all = [...workflows];
  return [...refs].flatMap((ref) => all.map((workflow) => `${workflow}@${ref}`));
}
function urisIn({ names, claims }) {
  const { buildConfigUri } = claims;
  const uris = names.flatMap(({ kind, value }) => kind === "uri" ? [value] : []);
  return buildConfigUri === void 0 ? uris : [...uris, buildConfigUri];
}
var entriesAtOnce = 2;
function serviceQueries(query, seen) {
  if (!needsNames(query) || query.repository === void 0) return { keys: exactKeys(query), missed: void 0 };
  const { names, left } = workflowNames(query.repository, seen);
  const short = names.filter(({ length }) => length <= maxNameLength);
  const omitted = left + names.length - short.length;
  return {
    keys: short.map((name) => ({ kind: "name", name })),
    missed: `entries under names other than the ${short.length} that were derived from the local index${omitted === 0 ? "" : `, ${omitted} of which were left out`}`
  };
}
function needsNames(query) {
  return query.repository !== void 0 && query.digests.length === 0 && exactKeys(query).length === 0;
}
function exactKeys({ digests, identity, key }) {
  const hashes = digests.filter(({ algorithm }) => algorithm !== "sha384");
  if (hashes.length > 0) return hashes.map((digest) => ({ kind: "digest", digest: formatDigest(digest) }));
  if (digests.length > 0) return [];
  if (key?.spki !== void 0) return [{ kind: "key", spki: key.spki }];
  if (identity !== void 0 && identity.length <= maxNameLength) return [{ kind: "name", name: identity }];
  return [];
}
async function searchService(http, url, logs, query, limit, { keys, missed }) {
  const failures = [];
  const uuids = /* @__PURE__ */ new Set();
  for (const key of keys) {
    try {
      for (const uuid of await searchIndexV1(http, url, key)) uuids.add(uuid);
    } catch (error) {
      failures.push(expectedFailure(error));
    }
  }
  const hits = [];
  const names = [...uuids];
  const prove = async (uuid) => {
    try {
      return await fetchHit(http, url, logs, uuid, query);
    } catch (error) {
      return expectedFailure(error);
    }
  };
  let at = 0;
  while (at < names.length && hits.length < limit) {
    const some = names.slice(at, at + Math.max(entriesAtOnce, Math.min(limit - hits.length, 64)));
    at += some.length;
    for (const result of await mapConcurrently(some, prove, entriesAtOnce)) {
      if (result instanceof CountersignError) failures.push(result);
      else if (result !== void 0) hits.push(result);
    }
  }
  return { hits, failures, isLimited: at < names.length, missed };
}
async function fetchHit(http, url, logs, uuid, query) {
  const answer = await fetchAnswer(http, url, logs, uuid);
  const bytes = answer.entry.canonicalizedBody;
  const claims = readEntry("rekor-v1", bytes);
  if (claims.type === "unknown") return void 0;
  const match = matchOf(claims, query, answer.attestation);
  if (match === void 0) return void 0;
  const { isConfirmed } = match;
  const { origin, index, treeSize } = answer;
  return { origin, index, treeSize, bytes, claims, isConfirmed, answer };
}
function matchOf(claims, query, attestation) {
  const isMet = meets(claims, query);
  if (isMet) return { isConfirmed: true };
  if (claims.type !== "signature" || claims.kind !== "dsse" && claims.kind !== "intoto") return void 0;
  const isMetBySigner = meets(claims, { ...query, digests: [] });
  if (!isMetBySigner) return void 0;
  const stored = readAttestation(claims, attestation);
  if (stored?.isProven !== true) return { isConfirmed: false };
  const isSubject = stored.subjects.some(
    ({ digests }) => digests.some((digest) => query.digests.some((wanted) => equalDigests(wanted, digest)))
  );
  return isSubject ? { isConfirmed: true } : void 0;
}
async function fetchAnswer(http, url, logs, uuid) {
  const { entry, attestation } = await fetchEntryV1(http, url, uuid);
  return { ...await proveAnswer(entry, uuid.slice(-64), logs), attestation };
}
export {
  concernsCertificates,
  conditionsOf,
  eachWithEach,
  expectedFailure,
  fetchAnswer,
  maxNameLength,
  namesSeen,
  needsNames,
  readAttestation,
  searchIndexV1,
  searchLocally,
  searchService,
  serviceQueries,
  usualRefs
};
