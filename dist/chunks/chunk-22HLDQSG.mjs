import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  concatBytes,
  isWellFormed,
  utf8
} from "./chunk-E6Z6BNYX.mjs";

// src/core/encoding/pre-authentication-encoding.ts
function preAuthenticationEncoding(payloadType, payload) {
  const type = utf8(payloadType);
  return concatBytes(utf8(`DSSEv1 ${type.length} `), type, utf8(` ${payload.length} `), payload);
}

// src/core/encoding/canonical-json.ts
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

export {
  preAuthenticationEncoding,
  canonicalJson
};
