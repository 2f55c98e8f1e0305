import { concatBytes, decodeUtf8, isWellFormed, utf8 } from "./core-encoding-json.mjs";
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
  goUrl,
  plainUrl,
  preAuthenticationEncoding
};
