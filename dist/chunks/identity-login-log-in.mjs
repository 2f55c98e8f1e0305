import { untilCancelled } from "./run-sign-signing-result.mjs";
import { inCi } from "./identity-find-tokens.mjs";
import { require_node_http } from "./report-retry-text.mjs";
import { isSafeUrl } from "./node-make-folder.mjs";
import { expectStatus } from "./services-http-answer.mjs";
import { Secret } from "./node-secret.mjs";
import { shownUrl } from "./core-certificate-certificate.mjs";
import "./core-encoding-json.mjs";
import "./run-world-world.mjs";
import { CountersignError, fail, systemCode, __callDispose, __toESM, __using } from "./core-errors-codes.mjs";
import { createHash } from "node:crypto";
var USER_AGENT;
if (typeof navigator === "undefined" || !navigator.userAgent?.startsWith?.("Mozilla/5.0 ")) {
  const NAME = "oauth4webapi";
  const VERSION = "v3.8.8";
  USER_AGENT = `${NAME}/${VERSION}`;
}
function looseInstanceOf(input, expected) {
  if (input == null) {
    return false;
  }
  try {
    return input instanceof expected || Object.getPrototypeOf(input)[Symbol.toStringTag] === expected.prototype[Symbol.toStringTag];
  } catch {
    return false;
  }
}
var ERR_INVALID_ARG_VALUE = "ERR_INVALID_ARG_VALUE";
var ERR_INVALID_ARG_TYPE = "ERR_INVALID_ARG_TYPE";
function CodedTypeError(message, code, cause) {
  const err = new TypeError(message, { cause });
  Object.assign(err, { code });
  return err;
}
var allowInsecureRequests = /* @__PURE__ */ Symbol();
var clockSkew = /* @__PURE__ */ Symbol();
var clockTolerance = /* @__PURE__ */ Symbol();
var customFetch = /* @__PURE__ */ Symbol();
var jweDecrypt = /* @__PURE__ */ Symbol();
var encoder = new TextEncoder();
var decoder = new TextDecoder();
function buf(input) {
  if (typeof input === "string") {
    return encoder.encode(input);
  }
  return decoder.decode(input);
}
var encodeBase64Url;
if (Uint8Array.prototype.toBase64) {
  encodeBase64Url = (input) => {
    if (input instanceof ArrayBuffer) {
      input = new Uint8Array(input);
    }
    return input.toBase64({ alphabet: "base64url", omitPadding: true });
  };
} else {
  const CHUNK_SIZE = 32768;
  encodeBase64Url = (input) => {
    if (input instanceof ArrayBuffer) {
      input = new Uint8Array(input);
    }
    const arr = [];
    for (let i = 0; i < input.byteLength; i += CHUNK_SIZE) {
      arr.push(String.fromCharCode.apply(null, input.subarray(i, i + CHUNK_SIZE)));
    }
    return btoa(arr.join("")).replace(/=/g, "").replace(/\+/g, "-").replace(/\//g, "_");
  };
}
var decodeBase64Url;
if (Uint8Array.fromBase64) {
  decodeBase64Url = (input) => {
    try {
      return Uint8Array.fromBase64(input, { alphabet: "base64url" });
    } catch (cause) {
      throw CodedTypeError("The input to be decoded is not correctly encoded.", ERR_INVALID_ARG_VALUE, cause);
    }
  };
} else {
  decodeBase64Url = (input) => {
    try {
      const binary = atob(input.replace(/-/g, "+").replace(/_/g, "/").replace(/\s/g, ""));
      const bytes = new Uint8Array(binary.length);
      for (let i = 0; i < binary.length; i++) {
        bytes[i] = binary.charCodeAt(i);
      }
      return bytes;
    } catch (cause) {
      throw CodedTypeError("The input to be decoded is not correctly encoded.", ERR_INVALID_ARG_VALUE, cause);
    }
  };
}
function b64u(input) {
  if (typeof input === "string") {
    return decodeBase64Url(input);
  }
  return encodeBase64Url(input);
}
var UnsupportedOperationError = class extends Error {
  code;
  constructor(message, options2) {
    super(message, options2);
    this.name = this.constructor.name;
    this.code = UNSUPPORTED_OPERATION;
    Error.captureStackTrace?.(this, this.constructor);
  }
};
var OperationProcessingError = class extends Error {
  code;
  constructor(message, options2) {
    super(message, options2);
    this.name = this.constructor.name;
    if (options2?.code) {
      this.code = options2?.code;
    }
    Error.captureStackTrace?.(this, this.constructor);
  }
};
function OPE(message, code, cause) {
  return new OperationProcessingError(message, { code, cause });
}
function isJsonObject(input) {
  if (input === null || typeof input !== "object" || Array.isArray(input)) {
    return false;
  }
  return true;
}
function prepareHeaders(input) {
  if (looseInstanceOf(input, Headers)) {
    input = Object.fromEntries(input.entries());
  }
  const headers = new Headers(input ?? {});
  if (USER_AGENT && !headers.has("user-agent")) {
    headers.set("user-agent", USER_AGENT);
  }
  if (headers.has("authorization")) {
    throw CodedTypeError('"options.headers" must not include the "authorization" header name', ERR_INVALID_ARG_VALUE);
  }
  return headers;
}
function signal(url, value) {
  if (value !== void 0) {
    if (typeof value === "function") {
      value = value(url.href);
    }
    if (!(value instanceof AbortSignal)) {
      throw CodedTypeError('"options.signal" must return or be an instance of AbortSignal', ERR_INVALID_ARG_TYPE);
    }
    return value;
  }
  return void 0;
}
function replaceDoubleSlash(pathname) {
  if (pathname.includes("//")) {
    return pathname.replace("//", "/");
  }
  return pathname;
}
function prependWellKnown(url, wellKnown, allowTerminatingSlash = false) {
  if (url.pathname === "/") {
    url.pathname = wellKnown;
  } else {
    url.pathname = replaceDoubleSlash(`${wellKnown}/${allowTerminatingSlash ? url.pathname : url.pathname.replace(/(\/)$/, "")}`);
  }
  return url;
}
function appendWellKnown(url, wellKnown) {
  url.pathname = replaceDoubleSlash(`${url.pathname}/${wellKnown}`);
  return url;
}
async function performDiscovery(input, urlName, transform, options2) {
  if (!(input instanceof URL)) {
    throw CodedTypeError(`"${urlName}" must be an instance of URL`, ERR_INVALID_ARG_TYPE);
  }
  checkProtocol(input, options2?.[allowInsecureRequests] !== true);
  const url = transform(new URL(input.href));
  const headers = prepareHeaders(options2?.headers);
  headers.set("accept", "application/json");
  return (options2?.[customFetch] || fetch)(url.href, {
    body: void 0,
    headers: Object.fromEntries(headers.entries()),
    method: "GET",
    redirect: "manual",
    signal: signal(url, options2?.signal)
  });
}
async function discoveryRequest(issuerIdentifier, options2) {
  return performDiscovery(issuerIdentifier, "issuerIdentifier", (url) => {
    switch (options2?.algorithm) {
      case void 0:
      case "oidc":
        appendWellKnown(url, ".well-known/openid-configuration");
        break;
      case "oauth2":
        prependWellKnown(url, ".well-known/oauth-authorization-server");
        break;
      default:
        throw CodedTypeError('"options.algorithm" must be "oidc" (default), or "oauth2"', ERR_INVALID_ARG_VALUE);
    }
    return url;
  }, options2);
}
function assertNumber(input, allow0, it, code, cause) {
  try {
    if (typeof input !== "number" || !Number.isFinite(input)) {
      throw CodedTypeError(`${it} must be a number`, ERR_INVALID_ARG_TYPE, cause);
    }
    if (input > 0)
      return;
    if (allow0) {
      if (input !== 0) {
        throw CodedTypeError(`${it} must be a non-negative number`, ERR_INVALID_ARG_VALUE, cause);
      }
      return;
    }
    throw CodedTypeError(`${it} must be a positive number`, ERR_INVALID_ARG_VALUE, cause);
  } catch (err) {
    if (code) {
      throw OPE(err.message, code, cause);
    }
    throw err;
  }
}
function assertString(input, it, code, cause) {
  try {
    if (typeof input !== "string") {
      throw CodedTypeError(`${it} must be a string`, ERR_INVALID_ARG_TYPE, cause);
    }
    if (input.length === 0) {
      throw CodedTypeError(`${it} must not be empty`, ERR_INVALID_ARG_VALUE, cause);
    }
  } catch (err) {
    if (code) {
      throw OPE(err.message, code, cause);
    }
    throw err;
  }
}
async function processDiscoveryResponse(expectedIssuerIdentifier, response) {
  const expected = expectedIssuerIdentifier;
  if (!(expected instanceof URL) && expected !== _nodiscoverycheck) {
    throw CodedTypeError('"expectedIssuerIdentifier" must be an instance of URL', ERR_INVALID_ARG_TYPE);
  }
  if (!looseInstanceOf(response, Response)) {
    throw CodedTypeError('"response" must be an instance of Response', ERR_INVALID_ARG_TYPE);
  }
  if (response.status !== 200) {
    throw OPE('"response" is not a conform Authorization Server Metadata response (unexpected HTTP status code)', RESPONSE_IS_NOT_CONFORM, response);
  }
  assertReadableResponse(response);
  const json = await getResponseJsonBody(response);
  assertString(json.issuer, '"response" body "issuer" property', INVALID_RESPONSE, { body: json });
  if (expected !== _nodiscoverycheck && new URL(json.issuer).href !== expected.href) {
    throw OPE('"response" body "issuer" property does not match the expected value', JSON_ATTRIBUTE_COMPARISON, { expected: expected.href, body: json, attribute: "issuer" });
  }
  return json;
}
function assertApplicationJson(response) {
  assertContentType(response, "application/json");
}
function notJson(response, ...types) {
  let msg = '"response" content-type must be ';
  if (types.length > 2) {
    const last = types.pop();
    msg += `${types.join(", ")}, or ${last}`;
  } else if (types.length === 2) {
    msg += `${types[0]} or ${types[1]}`;
  } else {
    msg += types[0];
  }
  return OPE(msg, RESPONSE_IS_NOT_JSON, response);
}
function assertContentType(response, contentType) {
  if (getContentType(response) !== contentType) {
    throw notJson(response, contentType);
  }
}
async function calculatePKCECodeChallenge(codeVerifier) {
  assertString(codeVerifier, "codeVerifier");
  return b64u(await crypto.subtle.digest("SHA-256", buf(codeVerifier)));
}
function getClockSkew(client) {
  const skew = client?.[clockSkew];
  return typeof skew === "number" && Number.isFinite(skew) ? skew : 0;
}
function getClockTolerance(client) {
  const tolerance2 = client?.[clockTolerance];
  return typeof tolerance2 === "number" && Number.isFinite(tolerance2) && Math.sign(tolerance2) !== -1 ? tolerance2 : 30;
}
function epochTime() {
  return Math.floor(Date.now() / 1e3);
}
function assertAs(as) {
  if (typeof as !== "object" || as === null) {
    throw CodedTypeError('"as" must be an object', ERR_INVALID_ARG_TYPE);
  }
  assertString(as.issuer, '"as.issuer"');
}
function assertClient(client) {
  if (typeof client !== "object" || client === null) {
    throw CodedTypeError('"client" must be an object', ERR_INVALID_ARG_TYPE);
  }
  assertString(client.client_id, '"client.client_id"');
}
function None() {
  return (_as, client, body, _headers) => {
    body.set("client_id", client.client_id);
  };
}
var URLParse = URL.parse ? (url, base) => URL.parse(url, base) : (url, base) => {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
};
function checkProtocol(url, enforceHttps) {
  if (enforceHttps && url.protocol !== "https:") {
    throw OPE("only requests to HTTPS are allowed", HTTP_REQUEST_FORBIDDEN, url);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw OPE("only HTTP and HTTPS requests are allowed", REQUEST_PROTOCOL_FORBIDDEN, url);
  }
}
function validateEndpoint(value, endpoint, useMtlsAlias, enforceHttps) {
  let url;
  if (typeof value !== "string" || !(url = URLParse(value))) {
    throw OPE(`authorization server metadata does not contain a valid ${useMtlsAlias ? `"as.mtls_endpoint_aliases.${endpoint}"` : `"as.${endpoint}"`}`, value === void 0 ? MISSING_SERVER_METADATA : INVALID_SERVER_METADATA, { attribute: useMtlsAlias ? `mtls_endpoint_aliases.${endpoint}` : endpoint });
  }
  checkProtocol(url, enforceHttps);
  return url;
}
function resolveEndpoint(as, endpoint, useMtlsAlias, enforceHttps) {
  if (useMtlsAlias && as.mtls_endpoint_aliases && endpoint in as.mtls_endpoint_aliases) {
    return validateEndpoint(as.mtls_endpoint_aliases[endpoint], endpoint, useMtlsAlias, enforceHttps);
  }
  return validateEndpoint(as[endpoint], endpoint, useMtlsAlias, enforceHttps);
}
var ResponseBodyError = class extends Error {
  cause;
  code;
  error;
  status;
  error_description;
  response;
  constructor(message, options2) {
    super(message, options2);
    this.name = this.constructor.name;
    this.code = RESPONSE_BODY_ERROR;
    this.cause = options2.cause;
    this.error = options2.cause.error;
    this.status = options2.response.status;
    this.error_description = options2.cause.error_description;
    Object.defineProperty(this, "response", { enumerable: false, value: options2.response });
    Error.captureStackTrace?.(this, this.constructor);
  }
};
var AuthorizationResponseError = class extends Error {
  cause;
  code;
  error;
  error_description;
  constructor(message, options2) {
    super(message, options2);
    this.name = this.constructor.name;
    this.code = AUTHORIZATION_RESPONSE_ERROR;
    this.cause = options2.cause;
    this.error = options2.cause.get("error");
    this.error_description = options2.cause.get("error_description") ?? void 0;
    Error.captureStackTrace?.(this, this.constructor);
  }
};
var WWWAuthenticateChallengeError = class extends Error {
  cause;
  code;
  response;
  status;
  constructor(message, options2) {
    super(message, options2);
    this.name = this.constructor.name;
    this.code = WWW_AUTHENTICATE_CHALLENGE;
    this.cause = options2.cause;
    this.status = options2.response.status;
    this.response = options2.response;
    Object.defineProperty(this, "response", { enumerable: false });
    Error.captureStackTrace?.(this, this.constructor);
  }
};
var tokenMatch = "[a-zA-Z0-9!#$%&\\'\\*\\+\\-\\.\\^_`\\|~]+";
var token68Match = "[a-zA-Z0-9\\-\\._\\~\\+\\/]+={0,2}";
var quotedMatch = '"((?:[^"\\\\]|\\\\[\\s\\S])*)"';
var quotedParamMatcher = "(" + tokenMatch + ")\\s*=\\s*" + quotedMatch;
var paramMatcher = "(" + tokenMatch + ")\\s*=\\s*(" + tokenMatch + ")";
var schemeRE = new RegExp("^[,\\s]*(" + tokenMatch + ")");
var quotedParamRE = new RegExp("^[,\\s]*" + quotedParamMatcher + "[,\\s]*(.*)");
var unquotedParamRE = new RegExp("^[,\\s]*" + paramMatcher + "[,\\s]*(.*)");
var token68ParamRE = new RegExp("^(" + token68Match + ")(?:$|[,\\s])(.*)");
function parseWwwAuthenticateChallenges(response) {
  if (!looseInstanceOf(response, Response)) {
    throw CodedTypeError('"response" must be an instance of Response', ERR_INVALID_ARG_TYPE);
  }
  const header = response.headers.get("www-authenticate");
  if (header === null) {
    return void 0;
  }
  const challenges = [];
  let rest = header;
  while (rest) {
    let match = rest.match(schemeRE);
    const scheme = match?.["1"].toLowerCase();
    if (!scheme) {
      return void 0;
    }
    const afterScheme = rest.substring(match[0].length);
    if (afterScheme && !afterScheme.match(/^[\s,]/)) {
      return void 0;
    }
    const spaceMatch = afterScheme.match(/^\s+(.*)$/);
    const hasParameters = !!spaceMatch;
    rest = spaceMatch ? spaceMatch[1] : void 0;
    const parameters = {};
    let token68;
    if (hasParameters) {
      while (rest) {
        let key;
        let value;
        if (match = rest.match(quotedParamRE)) {
          ;
          [, key, value, rest] = match;
          if (value.includes("\\")) {
            value = value.replace(/\\([\s\S])/g, "$1");
          }
          parameters[key.toLowerCase()] = value;
          continue;
        }
        if (match = rest.match(unquotedParamRE)) {
          ;
          [, key, value, rest] = match;
          parameters[key.toLowerCase()] = value;
          continue;
        }
        if (match = rest.match(token68ParamRE)) {
          if (Object.keys(parameters).length) {
            break;
          }
          ;
          [, token68, rest] = match;
          break;
        }
        return void 0;
      }
    } else {
      rest = afterScheme || void 0;
    }
    const challenge = { scheme, parameters };
    if (token68) {
      challenge.token68 = token68;
    }
    challenges.push(challenge);
  }
  if (!challenges.length) {
    return void 0;
  }
  return challenges;
}
async function parseOAuthResponseErrorBody(response) {
  if (response.status > 399 && response.status < 500) {
    assertReadableResponse(response);
    assertApplicationJson(response);
    try {
      const json = await response.clone().json();
      if (isJsonObject(json) && typeof json.error === "string" && json.error.length) {
        return json;
      }
    } catch {
    }
  }
  return void 0;
}
async function checkOAuthBodyError(response, expected, label) {
  if (response.status !== expected) {
    checkAuthenticationChallenges(response);
    let err;
    if (err = await parseOAuthResponseErrorBody(response)) {
      await response.body?.cancel();
      throw new ResponseBodyError("server responded with an error in the response body", {
        cause: err,
        response
      });
    }
    throw OPE(`"response" is not a conform ${label} response (unexpected HTTP status code)`, RESPONSE_IS_NOT_CONFORM, response);
  }
}
function assertDPoP(option) {
  if (!branded.has(option)) {
    throw CodedTypeError('"options.DPoP" is not a valid DPoPHandle', ERR_INVALID_ARG_VALUE);
  }
}
function getContentType(input) {
  return input.headers.get("content-type")?.split(";")[0];
}
async function authenticatedRequest(as, client, clientAuthentication, url, body, headers, options2) {
  await clientAuthentication(as, client, body, headers);
  headers.set("content-type", "application/x-www-form-urlencoded;charset=UTF-8");
  return (options2?.[customFetch] || fetch)(url.href, {
    body,
    headers: Object.fromEntries(headers.entries()),
    method: "POST",
    redirect: "manual",
    signal: signal(url, options2?.signal)
  });
}
async function tokenEndpointRequest(as, client, clientAuthentication, grantType, parameters, options2) {
  const url = resolveEndpoint(as, "token_endpoint", client.use_mtls_endpoint_aliases, options2?.[allowInsecureRequests] !== true);
  parameters.set("grant_type", grantType);
  const headers = prepareHeaders(options2?.headers);
  headers.set("accept", "application/json");
  if (options2?.DPoP !== void 0) {
    assertDPoP(options2.DPoP);
    await options2.DPoP.addProof(url, headers, "POST");
  }
  const response = await authenticatedRequest(as, client, clientAuthentication, url, parameters, headers, options2);
  options2?.DPoP?.cacheNonce(response, url);
  return response;
}
var idTokenClaims = /* @__PURE__ */ new WeakMap();
var jwtRefs = /* @__PURE__ */ new WeakMap();
function getValidatedIdTokenClaims(ref) {
  if (!ref.id_token) {
    return void 0;
  }
  const claims = idTokenClaims.get(ref);
  if (!claims) {
    throw CodedTypeError('"ref" was already garbage collected or did not resolve from the proper sources', ERR_INVALID_ARG_VALUE);
  }
  return claims;
}
async function processGenericAccessTokenResponse(as, client, response, additionalRequiredIdTokenClaims, decryptFn, recognizedTokenTypes) {
  assertAs(as);
  assertClient(client);
  if (!looseInstanceOf(response, Response)) {
    throw CodedTypeError('"response" must be an instance of Response', ERR_INVALID_ARG_TYPE);
  }
  await checkOAuthBodyError(response, 200, "Token Endpoint");
  assertReadableResponse(response);
  const json = await getResponseJsonBody(response);
  assertString(json.access_token, '"response" body "access_token" property', INVALID_RESPONSE, {
    body: json
  });
  assertString(json.token_type, '"response" body "token_type" property', INVALID_RESPONSE, {
    body: json
  });
  json.token_type = json.token_type.toLowerCase();
  if (json.expires_in !== void 0) {
    let expiresIn = typeof json.expires_in !== "number" ? parseFloat(json.expires_in) : json.expires_in;
    assertNumber(expiresIn, true, '"response" body "expires_in" property', INVALID_RESPONSE, {
      body: json
    });
    json.expires_in = expiresIn;
  }
  if (json.refresh_token !== void 0) {
    assertString(json.refresh_token, '"response" body "refresh_token" property', INVALID_RESPONSE, {
      body: json
    });
  }
  if (json.scope !== void 0 && typeof json.scope !== "string") {
    throw OPE('"response" body "scope" property must be a string', INVALID_RESPONSE, { body: json });
  }
  if (json.id_token !== void 0) {
    assertString(json.id_token, '"response" body "id_token" property', INVALID_RESPONSE, {
      body: json
    });
    const requiredClaims = [];
    if (client.require_auth_time === true) {
      requiredClaims.push("auth_time");
    }
    if (client.default_max_age !== void 0) {
      assertNumber(client.default_max_age, true, '"client.default_max_age"');
      requiredClaims.push("auth_time");
    }
    if (additionalRequiredIdTokenClaims?.length) {
      requiredClaims.push(...additionalRequiredIdTokenClaims);
    }
    const { claims, jwt } = await validateIdTokenClaims(as, client, json.id_token, requiredClaims, decryptFn);
    validateIdTokenAuthorizedParty(client, claims);
    validateIdTokenAuthTimeClaim(claims);
    jwtRefs.set(response, jwt);
    idTokenClaims.set(json, claims);
  }
  if (recognizedTokenTypes?.[json.token_type] !== void 0) {
    recognizedTokenTypes[json.token_type](response, json);
  } else if (json.token_type !== "dpop" && json.token_type !== "bearer") {
    throw new UnsupportedOperationError("unsupported `token_type` value", { cause: { body: json } });
  }
  return json;
}
function checkAuthenticationChallenges(response) {
  let challenges;
  if (challenges = parseWwwAuthenticateChallenges(response)) {
    throw new WWWAuthenticateChallengeError("server responded with a challenge in the WWW-Authenticate HTTP Header", { cause: challenges, response });
  }
}
function validateAudience(expected, result) {
  if (Array.isArray(result.claims.aud)) {
    if (!result.claims.aud.includes(expected)) {
      throw OPE('unexpected JWT "aud" (audience) claim value', JWT_CLAIM_COMPARISON, {
        expected,
        claims: result.claims,
        claim: "aud"
      });
    }
  } else if (result.claims.aud !== expected) {
    throw OPE('unexpected JWT "aud" (audience) claim value', JWT_CLAIM_COMPARISON, {
      expected,
      claims: result.claims,
      claim: "aud"
    });
  }
  return result;
}
function validateIssuer(as, result) {
  const expected = as[_expectedIssuer]?.(result) ?? as.issuer;
  if (result.claims.iss !== expected) {
    throw OPE('unexpected JWT "iss" (issuer) claim value', JWT_CLAIM_COMPARISON, {
      expected,
      claims: result.claims,
      claim: "iss"
    });
  }
  return result;
}
var branded = /* @__PURE__ */ new WeakSet();
function brand(searchParams) {
  branded.add(searchParams);
  return searchParams;
}
var nopkce = /* @__PURE__ */ Symbol();
async function authorizationCodeGrantRequest(as, client, clientAuthentication, callbackParameters, redirectUri, codeVerifier, options2) {
  assertAs(as);
  assertClient(client);
  if (!branded.has(callbackParameters)) {
    throw CodedTypeError('"callbackParameters" must be an instance of URLSearchParams obtained from "validateAuthResponse()", or "validateJwtAuthResponse()', ERR_INVALID_ARG_VALUE);
  }
  assertString(redirectUri, '"redirectUri"');
  const code = getURLSearchParameter(callbackParameters, "code");
  if (!code) {
    throw OPE('no authorization code in "callbackParameters"', INVALID_RESPONSE);
  }
  const parameters = new URLSearchParams(options2?.additionalParameters);
  parameters.set("redirect_uri", redirectUri);
  parameters.set("code", code);
  if (codeVerifier !== nopkce) {
    assertString(codeVerifier, '"codeVerifier"');
    parameters.set("code_verifier", codeVerifier);
  }
  return tokenEndpointRequest(as, client, clientAuthentication, "authorization_code", parameters, options2);
}
var jwtClaimNames = {
  aud: "audience",
  c_hash: "code hash",
  client_id: "client id",
  exp: "expiration time",
  iat: "issued at",
  iss: "issuer",
  jti: "jwt id",
  nonce: "nonce",
  s_hash: "state hash",
  sub: "subject",
  ath: "access token hash",
  htm: "http method",
  htu: "http uri",
  cnf: "confirmation",
  auth_time: "authentication time"
};
function validatePresence(required, result) {
  for (const claim of required) {
    if (result.claims[claim] === void 0) {
      throw OPE(`JWT "${claim}" (${jwtClaimNames[claim]}) claim missing`, INVALID_RESPONSE, {
        claims: result.claims
      });
    }
  }
  return result;
}
function validateStringClaim(claim, result) {
  if (typeof result.claims[claim] !== "string") {
    throw OPE(`unexpected JWT "${claim}" (${jwtClaimNames[claim]}) claim type`, INVALID_RESPONSE, {
      claims: result.claims
    });
  }
  return result;
}
function validateIdTokenClaims(as, client, idToken, requiredClaims, decryptFn) {
  return validateJwt(idToken, checkSigningAlgorithm.bind(void 0, client.id_token_signed_response_alg, as.id_token_signing_alg_values_supported, "RS256"), getClockSkew(client), getClockTolerance(client), decryptFn).then(validatePresence.bind(void 0, ["aud", "exp", "iat", "iss", "sub", ...requiredClaims])).then(validateIssuer.bind(void 0, as)).then(validateAudience.bind(void 0, client.client_id)).then(validateStringClaim.bind(void 0, "sub"));
}
function resolveIdTokenMaxAge(client, maxAge) {
  if (maxAge === skipAuthTimeCheck) {
    return maxAge;
  }
  const fromClient = maxAge === void 0;
  if (fromClient) {
    maxAge = client.default_max_age;
  }
  if (maxAge === void 0) {
    return skipAuthTimeCheck;
  }
  assertNumber(maxAge, true, fromClient ? '"client.default_max_age"' : '"maxAge" argument');
  return maxAge;
}
function validateIdTokenAuthTimeClaim(claims) {
  if (claims.auth_time !== void 0) {
    assertNumber(claims.auth_time, true, 'ID Token "auth_time" (authentication time)', INVALID_RESPONSE, { claims });
  }
}
function validateIdTokenAuthTime(client, claims, maxAge) {
  if (maxAge === skipAuthTimeCheck) {
    return;
  }
  const now = epochTime() + getClockSkew(client);
  const tolerance2 = getClockTolerance(client);
  if (claims.auth_time + maxAge < now - tolerance2) {
    throw OPE("too much time has elapsed since the last End-User authentication", JWT_TIMESTAMP_CHECK, { claims, now, tolerance: tolerance2, claim: "auth_time" });
  }
}
function validateIdTokenNonce(claims, expectedNonce) {
  const expected = expectedNonce === expectNoNonce ? void 0 : expectedNonce;
  if (claims.nonce !== expected) {
    throw OPE('unexpected ID Token "nonce" claim value', JWT_CLAIM_COMPARISON, {
      expected,
      claims,
      claim: "nonce"
    });
  }
}
function validateIdTokenAuthorizedParty(client, claims) {
  if (Array.isArray(claims.aud) && claims.aud.length !== 1) {
    if (claims.azp === void 0) {
      throw OPE('ID Token "aud" (audience) claim includes additional untrusted audiences', JWT_CLAIM_COMPARISON, { claims, claim: "aud" });
    }
    if (claims.azp !== client.client_id) {
      throw OPE('unexpected ID Token "azp" (authorized party) claim value', JWT_CLAIM_COMPARISON, {
        expected: client.client_id,
        claims,
        claim: "azp"
      });
    }
  }
}
var expectNoNonce = /* @__PURE__ */ Symbol();
var skipAuthTimeCheck = /* @__PURE__ */ Symbol();
async function processAuthorizationCodeResponse(as, client, response, options2) {
  if (typeof options2?.expectedNonce === "string" || typeof options2?.maxAge === "number" || options2?.requireIdToken) {
    return processAuthorizationCodeOpenIDResponse(as, client, response, options2.expectedNonce, options2.maxAge, options2[jweDecrypt], options2.recognizedTokenTypes);
  }
  return processAuthorizationCodeOAuth2Response(as, client, response, options2?.maxAge, options2?.[jweDecrypt], options2?.recognizedTokenTypes);
}
async function processAuthorizationCodeOpenIDResponse(as, client, response, expectedNonce, maxAge, decryptFn, recognizedTokenTypes) {
  const additionalRequiredClaims = [];
  switch (expectedNonce) {
    case void 0:
      expectedNonce = expectNoNonce;
      break;
    case expectNoNonce:
      break;
    default:
      assertString(expectedNonce, '"expectedNonce" argument');
      additionalRequiredClaims.push("nonce");
  }
  maxAge = resolveIdTokenMaxAge(client, maxAge);
  if (maxAge !== skipAuthTimeCheck) {
    additionalRequiredClaims.push("auth_time");
  }
  const result = await processGenericAccessTokenResponse(as, client, response, additionalRequiredClaims, decryptFn, recognizedTokenTypes);
  assertString(result.id_token, '"response" body "id_token" property', INVALID_RESPONSE, {
    body: result
  });
  const claims = getValidatedIdTokenClaims(result);
  validateIdTokenAuthTime(client, claims, maxAge);
  validateIdTokenNonce(claims, expectedNonce);
  return result;
}
async function processAuthorizationCodeOAuth2Response(as, client, response, maxAge, decryptFn, recognizedTokenTypes) {
  const result = await processGenericAccessTokenResponse(as, client, response, void 0, decryptFn, recognizedTokenTypes);
  const claims = getValidatedIdTokenClaims(result);
  if (claims) {
    validateIdTokenAuthTime(client, claims, resolveIdTokenMaxAge(client, maxAge));
    validateIdTokenNonce(claims, expectNoNonce);
  }
  return result;
}
var WWW_AUTHENTICATE_CHALLENGE = "OAUTH_WWW_AUTHENTICATE_CHALLENGE";
var RESPONSE_BODY_ERROR = "OAUTH_RESPONSE_BODY_ERROR";
var UNSUPPORTED_OPERATION = "OAUTH_UNSUPPORTED_OPERATION";
var AUTHORIZATION_RESPONSE_ERROR = "OAUTH_AUTHORIZATION_RESPONSE_ERROR";
var PARSE_ERROR = "OAUTH_PARSE_ERROR";
var INVALID_RESPONSE = "OAUTH_INVALID_RESPONSE";
var RESPONSE_IS_NOT_JSON = "OAUTH_RESPONSE_IS_NOT_JSON";
var RESPONSE_IS_NOT_CONFORM = "OAUTH_RESPONSE_IS_NOT_CONFORM";
var HTTP_REQUEST_FORBIDDEN = "OAUTH_HTTP_REQUEST_FORBIDDEN";
var REQUEST_PROTOCOL_FORBIDDEN = "OAUTH_REQUEST_PROTOCOL_FORBIDDEN";
var JWT_TIMESTAMP_CHECK = "OAUTH_JWT_TIMESTAMP_CHECK_FAILED";
var JWT_CLAIM_COMPARISON = "OAUTH_JWT_CLAIM_COMPARISON_FAILED";
var JSON_ATTRIBUTE_COMPARISON = "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED";
var MISSING_SERVER_METADATA = "OAUTH_MISSING_SERVER_METADATA";
var INVALID_SERVER_METADATA = "OAUTH_INVALID_SERVER_METADATA";
function assertReadableResponse(response) {
  if (response.bodyUsed) {
    throw CodedTypeError('"response" body has been used already', ERR_INVALID_ARG_VALUE);
  }
}
async function validateJwt(jws, checkAlg, clockSkew2, clockTolerance2, decryptJwt) {
  let { 0: protectedHeader, 1: payload, length } = jws.split(".");
  if (length === 5) {
    if (decryptJwt !== void 0) {
      jws = await decryptJwt(jws);
      ({ 0: protectedHeader, 1: payload, length } = jws.split("."));
    } else {
      throw new UnsupportedOperationError("JWE decryption is not configured", { cause: jws });
    }
  }
  if (length !== 3) {
    throw OPE("Invalid JWT", INVALID_RESPONSE, jws);
  }
  let header;
  try {
    header = JSON.parse(buf(b64u(protectedHeader)));
  } catch (cause) {
    throw OPE("failed to parse JWT Header body as base64url encoded JSON", PARSE_ERROR, cause);
  }
  if (!isJsonObject(header)) {
    throw OPE("JWT Header must be a top level object", INVALID_RESPONSE, jws);
  }
  checkAlg(header);
  if (header.crit !== void 0) {
    throw new UnsupportedOperationError('no JWT "crit" header parameter extensions are supported', {
      cause: { header }
    });
  }
  let claims;
  try {
    claims = JSON.parse(buf(b64u(payload)));
  } catch (cause) {
    throw OPE("failed to parse JWT Payload body as base64url encoded JSON", PARSE_ERROR, cause);
  }
  if (!isJsonObject(claims)) {
    throw OPE("JWT Payload must be a top level object", INVALID_RESPONSE, jws);
  }
  const now = epochTime() + clockSkew2;
  if (claims.exp !== void 0) {
    if (typeof claims.exp !== "number") {
      throw OPE('unexpected JWT "exp" (expiration time) claim type', INVALID_RESPONSE, { claims });
    }
    if (claims.exp <= now - clockTolerance2) {
      throw OPE('unexpected JWT "exp" (expiration time) claim value, expiration is past current timestamp', JWT_TIMESTAMP_CHECK, { claims, now, tolerance: clockTolerance2, claim: "exp" });
    }
  }
  if (claims.iat !== void 0) {
    if (typeof claims.iat !== "number") {
      throw OPE('unexpected JWT "iat" (issued at) claim type', INVALID_RESPONSE, { claims });
    }
  }
  if (claims.iss !== void 0) {
    if (typeof claims.iss !== "string") {
      throw OPE('unexpected JWT "iss" (issuer) claim type', INVALID_RESPONSE, { claims });
    }
  }
  if (claims.nbf !== void 0) {
    if (typeof claims.nbf !== "number") {
      throw OPE('unexpected JWT "nbf" (not before) claim type', INVALID_RESPONSE, { claims });
    }
    if (claims.nbf > now + clockTolerance2) {
      throw OPE('unexpected JWT "nbf" (not before) claim value', JWT_TIMESTAMP_CHECK, {
        claims,
        now,
        tolerance: clockTolerance2,
        claim: "nbf"
      });
    }
  }
  if (claims.aud !== void 0) {
    if (typeof claims.aud !== "string" && !Array.isArray(claims.aud)) {
      throw OPE('unexpected JWT "aud" (audience) claim type', INVALID_RESPONSE, { claims });
    }
  }
  return { header, claims, jwt: jws };
}
function checkSigningAlgorithm(client, issuer, fallback, header) {
  if (client !== void 0) {
    if (typeof client === "string" ? header.alg !== client : !client.includes(header.alg)) {
      throw OPE('unexpected JWT "alg" header parameter', INVALID_RESPONSE, {
        header,
        expected: client,
        reason: "client configuration"
      });
    }
    return;
  }
  if (Array.isArray(issuer)) {
    if (!issuer.includes(header.alg)) {
      throw OPE('unexpected JWT "alg" header parameter', INVALID_RESPONSE, {
        header,
        expected: issuer,
        reason: "authorization server metadata"
      });
    }
    return;
  }
  if (fallback !== void 0) {
    if (typeof fallback === "string" ? header.alg !== fallback : typeof fallback === "function" ? !fallback(header.alg) : !fallback.includes(header.alg)) {
      throw OPE('unexpected JWT "alg" header parameter', INVALID_RESPONSE, {
        header,
        expected: fallback,
        reason: "default value"
      });
    }
    return;
  }
  throw OPE('missing client or server configuration to verify used JWT "alg" header parameter', void 0, { client, issuer, fallback });
}
function getURLSearchParameter(parameters, name) {
  const { 0: value, length } = parameters.getAll(name);
  if (length > 1) {
    throw OPE(`"${name}" parameter must be provided only once`, INVALID_RESPONSE);
  }
  return value;
}
var skipStateCheck = /* @__PURE__ */ Symbol();
var expectNoState = /* @__PURE__ */ Symbol();
function validateAuthResponse(as, client, parameters, expectedState) {
  assertAs(as);
  assertClient(client);
  if (parameters instanceof URL) {
    parameters = parameters.searchParams;
  }
  if (!(parameters instanceof URLSearchParams)) {
    throw CodedTypeError('"parameters" must be an instance of URLSearchParams, or URL', ERR_INVALID_ARG_TYPE);
  }
  if (getURLSearchParameter(parameters, "response")) {
    throw OPE('"parameters" contains a JARM response, use validateJwtAuthResponse() instead of validateAuthResponse()', INVALID_RESPONSE, { parameters });
  }
  const iss = getURLSearchParameter(parameters, "iss");
  const state = getURLSearchParameter(parameters, "state");
  if (!iss && as.authorization_response_iss_parameter_supported) {
    throw OPE('response parameter "iss" (issuer) missing', INVALID_RESPONSE, { parameters });
  }
  if (iss && iss !== as.issuer) {
    throw OPE('unexpected "iss" (issuer) response parameter value', INVALID_RESPONSE, {
      expected: as.issuer,
      parameters
    });
  }
  switch (expectedState) {
    case void 0:
    case expectNoState:
      if (state !== void 0) {
        throw OPE('unexpected "state" response parameter encountered', INVALID_RESPONSE, {
          expected: void 0,
          parameters
        });
      }
      break;
    case skipStateCheck:
      break;
    default:
      assertString(expectedState, '"expectedState" argument');
      if (state !== expectedState) {
        throw OPE(state === void 0 ? 'response parameter "state" missing' : 'unexpected "state" response parameter value', INVALID_RESPONSE, { expected: expectedState, parameters });
      }
  }
  const error = getURLSearchParameter(parameters, "error");
  if (error) {
    throw new AuthorizationResponseError("authorization response from the server is an error", {
      cause: parameters
    });
  }
  const id_token = getURLSearchParameter(parameters, "id_token");
  const token = getURLSearchParameter(parameters, "token");
  if (id_token !== void 0 || token !== void 0) {
    throw new UnsupportedOperationError("implicit and hybrid flows are not supported");
  }
  return brand(new URLSearchParams(parameters));
}
async function deviceAuthorizationRequest(as, client, clientAuthentication, parameters, options2) {
  assertAs(as);
  assertClient(client);
  const url = resolveEndpoint(as, "device_authorization_endpoint", client.use_mtls_endpoint_aliases, options2?.[allowInsecureRequests] !== true);
  const body = new URLSearchParams(parameters);
  body.set("client_id", client.client_id);
  const headers = prepareHeaders(options2?.headers);
  headers.set("accept", "application/json");
  return authenticatedRequest(as, client, clientAuthentication, url, body, headers, options2);
}
async function processDeviceAuthorizationResponse(as, client, response) {
  assertAs(as);
  assertClient(client);
  if (!looseInstanceOf(response, Response)) {
    throw CodedTypeError('"response" must be an instance of Response', ERR_INVALID_ARG_TYPE);
  }
  await checkOAuthBodyError(response, 200, "Device Authorization Endpoint");
  assertReadableResponse(response);
  const json = await getResponseJsonBody(response);
  assertString(json.device_code, '"response" body "device_code" property', INVALID_RESPONSE, {
    body: json
  });
  assertString(json.user_code, '"response" body "user_code" property', INVALID_RESPONSE, {
    body: json
  });
  assertString(json.verification_uri, '"response" body "verification_uri" property', INVALID_RESPONSE, { body: json });
  let expiresIn = typeof json.expires_in !== "number" ? parseFloat(json.expires_in) : json.expires_in;
  assertNumber(expiresIn, true, '"response" body "expires_in" property', INVALID_RESPONSE, {
    body: json
  });
  json.expires_in = expiresIn;
  if (json.verification_uri_complete !== void 0) {
    assertString(json.verification_uri_complete, '"response" body "verification_uri_complete" property', INVALID_RESPONSE, { body: json });
  }
  if (json.interval !== void 0) {
    assertNumber(json.interval, false, '"response" body "interval" property', INVALID_RESPONSE, {
      body: json
    });
  }
  return json;
}
async function deviceCodeGrantRequest(as, client, clientAuthentication, deviceCode, options2) {
  assertAs(as);
  assertClient(client);
  assertString(deviceCode, '"deviceCode"');
  const parameters = new URLSearchParams(options2?.additionalParameters);
  parameters.set("device_code", deviceCode);
  return tokenEndpointRequest(as, client, clientAuthentication, "urn:ietf:params:oauth:grant-type:device_code", parameters, options2);
}
async function processDeviceCodeResponse(as, client, response, options2) {
  return processGenericAccessTokenResponse(as, client, response, void 0, options2?.[jweDecrypt], options2?.recognizedTokenTypes);
}
async function getResponseJsonBody(response, check = assertApplicationJson) {
  let json;
  try {
    json = await response.json();
  } catch (cause) {
    check(response);
    throw OPE('failed to parse "response" body as JSON', PARSE_ERROR, cause);
  }
  if (!isJsonObject(json)) {
    throw OPE('"response" body must be a top level object', INVALID_RESPONSE, { body: json });
  }
  return json;
}
var _nodiscoverycheck = /* @__PURE__ */ Symbol();
var _expectedIssuer = /* @__PURE__ */ Symbol();
var outOfBand = "urn:ietf:wg:oauth:2.0:oob";
var scope = "openid email";
var tolerance = 60;
var IdentityProvider = class _IdentityProvider {
  #server;
  #client;
  #world;
  constructor(server, client, world) {
    this.#server = server;
    this.#client = client;
    this.#world = world;
  }
  /**
   * Fetches the discovery document of an issuer.
   *
   * @throws CountersignError `USAGE` for an unsafe URL; `SERVICE_RESPONSE_INVALID`; those of the provider
   */
  static async discover(issuer, clientId, world) {
    const url = URL.canParse(issuer) ? new URL(issuer) : void 0;
    if (url === void 0 || !isSafeUrl(url))
      fail(
        "USAGE",
        `the OIDC issuer ${JSON.stringify(shownUrl(issuer))} is not an https URL, or an http URL of this machine`,
        {
          remedy: "Correct `oidc-issuer`."
        }
      );
    const server = await checked(
      "the discovery document",
      "SERVICE_RESPONSE_INVALID",
      url,
      async () => processDiscoveryResponse(url, await discoveryRequest(url, { ...options(world), algorithm: "oidc" }))
    );
    const client = {
      client_id: clientId,
      [clockSkew]: Math.round((world.clock().getTime() - Date.now()) / 1e3),
      [clockTolerance]: tolerance
    };
    return new _IdentityProvider(server, client, world);
  }
  get issuer() {
    return this.#server.issuer;
  }
  /** Begins the authorization code flow, with PKCE. */
  async authorize(redirectUri) {
    const url = this.#endpoint("authorization_endpoint", this.#server.authorization_endpoint);
    const [state, nonce, verifier] = [this.#token(), this.#token(), this.#token()];
    const parameters = {
      response_type: "code",
      client_id: this.#client.client_id,
      redirect_uri: redirectUri,
      scope,
      state,
      nonce,
      ...await challengeOf(verifier)
    };
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    return { url, redirectUri, state, nonce, verifier: new Secret(verifier) };
  }
  /**
   * Checks the answer of the redirect, and redeems its code.
   *
   * @returns the identity token
   * @throws CountersignError `LOGIN_INVALID`, `LOGIN_REFUSED`; those of the provider
   */
  redeem(request, answer) {
    return this.#checked(
      "the answer",
      async () => this.#exchange(request, validateAuthResponse(this.#server, this.#client, answer, request.state))
    );
  }
  /** Redeems a code that the person has copied. The page shows only the code, so there is no state to compare; the nonce is checked. */
  redeemCopied(request, code) {
    const answer = new URLSearchParams({ code, iss: this.issuer });
    return this.#checked(
      "the answer",
      async () => this.#exchange(request, validateAuthResponse(this.#server, this.#client, answer, expectNoState))
    );
  }
  async #exchange(request, answer) {
    const { redirectUri, nonce, verifier } = request;
    const response = await authorizationCodeGrantRequest(
      this.#server,
      this.#client,
      None(),
      answer,
      redirectUri,
      verifier.reveal(),
      options(this.#world)
    );
    const expected = { expectedNonce: nonce, requireIdToken: true };
    return this.#identityToken(
      await processAuthorizationCodeResponse(this.#server, this.#client, response, expected)
    );
  }
  /**
   * Begins the device flow (RFC 8628). With PKCE, which Sigstore's provider supports here too; others ignore it.
   *
   * @throws CountersignError `LOGIN_UNAVAILABLE` if the provider does not offer it; `LOGIN_INVALID`, `LOGIN_REFUSED`
   */
  async authorizeDevice() {
    this.#endpoint("device_authorization_endpoint", this.#server.device_authorization_endpoint);
    const verifier = this.#token();
    const parameters = { scope, ...await challengeOf(verifier) };
    const response = await this.#checked(
      "the answer",
      async () => processDeviceAuthorizationResponse(
        this.#server,
        this.#client,
        await deviceAuthorizationRequest(
          this.#server,
          this.#client,
          None(),
          parameters,
          options(this.#world)
        )
      )
    );
    return {
      url: this.#endpoint("verification_uri", response.verification_uri_complete ?? response.verification_uri),
      userCode: response.user_code,
      deviceCode: new Secret(response.device_code),
      verifier: new Secret(verifier),
      intervalSeconds: Math.min(Math.max(response.interval ?? defaultIntervalSeconds, 1), maxIntervalSeconds)
    };
  }
  /**
   * Asks once whether the person has finished the login.
   *
   * @returns the identity token, or the time after which to ask again
   * @throws CountersignError `LOGIN_INVALID`, `LOGIN_REFUSED`, `LOGIN_TIMEOUT`; those of the provider
   */
  redeemDevice({ deviceCode, verifier }) {
    return this.#checked("the answer", async () => {
      const additionalParameters = { code_verifier: verifier.reveal() };
      const response = await deviceCodeGrantRequest(
        this.#server,
        this.#client,
        None(),
        deviceCode.reveal(),
        { ...options(this.#world), additionalParameters }
      );
      try {
        return this.#identityToken(await processDeviceCodeResponse(this.#server, this.#client, response));
      } catch (error) {
        const code = error instanceof ResponseBodyError ? error.error : void 0;
        if (code === "authorization_pending") return "pending";
        if (code === "slow_down") return "slow down";
        if (code === "expired_token")
          fail("LOGIN_TIMEOUT", "the login was not finished before its code expired", {
            remedy: "Run the command again."
          });
        throw error;
      }
    });
  }
  /** Returns the token of a response that the library has checked, if it names a person. */
  #identityToken(response) {
    const { id_token: token } = response;
    if (token === void 0)
      return fail("LOGIN_INVALID", `the response of ${shownUrl(this.issuer)} has no identity token`, {
        remedy: "Check that `oidc-issuer` is an OpenID provider."
      });
    const claims = getValidatedIdTokenClaims(response);
    const [email, isVerified] = [claims?.email, claims?.email_verified];
    if (typeof email !== "string" || email === "")
      fail("TOKEN_INVALID", `${shownUrl(this.issuer)} did not provide an email address for this account`, {
        remedy: "Add an email address to the account, make it visible to applications, or use a different account."
      });
    if (isVerified !== true && String(isVerified) !== "true")
      fail("TOKEN_INVALID", `${shownUrl(this.issuer)} has not verified the email address of this account`, {
        remedy: "Verify the email address in the settings of the account, or use a different account."
      });
    return new Secret(token);
  }
  #token() {
    return Buffer.from(this.#world.random(32)).toString("base64url");
  }
  /** Returns the URL of an endpoint. It is opened in a browser, which would also execute `javascript:`. */
  #endpoint(name, address) {
    if (address === void 0 && name === "device_authorization_endpoint")
      fail("LOGIN_UNAVAILABLE", `${shownUrl(this.issuer)} does not offer the device flow`, {
        remedy: "Omit `device`. To log in without a browser on this machine, use `browser`."
      });
    const url = address !== void 0 && URL.canParse(address) ? new URL(address) : void 0;
    if (url !== void 0 && isSafeUrl(url)) return url;
    return fail("SERVICE_RESPONSE_INVALID", `the ${name} of ${shownUrl(this.issuer)} is not an https URL`);
  }
  #checked(what, work) {
    return checked(what, "LOGIN_INVALID", this.issuer, work);
  }
};
var defaultIntervalSeconds = 5;
var maxIntervalSeconds = 60;
async function challengeOf(verifier) {
  return { code_challenge: await calculatePKCECodeChallenge(verifier), code_challenge_method: "S256" };
}
function options({ http }) {
  return {
    // Only on loopback: see below.
    [allowInsecureRequests]: true,
    [customFetch]: async (address, { method, headers, body }) => {
      const url = new URL(address);
      if (!isSafeUrl(url))
        fail("SERVICE_RESPONSE_INVALID", `the identity provider uses ${url.origin}, which is not https`);
      const request = {
        method,
        url,
        headers,
        ...body !== void 0 && { body: body.toString() },
        service: "the identity provider",
        timeoutMilliseconds: 15e3,
        maxBodyLength: 256 * 1024
      };
      const response = await http(request);
      if (![400, 401].includes(response.status)) expectStatus(request, response, 200);
      const type = response.headers["content-type"];
      return new Response(new Uint8Array(response.body), {
        status: response.status,
        headers: { "content-type": typeof type === "string" ? type : "" }
      });
    }
  };
}
var knownErrors = /* @__PURE__ */ new Set([
  "access_denied",
  "account_selection_required",
  "consent_required",
  "expired_token",
  "interaction_required",
  "invalid_client",
  "invalid_grant",
  "invalid_request",
  "invalid_scope",
  "login_required",
  "server_error",
  "temporarily_unavailable",
  "unauthorized_client",
  "unsupported_grant_type",
  "unsupported_response_type"
]);
var remedies = {
  access_denied: "Log in again and accept, or use a different account.",
  invalid_client: "Check `oidc-client-id`: the provider does not know it, or requires a secret.",
  unauthorized_client: "Check `oidc-client-id`: the provider does not allow it to log in this way.",
  invalid_grant: "Log in again. A code can be used only once, and within minutes.",
  invalid_request: "Check `oidc-client-id` and `oidc-redirect-url`: the provider may require registered values."
};
var again = "Log in again.";
async function checked(what, code, issuer, work) {
  try {
    return await work();
  } catch (error) {
    const provider = shownUrl(issuer);
    if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
      const known = knownErrors.has(error.error);
      return fail("LOGIN_REFUSED", `${provider} refused the login${known ? `: ${error.error}` : ""}`, {
        remedy: remedies[error.error] ?? again
      });
    }
    if (error instanceof OperationProcessingError || error instanceof UnsupportedOperationError)
      return fail(code, `${what} of ${provider} is invalid: ${error.message}`, {
        remedy: code === "LOGIN_INVALID" ? "Log in again. If it happens again, another program on this machine or a web page interferes with the login, or the provider is misconfigured." : "Check the URL of the issuer (`oidc-issuer`)."
      });
    throw error;
  }
}
var import_node_http = __toESM(require_node_http(), 1);
var style = `:root{color-scheme:light dark}
body{margin:0;min-height:100vh;display:grid;place-items:center;font:1.125rem/1.5 system-ui,sans-serif}
main{max-width:32rem;padding:2rem}`;
var styleHash = createHash("sha256").update(style).digest("base64");
function page(status, title, text) {
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      // A connection that stays open would keep the server waiting.
      connection: "close"
    },
    body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} \u2013 Countersign</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${text}</p>
</main>
</body>
</html>
`
  };
}
var successPage = page(200, "You are logged in", "You can close this window and return to the terminal.");
var failurePage = page(400, "The login failed", "The terminal shows the reason. You can close this window.");
var notFoundPage = page(404, "Not found", "There is nothing at this address. You can close this window.");
var methodPage = page(405, "Method not allowed", "This address accepts only GET requests.");
var defaultRedirectUrl = "http://localhost:0/auth/callback";
var attempts = 20;
async function listenForRedirect(redirectUrl) {
  const url = parseRedirectUrl(redirectUrl);
  const port = Number(url.port || 80);
  for (let attempt = 1; ; attempt++) {
    try {
      return await open(redirectUrl, url, port);
    } catch (cause) {
      const code = systemCode(cause) ?? "unknown";
      if (code === "EADDRINUSE" && port === 0 && attempt < attempts) continue;
      const reason = code === "EADDRINUSE" ? "is already in use" : `cannot be used: ${code}`;
      return fail("LOGIN_UNAVAILABLE", `port ${port} of the redirect URL ${url.href} ${reason}`, {
        cause,
        remedy: "Close the program that uses the port, or omit `oidc-redirect-url` to use a free port. To log in without a redirect, use `browser`."
      });
    }
  }
}
function parseRedirectUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : void 0;
  const isLoopback = url?.protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  const isPlain = url !== void 0 && `${url.username}${url.password}${url.search}${url.hash}` === "";
  if (isLoopback && isPlain) return url;
  return fail("USAGE", "the value of `oidc-redirect-url` is not an http URL of this machine", {
    remedy: "Use a URL such as http://localhost:8400/auth/callback, with the host localhost, 127.0.0.1 or [::1] and without a query. Port 0 stands for a free port."
  });
}
async function open(given, wanted, port) {
  const answer = new Answer();
  const server = (0, import_node_http.createServer)((request, response) => void answer.take(request, response, wanted.pathname));
  const [host, otherHost] = wanted.hostname === "localhost" ? ["127.0.0.1", "::1"] : [unbracketed(wanted.hostname)];
  await listen(server, host ?? "", port);
  const servers = [server];
  const url = new URL(wanted);
  url.port = String(server.address().port);
  if (otherHost !== void 0) {
    const other = (0, import_node_http.createServer)((request, response) => void answer.take(request, response, wanted.pathname));
    try {
      await listen(other, otherHost, Number(url.port || 80));
      servers.push(other);
    } catch (error) {
      if (!["EADDRNOTAVAIL", "EAFNOSUPPORT"].includes(systemCode(error) ?? "")) {
        await close(server);
        throw error;
      }
    }
  }
  return {
    // Providers compare it with the registered text.
    uri: port === 0 ? url.href : given,
    answered: (handle, end) => answer.handled(handle, end),
    [Symbol.asyncDispose]: async () => {
      await answer.shown();
      await Promise.all(servers.map(close));
    }
  };
}
function unbracketed(hostname) {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}
function listen(server, host, port) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
function close(server) {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
var Answer = class {
  #query;
  #arrived = deferred();
  #failed = deferred();
  #page = deferred();
  #responses = [];
  async take(request, response, path) {
    this.#responses.push(new Promise((resolve) => response.once("close", () => resolve())));
    request.resume();
    const [pathname = "", query = ""] = (request.url ?? "").split(/\?(.*)/s);
    if (pathname !== path) return send(response, notFoundPage);
    if (request.method !== "GET") return send(response, methodPage);
    if (this.#query === void 0) {
      this.#query = query;
      this.#arrived.resolve(new URLSearchParams(query));
    } else if (this.#query !== query) {
      this.#failed.reject(
        new CountersignError("LOGIN_INVALID", "the login was answered twice, with different parameters", {
          remedy: "Log in again. If it happens again, another program on this machine or a web page interferes with the login."
        })
      );
    }
    send(response, await this.#page.promise);
  }
  async handled(handle, end) {
    const abort = () => this.#failed.reject(end.reason);
    end.addEventListener("abort", abort, { once: true });
    if (end.aborted) abort();
    try {
      const result = await Promise.race([this.#failed.promise, this.#arrived.promise.then(handle)]);
      this.#page.resolve(successPage);
      return result;
    } catch (error) {
      this.#page.resolve(failurePage);
      throw error;
    } finally {
      end.removeEventListener("abort", abort);
    }
  }
  /** Resolves when the browser has received every page, or has closed its connection. */
  async shown() {
    this.#page.resolve(failurePage);
    await Promise.all(this.#responses);
  }
};
function deferred() {
  let settle;
  const promise = new Promise((resolve, reject) => {
    settle = { resolve, reject };
  });
  promise.catch(() => void 0);
  return { promise, resolve: (value) => settle?.resolve(value), reject: (reason) => settle?.reject(reason) };
}
function send(response, { status, headers, body }) {
  response.writeHead(status, headers).end(body);
}
function demandNoJob(environment) {
  if (!inCi(environment)) return;
  fail("LOGIN_UNAVAILABLE", "a login is not possible inside of a CI job", {
    remedy: "Allow the job to request an identity token: on GitHub with the permission `id-token: write`, on GitLab with `id_tokens` (SIGSTORE_ID_TOKEN, `aud: sigstore`). Otherwise set `identity-token` or SIGSTORE_ID_TOKEN."
  });
}
function methodFor(environment, platform) {
  const { SSH_CONNECTION, SSH_CLIENT, SSH_TTY, BROWSER, DISPLAY, WAYLAND_DISPLAY, WSL_DISTRO_NAME } = environment;
  if (SSH_CONNECTION || SSH_CLIENT || SSH_TTY) return { method: "code", reason: "this is an SSH session" };
  const hasWindows = ["darwin", "win32"].includes(platform) || DISPLAY || WAYLAND_DISPLAY || WSL_DISTRO_NAME;
  if (BROWSER || hasWindows) return { method: "browser" };
  return { method: "code", reason: "this machine has no graphical display" };
}
var timeoutMinutes = 5;
async function logIn(settings, world, isAgreed) {
  demandNoJob(world.environment);
  const { method, reason } = chooseMethod(settings, world);
  const issuer = await settings.issuer();
  const timeout = world.timeout(timeoutMinutes * 6e4);
  const end = AbortSignal.any([world.cancellation, timeout]);
  const work = async () => {
    if (!isAgreed) await demandAgreement(issuer, settings, world, end);
    if (reason !== void 0) world.terminal.print(`No browser is opened, because ${reason}.`);
    const provider = await IdentityProvider.discover(issuer, settings.clientId, world);
    return methods[method]({ provider, settings, world, end });
  };
  try {
    return await untilCancelled(work, "waiting for the login", "Run the command again.", world.cancellation);
  } catch (error) {
    if (!timeout.aborted || error instanceof CountersignError) throw error;
    return fail("LOGIN_TIMEOUT", `the login at ${shownUrl(issuer)} was not finished within ${timeoutMinutes} minutes`, {
      remedy: "Run the command again."
    });
  }
}
var methods = {
  browser: logInWithBrowser,
  code: logInWithCode,
  device: logInWithDevice
};
function chooseMethod({ method, redirectUrl }, { environment }) {
  if (redirectUrl === outOfBand) return { method: "code" };
  return method === void 0 ? methodFor(environment, process.platform) : { method };
}
async function demandAgreement(issuer, { instance, isAgreed }, { terminal }, end) {
  terminal.print(`To sign, log in at ${shownUrl(issuer)}.`);
  terminal.print(publication(instance));
  if (isAgreed) return;
  if (!terminal.isInteractive)
    fail("LOGIN_UNAVAILABLE", "a login requires your agreement, and there is no terminal to ask for it", {
      remedy: "If the email address of the login may be published, set `yes`. To sign without a login, set `identity-token` or SIGSTORE_ID_TOKEN."
    });
  const answer = await terminal.ask("Continue? [y/N] ", end);
  if (/^\s*y(?:es)?\s*$/i.test(answer ?? "")) return;
  fail("LOGIN_REFUSED", "you did not agree to the publication of your email address", {
    remedy: "Nothing was signed. To agree without this question, set `yes`."
  });
}
function publication(instance) {
  const what = "The email address and the ID of your account become part of the signature";
  if (instance === "sandbox") return `${what}. The sandbox keeps them on this machine.`;
  const log = `the transparency log of the Sigstore instance "${instance}"`;
  if (instance === "custom")
    return `${what} and of ${log}, where they cannot be deleted. Everyone with access to the log can read it.`;
  return `${what} and of ${log}, which is public: everyone can read it, and nothing in it can ever be deleted.`;
}
async function logInWithBrowser(login) {
  var _stack = [];
  try {
    const { provider, settings, world, end } = login;
    const { terminal } = world;
    const server = __using(_stack, await listenForRedirect(settings.redirectUrl ?? defaultRedirectUrl), true);
    const request = await provider.authorize(server.uri);
    terminal.print(`Your browser opens this page: ${request.url.href}`);
    const problem = world.openBrowser(request.url).then((reason) => reason ?? new Promise(() => void 0));
    const answer = server.answered((parameters) => provider.redeem(request, parameters), end);
    answer.catch(() => void 0);
    const outcome = await Promise.race([answer, problem]);
    if (typeof outcome !== "string") return outcome;
    terminal.print(`The browser cannot be opened: ${outcome}.`);
    if (settings.redirectUrl === void 0) return logInWithCode(login);
    terminal.print("Open the page yourself, on this machine.");
    return await answer;
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
async function logInWithCode({ provider, world, end }) {
  const { terminal } = world;
  const request = await provider.authorize(outOfBand);
  terminal.print(`Open this page in any browser: ${request.url.href}`);
  const answer = await terminal.ask("Enter the code that it shows: ", end);
  if (answer === void 0)
    fail("LOGIN_UNAVAILABLE", "the input ended before a code was entered", {
      remedy: "Run the command in a terminal. Without one, use `device`, or set `identity-token` or SIGSTORE_ID_TOKEN."
    });
  const code = answer.trim();
  if (!/^[\x21-\x7e]{1,1024}$/.test(code) || code.includes("://"))
    fail("LOGIN_INVALID", "the input is not the code of a login", {
      remedy: "Run the command again, and copy only the code from the page."
    });
  return provider.redeemCopied(request, code);
}
var slowDownSeconds = 5;
async function logInWithDevice({ provider, world, end }) {
  const { terminal, sleep } = world;
  const request = await provider.authorizeDevice();
  terminal.print(`Open this page in a browser on any device: ${request.url.href}`);
  terminal.print(`Continue there only if it shows the code ${request.userCode}.`);
  for (let seconds = request.intervalSeconds; ; ) {
    await sleep(seconds * 1e3, end);
    const token = await provider.redeemDevice(request);
    if (token === "slow down") seconds += slowDownSeconds;
    else if (token !== "pending") return token;
  }
}
export {
  logIn
};
