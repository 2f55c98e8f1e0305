import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  sigstoreAudience
} from "./chunk-FOCVXOSL.mjs";
import {
  expectStatus
} from "./chunk-WXJWSKLB.mjs";
import {
  ProtoField
} from "./chunk-Y54HXCFX.mjs";
import {
  fail
} from "./chunk-4KXGZMC2.mjs";

// src/identity/token-source.ts
var marginMilliseconds = 6e4;
function cachedTokens(request, clock) {
  let current;
  return async () => {
    const held = current;
    const token = await held?.catch(() => void 0);
    if (token !== void 0 && token.expiresAt.getTime() - clock().getTime() > marginMilliseconds) return token;
    if (current === held || current === void 0) current = request();
    return current;
  };
}

// src/identity/github-actions.ts
function tokenEndpoint(environment) {
  const url = environment.ACTIONS_ID_TOKEN_REQUEST_URL;
  const requestToken2 = environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN;
  if (!url || !requestToken2) {
    fail("TOKEN_PERMISSION_MISSING", "this job may not request an identity token", {
      remedy: "Add these two lines to the job:\n  permissions:\n    id-token: write\nA pull request from a fork never has this permission."
    });
  }
  if (!URL.canParse(url)) fail("TOKEN_PERMISSION_MISSING", "ACTIONS_ID_TOKEN_REQUEST_URL is not a URL");
  return { url, requestToken: requestToken2 };
}
async function requestToken(http, endpoint) {
  const url = new URL(endpoint.url);
  url.searchParams.set("audience", sigstoreAudience);
  const request = {
    method: "GET",
    url,
    headers: { authorization: `Bearer ${endpoint.requestToken}`, accept: "application/json" },
    service: "GitHub's identity provider",
    timeoutMilliseconds: 1e4,
    maxBodyLength: 64 * 1024
  };
  const { body } = expectStatus(request, await http(request), 200);
  return ProtoField.parse(body, "SERVICE_RESPONSE_INVALID", `the answer of GitHub's identity provider (${url.origin})`).field("value").text();
}

export {
  cachedTokens,
  tokenEndpoint,
  requestToken
};
