import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  canonicalJson,
  preAuthenticationEncoding
} from "./chunk-22HLDQSG.mjs";
import {
  covers,
  describeExpectation,
  digest,
  equalDigests,
  formatDigest,
  isHashAlgorithm,
  meets,
  oids,
  readCertificate,
  readPublicKey,
  readRsaNumbers,
  readSignatureAlgorithm,
  signingHashes,
  toDigest,
  verifyDigestSignature,
  verifySignature,
  verifyWithAlgorithm
} from "./chunk-UYWXTOMP.mjs";
import {
  decodeHex,
  decodePem,
  der,
  encodeHex,
  encodePem
} from "./chunk-3B3H6NZJ.mjs";
import {
  DerReader,
  contextTag,
  readDer,
  readSequence,
  sha256,
  tags
} from "./chunk-HQS2C6LB.mjs";
import {
  ProtoField,
  decodeBase64,
  encodeBase64
} from "./chunk-Y54HXCFX.mjs";
import {
  parseJson
} from "./chunk-4Z2FOAEY.mjs";
import {
  concatBytes,
  decodeUtf8,
  equalBytes,
  isWellFormed,
  readUint,
  uintBytes,
  utf8
} from "./chunk-E6Z6BNYX.mjs";
import {
  CountersignError,
  fail,
  reading
} from "./chunk-4KXGZMC2.mjs";
import {
  __callDispose,
  __using
} from "./chunk-ON453OIK.mjs";

// src/core/statement/statement.ts
var statementPayloadType = "application/vnd.in-toto+json";
var statementType = "https://in-toto.io/Statement/v1";
var olderStatementType = "https://in-toto.io/Statement/v0.1";
var maxSubjects = 1024;
var maxDigests = 32;
function readStatement(payload) {
  return reading("STATEMENT_INVALID", "the statement", () => {
    const statement = object(parseJson(payload), "it");
    const type = text(statement._type, "_type");
    if (type !== statementType && type !== olderStatementType)
      fail("STATEMENT_INVALID", `it is of the type ${JSON.stringify(type)}`);
    const subjects = list(statement.subject, "subject");
    if (subjects.length === 0 || subjects.length > maxSubjects)
      fail("STATEMENT_INVALID", `it has ${subjects.length} subjects`);
    const predicate = statement.predicate;
    return {
      subjects: subjects.map((subject, index) => readSubject(object(subject, `subject[${index}]`), index)),
      predicateType: text(statement.predicateType, "predicateType"),
      predicate: predicate === void 0 || predicate === null ? {} : object(predicate, "predicate")
    };
  });
}
function readSubject(subject, index) {
  const place = `subject[${index}].digest`;
  const digests = Object.entries(object(subject.digest, place));
  if (digests.length === 0 || digests.length > maxDigests)
    fail("STATEMENT_INVALID", `${place} has ${digests.length} members`);
  return {
    name: typeof subject.name === "string" ? subject.name : "",
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
    const shared = known.filter(({ algorithm }) => subject.digests.some((one) => one.algorithm === algorithm));
    const [strongest] = shared;
    const isArtifact = shared.every(
      (digest2) => subject.digests.some((one) => formatDigest(one) === formatDigest(digest2))
    );
    if (strongest !== void 0 && isArtifact) return { subject, digest: strongest };
  }
  return fail(
    "ARTIFACT_MISMATCH",
    `the statement is about ${statement.subjects.length} artifacts; ${artifact.map(formatDigest).join(", ")} is none of them`
  );
}
function object(value, place) {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    fail("STATEMENT_INVALID", `${place} is not an object`);
  return value;
}
function list(value, place) {
  return Array.isArray(value) ? value : fail("STATEMENT_INVALID", `${place} is not a list`);
}
function text(value, place) {
  return typeof value === "string" && value !== "" ? value : fail("STATEMENT_INVALID", `${place} is missing`);
}

// src/core/bundle/shape.ts
var certificate = { rawBytes: true };
var logEntry = {
  logIndex: true,
  logId: { keyId: true },
  kindVersion: { kind: true, version: true },
  integratedTime: true,
  inclusionPromise: { signedEntryTimestamp: true },
  inclusionProof: { logIndex: true, rootHash: true, treeSize: true, hashes: true, checkpoint: { envelope: true } },
  canonicalizedBody: true
};
var bundleShape = {
  mediaType: true,
  verificationMaterial: {
    certificate,
    x509CertificateChain: { certificates: certificate },
    publicKey: { hint: true },
    tlogEntries: logEntry,
    timestampVerificationData: { rfc3161Timestamps: { signedTimestamp: true } }
  },
  messageSignature: { messageDigest: { algorithm: true, digest: true }, signature: true },
  dsseEnvelope: { payload: true, payloadType: true, signatures: { sig: true, keyid: true } }
};

// src/core/bundle/read-bundle.ts
var versions = /* @__PURE__ */ new Map([
  ["application/vnd.dev.sigstore.bundle+json;version=0.1", "0.1"],
  ["application/vnd.dev.sigstore.bundle+json;version=0.2", "0.2"],
  ["application/vnd.dev.sigstore.bundle+json;version=0.3", "0.3"],
  ["application/vnd.dev.sigstore.bundle.v0.3+json", "0.3"]
]);
var maxLength = 16 * 1024 * 1024;
var maxLogEntries = 32;
var maxTimestamps = 32;
var maxProofHashes = 64;
var maxEnvelopeSignatures = 32;
var maxChainLength = 8;
var hashAlgorithms = { HASH_ALGORITHM_UNSPECIFIED: 0, SHA2_256: 1, SHA2_384: 2, SHA2_512: 3 };
var hashNames = {
  SHA2_256: "sha256",
  SHA2_384: "sha384",
  SHA2_512: "sha512"
};
function readBundle(json) {
  const bundle = ProtoField.parse(json, "BUNDLE_INVALID", "bundle", { maxLength });
  const mediaType = bundle.field("mediaType").text();
  const version = versions.get(mediaType) ?? fail("BUNDLE_UNSUPPORTED", `a bundle of the media type ${JSON.stringify(mediaType.slice(0, 100))}`);
  bundle.demandShape(bundleShape);
  const material = bundle.field("verificationMaterial");
  const logEntries = material.field("tlogEntries").list(maxLogEntries);
  return {
    mediaType,
    version,
    signer: readSigner(material, version),
    logEntries: logEntries.map((entry) => readBundledEntry(entry, version)),
    timestamps: material.field("timestampVerificationData").field("rfc3161Timestamps").list(maxTimestamps).map((timestamp) => timestamp.field("signedTimestamp").data()),
    content: readContent(bundle)
  };
}
function readSigner(material, version) {
  const kinds = ["certificate", "x509CertificateChain", "publicKey"].filter((kind2) => material.field(kind2).present);
  const [kind] = kinds;
  if (kind === void 0 || kinds.length > 1)
    return material.fail("does not hold exactly one of certificate, chain and key");
  const field = material.field(kind);
  if (kind === "publicKey") return { kind: "public-key", hint: field.field("hint").string() };
  if (kind === "certificate") return { kind: "certificate", certificate: field.field("rawBytes").data() };
  if (version === "0.3") fail("BUNDLE_UNSUPPORTED", `${field.path} is not read in a bundle of version 0.3`);
  return { kind: "certificate", certificate: readChain(field.field("certificates")) };
}
function readChain(field) {
  const [first, ...others] = field.list(maxChainLength);
  if (first === void 0) return field.fail("is empty");
  for (const other of others) {
    const { issuer, subject } = readCertificate(other.field("rawBytes").data(), other.path);
    if (equalBytes(issuer, subject)) other.fail("is a root certificate, which a bundle must not bring");
  }
  return first.field("rawBytes").data();
}
function readBundledEntry(field, version) {
  const entry = readLogEntry(field);
  if (version === "0.1" && entry.signedEntryTimestamp === void 0) field.field("inclusionPromise").fail("is missing");
  if (version !== "0.1" && entry.inclusionProof === void 0) field.field("inclusionProof").fail("is missing");
  return entry;
}
function readContent(bundle) {
  const envelope = bundle.field("dsseEnvelope");
  const message = bundle.field("messageSignature");
  if (envelope.present && message.present) bundle.fail("has two contents");
  return envelope.present ? readEnvelope(envelope) : readMessageSignature(message);
}
function readMessageSignature(message) {
  const messageDigest = message.field("messageDigest");
  return {
    kind: "message-signature",
    messageDigest: messageDigest.present ? readDigest2(messageDigest) : void 0,
    signature: message.field("signature").data()
  };
}
function readEnvelope(envelope) {
  const [signature, ...others] = envelope.field("signatures").list(maxEnvelopeSignatures);
  if (signature === void 0 || others.length > 0)
    return envelope.field("signatures").fail("does not hold exactly one signature");
  signature.field("keyid").string();
  return {
    kind: "dsse-envelope",
    payloadType: envelope.field("payloadType").text(),
    payload: envelope.field("payload").data(),
    signature: signature.field("sig").data()
  };
}
function readDigest2(field) {
  const name = field.field("algorithm");
  const algorithm = hashNames[name.enum(hashAlgorithms) ?? ""] ?? name.fail("is not SHA2_256, SHA2_384 or SHA2_512");
  return reading("BUNDLE_INVALID", field.path, () => toDigest(algorithm, field.field("digest").data()));
}
function readLogEntry(entry) {
  const proof = entry.field("inclusionProof");
  const promise = entry.field("inclusionPromise");
  return {
    logIndex: entry.field("logIndex").uint64(),
    logKeyId: entry.field("logId").field("keyId").data(),
    kind: entry.field("kindVersion").field("kind").text(),
    version: entry.field("kindVersion").field("version").text(),
    integratedTime: entry.field("integratedTime").uint64(),
    signedEntryTimestamp: promise.present ? promise.field("signedEntryTimestamp").data() : void 0,
    inclusionProof: proof.present ? readInclusion(proof) : void 0,
    canonicalizedBody: entry.field("canonicalizedBody").data()
  };
}
function readInclusion(proof) {
  return {
    logIndex: proof.field("logIndex").uint64(),
    rootHash: proof.field("rootHash").data(),
    treeSize: proof.field("treeSize").uint64(),
    hashes: proof.field("hashes").list(maxProofHashes).map((hash2) => hash2.data()),
    checkpoint: proof.field("checkpoint").field("envelope").text()
  };
}

// src/core/verify/artifact.ts
function artifactOfDigest(...digests) {
  return { digests };
}
function digestOf(artifact, algorithm) {
  return artifact.digests.find((one) => one.algorithm === algorithm) ?? fail("DIGEST_UNAVAILABLE", `the ${algorithm} digest of the artifact is needed; known is ${describe(artifact)}`, {
    remedy: `Give the artifact itself, or its ${algorithm} digest.`
  });
}
function describe({ digests }) {
  return digests.map(formatDigest).join(", ");
}

// src/core/log/signed-note.ts
var maxLength2 = 1024 * 1024;
var maxSignatures = 100;
var forbidden = /[\u0000-\u0009\u000b-\u001f\u007f\ufffd]/;
var signatureLine = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/u;
function readSignedNote(note) {
  if (note.length > maxLength2) fail("LIMIT_EXCEEDED", `a note of ${note.length} characters`);
  if (forbidden.test(note) || !isWellFormed(note)) fail("CHECKPOINT_INVALID", "a note with control characters");
  const split = note.lastIndexOf("\n\n");
  if (split === -1 || !note.endsWith("\n") || note.length === split + 2)
    fail("CHECKPOINT_INVALID", "a note without signatures");
  const lines = note.slice(split + 2, -1).split("\n");
  if (lines.length > maxSignatures) fail("LIMIT_EXCEEDED", `a note with ${lines.length} signatures`);
  return { text: note.slice(0, split + 1), signatures: lines.map(readSignatureLine) };
}
function readSignatureLine(line) {
  const [, name = "", encoded2 = ""] = signatureLine.exec(line) ?? fail("CHECKPOINT_INVALID", "a note with a malformed signature line");
  const bytes = reading("CHECKPOINT_INVALID", `the signature of ${name}`, () => decodeBase64(encoded2));
  if (bytes.length < 5) fail("CHECKPOINT_INVALID", `the signature of ${name} is too short`);
  return { name, keyHint: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}
function signedBytes(note) {
  return utf8(note.text);
}

// src/core/log/cosignature.ts
var cosignatureType = 4;
function readWitnessKey(text2) {
  const [, name = "", hint = "", encoded2 = ""] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text2) ?? fail("KEY_INVALID", "a witness key is written <name>+<8 hexadecimal digits>+<base64>");
  const bytes = reading("KEY_INVALID", `the key of ${name}`, () => decodeBase64(encoded2));
  if (bytes[0] !== cosignatureType)
    fail("KEY_UNSUPPORTED", `the key of ${name} is not one for cosignatures by Ed25519`);
  const keyHint = sha256(concatBytes(utf8(`${name}
`), bytes)).subarray(0, 4);
  if (!equalBytes(keyHint, decodeHex(hint))) fail("KEY_INVALID", `the key of ${name} does not have the id ${hint}`);
  const spki = der.sequence(der.sequence(der.oid("1.3.101.112")), der.bitString(bytes.subarray(1)));
  return { name, keyHint, publicKey: readPublicKey(spki) };
}
async function isCosignedBy(checkpoint, witness) {
  const lines = checkpoint.note.signatures.filter(
    (line) => line.name === witness.name && equalBytes(line.keyHint, witness.keyHint)
  );
  for (const { signature } of lines) {
    const time = readUint(signature.subarray(0, 8));
    const text2 = concatBytes(utf8(`cosignature/v1
time ${time}
`), signedBytes(checkpoint.note));
    if (!await verifySignature(witness.publicKey, signature.subarray(8), text2, "sha512"))
      fail("CHECKPOINT_INVALID", `the cosignature of ${witness.name} does not verify`);
  }
  return lines.length > 0;
}

// src/core/certificate/fulcio-extensions.ts
var fulcioExtensionArcs = {
  issuer: 8,
  buildSignerUri: 9,
  buildSignerDigest: 10,
  runnerEnvironment: 11,
  sourceRepositoryUri: 12,
  sourceRepositoryDigest: 13,
  sourceRepositoryRef: 14,
  sourceRepositoryIdentifier: 15,
  sourceRepositoryOwnerUri: 16,
  sourceRepositoryOwnerIdentifier: 17,
  buildConfigUri: 18,
  buildConfigDigest: 19,
  buildTrigger: 20,
  runInvocationUri: 21,
  sourceRepositoryVisibility: 22,
  deploymentEnvironment: 23,
  tokenSubject: 24
};
var arc = "1.3.6.1.4.1.57264.1";
function readFulcioClaims(certificate2) {
  const claims = {};
  for (const [claim, number] of Object.entries(fulcioExtensionArcs)) {
    const oid = `${arc}.${number}`;
    const extension = certificate2.extensions.get(oid);
    if (extension === void 0) continue;
    claims[claim] = reading(
      "CERTIFICATE_INVALID",
      `the extension ${oid}`,
      () => readDer(extension.value, (der2) => der2.utf8String())
    );
  }
  const rawIssuer = certificate2.extensions.get(`${arc}.1`);
  if (rawIssuer !== void 0) {
    const issuer = decodeUtf8(rawIssuer.value) ?? fail("CERTIFICATE_INVALID", `the extension ${arc}.1 is not UTF-8`);
    if (claims.issuer !== void 0 && claims.issuer !== issuer)
      fail("CERTIFICATE_INVALID", "the certificate names two issuers");
    claims.issuer = issuer;
  }
  return claims;
}

// src/core/policy/check-policy.ts
var policyMembers = {
  signer: true,
  content: true,
  thresholds: true,
  witnesses: true,
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
var contentMembers = { predicateType: true, subjectName: true };
var thresholdMembers = {
  signedCertificateTimestamps: true,
  logEntries: true,
  timestamps: true
};
var witnessMembers = { keys: true, threshold: true };
var expectationMembers = { kind: true, value: true };
function checkPolicy(policy) {
  demandMembers(policy, policyMembers, "a policy");
  checkSigner(policy.signer);
  const { content, thresholds, sandbox } = policy;
  demandMembers(content, contentMembers, "a policy of content");
  for (const expectation of Object.values(content)) if (expectation !== void 0) checkExpectation(expectation);
  demandMembers(thresholds, thresholdMembers, "a policy of thresholds");
  for (const [name, threshold] of Object.entries(thresholds)) checkThreshold(threshold, `the threshold ${name}`);
  checkWitnesses(policy.witnesses);
  if (sandbox !== "refuse" && sandbox !== "accept")
    fail("POLICY_INVALID", "the sandbox is neither refused nor accepted");
}
function checkSigner(signer) {
  demandObject(signer, "a policy of a signer");
  if (signer.kind === "key") {
    demandMembers(signer, keyMembers, "a policy of a key");
    demandObject(signer.publicKey, "the key of a policy");
    return;
  }
  demandMembers(signer, identityMembers, "a policy of an identity");
  for (const one of [signer.identity, signer.issuer]) if (one !== "any") checkExpectation(one);
  for (const expectation of list2(signer.claims, "the expected claims")) checkClaim(expectation);
}
function checkClaim(expectation) {
  demandMembers(expectation, claimMembers, "a policy of a claim");
  const { claim, expected, refused = [] } = expectation;
  if (!isClaim(claim)) fail("POLICY_INVALID", `no certificate has a claim ${JSON.stringify(claim)}`);
  const expectations = [...list2(expected, `what ${claim} may be`), ...list2(refused, `what ${claim} must not be`)];
  if (expectations.length === 0) fail("POLICY_INVALID", `nothing is expected of the claim ${claim}`);
  for (const one of expectations) checkExpectation(one);
}
function isClaim(name) {
  return Object.hasOwn(fulcioExtensionArcs, name);
}
function checkExpectation(expectation) {
  demandMembers(expectation, expectationMembers, "an expectation");
  const { kind, value } = expectation;
  if (!["exact", "path", "glob"].includes(kind))
    fail("POLICY_INVALID", `an expectation of the kind ${JSON.stringify(kind)}`);
  if (typeof value !== "string" || value === "") fail("POLICY_INVALID", "an expectation is empty");
}
function checkWitnesses(witnesses) {
  demandMembers(witnesses, witnessMembers, "a policy of witnesses");
  const { keys, threshold } = witnesses;
  checkThreshold(threshold, "the threshold of witnesses");
  for (const key of list2(keys, "the keys of witnesses")) demandObject(key, "the key of a witness");
  const names = new Set(keys.map(({ name }) => name)).size;
  if (threshold > names) fail("POLICY_INVALID", `${threshold} witnesses are asked for, and ${names} are known`);
}
function checkThreshold(threshold, what) {
  if (!Number.isSafeInteger(threshold) || threshold < 0) fail("POLICY_INVALID", `${what} is not a whole number`);
}
function list2(items, what) {
  return Array.isArray(items) ? items : fail("POLICY_INVALID", `${what}: not a list`);
}
function demandObject(object2, what) {
  if (typeof object2 !== "object" || object2 === null) fail("POLICY_INVALID", `${what} is not an object`);
}
function demandMembers(object2, members, what) {
  demandObject(object2, what);
  for (const name of Object.keys(object2)) {
    if (!Object.hasOwn(members, name)) fail("POLICY_INVALID", `${what} has no ${JSON.stringify(name)}`);
  }
}

// src/core/verify/criterion.ts
var criterionNames = [
  "time",
  "certificate",
  "certificate-transparency",
  "issuer",
  "identity",
  "claim",
  "key",
  "signature",
  "predicate-type",
  "subject-name",
  "log"
];
var Examination = class {
  #criteria = [];
  /** In the order of their names, whichever was done first. */
  get criteria() {
    return this.#criteria.toSorted((a, b) => criterionNames.indexOf(a.name) - criterionNames.indexOf(b.name));
  }
  /** The first failure, in the order of the criteria. */
  get failure() {
    return this.criteria.find(({ failure }) => failure !== void 0)?.failure;
  }
  /**
   * One criterion.
   *
   * @param basis what it builds on; with a part of it missing, nothing is checked
   * @param check gives what was proven, or throws
   * @param found what to say of it
   * @returns what was proven, or `undefined`
   */
  async run(criterion, basis, check, found) {
    const { name, about, expected } = criterion;
    const missing = Object.entries(basis).find(([, part]) => part === void 0);
    if (missing !== void 0) {
      this.#criteria.push({
        name,
        about,
        expected,
        outcome: "not-checked",
        found: `no ${missing[0]}`,
        failure: void 0
      });
      return void 0;
    }
    try {
      const proven = await check(basis);
      this.#criteria.push({ name, about, expected, outcome: "pass", found: found(proven), failure: void 0 });
      return proven;
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      this.#criteria.push({ name, about, expected, outcome: "fail", found: error.message, failure: error });
      return void 0;
    }
  }
};

// src/core/log/signed-entry-timestamp.ts
async function verifySignedEntryTimestamp(entry, signature, logKey) {
  const { integratedTime, logIndex } = entry;
  if (integratedTime <= 0n || integratedTime > 253402300799n) {
    fail("LOG_ENTRY_INVALID", `the log entry's time is ${integratedTime}`);
  }
  if (logIndex > BigInt(Number.MAX_SAFE_INTEGER)) fail("LOG_ENTRY_INVALID", `the log entry's index is ${logIndex}`);
  const payload = canonicalJson({
    body: encodeBase64(entry.canonicalizedBody),
    integratedTime: Number(integratedTime),
    logID: encodeHex(entry.logKeyId),
    logIndex: Number(logIndex)
  });
  if (!await verifySignature(logKey, signature, utf8(payload), "sha256")) {
    fail("LOG_ENTRY_INVALID", "the log's signed entry timestamp does not verify");
  }
  return new Date(Number(integratedTime) * 1e3);
}

// src/core/certificate/path.ts
var understood = /* @__PURE__ */ new Set([
  oids.keyUsage,
  oids.subjectAlternativeName,
  oids.basicConstraints,
  oids.extendedKeyUsage
]);
async function verifyPath(leaf, chain, times, purpose) {
  const path = [leaf, ...chain];
  if (times.length === 0) fail("TIMESTAMP_MISSING", "no time at which the certificate was used is proven");
  if (chain.length === 0) fail("CERTIFICATE_UNTRUSTED", "the authority has no certificates");
  for (const [depth, certificate2] of path.entries()) {
    const name = depth === 0 ? "the leaf certificate" : `the authority's certificate ${depth}`;
    for (const time of times) checkValidity(certificate2, time, name);
    checkExtensions(certificate2, name);
    if (depth === 0) checkLeaf(certificate2, purpose);
    else checkAuthority(certificate2, depth - 1, purpose, name);
    const issuer = path[depth + 1];
    if (issuer !== void 0) await checkIssued(certificate2, issuer, name);
  }
}
function checkValidity(certificate2, time, name) {
  if (time < certificate2.notBefore || time > certificate2.notAfter) {
    const window = `${certificate2.notBefore.toISOString()} to ${certificate2.notAfter.toISOString()}`;
    fail("CERTIFICATE_OUTSIDE_VALIDITY", `${name} is valid from ${window}, and was used at ${time.toISOString()}`);
  }
}
function checkExtensions(certificate2, name) {
  for (const { oid, critical } of certificate2.extensions.values()) {
    if (oid === oids.precertificatePoison) fail("CERTIFICATE_UNTRUSTED", `${name} is a precertificate`);
    if (critical && !understood.has(oid))
      fail("CERTIFICATE_UNTRUSTED", `${name} has the critical extension ${oid}, which is not understood`);
  }
}
function checkLeaf(leaf, purpose) {
  if (leaf.basicConstraints?.isAuthority) fail("CERTIFICATE_PURPOSE", "the leaf certificate is an authority");
  if (!leaf.keyUsage?.has("digitalSignature"))
    fail("CERTIFICATE_PURPOSE", "the leaf certificate is not for signatures");
  if (!leaf.extendedKeyUsage?.includes(purpose))
    fail("CERTIFICATE_PURPOSE", `the leaf certificate is not for the purpose ${purpose}`);
}
function checkAuthority(certificate2, authoritiesBelow, purpose, name) {
  const { basicConstraints, keyUsage, extendedKeyUsage } = certificate2;
  if (!basicConstraints?.isAuthority) fail("CERTIFICATE_UNTRUSTED", `${name} is not an authority's`);
  if (keyUsage !== void 0 && !keyUsage.has("keyCertSign"))
    fail("CERTIFICATE_UNTRUSTED", `${name} may not issue certificates`);
  if (basicConstraints.pathLength !== void 0 && authoritiesBelow > basicConstraints.pathLength) {
    fail(
      "CERTIFICATE_UNTRUSTED",
      `${name} allows ${basicConstraints.pathLength} authorities below it; there are ${authoritiesBelow}`
    );
  }
  if (extendedKeyUsage !== void 0 && !extendedKeyUsage.some((allowed) => allowed === purpose || allowed === oids.anyExtendedKeyUsage)) {
    fail("CERTIFICATE_PURPOSE", `${name} is not for the purpose ${purpose}`);
  }
}
var signed = /* @__PURE__ */ new WeakMap();
function isSigned(certificate2, issuer) {
  const known = signed.get(certificate2) ?? /* @__PURE__ */ new WeakMap();
  signed.set(certificate2, known);
  const { signatureAlgorithm, signature, tbs } = certificate2;
  const result = known.get(issuer) ?? verifyWithAlgorithm(signatureAlgorithm, issuer.publicKey, signature, tbs);
  known.set(issuer, result);
  result.catch(() => known.delete(issuer));
  return result;
}
function anticipateSignature(certificate2, issuer) {
  void isSigned(certificate2, issuer);
}
async function checkIssued(certificate2, issuer, name) {
  if (!equalBytes(certificate2.issuer, issuer.subject)) fail("CERTIFICATE_UNTRUSTED", `${name} names another issuer`);
  const { authorityKeyIdentifier } = certificate2;
  const { subjectKeyIdentifier } = issuer;
  if (authorityKeyIdentifier && subjectKeyIdentifier && !equalBytes(authorityKeyIdentifier, subjectKeyIdentifier)) {
    fail("CERTIFICATE_UNTRUSTED", `${name} names another key of its issuer`);
  }
  if (!await isSigned(certificate2, issuer)) fail("CERTIFICATE_UNTRUSTED", `${name} was not signed by its issuer`);
}

// src/core/timestamp/oids.ts
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

// src/core/timestamp/verify-timestamp.ts
function namesSigner(token, certificate2) {
  const { identifier } = token.signer;
  if (identifier.kind === "key") {
    const { subjectKeyIdentifier } = certificate2;
    return subjectKeyIdentifier !== void 0 && equalBytes(identifier.subjectKeyIdentifier, subjectKeyIdentifier);
  }
  return equalBytes(identifier.issuer, certificate2.issuer) && equalBytes(identifier.serialNumber, certificate2.serialNumber);
}
async function verifyTimestamp(token, stamped, chain) {
  const [leaf] = chain;
  if (leaf === void 0 || !namesSigner(token, leaf))
    fail("TIMESTAMP_UNTRUSTED", "the timestamp was signed by another authority");
  if (!equalDigests(token.imprint, digest(token.imprint.algorithm, stamped))) {
    fail("TIMESTAMP_MISMATCH", "the timestamp is over another signature");
  }
  checkCertificates(token, leaf);
  checkAttributes(token, leaf);
  await verifyPath(leaf, chain.slice(1), [token.time], oids.timeStamping);
  checkPurpose(leaf);
  await checkSignature(token.signer, leaf);
  return token.time;
}
function checkCertificates(token, leaf) {
  if (token.certificates.length > 0 && !token.certificates.some((certificate2) => equalBytes(certificate2, leaf.der))) {
    fail("TIMESTAMP_UNTRUSTED", "the timestamp brings the certificate of another authority");
  }
}
function checkAttributes(token, leaf) {
  const { signer } = token;
  if (signer.contentType !== oids2.timestampInfo)
    fail("TIMESTAMP_INVALID", `the signed content type is ${signer.contentType}`);
  if (!equalBytes(signer.messageDigest, digest(signer.digestAlgorithm, token.info).bytes)) {
    fail("TIMESTAMP_INVALID", "the signed digest is not that of the timestamp");
  }
  const { certificateDigest } = signer;
  if (certificateDigest && !equalDigests(certificateDigest, digest(certificateDigest.algorithm, leaf.der))) {
    fail("TIMESTAMP_UNTRUSTED", "the timestamp is bound to another certificate");
  }
}
function checkPurpose(leaf) {
  const purposes = leaf.extendedKeyUsage ?? [];
  if (purposes.length !== 1 || !leaf.extensions.get(oids.extendedKeyUsage)?.critical) {
    fail("CERTIFICATE_PURPOSE", "the timestamp authority's certificate is not for timestamps alone");
  }
}
async function checkSignature(signer, leaf) {
  const { signatureAlgorithm, digestAlgorithm } = signer;
  const named = "hash" in signatureAlgorithm ? signatureAlgorithm.hash : void 0;
  if (named !== void 0 && named !== digestAlgorithm) {
    fail("TIMESTAMP_INVALID", "the timestamp is signed with another hash than it states");
  }
  const { signature, signedAttributes } = signer;
  if (!await verifyWithAlgorithm(signatureAlgorithm, leaf.publicKey, signature, signedAttributes, digestAlgorithm)) {
    fail("TIMESTAMP_INVALID", "the signature of the timestamp does not verify");
  }
}

// src/core/timestamp/algorithm.ts
function readHashAlgorithm(reader) {
  const algorithm = reader.sequence();
  const oid = algorithm.oid();
  if (algorithm.nextTag === tags.null) algorithm.null();
  algorithm.end();
  for (const [name, known] of Object.entries(hashOids)) if (known === oid) return name;
  return fail("TIMESTAMP_INVALID", `the hash algorithm ${oid} is not one of SHA-256, SHA-384, SHA-512`);
}
function encodeHashAlgorithm(algorithm) {
  return der.sequence(der.oid(hashOids[algorithm]));
}

// src/core/timestamp/token.ts
var maxLength3 = 64 * 1024;
var granted = /* @__PURE__ */ new Set([0n, 1n]);
var maxCertificates = 16;
function readTimestampResponse(bytes) {
  if (bytes.length > maxLength3) fail("LIMIT_EXCEEDED", `a timestamp of ${bytes.length} bytes`);
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
      if (content.oid() !== oids2.signedData) fail("TIMESTAMP_INVALID", "the token is not signed data");
      const signedData = content.element(contextTag(0, "constructed")).contents;
      content.end();
      return readSequence(signedData, readSignedData);
    })
  );
}
function readSignedData(signedData) {
  if (signedData.unsigned() !== 3n) fail("TIMESTAMP_INVALID", "signed data of another version than 3");
  const digestAlgorithms = signedData.set();
  while (!digestAlgorithms.done) digestAlgorithms.any();
  const encapsulated = signedData.sequence();
  if (encapsulated.oid() !== oids2.timestampInfo) fail("TIMESTAMP_INVALID", "the signed data is not a timestamp");
  const info = readDer(encapsulated.element(contextTag(0, "constructed")).contents, (der2) => der2.octetString());
  encapsulated.end();
  const certificates = readCertificates(signedData.optional(contextTag(0, "constructed"))?.contents);
  signedData.optional(contextTag(1, "constructed"));
  const signers = signedData.set();
  const signer = readSigner2(signers.sequence());
  signers.end();
  signedData.end();
  return { info, ...readInfo(info), signer, certificates };
}
function readCertificates(set) {
  const reader = new DerReader(set ?? new Uint8Array());
  const certificates = [];
  while (!reader.done) {
    if (certificates.length === maxCertificates)
      fail("LIMIT_EXCEEDED", `more than ${maxCertificates} certificates in a timestamp`);
    certificates.push(reader.element(tags.sequence).der);
  }
  return certificates;
}
function readInfo(info) {
  return readSequence(info, (reader) => {
    if (reader.unsigned() !== 1n) fail("TIMESTAMP_INVALID", "a timestamp of another version than 1");
    reader.oid();
    const messageImprint = reader.sequence();
    const imprint = toDigest(readHashAlgorithm(messageImprint), messageImprint.octetString());
    messageImprint.end();
    reader.integerBytes();
    const time = reader.generalizedTime();
    reader.optional(tags.sequence);
    if (reader.nextTag === tags.boolean && !reader.boolean()) fail("DER_INVALID", "a FALSE written out");
    const nonce = reader.nextTag === tags.integer ? reader.integerBytes() : void 0;
    reader.optional(contextTag(0, "constructed"));
    if (reader.optional(contextTag(1, "constructed")))
      fail("TIMESTAMP_INVALID", "a timestamp with extensions, which are not understood");
    return { imprint, time, nonce };
  });
}
function readSigner2(signer) {
  const version = signer.unsigned();
  const identifier = readSignerIdentifier(signer);
  if (version !== (identifier.kind === "key" ? 3n : 1n)) fail("TIMESTAMP_INVALID", `a signer of version ${version}`);
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
    if (values.has(oid)) fail("TIMESTAMP_INVALID", `the signed attribute ${oid} is there twice`);
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

// src/core/log/rekor-v1.ts
function verifierPem(certificate2) {
  return encodePem("CERTIFICATE", certificate2);
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

// src/core/log/rekor-v2.ts
var hashAlgorithmNames = {
  sha256: "SHA2_256",
  sha384: "SHA2_384",
  sha512: "SHA2_512"
};
function hashAlgorithmOf(field) {
  const name = field.string();
  for (const [algorithm, known] of Object.entries(hashAlgorithmNames)) {
    if (known === name) return algorithm;
  }
  return field.fail("is not SHA2_256, SHA2_384 or SHA2_512");
}
function keyDetailsNames(key) {
  switch (key.kind) {
    case "ecdsa-p256":
      return ["PKIX_ECDSA_P256_SHA_256"];
    case "ecdsa-p384":
      return ["PKIX_ECDSA_P384_SHA_384"];
    case "ecdsa-p521":
      return ["PKIX_ECDSA_P521_SHA_512"];
    case "ed25519":
      return ["PKIX_ED25519_PH"];
    case "rsa": {
      const { bits } = readRsaNumbers(key.raw);
      return [`PKIX_RSA_PKCS1V15_${bits}_SHA256`, `PKIX_RSA_PSS_${bits}_SHA256`];
    }
  }
}
function hashedRekordV2({ digest: digest2, signature, ...verifier }) {
  return {
    apiVersion: "0.0.2",
    kind: "hashedrekord",
    spec: {
      hashedRekordV002: {
        data: { algorithm: hashAlgorithmNames[digest2.algorithm], digest: encodeBase64(digest2.bytes) },
        signature: { content: encodeBase64(signature), verifier: verifierJson(verifier) }
      }
    }
  };
}
function dsseV2({ payloadHash, signature, ...verifier }) {
  const { algorithm, bytes } = payloadHash;
  return {
    apiVersion: "0.0.2",
    kind: "dsse",
    spec: {
      dsseV002: {
        payloadHash: { algorithm: hashAlgorithmNames[algorithm], digest: encodeBase64(bytes) },
        signatures: [{ content: encodeBase64(signature), verifier: verifierJson(verifier) }]
      }
    }
  };
}
function verifierJson({ keyDetails, verifier, rawBytes }) {
  return { keyDetails, [verifier]: { rawBytes: encodeBase64(rawBytes) } };
}

// src/core/verify/entry-body.ts
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
    fail("LOG_ENTRY_INVALID", `a log entry of the kind ${JSON.stringify(kind.slice(0, 100))}, which is not read`);
  }
  const body = ProtoField.parse(entry.canonicalizedBody, "LOG_ENTRY_INVALID", "the log entry");
  if (!make(body, logged).some((expected) => equalBytes(expected, entry.canonicalizedBody))) {
    fail("LOG_ENTRY_MISMATCH", "the log entry is about another artifact, signature or signer");
  }
}
function hashedRekordV1Bodies(body, { content, artifact, signer }) {
  const { signature } = content;
  const spec = body.field("spec");
  const algorithm = spec.field("data").field("hash").field("algorithm");
  const name = algorithm.string();
  if (!isHashAlgorithm(name)) return algorithm.fail("is not a hash of SHA-2");
  const signed2 = content.kind === "message-signature" ? digestOf(artifact, name) : digest(name, encoded(content));
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
  return content.kind === "dsse-envelope" ? content : fail("LOG_ENTRY_MISMATCH", "the log entry is about an envelope, and the bundle holds none");
}
function encoded({ payloadType, payload }) {
  return preAuthenticationEncoding(payloadType, payload);
}
function verifierOf(signer) {
  return signer.kind === "certificate" ? { verifier: "x509Certificate", rawBytes: signer.certificate.der } : { verifier: "publicKey", rawBytes: signer.publicKey.spki };
}
function submittedVerifier(field, signer) {
  const pem = decodeUtf8(field.data()) ?? field.fail("is not text");
  const label = signer.kind === "certificate" ? "CERTIFICATE" : "PUBLIC KEY";
  const { rawBytes } = verifierOf(signer);
  const blocks = reading("LOG_ENTRY_MISMATCH", "the log entry's signer", () => decodePem(label, pem));
  if (blocks.length !== 1 || !blocks.every((block) => equalBytes(block, rawBytes))) {
    fail("LOG_ENTRY_MISMATCH", "the log entry is about another signer");
  }
  return pem;
}
function hexDigest(field) {
  const text2 = field.string();
  return /^[0-9a-f]{64}$/.test(text2) ? text2 : field.fail("is not a SHA-256 digest");
}

// src/core/verify/find-log.ts
function findLog({ logKeyId }, { transparencyLogs }) {
  const log = transparencyLogs.find(({ keyId }) => equalBytes(keyId, logKeyId));
  return log ?? fail("LOG_UNKNOWN", "the log of the entry is not in the trusted root");
}

// src/core/verify/establish-times.ts
var clockSkewMilliseconds = 6e4;
async function establishTimes(bundle, trust, needed, now) {
  const times = [];
  for (const timestamp of bundle.timestamps) {
    times.push(await timestampedAt(timestamp, bundle.content.signature, trust));
  }
  for (const entry of bundle.logEntries) {
    const { signedEntryTimestamp } = entry;
    if (signedEntryTimestamp !== void 0) times.push(await integratedAt(entry, signedEntryTimestamp, trust));
  }
  for (const { time } of times) checkNotInFuture(time, now);
  const sources = new Set(times.map(({ source }) => source)).size;
  if (!(sources >= needed)) {
    fail("TIMESTAMP_MISSING", `${sources} authorities vouch for the time of the signature; ${needed} must`);
  }
  return times;
}
async function timestampedAt(timestamp, signature, trust) {
  const token = readTimestampResponse(timestamp);
  const source = trust.timestampAuthorities.find(
    ({ chain: [leaf], validFor }) => leaf !== void 0 && namesSigner(token, leaf) && covers(validFor, token.time)
  );
  if (source === void 0) {
    const when = token.time.toISOString();
    fail(
      "TIMESTAMP_UNTRUSTED",
      `no timestamp authority of the trusted root was valid at ${when} and signed this timestamp`
    );
  }
  return { kind: "timestamp-authority", time: await verifyTimestamp(token, signature, source.chain), source };
}
async function integratedAt(entry, signature, trust) {
  const source = findLog(entry, trust);
  if (isRekorV2(entry)) fail("LOG_ENTRY_INVALID", "an entry of Rekor v2 with a signed entry timestamp");
  return { kind: "log", time: await verifySignedEntryTimestamp(entry, signature, source.publicKey), source };
}
function checkNotInFuture(time, now) {
  if (!(time.getTime() <= now.getTime() + clockSkewMilliseconds)) {
    fail(
      "TIMESTAMP_INVALID",
      `the timestamp is from the future: ${time.toISOString()}; it is ${now.toISOString()} here`
    );
  }
}

// src/core/verify/match-content.ts
function matchPredicateType(content, expected) {
  const found = content.kind === "dsse-envelope" ? content.statement.predicateType : void 0;
  if (found === void 0 || !meets(expected, found)) {
    const is = found === void 0 ? "the signature is over the artifact itself" : `the statement is of the type ${JSON.stringify(found)}`;
    fail("PREDICATE_TYPE_MISMATCH", `${is}; ${JSON.stringify(describeExpectation(expected))} was expected`);
  }
}
function matchSubjectName(content, expected) {
  const found = content.kind === "dsse-envelope" ? content.subject.name : void 0;
  if (found === void 0 || !meets(expected, found)) {
    const is = found === void 0 ? "the signature names no subject" : `the subject is named ${JSON.stringify(found)}`;
    fail("SUBJECT_NAME_MISMATCH", `${is}; ${JSON.stringify(describeExpectation(expected))} was expected`);
  }
}

// src/core/verify/match-identity.ts
function readIdentity(certificate2) {
  const claims = readFulcioClaims(certificate2);
  const [name, ...others] = certificate2.subjectAlternativeNames;
  if (name === void 0 || name.kind === "unknown" || others.length > 0) {
    fail("CERTIFICATE_INVALID", "the certificate does not name exactly one identity");
  }
  const { issuer } = claims;
  if (issuer === void 0) fail("CERTIFICATE_INVALID", "the certificate does not say who issued the identity");
  return { subjectAlternativeName: name.value, issuer, claims };
}
function matchIssuer({ issuer }, { issuer: expected }) {
  if (expected !== "any") demand([expected], issuer, "ISSUER_MISMATCH", "the identity was issued by");
}
function matchName({ subjectAlternativeName }, { identity: expected }) {
  if (expected !== "any") demand([expected], subjectAlternativeName, "IDENTITY_MISMATCH", "signed by");
}
function matchClaim({ claims }, expectation) {
  const { claim, expected, refused = [] } = expectation;
  const found = claims[claim];
  if (found === void 0)
    fail("CLAIM_MISMATCH", `the certificate does not say its ${claim}; ${describeClaim(expectation)} was expected`);
  if (expected.length > 0) demand(expected, found, "CLAIM_MISMATCH", `the certificate's ${claim} is`);
  if (refused.some((one) => meets(one, found))) {
    fail("CLAIM_MISMATCH", `the certificate's ${claim} is ${JSON.stringify(found)}, which is refused`);
  }
}
function matchIdentity(certificate2, policy) {
  const identity = readIdentity(certificate2);
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
function demand(expected, found, code, what) {
  if (!expected.some((one) => meets(one, found))) {
    fail(code, `${what} ${JSON.stringify(found)}; ${JSON.stringify(describeAll(expected))} was expected`);
  }
}

// src/core/verify/verify-certificate.ts
function verifyCertificate(der2, trust, times, sandbox) {
  return beginVerifying(der2, trust).verify(times, sandbox);
}
function beginVerifying(der2, trust) {
  try {
    const certificate2 = readCertificate(der2, "the signer's certificate");
    for (const issuer of issuersOf(certificate2, trust)) anticipateSignature(certificate2, issuer);
    return { verify: (times, sandbox) => verifyRead(certificate2, trust, times, sandbox) };
  } catch (error) {
    return { verify: () => Promise.reject(error) };
  }
}
function issuersOf({ issuer }, { certificateAuthorities }) {
  return certificateAuthorities.map(({ chain: [first] }) => first).filter((first) => first !== void 0).filter(({ subject }) => equalBytes(subject, issuer));
}
async function verifyRead(certificate2, trust, times, sandbox) {
  let problem;
  for (const authority of trust.certificateAuthorities) {
    const [issuer] = authority.chain;
    if (issuer === void 0 || !equalBytes(issuer.subject, certificate2.issuer)) continue;
    try {
      checkWindow(authority, times);
      await verifyPath(certificate2, authority.chain, times, oids.codeSigning);
      checkSandbox(authority, sandbox);
      return { certificate: certificate2, issuer, authority };
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      problem = error;
    }
  }
  throw problem ?? new CountersignError("CERTIFICATE_UNTRUSTED", "no authority of the trusted root issued the certificate");
}
function checkWindow(authority, times) {
  for (const time of times) {
    if (!covers(authority.validFor, time)) {
      fail("CERTIFICATE_UNTRUSTED", `the authority ${authority.uri} was not trusted at ${time.toISOString()}`);
    }
  }
}
function checkSandbox(authority, sandbox) {
  if (sandbox !== "accept" && authority.chain.some(({ extensions }) => extensions.has(oids.sandboxMarker))) {
    fail("CERTIFICATE_SANDBOX", "the certificate was issued by a sandbox, for trying things out", {
      remedy: "Sign against a real instance, or say that you are working with the sandbox."
    });
  }
}

// src/core/verify/verify-content.ts
function verifyContent({ content }, artifact, publicKey) {
  return content.kind === "message-signature" ? verifyMessageSignature(content, artifact, publicKey) : verifyEnvelope(content, artifact, publicKey);
}
async function verifyMessageSignature({ messageDigest, signature }, artifact, publicKey) {
  if (messageDigest !== void 0 && !equalDigests(messageDigest, digestOf(artifact, messageDigest.algorithm))) {
    fail(
      "ARTIFACT_MISMATCH",
      `the bundle is for an artifact ${formatDigest(messageDigest)}; this one is ${describe(artifact)}`
    );
  }
  for (const algorithm of candidates(messageDigest, publicKey)) {
    const known = artifact.digests.find((one) => one.algorithm === algorithm);
    if (known !== void 0 && await isOver(known, publicKey, signature, artifact))
      return { kind: "message-signature", digest: known };
  }
  const [first] = artifact.digests;
  if (first !== void 0 && await isPure(publicKey, signature, artifact))
    return { kind: "message-signature", digest: first };
  const [wanted] = candidates(messageDigest, publicKey);
  digestOf(artifact, wanted);
  return fail("SIGNATURE_INVALID", `the signature is not one over ${describe(artifact)} by the signer's key`);
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
async function verifyEnvelope({ payloadType, payload, signature }, artifact, publicKey) {
  if (!await isSigned2(publicKey, signature, preAuthenticationEncoding(payloadType, payload))) {
    fail("SIGNATURE_INVALID", "the signature is not one over the envelope by the signer's key");
  }
  if (payloadType !== statementPayloadType) {
    fail(
      "BUNDLE_UNSUPPORTED",
      `an envelope of the type ${JSON.stringify(payloadType.slice(0, 100))}; only in-toto statements are read`
    );
  }
  const statement = readStatement(payload);
  const { subject, digest: digest2 } = findSubject(statement, artifact.digests);
  return { kind: "dsse-envelope", digest: digest2, statement, subject };
}
async function isSigned2(key, signature, encoded2) {
  for (const hash2 of signingHashes(key)) if (await verifySignature(key, signature, encoded2, hash2)) return true;
  return false;
}

// src/core/log/merkle.ts
var leafPrefix = new Uint8Array([0]);
var nodePrefix = new Uint8Array([1]);
function leafHash(entry) {
  return sha256.create().update(leafPrefix).update(entry).digest();
}
function nodeHash(left, right) {
  return sha256.create().update(nodePrefix).update(left).update(right).digest();
}
function verifyInclusion(leaf, proof, root) {
  const { index, size, hashes } = proof;
  if (index < 0n || index >= size) fail("INCLUSION_PROOF_INVALID", `index ${index} in a tree of ${size}`);
  const inner = bitLength(index ^ size - 1n);
  const border = onesOf(index >> BigInt(inner));
  if (hashes.length !== inner + border) {
    fail(
      "INCLUSION_PROOF_INVALID",
      `a proof of ${hashes.length} hashes, where index ${index} in a tree of ${size} needs ${inner + border}`
    );
  }
  let hash2 = leaf;
  for (const [level, sibling] of hashes.entries()) {
    if (sibling.length !== 32) fail("INCLUSION_PROOF_INVALID", `a hash of ${sibling.length} bytes`);
    const isRight = level >= inner || (index >> BigInt(level) & 1n) === 1n;
    hash2 = isRight ? nodeHash(sibling, hash2) : nodeHash(hash2, sibling);
  }
  if (!equalBytes(hash2, root))
    fail("INCLUSION_PROOF_INVALID", "the proof leads to another root than the checkpoint has");
}
function bitLength(value) {
  return value === 0n ? 0 : value.toString(2).length;
}
function onesOf(value) {
  let ones = 0;
  for (let rest = value; rest > 0n; rest >>= 1n) ones += Number(rest & 1n);
  return ones;
}

// src/core/log/checkpoint.ts
function readCheckpoint(envelope) {
  const note = readSignedNote(envelope);
  const [origin = "", size = "", root = "", ...extensions] = note.text.slice(0, -1).split("\n");
  if (origin === "") fail("CHECKPOINT_INVALID", "a checkpoint without an origin");
  if (!/^(?:0|[1-9]\d{0,18})$/.test(size))
    fail("CHECKPOINT_INVALID", "a checkpoint whose second line is not a tree size");
  const rootHash = reading("CHECKPOINT_INVALID", "the root hash of the checkpoint", () => decodeBase64(root));
  if (rootHash.length !== 32) fail("CHECKPOINT_INVALID", `a root hash of ${rootHash.length} bytes`);
  if (extensions.includes("")) fail("CHECKPOINT_INVALID", "a checkpoint with an empty line");
  return { origin, size: BigInt(size), rootHash, note };
}
async function verifyCheckpoint(checkpoint, key) {
  const [host = ""] = key.names;
  const name = key.names.find((candidate) => isOriginOf(checkpoint.origin, candidate));
  if (name === void 0) {
    fail(
      "CHECKPOINT_INVALID",
      `the checkpoint's origin is ${JSON.stringify(checkpoint.origin)}; the log's is ${JSON.stringify(host)}`
    );
  }
  const hint = key.keyId.subarray(0, 4);
  const lines = checkpoint.note.signatures.filter((line) => line.name === name && equalBytes(line.keyHint, hint));
  if (lines.length === 0) fail("CHECKPOINT_INVALID", `the checkpoint is not signed by ${name}`);
  const bytes = signedBytes(checkpoint.note);
  for (const line of lines) {
    if (!await verifySignature(key.publicKey, line.signature, bytes, "sha256", ["pkcs1"])) {
      fail("CHECKPOINT_INVALID", `the checkpoint's signature by ${name} does not verify`);
    }
  }
}
function isOriginOf(origin, name) {
  return origin === name || origin.startsWith(`${name} - `) && /^\d+$/.test(origin.slice(name.length + 3));
}

// src/core/verify/verify-log-entries.ts
async function verifyLogEntries({ logEntries, version }, logged, trust, times, { thresholds, witnesses }) {
  const verified = [];
  for (const entry of logEntries) {
    checkEntryBody(entry, logged);
    if (entry.inclusionProof === void 0 && version !== "0.1")
      fail("LOG_ENTRY_INVALID", `the log entry has no proof, which a bundle of version ${version} needs`);
    verified.push(await verifyIncluded(entry, trust, times, witnesses));
  }
  const logs = new Set(verified.map(({ log }) => log)).size;
  if (!(logs >= thresholds.logEntries))
    fail("LOG_ENTRY_MISSING", `${logs} trusted transparency logs hold the signature; ${thresholds.logEntries} must`);
  return verified;
}
async function verifyIncluded(entry, trust, times, witnesses) {
  const log = findLog(entry, trust);
  for (const time of times) {
    if (!covers(log.validFor, time))
      fail("LOG_UNKNOWN", `the log ${log.baseUrl} was not trusted at ${time.toISOString()}`);
  }
  const { inclusionProof, logIndex } = entry;
  if (inclusionProof === void 0) {
    if (entry.signedEntryTimestamp === void 0) {
      fail("LOG_ENTRY_INVALID", "the log entry has neither a proof nor a promise");
    }
    if (witnesses.threshold > 0)
      fail("WITNESS_MISSING", "the log entry has no checkpoint that witnesses could have cosigned");
    return { log, logIndex, treeSize: void 0, witnesses: [] };
  }
  return { log, logIndex, ...await verifyProof(entry, inclusionProof, log, witnesses) };
}
async function verifyProof(entry, { checkpoint: envelope, ...proof }, log, { keys, threshold }) {
  const checkpoint = readCheckpoint(envelope);
  await verifyCheckpoint(checkpoint, log.checkpointKey);
  if (proof.treeSize !== checkpoint.size || !equalBytes(proof.rootHash, checkpoint.rootHash)) {
    fail("INCLUSION_PROOF_INVALID", "the inclusion proof is for another tree than the checkpoint");
  }
  if (isRekorV2(entry) && entry.logIndex !== proof.logIndex) {
    fail("INCLUSION_PROOF_INVALID", "the inclusion proof is for another index than the entry");
  }
  const path = { index: proof.logIndex, size: checkpoint.size, hashes: proof.hashes };
  verifyInclusion(leafHash(entry.canonicalizedBody), path, checkpoint.rootHash);
  const witnesses = [];
  for (const key of keys) if (await isCosignedBy(checkpoint, key)) witnesses.push(key.name);
  const distinct = new Set(witnesses).size;
  if (!(distinct >= threshold))
    fail("WITNESS_MISSING", `${distinct} witnesses cosigned the checkpoint; ${threshold} must have`);
  return { treeSize: checkpoint.size, witnesses };
}

// src/core/certificate/signed-certificate-timestamp.ts
var maxTimestamps2 = 32;
var sha256Code = 4;
var algorithmKinds = { 1: "rsa", 3: "ecdsa" };
function readSignedCertificateTimestamps(certificate2) {
  const extension = certificate2.extensions.get(oids.signedCertificateTimestamps);
  if (extension === void 0) return [];
  return reading("SCT_INVALID", "the list of signed certificate timestamps", () => {
    const list3 = new TlsReader(readDer(extension.value, (reader) => reader.octetString()));
    const items = new TlsReader(list3.vector(2));
    list3.end();
    const timestamps = [];
    while (!items.done) {
      if (timestamps.length === maxTimestamps2)
        fail("LIMIT_EXCEEDED", `more than ${maxTimestamps2} signed certificate timestamps`);
      timestamps.push(readTimestamp(items.vector(2)));
    }
    return timestamps;
  });
}
function readTimestamp(bytes) {
  const reader = new TlsReader(bytes);
  const [version] = reader.take(1);
  if (version !== 0) fail("SCT_INVALID", `a signed certificate timestamp of version ${version}`);
  const logId = reader.take(32);
  const milliseconds = readUint(reader.take(8));
  const extensions = reader.vector(2);
  const [hash2, code = 0] = reader.take(2);
  const algorithm = hash2 === sha256Code ? algorithmKinds[code] : void 0;
  if (algorithm === void 0) fail("SCT_INVALID", `a signed certificate timestamp with the algorithm ${hash2}/${code}`);
  const signature = reader.vector(2);
  reader.end();
  if (milliseconds > 8640000000000000n) fail("SCT_INVALID", "a signed certificate timestamp out of all time");
  return { logId, milliseconds, timestamp: new Date(Number(milliseconds)), extensions, signature, algorithm };
}
function verifySignedCertificateTimestamp(timestamp, certificate2, issuer, logKey) {
  const family = logKey.kind === "rsa" || logKey.kind === "ed25519" ? logKey.kind : "ecdsa";
  if (family !== timestamp.algorithm) return Promise.resolve(false);
  const tbs = precertificateTbs(certificate2);
  const signed2 = concatBytes(
    uintBytes(0, 1),
    // version 1
    uintBytes(0, 1),
    // certificate_timestamp
    uintBytes(timestamp.milliseconds, 8),
    uintBytes(1, 2),
    // precert_entry
    sha256(issuer.publicKey.spki),
    uintBytes(tbs.length, 3),
    tbs,
    uintBytes(timestamp.extensions.length, 2),
    timestamp.extensions
  );
  return verifySignature(logKey, timestamp.signature, signed2, "sha256", ["pkcs1"]);
}
function precertificateTbs(certificate2) {
  const extensionsTag = contextTag(3, "constructed");
  const fields = new DerReader(readDer(certificate2.tbs, (reader) => reader.element(tags.sequence).contents));
  const kept = [];
  while (!fields.done) {
    const field = fields.any();
    if (field.tag !== extensionsTag) {
      kept.push(field.der);
      continue;
    }
    const extensions = new DerReader(readDer(field.contents, (reader) => reader.element(tags.sequence).contents));
    const others = [];
    while (!extensions.done) {
      const extension = extensions.element(tags.sequence);
      const oid = new DerReader(extension.contents).oid();
      if (oid !== oids.signedCertificateTimestamps) others.push(extension.der);
    }
    if (others.length > 0) kept.push(der.context(3, der.sequence(...others)));
  }
  return der.sequence(...kept);
}
var TlsReader = class {
  #bytes;
  #offset = 0;
  constructor(bytes) {
    this.#bytes = bytes;
  }
  get done() {
    return this.#offset === this.#bytes.length;
  }
  take(length) {
    const end = this.#offset + length;
    if (end > this.#bytes.length) fail("SCT_INVALID", `it ends ${end - this.#bytes.length} bytes too early`);
    const bytes = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return bytes;
  }
  vector(lengthBytes) {
    return this.take(Number(readUint(this.take(lengthBytes))));
  }
  end() {
    if (!this.done) fail("SCT_INVALID", `${this.#bytes.length - this.#offset} bytes too many`);
  }
};

// src/core/verify/verify-scts.ts
async function verifySCTs({ certificate: certificate2, issuer }, trust, needed) {
  const verified = [];
  for (const sct of readSignedCertificateTimestamps(certificate2)) {
    const log = trust.certificateTransparencyLogs.find(({ keyId }) => equalBytes(keyId, sct.logId));
    if (log === void 0) continue;
    if (!covers(log.validFor, sct.timestamp)) {
      fail(
        "SCT_INVALID",
        `the log ${log.baseUrl} was not trusted at ${sct.timestamp.toISOString()}, when it saw the certificate`
      );
    }
    if (!await verifySignedCertificateTimestamp(sct, certificate2, issuer, log.publicKey)) {
      fail("SCT_INVALID", `the certificate's timestamp by the log ${log.baseUrl} does not verify`);
    }
    verified.push({ log, timestamp: sct.timestamp });
  }
  const logs = new Set(verified.map(({ log }) => log)).size;
  if (!(logs >= needed))
    fail("SCT_MISSING", `${logs} trusted certificate transparency logs saw the certificate; ${needed} must have`);
  return verified;
}

// src/core/verify/verify.ts
async function verify(bundle, artifact, trust, policy, now) {
  const { result } = await examine(bundle, artifact, trust, policy, now);
  if ("failure" in result) throw result.failure;
  return result.verdict;
}
async function examine(bundle, artifact, trust, policy, now) {
  checkPolicy(policy);
  const examination = new Examination();
  const leaf = beginLeaf(bundle, trust, policy);
  const times = await examineTimes(examination, bundle, trust, policy, now);
  const moments = times?.map(({ time }) => time);
  const { signer, vouched } = policy.signer.kind === "key" ? await examineKey(examination, bundle, policy.signer.publicKey) : await examineCertificate(examination, leaf, trust, policy, policy.signer, moments);
  const [{ verified, scts }, content, logEntries] = await Promise.all([
    vouched(),
    examineContent(examination, bundle, artifact, policy, signer),
    examineLogEntries(examination, bundle, artifact, trust, policy, signer, moments)
  ]);
  const { criteria, failure } = examination;
  if (failure === void 0 && times && verified && scts && content && logEntries) {
    const verdict = { signer: verified, times, signedCertificateTimestamps: scts, logEntries, content };
    return { criteria, result: { verdict } };
  }
  return {
    criteria,
    result: { failure: failure ?? new CountersignError("BUNDLE_INVALID", "not everything was checked") }
  };
}
function beginLeaf({ signer }, trust, policy) {
  const isWanted = signer.kind === "certificate" && policy.signer.kind === "identity";
  return isWanted ? beginVerifying(signer.certificate, trust) : void 0;
}
function examineTimes(examination, bundle, trust, { thresholds }, now) {
  return examination.run(
    { name: "time", expected: `said by at least ${thresholds.timestamps}` },
    {},
    () => establishTimes(bundle, trust, thresholds.timestamps, now),
    (found) => found.map(({ time }) => time.toISOString()).join(", ") || "none"
  );
}
async function examineKey(examination, bundle, publicKey) {
  const signer = await examination.run(
    { name: "key", expected: `the ${publicKey.kind} key that was given` },
    {},
    () => {
      if (bundle.signer.kind !== "public-key")
        fail("KEY_MISMATCH", "the bundle was signed with a certificate; the key that was given was expected");
      return { kind: "key", publicKey };
    },
    () => publicKey.kind
  );
  return { signer, vouched: async () => ({ verified: signer, scts: [] }) };
}
async function examineCertificate(examination, leaf, trust, { thresholds, sandbox }, policy, moments) {
  const path = await examination.run(
    { name: "certificate", expected: "of a trusted authority, valid when it was used, for signing code" },
    { time: moments },
    ({ time }) => {
      if (leaf === void 0)
        fail("IDENTITY_MISMATCH", "the bundle was signed with a key that is kept; a certificate was expected");
      return leaf.verify(time, sandbox);
    },
    ({ authority }) => authority.uri
  );
  return {
    signer: path && { kind: "certificate", certificate: path.certificate, publicKey: path.certificate.publicKey },
    vouched: async () => {
      const [scts, identity] = await Promise.all([
        examineTransparency(examination, trust, thresholds, path),
        examineIdentity(examination, policy, path?.certificate)
      ]);
      if (path === void 0 || identity === void 0) return { verified: void 0, scts };
      const { notBefore, notAfter } = path.certificate;
      return { verified: { kind: "identity", identity, certificateValidity: { notBefore, notAfter } }, scts };
    }
  };
}
function examineTransparency(examination, trust, { signedCertificateTimestamps: needed }, certificate2) {
  return examination.run(
    { name: "certificate-transparency", expected: `seen by at least ${needed}` },
    { certificate: certificate2 },
    (basis) => verifySCTs(basis.certificate, trust, needed),
    (found) => found.map(({ log }) => log.baseUrl).join(", ") || "none"
  );
}
async function examineIdentity(examination, policy, certificate2) {
  const expected = (one) => one === "any" ? "any" : describeExpectation(one);
  const identity = await examination.run(
    { name: "issuer", expected: expected(policy.issuer) },
    { certificate: certificate2 },
    (basis) => {
      const read = readIdentity(basis.certificate);
      matchIssuer(read, policy);
      return read;
    },
    ({ issuer }) => issuer
  );
  await examination.run(
    { name: "identity", expected: expected(policy.identity) },
    { issuer: identity },
    ({ issuer }) => matchName(issuer, policy),
    () => identity?.subjectAlternativeName ?? ""
  );
  for (const expectation of policy.claims) {
    const { claim } = expectation;
    await examination.run(
      { name: "claim", about: claim, expected: describeClaim(expectation) },
      { issuer: identity },
      ({ issuer }) => matchClaim(issuer, expectation),
      () => identity?.claims[claim] ?? ""
    );
  }
  return identity;
}
async function examineContent(examination, bundle, artifact, { content: policy }, signer) {
  const content = await examination.run(
    { name: "signature", expected: `over ${describe(artifact)}` },
    { signer },
    (basis) => verifyContent(bundle, artifact, basis.signer.publicKey),
    (found) => found.kind === "message-signature" ? `over ${formatDigest(found.digest)}` : `over a statement about ${formatDigest(found.digest)}, ${JSON.stringify(found.subject.name)}`
  );
  const { predicateType, subjectName } = policy;
  if (predicateType !== void 0) {
    await examination.run(
      { name: "predicate-type", expected: describeExpectation(predicateType) },
      { signature: content },
      ({ signature }) => matchPredicateType(signature, predicateType),
      () => content?.kind === "dsse-envelope" ? content.statement.predicateType : ""
    );
  }
  if (subjectName !== void 0) {
    await examination.run(
      { name: "subject-name", expected: describeExpectation(subjectName) },
      { signature: content },
      ({ signature }) => matchSubjectName(signature, subjectName),
      () => content?.kind === "dsse-envelope" ? content.subject.name : ""
    );
  }
  return content;
}
function examineLogEntries(examination, bundle, artifact, trust, policy, signer, moments) {
  return examination.run(
    { name: "log", expected: `entries in at least ${policy.thresholds.logEntries}` },
    { signer, time: moments },
    (basis) => {
      const logged = { content: bundle.content, artifact, signer: basis.signer };
      return verifyLogEntries(bundle, logged, trust, basis.time, policy);
    },
    (found) => found.map(({ log, logIndex }) => `${log.baseUrl} ${logIndex}`).join(", ") || "none"
  );
}

// src/subject/digest-file.ts
import { createHash } from "node:crypto";

// src/subject/file-system.ts
import { constants } from "node:fs";
var withoutWaiting = constants.O_NONBLOCK ?? 0;
async function openRegularFile(files, path) {
  const handle = await files.open(path, constants.O_RDONLY | withoutWaiting);
  try {
    return { ...await describe2(handle, path), handle, [Symbol.asyncDispose]: () => handle.close() };
  } catch (cause) {
    await handle.close();
    throw cause;
  }
}
async function describe2(handle, path) {
  const stat = await handle.stat({ bigint: true });
  if (!stat.isFile()) {
    fail("SUBJECT_UNREADABLE", `${path} is not a regular file`, {
      remedy: stat.isDirectory() ? "Name the files in the folder, not the folder." : "Name a file; pipes, sockets and devices have no digest."
    });
  }
  return {
    size: stat.size,
    modified: stat.mtimeNs,
    links: stat.nlink,
    identity: { device: stat.dev, inode: stat.ino }
  };
}
function sameFile(a, b) {
  return a.inode === b.inode && (a.device === b.device || process.platform === "win32");
}
async function readText(files, path, what, limit) {
  const bytes = await orUnreadable(`${what} ${path}`, async () => {
    var _stack = [];
    try {
      const file = __using(_stack, await openRegularFile(files, path), true);
      return file.size > limit ? void 0 : await file.handle.readFile();
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      var _promise = __callDispose(_stack, _error, _hasError);
      _promise && await _promise;
    }
  });
  if (bytes === void 0 || bytes.length > limit) {
    fail("LIMIT_EXCEEDED", `${what} ${path} is longer than ${limit} bytes`, {
      remedy: "Divide it into several files."
    });
  }
  const text2 = decodeUtf8(bytes);
  if (text2 === void 0 || text2.startsWith("\uFEFF")) {
    fail("DIGEST_INVALID", `${what} ${path} ${text2 === void 0 ? "is not UTF-8" : "begins with a byte order mark"}`, {
      remedy: "Write it as UTF-8 without a byte order mark; in PowerShell: -Encoding utf8NoBOM."
    });
  }
  return text2;
}
async function orUnreadable(what, read) {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause;
    const code = systemCode(cause);
    const remedy = code !== void 0 && remedies.get(code) || void 0;
    return fail("SUBJECT_UNREADABLE", `${what} cannot be read: ${code ?? cause}`, {
      cause,
      ...remedy !== void 0 && { remedy }
    });
  }
}
function systemCode(cause) {
  return typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : void 0;
}
var permission = "Let the user that this step runs as read it: chmod, or chown, in the step that makes it.";
var remedies = /* @__PURE__ */ new Map([
  ["ENOENT", "Check its path, and that no step removes it before it is signed."],
  ["ENOTDIR", "Check its path: one of its folders is a file."],
  ["EACCES", permission],
  ["EPERM", permission],
  ["ELOOP", "Its links lead in a circle, or are too many: name the file itself."],
  ["EMFILE", "Too many files are open: raise the limit (ulimit -n), or lower the concurrency."]
]);

// src/subject/digest-file.ts
var bufferLength = 1024 * 1024;
async function digestFile(files, file, algorithm) {
  const [digest2] = await digestFileWith(files, file, [algorithm]);
  return toDigest(algorithm, digest2?.bytes ?? new Uint8Array());
}
async function digestFileWith(files, { path, identity }, algorithms) {
  return await orUnreadable(path, async () => {
    var _stack = [];
    try {
      const file = __using(_stack, await openRegularFile(files, path), true);
      if (identity !== void 0 && !sameFile(identity, file.identity)) {
        changed(`${path} is not the file that it was when the run began`);
      }
      const hashes = await hash(file.handle, algorithms);
      const after = await describe2(file.handle, path);
      if (file.size !== after.size || file.modified !== after.modified) {
        changed(`${path} was written to while it was being hashed`);
      }
      if (after.links < file.links) changed(`${path} was deleted or replaced while it was being hashed`);
      return algorithms.map((algorithm, at) => toDigest(algorithm, hashes[at] ?? new Uint8Array()));
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      var _promise = __callDispose(_stack, _error, _hasError);
      _promise && await _promise;
    }
  });
}
function changed(message) {
  fail("SUBJECT_CHANGED", message, { remedy: "Sign after the last step that writes to it." });
}
async function hash(handle, algorithms) {
  const hashers = algorithms.map((algorithm) => createHash(algorithm));
  let filling = Buffer.allocUnsafe(bufferLength);
  let spare = Buffer.allocUnsafe(bufferLength);
  let read = handle.read(filling, 0, bufferLength, null);
  for (; ; ) {
    const { bytesRead } = await read;
    if (bytesRead === 0) return hashers.map((hasher) => hasher.digest());
    const filled = filling.subarray(0, bytesRead);
    [filling, spare] = [spare, filling];
    read = handle.read(filling, 0, bufferLength, null);
    for (const hasher of hashers) hasher.update(filled);
  }
}

export {
  hashAlgorithmNames,
  statementPayloadType,
  maxSubjects,
  readStatement,
  writeStatement,
  verifierPem,
  hashedRekordV1,
  readBundle,
  readLogEntry,
  encodeHashAlgorithm,
  readTimestampResponse,
  fulcioExtensionArcs,
  matchIdentity,
  verifyCertificate,
  verifySCTs,
  artifactOfDigest,
  readWitnessKey,
  verify,
  examine,
  openRegularFile,
  sameFile,
  readText,
  orUnreadable,
  systemCode,
  digestFile,
  digestFileWith
};
