import { ProtoField, readDer, tags } from "./core-encoding-der.mjs";
import { toDigest } from "./node-regular-file.mjs";
import { fail, reading } from "./core-errors-codes.mjs";
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
var versions = /* @__PURE__ */ new Map([
  ["application/vnd.dev.sigstore.bundle+json;version=0.1", "0.1"],
  ["application/vnd.dev.sigstore.bundle+json;version=0.2", "0.2"],
  ["application/vnd.dev.sigstore.bundle+json;version=0.3", "0.3"],
  ["application/vnd.dev.sigstore.bundle.v0.3+json", "0.3"]
]);
var maxBundleLength = 24 * 1024 * 1024;
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
  const bundle = ProtoField.parse(json, "BUNDLE_INVALID", "bundle", { maxLength: maxBundleLength });
  const mediaType = bundle.field("mediaType").text();
  const version = versions.get(mediaType) ?? fail("BUNDLE_UNSUPPORTED", `the bundle's media type ${JSON.stringify(mediaType.slice(0, 100))} is not supported`);
  bundle.demandShape(bundleShape);
  const material = bundle.field("verificationMaterial");
  const logEntries = material.field("tlogEntries").list(maxLogEntries);
  return {
    mediaType,
    version,
    signer: readSigner(material),
    logEntries: logEntries.map((entry) => readBundledEntry(entry, version)),
    timestamps: material.field("timestampVerificationData").field("rfc3161Timestamps").list(maxTimestamps).map((timestamp) => timestamp.field("signedTimestamp").data()),
    content: readContent(bundle)
  };
}
function readSigner(material) {
  const kinds = ["certificate", "x509CertificateChain", "publicKey"].filter((kind2) => material.field(kind2).present);
  const [kind] = kinds;
  if (kind === void 0 || kinds.length > 1)
    return material.fail("must have exactly one of certificate, x509CertificateChain and publicKey");
  const field = material.field(kind);
  if (kind === "publicKey") return { kind: "public-key", hint: field.field("hint").string() };
  if (kind === "certificate") return { kind: "certificate", certificate: field.field("rawBytes").data() };
  return { kind: "certificate", ...readChain(field.field("certificates")) };
}
function readChain(field) {
  const [certificate2, ...others] = field.list(maxChainLength).map((one) => one.field("rawBytes").data());
  if (certificate2 === void 0) return field.fail("is empty");
  for (const [index, other] of others.entries())
    reading(
      "CERTIFICATE_INVALID",
      `${field.path}[${index + 1}]`,
      () => readDer(other, (der) => der.element(tags.sequence))
    );
  return others.length === 0 ? { certificate: certificate2 } : { certificate: certificate2, others };
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
  if (envelope.present && message.present) bundle.fail("has both a messageSignature and a dsseEnvelope");
  return envelope.present ? readEnvelope(envelope) : readMessageSignature(message);
}
function readMessageSignature(message) {
  const messageDigest = message.field("messageDigest");
  return {
    kind: "message-signature",
    messageDigest: readDigest(messageDigest),
    signature: message.field("signature").data()
  };
}
function readEnvelope(envelope) {
  const [signature, ...others] = envelope.field("signatures").list(maxEnvelopeSignatures);
  if (signature === void 0 || others.length > 0)
    return envelope.field("signatures").fail("must contain exactly one signature");
  signature.field("keyid").string();
  return {
    kind: "dsse-envelope",
    payloadType: envelope.field("payloadType").text(),
    payload: envelope.field("payload").data(),
    signature: signature.field("sig").data()
  };
}
function readDigest(field) {
  const name = field.field("algorithm");
  if (name.enum(hashAlgorithms) === "HASH_ALGORITHM_UNSPECIFIED" && field.field("digest").bytes().length === 0)
    return void 0;
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
    hashes: proof.field("hashes").list(maxProofHashes).map((hash) => hash.data()),
    checkpoint: proof.field("checkpoint").field("envelope").text()
  };
}

import path from "node:path";
function pathBelow(folder, file, system = path) {
  const { isAbsolute, relative, resolve, sep } = system;
  const way = relative(resolve(folder), resolve(file));
  if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)) return void 0;
  return way.split(sep).join("/");
}
function isWithin(folder, file) {
  return pathBelow(folder, file) !== void 0;
}
export {
  isWithin,
  maxBundleLength,
  pathBelow,
  readBundle,
  readLogEntry
};
