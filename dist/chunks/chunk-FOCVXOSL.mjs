import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  createLocalJWKSet,
  decodeJwt,
  jwtVerify
} from "./chunk-GWBD5HXH.mjs";
import {
  isSafeUrl
} from "./chunk-M5ZULOZO.mjs";
import {
  expectStatus
} from "./chunk-WXJWSKLB.mjs";
import {
  ProtoField
} from "./chunk-Y54HXCFX.mjs";
import {
  decodeUtf8
} from "./chunk-E6Z6BNYX.mjs";
import {
  fail
} from "./chunk-4KXGZMC2.mjs";

// src/identity/secret.ts
import { inspect } from "node:util";
var Secret = class {
  #text;
  constructor(text) {
    this.#text = text;
  }
  /** The text itself, for the one place that sends it. */
  reveal() {
    return this.#text;
  }
  toString() {
    return "[secret]";
  }
  toJSON() {
    return "[secret]";
  }
  [inspect.custom]() {
    return "[secret]";
  }
};

// src/identity/identity-token.ts
var sigstoreAudience = "sigstore";
var maxLength = 16 * 1024;
var clockSkewSeconds = 60;
var minimumLifetimeSeconds = 30;
function readIdentityToken(text, now, serverUrl) {
  const claims = readClaims(text);
  const { iss: issuer, aud, exp, nbf } = claims;
  if (typeof issuer !== "string" || issuer === "") {
    fail("TOKEN_INVALID", "the identity token does not say who issued it");
  }
  if (![aud].flat().includes(sigstoreAudience)) {
    fail("TOKEN_INVALID", `the identity token is for another audience than "${sigstoreAudience}"`, {
      remedy: `Request the token for the audience "${sigstoreAudience}".`
    });
  }
  const seconds = now.getTime() / 1e3;
  if (typeof exp !== "number" || Math.abs(exp) > 864e10)
    fail("TOKEN_INVALID", "the identity token does not say when it expires");
  if (exp < seconds + minimumLifetimeSeconds) {
    fail("TOKEN_EXPIRED", `the identity token expires at ${isoTime(exp)}; it is ${now.toISOString()}`, {
      remedy: "Request a new token right before signing."
    });
  }
  if (typeof nbf === "number" && nbf > seconds + clockSkewSeconds) {
    fail("TOKEN_INVALID", `the identity token is not valid before ${isoTime(nbf)}; it is ${now.toISOString()}`);
  }
  return {
    token: new Secret(text),
    issuer,
    expiresAt: new Date(exp * 1e3),
    claims,
    ...readIdentity(claims, serverUrl)
  };
}
function textClaim(claims, name) {
  const value = claims[name];
  return typeof value === "string" && value !== "" ? value : void 0;
}
function readClaims(text) {
  if (text.length > maxLength || text.split(".", 5).length !== 3) {
    fail("TOKEN_INVALID", "the identity token is not a JSON Web Token");
  }
  try {
    return decodeJwt(text);
  } catch {
    return fail("TOKEN_INVALID", "the identity token is not a JSON Web Token");
  }
}
function readIdentity(claims, serverUrl) {
  const email = textClaim(claims, "email");
  if (email !== void 0) return { challenge: email, certificateIdentity: email };
  const challenge = textClaim(claims, "sub") ?? fail("TOKEN_INVALID", "the identity token has no subject");
  const workflow = textClaim(claims, "job_workflow_ref") ?? fail("TOKEN_INVALID", "the identity token names no workflow and no e-mail address");
  return { challenge, certificateIdentity: `${serverUrl}/${workflow}` };
}
function isoTime(seconds) {
  const time = new Date(seconds * 1e3);
  return Number.isNaN(time.getTime()) ? `${seconds} s` : time.toISOString();
}

// src/identity/job.ts
var dangerousTriggers = /* @__PURE__ */ new Set(["pull_request_target", "workflow_run", "issue_comment"]);
function checkTrigger(claims, allowed) {
  const event = textClaim(claims, "event_name");
  if (allowed || event === void 0 || !dangerousTriggers.has(event)) return;
  fail("TRIGGER_REFUSED", `this job was started by ${event}, with which strangers can start it`, {
    remedy: "Sign in a workflow of its own, started by a push, a tag or a release; or set `allow-dangerous-triggers: true`."
  });
}
var publishedClaims = [
  "repository",
  "repository_owner",
  "workflow_ref",
  "job_workflow_ref",
  "ref",
  "sha",
  "event_name",
  "run_id",
  "environment",
  "sub"
];
function checkPrivacy(claims, allowed) {
  const visibility = textClaim(claims, "repository_visibility");
  if (allowed || visibility === void 0 || visibility === "public") return;
  const listed = publishedClaims.flatMap((name) => {
    const value = textClaim(claims, name);
    return value === void 0 ? [] : [`  ${name}: ${value}`];
  });
  fail(
    "PUBLIC_LOG_REFUSED",
    `this repository is ${visibility}; a public log would show for ever:
${listed.join("\n")}`,
    {
      remedy: "Set `public-log: allow` if that may be, or use an instance without a public log (`instance: github` or `custom`)."
    }
  );
}

// src/identity/verify-token.ts
async function verifyTokenClaims(http, identity, now) {
  const keys = await fetchKeys(http, identity.issuer);
  try {
    const { payload } = await jwtVerify(identity.token.reveal(), createLocalJWKSet(keys), {
      issuer: identity.issuer,
      audience: sigstoreAudience,
      algorithms: ["RS256", "ES256"],
      currentDate: now,
      clockTolerance: 60
    });
    return payload;
  } catch {
    return fail("TOKEN_INVALID", `the identity token is not signed by a key that ${identity.issuer} publishes`);
  }
}
async function fetchKeys(http, issuer) {
  const discovery = ProtoField.parse(
    await fetchJson(http, `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`),
    "SERVICE_RESPONSE_INVALID",
    "the identity provider's discovery document"
  );
  if (discovery.field("issuer").string() !== issuer) discovery.field("issuer").fail("is another issuer");
  const keys = await fetchJson(http, discovery.field("jwks_uri").text());
  ProtoField.parse(keys, "SERVICE_RESPONSE_INVALID", "the identity provider's keys").field("keys").list(64);
  return JSON.parse(decodeUtf8(keys) ?? "");
}
async function fetchJson(http, address) {
  if (!URL.canParse(address)) fail("SERVICE_RESPONSE_INVALID", "the identity provider names an address that is none");
  const url = new URL(address);
  if (!isSafeUrl(url)) {
    fail("SERVICE_RESPONSE_INVALID", `the identity provider is at ${url.origin}; only https is used`);
  }
  const request = {
    method: "GET",
    url,
    headers: { accept: "application/json" },
    service: "the identity provider",
    timeoutMilliseconds: 1e4,
    maxBodyLength: 256 * 1024
  };
  return expectStatus(request, await http(request), 200).body;
}

export {
  Secret,
  sigstoreAudience,
  readIdentityToken,
  textClaim,
  checkTrigger,
  checkPrivacy,
  verifyTokenClaims
};
