import { hash } from "node:crypto";
var sha256 = (bytes) => digest("sha256", bytes);
var sha384 = (bytes) => digest("sha384", bytes);
var sha512 = (bytes) => digest("sha512", bytes);
function digest(algorithm, bytes) {
  const { buffer, byteOffset, length } = hash(algorithm, bytes, "buffer");
  return new Uint8Array(buffer, byteOffset, length);
}

import { decodeHex, encodeHex } from "./core-encoding-der.mjs";

import { decodeUtf8, equalBytes } from "./core-encoding-json.mjs";

import { fail, reading } from "./core-errors-codes.mjs";

var digestLengths = { sha256: 32, sha384: 48, sha512: 64 };
function toDigest(algorithm, bytes) {
  const length = digestLengths[algorithm];
  if (bytes.length !== length)
    fail("DIGEST_INVALID", `a ${algorithm} digest must have ${length} bytes, not ${bytes.length}`);
  return { algorithm, bytes };
}
function toCommit(bytes) {
  if (bytes.length !== 20 && bytes.length !== 32)
    fail("DIGEST_INVALID", `a gitCommit digest must have 20 or 32 bytes, not ${bytes.length}`);
  return { algorithm: "gitCommit", bytes };
}
function parseCommit(text) {
  const [, hex = ""] = /^gitCommit:([0-9a-fA-F]+)$/.exec(text) ?? [];
  return reading("DIGEST_INVALID", "the commit", () => toCommit(decodeHex(hex.toLowerCase())));
}
function parseDigest(text) {
  const [, algorithm = "", hex = ""] = /^(sha(?:256|384|512)):([0-9a-fA-F]+)$/.exec(text) ?? [];
  if (!isHashAlgorithm(algorithm))
    fail("DIGEST_INVALID", "the digest must have the form sha256:<hex>, sha384:<hex> or sha512:<hex>");
  return reading("DIGEST_INVALID", "the digest", () => toDigest(algorithm, decodeHex(hex.toLowerCase())));
}
function formatDigest(digest22) {
  return `${digest22.algorithm}:${encodeHex(digest22.bytes)}`;
}
function isHash(digest22) {
  return digest22.algorithm !== "gitCommit";
}
function isHashAlgorithm(name) {
  return Object.hasOwn(digestLengths, name);
}
function digest2(algorithm, bytes) {
  return toDigest(algorithm, hashes[algorithm](bytes));
}
function equalDigests(a, b) {
  return a.algorithm === b.algorithm && equalBytes(a.bytes, b.bytes);
}
function sharedDigests(known, stated) {
  const shared = known.filter(({ algorithm }) => stated.some((one) => one.algorithm === algorithm));
  const agrees = (digest22) => stated.every((one) => one.algorithm !== digest22.algorithm || equalDigests(one, digest22));
  return shared.every(agrees) ? shared : [];
}
var hashes = { sha256, sha384, sha512 };

import { require_node_fs } from "./core-errors-codes.mjs";

import { __callDispose, __toESM, __using } from "./core-errors-codes.mjs";

var import_node_fs = __toESM(require_node_fs(), 1);
var NotRegularFile = class extends Error {
  name = "NotRegularFile";
  code = "NOT_REGULAR";
  path;
  isFolder;
  constructor(path, isFolder) {
    super(`${path} is ${isFolder ? "a folder" : "not a regular file"}`);
    this.path = path;
    this.isFolder = isFolder;
  }
};
var withoutWaiting = import_node_fs.constants.O_NONBLOCK ?? 0;
async function openRegularFile(files, path) {
  const handle = await files.open(path, import_node_fs.constants.O_RDONLY | withoutWaiting);
  try {
    return { ...await describeFile(handle, path), handle, [Symbol.asyncDispose]: () => handle.close() };
  } catch (cause) {
    await handle.close();
    throw cause;
  }
}
async function describeFile(handle, path) {
  const stat = await handle.stat({ bigint: true });
  if (!stat.isFile()) throw new NotRegularFile(path, stat.isDirectory());
  return {
    size: stat.size,
    modified: stat.mtimeNs,
    links: stat.nlink,
    identity: { device: stat.dev, inode: stat.ino }
  };
}
async function readRegularFile(files, path, maxLength) {
  var _stack = [];
  try {
    const file = __using(_stack, await openRegularFile(files, path), true);
    return await readUpTo(file, maxLength) ?? fail("LIMIT_EXCEEDED", `${path} is too large: the limit is ${maxLength} bytes`);
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
function readUpTo({ handle, size }, maxLength) {
  return size > maxLength ? Promise.resolve(void 0) : readAll(handle, Number(size), maxLength, "file");
}
async function readToEnd(files, path, maxLength) {
  const handle = await files.open(path, "r");
  try {
    return await readAll(handle, 0, maxLength, "pipe");
  } finally {
    await handle.close();
  }
}
async function readAll(handle, expectedLength, maxLength, kind) {
  let buffer = Buffer.allocUnsafe(expectedLength + 1);
  let length = 0;
  for (; ; ) {
    const position = kind === "pipe" ? null : length;
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, position);
    if (bytesRead === 0) return buffer.subarray(0, length);
    length += bytesRead;
    if (length > maxLength) return void 0;
    if (length === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafe(Math.max(length, 4096))]);
  }
}
async function readExactly(handle, offset, length, failAtEnd) {
  const bytes = Buffer.alloc(length);
  for (let filled = 0; filled < length; ) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) failAtEnd();
    filled += bytesRead;
  }
  return bytes;
}
function sameFile(a, b) {
  return a.inode === b.inode && (a.device === b.device || process.platform === "win32");
}

var byteOrderMark = Buffer.from("\uFEFF");
function utf8Bytes(bytes, code, what) {
  const encoding = wideEncoding(bytes);
  if (encoding !== void 0 || decodeUtf8(bytes) === void 0)
    fail(code, `${what} is not UTF-8${encoding === void 0 ? "" : ` but ${encoding}`}`, {
      remedy: "Save it as UTF-8. In PowerShell, use `| Out-File -Encoding utf8` instead of `>`."
    });
  const { length } = byteOrderMark;
  return byteOrderMark.equals(bytes.subarray(0, length)) ? bytes.subarray(length) : bytes;
}
function utf8Text(bytes, code, what) {
  return Buffer.from(utf8Bytes(bytes, code, what)).toString("utf8");
}
var utf32 = /^(?:x000|000x|fffe0000|0000feff)/;
var utf16 = /^(?:x0|0x|fffe|feff)/;
function wideEncoding(bytes) {
  const first = [...bytes.subarray(0, 4)];
  const hex = Buffer.from(first).toString("hex");
  const zeros = first.map((byte) => byte === 0 ? "0" : "x").join("");
  const is = (pattern) => pattern.test(hex) || pattern.test(zeros);
  return is(utf32) ? "UTF-32" : is(utf16) ? "UTF-16" : void 0;
}
export {
  NotRegularFile,
  describeFile,
  digest2 as digest,
  digestLengths,
  equalDigests,
  formatDigest,
  isHash,
  isHashAlgorithm,
  openRegularFile,
  parseCommit,
  parseDigest,
  readExactly,
  readRegularFile,
  readToEnd,
  readUpTo,
  sameFile,
  sha256,
  sha384,
  sha512,
  sharedDigests,
  toCommit,
  toDigest,
  utf8Bytes,
  utf8Text,
  wideEncoding
};
