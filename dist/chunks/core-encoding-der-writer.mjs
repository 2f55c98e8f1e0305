import { concatBytes, decodeUtf8, isWellFormed, uintBytes, utf8 } from "./core-encoding-json.mjs";
function canonicalJson(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map(([name, member]) => `${quoted(name)}:${canonicalJson(member)}`);
    return `{${members.join(",")}}`;
  }
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError("JSON has no infinities");
  return JSON.stringify(value);
}
function quoted(text) {
  if (!isWellFormed(text)) throw new RangeError("JSON has no lone surrogates");
  return JSON.stringify(text);
}

import { decodeBase64, encodeBase64 } from "./core-encoding-der.mjs";

import { contextTag, tags } from "./core-encoding-der.mjs";

import { fail } from "./core-errors-codes.mjs";

var block = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n([A-Za-z0-9+/=\r\n]+?)\r?\n-----END \1-----(?:\r?\n|$)/y;
function encodePem(label, der2) {
  const lines = encodeBase64(der2).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----
${lines.join("\n")}
-----END ${label}-----
`;
}
function decodePem(label, text) {
  const blocks = [];
  const trimmed = text.trim();
  block.lastIndex = 0;
  while (block.lastIndex < trimmed.length) {
    const offset = block.lastIndex;
    const match = block.exec(trimmed);
    if (match === null) fail("PEM_INVALID", `expected a PEM block at character ${offset}`);
    if (match[1] !== label) fail("PEM_INVALID", `expected a PEM block "${label}", found another kind`);
    blocks.push(decodeBase64((match[2] ?? "").replace(/[\r\n]/g, "")));
  }
  const [first, ...others] = blocks;
  return first === void 0 ? fail("PEM_INVALID", "the text contains no PEM block") : [first, ...others];
}
function element(tag, ...contents) {
  let length = 0;
  for (const part of contents) length += part.length;
  return concatBytes(new Uint8Array([tag]), lengthBytes(length), ...contents);
}
function lengthBytes(length) {
  if (length < 128) return new Uint8Array([length]);
  const width = length < 256 ? 1 : length < 65536 ? 2 : length < 16777216 ? 3 : 4;
  return concatBytes(new Uint8Array([128 | width]), uintBytes(length, width));
}
function unsigned(bytes) {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const digits = bytes.subarray(start);
  return (digits[0] ?? 128) >= 128 ? element(tags.integer, new Uint8Array([0]), digits) : element(tags.integer, digits);
}
function oidContents(oid) {
  const [first = 0n, second = 0n, ...rest] = oid.split(".").map(BigInt);
  const bytes = [];
  for (const arc of [first * 40n + second, ...rest]) {
    const groups = [Number(arc & 0x7fn)];
    for (let high = arc >> 7n; high > 0n; high >>= 7n) groups.unshift(Number(high & 0x7fn) | 128);
    bytes.push(...groups);
  }
  return new Uint8Array(bytes);
}
function timeDigits(time) {
  return `${time.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`;
}
var der = {
  element,
  sequence: (...elements) => element(tags.sequence, ...elements),
  /** SET OF: the elements in ascending order of their encodings (X.690, 11.6). */
  set: (...elements) => element(tags.set, ...[...elements].sort(compareBytes)),
  boolean: (value) => element(tags.boolean, new Uint8Array([value ? 255 : 0])),
  integer: (value) => {
    const hex = BigInt(value).toString(16);
    return unsigned(uintBytes(value, Math.ceil(hex.length / 2)));
  },
  unsigned,
  oid: (oid) => element(tags.objectIdentifier, oidContents(oid)),
  octetString: (bytes) => element(tags.octetString, bytes),
  bitString: (bytes) => element(tags.bitString, new Uint8Array([0]), bytes),
  /** A named-bit BIT STRING of the bits with these numbers, trailing zero bits left out. */
  namedBits: (...bits) => {
    if (bits.length === 0) return element(tags.bitString, new Uint8Array([0]));
    const last = Math.max(...bits);
    const bytes = new Uint8Array(Math.floor(last / 8) + 1);
    for (const bit of bits) {
      const index = Math.floor(bit / 8);
      bytes[index] = (bytes[index] ?? 0) | 128 >> bit % 8;
    }
    return element(tags.bitString, new Uint8Array([7 - last % 8]), bytes);
  },
  null: () => element(tags.null),
  utf8String: (text) => element(tags.utf8String, utf8(text)),
  printableString: (text) => element(tags.printableString, utf8(text)),
  /** UTCTime from 1950 to 2049, else GeneralizedTime (RFC 5280, section 4.1.2.5). */
  time: (time) => time.getUTCFullYear() >= 1950 && time.getUTCFullYear() < 2050 ? element(tags.utcTime, utf8(timeDigits(time).slice(2))) : element(tags.generalizedTime, utf8(timeDigits(time))),
  generalizedTime: (time) => element(tags.generalizedTime, utf8(timeDigits(time))),
  /** `[number] EXPLICIT`, or an implicitly tagged constructed element. */
  context: (number, ...contents) => element(contextTag(number, "constructed"), ...contents),
  /** An implicitly tagged primitive element. */
  contextPrimitive: (number, contents) => element(contextTag(number, "primitive"), contents)
};
function compareBytes(a, b) {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

var plain = { path: /[\w\-.~$&+,/:;=@]/, fragment: /[\w\-.~$&+,/:;=?@!()*]/ };
var allowed = {
  path: /^[\w\-.~$&+,/:;=@!'()*[\]%]*$/,
  fragment: /^[\w\-.~$&+,/:;=?@!()*'[\]%]*$/
};
function goUrl(text) {
  if (/[\x00-\x1f\x7f]/.test(text)) return void 0;
  const [, origin, path = "", query = "", fragment] = /^(https?:\/\/[\w.:-]+)(\/[^?#]*)?(\?[^#]*)?(?:#(.*))?$/s.exec(text) ?? [];
  if (origin === void 0) return void 0;
  const writtenPath = encodePart(path, "path");
  const writtenFragment = encodePart(fragment ?? "", "fragment");
  if (writtenPath === void 0 || writtenFragment === void 0) return void 0;
  return `${origin}${writtenPath}${query}${fragment ? `#${writtenFragment}` : ""}`;
}
function plainUrl(url) {
  if (!url.includes("%")) return void 0;
  const bytes = percentDecode(url);
  const text = bytes === void 0 ? void 0 : decodeUtf8(bytes);
  return text === void 0 || text.includes("%") || goUrl(text) !== url ? void 0 : text;
}
function encodePart(part, kind) {
  const decoded = percentDecode(part);
  if (decoded === void 0) return void 0;
  if (allowed[kind].test(part)) return part;
  return Array.from(decoded, (byte) => {
    const character = String.fromCharCode(byte);
    return byte < 128 && plain[kind].test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}
function percentDecode(text) {
  const bytes = [];
  const written = utf8(text);
  for (let at = 0; at < written.length; at++) {
    const byte = written[at] ?? 0;
    if (byte !== 37) {
      bytes.push(byte);
      continue;
    }
    const digits = decodeUtf8(written.subarray(at + 1, at + 3)) ?? "";
    if (!/^[0-9a-fA-F]{2}$/.test(digits)) return void 0;
    bytes.push(Number.parseInt(digits, 16));
    at += 2;
  }
  return Uint8Array.from(bytes);
}

function preAuthenticationEncoding(payloadType, payload) {
  const type = utf8(payloadType);
  return concatBytes(utf8(`DSSEv1 ${type.length} `), type, utf8(` ${payload.length} `), payload);
}
export {
  canonicalJson,
  decodePem,
  der,
  encodePem,
  goUrl,
  plainUrl,
  preAuthenticationEncoding
};
