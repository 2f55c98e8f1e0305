import { DerReader, contextTag, readDer, tags } from "./core-encoding-der.mjs";
import { concatBytes, decodeUtf8, equalBytes, isWellFormed, readUint, uintBytes, utf8 } from "./core-encoding-json.mjs";
import { fail, reading } from "./core-errors-codes.mjs";
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
function claimName(claim) {
  return claim.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
var arc = "1.3.6.1.4.1.57264.1";
function readFulcioClaims(certificate) {
  const claims = {};
  for (const [claim, number] of Object.entries(fulcioExtensionArcs)) {
    const oid = `${arc}.${number}`;
    const extension = certificate.extensions.get(oid);
    if (extension === void 0) continue;
    claims[claim] = reading(
      "CERTIFICATE_INVALID",
      `the extension ${oid}`,
      () => readDer(extension.value, (der2) => der2.utf8String())
    );
  }
  const rawIssuer = certificate.extensions.get(`${arc}.1`);
  if (rawIssuer !== void 0) {
    const issuer = decodeUtf8(rawIssuer.value) ?? fail("CERTIFICATE_INVALID", `the extension ${arc}.1 is not UTF-8`);
    if (claims.issuer !== void 0 && claims.issuer !== issuer)
      fail("CERTIFICATE_INVALID", "the certificate has two different OIDC issuers");
    claims.issuer = issuer;
  }
  return claims;
}
var olderFulcioExtensionArcs = {
  githubWorkflowTrigger: 2,
  githubWorkflowSha: 3,
  githubWorkflowName: 4,
  githubWorkflowRepository: 5,
  githubWorkflowRef: 6
};
function readOlderFulcioClaims(certificate) {
  const claims = {};
  for (const [claim, number] of Object.entries(olderFulcioExtensionArcs)) {
    const extension = certificate.extensions.get(`${arc}.${number}`);
    if (extension === void 0) continue;
    claims[claim] = decodeUtf8(extension.value) ?? fail("CERTIFICATE_INVALID", `the extension ${arc}.${number} is not UTF-8`);
  }
  return claims;
}

import { oids, verifySignature } from "./core-certificate-certificate.mjs";

import { keyText, readPublicKey, readRsaNumbers } from "./core-certificate-certificate.mjs";

import { der } from "./core-encoding-der-writer.mjs";

import { canonicalJson } from "./core-encoding-der-writer.mjs";

import { decodeHex, encodeHex } from "./core-encoding-der.mjs";

import { sha256 } from "./node-regular-file.mjs";

import { decodeBase64, encodeBase64 } from "./core-encoding-der.mjs";

var maxLength = 1024 * 1024;
var maxSignatures = 100;
var forbidden = /[\u0000-\u0009\u000b-\u001f\u007f\ufffd]/;
var signatureLine = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/u;
function readSignedNote(note) {
  if (note.length > maxLength)
    fail("LIMIT_EXCEEDED", `the checkpoint has ${note.length} characters; the limit is ${maxLength}`);
  if (forbidden.test(note) || !isWellFormed(note))
    fail("CHECKPOINT_INVALID", "the checkpoint contains control characters");
  const split = note.lastIndexOf("\n\n");
  if (split === -1 || !note.endsWith("\n") || note.length === split + 2)
    fail("CHECKPOINT_INVALID", "the checkpoint has no signatures");
  const lines = note.slice(split + 2, -1).split("\n");
  if (lines.length > maxSignatures)
    fail("LIMIT_EXCEEDED", `the checkpoint has ${lines.length} signatures; the limit is ${maxSignatures}`);
  return { text: note.slice(0, split + 1), signatures: [...new Set(lines)].map(readSignatureLine) };
}
function readSignatureLine(line) {
  const [, name = "", encoded = ""] = signatureLine.exec(line) ?? fail("CHECKPOINT_INVALID", "the checkpoint has a malformed signature line");
  const bytes = reading("CHECKPOINT_INVALID", `the checkpoint's signature by ${name}`, () => decodeBase64(encoded));
  if (bytes.length < 5) fail("CHECKPOINT_INVALID", `the checkpoint's signature by ${name} is too short`);
  return { name, keyHint: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}
function signedBytes(note) {
  return utf8(note.text);
}
function countWitnesses(witnesses) {
  const parties = [];
  for (const key of witnesses) {
    const marks = [`name ${key.name}`, `key ${key.type === "ml-dsa-44" ? encodeHex(key.raw) : keyText(key.publicKey)}`];
    const same = parties.filter((party) => marks.some((mark) => party.has(mark)));
    for (const party of same) parties.splice(parties.indexOf(party), 1);
    parties.push(/* @__PURE__ */ new Set([...marks, ...same.flatMap((party) => [...party])]));
  }
  return parties.length;
}
var ed25519Type = 4;
var mlDsaType = 6;
var mlDsaKeyLength = 1312;
function splitVerifierKey(text, owner) {
  const [, name = "", keyId = "", encoded = ""] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? fail("KEY_INVALID", `a ${owner} key must have the form <name>+<8 hexadecimal digits>+<base64>`);
  const bytes = reading("KEY_INVALID", `the key of the ${owner} ${name}`, () => decodeBase64(encoded));
  return { name, keyId, bytes };
}
function checkKeyId({ name, keyId }, hashed, owner) {
  const keyHint = sha256(hashed).subarray(0, 4);
  if (!equalBytes(keyHint, decodeHex(keyId)))
    fail("KEY_INVALID", `the key of the ${owner} ${name} does not match its key ID ${keyId}`);
  return keyHint;
}
function readEd25519Key(raw) {
  return readPublicKey(der.sequence(der.sequence(der.oid("1.3.101.112")), der.bitString(raw)));
}
function readMlDsaKey(raw) {
  if (raw.length !== mlDsaKeyLength)
    fail("KEY_INVALID", `an ML-DSA-44 key must have ${mlDsaKeyLength} bytes, not ${raw.length}`);
  return raw;
}
function readWitnessKey(text) {
  const parts = splitVerifierKey(text, "witness");
  const { name, bytes } = parts;
  if (bytes[0] !== ed25519Type && bytes[0] !== mlDsaType)
    fail("KEY_UNSUPPORTED", `the key of the witness ${name} is not a cosignature key of Ed25519 or ML-DSA-44`);
  const keyHint = checkKeyId(parts, concatBytes(utf8(`${name}
`), bytes), "witness");
  const raw = bytes.subarray(1);
  return bytes[0] === mlDsaType ? { type: "ml-dsa-44", name, keyHint, raw: readMlDsaKey(raw) } : { type: "ed25519-cosignature", name, keyHint, publicKey: readEd25519Key(raw) };
}
async function isCosignedBy(checkpoint, witness) {
  const lines = checkpoint.note.signatures.filter(
    (line) => line.name === witness.name && equalBytes(line.keyHint, witness.keyHint)
  );
  for (const { signature } of lines) {
    if (!await isSigned(checkpoint, witness, signature))
      fail("CHECKPOINT_INVALID", `the cosignature of ${witness.name} is invalid`);
  }
  return lines.length > 0;
}
async function isSigned(checkpoint, witness, cosignature) {
  if (witness.type === "ml-dsa-44")
    return (await import("./core-log-ml-dsa.mjs")).isSignedByMlDsa(checkpoint, witness, cosignature);
  const { publicKey } = witness;
  return verifySignature(publicKey, cosignature.subarray(8), cosignedText(checkpoint, cosignature), "sha512");
}
function cosignedText({ note }, cosignature) {
  const time = readUint(cosignature.subarray(0, 8));
  return concatBytes(utf8(`cosignature/v1
time ${time}
`), signedBytes(note));
}
var leafPrefix = new Uint8Array([0]);
var nodePrefix = new Uint8Array([1]);
function leafHash(entry) {
  return sha256(concatBytes(leafPrefix, entry));
}
function nodeHash(left, right) {
  return sha256(concatBytes(nodePrefix, left, right));
}
function verifyInclusion(leaf, proof, root) {
  const { index, size, hashes } = proof;
  if (index < 0n || index >= size)
    fail("INCLUSION_PROOF_INVALID", `the index ${index} is outside of the tree of size ${size}`);
  const inner = bitLength(index ^ size - 1n);
  const border = onesOf(index >> BigInt(inner));
  if (hashes.length !== inner + border) {
    fail(
      "INCLUSION_PROOF_INVALID",
      `the proof has ${hashes.length} hashes; index ${index} in a tree of size ${size} needs ${inner + border}`
    );
  }
  let hash = leaf;
  for (const [level, sibling] of hashes.entries()) {
    if (sibling.length !== 32)
      fail("INCLUSION_PROOF_INVALID", `a hash of the proof has ${sibling.length} bytes, not 32`);
    const isRight = level >= inner || (index >> BigInt(level) & 1n) === 1n;
    hash = isRight ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
  }
  if (!equalBytes(hash, root)) fail("INCLUSION_PROOF_INVALID", "the computed root hash does not match the checkpoint");
}
function bitLength(value) {
  return value === 0n ? 0 : value.toString(2).length;
}
function onesOf(value) {
  let ones = 0;
  for (let rest = value; rest > 0n; rest >>= 1n) ones += Number(rest & 1n);
  return ones;
}
function readCheckpoint(envelope) {
  const note = readSignedNote(envelope);
  const [origin = "", size = "", root = "", ...extensions] = note.text.slice(0, -1).split("\n");
  if (origin === "") fail("CHECKPOINT_INVALID", "the checkpoint has no origin");
  if (!/^(?:0|[1-9]\d{0,18})$/.test(size))
    fail("CHECKPOINT_INVALID", "the second line of the checkpoint is not a tree size");
  const rootHash = reading("CHECKPOINT_INVALID", "the root hash of the checkpoint", () => decodeBase64(root));
  if (rootHash.length !== 32)
    fail("CHECKPOINT_INVALID", `the root hash of the checkpoint has ${rootHash.length} bytes, not 32`);
  if (extensions.includes("")) fail("CHECKPOINT_INVALID", "the checkpoint has an empty line");
  return { origin, size: BigInt(size), rootHash, note };
}
async function verifyCheckpoint(checkpoint, key) {
  const [host = ""] = key.names;
  const name = key.names.find((candidate) => isOriginOf(checkpoint.origin, candidate));
  if (name === void 0) {
    fail(
      "CHECKPOINT_INVALID",
      `the checkpoint's origin is ${JSON.stringify(checkpoint.origin)}; expected ${JSON.stringify(host)}`
    );
  }
  const hint = key.keyId.subarray(0, 4);
  const lines = checkpoint.note.signatures.filter((line) => line.name === name && equalBytes(line.keyHint, hint));
  if (lines.length === 0) fail("CHECKPOINT_INVALID", `the checkpoint is not signed by ${name}`);
  const bytes = signedBytes(checkpoint.note);
  for (const line of lines) {
    if (!await verifySignature(key.publicKey, line.signature, bytes, "sha256", ["pkcs1"])) {
      fail("CHECKPOINT_INVALID", `the checkpoint's signature by ${name} is invalid`);
    }
  }
}
function isOriginOf(origin, name) {
  return origin === name || origin.startsWith(`${name} - `) && /^\d+$/.test(origin.slice(name.length + 3));
}
async function verifySignedEntryTimestamp(entry, signature, logKey) {
  const { integratedTime, logIndex } = entry;
  if (integratedTime <= 0n || integratedTime > 253402300799n) {
    fail("LOG_ENTRY_INVALID", `the integrated time ${integratedTime} of the log entry is out of range`);
  }
  if (logIndex > BigInt(Number.MAX_SAFE_INTEGER))
    fail("LOG_ENTRY_INVALID", `the index ${logIndex} of the log entry is out of range`);
  const payload = canonicalJson({
    body: encodeBase64(entry.canonicalizedBody),
    integratedTime: Number(integratedTime),
    logID: encodeHex(entry.logKeyId),
    logIndex: Number(logIndex)
  });
  if (!await verifySignature(logKey, signature, utf8(payload), "sha256")) {
    fail("LOG_ENTRY_INVALID", "the signed entry timestamp of the log is invalid");
  }
  return new Date(Number(integratedTime) * 1e3);
}
var maxTimestamps = 32;
var sha256Code = 4;
var algorithmKinds = { 1: "rsa", 3: "ecdsa" };
function readSignedCertificateTimestamps(certificate) {
  const extension = certificate.extensions.get(oids.signedCertificateTimestamps);
  if (extension === void 0) return [];
  return reading("SCT_INVALID", "the list of signed certificate timestamps", () => {
    const list = new TlsReader(readDer(extension.value, (reader) => reader.octetString()));
    const items = new TlsReader(list.vector(2));
    list.end();
    const timestamps = [];
    while (!items.done) {
      if (timestamps.length === maxTimestamps)
        fail("LIMIT_EXCEEDED", `the certificate has more than ${maxTimestamps} signed certificate timestamps`);
      timestamps.push(readTimestamp(items.vector(2)));
    }
    return timestamps;
  });
}
function readTimestamp(bytes) {
  const reader = new TlsReader(bytes);
  const [version] = reader.take(1);
  if (version !== 0) fail("SCT_INVALID", `version ${version} of signed certificate timestamps is not supported`);
  const logId = reader.take(32);
  const milliseconds = readUint(reader.take(8));
  const extensions = reader.vector(2);
  const [hash, code = 0] = reader.take(2);
  const algorithm = hash === sha256Code ? algorithmKinds[code] : void 0;
  if (algorithm === void 0)
    fail("SCT_INVALID", `the signature algorithm ${hash}/${code} of a signed certificate timestamp is not supported`);
  const signature = reader.vector(2);
  reader.end();
  if (milliseconds > 8640000000000000n)
    fail("SCT_INVALID", "the time of a signed certificate timestamp is out of range");
  return { logId, milliseconds, timestamp: new Date(Number(milliseconds)), extensions, signature, algorithm };
}
function verifySignedCertificateTimestamp(timestamp, certificate, issuer, logKey) {
  const family = logKey.kind === "rsa" || logKey.kind === "ed25519" ? logKey.kind : "ecdsa";
  if (family !== timestamp.algorithm) return Promise.resolve(false);
  const signed = promisedLeaf(timestamp, certificate, issuer);
  return verifySignature(logKey, timestamp.signature, signed, "sha256", ["pkcs1"]);
}
function promisedLeaf(timestamp, certificate, issuer) {
  const tbs = precertificateTbs(certificate);
  return concatBytes(
    uintBytes(0, 1),
    // version 1
    uintBytes(0, 1),
    // certificate_timestamp, or timestamped_entry
    uintBytes(timestamp.milliseconds, 8),
    uintBytes(1, 2),
    // precert_entry
    sha256(issuer.publicKey.spki),
    uintBytes(tbs.length, 3),
    tbs,
    uintBytes(timestamp.extensions.length, 2),
    timestamp.extensions
  );
}
function precertificateTbs(certificate) {
  const extensionsTag = contextTag(3, "constructed");
  const fields = new DerReader(readDer(certificate.tbs, (reader) => reader.element(tags.sequence).contents));
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
    if (end > this.#bytes.length) fail("SCT_INVALID", "unexpected end of data");
    const bytes = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return bytes;
  }
  vector(lengthBytes) {
    return this.take(Number(readUint(this.take(lengthBytes))));
  }
  end() {
    if (!this.done) fail("SCT_INVALID", "unexpected data after the end");
  }
};

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
function hashedRekordV2({ digest, signature, ...verifier }) {
  return {
    apiVersion: "0.0.2",
    kind: "hashedrekord",
    spec: {
      hashedRekordV002: {
        data: { algorithm: hashAlgorithmNames[digest.algorithm], digest: encodeBase64(digest.bytes) },
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
export {
  checkKeyId,
  claimName,
  countWitnesses,
  dsseV2,
  fulcioExtensionArcs,
  hashAlgorithmNames,
  hashAlgorithmOf,
  hashedRekordV2,
  isCosignedBy,
  isSigned,
  keyDetailsNames,
  leafHash,
  nodeHash,
  olderFulcioExtensionArcs,
  precertificateTbs,
  promisedLeaf,
  readCheckpoint,
  readEd25519Key,
  readFulcioClaims,
  readMlDsaKey,
  readOlderFulcioClaims,
  readSignedCertificateTimestamps,
  readSignedNote,
  readWitnessKey,
  splitVerifierKey,
  verifyCheckpoint,
  verifyInclusion,
  verifySignedCertificateTimestamp,
  verifySignedEntryTimestamp
};
