import { CountersignError, fail } from "./core-errors-codes.mjs";
function readingImage(read) {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof CountersignError && cause.code === "SERVICE_RESPONSE_INVALID")
      throw new CountersignError("IMAGE_INVALID", cause.message, { cause });
    throw cause;
  }
}
function invalidImage(message, remedy) {
  fail("IMAGE_INVALID", message, remedy === void 0 ? {} : { remedy });
}

import { decodeUtf8 } from "./core-encoding-json.mjs";

var tarBlockLength = 512;
function readTarHeader(block, refuse) {
  if (isZero(block)) return void 0;
  const magic = latin1(block.subarray(257, 265));
  if (magic !== "ustar\x0000" && magic !== "ustar  \0") refuse("has no valid tar header");
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (readNumber(block.subarray(148, 156), refuse) !== sum) refuse("has a header with a wrong checksum");
  const name = readName(block.subarray(0, 100), refuse);
  const prefix = magic.endsWith("00") ? readName(block.subarray(345, 500), refuse) : "";
  const type = latin1(block.subarray(156, 157));
  return {
    name: prefix === "" ? name : `${prefix}/${name}`,
    type: type === "\0" ? "0" : type,
    size: readNumber(block.subarray(124, 136), refuse)
  };
}
function isZero(bytes) {
  return bytes.every((byte) => byte === 0);
}
function readNumber(field, refuse) {
  if (field[0] === 128) {
    const value = field.subarray(1).reduce((total, byte) => total * 256 + byte, 0);
    return Number.isSafeInteger(value) ? value : refuse("has a number that is too large");
  }
  const [, digits] = /^ *([0-7]+)[ \0]*$/.exec(latin1(field)) ?? [];
  return digits === void 0 ? refuse("has a malformed number in its header") : Number.parseInt(digits, 8);
}
function readName(field, refuse) {
  const end = field.indexOf(0);
  return text(end === -1 ? field : field.subarray(0, end), refuse);
}
function readLongName(bytes, refuse) {
  const name = text(bytes, refuse).replace(/\0$/, "");
  return name === "" || name.includes("\0") ? refuse("has a malformed long name") : name;
}
function readPaxRecords(bytes, refuse) {
  const records = /* @__PURE__ */ new Map();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const digits = space === -1 ? "" : latin1(bytes.subarray(at, Math.min(space, at + 10)));
    const length = /^[1-9][0-9]*$/.test(digits) ? Number(digits) : 0;
    const equals = bytes.indexOf(61, space);
    const end = at + length;
    if (length === 0 || end > bytes.length || bytes[end - 1] !== 10 || equals === -1 || equals >= end) {
      refuse("has a malformed pax record");
    }
    const name = text(bytes.subarray(space + 1, equals), refuse);
    if (records.has(name)) refuse(`has the pax record ${JSON.stringify(name)} twice`);
    if (name.startsWith("GNU.sparse.")) refuse("has a sparse file, which is not supported");
    records.set(name, bytes.subarray(equals + 1, end - 1));
    at = end;
  }
  const [path, size] = [records.get("path"), records.get("size")];
  return {
    ...path !== void 0 && { name: readLongName(path, refuse) },
    ...size !== void 0 && { size: readDecimal(latin1(size), refuse) }
  };
}
function readDecimal(digits, refuse) {
  const size = /^[0-9]{1,16}$/.test(digits) ? Number(digits) : Number.NaN;
  return Number.isSafeInteger(size) ? size : refuse("has a malformed size in a pax record");
}
function text(bytes, refuse) {
  return decodeUtf8(bytes) ?? refuse("has a name that is not valid UTF-8");
}
function latin1(bytes) {
  return String.fromCharCode(...bytes);
}
var maxHeaders = 1e5;
var maxExtensionLength = 1024 * 1024;
var maxEndLength = 1024 * 1024;
var kinds = /* @__PURE__ */ new Map([
  ["0", "file"],
  ["1", "other"],
  ["2", "other"],
  ["3", "other"],
  ["4", "other"],
  ["5", "folder"],
  ["6", "other"]
]);
async function scanTar(read, length, what, invalid = invalidSavedImage) {
  const entries = /* @__PURE__ */ new Map();
  const folders = /* @__PURE__ */ new Set();
  let extended;
  let offset = 0;
  for (let headers = 0; ; headers++) {
    if (headers > maxHeaders) fail("LIMIT_EXCEEDED", `${what} has more than ${maxHeaders} entries`);
    const refuse2 = refusal(what, offset, invalid);
    if (length < tarBlockLength) refuse2("is too short for a tar archive");
    if (offset + tarBlockLength > length) refuse2("has no end marker: the archive is truncated");
    const header = readTarHeader(await read(offset, tarBlockLength), refuse2);
    if (header === void 0) break;
    const begin = offset + tarBlockLength;
    if (begin + header.size > length) refuse2("has an incomplete entry: the archive is truncated");
    if (isExtension(header)) {
      const { size: size2 } = header;
      if (size2 > maxExtensionLength)
        refuse2(`has an extended header of ${size2} bytes; the limit is ${maxExtensionLength}`);
      if (extended !== void 0) refuse2("has two extended headers for one entry");
      extended = readExtension(header, await read(begin, size2), refuse2);
      offset = begin + padded(size2);
      continue;
    }
    const { name: written, type, size } = { ...header, ...extended };
    extended = void 0;
    const kind = kinds.get(type) ?? refuse2(`has an entry of the unsupported type ${JSON.stringify(type)}`);
    if (kind !== "file" && size !== 0) refuse2("has an entry that is not a file but has content");
    const name = plainName(written, kind, refuse2);
    if (entries.has(name) || kind !== "folder" && folders.has(name)) {
      refuse2(`has a second entry with the name ${JSON.stringify(name.slice(0, 300))}`);
    }
    if (kind === "folder") folders.add(name);
    else entries.set(name, { kind, offset: begin, size });
    offset = begin + padded(size);
  }
  const refuse = refusal(what, offset, invalid);
  if (extended !== void 0) refuse("has an extended header without an entry");
  await demandEnd(read, offset, length, refuse);
  return entries;
}
function refusal(what, offset, invalid) {
  return (problem) => invalid(`${what}, at byte ${offset}, ${problem}`);
}
function invalidSavedImage(message) {
  return invalidImage(message, "Save the image again, or check that the file was copied completely.");
}
function isExtension({ type }) {
  return ["x", "g", "L", "K"].includes(type);
}
function readExtension({ type }, body, refuse) {
  if (type === "K") return void 0;
  if (type === "L") return { name: readLongName(body, refuse) };
  const records = readPaxRecords(body, refuse);
  if (type === "x") return records;
  if (Object.keys(records).length > 0) refuse("has a global header with a name or size");
  return void 0;
}
async function demandEnd(read, offset, length, refuse) {
  const rest = length - offset;
  if (rest < 2 * tarBlockLength) refuse("has an incomplete end marker: the archive is truncated");
  if (rest > maxEndLength) refuse(`has ${rest} extra bytes after its end`);
  if (!isZero(await read(offset, rest))) refuse("has data after its end marker");
}
function plainName(written, kind, refuse) {
  const name = (kind === "folder" ? written.replace(/\/$/, "") : written).replace(/^(?:\.\/)+/, "");
  if (kind === "folder" && (name === "" || name === ".")) return "";
  if (name.split("/").some((part) => part === "" || part === "." || part === "..")) {
    refuse(`has an entry with the unsafe name ${JSON.stringify(written.slice(0, 300))}`);
  }
  return name;
}
function padded(size) {
  return Math.ceil(size / tarBlockLength) * tarBlockLength;
}
export {
  invalidImage,
  readingImage,
  scanTar
};
