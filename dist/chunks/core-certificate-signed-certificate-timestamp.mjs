import { readSignedNote, signedBytes } from "./core-log-cosignature.mjs";
import { oids, verifySignature } from "./core-certificate-certificate.mjs";
import { der, canonicalJson } from "./core-encoding-der-writer.mjs";
import { decodeBase64, encodeBase64, encodeHex, DerReader, contextTag, readDer, tags } from "./core-encoding-der.mjs";
import { sha256 } from "./node-regular-file.mjs";
import { concatBytes, equalBytes, readUint, uintBytes, utf8 } from "./core-encoding-json.mjs";
import { fail, reading } from "./core-errors-codes.mjs";
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

import { readRsaNumbers } from "./core-certificate-certificate.mjs";

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
  dsseV2,
  hashAlgorithmNames,
  hashAlgorithmOf,
  hashedRekordV2,
  keyDetailsNames,
  leafHash,
  nodeHash,
  precertificateTbs,
  promisedLeaf,
  readCheckpoint,
  readSignedCertificateTimestamps,
  verifyCheckpoint,
  verifyInclusion,
  verifySignedCertificateTimestamp,
  verifySignedEntryTimestamp
};
