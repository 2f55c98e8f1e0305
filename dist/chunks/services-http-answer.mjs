import { parseJson, asList, asObject, asText, decodeUtf8 } from "./core-encoding-json.mjs";
import { CountersignError, fail } from "./core-errors-codes.mjs";
var maxQuotedLength = 300;
function expectStatus(request, response, ...statuses) {
  if (statuses.includes(response.status)) return response;
  const answer = describeAnswer(request, response);
  if (response.status >= 500 || [408, 425, 429].includes(response.status)) {
    fail("SERVICE_UNAVAILABLE", answer, { remedy: "The service is down or overloaded. Try again later." });
  }
  return fail("SERVICE_REFUSED", answer);
}
function describeAnswer(request, response) {
  const said = quote(request, response);
  return `${request.service} (${request.url.origin}) responded with ${response.status}${said === "" ? "" : `: ${said}`}`;
}
function quote({ quotes }, { body, followsSecret = false }) {
  if (quotes === void 0) return "";
  const mayQuote = quotes === "message" && !followsSecret;
  try {
    const json = parseJson(body, { maxLength: 64 * 1024, maxDepth: 8 });
    return mayQuote ? quotable(messageOf(json)) : knownCode(json);
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return mayQuote ? quotable(plainText(body).slice(0, 4096)) : "";
  }
}
var grpcCodes = [
  void 0,
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED"
];
var registryCodes = [
  "BLOB_UNKNOWN",
  "BLOB_UPLOAD_INVALID",
  "BLOB_UPLOAD_UNKNOWN",
  "DENIED",
  "DIGEST_INVALID",
  "MANIFEST_BLOB_UNKNOWN",
  "MANIFEST_INVALID",
  "MANIFEST_UNKNOWN",
  "MANIFEST_UNVERIFIED",
  "NAME_INVALID",
  "NAME_UNKNOWN",
  "RANGE_INVALID",
  "SIZE_INVALID",
  "TAG_INVALID",
  "TOOMANYREQUESTS",
  "UNAUTHORIZED",
  "UNAVAILABLE",
  "UNSUPPORTED"
];
function knownCode(json) {
  const { code, errors } = members(json);
  if (typeof code === "number") return grpcCodes[code] ?? "";
  const first = members(asList(errors)?.[0]);
  return registryCodes.find((known) => known === first.code) ?? "";
}
function messageOf(json) {
  const { message, errors } = members(json);
  const first = members(asList(errors)?.[0]);
  return asText(message) ?? [first.code, first.message].flatMap((text) => asText(text) ?? []).join(": ");
}
function members(json) {
  return asObject(json) ?? {};
}
function plainText(body) {
  const text = (decodeUtf8(body) ?? "").trim();
  return text.startsWith("<") ? "" : text;
}
function quotable(text) {
  return redactSecrets(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").slice(0, maxQuotedLength);
}
function redactSecrets(text) {
  return text.replace(/eyJ[\w-]*(?:\.[\w-]*)*/g, "[token]").replace(/(bearer\s+)\S+/gi, "$1[token]");
}
export {
  describeAnswer,
  expectStatus
};
