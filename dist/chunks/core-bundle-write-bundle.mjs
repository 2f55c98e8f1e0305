import { hashAlgorithmNames } from "./core-bundle-read-bundle.mjs";
import { encodeBase64 } from "./core-encoding-json.mjs";
var bundleMediaType = "application/vnd.dev.sigstore.bundle.v0.3+json";
function writeBundle(bundle) {
  return JSON.stringify({
    mediaType: bundle.mediaType,
    verificationMaterial: {
      ...signerJson(bundle.signer),
      tlogEntries: bundle.logEntries.map(logEntryJson),
      timestampVerificationData: {
        rfc3161Timestamps: bundle.timestamps.map((timestamp) => ({ signedTimestamp: encodeBase64(timestamp) }))
      }
    },
    ...contentJson(bundle.content)
  });
}
function signerJson(signer) {
  return signer.kind === "certificate" ? { certificate: { rawBytes: encodeBase64(signer.certificate) } } : { publicKey: { hint: signer.hint } };
}
function contentJson(content) {
  const signature = encodeBase64(content.signature);
  if (content.kind === "dsse-envelope") {
    const { payload, payloadType } = content;
    return { dsseEnvelope: { payload: encodeBase64(payload), payloadType, signatures: [{ sig: signature }] } };
  }
  const { messageDigest } = content;
  return {
    messageSignature: {
      ...messageDigest && {
        messageDigest: {
          algorithm: hashAlgorithmNames[messageDigest.algorithm],
          digest: encodeBase64(messageDigest.bytes)
        }
      },
      signature
    }
  };
}
function logEntryJson(entry) {
  const { inclusionProof } = entry;
  return {
    logIndex: entry.logIndex.toString(),
    logId: { keyId: encodeBase64(entry.logKeyId) },
    kindVersion: { kind: entry.kind, version: entry.version },
    // A log of Rekor v2 states no time and gives no promise, only a proof.
    ...entry.integratedTime > 0n && { integratedTime: entry.integratedTime.toString() },
    ...entry.signedEntryTimestamp && {
      inclusionPromise: { signedEntryTimestamp: encodeBase64(entry.signedEntryTimestamp) }
    },
    ...inclusionProof && { inclusionProof: inclusionJson(inclusionProof) },
    canonicalizedBody: encodeBase64(entry.canonicalizedBody)
  };
}
function inclusionJson({ logIndex, rootHash, treeSize, hashes, checkpoint }) {
  return {
    logIndex: logIndex.toString(),
    rootHash: encodeBase64(rootHash),
    treeSize: treeSize.toString(),
    hashes: hashes.map(encodeBase64),
    checkpoint: { envelope: checkpoint }
  };
}

import { maxBundleLength, readBundle } from "./core-bundle-read-bundle.mjs";

import { orUnreadable } from "./node-regular-file.mjs";

import { openRegularFile, readRegularFile, readUpTo } from "./node-regular-file.mjs";

import { attempt } from "./core-errors-reference.mjs";

import { __callDispose, __using } from "./core-errors-reference.mjs";

var maxLinesLength = 128 * 1024 * 1024;
var headLength = 4096;
async function isBundleFile({ name, path }, files, isOther = () => false) {
  const hasLines = name.endsWith(".jsonl");
  const read = await orUnreadable(path, async () => {
    var _stack = [];
    try {
      const file = __using(_stack, await openRegularFile(files, path), true);
      const { buffer, bytesRead } = await file.handle.read(Buffer.alloc(headLength), 0, headLength, 0);
      const beginning = buffer.toString("utf8", 0, bytesRead);
      if (isOther(beginning)) return true;
      if (!/^(?:\ufeff)?\s*\{/.test(beginning)) return void 0;
      return await readUpTo(file, hasLines ? maxLinesLength : maxBundleLength);
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      var _promise = __callDispose(_stack, _error, _hasError);
      _promise && await _promise;
    }
  });
  if (read === void 0 || read === true) return read === true;
  return isBundle(read) || hasLines && linesOf(read).every(isBundle);
}
function isBundle(bytes) {
  if (bytes.length > maxBundleLength || !bytes.includes('"mediaType"')) return false;
  return attempt(() => readBundle(bytes)) !== void 0;
}
var lineFeed = 10;
function linesOf(bytes) {
  const lines = [];
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(lineFeed, start);
    const end = found === -1 ? bytes.length : found;
    const line = bytes.subarray(start, end);
    if (line.some((byte) => byte !== 32 && (byte < 9 || byte > 13))) lines.push(line);
    start = end + 1;
  }
  return lines;
}

import { asList, asObject, parseJson } from "./core-encoding-json.mjs";

var maxLength = 64 * 1024 * 1024;
var maxValues = 5e6;
var headLength2 = 4096;
var text = '"(?:[^"\\\\]|\\\\.)*"';
var opening = new RegExp(`^\\{"version":1,"identity":${text},"issuer":${text},"subjects":\\[\\n`);
async function deliveredKind(file, files) {
  let manifest = false;
  const isEither = await isBundleFile(file, files, (beginning) => {
    manifest = opening.test(beginning);
    return manifest;
  });
  if (!isEither) return void 0;
  return manifest ? "manifest" : "bundle";
}
async function readManifest(path, files) {
  const bytes = await readRegularFile(files, path, maxLength).catch(() => void 0);
  if (bytes === void 0 || !opening.test(bytes.toString("utf8", 0, headLength2))) return void 0;
  const manifest = asObject(attempt(() => parseJson(bytes, { maxLength, maxValues })));
  const entries = asList(manifest?.subjects)?.map(entryOf);
  return entries?.every((entry) => entry !== void 0) ? entries : void 0;
}
function entryOf(value) {
  const { name, digest, bundle } = asObject(value) ?? {};
  if (typeof name !== "string" || typeof digest !== "string" || typeof bundle !== "string") return void 0;
  return { name, digest, bundle };
}

var unsafe = /[^\p{L}\p{M}\p{N}._+@=-]+/gu;
var device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;
function safeFileName(text2, maxBytes) {
  const plain = text2.normalize("NFC").replace(unsafe, "_").replace(/^[.-]+|[.]+$/g, "");
  const name = device.test(plain) ? `_${plain}` : plain;
  return truncate(name === "" ? "subject" : name, maxBytes);
}
function truncate(text2, maxBytes) {
  let length = 0;
  let end = 0;
  for (const character of text2) {
    length += Buffer.byteLength(character);
    if (length > maxBytes) break;
    end += character.length;
  }
  return text2.slice(0, end);
}
function foldName(path) {
  return path.normalize("NFC").toUpperCase().toLowerCase();
}
export {
  bundleMediaType,
  deliveredKind,
  foldName,
  isBundleFile,
  readManifest,
  safeFileName,
  truncate,
  writeBundle
};
