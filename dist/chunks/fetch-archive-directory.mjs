import { forbiddenInPaths } from "./services-github-artifact-client.mjs";
import { foldName } from "./node-safe-file-name.mjs";
import { readExactly } from "./node-regular-file.mjs";
import { decodeUtf8 } from "./core-encoding-json.mjs";
import { CountersignError, fail, systemCode } from "./core-errors-codes.mjs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { crc32, createInflateRaw } from "node:zlib";
var archiveLimits = {
  /** The limit for all unpacked bytes, unless a caller expects fewer. */
  bytes: 4 * 1024 * 1024 * 1024,
  entries: 5e4,
  directory: 32 * 1024 * 1024
};
var signatures = { entry: 67324752, descriptor: 134695760, listed: 33639248, end: 101010256 };
var endLength = 22;
var listedLength = 46;
var entryLength = 30;
var flags = { encrypted: 8257, descriptor: 8, utf8: 2048 };
var elsewhere = { short: 65535, long: 4294967295 };
var link = 40960;
var maxNameLength = 1024;
var maxPartLength = 255;
function isArchive(beginning) {
  const [p, k, third, fourth] = beginning;
  return p === 80 && k === 75 && (third === 3 && fourth === 4 || third === 5 && fourth === 6);
}
async function readArchiveDirectory(handle, maxBytes) {
  const { size: length } = await handle.stat();
  const { at: directoryAt, count, bytes } = await readDirectoryBytes(handle, length);
  const listed = parseDirectory(bytes, count);
  demandDistinct(listed.map(({ name }) => name));
  const total = listed.reduce((sum, { size }) => sum + size, 0);
  if (total > maxBytes) tooLarge(`unpacks to ${total} bytes; the limit is ${maxBytes}`);
  const entries = [];
  let at = 0;
  for (const one of [...listed].sort((a, b) => a.at - b.at)) {
    if (one.at !== at) invalid(`contains data at byte ${at} that its directory does not list`);
    const start = await demandSameEntry(handle, one);
    entries.push({ ...one, start });
    at = await endOfEntry(handle, one, start);
  }
  if (at !== directoryAt) invalid(`contains data at byte ${at} that its directory does not list`);
  return entries;
}
async function readDirectoryBytes(handle, length) {
  if (length < endLength) invalid("has no central directory");
  const end = await readArchive(handle, length - endLength, endLength);
  if (end.readUInt32LE(0) !== signatures.end || end.readUInt16LE(20) !== 0)
    invalid("does not end with a central directory");
  const [disk, directoryDisk, onDisk, count] = [4, 6, 8, 10].map((offset) => end.readUInt16LE(offset));
  const [size = 0, at = 0] = [12, 16].map((offset) => end.readUInt32LE(offset));
  if (count === elsewhere.short || size === elsewhere.long || at === elsewhere.long)
    tooLarge("is in ZIP64 format, which is not supported");
  if (disk !== 0 || directoryDisk !== 0 || onDisk !== count) invalid("is split into several parts");
  if (count === void 0 || count > archiveLimits.entries) tooLarge(`has more than ${archiveLimits.entries} entries`);
  if (size > archiveLimits.directory)
    tooLarge(`has a central directory of ${size} bytes; the limit is ${archiveLimits.directory}`);
  if (at + size !== length - endLength) invalid("has a central directory with a wrong position or size");
  return { at, count, bytes: await readArchive(handle, at, size) };
}
function parseDirectory(bytes, count) {
  const entries = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + listedLength > bytes.length || bytes.readUInt32LE(at) !== signatures.listed)
      invalid("has a malformed central directory");
    const [nameLength = 0, extraLength = 0, commentLength = 0] = [28, 30, 32].map(
      (offset) => bytes.readUInt16LE(at + offset)
    );
    const nameEnd = at + listedLength + nameLength;
    const end = nameEnd + extraLength + commentLength;
    if (end > bytes.length) invalid("has a malformed central directory");
    entries.push(listedEntry(bytes.subarray(at, nameEnd)));
    at = end;
  }
  if (entries.length !== count) invalid("has a central directory with a wrong number of entries");
  return entries;
}
function listedEntry(bytes) {
  const nameBytes = bytes.subarray(listedLength);
  const [made = 0, , flag = 0, method = 0] = [4, 6, 8, 10].map((offset) => bytes.readUInt16LE(offset));
  const [checksum = 0, packedSize = 0, size = 0] = [16, 20, 24].map((offset) => bytes.readUInt32LE(offset));
  const [attributes = 0, at = 0] = [38, 42].map((offset) => bytes.readUInt32LE(offset));
  const text = entryName(nameBytes, (flag & flags.utf8) !== 0);
  const kind = text.endsWith("/") ? "folder" : "file";
  const name = kind === "folder" ? text.slice(0, -1) : text;
  demandSafeName(name);
  const shown = JSON.stringify(name);
  if ([packedSize, size, at].includes(elsewhere.long)) tooLarge("is in ZIP64 format, which is not supported");
  if ((flag & flags.encrypted) !== 0) invalid(`has an encrypted entry ${shown}`);
  if (method !== 0 && method !== 8) invalid(`has an entry ${shown} with the unsupported compression method ${method}`);
  if (method === 0 && packedSize !== size) invalid(`has an uncompressed entry ${shown} with two different sizes`);
  if (kind === "folder" && size !== 0) invalid(`has a folder ${shown} with contents`);
  if (made >> 8 === 3 && (attributes >>> 16 & 61440) === link) invalid(`has a symbolic link ${shown}`);
  return { name, kind, deflated: method === 8, checksum, size, packedSize, at, nameBytes, method, flags: flag };
}
function entryName(bytes, isUtf8) {
  const text = decodeUtf8(bytes);
  if (text === void 0) invalid("has an entry whose name is not UTF-8");
  if (!isUtf8 && bytes.some((byte) => byte > 127)) invalid("has a non-ASCII entry name that is not marked as UTF-8");
  return text;
}
var control = /[\u0000-\u001f\u007f]/;
function demandSafeName(name) {
  const parts = name.split("/");
  const safe = !forbiddenInPaths.test(name) && !control.test(name) && !name.includes("\\") && Buffer.byteLength(name) <= maxNameLength && parts.every((part) => part !== "" && part !== "." && part !== ".." && Buffer.byteLength(part) <= maxPartLength);
  if (!safe) invalid(`has an entry with the unsafe name ${JSON.stringify(name.slice(0, maxNameLength))}`);
}
function demandDistinct(names) {
  const seen = /* @__PURE__ */ new Set();
  for (const name of names) {
    const folded = foldName(name);
    if (seen.has(folded)) invalid(`has two entries with the name ${JSON.stringify(name)}`);
    seen.add(folded);
  }
}
async function demandSameEntry(handle, listed) {
  const shown = JSON.stringify(listed.name);
  const bytes = await readArchive(handle, listed.at, entryLength + listed.nameBytes.length);
  const [flag = 0, method, nameLength, extraLength = 0] = [6, 8, 26, 28].map((offset) => bytes.readUInt16LE(offset));
  const sizes = [14, 18, 22].map((offset) => bytes.readUInt32LE(offset));
  const stated = (flag & flags.descriptor) === 0;
  const same = bytes.readUInt32LE(0) === signatures.entry && flag === listed.flags && method === listed.method && nameLength === listed.nameBytes.length && bytes.subarray(entryLength).equals(listed.nameBytes) && (!stated || sizes.join() === [listed.checksum, listed.packedSize, listed.size].join());
  if (!same) invalid(`has different headers for the entry ${shown}`);
  return listed.at + entryLength + listed.nameBytes.length + extraLength;
}
async function endOfEntry(handle, listed, start) {
  const end = start + listed.packedSize;
  if ((listed.flags & flags.descriptor) === 0) return end;
  const bytes = await readArchive(handle, end, 16);
  const fields = [0, 4, 8, 12].map((offset) => bytes.readUInt32LE(offset));
  if (fields.join() !== [signatures.descriptor, listed.checksum, listed.packedSize, listed.size].join())
    invalid(`has different headers for the entry ${JSON.stringify(listed.name)}`);
  return end + bytes.length;
}
function readArchive(handle, offset, length) {
  return readExactly(handle, offset, length, () => invalid("is truncated"));
}
function invalid(problem) {
  return fail("ARCHIVE_INVALID", `the archive ${problem}`, {
    remedy: "Upload the artifact again with actions/upload-artifact. If it was uploaded with actions/upload-artifact, find out what changed it."
  });
}
function tooLarge(problem) {
  return fail("LIMIT_EXCEEDED", `the archive ${problem}`, {
    remedy: "Unpack the artifact with actions/download-artifact, and specify the files in its folder."
  });
}
async function unpackArchive(archive, folder, files, maxBytes = archiveLimits.bytes) {
  const handle = await files.open(archive, "r");
  try {
    const entries = await readArchiveDirectory(handle, maxBytes);
    for (const entry of entries) await unpackEntry(handle, entry, folder, files);
    return entries.filter(({ kind }) => kind === "file").map(({ name }) => name);
  } finally {
    await handle.close();
  }
}
async function unpackEntry(archive, entry, folder, files) {
  const path = join(folder, entry.name);
  try {
    await files.mkdir(entry.kind === "folder" ? path : dirname(path), { recursive: true });
    if (entry.kind === "folder") return;
    const file = await files.open(path, "wx", 420);
    try {
      for await (const chunk of contents(archive, entry)) await file.writeFile(chunk);
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof CountersignError || !isConflict(cause)) throw cause;
    invalid(`has an entry ${JSON.stringify(entry.name)} that conflicts with another entry`);
  }
}
function isConflict(cause) {
  return /^(EEXIST|ENOTDIR|EISDIR)$/.test(systemCode(cause) ?? "");
}
async function* contents(archive, entry) {
  let size = 0;
  let checksum = 0;
  for await (const chunk of entry.deflated ? inflated(archive, entry) : packed(archive, entry)) {
    size += chunk.length;
    checksum = crc32(chunk, checksum);
    if (size > entry.size) break;
    yield chunk;
  }
  if (size !== entry.size || checksum !== entry.checksum)
    invalid(`has an entry ${JSON.stringify(entry.name)} whose size or checksum is wrong`);
}
var chunkLength = 64 * 1024;
async function* packed(archive, { start, packedSize }) {
  for (let at = 0; at < packedSize; at += chunkLength) {
    yield await readArchive(archive, start + at, Math.min(chunkLength, packedSize - at));
  }
}
async function* inflated(archive, entry) {
  const inflate = createInflateRaw();
  const feeding = pipeline(packed(archive, entry), inflate).catch((cause) => cause);
  try {
    yield* inflate;
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause;
    invalid(`has an entry ${JSON.stringify(entry.name)} that cannot be unpacked`);
  } finally {
    inflate.destroy();
    await feeding;
  }
  if (inflate.bytesWritten !== entry.packedSize)
    invalid(`has an entry ${JSON.stringify(entry.name)} with extra data after its end`);
}
export {
  archiveLimits,
  isArchive,
  unpackArchive
};
