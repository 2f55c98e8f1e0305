import { orUnreadable } from "./node-links.mjs";
import { NotRegularFile, describeFile, openRegularFile, sameFile, equalDigests, toDigest } from "./node-regular-file.mjs";
import { fail, systemCode, __callDispose, __using } from "./core-errors-codes.mjs";
import { createHash } from "node:crypto";
var readLength = 1024 * 1024;
var bufferLength = 2 * readLength;
function hashObserver(path, onHash) {
  if (onHash === void 0) return void 0;
  let read = 0;
  return ({ length }, size) => {
    read += length;
    onHash(path, read, size);
  };
}
async function digestFile(files, file, algorithm, observe) {
  const [digest] = await digestFileWith(files, file, [algorithm], observe);
  return toDigest(algorithm, digest?.bytes ?? new Uint8Array());
}
async function digestFileWith(files, { path, identity, stated = [] }, algorithms, observe) {
  return await orUnreadable(path, async () => {
    var _stack = [];
    try {
      const file = __using(_stack, await openRegularFile(files, path), true);
      if (identity !== void 0 && !sameFile(identity, file.identity)) {
        changed(`${path} was replaced after the run started`);
      }
      const hashes = await hash(file, algorithms, observe && ((bytes) => observe(bytes, Number(file.size))));
      const after = await describeFile(file.handle, path);
      if (file.size !== after.size || file.modified !== after.modified) {
        changed(`${path} was modified while it was being hashed`);
      }
      if (after.links < file.links) changed(`${path} was deleted or replaced while it was being hashed`);
      const digests = algorithms.map((algorithm, at) => toDigest(algorithm, hashes[at] ?? new Uint8Array()));
      if (stated.some((one) => digests.some((digest) => digest.algorithm === one.algorithm && !equalDigests(digest, one))))
        changed(`${path} was modified after its checksum was verified`);
      return digests;
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      var _promise = __callDispose(_stack, _error, _hasError);
      _promise && await _promise;
    }
  });
}
async function withBytesOf(files, file, use) {
  const buffer = takeBuffer();
  let bytes;
  try {
    bytes = await readInto(buffer, files, file);
  } catch (error) {
    if (!(error instanceof NotRegularFile) && systemCode(error) === void 0) throw error;
  }
  try {
    return await use(bytes);
  } finally {
    giveBack(buffer);
  }
}
async function readInto(buffer, files, { path, identity }) {
  var _stack = [];
  try {
    const file = __using(_stack, await openRegularFile(files, path), true);
    if (identity !== void 0 && !sameFile(identity, file.identity)) return void 0;
    if (file.size > buffer.length) return void 0;
    let length = 0;
    while (length < file.size) {
      const { bytesRead } = await file.handle.read(buffer, length, Number(file.size) - length, length);
      if (bytesRead === 0) return void 0;
      length += bytesRead;
    }
    return buffer.subarray(0, length);
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
function changed(message) {
  fail("SUBJECT_CHANGED", message, { remedy: "Sign after the last step that writes to the file." });
}
var spareBuffers = [];
var maxSpareBuffers = 4;
function takeBuffer() {
  return spareBuffers.pop() ?? Buffer.allocUnsafeSlow(bufferLength);
}
function giveBack(buffer) {
  if (spareBuffers.length < maxSpareBuffers) spareBuffers.push(buffer);
}
async function hash({ handle, size }, algorithms, observe) {
  const hashers = algorithms.map((algorithm) => createHash(algorithm));
  let filling = takeBuffer();
  let spare = takeBuffer();
  let read = handle.read(filling, 0, readLength, null);
  let total = 0n;
  for (; ; ) {
    const { bytesRead } = await read;
    total += BigInt(bytesRead);
    const isLast = bytesRead === 0 || total === size;
    const filled = filling.subarray(0, bytesRead);
    [filling, spare] = [spare, filling];
    if (!isLast) read = handle.read(filling, 0, readLength, null);
    for (const hasher of hashers) hasher.update(filled);
    observe?.(filled);
    if (!isLast) continue;
    giveBack(filling);
    giveBack(spare);
    return hashers.map((hasher) => hasher.digest());
  }
}
export {
  digestFile,
  digestFileWith,
  hashObserver,
  withBytesOf
};
