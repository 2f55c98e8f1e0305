import { preAuthenticationEncoding } from "./core-encoding-der-writer.mjs";
import { leafHash, readCheckpoint, readSignedCertificateTimestamps, verifyCheckpoint, verifyInclusion, verifySignedCertificateTimestamp, verifySignedEntryTimestamp } from "./core-certificate-signed-certificate-timestamp.mjs";
import { leavesOpen, countWitnesses, isCosignedBy } from "./core-log-cosignature.mjs";
import { acceptsNoIssuer } from "./core-certificate-certificate.mjs";
import { digest, equalDigests, formatDigest, isHash, isHashAlgorithm, sharedDigests, toCommit, toDigest } from "./node-regular-file.mjs";
import { CountersignError, attempt, fail, reading } from "./core-errors-codes.mjs";
function artifactOfDigest(...digests) {
  return { digests };
}
function digestOf(artifact, algorithm) {
  return artifact.digests.find((one) => one.algorithm === algorithm) ?? fail(
    "DIGEST_UNAVAILABLE",
    `the signature is over the ${algorithm} digest of the artifact; only ${describeArtifact(artifact)} is known`,
    {
      remedy: `Verify the artifact itself, or its ${algorithm} digest.`
    }
  );
}
function artifactOfRelease() {
  return { digests: [], isRelease: true };
}
function describeArtifact({ digests, isRelease }) {
  if (isRelease) return "the statement about the release";
  return digests.map(formatDigest).join(", ");
}

import { oids, readCertificate, readSignatureAlgorithm, signingHashes, verifyDigestSignature, verifySignature, verifyWithAlgorithm } from "./core-certificate-certificate.mjs";

import { decodePem, der, encodePem } from "./core-encoding-der-writer.mjs";

import { DerReader, contextTag, readDer, readSequence, tags } from "./core-encoding-der.mjs";

var oids2 = {
  signedData: "1.2.840.113549.1.7.2",
  timestampInfo: "1.2.840.113549.1.9.16.1.4",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47"
};
var hashOids = {
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3"
};
function readHashAlgorithm(reader) {
  const algorithm = reader.sequence();
  const oid = algorithm.oid();
  if (algorithm.nextTag === tags.null) algorithm.null();
  algorithm.end();
  for (const [name, known] of Object.entries(hashOids)) if (known === oid) return name;
  return fail("TIMESTAMP_INVALID", `the hash algorithm ${oid} is not SHA-256, SHA-384 or SHA-512`);
}
function encodeHashAlgorithm(algorithm) {
  return der.sequence(der.oid(hashOids[algorithm]));
}
var maxLength = 64 * 1024;
var granted = /* @__PURE__ */ new Set([0n, 1n]);
var maxCertificates = 16;
function readTimestampResponse(bytes) {
  if (bytes.length > maxLength)
    fail("LIMIT_EXCEEDED", `the timestamp has ${bytes.length} bytes; the limit is ${maxLength}`);
  return reading(
    "TIMESTAMP_INVALID",
    "the timestamp",
    () => readSequence(bytes, (response) => {
      const info = response.sequence();
      const status = info.unsigned();
      info.optional(tags.sequence);
      info.optional(tags.bitString);
      info.end();
      if (!granted.has(status)) fail("TIMESTAMP_INVALID", `the timestamp was not granted (status ${status})`);
      const content = response.sequence();
      if (content.oid() !== oids2.signedData) fail("TIMESTAMP_INVALID", "the timestamp token is not CMS signed data");
      const signedData = content.element(contextTag(0, "constructed")).contents;
      content.end();
      return readSequence(signedData, readSignedData);
    })
  );
}
function readSignedData(signedData) {
  if (signedData.unsigned() !== 3n) fail("TIMESTAMP_INVALID", "the CMS version is not 3");
  const digestAlgorithms = signedData.set();
  while (!digestAlgorithms.done) digestAlgorithms.any();
  const encapsulated = signedData.sequence();
  if (encapsulated.oid() !== oids2.timestampInfo)
    fail("TIMESTAMP_INVALID", "the signed content is not timestamp information");
  const info = readDer(encapsulated.element(contextTag(0, "constructed")).contents, (der2) => der2.octetString());
  encapsulated.end();
  const certificates = readCertificates(signedData.optional(contextTag(0, "constructed"))?.contents);
  signedData.optional(contextTag(1, "constructed"));
  const signers = signedData.set();
  const signer = readSigner(signers.sequence());
  signers.end();
  return { info, ...readInfo(info), signer, certificates };
}
function readCertificates(set) {
  const reader = new DerReader(set ?? new Uint8Array());
  const certificates = [];
  while (!reader.done) {
    if (certificates.length === maxCertificates)
      fail("LIMIT_EXCEEDED", `the timestamp has more than ${maxCertificates} certificates`);
    certificates.push(reader.element(tags.sequence).der);
  }
  return certificates;
}
function readInfo(info) {
  return readSequence(info, (reader) => {
    if (reader.unsigned() !== 1n) fail("TIMESTAMP_INVALID", "the timestamp version is not 1");
    reader.oid();
    const messageImprint = reader.sequence();
    const imprint = toDigest(readHashAlgorithm(messageImprint), messageImprint.octetString());
    messageImprint.end();
    reader.integerBytes();
    const time = reader.generalizedTime();
    reader.optional(tags.sequence);
    if (reader.nextTag === tags.boolean && !reader.boolean()) fail("DER_INVALID", "a default FALSE is encoded");
    const nonce = reader.nextTag === tags.integer ? reader.integerBytes() : void 0;
    reader.optional(contextTag(0, "constructed"));
    if (reader.optional(contextTag(1, "constructed")))
      fail("TIMESTAMP_INVALID", "timestamps with extensions are not supported");
    return { imprint, time, nonce };
  });
}
function readSigner(signer) {
  const version = signer.unsigned();
  const identifier = readSignerIdentifier(signer);
  if (version !== (identifier.kind === "key" ? 3n : 1n))
    fail("TIMESTAMP_INVALID", `the signer information has the wrong version ${version}`);
  const digestAlgorithm = readHashAlgorithm(signer);
  const attributes = signer.element(contextTag(0, "constructed"));
  const signatureAlgorithm = readSignatureAlgorithm(signer.element(tags.sequence).der);
  const signature = signer.octetString();
  signer.optional(contextTag(1, "constructed"));
  signer.end();
  const signedAttributes = new Uint8Array(attributes.der);
  signedAttributes[0] = tags.set;
  return {
    identifier,
    digestAlgorithm,
    signatureAlgorithm,
    signature,
    signedAttributes,
    ...readAttributes(new DerReader(attributes.contents))
  };
}
function readSignerIdentifier(signer) {
  const key = signer.optional(contextTag(0, "primitive"));
  if (key !== void 0) return { kind: "key", subjectKeyIdentifier: key.contents };
  const identifier = signer.sequence();
  const issuer = identifier.element(tags.sequence).der;
  const serialNumber = identifier.integerBytes();
  identifier.end();
  return { kind: "issuer-and-serial", issuer, serialNumber };
}
function readAttributes(reader) {
  const values = /* @__PURE__ */ new Map();
  while (!reader.done) {
    const attribute = reader.sequence();
    const oid = attribute.oid();
    if (values.has(oid)) fail("TIMESTAMP_INVALID", `the signed attribute ${oid} occurs twice`);
    const set = attribute.set();
    values.set(oid, set.any().der);
    set.end();
    attribute.end();
  }
  const value = (oid) => values.get(oid) ?? fail("TIMESTAMP_INVALID", `the signed attribute ${oid} is missing`);
  const signingCertificate = values.get(oids2.signingCertificateV2);
  return {
    contentType: readDer(value(oids2.contentType), (der2) => der2.oid()),
    messageDigest: readDer(value(oids2.messageDigest), (der2) => der2.octetString()),
    certificateDigest: signingCertificate === void 0 ? void 0 : readSigningCertificate(signingCertificate)
  };
}
function readSigningCertificate(value) {
  return readSequence(value, (signingCertificate) => {
    const first = signingCertificate.sequence().sequence();
    signingCertificate.optional(tags.sequence);
    const algorithm = first.nextTag === tags.sequence ? readHashAlgorithm(first) : "sha256";
    return toDigest(algorithm, first.octetString());
  });
}

import { canonicalJson } from "./core-encoding-der-writer.mjs";

import { decodeHex, encodeHex } from "./core-encoding-der.mjs";

import { parseJsonMembers } from "./core-encoding-json.mjs";

import { asList, asObject, asText, memberAt } from "./core-encoding-json.mjs";

import { decodeUtf8, equalBytes, utf8 } from "./core-encoding-json.mjs";

var statementPayloadType = "application/vnd.in-toto+json";
var statementType = "https://in-toto.io/Statement/v1";
var olderStatementType = "https://in-toto.io/Statement/v0.1";
var maxSubjects = 1024;
var maxDigests = 32;
var maxLength2 = 17 * 1024 * 1024;
var maxValues = 1e5;
var maxPredicateValues = 5e5;
function readStatement(payload) {
  return reading("STATEMENT_INVALID", "the statement", () => {
    const parsed = parseJsonMembers(payload, ["_type", "subject", "predicateType"], { maxLength: maxLength2, maxValues });
    const { members, others } = parsed ?? fail("STATEMENT_INVALID", "it is not an object");
    const type = text(members._type, "_type");
    if (type !== statementType && type !== olderStatementType)
      fail("STATEMENT_INVALID", `the type ${JSON.stringify(type)} is not supported`);
    const subjects = list(members.subject, "subject");
    if (subjects.length === 0 || subjects.length > maxSubjects)
      fail("STATEMENT_INVALID", `it has ${subjects.length} subjects; between 1 and ${maxSubjects} are allowed`);
    const kind = others.get("predicate") ?? "null";
    if (kind !== "object" && kind !== "null") fail("STATEMENT_INVALID", "predicate is not an object");
    return {
      subjects: subjects.map((subject, index) => readSubject(object(subject, `subject[${index}]`), index)),
      predicateType: text(members.predicateType, "predicateType"),
      get predicate() {
        return kind === "null" ? {} : readPredicate(payload);
      }
    };
  });
}
function readPredicate(payload) {
  return reading("STATEMENT_INVALID", "the predicate", () => {
    const parsed = parseJsonMembers(payload, ["predicate"], { maxLength: maxLength2, maxValues: maxPredicateValues });
    return object(parsed?.members.predicate, "predicate");
  });
}
function readSubject(subject, index) {
  const place = `subject[${index}].digest`;
  const digests = Object.entries(object(subject.digest, place));
  if (digests.length === 0 || digests.length > maxDigests)
    fail("STATEMENT_INVALID", `${place} has ${digests.length} digests; between 1 and ${maxDigests} are allowed`);
  const uri = asText(subject.uri);
  const commit2 = digests.find(([algorithm]) => algorithm === "sha1" || algorithm === "gitCommit")?.[1];
  const annotations = asObject(subject.annotations);
  return {
    ...annotations !== void 0 && { annotations },
    name: asText(subject.name) ?? "",
    digests: digests.flatMap(([algorithm, hex]) => {
      if (algorithm === "gitCommit") return readCommit(hex);
      return isHashAlgorithm(algorithm) ? [readDigest(algorithm, text(hex, `${place}.${algorithm}`))] : [];
    }),
    ...uri !== void 0 && { uri },
    ...typeof commit2 === "string" && commitId.test(commit2) && { commit: commit2.toLowerCase() }
  };
}
var commitId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i;
function readCommit(id) {
  const hex = asText(id) ?? "";
  return commitId.test(hex) ? [toCommit(decodeHex(hex.toLowerCase()))] : [];
}
function readDigest(algorithm, hex) {
  return toDigest(algorithm, decodeHex(hex.toLowerCase()));
}
function writeStatement({ subjects, predicateType, predicate }) {
  return utf8(
    canonicalJson({
      _type: statementType,
      subject: subjects.map(({ name, digests }) => ({
        name,
        digest: Object.fromEntries(digests.map(({ algorithm, bytes }) => [algorithm, encodeHex(bytes)]))
      })),
      predicateType,
      predicate
    })
  );
}
function findSubject(statement, artifact) {
  const known = [...artifact].sort((a, b) => b.bytes.length - a.bytes.length);
  for (const subject of statement.subjects) {
    const [strongest] = sharedDigests(known, subject.digests);
    if (strongest !== void 0) return { subject, digest: strongest };
  }
  const { length } = statement.subjects;
  const others = length === 1 ? "a different artifact, not" : `${length} artifacts, none of which is`;
  return fail("ARTIFACT_MISMATCH", `the statement is about ${others} ${artifact.map(formatDigest).join(", ")}`);
}
function object(value, place) {
  return asObject(value) ?? fail("STATEMENT_INVALID", `${place} is not an object`);
}
function list(value, place) {
  return asList(value) ?? fail("STATEMENT_INVALID", `${place} is not a list`);
}
function text(value, place) {
  return asText(value) || fail("STATEMENT_INVALID", `${place} is missing`);
}

import { dsseV2, hashAlgorithmOf, hashedRekordV2, keyDetailsNames } from "./core-certificate-signed-certificate-timestamp.mjs";

var criterionNames = [
  "time",
  "certificate",
  "certificate-transparency",
  "issuer",
  "identity",
  "claim",
  "key",
  "signature",
  "image",
  "predicate-type",
  "subject-name",
  "log",
  "provenance",
  "builder-id",
  "build-type",
  "release",
  "verification-summary",
  "age",
  "attestation"
];
function atLeast(count, one, several) {
  if (count === 0) return `no ${one} required`;
  return `at least ${count} ${count === 1 ? one : several}`;
}
async function check({ name, about, expected }, basis, prove, found) {
  const checked = (outcome, what, failure) => [
    { name, about, outcome, expected, found: what, failure }
  ];
  const missing = Object.entries(basis).find(([, part]) => part === void 0);
  if (missing !== void 0) return { criteria: checked("not-checked", `no ${missing[0]}`), proven: void 0 };
  try {
    const proven = await prove(basis);
    return { criteria: checked("pass", found(proven)), proven };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { criteria: checked("fail", error.message, error), proven: void 0 };
  }
}

import { covers } from "./core-certificate-certificate.mjs";

import { countKeys, keyText } from "./core-certificate-certificate.mjs";

import { claimName, fulcioExtensionArcs, readFulcioClaims } from "./core-log-cosignature.mjs";

import { ProtoField } from "./core-encoding-der.mjs";

import { encodeBase64 } from "./core-encoding-der.mjs";

import { goUrl, plainUrl } from "./core-encoding-der-writer.mjs";

import { describeExpectation, meets } from "./core-certificate-certificate.mjs";

var commit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
function meetsAddress(expectation, address) {
  const plain = plainUrl(address);
  return meetsText(expectation, address) || plain !== void 0 && meetsText(expectation, plain);
}
function meetsInAnyForm(expectation, value) {
  return [value, plainUrl(value), goUrl(value)].some((form) => form !== void 0 && meets(expectation, form));
}
function meetsText(expectation, address) {
  const { kind, value } = expectation;
  const pattern = splitAtRef(value);
  if (kind !== "glob" || pattern === void 0) return meets(expectation, address);
  const found = splitAtRef(address);
  return found !== void 0 && (found.ref.startsWith("refs/") || commit.test(found.ref)) && meets({ kind, value: pattern.path }, found.path) && meets({ kind, value: pattern.ref }, found.ref);
}
function splitAtRef(address) {
  const at = address.indexOf("@");
  return at === -1 ? void 0 : { path: address.slice(0, at), ref: address.slice(at + 1) };
}

var expectationMembers = { kind: true, value: true };
function checkExpectation(expectation) {
  demandMembers(expectation, expectationMembers, "an expectation");
  const { kind, value } = expectation;
  if (!["exact", "path", "glob"].includes(kind))
    fail("POLICY_INVALID", `${JSON.stringify(kind)} is not a kind of expectation`);
  if (typeof value !== "string" || value === "") fail("POLICY_INVALID", "an expected value is empty");
}
function list2(items, what) {
  return Array.isArray(items) ? items : fail("POLICY_INVALID", `${what} must be a list`);
}
function demandObject(object2, what) {
  if (typeof object2 !== "object" || object2 === null) fail("POLICY_INVALID", `${what} is not an object`);
}
function demandMembers(object2, members, what) {
  demandObject(object2, what);
  for (const name of Object.keys(object2)) {
    if (!Object.hasOwn(members, name)) fail("POLICY_INVALID", `${what} has the unknown member ${JSON.stringify(name)}`);
  }
}

var versions = [
  [/^https:\/\/slsa\.dev\/provenance\/v1(?:\.\d+)?$/, "v1"],
  [/^https:\/\/slsa\.dev\/provenance\/v0\.2$/, "v0.2"]
];
function provenanceVersion(predicateType) {
  return versions.find(([type]) => type.test(predicateType))?.[1];
}
function readProvenance(statement) {
  const version = provenanceVersion(statement.predicateType);
  if (version === void 0) return void 0;
  const { predicate } = statement;
  const isV1 = version === "v1";
  const builder = isV1 ? ["runDetails", "builder", "id"] : ["builder", "id"];
  const buildType = isV1 ? ["buildDefinition", "buildType"] : ["buildType"];
  return {
    version,
    builderId: statedText(predicate, ...builder),
    buildType: statedText(predicate, ...buildType),
    predicate
  };
}
function statedText(predicate, ...path) {
  const value = memberAt(predicate, ...path) ?? void 0;
  if (value === void 0) return void 0;
  return asText(value) ?? fail("STATEMENT_INVALID", `${path.join(".")} in the predicate is not a text`);
}
function statedList(predicate, ...path) {
  const value = memberAt(predicate, ...path) ?? void 0;
  if (value === void 0) return [];
  return asList(value) ?? fail("STATEMENT_INVALID", `${path.join(".")} in the predicate is not a list`);
}

var policyMembers = {
  signer: true,
  content: true,
  thresholds: true,
  witnesses: true,
  timestampOnly: true,
  maxAge: true,
  sandbox: true
};
var identityMembers = {
  kind: true,
  identity: true,
  issuer: true,
  claims: true
};
var keyMembers = { kind: true, publicKey: true };
var claimMembers = { claim: true, expected: true, refused: true };
var contentMembers = {
  predicateType: true,
  subjectName: true,
  predicate: true,
  release: true,
  provenance: true
};
var thresholdMembers = {
  signedCertificateTimestamps: true,
  logEntries: true,
  timestamps: true
};
var witnessMembers = { keys: true, threshold: true };
function checkPolicy(policy) {
  demandMembers(policy, policyMembers, "the policy");
  checkSigner(policy.signer);
  const { content, thresholds, timestampOnly = "refuse", sandbox } = policy;
  demandMembers(content, contentMembers, "policy.content");
  const { predicate = [], provenance = "compare", release, ...texts } = content;
  for (const expectation of Object.values(texts)) if (expectation !== void 0) checkExpectation(expectation);
  for (const expectation of list2(predicate, "policy.content.predicate"))
    demandObject(expectation, "an entry of policy.content.predicate");
  if (provenance !== "compare" && provenance !== "ignore")
    fail("POLICY_INVALID", 'policy.content.provenance is neither "compare" nor "ignore"');
  if (release !== void 0) demandObject(release, "policy.content.release");
  demandMembers(thresholds, thresholdMembers, "policy.thresholds");
  for (const [name, threshold] of Object.entries(thresholds)) checkThreshold(threshold, `policy.thresholds.${name}`);
  checkWitnesses(policy.witnesses);
  checkAge(policy);
  if (timestampOnly !== "refuse" && timestampOnly !== "accept")
    fail("POLICY_INVALID", 'policy.timestampOnly is neither "refuse" nor "accept"');
  if (sandbox !== "refuse" && sandbox !== "accept")
    fail("POLICY_INVALID", 'policy.sandbox is neither "refuse" nor "accept"');
}
function checkSigner(signer) {
  demandObject(signer, "policy.signer");
  if (signer.kind === "key") {
    demandMembers(signer, keyMembers, "policy.signer");
    demandObject(signer.publicKey, "policy.signer.publicKey");
    return;
  }
  demandMembers(signer, identityMembers, "policy.signer");
  const { identity, issuer } = signer;
  if (identity !== "any") checkName("identity", identity);
  if (issuer !== "any" && issuer !== "none") checkName("issuer", issuer);
  if (issuer === "none" && (identity === "any" || identity.kind !== "exact"))
    fail("POLICY_INVALID", 'policy.signer.issuer is "none", which requires an exact identity');
  for (const expectation of list2(signer.claims, "policy.signer.claims")) checkClaim(expectation);
}
function checkName(what, expected) {
  checkExpectation(expected);
  checkBinding(what, [expected]);
}
function checkClaim(expectation) {
  demandMembers(expectation, claimMembers, "an entry of policy.signer.claims");
  const { claim, expected, refused = [] } = expectation;
  if (!isClaim(claim)) fail("POLICY_INVALID", `${JSON.stringify(claim)} is not a certificate claim`);
  const expectations = [
    ...list2(expected, `the expected values of the claim ${claim}`),
    ...list2(refused, `the refused values of the claim ${claim}`)
  ];
  if (expectations.length === 0) fail("POLICY_INVALID", `the claim ${claim} has neither expected nor refused values`);
  for (const one of expectations) checkExpectation(one);
  checkBinding(claim, expected);
}
function checkBinding(what, expected) {
  if (leavesOpen(what, expected)) {
    const patterns = expected.map(describeExpectation).join(" or ");
    fail("POLICY_INVALID", `the ${what} pattern ${JSON.stringify(patterns)} is too broad: it does not fix an owner`, {
      remedy: "Spell out the host and the owner, or the domain of an email address."
    });
  }
}
function isClaim(name) {
  return Object.hasOwn(fulcioExtensionArcs, name);
}
function checkWitnesses(witnesses) {
  demandMembers(witnesses, witnessMembers, "policy.witnesses");
  const { keys, threshold } = witnesses;
  checkThreshold(threshold, "policy.witnesses.threshold");
  for (const key of list2(keys, "policy.witnesses.keys")) {
    demandObject(key, "an entry of policy.witnesses.keys");
    const isMlDsa = key.type === "ml-dsa-44";
    demandObject(
      isMlDsa ? key.raw : key.publicKey,
      `the ${isMlDsa ? "raw" : "publicKey"} of an entry of policy.witnesses.keys`
    );
  }
  const known = countWitnesses(keys);
  if (threshold > known)
    fail("POLICY_INVALID", `the policy requires ${threshold} witnesses but has keys for only ${known}`);
}
function checkAge({ maxAge, signer }) {
  if (maxAge === void 0) return;
  if (!Number.isSafeInteger(maxAge) || maxAge < 1) fail("POLICY_INVALID", "policy.maxAge is not a positive integer");
  if (signer.kind === "key")
    fail(
      "POLICY_INVALID",
      "policy.maxAge requires a certificate: the age of a signature of a long-lived key is not proven"
    );
}
function checkThreshold(threshold, what) {
  if (!Number.isSafeInteger(threshold) || threshold < 0)
    fail("POLICY_INVALID", `${what} is not a non-negative integer`);
}
async function predicateChecks(expectations) {
  if (expectations.length === 0) return [];
  const { predicateCheck } = await import("./core-policy-contents-kinds.mjs");
  return expectations.map(predicateCheck);
}
var noVerdict = {
  signer: void 0,
  times: void 0,
  signedCertificateTimestamps: void 0,
  logEntries: void 0
};
function conclude(criteria, proven) {
  const failure = criteria.find((criterion) => criterion.failure !== void 0)?.failure;
  if (failure === void 0 && isComplete(proven)) return { criteria, verdict: proven, failure };
  const incomplete = () => new CountersignError("BUNDLE_INVALID", "the verification is incomplete");
  return { criteria, verdict: void 0, failure: failure ?? incomplete() };
}
function isComplete(proven) {
  const { signer, times, signedCertificateTimestamps, logEntries, content } = proven;
  return [signer, times, signedCertificateTimestamps, logEntries, content].every((part) => part !== void 0);
}
function ageStep({ maxAge }, now) {
  return async (identity) => {
    if (maxAge === void 0) return [];
    const { criteria } = await check(
      { name: "age", expected: `at most ${describeAge(maxAge)}` },
      { identity },
      (basis) => demandAge(basis.identity, maxAge, now),
      describeAge
    );
    return criteria;
  };
}
function demandAge(signer, maxAge, now) {
  if (signer.kind === "key") fail("SIGNATURE_TOO_OLD", "the age of a signature of a long-lived key is not proven");
  const { notBefore } = signer.certificateValidity;
  const age = now.getTime() - notBefore.getTime();
  if (!(age <= maxAge))
    fail(
      "SIGNATURE_TOO_OLD",
      `the certificate was issued at ${notBefore.toISOString()}, ${describeAge(age)} ago; expected at most ${describeAge(maxAge)}`
    );
  return age;
}
function describeAge(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1e3));
  const parts = [
    [Math.floor(seconds / 86400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "m"],
    [seconds % 60, "s"]
  ];
  const first = parts.findIndex(([count]) => count > 0);
  const shown = parts.slice(first, first + 2).filter(([count]) => count > 0);
  return first === -1 ? "0s" : shown.map(([count, unit]) => `${count}${unit}`).join(" ");
}
var understood = /* @__PURE__ */ new Set([
  oids.keyUsage,
  oids.subjectAlternativeName,
  oids.basicConstraints,
  oids.extendedKeyUsage
]);
var constraints = /* @__PURE__ */ new Map([
  [oids.nameConstraints, "name constraints"],
  [oids.policyConstraints, "policy constraints"],
  [oids.inhibitAnyPolicy, "an inhibitAnyPolicy extension"]
]);
async function verifyPath(leaf, chain, times, purpose, supplied = []) {
  if (times.length === 0) fail("TIMESTAMP_MISSING", "there is no verified time for the signature");
  const root = chain.at(-1) ?? fail("CERTIFICATE_UNTRUSTED", "the certificate authority has no certificates in the trusted root");
  checkCertificate(leaf, times, "the leaf certificate");
  checkLeaf(leaf, purpose);
  const authorities = [...chain, ...supplied];
  const nameOf2 = (index) => index < chain.length ? `certificate ${index + 1} of the authority` : `intermediate certificate ${index - chain.length + 1} of the bundle`;
  let problem;
  const reached = /* @__PURE__ */ new Set();
  const paths = [{ certificate: leaf, name: "the leaf certificate", issuers: [] }];
  for (const { certificate, name, issuers } of paths) {
    const candidates2 = [...authorities.entries()].filter(
      ([, issuer]) => !reached.has(issuer) && equalBytes(certificate.issuer, issuer.subject)
    );
    if (candidates2.length === 0)
      problem = new CountersignError("CERTIFICATE_UNTRUSTED", `${name} was issued by another authority`);
    for (const [index, issuer] of candidates2) {
      try {
        await checkIssued(certificate, issuer, name);
        checkCertificate(issuer, times, nameOf2(index));
        checkAuthority(issuer, issuers.length, purpose, nameOf2(index));
      } catch (cause) {
        problem = cause;
        continue;
      }
      const [first = issuer, ...others] = [...issuers, issuer];
      if (issuer === root) return [first, ...others];
      reached.add(issuer);
      paths.push({ certificate: issuer, name: nameOf2(index), issuers: [first, ...others] });
    }
  }
  throw problem;
}
function checkCertificate(certificate, times, name) {
  for (const time of times) checkValidity(certificate, time, name);
  checkExtensions(certificate, name);
}
function checkValidity(certificate, time, name) {
  if (time < certificate.notBefore || time > certificate.notAfter) {
    const window = `${certificate.notBefore.toISOString()} to ${certificate.notAfter.toISOString()}`;
    fail("CERTIFICATE_OUTSIDE_VALIDITY", `${name} is valid from ${window} but was used at ${time.toISOString()}`);
  }
}
function checkExtensions(certificate, name) {
  for (const { oid, critical } of certificate.extensions.values()) {
    if (oid === oids.precertificatePoison) fail("CERTIFICATE_UNTRUSTED", `${name} is a precertificate`);
    const constraint = constraints.get(oid);
    if (constraint !== void 0)
      fail("CERTIFICATE_UNTRUSTED", `${name} has ${constraint} (${oid}), which Countersign does not support`);
    if (critical && !understood.has(oid))
      fail("CERTIFICATE_UNTRUSTED", `${name} has the unknown critical extension ${oid}`);
  }
}
function checkLeaf(leaf, purpose) {
  if (leaf.basicConstraints?.isAuthority) fail("CERTIFICATE_PURPOSE", "the leaf certificate is a CA certificate");
  if (!leaf.keyUsage?.has("digitalSignature"))
    fail("CERTIFICATE_PURPOSE", "the leaf certificate lacks the key usage digitalSignature");
  if (leaf.keyUsage.has("keyCertSign"))
    fail("CERTIFICATE_PURPOSE", "the leaf certificate has the key usage keyCertSign");
  if (leaf.basicConstraints?.pathLength !== void 0)
    fail("CERTIFICATE_PURPOSE", "the leaf certificate has a path length constraint but is not a CA certificate");
  if (!leaf.extendedKeyUsage?.includes(purpose))
    fail("CERTIFICATE_PURPOSE", `the leaf certificate lacks the extended key usage ${purpose}`);
}
function checkAuthority(certificate, authoritiesBelow, purpose, name) {
  const { basicConstraints, keyUsage, extendedKeyUsage } = certificate;
  if (!basicConstraints?.isAuthority) fail("CERTIFICATE_UNTRUSTED", `${name} is not a CA certificate`);
  if (keyUsage !== void 0 && !keyUsage.has("keyCertSign"))
    fail("CERTIFICATE_UNTRUSTED", `${name} lacks the key usage keyCertSign`);
  if (basicConstraints.pathLength !== void 0 && authoritiesBelow > basicConstraints.pathLength) {
    fail(
      "CERTIFICATE_UNTRUSTED",
      `${name} allows ${basicConstraints.pathLength} CA certificates below it, but there are ${authoritiesBelow}`
    );
  }
  if (extendedKeyUsage !== void 0 && !extendedKeyUsage.some((allowed) => allowed === purpose || allowed === oids.anyExtendedKeyUsage)) {
    fail("CERTIFICATE_PURPOSE", `${name} does not allow the extended key usage ${purpose}`);
  }
}
var signed = /* @__PURE__ */ new WeakMap();
function isSigned(certificate, issuer) {
  const known = signed.get(certificate) ?? /* @__PURE__ */ new WeakMap();
  signed.set(certificate, known);
  const { signatureAlgorithm, signature, tbs } = certificate;
  const result = known.get(issuer) ?? verifyWithAlgorithm(signatureAlgorithm, issuer.publicKey, signature, tbs);
  known.set(issuer, result);
  result.catch(() => known.delete(issuer));
  return result;
}
function anticipateSignature(certificate, issuer) {
  void isSigned(certificate, issuer);
}
function mayHaveIssued(issuer, certificate) {
  return equalBytes(certificate.issuer, issuer.subject) && !namesOtherKey(certificate, issuer);
}
function namesOtherKey({ authorityKeyIdentifier }, { subjectKeyIdentifier }) {
  return authorityKeyIdentifier !== void 0 && subjectKeyIdentifier !== void 0 && !equalBytes(authorityKeyIdentifier, subjectKeyIdentifier);
}
async function checkIssued(certificate, issuer, name) {
  if (namesOtherKey(certificate, issuer))
    fail("CERTIFICATE_UNTRUSTED", `the authority key identifier of ${name} does not match its issuer`);
  if (!await isSigned(certificate, issuer)) fail("CERTIFICATE_UNTRUSTED", `${name} was not signed by its issuer`);
}
function remember(work) {
  const started = /* @__PURE__ */ new Map();
  return (key) => {
    const result = started.get(key) ?? work(key);
    started.set(key, result);
    result.catch(() => void 0);
    return result;
  };
}
function claimedSigner({ signer }, trust, policy) {
  if (policy.signer.kind === "key")
    return signer.kind === "public-key" ? { publicKey: policy.signer.publicKey, paths: [], supplied: [] } : void 0;
  if (signer.kind !== "certificate") return void 0;
  const certificate = attempt(() => readLeaf(signer.certificate));
  if (certificate === void 0) return void 0;
  const supplied = suppliedBy(signer, policy);
  const issuers = [...trust.certificateAuthorities.flatMap(({ chain }) => chain), ...supplied];
  const paths = issuers.flatMap((issuer) => mayHaveIssued(issuer, certificate) ? [{ certificate, issuer }] : []);
  return paths.length === 0 ? void 0 : { publicKey: certificate.publicKey, paths, supplied };
}
function suppliedBy({ others = [] }, { signer }) {
  if (signer.kind !== "identity" || !acceptsNoIssuer(signer)) return [];
  return others.flatMap((der2) => attempt(() => readCertificate(der2)) ?? []);
}
function signerStep(bundle, trust, policy, claimed) {
  for (const { certificate, issuer } of claimed?.paths ?? []) anticipateSignature(certificate, issuer);
  const { signer, sandbox } = policy;
  if (signer.kind === "key") return remember(() => examineKey(bundle, signer.publicKey));
  return remember(
    (times) => check(
      { name: "certificate", expected: "issued by a trusted CA, valid at signing time, for code signing" },
      { time: times },
      async ({ time }) => {
        const leaf = claimed?.paths[0]?.certificate ?? leafOf(bundle);
        const moments = time.map((each) => each.time);
        const verified = await verifyLeaf(leaf, trust, moments, sandbox, claimed?.supplied);
        return { kind: "certificate", publicKey: leaf.publicKey, ...verified };
      },
      ({ authority }) => authority.uri
    )
  );
}
function examineKey({ signer }, publicKey) {
  return check(
    { name: "key", expected: `the given ${publicKey.kind} key` },
    {},
    () => {
      if (signer.kind !== "public-key")
        fail("KEY_MISMATCH", "the bundle was signed with a certificate; expected the given key");
      return { kind: "key", publicKey };
    },
    () => publicKey.kind
  );
}
function leafOf({ signer }) {
  if (signer.kind !== "certificate")
    fail("IDENTITY_MISMATCH", "the bundle was signed with a long-lived key; expected a certificate");
  return readLeaf(signer.certificate);
}
var latest;
function readLeaf(der2) {
  if (latest === void 0 || !equalBytes(latest.der, der2))
    latest = readCertificate(der2.slice(), "the signer's certificate");
  return latest;
}
async function verifyCertificate(der2, trust, times, sandbox) {
  return verifyLeaf(readLeaf(der2), trust, times, sandbox);
}
async function verifyLeaf(certificate, trust, times, sandbox, supplied = []) {
  let problem;
  for (const authority of trust.certificateAuthorities) {
    const { chain } = authority;
    const intermediates = chain.length === 1 ? supplied : [];
    if (![...chain, ...intermediates].some(({ subject }) => equalBytes(subject, certificate.issuer))) continue;
    if (certificate.basicConstraints?.isAuthority && !equalBytes(chain[0].subject, certificate.issuer)) continue;
    try {
      checkWindow(authority, times);
      const path = await verifyPath(certificate, chain, times, oids.codeSigning, intermediates);
      checkSandbox([...chain, ...path], sandbox);
      return { certificate, issuer: path[0], authority };
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      problem = error;
    }
  }
  throw problem ?? new CountersignError(
    "CERTIFICATE_UNTRUSTED",
    "the certificate was not issued by a certificate authority of the trusted root"
  );
}
function checkWindow(authority, times) {
  for (const time of times) {
    if (!covers(authority.validFor, time)) {
      fail(
        "CERTIFICATE_UNTRUSTED",
        `the certificate authority ${authority.uri} was not trusted at ${time.toISOString()}`
      );
    }
  }
}
function checkSandbox(authorities, sandbox) {
  if (sandbox !== "accept" && authorities.some(({ extensions }) => extensions.has(oids.sandboxMarker))) {
    fail("CERTIFICATE_SANDBOX", "the certificate was issued by a sandbox, which is for testing only", {
      remedy: "Sign with a production instance. To test with the sandbox, set `instance: sandbox`."
    });
  }
}
function contentStep({ content }, { content: policy }, claimed) {
  if (content.kind === "message-signature") {
    return (artifact) => {
      const signedBy2 = remember((publicKey) => verifyMessageSignature(content, artifact, publicKey));
      if (claimed !== void 0) signedBy2(claimed.publicKey);
      return (signer) => examineContent(signer, artifact, policy, signedBy2);
    };
  }
  const signedBy = remember((publicKey) => verifyEnvelope(content, publicKey));
  if (claimed !== void 0) signedBy(claimed.publicKey);
  return (artifact) => (signer) => examineContent(signer, artifact, policy, async (publicKey) => {
    const statement = await signedBy(publicKey);
    return artifact.isRelease ? { kind: "statement", statement } : aboutArtifact(statement, artifact);
  });
}
async function examineContent(signer, artifact, { release, ...texts }, signedBy) {
  const signature = await check(
    { name: "signature", expected: `over ${describeArtifact(artifact)}` },
    { signer },
    (basis) => signedBy(basis.signer.publicKey),
    describeContent
  );
  const content = signature.proven;
  const statement = content === void 0 ? void 0 : statementIn(content);
  const criteria = [...signature.criteria, ...await checkTexts("signature", content, texts)];
  let proven = content?.kind === "statement" ? void 0 : content;
  if (release !== void 0) {
    const { examineRelease } = await import("./core-verify-release.mjs");
    const named = await examineRelease(content && { statement }, release);
    criteria.push(...named.criteria);
    if (content?.kind === "statement")
      proven = named.proven && { kind: "release", statement: content.statement, release: named.proven };
  }
  return { criteria, proven };
}
async function checkTexts(by, content, { predicateType, subjectName }) {
  const demand2 = async (name, expected, match, textIn) => {
    if (expected === void 0) return [];
    const { criteria } = await check(
      { name, expected: describeExpectation(expected) },
      { [by]: content },
      () => match(content ?? fail("BUNDLE_INVALID", `there is no ${by}`), expected),
      () => (content && textIn(content)) ?? ""
    );
    return criteria;
  };
  return [
    ...await demand2("predicate-type", predicateType, matchPredicateType, (one) => statementIn(one)?.predicateType),
    ...await demand2("subject-name", subjectName, matchSubjectName, nameIn)
  ];
}
function describeContent(content) {
  switch (content.kind) {
    case "dsse-envelope":
      return `over a statement about ${formatDigest(content.digest)}, ${JSON.stringify(content.subject.name)}`;
    case "message-signature":
      return `over ${formatDigest(content.digest)}`;
    case "statement":
      return `over a statement of the type ${content.statement.predicateType}`;
  }
}
function statementIn(content) {
  return "statement" in content ? content.statement : void 0;
}
async function verifyMessageSignature({ messageDigest, signature }, artifact, publicKey) {
  if (artifact.isRelease) fail("ARTIFACT_MISMATCH", "the bundle is for a file, not for a release");
  if (messageDigest !== void 0 && !equalDigests(messageDigest, digestOf(artifact, messageDigest.algorithm))) {
    fail(
      "ARTIFACT_MISMATCH",
      `the bundle is for the artifact ${formatDigest(messageDigest)}, not ${describeArtifact(artifact)}`
    );
  }
  for (const algorithm of candidates(messageDigest, publicKey)) {
    const known = artifact.digests.find((one) => one.algorithm === algorithm);
    if (known !== void 0 && await isOver(known, publicKey, signature, artifact))
      return { kind: "message-signature", digest: known };
  }
  const [first] = artifact.digests.filter(isHash);
  if (first !== void 0 && await isPure(publicKey, signature, artifact))
    return { kind: "message-signature", digest: first };
  const [wanted] = candidates(messageDigest, publicKey);
  digestOf(artifact, wanted);
  return fail(
    "SIGNATURE_INVALID",
    `the signature does not verify for ${describeArtifact(artifact)} with the signer's key`
  );
}
function candidates(messageDigest, key) {
  return messageDigest === void 0 || key.kind === "ed25519" ? signingHashes(key) : [messageDigest.algorithm];
}
var worthHashing = 4 * 1024 * 1024;
async function isOver(known, key, signature, { bytes }) {
  return bytes !== void 0 && bytes.length <= worthHashing && key.kind !== "ed25519" ? verifySignature(key, signature, bytes, known.algorithm) : verifyDigestSignature(key, signature, known);
}
async function isPure(key, signature, { bytes }) {
  return key.kind === "ed25519" && bytes !== void 0 && verifySignature(key, signature, bytes, "sha512");
}
async function verifyEnvelope({ payloadType, payload, signature }, publicKey) {
  if (!await isSigned2(publicKey, signature, preAuthenticationEncoding(payloadType, payload))) {
    fail("SIGNATURE_INVALID", "the signature of the envelope does not verify with the signer's key");
  }
  if (payloadType !== statementPayloadType) {
    fail(
      "BUNDLE_UNSUPPORTED",
      `the envelope's payload type is ${JSON.stringify(payloadType.slice(0, 100))}; only in-toto statements are supported`
    );
  }
  return readStatement(payload);
}
function aboutArtifact(statement, artifact) {
  const { subject, digest: digest2 } = findSubject(statement, artifact.digests);
  return { kind: "dsse-envelope", digest: digest2, statement, subject };
}
async function isSigned2(key, signature, encoded2) {
  for (const hash of signingHashes(key)) if (await verifySignature(key, signature, encoded2, hash)) return true;
  return false;
}
function matchPredicateType(content, expected) {
  const found = statementIn(content)?.predicateType;
  if (found === void 0 || !meets(expected, found)) {
    const is = found === void 0 ? `the signature is over ${content.kind === "simple-signing" ? "a simple signing document" : "the artifact itself"}, not a statement` : `the predicate type is ${JSON.stringify(found)}`;
    fail("PREDICATE_TYPE_MISMATCH", `${is}; expected ${JSON.stringify(describeExpectation(expected))}`);
  }
}
function nameIn(content) {
  if (content.kind === "dsse-envelope") return content.subject.name;
  return content.kind === "simple-signing" ? content.dockerReference : void 0;
}
function matchSubjectName(content, expected) {
  const found = nameIn(content);
  if (found === void 0 || !meets(expected, found)) {
    const is = found === void 0 ? "the signature has no subject name" : `the subject name is ${JSON.stringify(found)}`;
    fail("SUBJECT_NAME_MISMATCH", `${is}; expected ${JSON.stringify(describeExpectation(expected))}`);
  }
}
function identityStep({
  signer: policy
}) {
  return remember(async (signer) => {
    if (policy.kind === "key") return { criteria: [], proven: signer?.kind === "key" ? signer : void 0 };
    const certificate = signer?.kind === "certificate" ? signer.certificate : void 0;
    const { criteria, proven: identity } = await examineIdentity(certificate, policy);
    if (certificate === void 0 || identity === void 0) return { criteria, proven: void 0 };
    const { notBefore, notAfter } = certificate;
    return { criteria, proven: { kind: "identity", identity, certificateValidity: { notBefore, notAfter } } };
  });
}
async function examineIdentity(certificate, policy) {
  const expected = (one) => typeof one === "string" ? one : describeExpectation(one);
  const issuer = await check(
    { name: "issuer", expected: expected(policy.issuer) },
    { certificate },
    (basis) => {
      const identity2 = readIdentity(basis.certificate);
      matchIssuer(identity2, policy);
      return identity2;
    },
    (identity2) => identity2.issuer ?? "none in the certificate"
  );
  const identity = issuer.proven;
  const name = await check(
    { name: "identity", expected: expected(policy.identity) },
    { issuer: identity },
    (basis) => matchName(basis.issuer, policy),
    () => identity?.subjectAlternativeName ?? ""
  );
  const claims = await Promise.all(
    policy.claims.map(
      (expectation) => check(
        { name: "claim", about: expectation.claim, expected: describeClaim(expectation) },
        { issuer: identity },
        (basis) => matchClaim(basis.issuer, expectation),
        () => identity?.claims[expectation.claim] ?? ""
      )
    )
  );
  return { criteria: [issuer, name, ...claims].flatMap(({ criteria }) => criteria), proven: identity };
}
function readIdentity(certificate) {
  const claims = readFulcioClaims(certificate);
  const [name, ...others] = certificate.subjectAlternativeNames;
  if (name === void 0 || name.kind === "unknown" || others.length > 0) {
    fail("CERTIFICATE_INVALID", "the certificate must contain exactly one identity");
  }
  return { subjectAlternativeName: name.value, nameKind: name.kind, issuer: claims.issuer, claims };
}
function matchIssuer({ issuer, claims }, policy) {
  if (policy.issuer === "none") {
    matchNoIssuer(claims);
    return;
  }
  if (issuer === void 0) {
    if (acceptsNoIssuer(policy)) return;
    fail("CERTIFICATE_INVALID", "the certificate has no OIDC issuer", {
      remedy: "If it comes from a private PKI or a GitHub release, set `certificate-identity` and `any-issuer`."
    });
  }
  const { issuer: expected } = policy;
  if (expected !== "any") demand([expected], issuer, "ISSUER_MISMATCH", "the OIDC issuer is", meets);
}
function matchNoIssuer(claims) {
  const [claim] = Object.keys(claims);
  if (claim === void 0) return;
  const what = claim === "issuer" ? `the OIDC issuer is ${JSON.stringify(claims.issuer)}` : `it has the claim ${claimName(claim)}`;
  fail("ISSUER_MISMATCH", `${what}; expected a certificate without an OIDC issuer`);
}
function matchName({ subjectAlternativeName, nameKind }, { identity: expected }) {
  if (expected === "any") return;
  const meant = meantKind(expected);
  if (meant !== nameKind && meets(expected, subjectAlternativeName)) {
    const found = `${JSON.stringify(subjectAlternativeName)}, which is ${nameKinds[nameKind]} in the certificate`;
    fail("IDENTITY_MISMATCH", `signed by ${found}; expected ${meant ? nameKinds[meant] : "a name of an unknown kind"}`);
  }
  const matches = nameKind === "uri" ? meetsAddress : meets;
  demand([expected], subjectAlternativeName, "IDENTITY_MISMATCH", "signed by", matches);
}
var nameKinds = {
  uri: "a URI",
  email: "an email address",
  username: "a user name"
};
function meantKind({ value }) {
  if (/^[A-Za-z*][A-Za-z0-9+.*-]*:\/\//.test(value)) return "uri";
  const hasScheme = /^[A-Za-z][A-Za-z0-9+.-]*:/.test(value);
  if (value.includes("@")) return hasScheme ? "uri" : "email";
  if (value.includes("!")) return "username";
  return hasScheme ? "uri" : void 0;
}
var workflowClaims = /* @__PURE__ */ new Set(["buildSignerUri", "buildConfigUri"]);
function matchClaim({ claims }, expectation) {
  const { claim, expected, refused = [] } = expectation;
  const found = claims[claim];
  if (found === void 0)
    fail("CLAIM_MISMATCH", `the certificate has no claim ${claimName(claim)}; expected ${describeClaim(expectation)}`);
  const matches = workflowClaims.has(claim) ? meetsAddress : meets;
  if (expected.length > 0)
    demand(expected, found, "CLAIM_MISMATCH", `the certificate claim ${claimName(claim)} is`, matches);
  if (refused.some((one) => meetsInAnyForm(one, found))) {
    fail(
      "CLAIM_MISMATCH",
      `the certificate claim ${claimName(claim)} is ${JSON.stringify(found)}, which the policy refuses`
    );
  }
}
function matchIdentity(certificate, policy) {
  const identity = readIdentity(certificate);
  matchIssuer(identity, policy);
  matchName(identity, policy);
  for (const expectation of policy.claims) matchClaim(identity, expectation);
  return identity;
}
function describeClaim({ expected, refused = [] }) {
  const not = refused.length === 0 ? [] : [`not ${describeAll(refused)}`];
  return [...expected.length === 0 ? [] : [describeAll(expected)], ...not].join(", ");
}
function describeAll(expected) {
  return expected.map(describeExpectation).join(" or ");
}
function demand(expected, found, code, what, matches) {
  if (!expected.some((one) => matches(one, found))) {
    fail(code, `${what} ${JSON.stringify(found)}; expected ${JSON.stringify(describeAll(expected))}`);
  }
}
function verifierPem(certificate) {
  return encodePem("CERTIFICATE", certificate);
}
function hashedRekordV1({ digest: digest2, signature, verifier }) {
  return {
    apiVersion: "0.0.1",
    kind: "hashedrekord",
    spec: {
      data: { hash: { algorithm: digest2.algorithm, value: encodeHex(digest2.bytes) } },
      signature: { content: encodeBase64(signature), publicKey: { content: encodeBase64(utf8(verifier)) } }
    }
  };
}
function dsseV1({ envelopeHash, payloadHash, signature, verifier }) {
  return {
    apiVersion: "0.0.1",
    kind: "dsse",
    spec: {
      envelopeHash: { algorithm: "sha256", value: envelopeHash },
      payloadHash: { algorithm: payloadHash.algorithm, value: encodeHex(payloadHash.bytes) },
      signatures: [{ signature: encodeBase64(signature), verifier: encodeBase64(utf8(verifier)) }]
    }
  };
}
function canonicalBody(entry) {
  return utf8(canonicalJson(entry));
}
function intotoV2({
  payloadType,
  payload,
  envelopeHash,
  signature,
  keyId,
  verifier,
  holdsPayload
}) {
  const signed2 = {
    ...keyId === void 0 ? {} : { keyid: keyId },
    publicKey: encodeBase64(utf8(verifier)),
    sig: twice(signature)
  };
  const held = holdsPayload ? { payload: twice(payload) } : {};
  return {
    apiVersion: "0.0.2",
    kind: "intoto",
    spec: {
      content: {
        envelope: { ...held, payloadType, signatures: [signed2] },
        hash: { algorithm: "sha256", value: envelopeHash },
        payloadHash: { algorithm: "sha256", value: encodeHex(digest("sha256", payload).bytes) }
      }
    }
  };
}
function intotoV1(envelope, verifier, hasPayloadHash) {
  const payloadHash = { algorithm: "sha256", value: encodeHex(digest("sha256", envelope.payload).bytes) };
  return writtenEnvelopes(envelope).map((text2) => ({
    apiVersion: "0.0.1",
    kind: "intoto",
    spec: {
      content: {
        hash: { algorithm: "sha256", value: encodeHex(digest("sha256", utf8(text2)).bytes) },
        ...hasPayloadHash ? { payloadHash } : {}
      },
      publicKey: encodeBase64(utf8(verifier))
    }
  }));
}
function writtenEnvelopes({ payloadType, payload, signature }) {
  const body = encodeBase64(payload);
  const sig = encodeBase64(signature);
  return [[{ keyid: "", sig }], [{ sig }]].flatMap((signatures) => [
    JSON.stringify({ payloadType, payload: body, signatures }),
    JSON.stringify({ payload: body, payloadType, signatures })
  ]);
}
function twice(bytes) {
  return encodeBase64(utf8(encodeBase64(bytes)));
}
var maxValues2 = 1e3;
function isRekorV2({ version, kind }) {
  return version === "0.0.2" && kind !== "intoto";
}
var bodies = {
  "hashedrekord 0.0.1": hashedRekordV1Bodies,
  "hashedrekord 0.0.2": hashedRekordV2Bodies,
  "dsse 0.0.1": dsseV1Bodies,
  "dsse 0.0.2": dsseV2Bodies,
  "intoto 0.0.1": intotoV1Bodies,
  "intoto 0.0.2": intotoV2Bodies
};
function checkEntryBody(entry, logged) {
  const kind = `${entry.kind} ${entry.version}`;
  const make = Object.hasOwn(bodies, kind) ? bodies[kind] : void 0;
  if (make === void 0) {
    fail("LOG_ENTRY_INVALID", `the log entry type ${JSON.stringify(kind.slice(0, 100))} is not supported`);
  }
  const body = ProtoField.parse(entry.canonicalizedBody, "LOG_ENTRY_INVALID", "the log entry", { maxValues: maxValues2 });
  if (!make(body, logged).some((expected) => equalBytes(expected, entry.canonicalizedBody))) {
    fail("LOG_ENTRY_MISMATCH", "the log entry is for a different artifact, signature or signer");
  }
}
function hashedRekordV1Bodies(body, { content, artifact, signer }) {
  if (content.kind !== "message-signature") {
    fail(
      "LOG_ENTRY_MISMATCH",
      "the log entry is for a file signature (hashedrekord 0.0.1), but the bundle contains an envelope",
      {
        remedy: "Do not trust this bundle. Rekor v1 records attestations as dsse or intoto entries, so this attestation may have been forged from a signed file."
      }
    );
  }
  const { signature } = content;
  const spec = body.field("spec");
  const algorithm = spec.field("data").field("hash").field("algorithm");
  const name = algorithm.string();
  if (!isHashAlgorithm(name)) return algorithm.fail("is not sha256, sha384 or sha512");
  const signed2 = digestOf(artifact, name);
  const verifier = submittedVerifier(spec.field("signature").field("publicKey").field("content"), signer);
  return [canonicalBody(hashedRekordV1({ digest: signed2, signature, verifier }))];
}
function hashedRekordV2Bodies(body, { content, artifact, signer }) {
  const { signature } = content;
  const algorithm = hashAlgorithmOf(body.field("spec").field("hashedRekordV002").field("data").field("algorithm"));
  const signed2 = content.kind === "message-signature" ? digestOf(artifact, algorithm) : digest(algorithm, encoded(content));
  const { publicKey } = signer;
  return keyDetailsNames(publicKey).map(
    (keyDetails) => canonicalBody(hashedRekordV2({ digest: signed2, signature, keyDetails, ...verifierOf(signer) }))
  );
}
function dsseV1Bodies(body, { content, signer }) {
  const { payload, signature } = envelopeOf(content);
  const spec = body.field("spec");
  const [first] = spec.field("signatures").list(1);
  const verifier = submittedVerifier(first?.field("verifier") ?? spec.field("signatures").fail("is empty"), signer);
  const envelopeHash = hexDigest(spec.field("envelopeHash").field("value"));
  return [canonicalBody(dsseV1({ envelopeHash, payloadHash: digest("sha256", payload), signature, verifier }))];
}
function dsseV2Bodies(_body, { content, signer }) {
  const { payload, signature } = envelopeOf(content);
  const payloadHash = digest("sha256", payload);
  return keyDetailsNames(signer.publicKey).map(
    (keyDetails) => canonicalBody(dsseV2({ payloadHash, signature, keyDetails, ...verifierOf(signer) }))
  );
}
function intotoV2Bodies(body, { content, signer }) {
  const { payload, payloadType, signature } = envelopeOf(content);
  const stored = body.field("spec").field("content");
  const [first] = stored.field("envelope").field("signatures").list(1);
  const field = first ?? stored.field("envelope").field("signatures").fail("is empty");
  const keyId = field.field("keyid").string();
  return [
    canonicalBody(
      intotoV2({
        payloadType,
        payload,
        holdsPayload: stored.field("envelope").field("payload").present,
        envelopeHash: hexDigest(stored.field("hash").field("value")),
        signature,
        keyId: keyId === "" ? void 0 : keyId,
        verifier: submittedVerifier(field.field("publicKey"), signer)
      })
    )
  ];
}
function intotoV1Bodies(body, { content, signer }) {
  const envelope = envelopeOf(content);
  const spec = body.field("spec");
  const verifier = submittedVerifier(spec.field("publicKey"), signer);
  const hasPayloadHash = spec.field("content").field("payloadHash").present;
  const written = { ...envelope, keyId: void 0 };
  return intotoV1(written, verifier, hasPayloadHash).map(canonicalBody);
}
function envelopeOf(content) {
  return content.kind === "dsse-envelope" ? content : fail("LOG_ENTRY_MISMATCH", "the log entry is for an envelope, but the bundle contains none");
}
function encoded({ payloadType, payload }) {
  return preAuthenticationEncoding(payloadType, payload);
}
function verifierOf(signer) {
  return signer.kind === "certificate" ? { verifier: "x509Certificate", rawBytes: signer.certificate.der } : { verifier: "publicKey", rawBytes: signer.publicKey.spki };
}
function submittedVerifier(field, signer) {
  const pem = decodeUtf8(field.data()) ?? field.fail("is not valid UTF-8");
  const label = signer.kind === "certificate" ? "CERTIFICATE" : "PUBLIC KEY";
  const { rawBytes } = verifierOf(signer);
  const blocks = reading("LOG_ENTRY_MISMATCH", "the log entry's signer", () => decodePem(label, pem));
  if (blocks.length !== 1 || !blocks.every((block) => equalBytes(block, rawBytes))) {
    fail("LOG_ENTRY_MISMATCH", "the log entry is for a different signer");
  }
  return pem;
}
function hexDigest(field) {
  const text2 = field.string();
  return /^[0-9a-f]{64}$/.test(text2) ? text2 : field.fail("is not a SHA-256 digest");
}
function findLog({ logKeyId }, { transparencyLogs }) {
  const log = transparencyLogs.find(({ keyId }) => equalBytes(keyId, logKeyId));
  return log ?? fail("LOG_UNKNOWN", "the transparency log of the entry is not in the trusted root");
}
function findRepeat(items, saying) {
  const seen = /* @__PURE__ */ new Set();
  return items.find((item) => {
    const text2 = saying(item);
    const repeated = seen.has(text2);
    seen.add(text2);
    return repeated;
  });
}
var howToComplete = "The log may have been down when this was signed. Anyone who has the bundle can add the entry with `countersign complete`. To accept signatures with a timestamp alone, set `accept-timestamp-only`.";
function logStep(bundle, trust, policy) {
  const { content, logEntries } = bundle;
  const proofOf = remember((entry) => verifyCheckpointOf(entry, trust));
  for (const entry of logEntries) proofOf(entry);
  const examineFor = (artifact) => (signer, times) => check(
    {
      name: "log",
      expected: expectedEntries(policy)
    },
    { signer, time: times },
    (basis) => verifyLogEntries(bundle, { content, artifact, signer: basis.signer }, trust, basis.time, policy, proofOf),
    (found) => found.map(({ log, logIndex }) => `${log.baseUrl} ${logIndex}`).join(", ") || "none"
  );
  if (content.kind === "message-signature") return examineFor;
  let shared;
  return (artifact) => (signer, times) => {
    shared ??= examineFor(artifact)(signer, times);
    return shared;
  };
}
function expectedEntries({ thresholds, timestampOnly }) {
  const entries = atLeast(thresholds.logEntries, "log entry", "log entries");
  return timestampOnly === "accept" ? `${entries}, or none and a timestamp` : entries;
}
async function verifyCheckpointOf(entry, trust) {
  const { inclusionProof } = entry;
  if (inclusionProof === void 0) return void 0;
  const checkpoint = readCheckpoint(inclusionProof.checkpoint);
  await verifyCheckpoint(checkpoint, findLog(entry, trust).checkpointKey);
  return { ...inclusionProof, checkpoint };
}
async function verifyLogEntries({ logEntries, version }, logged, trust, times, { thresholds, witnesses, timestampOnly }, proofOf) {
  const isTimestampOnly = logEntries.length === 0 && times.some(({ kind }) => kind === "timestamp-authority");
  if (isTimestampOnly && timestampOnly === "accept" && witnesses.threshold === 0) return [];
  const moments = times.map(({ time }) => time);
  const verified = [];
  const leaves = [];
  for (const entry of logEntries) {
    checkEntryBody(entry, logged);
    if (entry.inclusionProof === void 0 && version !== "0.1")
      fail("LOG_ENTRY_INVALID", `the log entry has no inclusion proof, which bundles of version ${version} require`);
    const { log, ...proven } = await verifyIncluded(entry, trust, moments, witnesses, proofOf);
    verified.push({ log, ...proven });
    const body = encodeHex(leafHash(entry.canonicalizedBody));
    leaves.push({ log: keyText(log.publicKey), index: entry.logIndex, body });
  }
  const logs = countKeys(verified.map(({ log }) => log.publicKey));
  if (!(logs >= thresholds.logEntries))
    fail(
      "LOG_ENTRY_MISSING",
      `the bundle has trusted entries from ${logs} of ${thresholds.logEntries} required transparency logs`,
      isTimestampOnly ? { remedy: howToComplete } : {}
    );
  const repeat = findRepeat(leaves, ({ log, body }) => `${log} ${body}`) ?? findRepeat(leaves, ({ log, index }) => `${log} ${index}`);
  if (repeat !== void 0)
    fail("LOG_ENTRY_INVALID", `the bundle contains the log entry ${repeat.index} twice`, {
      remedy: "Ask the publisher for a bundle without the repeated entry."
    });
  return verified;
}
async function verifyIncluded(entry, trust, times, witnesses, proofOf) {
  const log = findLog(entry, trust);
  for (const time of times) {
    if (!covers(log.validFor, time))
      fail("LOG_UNKNOWN", `the transparency log ${log.baseUrl} was not trusted at ${time.toISOString()}`);
  }
  const { logIndex } = entry;
  const proof = await proofOf(entry);
  if (proof === void 0) {
    if (entry.signedEntryTimestamp === void 0) {
      fail("LOG_ENTRY_INVALID", "the log entry has neither an inclusion proof nor an inclusion promise");
    }
    if (witnesses.threshold > 0)
      fail("WITNESS_MISSING", "the log entry has no checkpoint, so no witness can have cosigned it");
    return { log, logIndex, treeSize: void 0, witnesses: [] };
  }
  return { log, logIndex, ...await verifyProof(entry, proof, witnesses) };
}
async function verifyProof(entry, { checkpoint, ...proof }, { keys, threshold }) {
  if (proof.treeSize !== checkpoint.size || !equalBytes(proof.rootHash, checkpoint.rootHash)) {
    fail("INCLUSION_PROOF_INVALID", "the tree size or root hash of the inclusion proof does not match the checkpoint");
  }
  if (isRekorV2(entry) && entry.logIndex !== proof.logIndex) {
    fail("INCLUSION_PROOF_INVALID", "the index of the inclusion proof does not match the log entry");
  }
  const path = { index: proof.logIndex, size: checkpoint.size, hashes: proof.hashes };
  verifyInclusion(leafHash(entry.canonicalizedBody), path, checkpoint.rootHash);
  const cosigned = [];
  for (const key of keys) if (await isCosignedBy(checkpoint, key)) cosigned.push(key);
  const distinct = countWitnesses(cosigned);
  if (!(distinct >= threshold))
    fail("WITNESS_MISSING", `the checkpoint has cosignatures from ${distinct} of ${threshold} required witnesses`);
  return { treeSize: checkpoint.size, witnesses: cosigned.map(({ name }) => name) };
}
async function compareStatement(statement, claims) {
  if (provenanceVersion(statement.predicateType) === void 0) return [];
  const { compareProvenance } = await import("./core-verify-steps-provenance.mjs");
  const provenance = readProvenance(statement);
  return provenance === void 0 ? [] : compareProvenance(provenance, claims);
}
function predicateStep({ content: { provenance = "compare" } }, checks, now) {
  const judged = remember(
    (signature) => Promise.all(
      checks.map(
        ({ name, expected, judge }) => check(
          { name, expected },
          { signature },
          (basis) => judge(statementOf(basis.signature), now),
          (found) => found
        )
      )
    )
  );
  const comparedWith = remember(
    async ({ claims }) => remember((statement) => compare(statement, claims))
  );
  return async (content, signer) => {
    const statement = content?.kind === "dsse-envelope" ? content.statement : void 0;
    const criteria = (await judged(statement ?? content?.kind)).flatMap((checked) => checked.criteria);
    const isProvenance = statement !== void 0 && provenanceVersion(statement.predicateType) !== void 0;
    if (provenance === "ignore" || !isProvenance || signer?.kind !== "identity") return criteria;
    const compared = await comparedWith(signer.identity);
    return [...await compared(statement), ...criteria];
  };
}
async function compare(statement, claims) {
  const { criteria, proven } = await check(
    { name: "provenance", expected: "the values of the certificate" },
    {},
    () => compareStatement(statement, claims),
    (compared) => `the same ${compared.join(", ")}`
  );
  return proven?.length === 0 ? [] : criteria;
}
function statementOf(signature) {
  return typeof signature === "object" ? signature : fail("PREDICATE_TYPE_MISMATCH", "the signature is over the artifact itself, and not a statement");
}
function namesSigner(token, certificate) {
  const { identifier } = token.signer;
  if (identifier.kind === "key") {
    const { subjectKeyIdentifier } = certificate;
    return subjectKeyIdentifier !== void 0 && equalBytes(identifier.subjectKeyIdentifier, subjectKeyIdentifier);
  }
  return equalBytes(identifier.issuer, certificate.issuer) && equalBytes(identifier.serialNumber, certificate.serialNumber);
}
async function verifyTimestamp(token, stamped, chain) {
  const [leaf] = chain;
  if (leaf === void 0 || !namesSigner(token, leaf))
    fail("TIMESTAMP_UNTRUSTED", "the timestamp was signed by a different authority");
  if (!equalDigests(token.imprint, digest(token.imprint.algorithm, stamped))) {
    fail("TIMESTAMP_MISMATCH", "the timestamp is for a different signature");
  }
  checkCertificates(token, leaf);
  checkAttributes(token, leaf);
  await verifyPath(leaf, chain.slice(1), [token.time], oids.timeStamping);
  checkPurpose(leaf);
  await checkSignature(token.signer, leaf);
  return token.time;
}
function checkCertificates(token, leaf) {
  if (token.certificates.length > 0 && !token.certificates.some((certificate) => equalBytes(certificate, leaf.der))) {
    fail("TIMESTAMP_UNTRUSTED", "the timestamp contains the certificate of a different authority");
  }
}
function checkAttributes(token, leaf) {
  const { signer } = token;
  if (signer.contentType !== oids2.timestampInfo)
    fail("TIMESTAMP_INVALID", `the signed content type ${signer.contentType} is not a timestamp`);
  if (!equalBytes(signer.messageDigest, digest(signer.digestAlgorithm, token.info).bytes)) {
    fail("TIMESTAMP_INVALID", "the signed message digest does not match the timestamp information");
  }
  const { certificateDigest } = signer;
  if (certificateDigest && !equalDigests(certificateDigest, digest(certificateDigest.algorithm, leaf.der))) {
    fail("TIMESTAMP_UNTRUSTED", "the timestamp is bound to a different certificate");
  }
}
function checkPurpose(leaf) {
  const purposes = leaf.extendedKeyUsage ?? [];
  if (purposes.length !== 1 || !leaf.extensions.get(oids.extendedKeyUsage)?.critical) {
    fail(
      "CERTIFICATE_PURPOSE",
      "the extended key usage of the timestamp authority's certificate is not limited to timestamping"
    );
  }
}
async function checkSignature(signer, leaf) {
  const { signatureAlgorithm, digestAlgorithm } = signer;
  const named = "hash" in signatureAlgorithm ? signatureAlgorithm.hash : void 0;
  if (named !== void 0 && named !== digestAlgorithm) {
    fail("TIMESTAMP_INVALID", "the signature algorithm of the timestamp does not match its digest algorithm");
  }
  const { signature, signedAttributes } = signer;
  if (!await verifyWithAlgorithm(signatureAlgorithm, leaf.publicKey, signature, signedAttributes, digestAlgorithm)) {
    fail("TIMESTAMP_INVALID", "the signature of the timestamp is invalid");
  }
}
var clockSkewMilliseconds = 6e4;
function isFuture(time, now) {
  return !(time.getTime() <= now.getTime() + clockSkewMilliseconds);
}
function timesStep(bundle, trust, { thresholds }, now) {
  const step = remember(
    (_) => check(
      {
        name: "time",
        expected: atLeast(thresholds.timestamps, "trusted timestamp", "trusted timestamps")
      },
      {},
      () => verifyTimes(bundle, trust, thresholds.timestamps, now),
      (found) => found.map(({ time }) => time.toISOString()).join(", ") || "none"
    )
  );
  return () => step(void 0);
}
async function verifyTimes(bundle, trust, needed, now) {
  const times = [];
  const { signature } = bundle.content;
  const isLogged = bundle.logEntries.some(({ signedEntryTimestamp }) => signedEntryTimestamp !== void 0);
  for (const timestamp of bundle.timestamps) times.push(await timestampedAt(timestamp, signature, trust, isLogged));
  for (const entry of bundle.logEntries) {
    const { signedEntryTimestamp } = entry;
    if (signedEntryTimestamp !== void 0) times.push(await integratedAt(entry, signedEntryTimestamp, trust));
  }
  for (const { time } of times) checkPast(time, now);
  const sources = countKeys(times.map(keyOf));
  if (!(sources >= needed)) {
    fail("TIMESTAMP_MISSING", `the signature has trusted times from ${sources} of ${needed} required sources`);
  }
  checkRepeats(times);
  return times;
}
function keyOf(time) {
  return time.kind === "log" ? time.source.publicKey : time.source.chain[0].publicKey;
}
function checkRepeats(times) {
  const timestamps = times.filter(({ kind }) => kind === "timestamp-authority");
  const repeat = findRepeat(timestamps, (one) => `${keyText(keyOf(one))} ${one.time.getTime()}`);
  if (repeat !== void 0)
    fail(
      "TIMESTAMP_INVALID",
      `the bundle contains the timestamp of ${repeat.time.toISOString()} from ${nameOf(repeat)} twice`,
      {
        remedy: "Ask the publisher for a bundle without the repeated timestamp."
      }
    );
}
function nameOf(time) {
  return time.kind === "log" ? time.source.baseUrl : time.source.uri || "an authority without a URI";
}
async function timestampedAt(timestamp, signature, trust, isLogged) {
  const token = readTimestampResponse(timestamp);
  const source = trust.timestampAuthorities.find(
    ({ chain: [leaf], validFor }) => namesSigner(token, leaf) && covers(validFor, token.time)
  );
  if (source === void 0) {
    const when = token.time.toISOString();
    fail(
      "TIMESTAMP_UNTRUSTED",
      `the timestamp was not signed by a timestamp authority of the trusted root that was valid at ${when}`,
      {
        remedy: `Use a trusted root that contains this authority, such as a newer one.${isLogged ? " Or ask the publisher for a bundle without the timestamp; the time in the log entry is enough." : ""}`
      }
    );
  }
  return { kind: "timestamp-authority", time: await verifyTimestamp(token, signature, source.chain), source };
}
async function integratedAt(entry, signature, trust) {
  const source = findLog(entry, trust);
  if (isRekorV2(entry)) fail("LOG_ENTRY_INVALID", "the log entry is of Rekor v2 but has a signed entry timestamp");
  return { kind: "log", time: await verifySignedEntryTimestamp(entry, signature, source.publicKey), source };
}
function checkPast(time, now) {
  if (isFuture(time, now)) {
    fail(
      "TIMESTAMP_INVALID",
      `the timestamp ${time.toISOString()} is in the future; the clock of this machine shows ${now.toISOString()}`,
      { remedy: "Check the clock of this machine." }
    );
  }
}
function transparencyStep(trust, { signer: { kind }, thresholds }, now, claimed) {
  if (kind === "key") return async () => ({ criteria: [], proven: [] });
  const needed = thresholds.signedCertificateTimestamps;
  const sctsOf = remember((path) => verifySCTs(path, trust, needed));
  for (const path of claimed?.paths ?? []) sctsOf(path);
  return remember(
    (signer) => check(
      {
        name: "certificate-transparency",
        expected: atLeast(needed, "certificate transparency log", "certificate transparency logs")
      },
      { certificate: claimed?.paths.find(({ issuer }) => signer?.kind === "certificate" && issuer === signer.issuer) },
      async ({ certificate }) => {
        const scts = await sctsOf(certificate);
        checkNotInFuture(scts, now);
        return scts;
      },
      (found) => found.map(({ log }) => log.baseUrl).join(", ") || "none"
    )
  );
}
async function verifySCTs({ certificate, issuer }, trust, needed) {
  const verified = [];
  const timestamps = readSignedCertificateTimestamps(certificate).map((sct) => ({
    sct,
    log: certificateLogOf(sct, trust)
  }));
  for (const { sct, log } of timestamps) {
    if (log === void 0) continue;
    if (!covers(log.validFor, sct.timestamp)) {
      fail(
        "SCT_INVALID",
        `the certificate transparency log ${log.baseUrl} was not trusted at ${sct.timestamp.toISOString()}, when it logged the certificate`
      );
    }
    if (!await verifySignedCertificateTimestamp(sct, certificate, issuer, log.publicKey)) {
      fail("SCT_INVALID", `the signed certificate timestamp of the log ${log.baseUrl} is invalid`);
    }
    verified.push({ log, timestamp: sct.timestamp });
  }
  const logs = countKeys(verified.map(({ log }) => log.publicKey));
  if (!(logs >= needed))
    fail(
      "SCT_MISSING",
      `the certificate has trusted timestamps from ${logs} of ${needed} required certificate transparency logs`
    );
  const repeat = findRepeat(timestamps, ({ sct, log }) => log ? keyText(log.publicKey) : encodeHex(sct.logId));
  if (repeat !== void 0)
    fail(
      "SCT_INVALID",
      `the certificate has two signed certificate timestamps of the log ${repeat.log?.baseUrl ?? encodeHex(repeat.sct.logId)}`
    );
  return verified;
}
function certificateLogOf({ logId }, trust) {
  return trust.certificateTransparencyLogs.find(({ keyId }) => equalBytes(keyId, logId));
}
function checkNotInFuture(timestamps, now) {
  for (const { log, timestamp } of timestamps) {
    if (isFuture(timestamp, now)) {
      fail(
        "SCT_INVALID",
        `the signed certificate timestamp ${timestamp.toISOString()} of the log ${log.baseUrl} is in the future; the clock of this machine shows ${now.toISOString()}`,
        {
          remedy: "Check the clock of this machine."
        }
      );
    }
  }
}
async function verify(bundle, artifact, trust, policy, now) {
  const { verdict, failure } = await examine(bundle, artifact, trust, policy, now);
  if (failure !== void 0) throw failure;
  return verdict;
}
function examine(bundle, artifact, trust, policy, now) {
  return examiner(bundle, trust, policy, now)(artifact);
}
function examiner(bundle, trust, policy, now) {
  let stepsFor;
  return async (artifact) => {
    checkPolicy(policy);
    stepsFor ??= prepare(bundle, trust, policy, now, await predicateChecks(policy.content.predicate ?? []));
    const step = stepsFor(artifact);
    const times = await step.times();
    const signer = await step.signer(times.proven);
    const transparency = await step.transparency(signer.proven);
    const identity = await step.identity(signer.proven);
    const content = await step.content(signer.proven);
    const log = await step.log(signer.proven, times.proven);
    const predicate = await step.predicate(content.proven, identity.proven);
    const proofs = [times, signer, transparency, identity, content, log].flatMap((checked) => checked.criteria);
    const criteria = [...proofs, ...predicate, ...await step.age(identity.proven)];
    return conclude(criteria, {
      signer: identity.proven,
      times: times.proven,
      signedCertificateTimestamps: transparency.proven,
      logEntries: log.proven,
      content: content.proven
    });
  };
}
function prepare(bundle, trust, policy, now, checks) {
  const claimed = claimedSigner(bundle, trust, policy);
  const shared = {
    times: timesStep(bundle, trust, policy, now),
    signer: signerStep(bundle, trust, policy, claimed),
    transparency: transparencyStep(trust, policy, now, claimed),
    identity: identityStep(policy),
    age: ageStep(policy, now),
    predicate: predicateStep(policy, checks, now)
  };
  const content = contentStep(bundle, policy, claimed);
  const log = logStep(bundle, trust, policy);
  return (artifact) => ({ ...shared, content: content(artifact), log: log(artifact) });
}
export {
  artifactOfDigest,
  artifactOfRelease,
  canonicalBody,
  check,
  checkExpectation,
  checkNotInFuture,
  checkPolicy,
  checkTexts,
  compareStatement,
  conclude,
  criterionNames,
  demandMembers,
  encodeHashAlgorithm,
  examine,
  examiner,
  findSubject,
  hashedRekordV1,
  isSigned,
  list2 as list,
  matchIdentity,
  matchPredicateType,
  maxPredicateValues,
  maxSubjects,
  mayHaveIssued,
  meetsAddress,
  namesSigner,
  noVerdict,
  predicateChecks,
  predicateStep,
  readProvenance,
  readStatement,
  readTimestampResponse,
  statedList,
  statedText,
  statementPayloadType,
  verifierPem,
  verify,
  verifyCertificate,
  verifySCTs,
  writeStatement
};
