import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  parseJson
} from "./chunk-4Z2FOAEY.mjs";
import {
  decodeUtf8
} from "./chunk-E6Z6BNYX.mjs";
import {
  CountersignError,
  fail
} from "./chunk-4KXGZMC2.mjs";

// src/services/http/answer.ts
var maxQuotedLength = 300;
function expectStatus(request, response, ...statuses) {
  if (statuses.includes(response.status)) return response;
  const answer = describeAnswer(request, response);
  if (response.status >= 500 || [408, 425, 429].includes(response.status)) {
    fail("SERVICE_UNAVAILABLE", answer, { remedy: "The service is down or overloaded. Run the job again later." });
  }
  return fail("SERVICE_REFUSED", answer);
}
function describeAnswer({ service, url }, { status, body }) {
  const said = quote(body);
  return `${service} (${url.origin}) answered ${status}${said === "" ? "" : `: ${said}`}`;
}
function quote(body) {
  try {
    const json = parseJson(body, { maxLength: 64 * 1024, maxDepth: 8 });
    const message = typeof json === "object" && json !== null && "message" in json ? json.message : void 0;
    return typeof message === "string" ? quotable(message) : "";
  } catch (error) {
    if (error instanceof CountersignError) return quotable(plainText(body));
    throw error;
  }
}
function plainText(body) {
  const text = (decodeUtf8(body) ?? "").trim();
  return text.startsWith("<") ? "" : text.slice(0, 4096);
}
function quotable(text) {
  return withoutSecrets(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").slice(0, maxQuotedLength);
}
function withoutSecrets(text) {
  return text.replace(/eyJ[\w-]*(?:\.[\w-]*)*/g, "[token]").replace(/(bearer\s+)\S+/gi, "$1[token]");
}

export {
  expectStatus,
  describeAnswer
};
