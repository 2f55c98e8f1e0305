import { orUnreadable } from "./node-links.mjs";
import { maxBundleLength, readBundle } from "./core-bundle-read-bundle.mjs";
import { openRegularFile, readRegularFile, readUpTo } from "./node-regular-file.mjs";
import { attempt, __callDispose, __using } from "./core-errors-codes.mjs";
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

import { parseJson } from "./core-encoding-json.mjs";

import { asList, asObject } from "./core-encoding-json.mjs";

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
function isManifestOpening(line) {
  return opening.test(`${line}
`);
}
function readManifestLine(line) {
  return entryOf(parseJson(line.replace(/,$/, "")));
}
function entryOf(value) {
  const { name, digest, bundle } = asObject(value) ?? {};
  if (typeof name !== "string" || typeof digest !== "string" || typeof bundle !== "string") return void 0;
  return { name, digest, bundle };
}
export {
  deliveredKind,
  isBundleFile,
  isManifestOpening,
  readManifest,
  readManifestLine
};
