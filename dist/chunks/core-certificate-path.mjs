import { acceptsNoIssuer, covers, oids, readCertificate, verifyWithAlgorithm } from "./core-certificate-certificate.mjs";
import { equalBytes, utf8 } from "./core-encoding-json.mjs";
import { CountersignError, attempt, fail, reading } from "./core-errors-reference.mjs";
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
  "log"
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
  const nameOf = (index) => index < chain.length ? `certificate ${index + 1} of the authority` : `intermediate certificate ${index - chain.length + 1} of the bundle`;
  let problem;
  const reached = /* @__PURE__ */ new Set();
  const paths = [{ certificate: leaf, name: "the leaf certificate", issuers: [] }];
  for (const { certificate, name, issuers } of paths) {
    const candidates = [...authorities.entries()].filter(
      ([, issuer]) => !reached.has(issuer) && equalBytes(certificate.issuer, issuer.subject)
    );
    if (candidates.length === 0)
      problem = new CountersignError("CERTIFICATE_UNTRUSTED", `${name} was issued by another authority`);
    for (const [index, issuer] of candidates) {
      try {
        await checkIssued(certificate, issuer, name);
        checkCertificate(issuer, times, nameOf(index));
        checkAuthority(issuer, issuers.length, purpose, nameOf(index));
      } catch (cause) {
        problem = cause;
        continue;
      }
      const [first = issuer, ...others] = [...issuers, issuer];
      if (issuer === root) return [first, ...others];
      reached.add(issuer);
      paths.push({ certificate: issuer, name: nameOf(index), issuers: [first, ...others] });
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
  return others.flatMap((der) => attempt(() => readCertificate(der)) ?? []);
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
function readLeaf(der) {
  if (latest === void 0 || !equalBytes(latest.der, der))
    latest = readCertificate(der.slice(), "the signer's certificate");
  return latest;
}
async function verifyCertificate(der, trust, times, sandbox) {
  return verifyLeaf(readLeaf(der), trust, times, sandbox);
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

import { canonicalJson } from "./core-encoding-der.mjs";

import { equalDigests, formatDigest, isHashAlgorithm, toDigest } from "./node-regular-file.mjs";

import { decodeHex, encodeHex } from "./core-encoding-json.mjs";

import { asList, asObject, asText, parseJsonMembers } from "./core-encoding-json.mjs";

var statementPayloadType = "application/vnd.in-toto+json";
var statementType = "https://in-toto.io/Statement/v1";
var olderStatementType = "https://in-toto.io/Statement/v0.1";
var maxSubjects = 1024;
var maxDigests = 32;
var maxLength = 17 * 1024 * 1024;
var maxValues = 1e5;
var maxPredicateValues = 5e5;
function readStatement(payload) {
  return reading("STATEMENT_INVALID", "the statement", () => {
    const parsed = parseJsonMembers(payload, ["_type", "subject", "predicateType"], { maxLength, maxValues });
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
    const parsed = parseJsonMembers(payload, ["predicate"], { maxLength, maxValues: maxPredicateValues });
    return object(parsed?.members.predicate, "predicate");
  });
}
function readSubject(subject, index) {
  const place = `subject[${index}].digest`;
  const digests = Object.entries(object(subject.digest, place));
  if (digests.length === 0 || digests.length > maxDigests)
    fail("STATEMENT_INVALID", `${place} has ${digests.length} digests; between 1 and ${maxDigests} are allowed`);
  return {
    name: asText(subject.name) ?? "",
    digests: digests.flatMap(
      ([algorithm, hex]) => isHashAlgorithm(algorithm) ? [readDigest(algorithm, text(hex, `${place}.${algorithm}`))] : []
    )
  };
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
    const shared = known.flatMap((digest) => {
      const stated = subject.digests.find(({ algorithm }) => algorithm === digest.algorithm);
      return stated === void 0 ? [] : [{ digest, isSame: equalDigests(stated, digest) }];
    });
    const [strongest] = shared;
    if (strongest !== void 0 && shared.every(({ isSame }) => isSame)) return { subject, digest: strongest.digest };
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
export {
  atLeast,
  check,
  claimedSigner,
  criterionNames,
  findSubject,
  maxSubjects,
  readStatement,
  remember,
  signerStep,
  statementPayloadType,
  verifyCertificate,
  verifyPath,
  writeStatement
};
