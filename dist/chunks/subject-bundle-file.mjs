var unsafe = /[^\p{L}\p{M}\p{N}._+@=-]+/gu;
var device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;
function safeFileName(text, maxBytes) {
  const plain = text.normalize("NFC").replace(unsafe, "_").replace(/^[.-]+|[.]+$/g, "");
  const name = device.test(plain) ? `_${plain}` : plain;
  return truncate(name === "" ? "subject" : name, maxBytes);
}
function truncate(text, maxBytes) {
  let length = 0;
  let end = 0;
  for (const character of text) {
    length += Buffer.byteLength(character);
    if (length > maxBytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}
function foldName(path) {
  return path.normalize("NFC").toUpperCase().toLowerCase();
}

import { maxBundleLength, readBundle } from "./core-bundle-read-bundle.mjs";

import { orUnreadable } from "./node-regular-file.mjs";

import { openRegularFile, readUpTo } from "./node-regular-file.mjs";

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
export {
  foldName,
  isBundleFile,
  safeFileName,
  truncate
};
