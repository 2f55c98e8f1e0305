import { ed25519, eddsa } from "./noble-curves-abstract-edwards.mjs";
import { ml_dsa44 } from "./core-log-ml-dsa.mjs";
import { SignJWT, createLocalJWKSet, decodeJwt, errors_exports, exportJWK, exportPKCS8, generateKeyPair, importPKCS8, jwtVerify } from "./jose-dist-webapi-lib-asn1.mjs";
import { p256, p384, p521, sha512 } from "./noble-curves-abstract-weierstrass.mjs";
import { require_node_http } from "./report-retry-text.mjs";
import { preAuthenticationEncoding, decodePem, der, encodePem, canonicalJson, goUrl } from "./core-encoding-der-writer.mjs";
import { ProtoField, decodeBase64, encodeBase64, decodeHex, encodeHex, contextTag, readDer, readSequence, tags } from "./core-encoding-der.mjs";
import { parseJson, asList, asObject, asText, memberAt, concatBytes, decodeUtf8, equalBytes, readUint, uintBytes, utf8 } from "./core-encoding-json.mjs";
import { CountersignError, attempt, fail, __toESM } from "./core-errors-codes.mjs";
import { setTimeout as delay } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { randomBytes } from "node:crypto";
import { createHmac, timingSafeEqual } from "node:crypto";
import { createHash as createHash2 } from "node:crypto";
import { X509Certificate } from "node:crypto";
import { createPublicKey as createPublicKey2 } from "node:crypto";
import { createPublicKey as createPublicKey4, verify as verify2 } from "node:crypto";
import { createPublicKey as createPublicKey3, verify } from "node:crypto";
import { createHash as createHash3 } from "node:crypto";
import { verify as verify3 } from "node:crypto";
import { createPublicKey as createPublicKey5, X509Certificate as X509Certificate2 } from "node:crypto";
import { constants, createPublicKey as createPublicKey7, publicDecrypt, X509Certificate as X509Certificate3 } from "node:crypto";
import { createECDH, createPublicKey as createPublicKey6, verify as verify4 } from "node:crypto";
import { randomBytes as randomBytes2 } from "node:crypto";
import { createHash as createHash4 } from "node:crypto";
import { createPublicKey as createPublicKey8, verify as verify5 } from "node:crypto";
function text(claims2, name) {
  const value = claims2[name];
  return value === void 0 ? "" : String(value);
}
var commit = "0123456789abcdef0123456789abcdef01234567";
var workflowFile = "example-org/example-repo/.github/workflows/release.yml@refs/heads/main";
var pushToMain = {
  actor: "example-user",
  actor_id: "700000003",
  base_ref: "",
  check_run_id: "9000000001",
  event_name: "push",
  head_ref: "",
  job_workflow_ref: workflowFile,
  job_workflow_sha: commit,
  ref: "refs/heads/main",
  ref_protected: "true",
  ref_type: "branch",
  repository: "example-org/example-repo",
  repository_id: "700000001",
  repository_owner: "example-org",
  repository_owner_id: "700000002",
  repository_visibility: "public",
  run_attempt: "1",
  run_id: "8000000001",
  run_number: "17",
  runner_environment: "github-hosted",
  sha: commit,
  workflow: "release",
  workflow_ref: workflowFile,
  workflow_sha: commit
};
var exampleJob = pushToMain;
function jobSubject(claims2, form) {
  const [, name = ""] = claims2.repository.split("/");
  const repository = form === "classic" ? claims2.repository : `${claims2.repository_owner}@${claims2.repository_owner_id}/${name}@${claims2.repository_id}`;
  return `repo:${escapeColons(repository)}:${jobContext(claims2)}`;
}
function jobContext({ environment, event_name, ref }) {
  if (environment) return `environment:${escapeColons(environment)}`;
  return event_name === "pull_request" ? "pull_request" : `ref:${escapeColons(ref)}`;
}
function escapeColons(value) {
  return value.replaceAll(":", "%3A");
}
var github = {
  example: { ...exampleJob },
  occasional: ["environment", "environment_node_id", "enterprise", "enterprise_id"],
  keySetPath: ".well-known/jwks",
  numbered: true,
  lifetimeSeconds: 300,
  leewaySeconds: 600,
  subject(claims2, form) {
    const texts = Object.fromEntries(Object.keys(claims2).map((name) => [name, text(claims2, name)]));
    return jobSubject({ ...exampleJob, ...texts }, form);
  },
  audience: (claims2) => `https://github.com/${claims2.repository_owner}`
};
var htmlPage = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n";
var fault = {
  /** Resets the connection at once. */
  refuse: () => (exchange) => {
    exchange.request.socket.resetAndDestroy();
  },
  /** Answers with a status, and with a page of HTML unless a body is given: failures are rarely in the service's own JSON. */
  status: (status, { headers = {}, body = htmlPage } = {}) => inPlaceOf(() => ({
    status,
    headers: { "content-type": body === htmlPage ? "text/html" : "application/json", ...headers },
    body: typeof body === "string" ? utf8(body) : body
  })),
  /** Reads the request, and never answers. */
  stall: () => (exchange) => {
    exchange.read().catch(() => void 0);
  },
  /** Sends the right answer, so many bytes at a time. */
  slow: ({ bytes: bytes2 = 1, everyMilliseconds = 20 } = {}) => async (exchange) => {
    const { status, headers, body } = await exchange.answer();
    exchange.head(status, { ...headers, "content-length": String(body.length) });
    exchange.response.flushHeaders();
    for (let at = 0; at < body.length && !exchange.response.destroyed; at += bytes2) {
      await delay(everyMilliseconds, void 0, { ref: false });
      exchange.response.write(body.subarray(at, at + bytes2));
    }
    exchange.response.end();
  },
  /** Sends the first half of the right answer, with a length of more than the whole, and ends the connection. */
  truncated: () => async (exchange) => {
    const { status, headers, body } = await exchange.answer();
    exchange.head(status, { ...headers, "content-length": String(body.length + 1) });
    exchange.response.flushHeaders();
    exchange.response.write(body.subarray(0, body.length >> 1));
    exchange.request.socket.destroySoon();
  },
  /** Answers with success and meaningless bytes. The service does nothing. */
  garbage: (status = 200) => inPlaceOf(() => ({
    status,
    headers: { "content-type": "application/json" },
    body: new Uint8Array([255, 254, 123, 0, 34, 60, 128, 10])
  })),
  /** Answers with success and more bytes than a client should read: 64 MiB. With `declared`, the headers state that length. */
  oversized: ({ bytes: bytes2 = 64 * 1024 * 1024, declared = false } = {}) => async (exchange) => {
    await exchange.answer(() => empty);
    exchange.head(200, {
      "content-type": "application/json",
      ...declared ? { "content-length": String(bytes2) } : {}
    });
    const chunk = utf8(" ".repeat(64 * 1024));
    for (let left = bytes2; left > 0 && !exchange.response.destroyed; left -= chunk.length) {
      if (!exchange.response.write(chunk.subarray(0, left))) await drained(exchange);
    }
    exchange.response.end();
  },
  /** Answers with success and bytes that gzip has compressed about a thousand times, whether or not the client accepts gzip. */
  gzipBomb: ({ bytes: bytes2 = 64 * 1024 * 1024 } = {}) => inPlaceOf(() => ({
    status: 200,
    headers: { "content-type": "application/octet-stream", "content-encoding": "gzip" },
    body: gzipSync(Buffer.alloc(bytes2, " "), { level: 9 })
  })),
  /** Compresses a successful answer of the service with gzip, whether or not the client accepts it. */
  gzip: () => fault.altered(
    (right) => right.status === 200 ? { ...right, headers: { ...right.headers, "content-encoding": "gzip" }, body: gzipSync(right.body) } : right
  ),
  /** Does something else, such as adding entries to a log, before the service answers. */
  meanwhile: (act) => async (exchange) => {
    await act();
    exchange.send(await exchange.answer());
  },
  /** Has the service do its work, and then answers with status 500 or with another fault. */
  afterEffect: (then = fault.status(500)) => async (exchange) => {
    await exchange.answer();
    await then(exchange);
  },
  /** Answers in place of the service, which does nothing. */
  instead: (handle) => inPlaceOf(handle),
  /** Alters the answer of the service. */
  altered: (alter) => async (exchange) => exchange.send(alter(await exchange.answer()))
};
var empty = { status: 200, headers: {}, body: new Uint8Array() };
function inPlaceOf(handle) {
  return async (exchange) => exchange.send(await exchange.answer(handle));
}
function drained({ response }) {
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.on("drain", done).on("close", done);
  });
}
var serviceNames = [
  "oidc",
  "fulcio",
  "ct",
  "timestamp",
  "rekor-v1",
  "rekor-v2",
  "witness",
  "tuf",
  "artifacts",
  "blobs",
  "registry",
  "github"
];
function destinationOf(services, method, pathname) {
  for (const { name, routes } of services) {
    const there = routes.filter(({ path }) => matches(path, pathname));
    if (there.length > 0) {
      const route = there.find((candidate) => candidate.method === method);
      return { service: name, route, methods: there.map((candidate) => candidate.method) };
    }
  }
  return { service: void 0, route: void 0, methods: [] };
}
function matches(path, pathname) {
  return path.endsWith("/*") ? pathname.startsWith(path.slice(0, -1)) : pathname === path;
}
var html = (status) => ({
  about: `HTTP status ${status} with an HTML page. Clients must retry within their budget and name the service.`,
  fault: () => fault.status(status)
});
var transportFaults = {
  slow: {
    about: "The correct response, 128 bytes at a time. Clients must wait within their deadline.",
    fault: () => fault.slow({ bytes: 128, everyMilliseconds: 20 })
  },
  trickling: {
    about: "One byte of the correct response each second. Clients must have a deadline for the whole response, not for each part of it.",
    fault: () => fault.slow({ bytes: 1, everyMilliseconds: 1e3 })
  },
  truncated: {
    about: "The connection ends after half of the correct response. Clients must detect that it is incomplete.",
    fault: fault.truncated
  },
  reset: { about: "The connection is reset. Clients must retry within their budget.", fault: fault.refuse },
  stalled: { about: "There is no response. Clients must have a deadline.", fault: fault.stall },
  429: {
    about: "HTTP status 429 with `retry-after: 1`. Clients must wait that long before they retry.",
    fault: () => fault.status(429, { headers: { "retry-after": "1" } })
  },
  500: html(500),
  502: html(502),
  503: html(503),
  504: html(504),
  html: {
    about: "Success with an HTML page. Clients must detect that it is not a valid response.",
    fault: () => fault.status(200)
  },
  garbage: {
    about: "Success with meaningless bytes. Clients must detect that it is not a valid response.",
    fault: () => fault.garbage()
  },
  oversized: {
    about: "Success with 64 MiB of spaces. Clients must stop reading.",
    fault: () => fault.oversized()
  },
  "gzip-bomb": {
    about: "Success with 64 MiB of spaces that gzip has compressed to 64 KiB. Clients must limit what they decompress.",
    fault: () => fault.gzipBomb()
  },
  redirect: {
    about: "HTTP status 307 to another host. Clients must not send a token or digest there.",
    fault: () => fault.status(307, { headers: { location: "http://another-host.invalid/" }, body: "" })
  }
};
var transportMisbehaviours = Object.fromEntries(
  serviceNames.flatMap(
    (service) => Object.entries(transportFaults).map(([name, misbehaviour]) => [`${service}:${name}`, misbehaviour])
  )
);
var logRows = {
  "forked-tree": "The log signs a consistent tree with a different first entry. Monitors must detect that it is not an extension of the tree they know.",
  "rolled-back-checkpoint": "The log signs a checkpoint that is one entry smaller than an earlier one. Monitors must detect that the log has shrunk.",
  "stale-checkpoint": "The log keeps returning its first checkpoint, although entries are added. Monitors must detect that it is stale.",
  "missing-entry": "The log acknowledges entries in a tree that it never shows again, and does not store them. Monitors must detect that they are missing.",
  "withheld-entries": "The log does not return entries that its checkpoint covers. Monitors must report that they cannot read them.",
  "altered-entry": "One byte of each entry is changed. Clients and monitors must detect that the entry is not the leaf in the tree.",
  "wrong-root-hash": "The log signs root hashes that do not match its entries. Clients and monitors must detect this.",
  "wrong-inclusion-proof": "The last hash of each inclusion proof is wrong. Clients must refuse the proof."
};
var rekorRows = {
  "wrong-key-hint": "Checkpoint signatures are valid but have the wrong key ID. Clients must not accept them as signatures of the log.",
  "checkpoint-by-another-key": "Checkpoints are signed by another key, with the name and key ID of the log. Clients must refuse the signature.",
  "wrong-origin": "Checkpoints have the origin of another log, but are signed by the right key. Clients must not accept them for this log.",
  "split-view": "Signers see the log, and readers see a fork of it. Monitors must compare the checkpoints in bundles with those they read.",
  "late-split-view": "Readers see another entry in place of the next one that is added, and the log as it is before it. Only a checkpoint that others have seen, in a bundle or of a witness, reveals this to monitors."
};
var wrongConsistencyProof = "The last hash of each consistency proof is wrong. Monitors must refuse the proof.";
var collectedPartials = "Partial tiles and bundles no longer exist once the full ones do. Monitors must read the full ones instead.";
var alteredTile = "One byte of each hash tile is changed. Monitors must detect that the tiles do not match the root hash.";
var lies = {
  "oidc:expired-token": "Tokens expired ten seconds ago. Clients must not present them.",
  "oidc:future-token": "Tokens become valid in one hour. Clients must not present them.",
  "oidc:another-audience": "Tokens are for another audience. Clients must not present them, and CAs must refuse them.",
  "oidc:another-issuer": "Tokens name another issuer. CAs must not fetch the keys of that issuer.",
  "oidc:without-subject": "Tokens have no subject. Clients must detect that they cannot create a proof of possession.",
  "oidc:without-email": "Tokens of people have no email address. Clients must detect the missing identity.",
  "oidc:unverified-email": "Tokens of people have an unverified email address. Clients must not present them, and CAs must not certify it.",
  "oidc:another-nonce": "Tokens of people who logged in have another nonce than the login. Clients must detect that the token is not for their login.",
  "oidc:another-state": "The redirect after a login has another state. Clients must detect that it does not answer their login.",
  "oidc:another-redirect-issuer": "The redirect after a login names another issuer (RFC 9207). Clients must detect that it is not from the issuer at which the person logged in.",
  "oidc:without-redirect-issuer": "The redirect after a login names no issuer, although the discovery document announces it (RFC 9207). Clients must detect this.",
  "oidc:failed-login": "The redirect after a login is an error (server_error). Clients must report it.",
  "oidc:refused-code": "The code of a login is refused (invalid_grant). Clients must report it.",
  "oidc:another-key": "Tokens are signed by a key that the issuer does not publish. CAs must refuse them.",
  "fulcio:another-identity": "The certificate has the key of the client, but the workflow of another repository. Clients must detect that it is not their identity.",
  "fulcio:another-key": "The certificate has the identity of the client, but another key. Clients must detect this before they sign.",
  "fulcio:another-issuer": "The certificate names another OIDC issuer. Clients must detect this.",
  "fulcio:expired-certificate": "The certificate expired one day ago. Clients must not sign with it.",
  "fulcio:future-certificate": "The certificate becomes valid in one day. Clients must not sign with it.",
  "fulcio:certificate-without-usage": "The certificate has no extended key usage. Clients must not accept it for code signing.",
  "fulcio:certificate-of-wrong-usage": "The certificate is for TLS servers. Clients must not accept it for code signing.",
  "fulcio:authority-certificate": "The certificate is a CA certificate. Clients must not accept it as the certificate of a signer.",
  "fulcio:without-sct": "The certificate has no SCT. Clients must not use a certificate that is not in a certificate transparency log.",
  "fulcio:without-log": "The CA has no certificate transparency log, and responds in the form that Fulcio has for this. Clients must not use the certificate.",
  "fulcio:sct-of-unknown-log": "The SCT is from an unknown log. Clients must not count it.",
  "fulcio:sct-by-another-key": "The SCT has the ID of the log, but is signed by another key. Clients must refuse the signature.",
  "fulcio:sct-of-another-certificate": "The SCT is from the log, but for another certificate of the same client. Clients must refuse the signature.",
  "fulcio:another-authority": "The certificate, its chain and its SCT are from an unknown CA and an unknown log. Clients must trust neither.",
  ...prefixed("ct", logRows),
  "ct:wrong-consistency-proof": wrongConsistencyProof,
  "ct:altered-tile": alteredTile,
  "ct:collected-partials": collectedPartials,
  "ct:wrong-tree-head-signature": "One bit of each tree head signature is changed. Monitors must refuse the signature.",
  "timestamp:stale-time": "The time is one day ago. Clients must detect that the certificate was not valid then.",
  "timestamp:future-time": "The time is one day ahead. Clients must not accept a time in the future.",
  "timestamp:another-nonce": "The nonce differs from that of the request. Clients must detect that the response is not for their request.",
  "timestamp:without-nonce": "There is no nonce. Clients that sent one must refuse the response.",
  "timestamp:another-imprint": "The timestamp is for other data. Clients must detect that it is not for their signature.",
  "timestamp:another-key": "The timestamp names the certificate of the authority, but is signed by another key. Clients must refuse the signature.",
  "timestamp:certificate-without-usage": "The certificate of the timestamp signer is from the same root, but has no extended key usage. Clients must not accept it as that of a timestamp authority.",
  "timestamp:certificate-of-wrong-usage": "The certificate of the timestamp signer is from the same root, but for code signing. Clients must not accept it as that of a timestamp authority.",
  "timestamp:rejected": "The response is a rejection with HTTP status 200. Clients must not accept it as a timestamp.",
  ...prefixed("rekor-v1", logRows),
  ...prefixed("rekor-v1", rekorRows),
  "rekor-v1:wrong-consistency-proof": wrongConsistencyProof,
  "rekor-v1:changed-inactive-shard": "The log signs a consistent tree of its inactive shard with a different first entry. Monitors must detect that an inactive shard has changed.",
  "rekor-v1:without-checkpoint": "Entries and the state of the log have no checkpoint. Clients must require one.",
  "rekor-v1:another-entry": "The response is an earlier entry, and nothing is added. Clients must detect that it is not their entry.",
  "rekor-v1:promise-by-another-key": "The signed entry timestamp is signed by another key. Clients must refuse the signature and the time.",
  "rekor-v1:stale-integrated-time": "The signed integrated time is one day ago. Clients must detect that the certificate was not valid then.",
  "rekor-v1:future-integrated-time": "The signed integrated time is one day ahead. Clients must not accept a time in the future.",
  ...prefixed("rekor-v2", logRows),
  ...prefixed("rekor-v2", rekorRows),
  "rekor-v2:altered-tile": alteredTile,
  "rekor-v2:collected-partials": collectedPartials,
  "rekor-v2:thawed-log": "The frozen shard signs a checkpoint with one more entry. Monitors must detect that it has grown after the log signed that it is frozen.",
  "rekor-v2:hundred-signatures": "Checkpoints have 100 signatures, most of them by unknown keys. Clients and monitors must ignore those.",
  "rekor-v2:without-cosignatures": "No witness cosigns the checkpoints. Clients and monitors that require witnesses must detect this.",
  "rekor-v2:cosignatures-by-another-key": "Cosignatures are by other keys, with the names and key IDs of the witnesses. Clients and monitors that require witnesses must refuse the signatures.",
  "rekor-v2:stale-cosignatures": "The time of the cosignatures is one day ago. Monitors must not take the checkpoint as a recent one.",
  "rekor-v2:future-cosignatures": "The time of the cosignatures is one day ahead. Monitors must not accept a time in the future.",
  "rekor-v2:without-checkpoint": "Entries are acknowledged without a checkpoint, and none is published. Clients must require one.",
  "rekor-v2:another-entry": "The response is the first entry of the log, and nothing is added. Clients must detect that it is not their entry.",
  "witness:forked-tree": "Witnesses show a checkpoint of a fork of Rekor v2, which the log signed and they cosigned. Monitors must detect that the log showed them another tree.",
  "witness:stale-checkpoint": "Witnesses keep returning their first checkpoint, although the log grows. Monitors must compare it with the log at its size.",
  "witness:checkpoint-by-another-key": "The checkpoint of witnesses is of a fork of Rekor v2 that another key signed, with the name and key ID of the log. Monitors must not count it against the log.",
  "witness:without-cosignature": "The checkpoint of witnesses has no cosignature of theirs. Monitors must not take it as the view of a witness.",
  "tuf:expired-timestamp": "The timestamp metadata expired one day ago. Clients must not accept it as current.",
  "tuf:rolled-back-timestamp": "The signed timestamp metadata has version 1. Clients that have seen a later version must refuse it.",
  "tuf:timestamp-by-another-key": "The timestamp metadata is signed by a key that the root does not list for it. Clients must refuse it.",
  "tuf:altered-target": "One byte of each target is changed. Clients must detect this by the hash."
};
var registryLies = {
  "registry:altered-manifest": "A digest inside each manifest is changed. Clients must detect that the manifest does not match its own digest.",
  "registry:altered-blob": "The last byte of each blob is changed. Clients must detect that the blob does not match its digest.",
  "registry:forgotten-manifest": "Manifests are acknowledged but not stored. Clients must read back pushed manifests.",
  "registry:moved-tag": "After a tag has been read, it points to another manifest. Clients must detect that it is not the signed one.",
  "registry:redirected-blobs": "Requests for blobs are redirected to signed URLs on another host. Clients must follow without their credentials.",
  "registry:missing-manifest": "Manifests listed in an index or referrers list do not exist. Clients must report what is missing.",
  "registry:large-headers": "Each response has 24 KiB of additional headers. Clients must accept them."
};
var lieNames = Object.keys(lies);
var registryLieNames = Object.keys(registryLies);
var misbehaviourNames = [
  ...lieNames,
  ...registryLieNames,
  ...Object.keys(transportMisbehaviours)
];
var catalogue = {
  ...lies,
  ...registryLies,
  ...mapRows(transportMisbehaviours, ({ about }) => about)
};
function misbehaviourOf(name) {
  return { about: catalogue[name] };
}
function serviceOf(name) {
  return name.slice(0, name.indexOf(":"));
}
function prefixed(service, rows) {
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [`${service}:${name}`, row]));
}
function mapRows(rows, map) {
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, map(row)]));
}
function readMisbehaviourNames(texts) {
  const names = texts.map(readMisbehaviourName);
  demandCompatible(names);
  return names;
}
function demandCompatible(names) {
  const faults = names.filter((name) => name in transportMisbehaviours);
  for (const [at, name] of faults.entries()) {
    const other = faults.slice(0, at).find((earlier) => serviceOf(earlier) === serviceOf(name));
    if (other !== void 0) fail("USAGE", `${name} and ${other} cannot be combined: each replaces the whole response`);
  }
}
function readMisbehaviourName(text2) {
  const name = misbehaviourNames.find((candidate) => candidate === text2);
  if (name !== void 0) return name;
  const near = misbehaviourNames.filter((candidate) => serviceOf(candidate) === text2.split(":")[0]);
  const faults = Object.keys(transportFaults).map((fault2) => `SERVICE:${fault2}`);
  const known = near.length > 0 ? near : [...lieNames, ...registryLieNames, ...faults];
  return fail("USAGE", `unknown misbehaviour ${JSON.stringify(text2)}`, {
    remedy: `Use one of ${known.join(", ")}.`
  });
}
function jsonResponse(status, value, headers = {}) {
  return { status, headers: { "content-type": "application/json", ...headers }, body: utf8(JSON.stringify(value)) };
}
var Refusal = class extends Error {
  name = "Refusal";
  response;
  constructor(message, response) {
    super(message);
    this.response = response;
  }
};
function refuseJson(message, status, body, headers) {
  throw new Refusal(message, jsonResponse(status, body, headers));
}
function refusePlainly(status, message) {
  throw new Refusal(message, { status, headers: { "content-type": "text/plain" }, body: utf8(`${message}
`) });
}
var grpcStatuses = {
  invalidArgument: { code: 3, http: 400 },
  notFound: { code: 5, http: 404 },
  alreadyExists: { code: 6, http: 409 },
  unimplemented: { code: 12, http: 501 },
  internal: { code: 13, http: 500 },
  unavailable: { code: 14, http: 503 }
};
function grpcError(status, message, headers) {
  const { code, http } = grpcStatuses[status];
  return jsonResponse(http, { code, message, details: [] }, headers);
}
function refuse(status, message, headers) {
  throw new Refusal(message, grpcError(status, message, headers));
}
var grpcStray = (_method, _path, methods2) => methods2.length === 0 ? refuse("notFound", "Not Found") : refuse("unimplemented", "Method Not Allowed");
function refuseRekor(status, message, headers, code = status) {
  refuseJson(message, status, { code, message }, headers);
}
function refuseEntry(reason) {
  refuseRekor(400, `error processing entry: ${reason}`);
}
function refuseParameter(code, message) {
  refuseRekor(422, message, void 0, code);
}
var rekorStray = (method, path, methods2) => methods2.length === 0 ? refuseRekor(404, `path ${path} was not found`) : refuseRekor(405, `method ${method} is not allowed, but [${methods2.join(",")}] are`);
var twirpStatuses = {
  invalid_argument: 400,
  malformed: 400,
  unauthenticated: 401,
  permission_denied: 403,
  not_found: 404,
  bad_route: 404,
  already_exists: 409,
  failed_precondition: 412
};
function refuseTwirp(code, message) {
  refuseJson(message, twirpStatuses[code], { code, msg: message });
}
var twirpStray = (method, path, methods2) => methods2.length === 0 ? refuseTwirp("bad_route", `no handler for path ${path}`) : refuseTwirp("bad_route", `unsupported method ${method} (only ${methods2.join(", ")} is allowed)`);
var azureStatuses = {
  AuthenticationFailed: 403,
  AuthorizationPermissionMismatch: 403,
  BlobImmutableDueToPolicy: 409,
  BlobNotFound: 404,
  InvalidBlobOrBlock: 400,
  InvalidBlockList: 400,
  InvalidQueryParameterValue: 400,
  InvalidXmlDocument: 400
};
function refuseBlob(code, message) {
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  const headers = { "content-type": "application/xml", "x-ms-error-code": code };
  throw new Refusal(message, { status: azureStatuses[code], headers, body: utf8(body) });
}
var registryStatuses = {
  BLOB_UNKNOWN: 404,
  BLOB_UPLOAD_INVALID: 400,
  BLOB_UPLOAD_UNKNOWN: 404,
  DENIED: 403,
  DIGEST_INVALID: 400,
  MANIFEST_BLOB_UNKNOWN: 400,
  MANIFEST_INVALID: 400,
  MANIFEST_UNKNOWN: 404,
  NAME_INVALID: 400,
  NAME_UNKNOWN: 404,
  SIZE_INVALID: 413,
  UNAUTHORIZED: 401,
  UNSUPPORTED: 405
};
function registryError(code, message, { status = registryStatuses[code], headers, detail } = {}) {
  const error = { code, message, ...detail === void 0 ? {} : { detail } };
  return jsonResponse(status, { errors: [error] }, headers);
}
function refuseRegistry(...refusal2) {
  throw new Refusal(refusal2[1], registryError(...refusal2));
}
var registryStray = (method, _path, methods2) => methods2.length === 0 ? refusePlainly(404, "404 page not found") : refuseRegistry("UNSUPPORTED", `the method ${method} is not supported`);
function refuseGitHub(status, message, headers, errors) {
  const documentation = "https://docs.github.com/rest";
  const body = { message, ...errors && { errors }, documentation_url: documentation, status: String(status) };
  refuseJson(message, status, body, headers);
}
var gitHubStray = () => refuseGitHub(404, "Not Found");
function demandBytes(file, offset, length) {
  const within = offset >= 0 && length >= 0 && offset + length <= file.length;
  if (!within) throw new RangeError(`no bytes ${offset} to ${offset + length} in a file of ${file.length}`);
}
function keep(storage, name, make) {
  const kept = storage.read(name);
  if (kept !== void 0) return kept;
  const made = make();
  storage.write(name, made);
  return made;
}
var defaultHashes = {
  "P-256": "sha256",
  "P-384": "sha384",
  "P-521": "sha512",
  Ed25519: "sha512"
};
var hashLengths = { sha256: 32, sha384: 48, sha512: 64 };
var ecdsaWith = {
  sha256: "1.2.840.10045.4.3.2",
  sha384: "1.2.840.10045.4.3.3",
  sha512: "1.2.840.10045.4.3.4"
};
function generateSigningKey(kind) {
  return signingKey(kind, generatePrivateKey(kind));
}
function keptSigningKey(storage, name, kind) {
  let made;
  const pem = keep(storage, `${name}.key`, () => {
    made = generatePrivateKey(kind);
    return utf8(String(made.export({ type: "pkcs8", format: "pem" })));
  });
  return signingKey(kind, made ?? createPrivateKey(Buffer.from(pem)));
}
function generatePrivateKey(kind) {
  const { privateKey } = kind === "Ed25519" ? generateKeyPairSync("ed25519") : generateKeyPairSync("ec", { namedCurve: kind });
  return privateKey;
}
function signingKey(kind, privateKey) {
  const spki = subjectPublicKeyInfo(createPublicKey(privateKey));
  const defaultHash = defaultHashes[kind];
  return {
    kind,
    publicKey: spki,
    keyIdentifier: keyIdentifierOf(spki),
    defaultHash,
    sign: (message, hash = defaultHash) => new Uint8Array(sign(kind === "Ed25519" ? null : hash, message, privateKey))
  };
}
function signatureAlgorithm(key, hash = key.defaultHash) {
  return der.sequence(der.oid(key.kind === "Ed25519" ? "1.3.101.112" : ecdsaWith[hash]));
}
function subjectPublicKeyInfo(key) {
  return new Uint8Array(key.export({ type: "spki", format: "der" }));
}
function keyIdentifierOf(publicKey) {
  return hashOf("sha1", keyBits(publicKey));
}
function keyBits(publicKey) {
  return readSequence(publicKey, (info) => {
    info.sequence();
    return info.bitString();
  });
}
function hashOf(hash, ...parts2) {
  const running = createHash(hash);
  for (const part of parts2) running.update(part);
  return new Uint8Array(running.digest());
}
var systemSources = {
  clock: () => /* @__PURE__ */ new Date(),
  random: (length) => new Uint8Array(randomBytes(length))
};
function secondsAfter(time2, seconds) {
  return new Date(time2.getTime() + seconds * 1e3);
}
function wholeSecond(time2) {
  return new Date(Math.floor(time2.getTime() / 1e3) * 1e3);
}
var forbidden = ['"', ":", "<", ">", "|", "*", "?", "\r", "\n", "\\", "/"];
function demandArtifactName(name) {
  if (name === "") refuseTwirp("invalid_argument", "name is required");
  const found = forbidden.find((character) => name.includes(character));
  if (found !== void 0)
    refuseTwirp("invalid_argument", `name contains an invalid character: ${JSON.stringify(found)}`);
  return name;
}
var sixHours = 6 * 3600;
var RuntimeTokens = class {
  #sources;
  #key;
  constructor(sources) {
    this.#sources = sources;
    this.#key = sources.random(32);
  }
  /** Creates a job with its token, by default in a run of its own. */
  async issue(runId = this.#uuid(), lifetimeSeconds2 = sixHours) {
    const jobId = this.#uuid();
    const now = this.#sources.clock();
    const token = await new SignJWT({
      scp: `Actions.GenericRead:00000000-0000-0000-0000-000000000000 Actions.Results:${runId}:${jobId}`,
      iss: "countersign-sandbox",
      nbf: Math.floor(now.getTime() / 1e3) - 300,
      exp: Math.floor(secondsAfter(now, lifetimeSeconds2).getTime() / 1e3)
    }).setProtectedHeader({ typ: "JWT", alg: "HS256" }).sign(this.#key);
    return { runId, jobId, token };
  }
  /**
   * Returns the job whose token is in an `Authorization` header.
   *
   * @throws Refusal `unauthenticated`
   */
  async authenticate(authorization) {
    const [, token] = /^bearer (\S+)$/i.exec(String(authorization ?? "")) ?? refuseTwirp("unauthenticated", "no token");
    const { payload } = await jwtVerify(token ?? "", this.#key, {
      algorithms: ["HS256"],
      currentDate: this.#sources.clock()
    }).catch((error) => {
      if (error instanceof errors_exports.JOSEError) refuseTwirp("unauthenticated", "token is not valid");
      throw error;
    });
    const [, runId, jobId] = /(?:^| )Actions\.Results:([^ :]+):([^ :]+)(?: |$)/.exec(String(payload.scp)) ?? [];
    if (runId === void 0 || jobId === void 0)
      refuseTwirp("unauthenticated", "token has no Actions.Results scope");
    return { runId, jobId };
  }
  #uuid() {
    return encodeHex(this.#sources.random(16)).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }
};
var prefix = "/twirp/github.actions.results.api.v1.ArtifactService/";
var ninetyDays = 90 * 24 * 3600;
var ArtifactService = class _ArtifactService {
  /** The job that exists from the start. */
  job;
  /** `ACTIONS_RESULTS_URL`. */
  resultsUrl;
  #blobs;
  #sources;
  #tokens;
  #jobs;
  #uploads = [];
  #lastId = 1e9;
  constructor({ origin, blobs, sources }, tokens, job) {
    this.resultsUrl = `${origin}/`;
    this.#blobs = blobs;
    this.#sources = sources;
    this.#tokens = tokens;
    this.#jobs = [job];
    this.job = job;
  }
  static async create(options) {
    const tokens = new RuntimeTokens(options.sources);
    return new _ArtifactService(options, tokens, await tokens.issue());
  }
  /** Creates a job with its token, in a run of its own or that of another job. With a negative lifetime, the token has expired. */
  async newJob(runId, lifetimeSeconds2) {
    const job = await this.#tokens.issue(runId, lifetimeSeconds2);
    this.#jobs.push(job);
    return job;
  }
  /** Returns the artifacts that were finalized and not deleted, oldest first. */
  get artifacts() {
    return this.#uploads.flatMap(
      ({ finalized, path: _, ...upload }) => finalized ? [{ ...upload, ...finalized }] : []
    );
  }
  /** Adds an artifact without an upload, also to a run without jobs. */
  keep(runId, name, bytes2) {
    this.#lastId += 1;
    const createdAt = this.#sources.clock();
    const upload = {
      runId,
      jobId: "",
      id: String(this.#lastId),
      name: demandArtifactName(name),
      mimeType: "application/zip",
      path: `/actions-results/${runId}/artifacts/${this.#lastId}.zip`,
      createdAt,
      expiresAt: secondsAfter(createdAt, ninetyDays),
      finalized: { bytes: bytes2, digest: `sha256:${encodeHex(hashOf("sha256", bytes2))}` }
    };
    this.#blobs.keep(upload.path, bytes2);
    this.#uploads.push(upload);
    const { finalized, path: _, ...rest } = upload;
    return { ...rest, ...finalized };
  }
  /** Returns the URL at which a finalized artifact can be downloaded for a minute. */
  downloadUrl(id) {
    const { path, mimeType, name } = this.#uploads.find((upload) => upload.id === id && upload.finalized !== void 0) ?? refuseTwirp("not_found", "artifact not found");
    const fileName3 = mimeType === "application/zip" ? `${name}.zip` : name;
    return this.#blobs.downloadUrl(path, { contentType: mimeType, fileName: fileName3, lifetimeSeconds: 60 });
  }
  routes() {
    return [{ method: "POST", path: `${prefix}*`, handle: (request) => this.#answer(request) }];
  }
  #methods = {
    CreateArtifact: (request, job) => this.#create(request, job),
    FinalizeArtifact: (request, job) => this.#finalize(request, job),
    ListArtifacts: (request, job) => this.#list(request, job),
    GetSignedArtifactURL: (request, job) => this.#sign(request, job),
    DeleteArtifact: (request, job) => this.#delete(request, job)
  };
  async #answer({ url, headers, body }) {
    const job = await this.#tokens.authenticate(headers.authorization);
    const name = url.pathname.slice(prefix.length);
    const method = Object.hasOwn(this.#methods, name) ? this.#methods[name] : void 0;
    if (method === void 0) refuseTwirp("bad_route", `no handler for path ${url.pathname}`);
    if (!/^application\/json(?:;|$)/.test(String(headers["content-type"]))) {
      refuseTwirp("bad_route", `unexpected Content-Type: ${String(headers["content-type"])}`);
    }
    try {
      return jsonResponse(200, method(ProtoField.parse(body, "JSON_INVALID", "the request"), job));
    } catch (error) {
      if (error instanceof CountersignError) refuseTwirp("malformed", error.message);
      throw error;
    }
  }
  #create(request, job) {
    this.#demandOwnJob(request, job);
    const name = demandArtifactName(request.field("name").string());
    if (this.#uploads.some((upload) => upload.runId === job.runId && upload.name === name)) {
      refuseTwirp("already_exists", "an artifact with this name already exists on the workflow run");
    }
    const mimeType = readMimeType(request);
    const now = this.#sources.clock();
    this.#lastId += 1;
    const id = String(this.#lastId);
    const random = encodeHex(this.#sources.random(32));
    const extension2 = mimeType === "application/zip" ? ".zip" : "";
    const path = `/actions-results/${job.runId}/workflow-job-run-${job.jobId}/artifacts/${random}${extension2}`;
    const expiresAt = request.field("expiresAt").time() ?? secondsAfter(now, ninetyDays);
    const { runId, jobId } = job;
    this.#uploads.push({ runId, jobId, id, name, mimeType, path, createdAt: now, expiresAt, finalized: void 0 });
    return { ok: true, signed_upload_url: this.#blobs.uploadUrl(path) };
  }
  #finalize(request, job) {
    this.#demandOwnJob(request, job);
    const name = demandArtifactName(request.field("name").string());
    const upload = this.#uploads.find((one) => one.runId === job.runId && one.jobId === job.jobId && one.name === name) ?? refuseTwirp("not_found", "artifact not found");
    if (upload.finalized) refuseTwirp("failed_precondition", "artifact is already finalized");
    const bytes2 = this.#blobs.bytes(upload.path) ?? refuseTwirp("not_found", "artifact has no committed upload");
    const digest = `sha256:${encodeHex(hashOf("sha256", bytes2))}`;
    const size = request.field("size").uint64();
    if (size !== BigInt(bytes2.length)) {
      refuseTwirp("invalid_argument", `size ${size} does not match the uploaded size ${bytes2.length}`);
    }
    const hash = request.field("hash").string();
    if (hash !== "" && hash !== digest) refuseTwirp("invalid_argument", "hash does not match the uploaded content");
    this.#blobs.seal(upload.path);
    upload.finalized = { bytes: bytes2, digest };
    return { ok: true, artifact_id: upload.id };
  }
  #list(request, job) {
    this.#demandOwnJob(request, job);
    const name = request.field("nameFilter").string();
    const id = request.field("idFilter");
    const found = this.#visible(job).filter(
      (artifact) => (name === "" || artifact.name === name) && (!id.present || artifact.id === String(id.uint64()))
    );
    return {
      artifacts: found.map((artifact) => ({
        workflow_run_backend_id: artifact.runId,
        workflow_job_run_backend_id: artifact.jobId,
        database_id: artifact.id,
        name: artifact.name,
        size: String(artifact.bytes.length),
        created_at: artifact.createdAt.toISOString(),
        digest: artifact.digest
      }))
    };
  }
  #sign(request, job) {
    const { name, mimeType, path } = this.#named(request, job);
    const fileName3 = mimeType === "application/zip" ? `${name}.zip` : name;
    return { name, signed_url: this.#blobs.downloadUrl(path, { contentType: mimeType, fileName: fileName3 }) };
  }
  #delete(request, job) {
    const { id, path } = this.#named(request, job);
    this.#uploads = this.#uploads.filter((upload) => upload.id !== id);
    this.#blobs.delete(path);
    return { ok: true, artifact_id: id };
  }
  /** Returns the finalized artifacts of the job's run that have not expired, of any of its jobs. */
  #visible({ runId }) {
    const now = this.#sources.clock();
    return this.#uploads.flatMap(
      ({ finalized, ...upload }) => finalized && upload.runId === runId && upload.expiresAt > now ? [{ ...upload, ...finalized }] : []
    );
  }
  /** Returns the artifact that a request names, together with any job of the run. */
  #named(request, job) {
    const jobId = this.#jobIn(request, job);
    const name = request.field("name").string();
    return this.#visible(job).find((artifact) => artifact.name === name && [artifact.jobId, job.jobId].includes(jobId)) ?? refuseTwirp("not_found", "artifact not found");
  }
  #demandOwnJob(request, job) {
    if (this.#jobIn(request, job) !== job.jobId) refuseTwirp("permission_denied", "the token is not one of this job");
  }
  /** Returns the id of the job that a request names, which has to be one of the same run. */
  #jobIn(request, { runId }) {
    const jobId = request.field("workflowJobRunBackendId").string();
    if (request.field("workflowRunBackendId").string() !== runId) {
      refuseTwirp("permission_denied", "the token is not one of this workflow run");
    }
    if (!this.#jobs.some((known) => known.jobId === jobId)) refuseTwirp("not_found", "workflow job run not found");
    return jobId;
  }
};
function readMimeType(request) {
  const given = request.field("mimeType").string();
  const version = Number(request.field("version").uint64());
  if (version < 4) refuseTwirp("invalid_argument", "version is not supported");
  if (version < 7) return "application/zip";
  if (!/^[a-z]+\/[a-z0-9][a-z0-9.+-]*$/.test(given)) {
    refuseTwirp("invalid_argument", "mime_type a valid mime_type is required for this artifact version");
  }
  return given;
}
var UrlSigner = class {
  #sources;
  #key;
  constructor(sources) {
    this.#sources = sources;
    this.#key = sources.random(32);
  }
  /** Signs a URL with its query. The signature has `+`, `/` and `=`, which are percent-encoded. */
  sign(url, permissions, lifetimeSeconds2) {
    const signed = new URL(url);
    const expiry = wholeSecond(secondsAfter(this.#sources.clock(), lifetimeSeconds2));
    signed.searchParams.set("se", expiry.toISOString().replace(".000Z", "Z"));
    signed.searchParams.set("sp", permissions);
    signed.searchParams.set("spr", "https,http");
    signed.searchParams.set("sr", "b");
    signed.searchParams.set("sv", "2026-04-06");
    signed.searchParams.set("sig", this.#signature(signed));
    return signed.href;
  }
  /**
   * Verifies that a URL permits an operation.
   *
   * @throws Refusal `AuthenticationFailed`, `AuthorizationPermissionMismatch`
   */
  demand(url, permissions) {
    const given = Buffer.from(url.searchParams.get("sig") ?? "");
    const right = Buffer.from(this.#signature(url));
    if (given.length !== right.length || !timingSafeEqual(given, right)) {
      refuseBlob("AuthenticationFailed", "Signature did not match.");
    }
    if (new Date(url.searchParams.get("se") ?? "") < this.#sources.clock()) {
      refuseBlob("AuthenticationFailed", "Signature not valid in the specified time frame.");
    }
    if (url.searchParams.get("sp") !== permissions) {
      refuseBlob("AuthorizationPermissionMismatch", "This request is not authorized to perform this operation.");
    }
  }
  /** Signs the path and those parameters that Azure's clients do not add themselves. */
  #signature({ pathname, searchParams }) {
    const parts2 = ["rscd", "rsct", "se", "sp", "spr", "sr", "sv"].map((name) => searchParams.get(name) ?? "");
    return createHmac("sha256", this.#key).update([pathname, ...parts2].join("\n")).digest("base64");
  }
};
var maxBlockLength = 64 * 1024 * 1024;
var BlobStore = class {
  /** The origin that serves the blobs. */
  origin;
  #sources;
  #signer;
  #blobs = /* @__PURE__ */ new Map();
  constructor(origin, sources) {
    this.origin = origin;
    this.#sources = sources;
    this.#signer = new UrlSigner(sources);
  }
  /** Returns a URL for uploading a blob, by default for an hour. */
  uploadUrl(path, lifetimeSeconds2 = 3600) {
    return this.#signer.sign(new URL(path, this.origin), "cw", lifetimeSeconds2);
  }
  /** Returns a URL for downloading a blob, by default for ten minutes, with the headers of the answer. */
  downloadUrl(path, { contentType, fileName: fileName3, lifetimeSeconds: lifetimeSeconds2 = 600 } = {}) {
    const url = new URL(path, this.origin);
    if (fileName3 !== void 0)
      url.searchParams.set(
        "rscd",
        `attachment; filename="${asciiOf(fileName3)}"; filename*=UTF-8''${encodeURIComponent(fileName3)}`
      );
    if (contentType !== void 0) url.searchParams.set("rsct", contentType);
    return this.#signer.sign(url, "r", lifetimeSeconds2);
  }
  /** Returns the committed contents of a blob; `undefined` if there are none. */
  bytes(path) {
    const committed = this.#blobs.get(path)?.committed;
    return committed && concatBytes(...committed.map(([, block]) => block));
  }
  /** Stores a blob without an upload. */
  keep(path, bytes2) {
    const blob = this.#blob(path);
    blob.committed = [["", bytes2]];
    blob.sealed = true;
  }
  /** Makes a blob immutable. */
  seal(path) {
    this.#blob(path).sealed = true;
  }
  delete(path) {
    this.#blobs.delete(path);
  }
  routes() {
    return [
      { method: "PUT", path: "/*", handle: (request) => this.#put(request), maxBodyLength: maxBlockLength },
      { method: "GET", path: "/*", handle: (request) => this.#get(request) }
    ];
  }
  #put(request) {
    this.#authorize(request, "cw");
    const { url, body, headers } = request;
    const blob = this.#blob(url.pathname);
    if (blob.sealed)
      refuseBlob("BlobImmutableDueToPolicy", "This operation is not permitted as the blob is immutable.");
    switch (url.searchParams.get("comp")) {
      case "block":
        putBlock(blob, url.searchParams.get("blockid") ?? "", body);
        break;
      case "blocklist":
        commit2(blob, decodeUtf8(body) ?? "");
        blob.contentType = String(headers["x-ms-blob-content-type"] ?? "application/octet-stream");
        break;
      default:
        refuseBlob("InvalidQueryParameterValue", "The sandbox takes blobs in blocks only.");
    }
    const etag = `"0x${encodeHex(this.#sources.random(8)).toUpperCase()}"`;
    return { status: 201, headers: { ...this.#headers(), etag, "last-modified": this.#now() }, body: new Uint8Array() };
  }
  #get(request) {
    this.#authorize(request, "r");
    const { pathname, searchParams } = request.url;
    const body = this.bytes(pathname) ?? refuseBlob("BlobNotFound", "The specified blob does not exist.");
    const disposition = searchParams.get("rscd");
    return {
      status: 200,
      headers: {
        ...this.#headers(),
        "content-type": searchParams.get("rsct") ?? this.#blob(pathname).contentType,
        ...disposition === null ? {} : { "content-disposition": disposition }
      },
      body
    };
  }
  /** Checks the URL, which is the credential. A token in the headers is for another host, and was sent here by mistake. */
  #authorize({ url, headers }, permissions) {
    if (headers.authorization !== void 0) {
      refuseBlob(
        "AuthenticationFailed",
        "Server failed to authenticate the request: an Authorization header came with a signed URL."
      );
    }
    this.#signer.demand(url, permissions);
  }
  #blob(path) {
    const blob = this.#blobs.get(path) ?? {
      uncommitted: /* @__PURE__ */ new Map(),
      committed: void 0,
      contentType: "application/octet-stream",
      sealed: false
    };
    this.#blobs.set(path, blob);
    return blob;
  }
  #headers() {
    return { "x-ms-request-id": encodeHex(this.#sources.random(16)), "x-ms-version": "2026-04-06", date: this.#now() };
  }
  #now() {
    return this.#sources.clock().toUTCString();
  }
};
function putBlock(blob, id, body) {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(id) || id.length % 4 !== 0 || id.length > 88) {
    refuseBlob(
      "InvalidQueryParameterValue",
      "Value for one of the query parameters specified in the request URI is invalid."
    );
  }
  const [other = id] = blob.uncommitted.keys();
  if (other.length !== id.length) refuseBlob("InvalidBlobOrBlock", "The specified blob or block content is invalid.");
  blob.uncommitted.set(id, body);
}
var listShape = /^(?:\uFEFF)?\s*(?:<\?xml[^>]*\?>)?\s*<BlockList>\s*((?:<(Latest|Uncommitted|Committed)>[A-Za-z0-9+/=]+<\/\2>\s*)*)<\/BlockList>\s*$/;
function commit2(blob, xml) {
  const [, items] = listShape.exec(xml) ?? refuseBlob("InvalidXmlDocument", "XML specified is not syntactically valid.");
  const before = new Map(blob.committed);
  const committed = [...(items ?? "").matchAll(/<(\w+)>([^<]+)</g)].map(([, from, id = ""]) => {
    const block = (from === "Committed" ? void 0 : blob.uncommitted.get(id)) ?? (from === "Uncommitted" ? void 0 : before.get(id)) ?? refuseBlob("InvalidBlockList", "The specified block list is invalid.");
    return [id, block];
  });
  blob.committed = committed;
  blob.uncommitted.clear();
}
function asciiOf(name) {
  return name.replace(/[^\x20-\x7e]|["\\]/g, "_");
}
var ed25519Type = 1;
var ecdsaType = 2;
var cosignatureTypes = { Ed25519: 4, "ML-DSA-44": 6 };
function noteSigner(name, key) {
  const keyHash = key.kind === "Ed25519" ? namedKeyHash(name, ed25519Type, keyBits(key.publicKey)) : hashOf("sha256", key.publicKey);
  return { name, key, keyHash, sign: (text2) => key.sign(text2) };
}
function witness(name, key, clock) {
  const message = key.kind === "ML-DSA-44" ? cosignedMessage : cosignedText;
  const sign2 = (text2) => {
    const time2 = Math.floor(clock().getTime() / 1e3);
    return concatBytes(uintBytes(time2, 8), key.sign(message(name, time2, text2)));
  };
  return { name, key, keyHash: namedKeyHash(name, cosignatureType(key), keyBits(key.publicKey)), sign: sign2 };
}
function cosignatureType({ kind }) {
  return kind === "ML-DSA-44" ? cosignatureTypes[kind] : cosignatureTypes.Ed25519;
}
function cosignedText(_name, time2, text2) {
  return concatBytes(utf8(`cosignature/v1
time ${time2}
`), text2);
}
function cosignedMessage(name, time2, text2) {
  const { origin, size, root } = readCheckpointText(text2);
  const named = (bytes2) => concatBytes(uintBytes(bytes2.length, 1), bytes2);
  const tree = [uintBytes(0, 8), uintBytes(size, 8), root];
  return concatBytes(utf8("subtree/v1\n\0"), named(utf8(name)), uintBytes(time2, 8), named(utf8(origin)), ...tree);
}
function verifierKey({ name, keyHash, key }) {
  const raw = keyBits(key.publicKey);
  const isWitness = equalBytes(namedKeyHash(name, cosignatureType(key), raw), keyHash);
  const [type, bytes2] = isWitness ? [cosignatureType(key), raw] : key.kind === "Ed25519" ? [ed25519Type, raw] : [ecdsaType, key.publicKey];
  const encoded = encodeBase64(concatBytes(new Uint8Array([type]), bytes2));
  return `${name}+${encodeHex(keyHash.subarray(0, 4))}+${encoded}`;
}
function namedKeyHash(name, type, key) {
  return hashOf("sha256", utf8(`${name}
`), new Uint8Array([type]), key);
}
function signNote(text2, signers) {
  return `${text2}
${signers.map((signer) => signatureLine(signer, signer.sign(utf8(text2)))).join("")}`;
}
function signatureLine({ name, keyHash }, signature) {
  return `\u2014 ${name} ${encodeBase64(concatBytes(keyHash.subarray(0, 4), signature))}
`;
}
function readNote(note) {
  const end = note.lastIndexOf("\n\n");
  if (end < 0) throw new RangeError("the note has no signatures");
  const signatures = note.slice(end + 2).split("\n").slice(0, -1);
  return { text: note.slice(0, end + 1), lines: signatures.map(readNoteLine) };
}
function readNoteLine(line) {
  const [, name, blob] = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line) ?? [];
  if (name === void 0 || blob === void 0) throw new RangeError("a line of the note is not a signature");
  const bytes2 = decodeBase64(blob);
  return { name, keyId: bytes2.subarray(0, 4), signature: bytes2.subarray(4) };
}
function checkpointText({ origin, size, root, extensionLines }) {
  return [origin, String(size), encodeBase64(root), ...extensionLines].map((line) => `${line}
`).join("");
}
function readCheckpointText(text2) {
  const [origin = "", size = "", root = "", ...extensionLines] = Buffer.from(text2).toString().slice(0, -1).split("\n");
  const isRight = origin !== "" && /^(?:0|[1-9]\d{0,14})$/.test(size) && /^[A-Za-z0-9+/]{43}=$/.test(root);
  if (!isRight) throw new RangeError("the text is not that of a checkpoint");
  return { origin, size: Number(size), root: decodeBase64(root), extensionLines };
}
var MemoryStorage = class _MemoryStorage {
  #folders = /* @__PURE__ */ new Map();
  #appendFiles = /* @__PURE__ */ new Map();
  #files = /* @__PURE__ */ new Map();
  folder(name) {
    const folder = this.#folders.get(name) ?? new _MemoryStorage();
    this.#folders.set(name, folder);
    return folder;
  }
  appendFile(name) {
    const file = this.#appendFiles.get(name) ?? new MemoryFile();
    this.#appendFiles.set(name, file);
    return file;
  }
  read(name) {
    return this.#files.get(name)?.slice();
  }
  write(name, bytes2) {
    this.#files.set(name, bytes2.slice());
  }
  create(name, bytes2) {
    if (this.#files.has(name)) return false;
    this.write(name, bytes2);
    return true;
  }
  names() {
    return [...this.#files.keys()].sort();
  }
};
var MemoryFile = class {
  #bytes = new Uint8Array(1024);
  length = 0;
  append(bytes2) {
    const length = this.length + bytes2.length;
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, this.length));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes2, this.length);
    this.length = length;
  }
  read(offset, length) {
    demandBytes(this, offset, length);
    return this.#bytes.slice(offset, offset + length);
  }
  truncate(length) {
    demandBytes(this, 0, length);
    this.length = length;
  }
};
var hashLength = 32;
function leafHash(entry) {
  return new Uint8Array(
    createHash2("sha256").update(new Uint8Array([0])).update(entry).digest()
  );
}
function nodeHash(left, right) {
  return new Uint8Array(
    createHash2("sha256").update(new Uint8Array([1])).update(left).update(right).digest()
  );
}
function treeLength(size) {
  return hashLength * nodeCount(size);
}
var MerkleTree = class {
  #nodes;
  #size;
  /** Opens a tree of the first `size` leaves in a file of hashes; by default an empty one, in memory. */
  constructor(nodes = new MemoryStorage().appendFile("nodes"), size = 0) {
    if (nodes.length < treeLength(size))
      throw new RangeError(`the hashes of a tree of ${size} leaves are not all there`);
    if (nodes.length > treeLength(size)) nodes.truncate(treeLength(size));
    this.#nodes = nodes;
    this.#size = size;
  }
  get size() {
    return this.#size;
  }
  /** Appends a leaf by its hash, and returns its index. */
  append(leaf) {
    const index = this.#size;
    const completed = [leaf];
    let hash = leaf;
    for (let level = 0, position = index; position % 2 === 1; level++, position = (position - 1) / 2) {
      hash = nodeHash(this.node(level, position - 1), hash);
      completed.push(hash);
    }
    this.#nodes.append(concatBytes(...completed));
    this.#size += 1;
    return index;
  }
  /** Removes all leaves from this size on, which no client has seen. */
  truncate(size) {
    this.#size = size;
    this.#nodes.truncate(treeLength(size));
  }
  /** Returns the root of the perfect subtree at this level and position, which must be complete. */
  node(level, position) {
    if (position >= this.width(level)) throw new RangeError(`no perfect subtree ${position} at level ${level}`);
    const lastLeaf = (position + 1) * 2 ** level - 1;
    return this.#nodes.read(hashLength * (nodeCount(lastLeaf) + level), hashLength);
  }
  /** Returns the number of perfect subtrees at this level. */
  width(level) {
    return Math.floor(this.size / 2 ** level);
  }
  root(size = this.size) {
    this.#demandSize(size);
    return size === 0 ? new Uint8Array(createHash2("sha256").digest()) : this.#range(0, size);
  }
  /** Returns the audit path of a leaf, from the leaf upwards (RFC 9162, section 2.1.3.1). */
  inclusionProof(index, size = this.size) {
    this.#demandSize(size);
    if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
      throw new RangeError(`no leaf ${index} in a tree of ${size}`);
    }
    return this.#descend(index, size, (from, to) => to - from === 1).siblings;
  }
  /** Proves that the tree of the first size is a prefix of that of the second (RFC 9162, section 2.1.4.1). */
  consistencyProof(first, second = this.size) {
    this.#demandSize(second);
    if (!Number.isSafeInteger(first) || first < 0 || first > second) {
      throw new RangeError(`no proof from ${first} to ${second}`);
    }
    if (first === 0 || first === second) return [];
    const { from, siblings } = this.#descend(first - 1, second, (_, to) => to === first);
    return from === 0 ? siblings : [this.#range(from, first), ...siblings];
  }
  /** Goes down from the root towards a leaf, and returns where it stopped and the siblings it passed, the lowest first. */
  #descend(index, size, stops) {
    const siblings = [];
    let [from, to] = [0, size];
    while (!stops(from, to)) {
      const middle = from + 2 ** Math.floor(Math.log2(to - from - 1));
      siblings.unshift(index < middle ? this.#range(middle, to) : this.#range(from, middle));
      if (index < middle) to = middle;
      else from = middle;
    }
    return { from, siblings };
  }
  /** Returns the root over the leaves [from, to), where `from` is a multiple of a power of two not less than their number. */
  #range(from, to) {
    const rest = [];
    let start = from;
    while (start < to) {
      const level = Math.floor(Math.log2(to - start));
      rest.push(this.node(level, start / 2 ** level));
      start += 2 ** level;
    }
    return rest.reduceRight((right, left) => nodeHash(left, right));
  }
  #demandSize(size) {
    if (!Number.isSafeInteger(size) || size < 0 || size > this.size) {
      throw new RangeError(`the tree never had the size ${size}`);
    }
  }
};
function nodeCount(size) {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return 2 * size - ones;
}
var keyLength = 16;
var recordLength = keyLength + 8;
var recordsAtOnce = 65536;
var KeyIndex = class {
  #file;
  #count = 0;
  /** The latest record in each bucket, plus one; 0 for an empty bucket. There are as many buckets as there is room for records. */
  #latest = new Uint32Array(1024);
  /** The first four bytes of each record's key, of which the last bits are its bucket. */
  #starts = new Uint32Array(1024);
  /** The record before each record in its bucket, plus one; 0 for the first. */
  #previous = new Uint32Array(1024);
  /** Opens the first `count` records of a file, and cuts off the rest. */
  constructor(file, count = 0) {
    file.truncate(count * recordLength);
    this.#file = file;
    for (let start = 0; start < count; start += recordsAtOnce) {
      const records = Math.min(recordsAtOnce, count - start);
      const view = viewOf(file.read(start * recordLength, records * recordLength));
      for (let at = 0; at < view.byteLength; at += recordLength) this.#insert(view.getUint32(at));
    }
  }
  /** The number of records. */
  get count() {
    return this.#count;
  }
  /** Adds an entry under each of these keys, which are hashes of at least 16 bytes. */
  add(keys, entry) {
    const kept = keys.map((key) => key.subarray(0, keyLength));
    this.#file.append(concatBytes(...kept.flatMap((key) => [key, uintBytes(entry, 8)])));
    for (const key of kept) this.#insert(viewOf(key).getUint32(0));
  }
  /** Returns the entries under a key, the earliest first. */
  find(key) {
    const start = viewOf(key).getUint32(0);
    const found = [];
    for (let next = this.#latest[this.#bucket(start)] ?? 0; next > 0; next = this.#previous[next - 1] ?? 0) {
      if (this.#starts[next - 1] !== start) continue;
      const record = this.#file.read((next - 1) * recordLength, recordLength);
      if (equalBytes(record.subarray(0, keyLength), key.subarray(0, keyLength))) {
        found.push(Number(viewOf(record).getBigUint64(keyLength)));
      }
    }
    return found.reverse();
  }
  /** Removes the records from this number on. */
  truncate(count) {
    for (let record = this.#count - 1; record >= count; record--) {
      this.#latest[this.#bucket(this.#starts[record] ?? 0)] = this.#previous[record] ?? 0;
    }
    this.#count = count;
    this.#file.truncate(count * recordLength);
  }
  #insert(start) {
    if (this.#count === this.#starts.length) this.#grow();
    this.#starts[this.#count] = start;
    this.#link(this.#count);
    this.#count += 1;
  }
  #link(record) {
    const bucket = this.#bucket(this.#starts[record] ?? 0);
    this.#previous[record] = this.#latest[bucket] ?? 0;
    this.#latest[bucket] = record + 1;
  }
  #bucket(start) {
    return start & this.#latest.length - 1;
  }
  #grow() {
    const starts = new Uint32Array(2 * this.#count);
    starts.set(this.#starts);
    this.#starts = starts;
    this.#previous = new Uint32Array(starts.length);
    this.#latest = new Uint32Array(starts.length);
    for (let record = 0; record < this.#count; record++) this.#link(record);
  }
};
function viewOf(bytes2) {
  return new DataView(bytes2.buffer, bytes2.byteOffset, bytes2.length);
}
var recordLength2 = 24;
var LogStore = class {
  tree;
  #entries;
  #keys;
  #index;
  /**
   * @param hashOf returns the leaf hash of an entry, by default that of all its bytes: a certificate log hashes a part of them
   * @throws CountersignError `USAGE` if the files are damaged, which killing the sandbox cannot cause
   */
  constructor(storage = new MemoryStorage(), hashOf2 = leafHash) {
    this.#entries = storage.appendFile("entries");
    this.#index = storage.appendFile("index");
    const nodes = storage.appendFile("nodes");
    const size = Math.floor(this.#index.length / recordLength2);
    try {
      if (nodes.length > treeLength(size + 1)) throw new RangeError("it has hashes of entries that do not exist");
      const end = this.#record(size - 1);
      this.tree = new MerkleTree(nodes, size);
      this.#demandLast(hashOf2);
      this.#keys = new KeyIndex(storage.appendFile("keys"), end.keys);
      this.#entries.truncate(end.entries);
      this.#index.truncate(size * recordLength2);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      fail("USAGE", `a log of the sandbox is damaged: ${cause.message}`, {
        cause,
        remedy: "Use another state folder. A log that has lost entries cannot be continued."
      });
    }
  }
  get size() {
    return this.tree.size;
  }
  /** Appends an entry, and returns its index. */
  append({ bytes: bytes2, leafHash: leafHash2, time: time2, keys = [] }) {
    const index = this.size;
    const before = this.#record(index - 1);
    try {
      this.#entries.append(bytes2);
      this.#keys.add([leafHash2, ...keys], index);
      this.tree.append(leafHash2);
      const numbers = [this.#entries.length, this.#keys.count, time2.getTime()];
      this.#index.append(concatBytes(...numbers.map((number2) => uintBytes(number2, 8))));
    } catch (cause) {
      try {
        this.#entries.truncate(before.entries);
      } finally {
        try {
          this.#keys.truncate(before.keys);
        } finally {
          this.tree.truncate(index);
        }
      }
      throw cause;
    }
    return index;
  }
  /** @throws RangeError if there is none */
  entry(index) {
    return this.entries(index, 1)[0] ?? absent(index);
  }
  /** Returns `count` entries, from this one on. */
  entries(index, count) {
    if (index < 0 || index + count > this.size) absent(index + count - 1);
    const start = this.#record(index - 1).entries;
    const records = this.#index.read(index * recordLength2, count * recordLength2);
    const ends = Array.from({ length: count }, (_, at) => decodeRecord(records, at * recordLength2).entries);
    const bytes2 = this.#entries.read(start, (ends.at(-1) ?? start) - start);
    return ends.map((end, at) => bytes2.subarray((ends[at - 1] ?? start) - start, end - start));
  }
  /** Returns the time at which an entry was appended. */
  time(index) {
    return index >= 0 && index < this.size ? this.#record(index).time : absent(index);
  }
  leafHash(index) {
    return this.tree.node(0, index);
  }
  /** Returns the entries under a key, the earliest first. */
  find(key) {
    return this.#keys.find(key);
  }
  /** Returns the first entry whose leaf has this hash. */
  findLeaf(hash) {
    return this.find(hash).find((index) => equalBytes(this.leafHash(index), hash));
  }
  /** Checks that the last entry belongs to the last leaf, before anything is cut off. */
  #demandLast(hashOf2) {
    const last = this.size - 1;
    if (last >= 0 && !equalBytes(hashOf2(this.entry(last)), this.leafHash(last))) {
      throw new RangeError(`entry ${last} does not match its leaf hash`);
    }
  }
  #record(index) {
    if (index < 0) return decodeRecord(new Uint8Array(recordLength2), 0);
    return decodeRecord(this.#index.read(index * recordLength2, recordLength2), 0);
  }
};
function decodeRecord(bytes2, at) {
  const view = new DataView(bytes2.buffer, bytes2.byteOffset + at, recordLength2);
  const uint = (offset) => Number(view.getBigUint64(offset));
  return { entries: uint(0), keys: uint(8), time: new Date(uint(16)) };
}
function absent(index) {
  throw new RangeError(`no entry ${index}`);
}
function timestampedEntry(time2, entry, extensions) {
  const logged = entry.kind === "x509" ? [uintBytes(0, 2), withLength(entry.certificate, 3)] : [uintBytes(1, 2), entry.issuerKeyHash, withLength(entry.tbsCertificate, 3)];
  return concatBytes(uintBytes(time2.getTime(), 8), ...logged, withLength(extensions, 2));
}
function merkleTreeLeaf(entry) {
  return concatBytes(uintBytes(0, 2), entry);
}
function tileLeaf(entry, precertificate, issuers) {
  return concatBytes(
    entry,
    ...precertificate === void 0 ? [] : [withLength(precertificate, 3)],
    withLength(concatBytes(...issuers), 2)
  );
}
function readTileLeaf(leaf) {
  let at = 0;
  const take = (length) => {
    at += length;
    return leaf.subarray(at - length, at);
  };
  const vector = (width) => take(number(take(width)));
  const time2 = new Date(number(take(8)));
  const kind = number(take(2)) === 0 ? "x509" : "precertificate";
  if (kind === "precertificate") take(32);
  const signed = vector(3);
  const extensions = vector(2);
  const entry = leaf.subarray(0, at);
  const certificate = kind === "x509" ? signed : vector(3);
  const fingerprints = vector(2);
  const issuers = Array.from(
    { length: fingerprints.length / 32 },
    (_, one) => fingerprints.subarray(one * 32, one * 32 + 32)
  );
  return { entry, time: time2, kind, certificate, extensions, issuers };
}
function leafIndexExtension(index) {
  return concatBytes(uintBytes(0, 1), withLength(uintBytes(index, 5), 2));
}
function digitallySigned(signature) {
  return concatBytes(new Uint8Array([4, 3]), withLength(signature, 2));
}
function treeHead(time2, size, root) {
  return concatBytes(new Uint8Array([0, 1]), uintBytes(time2.getTime(), 8), uintBytes(size, 8), root);
}
function withLength(bytes2, width) {
  return concatBytes(uintBytes(bytes2.length, width), bytes2);
}
function number(bytes2) {
  return bytes2.reduce((value, byte) => value * 256 + byte, 0);
}
var treeHeadType = 5;
var CertificateLog = class _CertificateLog {
  origin;
  key;
  /** SHA-256 of the log's SubjectPublicKeyInfo (RFC 6962, section 3.2). */
  logId;
  store;
  #storage;
  #issuers;
  #clock;
  constructor(clock, { origin = "ct.countersign.sandbox", storage = new MemoryStorage(), store } = {}) {
    this.origin = origin;
    this.key = keptSigningKey(storage, "log", "P-256");
    this.logId = hashOf("sha256", this.key.publicKey);
    this.store = store ?? new LogStore(storage, (leaf) => leafHash(merkleTreeLeaf(readTileLeaf(leaf).entry)));
    this.#storage = storage;
    this.#issuers = storage.folder("issuers");
    this.#clock = clock;
  }
  /** Logs a precertificate, and returns a SignedCertificateTimestamp (RFC 6962, section 3.2). */
  submit(precertificate, overrides = {}) {
    const { tbsCertificate, issuerKeyHash, certificate = new Uint8Array(), issuers = [] } = precertificate;
    return this.#add({ kind: "precertificate", tbsCertificate, issuerKeyHash }, { certificate, issuers }, overrides);
  }
  /** Logs a certificate, and returns a SignedCertificateTimestamp. */
  submitFinal(final) {
    return this.#add({ kind: "x509", certificate: final.certificate }, final, {});
  }
  /** Returns the SCT of a certificate or precertificate, DER, that is in the log already. */
  find(certificate) {
    const [index] = this.store.find(hashOf("sha256", certificate));
    if (index === void 0) return void 0;
    const { entry, time: time2, extensions } = this.entry(index);
    return this.#sct(entry, time2, extensions, {});
  }
  /** Returns a log of the same name and key that shows another store. */
  showing(store) {
    return new _CertificateLog(this.#clock, { origin: this.origin, storage: this.#storage, store });
  }
  entry(index) {
    return readTileLeaf(this.store.entry(index));
  }
  /** Returns a certificate above a logged one by its SHA-256, in hexadecimal. */
  issuer(fingerprint) {
    return this.#issuers.read(fingerprint);
  }
  /** Signs a tree head (RFC 6962, section 3.5). The signature is a DigitallySigned. */
  treeHead(size = this.store.size, root = this.store.tree.root(size)) {
    const time2 = this.#clock();
    return { time: time2, signature: digitallySigned(this.key.sign(treeHead(time2, size, root), "sha256")) };
  }
  /** Returns a checkpoint, whose signature is a tree head. */
  checkpoint() {
    const { size, tree } = this.store;
    const { time: time2, signature } = this.treeHead();
    const keyHash = namedKeyHash(this.origin, treeHeadType, this.logId);
    const sign2 = () => concatBytes(uintBytes(time2.getTime(), 8), signature);
    const text2 = checkpointText({ origin: this.origin, size, root: tree.root(), extensionLines: [] });
    return signNote(text2, [{ name: this.origin, key: this.key, keyHash, sign: sign2 }]);
  }
  #add(signed, { certificate, issuers }, overrides) {
    const time2 = overrides.timestamp ?? this.#clock();
    const extensions = overrides.extensions ?? leafIndexExtension(this.store.size);
    const entry = timestampedEntry(time2, signed, extensions);
    const fingerprints = issuers.map((issuer) => this.#keepIssuer(issuer));
    const precertificate = signed.kind === "precertificate" ? certificate : void 0;
    this.store.append({
      bytes: tileLeaf(entry, precertificate, fingerprints),
      leafHash: leafHash(merkleTreeLeaf(entry)),
      time: time2,
      keys: [hashOf("sha256", certificate)]
    });
    return this.#sct(entry, time2, extensions, overrides);
  }
  #sct(entry, time2, extensions, overrides) {
    const key = overrides.signingKey ?? this.key;
    const signature = overrides.signature ?? key.sign(merkleTreeLeaf(entry), "sha256");
    return concatBytes(
      uintBytes(overrides.version ?? 0, 1),
      overrides.logId ?? this.logId,
      uintBytes(time2.getTime(), 8),
      withLength(extensions, 2),
      digitallySigned(signature)
    );
  }
  #keepIssuer(issuer) {
    const fingerprint = hashOf("sha256", issuer);
    const name = encodeHex(fingerprint);
    if (this.#issuers.read(name) === void 0) this.#issuers.write(name, issuer);
    return fingerprint;
  }
};
function encodeSctList(scts) {
  return withLength(concatBytes(...scts.map((sct) => withLength(sct, 2))), 2);
}
var tileWidth = 256;
var tileHeight = 8;
var pathForm = /^(\w+)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;
function tileAt(store, path, { name, encode: encode2 }) {
  const [, level = "", groups = "", partial] = pathForm.exec(path) ?? [];
  const width = partial === void 0 ? tileWidth : Number(partial);
  if (groups.startsWith("x000") || partial !== void 0 && width >= tileWidth) return void 0;
  const start = Number(groups.replace(/[x/]/g, "")) * tileWidth;
  if (level === name)
    return start + width > store.size ? void 0 : concatBytes(...store.entries(start, width).map(encode2));
  if (!/^(?:0|[1-9]\d?)$/.test(level)) return void 0;
  const treeLevel = Number(level) * tileHeight;
  if (start + width > store.tree.width(treeLevel)) return void 0;
  return concatBytes(...Array.from({ length: width }, (_, at) => store.tree.node(treeLevel, start + at)));
}
function tbsCertificateOf(certificate) {
  return readSequence(certificate, (reader) => {
    const tbs = reader.any().der;
    reader.any();
    reader.any();
    return tbs;
  });
}
function serialNumberOf(certificate) {
  const { contents = new Uint8Array() } = elementsOf(tbsCertificateOf(certificate))[1] ?? {};
  return contents[0] === 0 ? contents.subarray(1) : contents;
}
function extensionValue(certificate, oid) {
  const extension2 = readTbs(tbsCertificateOf(certificate)).extensions.find((one) => oidOf(one) === oid);
  if (extension2 === void 0) return void 0;
  return readSequence(extension2.der, (reader) => {
    reader.oid();
    if (reader.nextTag === tags.boolean) reader.boolean();
    return reader.octetString();
  });
}
function withoutExtension(tbsCertificate, oid) {
  const { before, extensions } = readTbs(tbsCertificate);
  const left = extensions.filter((extension2) => oidOf(extension2) !== oid);
  const context = left.length === 0 ? [] : [der.context(3, der.sequence(...left.map((one) => one.der)))];
  return der.sequence(...before.map((element) => element.der), ...context);
}
function alternativeNames(certificate) {
  const value = extensionValue(certificate, "2.5.29.17");
  return value === void 0 ? [] : elementsOf(value).flatMap(nameText);
}
var textTags = new Set([1, 2, 6].map((number2) => contextTag(number2, "primitive")));
function nameText({ tag, contents }) {
  if (textTags.has(tag)) return [decodeUtf8(contents) ?? ""];
  if (tag !== contextTag(0, "constructed")) return [];
  return readDer(contents, (reader) => {
    reader.oid();
    const wrapped = reader.element(contextTag(0, "constructed")).contents;
    return [readDer(wrapped, (inner) => inner.utf8String())];
  });
}
function readTbs(tbsCertificate) {
  const elements = elementsOf(tbsCertificate);
  const isExtensions = ({ tag }) => tag === contextTag(3, "constructed");
  const before = elements.filter((element) => !isExtensions(element));
  return { before, extensions: elements.filter(isExtensions).flatMap(({ contents }) => elementsOf(contents)) };
}
function oidOf(extension2) {
  const [oid] = elementsOf(extension2.der);
  return oid === void 0 ? "" : readDer(oid.der, (reader) => reader.oid());
}
function elementsOf(sequence) {
  return readSequence(sequence, (reader) => {
    const elements = [];
    while (!reader.done) elements.push(reader.any());
    return elements;
  });
}
var poisonOid = "1.3.6.1.4.1.11129.2.4.3";
var poisonValue = new Uint8Array([5, 0]);
function checkChain(chain, roots) {
  const [certificate, ...given] = chain;
  if (certificate === void 0) throw new RangeError("cert chain was empty");
  const last = chain.at(-1) ?? certificate;
  const isRoot = roots.some((root2) => equalBytes(root2, last));
  const root = isRoot ? last : roots.find((one) => isIssuedBy(last, one));
  if (root === void 0 || isRoot && given.length === 0)
    throw new RangeError("x509: certificate signed by unknown authority");
  const above = isRoot ? given : [...given, root];
  [certificate, ...above].reduce((issued, issuer2) => {
    if (!isIssuedBy(issued, issuer2)) throw new RangeError("x509: a certificate of the chain is not signed by the next");
    return issuer2;
  });
  const issuer = above[0] ?? certificate;
  const poison = extensionValue(certificate, poisonOid);
  if (poison !== void 0 && !equalBytes(poison, poisonValue)) {
    throw new RangeError("CT poison ext is not a proper poison");
  }
  const precertificate = poison === void 0 ? void 0 : {
    certificate,
    issuers: above,
    tbsCertificate: withoutExtension(tbsCertificateOf(certificate), poisonOid),
    issuerKeyHash: hashOf("sha256", subjectPublicKeyInfo(new X509Certificate(issuer).publicKey))
  };
  return { certificate, issuers: above, precertificate };
}
function isIssuedBy(certificate, issuer) {
  try {
    const [issued, above] = [new X509Certificate(certificate), new X509Certificate(issuer)];
    return issued.issuer === above.subject && issued.verify(above.publicKey);
  } catch {
    throw new RangeError("x509: malformed certificate");
  }
}
var maxEntries = 256;
var CertificateLogService = class _CertificateLogService {
  log;
  #roots;
  /** @param roots the roots, DER, to which submitted chains must lead */
  constructor(log, roots) {
    this.log = log;
    this.#roots = roots;
  }
  /** Returns the same service for another log. */
  over(log) {
    return new _CertificateLogService(log, this.#roots);
  }
  routes(path) {
    const add = (name, kind) => ({
      method: "POST",
      path: `${path}/ct/v1/${name}`,
      handle: ({ body }) => jsonResponse(200, this.#add(body, kind))
    });
    const get = (name, answer) => ({
      method: "GET",
      path: `${path}/ct/v1/${name}`,
      handle: ({ url }) => jsonResponse(200, answer(url.searchParams))
    });
    const file = (name, answer) => ({
      method: "GET",
      path: `${path}/${name}`,
      handle: ({ url }) => answer(url.pathname.slice(`${path}/${name}`.replace("*", "").length))
    });
    return [
      add("add-chain", "x509"),
      add("add-pre-chain", "precertificate"),
      get("get-roots", () => ({ certificates: this.#roots.map(encodeBase64) })),
      get("get-sth", () => this.#treeHead()),
      get("get-sth-consistency", (query) => this.#consistency(query)),
      get("get-proof-by-hash", (query) => this.#proof(query)),
      get("get-entries", (query) => this.#entries(query)),
      file("checkpoint", () => bytes(utf8(this.log.checkpoint()), "text/plain; charset=utf-8")),
      file(
        "tile/*",
        (rest) => bytes(tileAt(this.log.store, rest, { name: "data", encode: (leaf) => leaf }) ?? absent2())
      ),
      file("issuer/*", (rest) => bytes(this.log.issuer(rest) ?? absent2(), "application/pkix-cert"))
    ];
  }
  #add(body, kind) {
    const { certificate, issuers, precertificate } = this.#chain(body);
    if (kind === "precertificate" && precertificate === void 0) refuse2("certificate is not a precertificate");
    if (kind === "x509" && precertificate !== void 0) refuse2("precertificate was sent to add-chain");
    const sct = this.log.find(certificate) ?? (precertificate === void 0 ? this.log.submitFinal({ certificate, issuers }) : this.log.submit(precertificate));
    return sctJson(sct);
  }
  #chain(body) {
    const chain = readChain(body);
    try {
      return checkChain(chain, this.#roots);
    } catch (error) {
      if (error instanceof RangeError) refuse2(`failed to verify add-chain contents: ${error.message}`);
      throw error;
    }
  }
  #treeHead() {
    const { size, tree } = this.log.store;
    const { time: time2, signature } = this.log.treeHead();
    return {
      tree_size: size,
      timestamp: time2.getTime(),
      sha256_root_hash: encodeBase64(tree.root()),
      tree_head_signature: encodeBase64(signature)
    };
  }
  #consistency(query) {
    const [first, second] = [wholeNumber(query, "first"), wholeNumber(query, "second")];
    const { size, tree } = this.log.store;
    if (first > second || second > size) refuse2(`first and second must be in order, and at most ${size}`);
    return { consistency: tree.consistencyProof(first, second).map(encodeBase64) };
  }
  #proof(query) {
    const { store } = this.log;
    const size = wholeNumber(query, "tree_size");
    if (size < 1 || size > store.size) refuse2(`tree_size must be from 1 to ${store.size}`);
    const index = store.find(readHash(query.get("hash") ?? "")).find((one) => one < size) ?? absent2();
    return { leaf_index: index, audit_path: store.tree.inclusionProof(index, size).map(encodeBase64) };
  }
  #entries(query) {
    const [start, end] = [wholeNumber(query, "start"), wholeNumber(query, "end")];
    const { size } = this.log.store;
    if (start > end || start >= size) refuse2(`start and end must be in order, and start less than ${size}`);
    const count = Math.min(end + 1, size, start + maxEntries) - start;
    return { entries: Array.from({ length: count }, (_, at) => this.#entry(start + at)) };
  }
  /** Returns LeafInput and ExtraData (RFC 6962, section 4.6). */
  #entry(index) {
    const { entry, kind, certificate, issuers } = this.log.entry(index);
    const chain = issuers.map((fingerprint) => withLength(this.log.issuer(encodeHex(fingerprint)) ?? absent2(), 3));
    const above = withLength(Buffer.concat(chain), 3);
    const extra = kind === "x509" ? above : Buffer.concat([withLength(certificate, 3), above]);
    return { leaf_input: encodeBase64(merkleTreeLeaf(entry)), extra_data: encodeBase64(extra) };
  }
};
function bytes(body, contentType = "application/octet-stream", status = 200) {
  return { status, headers: { "content-type": contentType }, body };
}
function sctJson(sct) {
  const extensions = 43 + Buffer.from(sct).readUInt16BE(41);
  return {
    sct_version: sct[0] ?? 0,
    id: encodeBase64(sct.subarray(1, 33)),
    timestamp: Number(Buffer.from(sct).readBigUInt64BE(33)),
    extensions: encodeBase64(sct.subarray(43, extensions)),
    signature: encodeBase64(sct.subarray(extensions))
  };
}
function readChain(body) {
  try {
    const { chain } = parseJson(body);
    if (!Array.isArray(chain)) throw new RangeError("cert chain was empty");
    return chain.map((certificate) => decodeBase64(String(certificate)));
  } catch (error) {
    return refuse2(`failed to parse add-chain body: ${error instanceof Error ? error.message : "nothing can be read"}`);
  }
}
function readHash(text2) {
  try {
    return decodeBase64(text2);
  } catch {
    return refuse2("hash is not base64");
  }
}
function wholeNumber(query, name) {
  const text2 = query.get(name) ?? "";
  return /^\d{1,15}$/.test(text2) ? Number(text2) : refuse2(`${name} is not a number`);
}
function refuse2(reason) {
  throw goError(400, "Bad Request", reason);
}
function absent2() {
  throw goError(404, "Not Found", "it is not in the log");
}
function goError(status, words2, reason) {
  return new Refusal(reason, bytes(utf8(`${words2}
${reason}
`), "text/plain; charset=utf-8", status));
}
var keyUsages = { digitalSignature: 0, keyEncipherment: 2, keyCertSign: 5, cRLSign: 6 };
var keyPurposes = {
  serverAuth: "1.3.6.1.5.5.7.3.1",
  codeSigning: "1.3.6.1.5.5.7.3.3",
  timeStamping: "1.3.6.1.5.5.7.3.8",
  anyExtendedKeyUsage: "2.5.29.37.0"
};
function encodeExtension({ oid, critical, value }) {
  return der.sequence(der.oid(oid), ...critical ? [der.boolean(true)] : [], der.octetString(value));
}
var sandboxMarkerOid = "2.999.305821105.408246119";
var sandboxMarker = {
  oid: sandboxMarkerOid,
  critical: false,
  value: der.utf8String("countersign sandbox: not for production")
};
function encodeName(name) {
  const attribute = (oid, value) => value === void 0 ? [] : [der.set(der.sequence(der.oid(oid), der.utf8String(value)))];
  return der.sequence(...attribute("2.5.4.10", name.organization), ...attribute("2.5.4.3", name.commonName));
}
function encodeGeneralName(name) {
  switch (name.kind) {
    case "otherName":
      return der.context(0, der.oid(name.typeId), der.context(0, name.value));
    case "rfc822Name":
      return der.contextPrimitive(1, utf8(name.value));
    case "dNSName":
      return der.contextPrimitive(2, utf8(name.value));
    case "directoryName":
      return der.context(4, encodeName(name.value));
    case "uniformResourceIdentifier":
      return der.contextPrimitive(6, utf8(name.value));
  }
}
function encodeTbsCertificate(profile, trailing = []) {
  const extensions = [...extensionsOf(profile), ...trailing];
  return der.sequence(
    der.context(0, der.integer(2)),
    der.unsigned(profile.serialNumber),
    signatureAlgorithm(profile.signingKey, profile.signatureHash),
    encodeName(profile.issuer),
    der.sequence(der.time(profile.notBefore), der.time(profile.notAfter)),
    encodeName(profile.subject),
    profile.publicKey,
    ...extensions.length === 0 ? [] : [der.context(3, der.sequence(...extensions.map(encodeExtension)))]
  );
}
function signCertificate(profile, trailing = []) {
  const tbsCertificate = encodeTbsCertificate(profile, trailing);
  return der.sequence(
    tbsCertificate,
    signatureAlgorithm(profile.signingKey, profile.signatureHash),
    der.bitString(profile.signingKey.sign(tbsCertificate, profile.signatureHash))
  );
}
function extensionsOf(profile) {
  const { extendedKeyUsage, subjectAlternativeNames } = profile;
  return [
    ...extension(
      "2.5.29.15",
      true,
      profile.keyUsage,
      (usages) => der.namedBits(...usages.map((usage) => keyUsages[usage]))
    ),
    ...extension(
      "2.5.29.37",
      extendedKeyUsage?.critical,
      extendedKeyUsage,
      ({ purposes }) => der.sequence(...purposes.map((purpose) => der.oid(purpose)))
    ),
    ...extension(
      "2.5.29.19",
      true,
      profile.basicConstraints,
      ({ authority: authority2, pathLength }) => (
        // cA is FALSE by default, and then DER leaves it out.
        der.sequence(
          ...authority2 ? [der.boolean(true)] : [],
          ...pathLength === void 0 ? [] : [der.integer(pathLength)]
        )
      )
    ),
    ...extension("2.5.29.14", false, profile.subjectKeyIdentifier, der.octetString),
    ...extension(
      "2.5.29.35",
      false,
      profile.authorityKeyIdentifier,
      (identifier) => der.sequence(der.contextPrimitive(0, identifier))
    ),
    ...extension(
      "2.5.29.17",
      subjectAlternativeNames?.critical,
      subjectAlternativeNames,
      ({ names }) => der.sequence(...names.map(encodeGeneralName))
    ),
    ...profile.additionalExtensions
  ];
}
function extension(oid, critical = false, value, encode2) {
  return value === void 0 ? [] : [{ oid, critical, value: encode2(value) }];
}
function freshSerialNumber(random) {
  const serial = new Uint8Array(random(20));
  serial[0] = (serial[0] ?? 0) & 63 | 64;
  return serial;
}
function certifyAuthority(options, sources) {
  const { pathLength, codeSigning, marked } = options;
  return certify(options, sources, {
    keyUsage: ["keyCertSign", "cRLSign"],
    extendedKeyUsage: codeSigning ? { critical: false, purposes: [keyPurposes.codeSigning] } : void 0,
    basicConstraints: { authority: true, pathLength },
    additionalExtensions: marked ? [sandboxMarker] : []
  });
}
function certifyTimestampSigner(options, sources) {
  return certify(options, sources, {
    keyUsage: ["digitalSignature"],
    extendedKeyUsage: { critical: true, purposes: [keyPurposes.timeStamping] },
    basicConstraints: void 0,
    additionalExtensions: []
  });
}
function certify(options, sources, usages) {
  const { storage = new MemoryStorage(), name = "certified", subject, kind, issuer, notBefore, notAfter } = options;
  const key = keptSigningKey(storage, name, kind);
  const profile = {
    ...usages,
    serialNumber: freshSerialNumber(sources.random),
    issuer: issuer?.profile.subject ?? subject,
    subject,
    notBefore,
    notAfter,
    publicKey: key.publicKey,
    subjectKeyIdentifier: key.keyIdentifier,
    authorityKeyIdentifier: issuer?.key.keyIdentifier,
    subjectAlternativeNames: void 0,
    signingKey: issuer?.key ?? key,
    signatureHash: void 0,
    ...options.overrides
  };
  const pem = keep(storage, `${name}.pem`, () => utf8(encodePem("CERTIFICATE", signCertificate(profile))));
  const [certificate] = decodePem("CERTIFICATE", decodeUtf8(pem) ?? "");
  return { certificate, profile: { ...profile, serialNumber: serialNumberOf(certificate) }, key };
}
var tenYears = 10 * 365 * 24 * 3600;
function authorityDefaults({
  sources,
  marked = true,
  storage = new MemoryStorage(),
  ...options
}) {
  const { name = encodeHex(sources.random(4)) } = options;
  const notBefore = wholeSecond(options.notBefore ?? secondsAfter(sources.clock(), -3600));
  const certificates = {
    storage,
    marked,
    kind: "P-384",
    notBefore,
    notAfter: secondsAfter(notBefore, tenYears)
  };
  const subject = (role) => ({ organization: "countersign-sandbox", commonName: `sandbox-${role}-${name}` });
  return { certificates, subject };
}
var sctListOid = "1.3.6.1.4.1.11129.2.4.2";
var tenMinutes = 600;
var CertificateAuthority = class {
  root;
  intermediate;
  log;
  #sources;
  constructor(options) {
    const { sources, root = {}, intermediate = {} } = options;
    const { certificates, subject } = authorityDefaults(options);
    this.#sources = sources;
    this.log = options.log;
    const rootRole = { name: "fulcio-root", subject: subject("root"), pathLength: 1, codeSigning: false };
    this.root = certifyAuthority({ ...certificates, ...rootRole, overrides: root }, sources);
    const role = { name: "fulcio-intermediate", subject: subject("intermediate"), pathLength: 0, codeSigning: true };
    this.intermediate = certifyAuthority(
      { ...certificates, ...role, issuer: this.root, overrides: intermediate },
      sources
    );
  }
  /** The certificates of the authority, DER, in the order of a trusted root: the root last. */
  get chain() {
    return [this.intermediate.certificate, this.root.certificate];
  }
  /** Issues a leaf certificate, DER, with SCTs over its precertificate (RFC 6962, section 3.2). */
  issue(request) {
    const profile = this.#profile(request);
    const poison = { oid: poisonOid, critical: true, value: poisonValue };
    const scts = profile.signedCertificateTimestamps({
      tbsCertificate: encodeTbsCertificate(profile),
      issuerKeyHash: hashOf("sha256", this.intermediate.key.publicKey),
      certificate: signCertificate(profile, [poison]),
      issuers: this.chain
    });
    const sctExtension = { oid: sctListOid, critical: false, value: der.octetString(encodeSctList(scts)) };
    return signCertificate(profile, [...scts.length === 0 ? [] : [sctExtension], ...profile.trailingExtensions]);
  }
  #profile(request) {
    const { key, profile } = this.intermediate;
    const notBefore = wholeSecond(request.notBefore ?? this.#sources.clock());
    return {
      serialNumber: freshSerialNumber(this.#sources.random),
      issuer: profile.subject,
      subject: {},
      notBefore,
      notAfter: secondsAfter(notBefore, tenMinutes),
      keyUsage: ["digitalSignature"],
      extendedKeyUsage: { critical: false, purposes: [keyPurposes.codeSigning] },
      basicConstraints: void 0,
      subjectKeyIdentifier: keyIdentifierOf(request.publicKey),
      authorityKeyIdentifier: key.keyIdentifier,
      signingKey: key,
      signatureHash: void 0,
      signedCertificateTimestamps: (precertificate) => [this.log.submit(precertificate)],
      trailingExtensions: [],
      ...request
    };
  }
};
var dotAtom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*";
var label = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
var address = new RegExp(`^${dotAtom}@${label}(?:\\.${label})*$`);
function isEmailAddress(text2) {
  return text2.length <= 254 && address.test(text2);
}
var tokenAlgorithm = "RS256";
function createTokenIssuer(url, { storage = new MemoryStorage(), name = "issuer" } = {}) {
  let made;
  const key = () => {
    made ??= issuerKey(storage, `${name}.key`);
    return made;
  };
  return {
    url,
    keySet: async () => {
      const { publicKey, keyId } = await key();
      return { keys: [{ ...publicKey, alg: tokenAlgorithm, use: "sig", kid: keyId }] };
    },
    sign: async (claims2) => {
      const { privateKey, keyId } = await key();
      const header = { typ: "JWT", alg: tokenAlgorithm, kid: keyId };
      return new SignJWT({ ...claims2 }).setProtectedHeader(header).sign(privateKey);
    }
  };
}
async function issuerKey(storage, name) {
  const pem = await keptKey(storage, name);
  const privateKey = await importPKCS8(pem, tokenAlgorithm);
  const keyObject = createPublicKey2(pem);
  const keyId = encodeHex(hashOf("sha1", subjectPublicKeyInfo(keyObject))).toUpperCase();
  return { privateKey, publicKey: { ...await exportJWK(keyObject) }, keyId };
}
async function keptKey(storage, name) {
  const kept = storage.read(name);
  if (kept !== void 0) return decodeUtf8(kept) ?? "";
  const { privateKey } = await generateKeyPair(tokenAlgorithm, { extractable: true });
  const pem = await exportPKCS8(privateKey);
  storage.write(name, utf8(pem));
  return pem;
}
function tokenTimes(now, lifetimeSeconds2, leewaySeconds = 600) {
  const seconds = (time2) => Math.floor(time2.getTime() / 1e3);
  const issued = lifetimeSeconds2 >= 0 ? now : secondsAfter(now, lifetimeSeconds2 - 300);
  return {
    exp: seconds(secondsAfter(now, lifetimeSeconds2)),
    iat: seconds(issued),
    nbf: seconds(issued) - leewaySeconds
  };
}
function discoveryRoutes(issuer, claimsSupported, { keySetPath = ".well-known/jwks", metadata = {} } = {}) {
  const { pathname } = new URL(issuer.url);
  const document = {
    issuer: issuer.url,
    jwks_uri: `${issuer.url}/${keySetPath}`,
    subject_types_supported: ["public", "pairwise"],
    response_types_supported: ["id_token"],
    claims_supported: claimsSupported,
    id_token_signing_alg_values_supported: [tokenAlgorithm],
    scopes_supported: ["openid"],
    ...metadata
  };
  const get = (path, answer) => ({
    method: "GET",
    path: `${pathname}/${path}`,
    handle: async () => jsonResponse(200, await answer())
  });
  return [
    get(".well-known/openid-configuration", () => document),
    get(keySetPath, async () => ({ ...await issuer.keySet() }))
  ];
}
var curveHashes = {
  prime256v1: "sha256",
  secp384r1: "sha384",
  secp521r1: "sha512"
};
var readableCurves = [...Object.keys(curveHashes), "secp224r1"];
var readableKinds = ["rsa", "ec", "ed25519", "x25519", "dsa"];
function readPublicKey(pem) {
  const [, label2 = ""] = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem) ?? [];
  if (label2 !== "PUBLIC KEY" && label2 !== "RSA PUBLIC KEY") return void 0;
  try {
    const key = createPublicKey3(pem);
    return isReadable(key) ? key : void 0;
  } catch {
    return void 0;
  }
}
function isReadable({ asymmetricKeyType, asymmetricKeyDetails }) {
  if (asymmetricKeyType === "ec") return readableCurves.includes(asymmetricKeyDetails?.namedCurve ?? "");
  return readableKinds.includes(asymmetricKeyType ?? "");
}
function isAcceptable(key) {
  const { namedCurve = "", modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === "ec") return Object.hasOwn(curveHashes, namedCurve);
  if (key.asymmetricKeyType !== "rsa") return key.asymmetricKeyType === "ed25519";
  return [2048, 3072, 4096].includes(Math.ceil(modulusLength / 8) * 8);
}
function hashOfKey(key) {
  if (key.asymmetricKeyType === "ed25519") return null;
  return curveHashes[key.asymmetricKeyDetails?.namedCurve ?? ""] ?? "sha256";
}
function provesPossession(key, challenge, signature) {
  return verify(hashOfKey(key), challenge, key, signature);
}
var signatureHashes = {
  "1.2.840.10045.4.3.2": "sha256",
  "1.2.840.10045.4.3.3": "sha384",
  "1.2.840.10045.4.3.4": "sha512",
  "1.2.840.113549.1.1.11": "sha256",
  "1.2.840.113549.1.1.12": "sha384",
  "1.2.840.113549.1.1.13": "sha512",
  "1.3.101.112": null
};
function readCertificateRequest(pem) {
  try {
    const text2 = decodeUtf8(pem) ?? "";
    const label2 = text2.includes("BEGIN NEW ") ? "NEW CERTIFICATE REQUEST" : "CERTIFICATE REQUEST";
    const [bytes2] = decodePem(label2, text2);
    const { info, oid, signature } = readSequence(bytes2, (request) => ({
      info: request.any().der,
      oid: request.sequence().oid(),
      signature: request.bitString()
    }));
    const publicKey = readSequence(info, (reader) => {
      reader.unsigned();
      reader.sequence();
      const subjectPublicKeyInfo2 = reader.any().der;
      while (!reader.done) reader.any();
      return subjectPublicKeyInfo2;
    });
    const key = createPublicKey4({ key: Buffer.from(publicKey), format: "der", type: "spki" });
    if (key.asymmetricKeyType === "ec" && !isReadable(key)) return void 0;
    const hash = signatureHashes[oid];
    return { key, hash, proven: hash !== void 0 && isAcceptable(key) && verify2(hash, info, key, signature) };
  } catch {
    return void 0;
  }
}
var circleciDefinition = '{{.api_url}}/projects/{{(index . "oidc.circleci.com/project-id")}}/pipeline-definitions/{{(index . "oidc.circleci.com/pipeline-definition-id")}}';
var buildkitePipeline = "{{.url}}/{{.organization_slug}}/{{.pipeline_slug}}";
var ciProviders = {
  "github-workflow": {
    defaults: { url: "https://github.com", environment: "" },
    subjectAlternativeName: "{{ .url }}/{{ .job_workflow_ref }}",
    extensions: [
      [2, "GithubWorkflowTrigger", "event_name"],
      [3, "GithubWorkflowSHA", "sha"],
      [4, "GithubWorkflowName", "workflow"],
      [5, "GithubWorkflowRepository", "repository"],
      [6, "GithubWorkflowRef", "ref"],
      [9, "BuildSignerURI", "{{ .url }}/{{ .job_workflow_ref }}"],
      [10, "BuildSignerDigest", "job_workflow_sha"],
      [11, "RunnerEnvironment", "runner_environment"],
      [12, "SourceRepositoryURI", "{{ .url }}/{{ .repository }}"],
      [13, "SourceRepositoryDigest", "sha"],
      [14, "SourceRepositoryRef", "ref"],
      [15, "SourceRepositoryIdentifier", "repository_id"],
      [16, "SourceRepositoryOwnerURI", "{{ .url }}/{{ .repository_owner }}"],
      [17, "SourceRepositoryOwnerIdentifier", "repository_owner_id"],
      [18, "BuildConfigURI", "{{ .url }}/{{ .workflow_ref }}"],
      [19, "BuildConfigDigest", "workflow_sha"],
      [20, "BuildTrigger", "event_name"],
      [21, "RunInvocationURI", "{{ .url }}/{{ .repository }}/actions/runs/{{ .run_id }}/attempts/{{ .run_attempt }}"],
      [22, "SourceRepositoryVisibilityAtSigning", "repository_visibility"],
      [23, "DeploymentEnvironment", "environment"]
    ]
  },
  "gitlab-pipeline": {
    defaults: { url: "https://gitlab.com", environment: "" },
    subjectAlternativeName: "https://{{ .ci_config_ref_uri }}",
    extensions: [
      [9, "BuildSignerURI", "https://{{ .ci_config_ref_uri }}"],
      [10, "BuildSignerDigest", "ci_config_sha"],
      [11, "RunnerEnvironment", "runner_environment"],
      [12, "SourceRepositoryURI", "{{ .url }}/{{ .project_path }}"],
      [13, "SourceRepositoryDigest", "sha"],
      [14, "SourceRepositoryRef", 'refs/{{if eq .ref_type "branch"}}heads/{{ else }}tags/{{end}}{{ .ref }}'],
      [15, "SourceRepositoryIdentifier", "project_id"],
      [16, "SourceRepositoryOwnerURI", "{{ .url }}/{{ .namespace_path }}"],
      [17, "SourceRepositoryOwnerIdentifier", "namespace_id"],
      [18, "BuildConfigURI", "https://{{ .ci_config_ref_uri }}"],
      [19, "BuildConfigDigest", "ci_config_sha"],
      [20, "BuildTrigger", "pipeline_source"],
      [21, "RunInvocationURI", "{{ .url }}/{{ .project_path }}/-/jobs/{{ .job_id }}"],
      [22, "SourceRepositoryVisibilityAtSigning", "project_visibility"],
      [23, "DeploymentEnvironment", "environment"]
    ]
  },
  "buildkite-job": {
    defaults: { url: "https://buildkite.com" },
    subjectAlternativeName: buildkitePipeline,
    extensions: [
      [11, "RunnerEnvironment", "runner_environment"],
      [13, "SourceRepositoryDigest", "build_commit"],
      [20, "BuildTrigger", "build_source"],
      [21, "RunInvocationURI", `${buildkitePipeline}/builds/{{.build_number}}#{{.job_id}}`]
    ]
  },
  "circleci-job": {
    defaults: { api_url: "https://circleci.com/api/v2", platform_url: "https://app.circleci.com/" },
    subjectAlternativeName: circleciDefinition,
    extensions: [
      [9, "BuildSignerURI", circleciDefinition],
      [11, "RunnerEnvironment", '{{if eq (index . "oidc.circleci.com/ssh-rerun") "true"}}ssh-rerun{{ else }}""{{end}}'],
      [12, "SourceRepositoryURI", '{{index . "oidc.circleci.com/vcs-origin"}}'],
      [14, "SourceRepositoryRef", '{{index . "oidc.circleci.com/vcs-ref"}}'],
      [18, "BuildConfigURI", '{{.api_url}}/pipeline/{{(index . "oidc.circleci.com/pipeline-id")}}/config'],
      [
        21,
        "RunInvocationURI",
        '{{.platform_url}}/workflow/{{(index . "oidc.circleci.com/workflow-id")}}/job/{{(index . "oidc.circleci.com/job-id")}}'
      ]
    ]
  },
  // Not in the public instance. docs/providers/forgejo.md describes it.
  "forgejo-workflow": {
    defaults: { url: "https://codeberg.org" },
    subjectAlternativeName: "{{ .url }}/{{ .workflow_ref }}",
    extensions: [
      [9, "BuildSignerURI", "{{ .url }}/{{ .workflow_ref }}"],
      [12, "SourceRepositoryURI", "{{ .url }}/{{ .repository }}"],
      [13, "SourceRepositoryDigest", "sha"],
      [14, "SourceRepositoryRef", "ref"],
      [15, "SourceRepositoryIdentifier", "repository_id"],
      [16, "SourceRepositoryOwnerURI", "{{ .url }}/{{ .repository_owner }}"],
      [17, "SourceRepositoryOwnerIdentifier", "repository_owner_id"],
      [18, "BuildConfigURI", "{{ .url }}/{{ .workflow_ref }}"],
      [20, "BuildTrigger", "event_name"],
      [21, "RunInvocationURI", "{{ .url }}/{{ .repository }}/actions/runs/{{ .run_number }}"]
    ]
  }
};
var action = /\{\{ *(?:if eq \.(\w+) "([^"]*)" *\}\}([^{]*)\{\{ *else *\}\}([^{]*)\{\{ *end|\.(\w+)) *\}\}/g;
function renderTemplate(template, values, context) {
  if (template.includes("index .")) return renderTemplate(...withoutIndex(template, values), context);
  if (!template.includes("{{")) return values.get(template) ?? refuse("invalidArgument", absent3(template, context));
  return template.replace(action, (all, tested, text2, then, otherwise, name, offset) => {
    const claim = tested ?? name;
    const value = values.get(claim);
    const column = offset + all.indexOf(`.${claim}`);
    if (value === void 0) refuse("invalidArgument", noEntry(claim, column));
    if (tested === void 0) return value;
    return value === text2 ? then : otherwise;
  });
}
function withoutIndex(template, values) {
  const fields = new Map(values);
  const plain2 = template.replace(/\(index \. "([^"]+)"\)|index \. "([^"]+)"/g, (_, inParentheses, bare) => {
    const claim = inParentheses ?? bare;
    const field = claim.replace(/\W/g, "_");
    fields.set(field, values.get(claim) ?? "");
    return `.${field}`;
  });
  return [plain2, fields];
}
function absent3(claim, context) {
  return `value <${claim}> not present in either claims or defaults. ${JSON.stringify(context, null, "	")}`;
}
function noEntry(claim, column) {
  return `template: :1:${column}: executing "" at <.${claim}>: map has no entry for key "${claim}"`;
}
function claimText(value) {
  if (value === null) return "<nil>";
  if (Array.isArray(value)) return `[${value.map(claimText).join(" ")}]`;
  if (typeof value !== "object") return String(value);
  const members2 = Object.entries(value).sort(([one], [other]) => one < other ? -1 : 1);
  return `map[${members2.map(([name, member]) => `${name}:${claimText(member)}`).join(" ")}]`;
}
function uriForCertificate(text2) {
  const unreadable = (reason) => refuse("invalidArgument", `parse ${quoted(text2)}: ${reason}`);
  if (/[\x00-\x1f\x7f]/.test(text2)) unreadable("net/url: invalid control character in URL");
  const [wrong] = /%(?![0-9A-Fa-f]{2}).{0,2}/.exec(text2) ?? [];
  if (wrong !== void 0) unreadable(`invalid URL escape ${quoted(wrong)}`);
  const wellFormed = text2.replace(new RegExp("\\p{Surrogate}", "gu"), "\uFFFD");
  return goUrl(wellFormed) ?? wellFormed;
}
function quoted(text2) {
  return JSON.stringify(text2).replaceAll("\\u0007", "\\a").replaceAll("\\u000b", "\\v").replaceAll("\x7F", "\\x7f").replace(/\\u00(?=[01])/g, "\\x");
}
var arc = "1.3.6.1.4.1.57264.1";
function fulcioExtension(number2, text2) {
  return { oid: `${arc}.${number2}`, critical: false, value: number2 < 8 ? utf8(text2) : der.utf8String(text2) };
}
function identityOf(kind, claims2, { url, subjectDomain = "", spiffeTrustDomain: spiffeTrustDomain2 = "" } = {}) {
  switch (kind) {
    case "email":
      return personIdentity(claims2);
    case "kubernetes":
      return uriIdentity(claims2, kubernetesUri(claims2));
    case "spiffe":
      return uriIdentity(claims2, spiffeId(textOf(claims2, "sub"), spiffeTrustDomain2));
    case "username":
      return userIdentity(claims2, subjectDomain);
    default:
      return jobIdentity(claims2, kind, url);
  }
}
function jobIdentity(claims2, kind = "github-workflow", url) {
  const { defaults, subjectAlternativeName, extensions } = ciProviders[kind];
  const configured = url === void 0 ? defaults : { ...defaults, url };
  const values = new Map(Object.entries({ ...configured, ...claims2 }).map(([name2, value]) => [name2, claimText(value)]));
  const issuer = textOf(claims2, "iss");
  const render = (template, name2) => renderTemplate(template, values, { ExtensionName: name2, Issuer: issuer });
  const name = uriForCertificate(render(subjectAlternativeName, "SubjectAlternativeName"));
  const rendered = extensions.map(([number2, called, template]) => [number2, render(template, called)]);
  return {
    subjectAlternativeNames: { critical: true, names: [{ kind: "uniformResourceIdentifier", value: name }] },
    additionalExtensions: inOrder([...issuerAndSubject(claims2), ...rendered])
  };
}
function personIdentity(claims2) {
  return {
    subjectAlternativeNames: { critical: true, names: [{ kind: "rfc822Name", value: textOf(claims2, "email") }] },
    additionalExtensions: inOrder(issuerAndSubject(claims2))
  };
}
function userIdentity(claims2, domain) {
  const value = der.utf8String(`${textOf(claims2, "sub")}!${domain}`);
  return {
    subjectAlternativeNames: { critical: true, names: [{ kind: "otherName", typeId: `${arc}.7`, value }] },
    additionalExtensions: inOrder(issuerAndSubject(claims2))
  };
}
function uriIdentity(claims2, uri) {
  const value = uriForCertificate(uri);
  return {
    subjectAlternativeNames: { critical: true, names: [{ kind: "uniformResourceIdentifier", value }] },
    additionalExtensions: inOrder(issuerAndSubject(claims2))
  };
}
function kubernetesUri(claims2) {
  const members2 = asObject(claims2["kubernetes.io"]) ?? {};
  const account = asObject(members2.serviceaccount) ?? {};
  return `https://kubernetes.io/namespaces/${textOf(members2, "namespace")}/serviceaccounts/${textOf(account, "name")}`;
}
function spiffeId(id, trustDomain) {
  const isOwn = id.startsWith(`spiffe://${trustDomain}/`);
  return isOwn ? id : refuse("invalidArgument", "There was an error processing the identity token");
}
function issuerAndSubject(claims2) {
  return [
    [1, textOf(claims2, "iss")],
    [8, textOf(claims2, "iss")],
    [24, textOf(claims2, "sub")]
  ];
}
function inOrder(texts) {
  return texts.filter(([, text2]) => text2 !== "").sort(([one], [other]) => one - other).map(([number2, text2]) => fulcioExtension(number2, text2));
}
function textOf(claims2, name) {
  return typeof claims2[name] === "string" ? claims2[name] : "";
}
var audience = "sigstore";
var maxTokenLength = 16 * 1024;
var notBeforeLeewaySeconds = 300;
var messages = {
  token: "There was an error processing the identity token",
  publicKey: "The public key supplied in the request could not be parsed",
  certificateRequest: "The certificate signing request could not be parsed",
  insecureKey: "The public key supplied in the request is insecure",
  signature: "The signature supplied in the request could not be verified"
};
var CertificationService = class {
  authority;
  #issuers;
  #clock;
  constructor(authority2, issuers, clock) {
    this.authority = authority2;
    this.#issuers = issuers;
    this.#clock = clock;
  }
  /**
   * Answers a CreateSigningCertificateRequest (fulcio.proto) with a key or a certification request. The token is in the request or
   * in the `Authorization` header. The certificate can be changed.
   *
   * @throws Refusal `invalidArgument`, in Fulcio's words
   */
  async certify(body, headerToken = "", overrides = {}) {
    const request = readRequest(body);
    const principal = await this.#authenticate(request.token || headerToken);
    const key = provenKey(request, principal.challenge);
    const { kind, ...settings } = principal.issuer;
    const identity = identityOf(kind, principal.claims, settings);
    const valid = { publicKey: subjectPublicKeyInfo(key), ...identity };
    const changes = typeof overrides === "function" ? overrides(valid) : overrides;
    const leaf = encodePem("CERTIFICATE", this.authority.issue({ ...valid, ...changes }));
    return { signedCertificateEmbeddedSct: { chain: { certificates: [leaf, ...this.#chain] } } };
  }
  routes(path) {
    const get = (name, answer) => ({
      method: "GET",
      path: `${path}/api/v2/${name}`,
      handle: () => jsonResponse(200, answer())
    });
    return [
      {
        method: "POST",
        path: `${path}/api/v2/signingCert`,
        handle: async ({ body, headers }) => jsonResponse(200, await this.certify(body, bearerToken(headers)))
      },
      get("configuration", () => ({ issuers: this.#issuers.map(issuerJson) })),
      get("trustBundle", () => ({ chains: [{ certificates: this.#chain }] }))
    ];
  }
  get #chain() {
    return this.authority.chain.map((certificate) => encodePem("CERTIFICATE", certificate));
  }
  async #authenticate(token) {
    if (token.length > maxTokenLength) refuse("invalidArgument", messages.token);
    const trusted = this.#issuerOf(token) ?? refuse("invalidArgument", messages.token);
    const { issuer, kind } = trusted;
    const now = this.#clock();
    const { payload } = await jwtVerify(token, createLocalJWKSet(await issuer.keySet()), {
      issuer: issuer.url,
      audience,
      algorithms: [tokenAlgorithm],
      currentDate: now,
      clockTolerance: notBeforeLeewaySeconds
    }).catch(refuseToken);
    if ((payload.exp ?? 0) * 1e3 < now.getTime()) refuse("invalidArgument", messages.token);
    const { sub = "", email, email_verified: verified } = payload;
    const claims2 = payload;
    if (kind !== "email") return { issuer: trusted, claims: claims2, challenge: sub };
    const known = typeof email === "string" && isEmailAddress(email);
    if (!known || !/^[Tt]rue$/.test(String(verified))) refuse("invalidArgument", messages.token);
    return { issuer: trusted, claims: claims2, challenge: email };
  }
  #issuerOf(token) {
    try {
      const { iss } = decodeJwt(token);
      return this.#issuers.find(({ issuer }) => issuer.url === iss);
    } catch (error) {
      return refuseToken(error);
    }
  }
};
function bearerToken({ authorization = "" }) {
  return String(authorization).replace(/^Bearer /, "");
}
function issuerJson({ issuer, kind, subjectDomain = "", spiffeTrustDomain: spiffeTrustDomain2 = "" }) {
  return {
    issuerUrl: issuer.url,
    audience,
    challengeClaim: kind === "email" ? "email" : "sub",
    spiffeTrustDomain: spiffeTrustDomain2,
    // Fulcio has one type for all CI systems whose certificates it makes by templates.
    issuerType: kind in ciProviders ? "ci-provider" : kind,
    subjectDomain,
    skipEmailVerification: false
  };
}
function readRequest(body) {
  try {
    const request = ProtoField.parse(body, "JSON_INVALID", "the request");
    const publicKeyRequest = request.field("publicKeyRequest");
    return {
      token: request.field("credentials").field("oidcIdentityToken").string(),
      publicKeyContent: publicKeyRequest.field("publicKey").field("content").string(),
      proofOfPossession: publicKeyRequest.field("proofOfPossession").bytes(),
      certificateRequest: request.field("certificateSigningRequest").bytes()
    };
  } catch (error) {
    if (error instanceof CountersignError) refuse("invalidArgument", error.message);
    throw error;
  }
}
function provenKey(request, challenge) {
  const { certificateRequest, publicKeyContent, proofOfPossession } = request;
  const certification = certificateRequest.length === 0 ? void 0 : readCertificateRequest(certificateRequest) ?? refuse("invalidArgument", messages.certificateRequest);
  const key = certification?.key ?? readPublicKey(publicKeyContent) ?? refuse("invalidArgument", messages.publicKey);
  if (!isAcceptable(key)) refuse("invalidArgument", messages.insecureKey);
  const proven = certification?.proven ?? provesPossession(key, utf8(challenge), proofOfPossession);
  if (!proven) refuse("invalidArgument", messages.signature);
  if (certification !== void 0 && certification.hash !== hashOfKey(key)) {
    refuse("invalidArgument", `signing algorithm not permitted: ${goType(key)}, ${goHash(certification.hash)}`);
  }
  return key;
}
function goType({ asymmetricKeyType }) {
  if (asymmetricKeyType === "ed25519") return "ed25519.PublicKey";
  return asymmetricKeyType === "ec" ? "*ecdsa.PublicKey" : "*rsa.PublicKey";
}
function goHash(hash) {
  return hash?.replace("sha", "SHA-") ?? "unknown hash value 0";
}
function refuseToken(error) {
  if (error instanceof errors_exports.JOSEError) refuse("invalidArgument", messages.token);
  throw error;
}
var maxBundle = 16 * 1024 * 1024;
var sourceRepository = "1.3.6.1.4.1.57264.1.12";
function readAttested(bundle) {
  const envelope = asObject(bundle.dsseEnvelope) ?? refuseArgument("the bundle has no DSSE envelope");
  const payload = attempt(() => decodeBase64(asText(envelope.payload) ?? ""));
  const statement = asObject(payload && attempt(() => parseJson(payload, { maxLength: maxBundle })));
  const predicateType = asText(statement?.predicateType);
  const subjects = asList(statement?.subject)?.map(asObject);
  if (!asText(statement?._type)?.startsWith("https://in-toto.io/Statement/"))
    refuseArgument("not an in-toto statement");
  if (predicateType === void 0 || subjects === void 0 || subjects.length === 0)
    refuseArgument("not an in-toto statement");
  const named = subjects.map((subject) => JSON.stringify([subject?.name ?? null, digestsOf(subject)]));
  if (new Set(named).size < named.length) refuseArgument("duplicate subject in statement");
  return { digests: [...new Set(subjects.flatMap(digestsOf))], predicateType };
}
function demandSource(bundle, url) {
  if (Buffer.byteLength(JSON.stringify(bundle)) > maxBundle) refuseArgument("the bundle is too large");
  const certificate = decodedCertificate(bundle) ?? refuseArgument("the bundle has no certificate");
  const extension2 = attempt(() => extensionValue(certificate, sourceRepository));
  const source = extension2 && attempt(() => readDer(extension2, (der2) => der2.utf8String()));
  if (source?.toLowerCase() !== url.toLowerCase()) refuseArgument(`values do not match: ${source ?? ""} != ${url}`);
}
function digestsOf(subject) {
  return Object.entries(asObject(subject?.digest) ?? {}).map(([algorithm, value]) => `${algorithm}:${asText(value)}`);
}
function decodedCertificate({ verificationMaterial: material }) {
  const chain = asList(memberAt(material, "x509CertificateChain", "certificates"))?.[0];
  const raw = asText(memberAt(material, "certificate", "rawBytes") ?? memberAt(chain, "rawBytes"));
  return raw === void 0 ? void 0 : attempt(() => decodeBase64(raw));
}
function refuseArgument(reason) {
  return refuseGitHub(422, `Invalid Argument - ${reason}`);
}
var usualSize = 30;
function pageOf(items, url, maxSize) {
  const size = Math.min(maxSize, numberIn(url, "per_page") ?? usualSize);
  const page2 = numberIn(url, "page") ?? 1;
  const last = Math.max(1, Math.ceil(items.length / size));
  const others = [
    ["prev", page2 > 1 ? Math.min(page2 - 1, last) : void 0],
    ["next", page2 < last ? page2 + 1 : void 0],
    ["last", page2 < last ? last : void 0],
    ["first", page2 > 1 ? 1 : void 0]
  ];
  const links = others.flatMap(([relation, number2]) => {
    if (number2 === void 0) return [];
    const target = new URL(url);
    target.searchParams.set("page", String(number2));
    return [`<${target.href}>; rel="${relation}"`];
  });
  return {
    shown: items.slice((page2 - 1) * size, page2 * size),
    link: links.length === 0 ? void 0 : links.join(", ")
  };
}
function numberIn(url, name) {
  const number2 = Number(url.searchParams.get(name) ?? "");
  return Number.isSafeInteger(number2) && number2 >= 1 ? number2 : void 0;
}
var maxCursorPage = 100;
function cursorPageOf(items, url) {
  const size = Math.min(maxCursorPage, numberIn(url, "per_page") ?? usualSize);
  const place = (name) => items.findIndex(({ id }) => cursorOf(id) === url.searchParams.get(name));
  const [after, before] = [place("after"), place("before")];
  const start = before >= 0 ? Math.max(0, before - size) : after + 1;
  const end = before >= 0 ? before : start + size;
  const shown = items.slice(start, end);
  const [first, last] = [shown[0], shown.at(-1)];
  const next = last !== void 0 && end < items.length ? cursorOf(last.id) : void 0;
  const previous = first !== void 0 && start > 0 ? cursorOf(first.id) : void 0;
  const links = [
    ["prev", "before", previous],
    ["next", "after", next]
  ];
  const header = links.flatMap(([relation, name, cursor]) => {
    if (cursor === void 0) return [];
    const target = new URL(url);
    for (const other of ["after", "before"]) target.searchParams.delete(other);
    target.searchParams.set(name, cursor);
    return [`<${target.href}>; rel="${relation}"`];
  });
  return { shown, next, previous, links: header.length === 0 ? void 0 : header.join(", ") };
}
function cursorOf(id) {
  return Buffer.from(`cursor:${id}`).toString("base64");
}
var maxCopy = 64;
var maxOffset = 65535;
var minMatch = 4;
var tableBits = 15;
function compressSnappy(bytes2) {
  const words2 = Buffer.from(bytes2.buffer, bytes2.byteOffset, bytes2.byteLength);
  const pieces = [varint(bytes2.length)];
  const places = new Int32Array(2 ** tableBits).fill(-1);
  let written = 0;
  for (let at = 0; at + minMatch <= bytes2.length; ) {
    const word = words2.readUInt32LE(at);
    const slot = Math.imul(word, 506832829) >>> 32 - tableBits;
    const earlier = places[slot] ?? -1;
    places[slot] = at;
    if (earlier < 0 || at - earlier > maxOffset || words2.readUInt32LE(earlier) !== word) {
      at += 1;
      continue;
    }
    const length = matchLength(bytes2, earlier, at);
    pieces.push(literal(bytes2.subarray(written, at)), copy(at - earlier, length));
    at += length;
    written = at;
  }
  return concatBytes(...pieces, literal(bytes2.subarray(written)));
}
function matchLength(bytes2, earlier, at) {
  let length = minMatch;
  while (length < maxCopy && at + length < bytes2.length && bytes2[earlier + length] === bytes2[at + length]) length += 1;
  return length;
}
function literal(bytes2) {
  if (bytes2.length === 0) return bytes2;
  const length = bytes2.length - 1;
  if (length < 60) return concatBytes(Uint8Array.of(length << 2), bytes2);
  const size = [8, 16, 24, 32].findIndex((bits) => length < 2 ** bits) + 1;
  const tag = Buffer.alloc(1 + size);
  tag[0] = 59 + size << 2;
  tag.writeUIntLE(length, 1, size);
  return concatBytes(tag, bytes2);
}
function copy(offset, length) {
  return Uint8Array.of(length - 1 << 2 | 2, offset & 255, offset >> 8);
}
function varint(value) {
  const bytes2 = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes2.push(rest % 128 | 128);
  return Uint8Array.from([...bytes2, rest]);
}
var maxDigests = 1024;
var maxAttestationRequest = 32 * 1024 * 1024;
var AttestationStore = class {
  #blobs;
  #sources;
  #nextId;
  #attestations = [];
  #settings = { inlineBundles: void 0, privateAttestations: true };
  constructor({ blobs, sources, nextId }) {
    this.#blobs = blobs;
    this.#sources = sources;
    this.#nextId = nextId;
  }
  /** All attestations, in the order of their creation. */
  get all() {
    return this.#attestations;
  }
  configure(settings) {
    this.#settings = { ...this.#settings, ...settings };
  }
  /** Stores a bundle without the checks of the API, as GitHub stores its own release attestations. */
  keep(repository, bundle) {
    const id = this.#nextId();
    const path = `/attestations/${repository.id}/${encodeHex(this.#sources.random(16))}.json.sn`;
    this.#blobs.keep(path, compressSnappy(utf8(JSON.stringify(bundle))));
    const stored = { id, repositoryId: repository.id, ...readAttested(bundle), bundle, path };
    this.#attestations = [...this.#attestations, stored];
    return stored;
  }
  /** Deletes attestations, as their owner can. */
  delete(attestations) {
    this.#attestations = this.#attestations.filter((one) => !attestations.includes(one));
    for (const { path } of attestations) this.#blobs.delete(path);
  }
  /** Stores the bundle in a request, and returns its id. The same bundle again is another attestation. */
  create({ body }, repository) {
    if (!repository.isPublic) this.#demandAvailable(repository);
    const bundle = asObject(asObject(attempt(() => parseJson(body, { maxLength: maxAttestationRequest })))?.bundle) ?? refuseGitHub(422, `Invalid request.

"bundle" wasn't supplied.`);
    readAttested(bundle);
    demandSource(bundle, `https://github.com/${repository.name}`);
    return { id: this.keep(repository, bundle).id };
  }
  #demandAvailable({ ownerType, name }) {
    const [owner] = name.split("/");
    if (ownerType === "User")
      refuseGitHub(
        403,
        "Feature not available for user-owned private repositories. To enable this feature, please make this repository public."
      );
    if (!this.#settings.privateAttestations)
      refuseGitHub(
        403,
        `Feature not available for the ${owner} organization. To enable this feature, please upgrade the billing plan, or make this repository public.`
      );
  }
  /** Lists the attestations of a digest. Without any, there is nothing at that address. */
  list({ request, visible }, digest) {
    const found = newestFirst(
      visible.filter(({ digests }) => digests.includes(digest)),
      request.url.searchParams.get("predicate_type")
    );
    if (found.length === 0) refuseGitHub(404, "Not Found");
    const { shown, links } = cursorPageOf(found, request.url);
    return {
      body: { attestations: shown.map((one) => ({ ...this.#document(one, request), initiator: "user" })) },
      link: links
    };
  }
  /** Lists the attestations of up to 1024 digests. A page has those of all digests together: `null` means none on this page. */
  bulkList({ request, visible }) {
    const body = asObject(attempt(() => parseJson(request.body)));
    const digests = asList(body?.subject_digests)?.map((one) => asText(one) ?? invalidDigests());
    if (digests === void 0 || digests.length === 0 || digests.length > maxDigests) invalidDigests();
    const found = newestFirst(
      visible.filter((one) => one.digests.some((digest) => digests.includes(digest))),
      asText(body?.predicate_type) ?? null
    );
    const { shown, next, previous } = cursorPageOf(found, request.url);
    const of = (digest) => {
      const these = shown.filter((one) => one.digests.includes(digest));
      return these.length === 0 ? null : these.map((one) => this.#document(one, request));
    };
    return {
      attestations_subject_digests: Object.fromEntries(digests.map((digest) => [digest, of(digest)])),
      page_info: {
        has_next: next !== void 0,
        has_previous: previous !== void 0,
        ...next !== void 0 && { next },
        ...previous !== void 0 && { previous }
      }
    };
  }
  /** Returns the attestations that a request to delete names: by `digest/<digest>`, by id, or by the lists in its body. */
  chosen({ request, visible }, path) {
    const [first, second] = path;
    const body = first === "delete-request" ? asObject(attempt(() => parseJson(request.body))) : void 0;
    const digests = first === "digest" ? [second ?? ""] : asList(body?.subject_digests) ?? [];
    const ids = first === void 0 || second !== void 0 ? [] : asList(body?.attestation_ids) ?? [Number(first)];
    const found = visible.filter(
      (one) => ids.includes(one.id) || one.digests.some((digest) => digests.includes(digest))
    );
    return found.length > 0 ? found : refuseGitHub(404, "Not Found");
  }
  #document({ repositoryId, bundle, path }, { headers }) {
    const isInline = this.#settings.inlineBundles ?? headers["x-github-api-version"] !== "2026-03-10";
    return {
      ...isInline && { bundle },
      repository_id: repositoryId,
      bundle_url: this.#blobs.downloadUrl(path, { contentType: "application/x-snappy" })
    };
  }
};
var words = {
  provenance: ["https://slsa.dev/provenance/"],
  sbom: ["https://spdx.dev/Document", "https://cyclonedx.org/bom"],
  release: ["https://in-toto.io/attestation/release/"]
};
function newestFirst(attestations, type) {
  const starts = type === null ? [""] : words[type];
  return attestations.filter(({ predicateType }) => starts?.some((start) => predicateType.startsWith(start)) ?? predicateType === type).reverse();
}
function invalidDigests() {
  return refuseGitHub(422, `Invalid request.

No subset of \`subject_digests\` with 1 to ${maxDigests} items.`);
}
function distances(relation) {
  return {
    ahead: relation === "ahead" || relation === "diverged" ? 1 : 0,
    behind: relation === "behind" || relation === "diverged" ? 1 : 0
  };
}
var web = "https://github.com";
var avatars = "https://avatars.githubusercontent.com";
function nodeId(kind, id) {
  return Buffer.from(`${kind}:${id}`).toString("base64");
}
function time(date) {
  return date.toISOString().replace(/\.\d{3}Z$/, "Z");
}
function userDocument(api, login, id) {
  const url = `${api}/users/${encodeURIComponent(login)}`;
  const isBot = login.endsWith("[bot]");
  return {
    login,
    id,
    node_id: nodeId("User", id),
    avatar_url: `${avatars}/u/${id}?v=4`,
    gravatar_id: "",
    url,
    html_url: isBot ? `${web}/apps/${login.slice(0, -5)}` : `${web}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: isBot ? "Bot" : "User",
    user_view_type: "public",
    site_admin: false
  };
}
function privateUserDocument(api, login, id, since) {
  return {
    ...userDocument(api, login, id),
    ...Object.fromEntries(["name", "company", "location", "email", "hireable", "bio"].map((name) => [name, null])),
    blog: "",
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: time(since),
    updated_at: time(since)
  };
}
var parts = {
  archive_url: "/{archive_format}{/ref}",
  assignees_url: "/assignees{/user}",
  blobs_url: "/git/blobs{/sha}",
  branches_url: "/branches{/branch}",
  collaborators_url: "/collaborators{/collaborator}",
  comments_url: "/comments{/number}",
  commits_url: "/commits{/sha}",
  compare_url: "/compare/{base}...{head}",
  contents_url: "/contents/{+path}",
  contributors_url: "/contributors",
  deployments_url: "/deployments",
  downloads_url: "/downloads",
  events_url: "/events",
  forks_url: "/forks",
  git_commits_url: "/git/commits{/sha}",
  git_refs_url: "/git/refs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  hooks_url: "/hooks",
  issue_comment_url: "/issues/comments{/number}",
  issue_events_url: "/issues/events{/number}",
  issues_url: "/issues{/number}",
  keys_url: "/keys{/key_id}",
  labels_url: "/labels{/name}",
  languages_url: "/languages",
  merges_url: "/merges",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  pulls_url: "/pulls{/number}",
  releases_url: "/releases{/id}",
  stargazers_url: "/stargazers",
  statuses_url: "/statuses/{sha}",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  tags_url: "/tags",
  teams_url: "/teams",
  trees_url: "/git/trees{/sha}"
};
function ownerAndName(repository) {
  const [owner = "", name = ""] = repository.name.split("/");
  return [owner, name];
}
function minimalRepositoryDocument(api, repository) {
  const url = `${api}/repos/${repository.name}`;
  const [owner, name] = ownerAndName(repository);
  return {
    id: repository.id,
    node_id: nodeId("Repository", repository.id),
    name,
    full_name: repository.name,
    private: !repository.isPublic,
    owner: { ...userDocument(api, owner, repository.ownerId), type: repository.ownerType },
    html_url: `${web}/${repository.name}`,
    description: null,
    fork: repository.isFork,
    url,
    ...Object.fromEntries(Object.entries(parts).map(([member, rest]) => [member, `${url}${rest}`]))
  };
}
function repositoryDocument(api, repository) {
  const html3 = `${web}/${repository.name}`;
  const at = time(repository.createdAt);
  const openIssues = repository.issues.filter(({ state }) => state === "open").length;
  return {
    ...minimalRepositoryDocument(api, repository),
    created_at: at,
    updated_at: at,
    pushed_at: at,
    git_url: `git://github.com/${repository.name}.git`,
    ssh_url: `git@github.com:${repository.name}.git`,
    clone_url: `${html3}.git`,
    svn_url: html3,
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: repository.hasIssues,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: openIssues,
    license: null,
    allow_forking: true,
    is_template: false,
    topics: [],
    visibility: repository.visibility,
    forks: 0,
    open_issues: openIssues,
    watchers: 0,
    default_branch: repository.defaultBranch,
    network_count: 0,
    subscribers_count: 0
  };
}
function workflowId(file) {
  return [...file].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 1e8, 7) + 1;
}
function runDocument(api, repository, run) {
  const [owner] = ownerAndName(repository);
  const url = `${api}/repos/${repository.name}/actions/runs/${run.id}`;
  const actor = userDocument(api, owner, repository.ownerId);
  const name = run.workflow.replace(/\.ya?ml$/, "");
  const at = { created_at: time(run.createdAt), updated_at: time(run.updatedAt), run_started_at: time(run.createdAt) };
  return {
    id: run.id,
    name,
    node_id: nodeId("WorkflowRun", run.id),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: `.github/workflows/${run.workflow}`,
    display_title: name,
    run_number: run.number,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion ?? null,
    workflow_id: workflowId(run.workflow),
    check_suite_id: run.id + 1,
    check_suite_node_id: nodeId("CheckSuite", run.id + 1),
    url,
    html_url: `${web}/${repository.name}/actions/runs/${run.id}`,
    pull_requests: [],
    ...at,
    actor,
    run_attempt: run.attempt,
    referenced_workflows: run.referencedWorkflows.map(({ path, sha, ref }) => ({ path, sha, ...ref && { ref } })),
    triggering_actor: actor,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${api}/repos/${repository.name}/check-suites/${run.id + 1}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
    workflow_url: `${api}/repos/${repository.name}/actions/workflows/${workflowId(run.workflow)}`,
    head_commit: {
      id: run.headSha,
      tree_id: run.headSha,
      message: "A commit of the sandbox",
      timestamp: time(run.createdAt),
      author: person(owner),
      committer: person(owner)
    },
    repository: minimalRepositoryDocument(api, repository),
    head_repository: minimalRepositoryDocument(api, run.headRepository)
  };
}
function person(login) {
  return { name: login, email: `${login}@users.noreply.github.com` };
}
function jobDocument(api, repository, run, job) {
  const status = job.status ?? "completed";
  const conclusion = status === "completed" ? job.conclusion ?? "success" : null;
  const started = time(job.startedAt ?? run.createdAt);
  const completed = status === "completed" ? time(job.completedAt ?? run.updatedAt) : null;
  const isAssigned = status !== "queued" && conclusion !== "skipped";
  const url = `${api}/repos/${repository.name}`;
  return {
    id: job.id,
    run_id: run.id,
    workflow_name: run.workflow.replace(/\.ya?ml$/, ""),
    head_branch: run.headBranch,
    run_url: `${url}/actions/runs/${run.id}`,
    run_attempt: run.attempt,
    node_id: nodeId("CheckRun", job.id),
    head_sha: run.headSha,
    url: `${url}/actions/jobs/${job.id}`,
    html_url: `${web}/${repository.name}/actions/runs/${run.id}/job/${job.id}`,
    status,
    conclusion,
    created_at: time(run.createdAt),
    started_at: started,
    completed_at: completed,
    name: job.name,
    steps: [],
    check_run_url: `${url}/check-runs/${job.id}`,
    labels: ["ubuntu-latest"],
    runner_id: isAssigned ? 1 : null,
    runner_name: isAssigned ? "GitHub Actions 1" : null,
    runner_group_id: isAssigned ? 0 : null,
    runner_group_name: isAssigned ? "GitHub Actions" : null
  };
}
function artifactDocument(api, repository, run, artifact, now) {
  const url = `${api}/repos/${repository.name}/actions/artifacts/${artifact.id}`;
  return {
    id: Number(artifact.id),
    node_id: nodeId("Artifact", artifact.id),
    name: artifact.name,
    size_in_bytes: artifact.bytes.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: artifact.expiresAt <= now,
    created_at: time(artifact.createdAt),
    updated_at: time(artifact.createdAt),
    expires_at: time(artifact.expiresAt),
    digest: artifact.digest,
    workflow_run: {
      id: run.id,
      repository_id: repository.id,
      head_repository_id: run.headRepository.id,
      head_branch: run.headBranch,
      head_sha: run.headSha
    }
  };
}
function issueDocument(api, repository, issue, idOf) {
  const repositoryUrl = `${api}/repos/${repository.name}`;
  const url = `${repositoryUrl}/issues/${issue.number}`;
  const html3 = `${web}/${repository.name}/${issue.isPullRequest ? "pull" : "issues"}/${issue.number}`;
  const pull = `${repositoryUrl}/pulls/${issue.number}`;
  return {
    url,
    repository_url: repositoryUrl,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: html3,
    id: issue.id,
    node_id: nodeId("Issue", issue.id),
    number: issue.number,
    title: issue.title,
    user: userDocument(api, issue.author, idOf(issue.author)),
    labels: issue.labels.map((label2) => labelDocument(repositoryUrl, label2)),
    state: issue.state,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: issue.comments.length,
    created_at: time(issue.createdAt),
    updated_at: time(issue.updatedAt),
    closed_at: issue.closedAt === void 0 ? null : time(issue.closedAt),
    author_association: "NONE",
    active_lock_reason: null,
    body: issue.body,
    closed_by: null,
    timeline_url: `${url}/timeline`,
    state_reason: issue.stateReason,
    ...issue.isPullRequest && {
      draft: false,
      pull_request: {
        url: pull,
        html_url: html3,
        diff_url: `${html3}.diff`,
        patch_url: `${html3}.patch`,
        merged_at: null
      }
    }
  };
}
function labelDocument(repositoryUrl, name) {
  return {
    id: workflowId(name),
    node_id: nodeId("Label", name),
    url: `${repositoryUrl}/labels/${encodeURIComponent(name)}`,
    name,
    color: "ededed",
    default: false,
    description: null
  };
}
function commentDocument(api, repository, issue, { id, author, body, at }, idOf) {
  const url = `${api}/repos/${repository.name}/issues`;
  return {
    url: `${url}/comments/${id}`,
    html_url: `${web}/${repository.name}/issues/${issue.number}#issuecomment-${id}`,
    issue_url: `${url}/${issue.number}`,
    id,
    node_id: nodeId("IssueComment", id),
    user: userDocument(api, author, idOf(author)),
    created_at: time(at),
    updated_at: time(at),
    author_association: "NONE",
    body
  };
}
function comparisonDocument(api, repository, [base, head], relation) {
  const { ahead, behind } = distances(relation);
  const html3 = `${web}/${repository.name}/compare/${base}...${head}`;
  const commit4 = commitDocument(api, repository, head);
  return {
    url: `${api}/repos/${repository.name}/compare/${base}...${head}`,
    html_url: html3,
    permalink_url: html3,
    diff_url: `${html3}.diff`,
    patch_url: `${html3}.patch`,
    base_commit: commit4,
    merge_base_commit: commit4,
    status: relation,
    ahead_by: ahead,
    behind_by: behind,
    total_commits: ahead,
    commits: ahead === 0 ? [] : [commit4],
    files: []
  };
}
function commitDocument(api, repository, sha) {
  const url = `${api}/repos/${repository.name}`;
  const [owner] = ownerAndName(repository);
  const by = { ...person(owner), date: time(repository.createdAt) };
  const user = userDocument(api, owner, repository.ownerId);
  return {
    sha,
    node_id: nodeId("Commit", sha),
    commit: {
      author: by,
      committer: by,
      message: "A commit of the sandbox",
      tree: { sha, url: `${url}/git/trees/${sha}` },
      url: `${url}/git/commits/${sha}`,
      comment_count: 0,
      verification: { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null }
    },
    url: `${url}/commits/${sha}`,
    html_url: `${web}/${repository.name}/commit/${sha}`,
    comments_url: `${url}/commits/${sha}/comments`,
    author: user,
    committer: user,
    parents: []
  };
}
var maxText = 65536;
function isAt(pattern, path) {
  const parts2 = pattern === "" ? [] : pattern.split("/");
  return parts2.length === path.length && parts2.every((part, at) => part === "*" || part === path[at]);
}
function json(status, value, headers = {}) {
  return jsonResponse(status, value, { "content-type": "application/json; charset=utf-8", ...headers });
}
function notFound() {
  return refuseGitHub(404, "Not Found");
}
function bodyOf({ body }) {
  return asObject(attempt(() => parseJson(body))) ?? refuseGitHub(400, "Problems parsing JSON");
}
function textOf2(body, member, resource2, maxLength = maxText) {
  const value = body[member];
  if (value === void 0 || value === null) return void 0;
  const text2 = asText(value) ?? invalid(resource2, member, "invalid");
  return text2.length > maxLength ? invalid(resource2, member, "invalid") : text2;
}
function invalid(resource2, field, code) {
  return refuseGitHub(422, "Validation Failed", {}, [{ resource: resource2, field, code }]);
}
var Tokens = class {
  #sources;
  #callers = /* @__PURE__ */ new Map();
  constructor(sources) {
    this.#sources = sources;
  }
  issue(caller) {
    const token = `${caller.isIntegration ? "ghs" : "ghp"}_${encodeHex(this.#sources.random(18))}`;
    this.#callers.set(token, caller);
    return token;
  }
  revoke(token) {
    this.#callers.delete(token);
  }
  /** Returns the owner of the token in an `Authorization` header: `undefined` without a header, `invalid` for an unknown token. */
  callerOf(authorization) {
    if (authorization === void 0) return void 0;
    const [, token = ""] = /^(?:bearer|token) (\S+)$/i.exec(String(authorization)) ?? [];
    return this.#callers.get(token) ?? "invalid";
  }
};
function mayAccess(caller, repository, scope, level) {
  if (level === "read" && repository.isPublic) return true;
  if (caller === void 0 || !caller.repositories.includes(repository.id)) return false;
  const granted2 = caller.permissions[scope];
  return granted2 === "write" || granted2 === level || scope === "metadata" && level === "read";
}
function answerOwner(call, services) {
  const { kind, path } = call;
  const type = kind === "orgs" ? "Organization" : "User";
  const owned = call.repositories.filter(({ name, ownerType }) => isOwner(call.owner, name) && ownerType === type);
  if (owned.length === 0) notFound();
  const [first, ...rest] = path;
  if (first === "attestations") return answerAttestations(call, owned, services.attestations, rest);
  if (first === "artifacts" && kind === "orgs") return answerRecords(call, owned, services.storageRecords, rest);
  return notFound();
}
function answerAttestations(call, owned, store, path) {
  const { request, caller } = call;
  const seen = new Set(owned.filter((one) => mayAccess(caller, one, "attestations", "read")).map(({ id }) => id));
  const visible = store.all.filter(({ repositoryId }) => seen.has(repositoryId));
  const [first] = path;
  if (request.method === "POST" && first === "bulk-list" && path.length === 1)
    return json(200, store.bulkList({ request, visible }));
  if (request.method === "GET" && first !== void 0 && path.length === 1) {
    const { body, link } = store.list({ request, visible }, first);
    return json(200, body, link === void 0 ? {} : { link });
  }
  const deletes = request.method === "DELETE" || request.method === "POST" && first === "delete-request";
  if (!deletes) notFound();
  const chosen = store.chosen({ request, visible }, path);
  demandOwner(caller, owned, chosen);
  store.delete(chosen);
  return { status: request.method === "POST" ? 200 : 204, headers: {}, body: new Uint8Array() };
}
function demandOwner(caller, owned, attestations) {
  if (caller === void 0) refuseGitHub(401, "Requires authentication");
  const may = attestations.every(({ repositoryId }) => {
    const repository = owned.find(({ id }) => id === repositoryId);
    return repository !== void 0 && mayAccess(caller, repository, "attestations", "write");
  });
  if (caller.isIntegration || !may) refuseGitHub(403, "Resource not accessible by integration");
}
function answerRecords({ request, caller, owner }, owned, records, path) {
  const may = (scope, level) => owned.some((one) => caller?.repositories.includes(one.id) === true && mayAccess(caller, one, scope, level));
  if (caller === void 0) refuseGitHub(401, "Requires authentication");
  if (request.method === "POST" && path.join("/") === "metadata/storage-record") {
    if (!may("artifact-metadata", "write")) refuseGitHub(404, "no artifacts found");
    return json(200, records.create(owner.toLowerCase(), request));
  }
  const [digest = "", ...rest] = path;
  if (request.method !== "GET" || rest.join("/") !== "metadata/storage-records") notFound();
  if (!may("artifact-metadata", "read")) notFound();
  return json(200, records.list(owner.toLowerCase(), digest));
}
function isOwner(owner, repository) {
  return repository.split("/")[0]?.toLowerCase() === owner.toLowerCase();
}
function releaseDocument(origins, repository, release, idOf) {
  const { api, uploads, web: web2 } = origins;
  const path = `/repos/${repository.name}/releases/${release.id}`;
  const ball = (kind) => release.isDraft ? null : `${api}/repos/${repository.name}/${kind}/${release.tag}`;
  return {
    url: `${api}${path}`,
    assets_url: `${api}${path}/assets`,
    upload_url: `${uploads}${path}/assets{?name,label}`,
    html_url: `${web2}/${repository.name}/releases/tag/${placeOf(release)}`,
    id: release.id,
    author: userDocument(api, release.author, idOf(release.author)),
    node_id: nodeId("Release", release.id),
    tag_name: release.tag,
    target_commitish: release.target,
    name: release.name,
    draft: release.isDraft,
    immutable: release.isImmutable,
    prerelease: release.isPrerelease,
    created_at: time(release.createdAt),
    updated_at: time(release.updatedAt),
    published_at: release.publishedAt === void 0 ? null : time(release.publishedAt),
    assets: release.assets.map((asset) => assetDocument(origins, repository, release, asset, idOf)),
    tarball_url: ball("tarball"),
    zipball_url: ball("zipball"),
    body: release.body
  };
}
function assetDocument({ api, web: web2 }, repository, release, { id, name, label: label2, contentType, uploader, content, createdAt }, idOf) {
  return {
    url: `${api}/repos/${repository.name}/releases/assets/${id}`,
    id,
    node_id: nodeId("ReleaseAsset", id),
    name,
    label: label2,
    uploader: userDocument(api, uploader, idOf(uploader)),
    content_type: contentType,
    state: content === void 0 ? "starter" : "uploaded",
    size: content?.size ?? 0,
    digest: content?.digest ?? null,
    download_count: 0,
    created_at: time(createdAt),
    updated_at: time(createdAt),
    browser_download_url: `${web2}/${repository.name}/releases/download/${placeOf(release)}/${encodeURIComponent(name)}`
  };
}
function refDocument(api, repository, tag, sha, isAnnotated) {
  const git = `${api}/repos/${repository.name}/git`;
  const kind = isAnnotated ? "tag" : "commit";
  return {
    ref: `refs/tags/${tag}`,
    node_id: nodeId("Ref", tag),
    url: `${git}/refs/tags/${tag}`,
    object: { sha, type: kind, url: `${git}/${kind}s/${sha}` }
  };
}
function tagDocument(api, repository, tag, sha, commit4) {
  const git = `${api}/repos/${repository.name}/git`;
  return {
    node_id: nodeId("Tag", sha),
    tag,
    sha,
    url: `${git}/tags/${sha}`,
    message: "A tag of the sandbox\n",
    tagger: { name: "octo", email: "octo@users.noreply.github.com", date: time(repository.createdAt) },
    object: { sha: commit4, type: "commit", url: `${git}/commits/${commit4}` },
    verification: { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null }
  };
}
function placeOf({ isDraft, draftTag, tag }) {
  return isDraft ? draftTag : encodeURIComponent(tag);
}
var maxAsset = 512 * 1024 * 1024;
var maxAssets = 1e3;
var maxBody = 125e3;
var ReleaseStore = class {
  #options;
  #releases = /* @__PURE__ */ new Map();
  /** The tags of immutable releases, with the names of their repositories: they outlive both. */
  #usedTags = /* @__PURE__ */ new Set();
  constructor(options) {
    this.#options = options;
  }
  /** The releases and drafts of a repository, in the order of their creation. */
  of(repository) {
    return this.#of(repository);
  }
  /** Returns the content of an asset; empty for an upload that was interrupted. */
  contentOf({ path }) {
    return this.#options.blobs.bytes(path) ?? new Uint8Array();
  }
  /** Replaces what an asset is downloaded as, and leaves what GitHub lists of it. */
  replaceContent({ path }, content) {
    this.#options.blobs.keep(path, content);
  }
  /** Leaves what an interrupted upload leaves: an asset without content, in the state `starter`. */
  interruptUpload(url) {
    const [, name = "", id = ""] = /^\/repos\/([^/]+\/[^/]+)\/releases\/(\d+)\/assets$/.exec(url.pathname) ?? [];
    const repository = this.#options.find(name) ?? notFound();
    const release = this.#release(repository, id);
    const asset = nameGivenBy(url.searchParams.get("name") ?? "");
    if (!release.assets.some((one) => one.name === asset))
      release.assets.push(this.#asset(repository, asset, "", "application/octet-stream", "github-actions[bot]"));
  }
  endpoints = [
    endpoint("GET", "releases", "read", (call) => this.#list(call)),
    endpoint("POST", "releases", "write", (call) => this.#create(call)),
    endpoint("GET", "releases/tags/*", "read", (call) => this.#byTag(call)),
    endpoint("GET", "releases/assets/*", "read", (call) => this.#download(call)),
    endpoint("DELETE", "releases/assets/*", "write", (call) => this.#deleteAsset(call)),
    endpoint("GET", "releases/*", "read", (call) => this.#get(call)),
    endpoint("PATCH", "releases/*", "write", (call) => this.#update(call)),
    endpoint("DELETE", "releases/*", "write", (call) => this.#delete(call)),
    endpoint("GET", "releases/*/assets", "read", (call) => this.#assets(call)),
    { ...endpoint("POST", "releases/*/assets", "write", (call) => this.#upload(call)), host: "uploads" },
    { ...endpoint("GET", "immutable-releases", "read", (call) => this.#setting(call)), scope: "metadata" },
    endpoint("GET", "git/ref/*", "read", (call) => this.#ref(call)),
    endpoint("GET", "git/tags/*", "read", (call) => this.#tag(call))
  ];
  /** Serves the downloads of published releases, as everybody gets them. */
  webRoutes() {
    return [{ method: "GET", path: "/*", handle: (request) => this.#serveWeb(request) }];
  }
  #serveWeb({ url, headers }) {
    if (headers.authorization !== void 0) refuseGitHub(400, "A token was sent to a page.");
    const [name = "", tag, file] = /^\/([^/]+\/[^/]+)\/releases\/download\/([^/]+)\/([^/]+)$/.exec(url.pathname)?.slice(1).map(decodeURIComponent) ?? notFound();
    const repository = this.#options.find(name);
    if (!repository?.isPublic) notFound();
    const release = this.#of(repository).find((one) => !one.isDraft && one.tag === tag) ?? notFound();
    return this.#content(release.assets.find((one) => one.name === file && one.content !== void 0) ?? notFound());
  }
  #list(call) {
    const shown = this.#of(call.repository).filter((release) => isVisible(call, release));
    return this.#options.page(
      call,
      shown.reverse(),
      (releases) => releases.map((release) => this.#document(call.repository, release))
    );
  }
  #byTag({ repository, path }) {
    const release = this.#of(repository).find((one) => !one.isDraft && one.tag === path[2]) ?? notFound();
    return json(200, this.#document(repository, release));
  }
  #get(call) {
    return json(200, this.#document(call.repository, this.#visible(call)));
  }
  #create({ repository, request, caller }) {
    const body = bodyOf(request);
    const tag = asText(body.tag_name) ?? invalid("Release", "tag_name", "missing_field");
    if (!isTagName(tag)) invalid("Release", "tag_name", "invalid");
    this.#demandUnused(repository, tag);
    const now = this.#now();
    const release = {
      id: this.#options.nextId(),
      author: caller?.login ?? "",
      createdAt: now,
      draftTag: `untagged-${encodeHex(this.#options.sources.random(10))}`,
      assets: [],
      tag,
      target: asText(body.target_commitish) ?? repository.defaultBranch,
      name: textOf2(body, "name", "Release") ?? null,
      body: textOf2(body, "body", "Release", maxBody) ?? null,
      isDraft: true,
      isPrerelease: body.prerelease === true,
      isImmutable: false,
      publishedAt: void 0,
      updatedAt: now
    };
    if (body.draft !== true) this.#publish(repository, release);
    this.#of(repository).push(release);
    const document = this.#document(repository, release);
    return json(201, document, { location: String(document.url) });
  }
  #update({ repository, request, path }) {
    const release = this.#release(repository, path[1] ?? "");
    const body = bodyOf(request);
    for (const member of ["target_commitish", "tag_name"])
      if (release.isImmutable && body[member] !== void 0)
        refuseCustom("Release", member, `${member} cannot be changed when release is immutable`);
    if (release.isImmutable && body.draft === true)
      refuseCustom("Release", "draft", "draft cannot be changed when release is immutable");
    const tag = asText(body.tag_name);
    if (tag !== void 0 && !isTagName(tag)) invalid("Release", "tag_name", "invalid");
    if (tag !== void 0) this.#demandUnused(repository, tag);
    Object.assign(release, {
      ...tag !== void 0 && { tag },
      ...body.target_commitish !== void 0 && { target: asText(body.target_commitish) ?? "" },
      ...body.name !== void 0 && { name: textOf2(body, "name", "Release") ?? null },
      ...body.body !== void 0 && { body: textOf2(body, "body", "Release", maxBody) ?? null },
      ...body.prerelease !== void 0 && { isPrerelease: body.prerelease === true },
      updatedAt: this.#now()
    });
    if (body.draft === false && release.isDraft) this.#publish(repository, release);
    if (body.draft === true) Object.assign(release, { isDraft: true, publishedAt: void 0 });
    return json(200, this.#document(repository, release));
  }
  #publish(repository, release) {
    const { tag, target } = release;
    if (this.#of(repository).some((one) => one !== release && !one.isDraft && one.tag === tag))
      invalid("Release", "tag_name", "already_exists");
    this.#demandUnused(repository, tag);
    if (repository.commitOfTag(tag) === void 0)
      repository.addTag(tag, /^[0-9a-f]{40}$/.test(target) ? target : repository.headSha);
    const isImmutable = repository.immutableReleases;
    Object.assign(release, { isDraft: false, isImmutable, publishedAt: this.#now() });
    if (!isImmutable) return;
    this.#usedTags.add(keyOf(repository, tag));
    const uploaded = release.assets.filter(({ content }) => content !== void 0);
    this.#options.attest(repository, {
      repository: repository.name,
      tag,
      commit: repository.commitOfTag(tag) ?? "",
      ownerId: String(repository.ownerId),
      repositoryId: String(repository.id),
      assets: Object.fromEntries(uploaded.map((asset) => [asset.name, this.contentOf(asset)]))
    });
  }
  #demandUnused(repository, tag) {
    if (this.#usedTags.has(keyOf(repository, tag)))
      refuseCustom("Release", "tag_name", "tag_name was used by an immutable release");
  }
  #delete({ repository, path }) {
    const release = this.#release(repository, path[1] ?? "");
    for (const asset of release.assets) this.#options.blobs.delete(asset.path);
    this.#releases.set(
      repository.id,
      this.#of(repository).filter((one) => one !== release)
    );
    return noContent;
  }
  #assets(call) {
    const { repository } = call;
    const release = this.#visible(call);
    return this.#options.page(
      call,
      release.assets,
      (assets) => assets.map((asset) => this.#assetDocument(repository, release, asset))
    );
  }
  #upload(call) {
    const { repository, request, caller } = call;
    const { headers, url, body } = request;
    if (headers["content-length"] === void 0 || body.length === 0) refuseGitHub(400, "Bad Content-Length");
    if (headers["content-type"] === void 0) refuseGitHub(400, "Bad Content-Type");
    const release = this.#release(repository, call.path[1] ?? "");
    if (release.isImmutable) refuseGitHub(422, "Cannot upload assets to an immutable release.");
    const name = nameGivenBy(url.searchParams.get("name") ?? invalid("ReleaseAsset", "name", "missing_field"));
    if (release.assets.some((one) => one.name === name)) invalid("ReleaseAsset", "name", "already_exists");
    if (release.assets.length >= maxAssets)
      refuseCustom("ReleaseAsset", "release", `a release can have at most ${maxAssets} assets`);
    const label2 = url.searchParams.get("label") ?? "";
    const started = this.#asset(repository, name, label2, String(headers["content-type"]), caller?.login ?? "");
    const digest = `sha256:${createHash3("sha256").update(body).digest("hex")}`;
    const asset = { ...started, content: { size: body.length, digest } };
    this.#options.blobs.keep(asset.path, body);
    release.assets.push(asset);
    return json(201, this.#assetDocument(repository, release, asset));
  }
  #asset(repository, name, label2, contentType, uploader) {
    const id = this.#options.nextId();
    const path = `/release-assets/${repository.id}/${id}`;
    return { id, name, label: label2, contentType, uploader, content: void 0, path, createdAt: this.#now() };
  }
  #download(call) {
    const { repository, request } = call;
    const { release, asset } = this.#assetAt(call);
    if (request.headers.accept !== "application/octet-stream")
      return json(200, this.#assetDocument(repository, release, asset));
    return this.#content(asset);
  }
  #content({ content, path, name, contentType }) {
    if (content === void 0) notFound();
    const location = this.#options.blobs.downloadUrl(path, { fileName: name, contentType });
    return { status: 302, headers: { location }, body: new Uint8Array() };
  }
  #deleteAsset(call) {
    const { release, asset } = this.#assetAt(call);
    if (release.isImmutable) refuseGitHub(422, "Cannot delete assets from an immutable release.");
    release.assets.splice(release.assets.indexOf(asset), 1);
    this.#options.blobs.delete(asset.path);
    return noContent;
  }
  #assetAt(call) {
    for (const release of this.#of(call.repository)) {
      const asset = release.assets.find(({ id }) => String(id) === call.path[2]);
      if (asset !== void 0 && isVisible(call, release)) return { release, asset };
    }
    return notFound();
  }
  #setting({ repository, caller }) {
    if (caller === void 0) refuseGitHub(401, "Requires authentication");
    if (caller.isIntegration)
      refuseGitHub(403, "Resource not accessible by integration", {
        "x-accepted-github-permissions": "administration=read"
      });
    return repository.immutableReleases ? json(200, { enabled: true, enforced_by_owner: false }) : notFound();
  }
  #ref({ repository, path }) {
    const [, tag = ""] = /^tags\/(.+)$/.exec(path[2] ?? "") ?? [];
    const sha = repository.objectOfTag(tag) ?? notFound();
    const isAnnotated = sha !== repository.commitOfTag(tag);
    return json(200, refDocument(this.#options.origins.api, repository, tag, sha, isAnnotated));
  }
  #tag({ repository, path }) {
    const [tag, { commit: commit4 }] = repository.tags.find(([, { object }]) => object === path[2]) ?? notFound();
    if (commit4 === path[2]) notFound();
    return json(200, tagDocument(this.#options.origins.api, repository, tag, path[2] ?? "", commit4));
  }
  #of(repository) {
    const releases = this.#releases.get(repository.id) ?? [];
    this.#releases.set(repository.id, releases);
    return releases;
  }
  #release(repository, id) {
    return this.#of(repository).find((release) => String(release.id) === id) ?? notFound();
  }
  #visible(call) {
    const release = this.#release(call.repository, call.path[1] ?? "");
    return isVisible(call, release) ? release : notFound();
  }
  #document(repository, release) {
    const { origins, idOf } = this.#options;
    return releaseDocument(origins, repository, release, idOf);
  }
  #assetDocument(repository, release, asset) {
    const { origins, idOf } = this.#options;
    return assetDocument(origins, repository, release, asset, idOf);
  }
  #now() {
    return wholeSecond(this.#options.sources.clock());
  }
};
var maxUpload = maxAsset;
var noContent = { status: 204, headers: {}, body: new Uint8Array() };
function endpoint(method, path, level, answer) {
  return { method, path, scope: "contents", level, answer };
}
function isVisible({ caller, repository }, { isDraft }) {
  return !isDraft || mayAccess(caller, repository, "contents", "write");
}
function nameGivenBy(name) {
  const safe = name.replace(/[^A-Za-z0-9._+@-]+/g, ".").replace(/\.{2,}/g, ".").replace(/\.+$/, "");
  return safe.startsWith(".") || safe === "" ? `default${safe}` : safe;
}
function isTagName(tag) {
  return tag !== "" && !/[\s~^:?*[\\]|\.\.|^[/.]|[/.]$|@\{/.test(tag);
}
function keyOf({ name }, tag) {
  return `${name.toLowerCase()} ${tag}`;
}
function refuseCustom(resource2, field, message) {
  refuseGitHub(422, "Validation Failed", {}, [{ resource: resource2, code: "custom", field, message }]);
}
var zeroCommit = "0".repeat(40);
var SandboxRepository = class {
  id;
  ownerId;
  ownerType;
  defaultBranch;
  isFork;
  hasIssues;
  createdAt;
  visibility;
  immutableReleases;
  /** The latest commit of the default branch. */
  headSha = "1".repeat(40);
  #tags = /* @__PURE__ */ new Map();
  #sources;
  #nextId;
  #runs = [];
  #issues = [];
  #commits = /* @__PURE__ */ new Map();
  #name;
  constructor(name, options, sources, nextId) {
    this.#name = name;
    this.#sources = sources;
    this.#nextId = nextId;
    this.id = options.id ?? nextId();
    this.ownerId = options.ownerId ?? nextId();
    this.ownerType = options.ownerType ?? "Organization";
    this.visibility = options.visibility ?? "public";
    this.defaultBranch = options.defaultBranch ?? "main";
    this.isFork = options.isFork ?? false;
    this.immutableReleases = options.immutableReleases ?? false;
    this.hasIssues = options.hasIssues ?? true;
    this.createdAt = this.#now();
  }
  /** `owner/name`. */
  get name() {
    return this.#name;
  }
  get isPublic() {
    return this.visibility === "public";
  }
  get runs() {
    return this.#runs;
  }
  get issues() {
    return this.#issues;
  }
  /** Renames or transfers it. The API redirects requests for the former name. */
  rename(name) {
    this.#name = name;
  }
  /** Adds a run, another attempt of one, or a later state of an attempt. */
  addRun(options) {
    const now = this.#now();
    const conclusion = (options.status ?? "completed") === "completed" ? options.conclusion ?? "success" : void 0;
    const status = options.status ?? "completed";
    const earlier = this.#runs.find(({ id }) => id === options.id);
    const jobs = options.jobs ?? [{ name: "build", status, ...conclusion && { conclusion } }];
    const run = {
      workflow: options.workflow,
      id: options.id ?? this.#nextId(),
      attempt: options.attempt ?? 1,
      event: options.event ?? "push",
      headSha: options.headSha ?? zeroCommit,
      headBranch: options.headBranch ?? this.defaultBranch,
      headRepository: options.headRepository ?? earlier?.headRepository ?? this,
      status,
      conclusion,
      jobs: jobs.map((job) => ({ ...job, id: this.#nextId() })),
      referencedWorkflows: options.referencedWorkflows ?? [],
      backendId: options.backendId ?? earlier?.backendId ?? "",
      createdAt: options.createdAt ?? now,
      updatedAt: options.updatedAt ?? now,
      number: earlier?.number ?? this.#runs.length + 1
    };
    const at = this.#runs.findIndex(({ id, attempt: attempt2 }) => id === run.id && attempt2 === run.attempt);
    this.#runs.splice(at < 0 ? this.#runs.length : at, at < 0 ? 0 : 1, run);
    return run;
  }
  /** Removes all attempts of a run, as its deletion or the end of its retention does. */
  removeRun(id) {
    this.#runs.splice(0, this.#runs.length, ...this.#runs.filter((run) => run.id !== id));
  }
  /** Adds a commit. */
  addCommit(sha, relation) {
    this.#commits.set(sha, relation);
  }
  /** Returns how a commit relates to the default branch; `undefined` for one that does not exist. */
  relationOf(sha) {
    return sha === this.defaultBranch ? "identical" : this.#commits.get(sha);
  }
  get tags() {
    return [...this.#tags];
  }
  /** Creates a tag, or moves it. */
  addTag(name, commit4, object = commit4) {
    this.#tags.set(name, { commit: commit4, object });
  }
  removeTag(name) {
    this.#tags.delete(name);
  }
  commitOfTag(name) {
    return this.#tags.get(name)?.commit;
  }
  objectOfTag(name) {
    return this.#tags.get(name)?.object;
  }
  /** Opens an issue. */
  addIssue({ title, body = "", labels = [], author, isPullRequest = false }) {
    const now = this.#now();
    const issue = {
      id: this.#nextId(),
      number: this.#issues.length + 1,
      title,
      body,
      labels,
      author,
      isPullRequest,
      state: "open",
      stateReason: null,
      comments: [],
      createdAt: now,
      updatedAt: now,
      closedAt: void 0
    };
    this.#issues.push(issue);
    return issue;
  }
  /** Changes an issue. */
  change(issue, change) {
    const now = this.#now();
    const wasOpen = issue.state === "open";
    Object.assign(issue, change, { updatedAt: now });
    if (wasOpen === (issue.state === "open")) return;
    issue.closedAt = wasOpen ? now : void 0;
    issue.stateReason = change.stateReason ?? (wasOpen ? "completed" : "reopened");
  }
  comment(issue, author, body) {
    const comment = { id: this.#nextId(), author, body, at: this.#now() };
    issue.comments.push(comment);
    issue.updatedAt = comment.at;
    return comment;
  }
  #now() {
    return wholeSecond(this.#sources.clock());
  }
};
var resource = "ArtifactMetadata";
var members = {
  name: { pattern: /^.{1,256}$/s, required: true },
  digest: { pattern: /^sha256:[a-f0-9]{64}$/, required: true },
  registry_url: { pattern: /^https:\/\/.{1,248}$/s, required: true },
  version: { pattern: /^.{1,100}$/s },
  artifact_url: { pattern: /^https:\/\/.{0,144}$/s },
  path: { pattern: /^.{0,512}$/s },
  repository: { pattern: /^.{0,128}$/s },
  status: { pattern: /^(?:active|eol|deleted)$/ },
  github_repository: { pattern: /^[A-Za-z0-9.\-_]{1,100}$/ }
};
var StorageRecords = class {
  #sources;
  #nextId;
  #records = [];
  constructor(sources, nextId) {
    this.#sources = sources;
    this.#nextId = nextId;
  }
  get all() {
    return this.#records;
  }
  /** Creates a record, or updates that of the same digest in the same registry and repository. */
  create(organization2, request) {
    const body = bodyOf(request);
    const given = readMembers(body);
    const { name = "", digest = "", registry_url = "", artifact_url, repository, status = "active", ...others } = given;
    const now = wholeSecond(this.#sources.clock());
    const earlier = this.#records.find(
      (one) => one.organization === organization2 && one.digest === digest && one.registryUrl === registry_url && one.repository === repository
    );
    const record = {
      id: earlier?.id ?? this.#nextId(),
      organization: organization2,
      name,
      digest,
      registryUrl: registry_url,
      artifactUrl: artifact_url,
      repository,
      status,
      createdAt: earlier?.createdAt ?? now,
      updatedAt: now,
      others
    };
    this.#records = [...this.#records.filter((one) => one !== earlier), record];
    return body.return_records === false ? { total_count: 1 } : { total_count: 1, storage_records: [recordDocument(record)] };
  }
  list(organization2, digest) {
    const records = this.#records.filter((one) => one.organization === organization2 && one.digest === digest);
    return { total_count: records.length, storage_records: records.map(recordDocument) };
  }
};
function readMembers(body) {
  const given = Object.entries(members).flatMap(([field, { pattern, required }]) => {
    const value = body[field] ?? void 0;
    if (value === void 0) return required ? invalid(resource, field, "missing_field") : [];
    const text2 = asText(value) ?? invalid(resource, field, "invalid");
    return pattern.test(text2) ? [[field, text2]] : invalid(resource, field, "invalid");
  });
  return Object.fromEntries(given);
}
function recordDocument(record) {
  return {
    id: record.id,
    name: record.name,
    digest: record.digest,
    artifact_url: record.artifactUrl ?? null,
    registry_url: record.registryUrl,
    repository: record.repository ?? null,
    status: record.status,
    created_at: record.createdAt.toISOString(),
    updated_at: record.updatedAt.toISOString()
  };
}
var versions = ["2022-11-28", "2026-03-10"];
var bot = "github-actions[bot]";
var GitHubService = class {
  /** `GITHUB_API_URL`. */
  url;
  attestations;
  storageRecords;
  releases;
  #artifacts;
  #sources;
  #tokens;
  /** The latest name is the last. */
  #repositories = [];
  #users = /* @__PURE__ */ new Map();
  #used = /* @__PURE__ */ new Map();
  #settings = { maxPageSize: 100, requestsPerHour: void 0 };
  #lastId = 1e3;
  constructor({ origin, uploads, web: web2, artifacts, blobs, sources, attestRelease }) {
    this.url = origin;
    this.#artifacts = artifacts;
    this.#sources = sources;
    this.#tokens = new Tokens(sources);
    const nextId = () => this.#nextId();
    this.attestations = new AttestationStore({ blobs, sources, nextId });
    this.storageRecords = new StorageRecords(sources, nextId);
    this.releases = new ReleaseStore({
      origins: { api: origin, uploads, web: web2 },
      blobs,
      sources,
      nextId,
      idOf: (login) => this.#userId(login),
      find: (name) => this.#find(`repos/${name}`)?.repository,
      page: (call, items, document) => this.#page(call, items, document),
      attest: (repository, release) => void this.attestations.keep(repository, attestRelease(release))
    });
    this.#endpoints = [...this.#ownEndpoints, ...this.releases.endpoints];
  }
  get repositories() {
    return this.#repositories.map(({ repository }) => repository);
  }
  configure(settings) {
    this.#settings = { ...this.#settings, ...settings };
    this.#used.clear();
  }
  addRepository(name, options = {}) {
    const owner = name.split("/")[0] ?? "";
    const repository = new SandboxRepository(
      name,
      { ...options, ownerId: options.ownerId ?? this.#userId(owner) },
      this.#sources,
      () => this.#nextId()
    );
    this.#repositories.push({ repository, names: [] });
    return repository;
  }
  /** Renames or transfers a repository. The former name is redirected until another repository takes it. */
  rename(repository, name) {
    this.#repositories.find((one) => one.repository === repository)?.names.push(repository.name);
    repository.rename(name);
  }
  /** Issues the token of a job: GITHUB_TOKEN. */
  jobToken(repository, permissions) {
    return this.#tokens.issue({ login: bot, isIntegration: true, repositories: [repository.id], permissions });
  }
  /** Issues the token of a user, who may do everything in these repositories. */
  userToken(login, repositories = []) {
    return this.#tokens.issue({
      login,
      isIntegration: false,
      repositories: repositories.map(({ id }) => id),
      permissions: {
        actions: "write",
        "artifact-metadata": "write",
        attestations: "write",
        contents: "write",
        issues: "write",
        metadata: "write"
      }
    });
  }
  /** Makes a token invalid, as the end of a job does. */
  revoke(token) {
    this.#tokens.revoke(token);
  }
  /** Serves the host of uploads. */
  uploadRoutes() {
    const handle = (request) => this.#answer(request, "uploads");
    return [{ method: "POST", path: "/*", handle, maxBodyLength: maxUpload }];
  }
  routes() {
    const handle = (request) => this.#answer(request);
    const maxBodyLength2 = maxAttestationRequest;
    return ["GET", "POST", "PATCH", "DELETE"].map((method) => ({
      method,
      path: "/*",
      handle,
      maxBodyLength: maxBodyLength2
    }));
  }
  #endpoints;
  #ownEndpoints = [
    { method: "GET", path: "", scope: "metadata", level: "read", answer: (call) => this.#repository(call) },
    {
      method: "GET",
      path: "actions/runs/*/attempts/*",
      scope: "actions",
      level: "read",
      answer: (call) => this.#run(call)
    },
    {
      method: "GET",
      path: "actions/runs/*/attempts/*/jobs",
      scope: "actions",
      level: "read",
      answer: (call) => this.#jobs(call)
    },
    {
      method: "GET",
      path: "actions/runs/*/artifacts",
      scope: "actions",
      level: "read",
      answer: (call) => this.#runArtifacts(call)
    },
    {
      method: "GET",
      path: "actions/workflows/*/runs",
      scope: "actions",
      level: "read",
      answer: (call) => this.#workflowRuns(call)
    },
    {
      method: "GET",
      path: "actions/artifacts/*/zip",
      scope: "actions",
      level: "read",
      answer: (call) => this.#download(call)
    },
    { method: "GET", path: "compare/*", scope: "contents", level: "read", answer: (call) => this.#compare(call) },
    {
      method: "POST",
      path: "attestations",
      scope: "attestations",
      level: "write",
      answer: (call) => this.#createAttestation(call)
    },
    {
      method: "GET",
      path: "attestations/*",
      scope: "attestations",
      level: "read",
      answer: (call) => this.#listAttestations(call)
    },
    { method: "GET", path: "issues", scope: "issues", level: "read", answer: (call) => this.#issues(call) },
    { method: "POST", path: "issues", scope: "issues", level: "write", answer: (call) => this.#createIssue(call) },
    { method: "PATCH", path: "issues/*", scope: "issues", level: "write", answer: (call) => this.#updateIssue(call) },
    {
      method: "GET",
      path: "issues/*/comments",
      scope: "issues",
      level: "read",
      answer: (call) => this.#comments(call)
    },
    {
      method: "POST",
      path: "issues/*/comments",
      scope: "issues",
      level: "write",
      answer: (call) => this.#comment(call)
    }
  ];
  #answer(request, host) {
    const { headers } = request;
    if (headers["user-agent"] === void 0) refuseGitHub(403, "Request forbidden by administrative rules.");
    const caller = this.#tokens.callerOf(headers.authorization);
    if (caller === "invalid") refuseGitHub(401, "Bad credentials");
    const limits = this.#count(caller);
    const version = headers["x-github-api-version"];
    if (version !== void 0 && !versions.includes(String(version)))
      refuseGitHub(400, `The API version ${JSON.stringify(version)} is not supported.`, limits);
    const response = this.#dispatch(request, caller, host);
    return {
      ...response,
      headers: { ...limits, "x-github-api-version-selected": String(version ?? versions[0]), ...response.headers }
    };
  }
  #dispatch(request, caller, host) {
    const { method, url } = request;
    const { pathname } = url;
    if (method === "GET" && pathname === "/user") return this.#user(caller);
    const owner = /^\/(orgs|users)\/([^/]+)\/(.+)$/.exec(pathname);
    if (owner !== null) return this.#ofOwner(request, caller, owner);
    const [, place = "", rest = ""] = /^\/(repos\/[^/]+\/[^/]+|repositories\/\d+)(?:\/(.*))?$/.exec(pathname) ?? [];
    const path = rest === "" ? [] : rest.split("/").map(decodeURIComponent);
    const endpoint2 = this.#endpoints.find((one) => one.method === method && one.host === host && isAt(one.path, path));
    const found = this.#find(place);
    if (found === void 0 || endpoint2 === void 0) notFound();
    const { repository, isFormerName } = found;
    if (!mayAccess(caller, repository, "metadata", "read")) notFound();
    if (isFormerName)
      return movedTo(`${this.url}/repositories/${repository.id}${rest === "" ? "" : `/${rest}`}`, request);
    if (!mayAccess(caller, repository, endpoint2.scope, endpoint2.level)) forbidden2(caller, endpoint2);
    return endpoint2.answer({ request, caller, repository, path });
  }
  /** Finds a repository by its name, which may be a former one, or by its id: `repos/octo/app`, `repositories/1001`. */
  #find(place) {
    const isHere = (name) => place.toLowerCase() === `repos/${name.toLowerCase()}`;
    const now = this.#repositories.find(
      ({ repository }) => isHere(repository.name) || place === `repositories/${repository.id}`
    );
    const former = now ?? this.#repositories.find(({ names }) => names.some(isHere));
    return former && { repository: former.repository, isFormerName: now === void 0 };
  }
  #ofOwner(request, caller, [, kind, owner = "", rest = ""]) {
    const path = rest.split("/").map(decodeURIComponent);
    return answerOwner(
      { request, caller, kind: kind === "orgs" ? "orgs" : "users", owner, path, repositories: this.repositories },
      this
    );
  }
  #createAttestation({ request, repository }) {
    return json(201, this.attestations.create(request, repository));
  }
  #listAttestations({ request, repository, path }) {
    const visible = this.attestations.all.filter(({ repositoryId }) => repositoryId === repository.id);
    const { body, link } = this.attestations.list({ request, visible }, path[1] ?? "");
    return json(200, body, link === void 0 ? {} : { link });
  }
  #user(caller) {
    if (caller === void 0) refuseGitHub(401, "Requires authentication");
    if (caller.isIntegration) refuseGitHub(403, "Resource not accessible by integration");
    const since = secondsAfter(this.#sources.clock(), -365 * 24 * 3600);
    return json(200, privateUserDocument(this.url, caller.login, this.#userId(caller.login), since));
  }
  #repository({ repository }) {
    return json(200, repositoryDocument(this.url, repository));
  }
  #run({ repository, path }) {
    return json(200, runDocument(this.url, repository, attemptOf(repository, path)));
  }
  #jobs(call) {
    const { repository, path } = call;
    const run = attemptOf(repository, path);
    return this.#page(call, run.jobs, (items, total) => ({
      total_count: total,
      jobs: items.map((job) => jobDocument(this.url, repository, run, job))
    }));
  }
  #runArtifacts(call) {
    const { repository, path, request } = call;
    const id = Number(path[2]);
    const run = repository.runs.findLast((one) => one.id === id) ?? notFound();
    const name = request.url.searchParams.get("name");
    const artifacts = this.#artifactsOf(run).filter((one) => name === null || one.name === name);
    const now = this.#sources.clock();
    return this.#page(call, artifacts, (items, total) => ({
      total_count: total,
      artifacts: items.map((artifact) => artifactDocument(this.url, repository, run, artifact, now))
    }));
  }
  /** Returns the artifacts of a run, the newest first. */
  #artifactsOf({ backendId }) {
    return backendId === "" ? [] : this.#artifacts.artifacts.filter(({ runId }) => runId === backendId).reverse();
  }
  #workflowRuns(call) {
    const { repository, path, request } = call;
    const [, , workflow] = path;
    const query = request.url.searchParams;
    const ofWorkflow = latestAttempts(repository.runs).filter(
      (run) => run.workflow === workflow || String(workflowId(run.workflow)) === workflow
    );
    if (ofWorkflow.length === 0) notFound();
    const matching = ofWorkflow.filter(
      (run) => isGiven(query, "branch", run.headBranch) && isGiven(query, "event", run.event) && (isGiven(query, "status", run.status) || isGiven(query, "status", run.conclusion))
    );
    return this.#page(call, matching.reverse(), (items, total) => ({
      total_count: total,
      workflow_runs: items.map((run) => runDocument(this.url, repository, run))
    }));
  }
  #download({ repository, path, caller }) {
    if (caller === void 0) refuseGitHub(401, "Requires authentication");
    const artifact = repository.runs.flatMap((run) => this.#artifactsOf(run)).find(({ id }) => id === path[2]) ?? notFound();
    if (artifact.expiresAt <= this.#sources.clock()) refuseGitHub(410, "Artifact has expired");
    return { status: 302, headers: { location: this.#artifacts.downloadUrl(artifact.id) }, body: new Uint8Array() };
  }
  #compare({ repository, path }) {
    const [, base, head] = /^(.+?)\.\.\.(.+)$/.exec(path[1] ?? "") ?? notFound();
    if (base === void 0 || head === void 0 || base !== repository.defaultBranch) notFound();
    const relation = repository.relationOf(head) ?? notFound();
    return json(200, comparisonDocument(this.url, repository, [base, head], relation));
  }
  #issues(call) {
    const { repository, request } = call;
    const query = request.url.searchParams;
    const state = query.get("state") ?? "open";
    const labels = (query.get("labels") ?? "").split(",").filter((label2) => label2 !== "");
    const creator = query.get("creator");
    const matching = this.#withIssues(repository).filter(
      (issue) => (state === "all" || issue.state === state) && labels.every((label2) => issue.labels.some((one) => one.toLowerCase() === label2.toLowerCase())) && (creator === null || issue.author.toLowerCase() === creator.toLowerCase())
    );
    if (query.get("direction") !== "asc") matching.reverse();
    return this.#page(call, matching, (items) => items.map((issue) => this.#issueDocument(repository, issue)));
  }
  #createIssue({ repository, request, caller }) {
    this.#withIssues(repository);
    const body = bodyOf(request);
    const title = asText(body.title) ?? invalid("Issue", "title", "missing_field");
    const text2 = textOf2(body, "body", "Issue") ?? "";
    const labels = labelsOf(body);
    const issue = repository.addIssue({ title, body: text2, labels, author: caller?.login ?? "" });
    const document = this.#issueDocument(repository, issue);
    return json(201, document, { location: String(document.url) });
  }
  #updateIssue({ repository, request, path }) {
    const issue = this.#issue(repository, path);
    const body = bodyOf(request);
    const title = asText(body.title);
    const text2 = textOf2(body, "body", "Issue");
    const state = asText(body.state);
    if (state !== void 0 && state !== "open" && state !== "closed") invalid("Issue", "state", "invalid");
    const reason = asText(body.state_reason);
    const stateReason = reasons.find((one) => one === reason);
    if (reason !== void 0 && stateReason === void 0) invalid("Issue", "state_reason", "invalid");
    repository.change(issue, {
      ...title !== void 0 && { title },
      ...text2 !== void 0 && { body: text2 },
      ...state !== void 0 && { state },
      ...stateReason !== void 0 && { stateReason }
    });
    return json(200, this.#issueDocument(repository, issue));
  }
  #comments(call) {
    const { repository, request, path } = call;
    const issue = this.#issue(repository, path);
    const since = new Date(request.url.searchParams.get("since") ?? 0);
    const comments = issue.comments.filter(({ at }) => at >= since);
    return this.#page(
      call,
      comments,
      (items) => items.map((comment) => commentDocument(this.url, repository, issue, comment, (login) => this.#userId(login)))
    );
  }
  #comment({ repository, request, path, caller }) {
    const issue = this.#issue(repository, path);
    const text2 = textOf2(bodyOf(request), "body", "IssueComment") ?? invalid("IssueComment", "body", "missing_field");
    const comment = repository.comment(issue, caller?.login ?? "", text2);
    const document = commentDocument(this.url, repository, issue, comment, (login) => this.#userId(login));
    return json(201, document, { location: String(document.url) });
  }
  #issueDocument(repository, issue) {
    return issueDocument(this.url, repository, issue, (login) => this.#userId(login));
  }
  #withIssues(repository) {
    if (!repository.hasIssues) refuseGitHub(410, "Issues are disabled for this repo");
    return [...repository.issues];
  }
  #issue(repository, path) {
    return this.#withIssues(repository).find(({ number: number2 }) => String(number2) === path[1]) ?? notFound();
  }
  #page({ request }, items, document) {
    const { shown, link } = pageOf(items, request.url, this.#settings.maxPageSize);
    return json(200, document(shown, items.length), link === void 0 ? {} : { link });
  }
  /** Counts a request, and returns the headers that state the limit. */
  #count(caller) {
    const key = caller === void 0 ? "" : `${caller.login} ${caller.repositories.join()}`;
    const now = this.#sources.clock();
    const known = this.#used.get(key);
    const used = known !== void 0 && known.reset > now ? known : { count: 0, reset: secondsAfter(now, 3600) };
    this.#used.set(key, used);
    const usual = caller === void 0 ? 60 : caller.isIntegration ? 1e3 : 5e3;
    const limit = this.#settings.requestsPerHour ?? usual;
    const isOver = used.count >= limit;
    if (!isOver) used.count += 1;
    const headers = {
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(limit - used.count),
      "x-ratelimit-used": String(used.count),
      "x-ratelimit-reset": String(Math.floor(used.reset.getTime() / 1e3)),
      "x-ratelimit-resource": "core"
    };
    if (isOver) refuseGitHub(403, `API rate limit exceeded for ${caller?.login ?? "127.0.0.1"}.`, headers);
    return headers;
  }
  #userId(login) {
    const known = this.#users.get(login) ?? this.#nextId();
    this.#users.set(login, known);
    return known;
  }
  #nextId() {
    this.#lastId += 1;
    return this.#lastId;
  }
};
var reasons = ["completed", "not_planned", "reopened", "duplicate"];
function forbidden2(caller, { scope, level }) {
  if (caller === void 0) refuseGitHub(401, "Requires authentication");
  const source = caller.isIntegration ? "integration" : "personal access token";
  return refuseGitHub(403, `Resource not accessible by ${source}`, {
    "x-accepted-github-permissions": `${scope}=${level}`
  });
}
function movedTo(url, { method, url: { search } }) {
  const location = `${url}${search}`;
  const body = { message: "Moved Permanently", url: location, documentation_url: "https://docs.github.com/rest" };
  return json(method === "GET" ? 301 : 307, body, { location });
}
function isGiven(query, name, value) {
  const given = query.get(name);
  return given === null || given === value;
}
function attemptOf(repository, path) {
  const [, , id, , attempt2] = path;
  return repository.runs.find((run) => String(run.id) === id && String(run.attempt) === attempt2) ?? notFound();
}
function latestAttempts(runs) {
  return runs.filter((run) => !runs.some(({ id, attempt: attempt2 }) => id === run.id && attempt2 > run.attempt));
}
function labelsOf({ labels }) {
  if (labels === void 0) return [];
  if (!Array.isArray(labels)) invalid("Issue", "labels", "invalid");
  return labels.map(
    (label2) => asText(label2) ?? asText(asObject(label2)?.name) ?? invalid("Label", "name", "invalid")
  );
}
var ReceivedRequest = class {
  service;
  method;
  path;
  #received;
  #length;
  constructor(service, path, { method = "GET", url = "", rawHeaders }) {
    this.service = service;
    this.method = method;
    this.path = path;
    const head = Buffer.from(`${method} ${url}
${rawHeaders.join("\n")}

`, "latin1");
    this.#received = [head];
    this.#length = head.length;
  }
  get length() {
    return this.#length;
  }
  /** Adds a piece of the body, and returns how many bytes it takes: none, if the request was forgotten meanwhile. */
  add(chunk) {
    if (this.#received === void 0) return 0;
    this.#received.push(chunk);
    this.#length += chunk.length;
    return chunk.length;
  }
  forget() {
    this.#received = void 0;
    this.#length = 0;
  }
  content() {
    return this.#received && Buffer.concat(this.#received);
  }
};
var Faults = class {
  #faults = [];
  /** Sets a fault for the next requests to a service or to one of its endpoints, and replaces an earlier one for the same target. */
  set(target, fault2, times = Number.POSITIVE_INFINITY) {
    const endpoint2 = typeof target === "string" ? { service: target, matching: void 0 } : target;
    const count = typeof times === "number" ? { times } : times;
    this.#faults = this.#faults.filter(
      ({ service, matching }) => service !== endpoint2.service || String(matching ?? "") !== String(endpoint2.matching ?? "")
    );
    this.#faults.push({ ...endpoint2, fault: fault2, skip: 0, times: Number.POSITIVE_INFINITY, ...count });
  }
  /** Removes the faults of a service, or all faults. */
  clear(service) {
    this.#faults = this.#faults.filter((one) => service !== void 0 && one.service !== service);
  }
  /** Returns the fault for a request, if there is one, and counts the request. */
  take(service, line) {
    for (const one of this.#faults) {
      if (one.service !== service || one.times <= 0 || one.matching && line.search(one.matching) < 0) continue;
      if (one.skip > 0) {
        one.skip -= 1;
        continue;
      }
      one.times -= 1;
      return one.fault;
    }
    return void 0;
  }
};
var keptLength = 64 * 1024 * 1024;
var Traffic = class {
  faults = new Faults();
  #requests = [];
  #length = 0;
  #forgotten = 0;
  #recorded;
  constructor(recorded = true) {
    this.#recorded = recorded;
  }
  get requests() {
    return this.#requests;
  }
  record(request) {
    if (!this.#recorded) return;
    this.#requests.push(request);
    this.#grow(request.length);
  }
  /** Records a piece of the body of a request. */
  recordBody(request, chunk) {
    if (this.#recorded) this.#grow(request.add(chunk));
  }
  #grow(length) {
    this.#length += length;
    while (this.#length > keptLength) {
      const oldest = this.#requests[this.#forgotten];
      if (oldest === void 0) return;
      this.#forgotten += 1;
      this.#length -= oldest.length;
      oldest.forget();
    }
  }
};
var oneDay = 24 * 3600;
function asWith(routes, meant = () => true) {
  return (request, right) => {
    if (!meant(request)) return right();
    const { method, url } = request;
    const route = routes().find((one) => one.method === method && matches(one.path, url.pathname));
    return route?.handle(request) ?? right();
  };
}
function withBody(change, path = /^/) {
  return async ({ url }, right) => {
    const answer = await right();
    return isSuccess(answer) && path.test(url.pathname) ? { ...answer, body: change(answer.body) } : answer;
  };
}
function withJson(change) {
  return async (_, right) => {
    const answer = await right();
    if (!isSuccess(answer) || !answer.headers["content-type"]?.startsWith("application/json")) return answer;
    return { ...answer, body: utf8(JSON.stringify(await change(JSON.parse(decodeUtf8(answer.body) ?? "")))) };
  };
}
function isSuccess({ status }) {
  return status >= 200 && status < 300;
}
function withMembers(names, change) {
  const visit = (value) => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== "object" || value === null) return value;
    const members2 = Object.entries(value).flatMap(([name, member]) => {
      const changed = names.includes(name) ? change(member) : visit(member);
      return changed === void 0 ? [] : [[name, changed]];
    });
    return Object.fromEntries(members2);
  };
  return withJson(visit);
}
function isPost({ method }) {
  return method === "POST";
}
var notFound2 = { status: 404, headers: {}, body: new Uint8Array() };
function flipped(bytes2, at) {
  return bytes2.with(at, (bytes2.at(at) ?? 0) ^ 1);
}
function flippedBase64(text2, at) {
  return encodeBase64(flipped(decodeBase64(String(text2)), at));
}
function withOtherCharacter(json2) {
  const text2 = decodeUtf8(json2) ?? "";
  const { 0: run = "", index = 0 } = /[0-9A-Za-z+/]{40,}/.exec(text2) ?? {};
  const at = index + run.search(/^[0-9a-f]+$/.test(run) ? /[0-8a-e]/ : /[0-8A-Ya-y]/);
  return utf8(text2.slice(0, at) + String.fromCharCode(text2.charCodeAt(at) + 1) + text2.slice(at + 1));
}
function remembering(paths) {
  const remembered = /* @__PURE__ */ new Map();
  return ({ url: { pathname } }, right) => {
    if (!paths.test(pathname)) return right();
    const answer = remembered.get(pathname) ?? right();
    remembered.set(pathname, answer);
    return answer;
  };
}
var tenMinutes2 = 600;
var fulcioMisbehaviours = {
  "fulcio:another-identity": certifying(({ tokenIssuers: [issuer] }) => jobIdentity(strangersJob(issuer?.url ?? ""))),
  "fulcio:another-key": certifying(() => ({ publicKey: generateSigningKey("P-256").publicKey })),
  "fulcio:another-issuer": certifying(() => ({ additionalExtensions }) => ({
    additionalExtensions: additionalExtensions.map(withAnotherIssuer)
  })),
  "fulcio:expired-certificate": certifying(({ sources }) => validFrom(secondsAfter(sources.clock(), -oneDay))),
  "fulcio:future-certificate": certifying(({ sources }) => validFrom(secondsAfter(sources.clock(), oneDay))),
  "fulcio:certificate-without-usage": certifying(() => ({ extendedKeyUsage: void 0 })),
  "fulcio:certificate-of-wrong-usage": certifying(() => ({
    extendedKeyUsage: { critical: false, purposes: [keyPurposes.serverAuth] }
  })),
  "fulcio:authority-certificate": certifying(() => ({
    basicConstraints: { authority: true },
    keyUsage: ["digitalSignature", "keyCertSign"]
  })),
  "fulcio:without-sct": certifying(() => ({ signedCertificateTimestamps: () => [] })),
  "fulcio:without-log": (parts2) => {
    const withoutSct = certified(parts2, () => ({ signedCertificateTimestamps: () => [] }));
    const inDetachedForm = withJson((json2) => ({
      signedCertificateDetachedSct: json2.signedCertificateEmbeddedSct ?? {}
    }));
    return whenPosted((request, right) => inDetachedForm(request, async () => withoutSct(request, right)));
  },
  "fulcio:sct-of-unknown-log": certifying(({ sources }) => ({
    signedCertificateTimestamps: (precertificate) => [new CertificateLog(sources.clock).submit(precertificate)]
  })),
  "fulcio:sct-by-another-key": certifying(({ certificateLog: { log } }) => ({
    signedCertificateTimestamps: (precertificate) => [
      log.submit(precertificate, { signingKey: generateSigningKey("P-256") })
    ]
  })),
  "fulcio:sct-of-another-certificate": (parts2) => {
    let other = new Uint8Array();
    const first = certified(parts2, () => ({
      signedCertificateTimestamps: (precertificate) => {
        other = parts2.certificateLog.log.submit(precertificate);
        return [other];
      }
    }));
    const second = certified(parts2, () => ({ signedCertificateTimestamps: () => [other] }));
    return async (request, right) => {
      await first(request, right);
      return second(request, right);
    };
  },
  "fulcio:another-authority": (parts2) => {
    const { sources } = parts2;
    const log = new CertificateLog(sources.clock);
    const stranger = new CertificateAuthority({ sources, log });
    const { key, profile } = stranger.intermediate;
    const issuerKeyHash = hashOf("sha256", key.publicKey);
    const fromStranger = certified(parts2, () => ({
      issuer: profile.subject,
      signingKey: key,
      authorityKeyIdentifier: key.keyIdentifier,
      signedCertificateTimestamps: (precertificate) => [log.submit({ ...precertificate, issuerKeyHash })]
    }));
    const chain = stranger.chain.map((one) => encodePem("CERTIFICATE", one));
    const withChain = withMembers(["certificates"], (right) => [...right.slice(0, 1), ...chain]);
    return whenPosted((request, right) => withChain(request, async () => fromStranger(request, right)));
  }
};
function certifying(changes) {
  return (parts2) => certified(parts2, () => changes(parts2));
}
function certified({ fulcio }, changes) {
  return whenPosted(
    async ({ body, headers }) => jsonResponse(200, await fulcio.certify(body, bearerToken(headers), changes()))
  );
}
function whenPosted(answer) {
  return (request, right) => isPost(request) ? answer(request, right) : right();
}
function validFrom(notBefore) {
  return { notBefore, notAfter: secondsAfter(notBefore, tenMinutes2) };
}
function strangersJob(issuer) {
  const strange = (text2) => text2.replaceAll("example-", "strange-");
  const claims2 = Object.fromEntries(Object.entries(exampleJob).map(([name, value]) => [name, strange(value)]));
  return { ...claims2, iss: issuer, sub: "repo:strange-org/strange-repo:ref:refs/heads/main" };
}
function withAnotherIssuer(extension2) {
  const number2 = [1, 8].find((one) => fulcioExtension(one, "").oid === extension2.oid);
  return number2 === void 0 ? extension2 : fulcioExtension(number2, "https://another-issuer.invalid");
}
var LyingStore = class extends LogStore {
  tree;
  #behind;
  #lie;
  #other;
  constructor(behind, lie) {
    super();
    this.#behind = behind;
    this.#lie = lie;
    this.#other = lie.replaced;
    this.tree = new LyingTree(behind.tree, lie, () => this.#other);
  }
  append(entry) {
    const index = this.size;
    if (!this.#lie.forgets) return this.#behind.append(entry);
    this.#other = { ...entry, index };
    return index;
  }
  entries(index, count) {
    if (index < 0 || index + count > this.size) throw new RangeError(`no entry ${index + count - 1}`);
    const other = this.#other;
    const kept = this.#behind.entries(index, Math.max(0, Math.min(count, this.#behind.size - index)));
    const shown = Array.from({ length: count }, (_, at) => kept[at] ?? new Uint8Array());
    if (other !== void 0 && other.index >= index && other.index < index + count)
      shown[other.index - index] = other.bytes;
    return shown.map((entry) => this.#lie.spoil?.entry?.(entry) ?? entry);
  }
  time(index) {
    return index === this.#other?.index ? this.#other.time : this.#behind.time(index);
  }
  find(key) {
    const other = this.#other;
    const kept = this.#behind.find(key).filter((index) => index < this.size && index !== other?.index);
    if (other === void 0 || other.index >= this.size || !equalBytes(other.leafHash, key)) return kept;
    return [...kept, other.index].sort((a, b) => a - b);
  }
};
var LyingTree = class extends MerkleTree {
  #behind;
  #lie;
  #other;
  constructor(behind, lie, other) {
    super();
    this.#behind = behind;
    this.#lie = lie;
    this.#other = other;
  }
  get size() {
    if (this.#lie.forgets) return Math.max(this.#behind.size, (this.#other()?.index ?? -1) + 1);
    return this.#lie.size ?? this.#behind.size;
  }
  node(level, position) {
    const other = this.#other();
    if (other === void 0 || Math.floor(other.index / 2 ** level) !== position) {
      return this.#behind.node(level, position);
    }
    if (position >= this.width(level)) throw new RangeError(`no perfect subtree ${position} at level ${level}`);
    if (level === 0) return other.leafHash;
    return nodeHash(this.node(level - 1, 2 * position), this.node(level - 1, 2 * position + 1));
  }
  root(size) {
    const right = super.root(size);
    return this.#lie.spoil?.root?.(right) ?? right;
  }
  inclusionProof(index, size) {
    const right = super.inclusionProof(index, size);
    return this.#lie.spoil?.inclusionProof?.(right) ?? right;
  }
  consistencyProof(first, second) {
    const right = super.consistencyProof(first, second);
    return this.#lie.spoil?.consistencyProof?.(right) ?? right;
  }
};
var logLies = {
  "forked-tree": (log) => throughout(log, { replaced: strangeAt(0, log) }),
  "rolled-back-checkpoint": (log) => whenRead(log, { size: Math.max(log.store.size - 1, 0) }),
  "stale-checkpoint": ({ head }) => remembering(head),
  "missing-entry": ({ store, showing, submits: submits2 = isPost }) => asWith(() => showing(new LyingStore(store, { forgets: true })), submits2),
  "withheld-entries": ({ readsEntries }) => (request, right) => readsEntries(request) ? notFound2 : right(),
  "altered-entry": (log) => throughout(log, { spoil: { entry: log.spoilEntry } }),
  "wrong-root-hash": (log) => throughout(log, { spoil: { root: (root) => hashOf("sha256", root) } }),
  "wrong-inclusion-proof": (log) => throughout(log, { spoil: { inclusionProof: withLastWrong } })
};
var rekorLies = {
  "wrong-key-hint": ({ signer, changed }) => always(changed({ signers: [{ ...signer, keyHash: flipped(signer.keyHash, 0) }] })),
  "checkpoint-by-another-key": ({ signer: { name, key, keyHash }, changed }) => always(changed({ signers: [{ ...noteSigner(name, generateSigningKey(key.kind)), keyHash }] })),
  "wrong-origin": ({ changed }) => always(changed({ origin: "another-log.invalid" })),
  "split-view": (log) => whenRead(log, { replaced: strangeAt(0, log) }),
  "late-split-view": (log) => whenRead(log, { replaced: strangeAt(log.store.size, log) })
};
function logMisbehaviours(service, logOf) {
  return prefixed(
    service,
    mapRows(logLies, (lie) => (parts2) => lie(logOf(parts2)))
  );
}
function rekorMisbehaviours(service, logOf) {
  const lies2 = mapRows(rekorLies, (lie) => (parts2) => lie(logOf(parts2)));
  return { ...logMisbehaviours(service, logOf), ...prefixed(service, lies2) };
}
function wrongConsistencyProof2(log) {
  return throughout(log, { spoil: { consistencyProof: withLastWrong } });
}
function collectedPartials2(log) {
  const routes = log.showing(log.store);
  return async (request, right) => {
    const full = request.url.pathname.replace(/\.p\/\d+$/, "");
    if (full === request.url.pathname) return right();
    const route = routes.find(({ method, path }) => method === "GET" && matches(path, full));
    try {
      await route?.handle({ ...request, url: new URL(full, request.url) });
      return notFound2;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return right();
    }
  };
}
function throughout({ store, showing }, lie) {
  return always(showing(new LyingStore(store, lie)));
}
function whenRead({ store, showing, submits: submits2 = isPost }, lie) {
  const routes = showing(new LyingStore(store, lie));
  return asWith(
    () => routes,
    (request) => !submits2(request)
  );
}
function always(routes) {
  return asWith(() => routes);
}
function strangeAt(index, { strange }) {
  const store = strange();
  return { bytes: store.entry(0), leafHash: store.leafHash(0), time: store.time(0), index };
}
function withLastWrong(hashes) {
  return hashes.map((hash, at) => at === hashes.length - 1 ? flipped(hash, 0) : hash);
}
var logLies2 = logMisbehaviours("ct", servedLog);
var certificateLogMisbehaviours = {
  ...logLies2,
  // The authority submits to the log too.
  "ct:missing-entry": (parts2) => ({
    ct: logLies2["ct:missing-entry"](parts2),
    fulcio: certified(parts2, () => ({
      signedCertificateTimestamps: (precertificate) => {
        const { log } = parts2.certificateLog;
        return [log.showing(new LyingStore(log.store, { forgets: true })).submit(precertificate)];
      }
    }))
  }),
  "ct:wrong-consistency-proof": (parts2) => wrongConsistencyProof2(servedLog(parts2)),
  "ct:altered-tile": () => withBody((body) => flipped(body, 0), /\/tile\/\d/),
  "ct:collected-partials": (parts2) => collectedPartials2(servedLog(parts2)),
  "ct:wrong-tree-head-signature": () => withMembers(["tree_head_signature"], (signature) => flippedBase64(signature, -1))
};
function servedLog(parts2) {
  const { certificateLog, certificateLogPath: path } = parts2;
  const { log } = certificateLog;
  return {
    store: log.store,
    showing: (store) => certificateLog.over(log.showing(store)).routes(path),
    strange: () => strangeEntry(parts2),
    // A byte of the time.
    spoilEntry: (entry) => flipped(entry, 7),
    head: /\/ct\/v1\/get-sth$|\/checkpoint$/,
    readsEntries: ({ url }) => /\/ct\/v1\/get-entr|\/tile\/data\//.test(url.pathname)
  };
}
function strangeEntry({ storage, sources, fulcio }) {
  const log = new CertificateLog(sources.clock, { storage: storage.folder("ct") });
  if (log.store.size > 0) return log.store;
  fulcio.authority.issue({
    publicKey: generateSigningKey("P-256").publicKey,
    ...jobIdentity({ ...exampleJob }),
    signedCertificateTimestamps: (precertificate) => [log.submit(precertificate)]
  });
  return log.store;
}
function readTokenQuery({ searchParams }, example = {}) {
  const audience2 = searchParams.get("audience");
  const ttl = searchParams.get("ttl");
  const claims2 = [...searchParams].flatMap(([name, value]) => {
    const claim = name.startsWith("claim.") ? name.slice("claim.".length) : "";
    return claim === "" ? [] : [[claim, typeof example[claim] === "number" ? wholeNumber2(name, value) : value]];
  });
  return {
    claims: Object.fromEntries(claims2),
    ...audience2 === null ? {} : { audience: audience2 },
    ...ttl === null ? {} : { lifetimeSeconds: wholeNumber2("ttl", ttl) }
  };
}
function wholeNumber2(name, value) {
  if (/^-?\d{1,9}$/.test(value)) return Number(value);
  const message = `${name} is not a whole number.`;
  throw new Refusal(message, jsonResponse(400, { message }));
}
var PersonTokens = class {
  issuer;
  #sources;
  constructor(issuer, sources) {
    this.issuer = issuer;
    this.#sources = sources;
  }
  /** Returns a token for a person, by default for Fulcio. `overrides` replace or add claims. */
  token(email, overrides = {}) {
    return this.issuer.sign({
      iss: this.issuer.url,
      aud: "sigstore",
      sub: `person-${email}`,
      email,
      email_verified: true,
      ...tokenTimes(this.#sources.clock(), personTokenLifetimeSeconds),
      ...overrides
    });
  }
  /**
   * Returns `GET token?email=E&audience=A`, which gives scripts a token without a page. With `verified=false`, the address is not
   * verified; for the rest see `readTokenQuery`.
   */
  routes() {
    const { pathname } = new URL(this.issuer.url);
    return [{ method: "GET", path: `${pathname}/token`, handle: (request) => this.#answer(request) }];
  }
  async #answer({ url }) {
    const { audience: audience2 = "sigstore", claims: claims2, lifetimeSeconds: lifetimeSeconds2 = personTokenLifetimeSeconds } = readTokenQuery(url);
    const value = await this.token(url.searchParams.get("email") ?? "signer@example.com", {
      aud: audience2,
      email_verified: url.searchParams.get("verified") !== "false",
      ...tokenTimes(this.#sources.clock(), lifetimeSeconds2),
      ...claims2
    });
    return jsonResponse(200, { value });
  }
};
var personTokenLifetimeSeconds = 300;
var Html = class {
  markup;
  constructor(markup) {
    this.markup = markup;
  }
};
var entities = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
};
function html2(parts2, ...values) {
  const inserted = [...values.map(markupOf), ""];
  return new Html(parts2.map((part, index) => part + inserted[index]).join(""));
}
function markupOf(value) {
  if (typeof value === "string") return value.replace(/[&<>"']/g, (character) => entities[character] ?? "");
  return value instanceof Html ? value.markup : value.map(markupOf).join("");
}
var style = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --paper: #fff; --ground: #eef1f4; --line: #868e97;
  --accent: #0b5cad; --on-accent: #fff; --warn: #7a4d00; --warn-ground: #fff4d6; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #a9b1ba; --paper: #1d2126; --ground: #121518;
  --line: #7d8590; --accent: #8ab8f5; --on-accent: #10202f; --warn: #ffd98a; --warn-ground: #352a10; --bad: #ff9d94; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--ground);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 30rem; padding: 2rem; border-radius: .75rem; background: var(--paper);
  box-shadow: 0 1px 3px rgb(0 0 0 / .2); }
h1 { margin: 0 0 1rem; font-size: 1.4rem; line-height: 1.3; }
.notice { margin: 0 0 1.5rem; padding: .75rem 1rem; border-left: .25rem solid var(--warn); background: var(--warn-ground); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0 0 1.5rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
label { display: block; font-weight: 600; }
input { width: 100%; margin: .25rem 0 1rem; padding: .6rem .75rem; border: 1px solid var(--line); border-radius: .4rem;
  background: transparent; color: inherit; font: inherit; }
.code { font: 1.25rem/1.4 ui-monospace, monospace; letter-spacing: .05em; overflow-wrap: anywhere; user-select: all; }
.error { margin: 0 0 1rem; color: var(--bad); font-weight: 600; }
.actions { display: flex; gap: .75rem; }
button { padding: .6rem 1.25rem; border: 1px solid var(--accent); border-radius: .4rem; background: transparent;
  color: var(--accent); font: inherit; font-weight: 600; cursor: pointer; }
button.primary { background: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;
var styleHash = Buffer.from(hashOf("sha256", utf8(style))).toString("base64");
function page({ title, content, status = 200, formTarget = "" }) {
  const document = html2`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Countersign sandbox</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    `form-action 'self' ${formTarget}`.trim(),
    "base-uri 'none'",
    "frame-ancestors 'none'"
  ];
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy.join("; "),
      "x-content-type-options": "nosniff",
      // With 'no-referrer', browsers would send the form with the origin `null`, as they send those of other sites.
      "referrer-policy": "same-origin",
      "cache-control": "no-store"
    },
    body: utf8(document.markup)
  };
}
var notice = html2`<p class="notice"><strong>This is a sandbox for testing.</strong> It needs no password and accepts any email
address. Do not trust its signatures.</p>`;
var emailField = ({ email, error }) => html2`
<label for="email">Email address to sign in with</label>
<input id="email" name="email" type="email" value="${email}" autocomplete="email" required${marks(error)}>
${problem(error)}
<div class="actions">
<button class="primary" name="decision" value="approve">Sign in</button>
<button name="decision" value="deny" formnovalidate>Cancel</button>
</div>`;
var marks = (error) => error === void 0 ? html2` autofocus` : html2` autofocus aria-invalid="true" aria-describedby="problem"`;
var problem = (error) => error === void 0 ? html2`` : html2`<p class="error" id="problem" role="alert">${error}</p>`;
function loginPage({ action: action2, ticket, clientId: clientId2, redirectUri, formTarget, ...state }) {
  const next = redirectUri ?? "this page, which shows a code to copy";
  return page({
    title: "Sign in to the sandbox",
    status: state.error === void 0 ? 200 : 400,
    formTarget,
    content: html2`${notice}
<dl>
<dt>Requested by</dt><dd>${clientId2}</dd>
<dt>Continues to</dt><dd>${next}</dd>
</dl>
<form method="post" action="${action2}">
<input type="hidden" name="login" value="${ticket}">
${emailField(state)}
</form>`
  });
}
function devicePage({ action: action2, clientId: clientId2, userCode, ...state }) {
  return page({
    title: "Sign in on another device",
    status: state.error === void 0 ? 200 : 400,
    content: html2`${notice}
<p>Continue only if you started this sign-in yourself, and the waiting program shows the same code.</p>
<dl><dt>Requested by</dt><dd>${clientId2}</dd></dl>
<form method="post" action="${action2}">
<label for="user_code">Code</label>
<input id="user_code" name="user_code" class="code" value="${userCode}" autocomplete="off" autocapitalize="characters" spellcheck="false" required>
${emailField(state)}
</form>`
  });
}
function codePage(code) {
  return page({
    title: "Signed in",
    content: html2`${notice}
<p>Copy this code into the program that asks for it. It is valid once, for two minutes.</p>
<p class="code" id="code">${code}</p>`
  });
}
function messagePage(title, message) {
  return page({ title, content: html2`${notice}<p>${message}</p>` });
}
function errorPage(status, message) {
  return page({ title: "Sign-in failed", status, content: html2`${notice}<p role="alert">${message}</p>` });
}
var outOfBand = "urn:ietf:wg:oauth:2.0:oob";
function loopbackAddress(text2) {
  if (!URL.canParse(text2)) return void 0;
  const url = new URL(text2);
  const loopback2 = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  const plain2 = url.username === "" && url.password === "" && !text2.includes("#");
  return url.protocol === "http:" && loopback2 && plain2 ? url : void 0;
}
function policySource({ hostname, origin }) {
  return hostname.startsWith("[") ? "http:" : origin;
}
var noStore = { "cache-control": "no-store", pragma: "no-cache" };
function refuseClient(code, description) {
  const unauthorized2 = code === "invalid_client";
  const headers = { ...noStore, ...unauthorized2 ? { "www-authenticate": 'Basic realm="sandbox"' } : {} };
  throw new Refusal(
    description,
    jsonResponse(unauthorized2 ? 401 : 400, { error: code, error_description: description }, headers)
  );
}
function refusePerson(message, status = 400) {
  throw new Refusal(message, errorPage(status, message));
}
var clientId = "sigstore";
function parametersOf(source) {
  const names = [...source.keys()];
  return {
    get: (name) => source.get(name) || void 0,
    repeated: new Set(names.filter((name, index) => names.indexOf(name) !== index))
  };
}
function formOf({ headers, body }) {
  const [type = ""] = String(headers["content-type"] ?? "").split(";");
  const text2 = decodeUtf8(body);
  if (type.trim().toLowerCase() !== "application/x-www-form-urlencoded" || text2 === void 0) return void 0;
  return parametersOf(new URLSearchParams(text2));
}
function formOfClient(request) {
  const form = formOf(request) ?? refuseClient("invalid_request", "The request is not a form.");
  if (form.repeated.size > 0) refuseClient("invalid_request", "A parameter is repeated.");
  const [id, secret] = basicCredentials(request) ?? [form.get("client_id"), form.get("client_secret") ?? ""];
  if (id !== clientId || secret !== "") refuseClient("invalid_client", "Unknown client.");
  if ((form.get("client_id") ?? clientId) !== clientId) {
    refuseClient("invalid_request", "The header and the form name different clients.");
  }
  return form;
}
function basicCredentials({ headers }) {
  const { authorization } = headers;
  if (authorization === void 0) return void 0;
  const [, encoded = ""] = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(String(authorization)) ?? [];
  const [, id, secret = ""] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString()) ?? [];
  return [id, secret];
}
function formOfPerson(request, issuerUrl) {
  const { origin } = new URL(issuerUrl);
  if ((request.headers.origin ?? origin) !== origin) {
    refusePerson(`This form does not come from a page of the sandbox. Its pages are at ${origin}.`, 403);
  }
  return formOf(request) ?? refusePerson("This is not a form of the sandbox.");
}
var personDenied = "The person declined to sign in.";
function readAnswer(form) {
  const email = form.get("email") ?? "";
  if (form.get("decision") === "deny") return { kind: "denied" };
  if (isEmailAddress(email)) return { kind: "approved", email };
  return { kind: "invalid", email, error: "This is not an email address that a certificate can contain." };
}
var scopes = ["openid", "email"];
function missingScopes(parameters) {
  const asked = (parameters.get("scope") ?? "").split(" ");
  const missing = scopes.filter((scope) => !asked.includes(scope));
  return missing.length === 0 ? void 0 : `The scope lacks ${missing.join(" and ")}.`;
}
function isChallenge(text2) {
  return /^[A-Za-z0-9_-]{43}$/.test(text2);
}
function demandVerifier(form, challenge) {
  const verifier2 = form.get("code_verifier") ?? "";
  const hash = Buffer.from(hashOf("sha256", Buffer.from(verifier2))).toString("base64url");
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier2) || hash !== challenge) {
    refuseClient("invalid_grant", "The code_verifier does not match the code_challenge.");
  }
}
var maxHeld = 1e3;
var Tickets = class {
  #sources;
  #lifetimeSeconds;
  #held = /* @__PURE__ */ new Map();
  constructor(sources, lifetimeSeconds2) {
    this.#sources = sources;
    this.#lifetimeSeconds = lifetimeSeconds2;
  }
  issue(value) {
    const name = Buffer.from(this.#sources.random(32)).toString("base64url");
    this.#held.set(name, { value, expires: secondsAfter(this.#sources.clock(), this.#lifetimeSeconds) });
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= maxHeld) break;
      this.#held.delete(oldest);
    }
    return name;
  }
  /** Returns the value of a ticket that is valid, and spends the ticket. */
  take(name) {
    const held = this.#held.get(name);
    this.#held.delete(name);
    return held !== void 0 && this.#sources.clock() < held.expires ? held.value : void 0;
  }
};
var loginLifetimeSeconds = 600;
var codeLifetimeSeconds = 120;
var CodeFlow = class {
  endpoint;
  #issuerUrl;
  #logins;
  #codes;
  constructor(issuerUrl, sources) {
    this.endpoint = `${issuerUrl}/authorize`;
    this.#issuerUrl = issuerUrl;
    this.#logins = new Tickets(sources, loginLifetimeSeconds);
    this.#codes = new Tickets(sources, codeLifetimeSeconds);
  }
  routes() {
    const path = new URL(this.endpoint).pathname;
    return [
      { method: "GET", path, handle: ({ url }) => this.#begin(parametersOf(url.searchParams)) },
      { method: "POST", path, handle: (request) => this.#finish(request) }
    ];
  }
  /** Redeems a code (RFC 6749, section 4.1.3). The first try spends it, so that nobody can guess the rest. */
  redeem(form) {
    for (const name of ["code", "redirect_uri", "code_verifier"]) {
      if (form.get(name) === void 0) refuseClient("invalid_request", `The parameter ${name} is missing.`);
    }
    const authorization = this.#codes.take(form.get("code") ?? "") ?? refuseClient("invalid_grant", "The code is not valid, was used already, or has expired.");
    if (authorization.redirectUri !== form.get("redirect_uri")) {
      refuseClient("invalid_grant", "The code was issued for another redirect_uri.");
    }
    demandVerifier(form, authorization.challenge);
    return authorization;
  }
  #begin(parameters) {
    const back = returnAddress(parameters);
    const request = readRequest2(parameters, back);
    if ("error" in request) return this.#answer(back, request);
    return this.#loginPage(request, { email: parameters.get("login_hint") ?? "" });
  }
  #finish(request) {
    const form = formOfPerson(request, this.#issuerUrl);
    const asked = this.#logins.take(form.get("login") ?? "") ?? refusePerson("This form was already sent or has expired. Start again in the program that opened it.");
    const answer = readAnswer(form);
    switch (answer.kind) {
      case "approved":
        return this.#answer(asked, { code: this.#codes.issue({ ...asked, email: answer.email }) });
      case "denied":
        return this.#answer(asked, { error: "access_denied", error_description: personDenied });
      case "invalid":
        return this.#loginPage(asked, answer);
    }
  }
  #loginPage(asked, { email, error }) {
    const address2 = loopbackAddress(asked.redirectUri);
    return loginPage({
      action: new URL(this.endpoint).pathname,
      ticket: this.#logins.issue(asked),
      clientId,
      redirectUri: address2?.href,
      formTarget: address2 === void 0 ? "" : policySource(address2),
      email,
      error
    });
  }
  /** Sends the browser back with the answer (RFC 6749, section 4.1.2) and the name of the issuer (RFC 9207). */
  #answer({ redirectUri, state }, answer) {
    const address2 = loopbackAddress(redirectUri);
    if (address2 === void 0)
      return "code" in answer ? codePage(answer.code) : errorPage(400, answer.error_description);
    const parts2 = { ...answer, ...state === void 0 ? {} : { state }, iss: this.#issuerUrl };
    for (const [name, value] of Object.entries(parts2)) address2.searchParams.set(name, value);
    return { status: 303, headers: { ...noStore, location: address2.href }, body: new Uint8Array() };
  }
};
function returnAddress(parameters) {
  const redirectUri = parameters.get("redirect_uri") ?? "";
  if (parameters.get("client_id") !== clientId || parameters.repeated.has("client_id")) {
    refusePerson(`The program that sent you here is unknown: its client_id is not "${clientId}".`);
  }
  const known = redirectUri === outOfBand || loopbackAddress(redirectUri) !== void 0;
  if (!known || parameters.repeated.has("redirect_uri")) {
    refusePerson(
      `The sandbox redirects only to programs on this machine: the redirect_uri must be an http URL of localhost, 127.0.0.1 or [::1], or ${outOfBand}.`
    );
  }
  return { redirectUri, state: parameters.get("state") };
}
function readRequest2(parameters, back) {
  const refused = (error, description) => ({
    error,
    error_description: description
  });
  const challenge = parameters.get("code_challenge") ?? "";
  if (parameters.repeated.size > 0) return refused("invalid_request", "A parameter is repeated.");
  if (parameters.get("response_type") !== "code") {
    return refused("unsupported_response_type", "The response_type must be code.");
  }
  if (!isChallenge(challenge)) return refused("invalid_request", "A code_challenge is required (RFC 7636).");
  if (parameters.get("code_challenge_method") !== "S256") {
    return refused("invalid_request", "The code_challenge_method must be S256.");
  }
  const missing = missingScopes(parameters);
  if (missing !== void 0) return refused("invalid_scope", missing);
  if (parameters.get("prompt") === "none") {
    return refused("login_required", "A person has to enter an email address; the sandbox has no sessions.");
  }
  return { ...back, challenge, nonce: parameters.get("nonce") };
}
var deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";
var lifetimeSeconds = 600;
var intervalSeconds = 1;
var slowDownSeconds = 5;
var maxHeld2 = 100;
var letters = "BCDFGHJKLMNPQRSTVWXZ";
var DeviceFlow = class {
  endpoint;
  verificationUri;
  #issuerUrl;
  #sources;
  #held = /* @__PURE__ */ new Map();
  constructor(issuerUrl, sources) {
    this.endpoint = `${issuerUrl}/device/code`;
    this.verificationUri = `${issuerUrl}/device`;
    this.#issuerUrl = issuerUrl;
    this.#sources = sources;
  }
  routes() {
    const path = new URL(this.verificationUri).pathname;
    const page2 = ({ searchParams }) => this.#page(searchParams.get("user_code") ?? "", { email: "" });
    return [
      { method: "POST", path: new URL(this.endpoint).pathname, handle: (request) => this.#begin(request) },
      { method: "GET", path, handle: ({ url }) => page2(url) },
      { method: "POST", path, handle: (request) => this.#decide(request) }
    ];
  }
  /** Returns whose token the program gets, once the person has decided (RFC 8628, sections 3.4 and 3.5). */
  redeem(form) {
    const code = form.get("device_code") ?? refuseClient("invalid_request", "The parameter device_code is missing.");
    const held = this.#held.get(code) ?? refuseClient("invalid_grant", "The device_code is not known.");
    const now = this.#sources.clock();
    if (held.challenge !== void 0) demandVerifier(form, held.challenge);
    if (now >= held.expires) refuseClient("expired_token", "Nobody signed in in time.");
    const early = now < held.nextPoll;
    if (early) held.intervalSeconds += slowDownSeconds;
    held.nextPoll = secondsAfter(now, held.intervalSeconds);
    if (early) refuseClient("slow_down", `Ask every ${held.intervalSeconds} seconds.`);
    if (held.answer === void 0) return refuseClient("authorization_pending", "Nobody has signed in yet.");
    this.#held.delete(code);
    if (held.answer.kind === "denied") refuseClient("access_denied", personDenied);
    return held.answer;
  }
  #begin(request) {
    const form = formOfClient(request);
    const missing = missingScopes(form);
    if (missing !== void 0) refuseClient("invalid_scope", missing);
    const challenge = form.get("code_challenge");
    if (challenge !== void 0 && (!isChallenge(challenge) || form.get("code_challenge_method") !== "S256")) {
      refuseClient("invalid_request", "The code_challenge_method must be S256.");
    }
    const now = this.#sources.clock();
    const deviceCode = Buffer.from(this.#sources.random(32)).toString("base64url");
    const userCode = this.#freshUserCode();
    const expires = secondsAfter(now, lifetimeSeconds);
    const held = { deviceCode, userCode, challenge, expires, nextPoll: now, intervalSeconds, answer: void 0 };
    this.#held.set(deviceCode, held);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= maxHeld2) break;
      this.#held.delete(oldest);
    }
    const body = {
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: this.verificationUri,
      verification_uri_complete: `${this.verificationUri}?user_code=${userCode}`,
      expires_in: lifetimeSeconds,
      interval: intervalSeconds
    };
    return jsonResponse(200, body, noStore);
  }
  #decide(request) {
    const form = formOfPerson(request, this.#issuerUrl);
    const userCode = form.get("user_code") ?? "";
    const held = this.#waitingFor(userCode);
    if (held === void 0) {
      const email = form.get("email") ?? "";
      return this.#page(userCode, { email, error: "No program is waiting for this code." });
    }
    const answer = readAnswer(form);
    if (answer.kind === "invalid") return this.#page(userCode, answer);
    held.answer = answer;
    const [title, message] = answer.kind === "denied" ? ["Not signed in", "The program was told that you declined. You can close this page."] : ["Signed in", "The waiting program continues by itself. You can close this page."];
    return messagePage(title, message);
  }
  #page(userCode, { email, error }) {
    return devicePage({ action: new URL(this.verificationUri).pathname, clientId, userCode, email, error });
  }
  /** Finds the program that waits for a code, which may be typed in small letters or without the hyphen (RFC 8628, section 6.1). */
  #waitingFor(typed) {
    const plain2 = (code) => code.toUpperCase().replace(/[^A-Z]/g, "");
    const now = this.#sources.clock();
    return [...this.#held.values()].find(
      ({ userCode, answer, expires }) => plain2(userCode) === plain2(typed) && answer === void 0 && now < expires
    );
  }
  #freshUserCode() {
    let code = "";
    while (code.length < 8) {
      for (const byte of this.#sources.random(16)) if (byte < 240) code += letters[byte % letters.length];
    }
    return `${code.slice(0, 4)}-${code.slice(4, 8)}`;
  }
};
var claims = ["sub", "aud", "exp", "iat", "iss", "nbf", "nonce", "at_hash", "email", "email_verified"];
var AuthorizationServer = class {
  #tokens;
  #codeFlow;
  #deviceFlow;
  constructor(tokens, sources) {
    this.#tokens = tokens;
    this.#codeFlow = new CodeFlow(tokens.issuer.url, sources);
    this.#deviceFlow = new DeviceFlow(tokens.issuer.url, sources);
  }
  /** Returns the discovery document with the endpoints of RFC 8414, and the endpoints. */
  routes() {
    const { issuer } = this.#tokens;
    const tokenEndpoint = `${issuer.url}/token`;
    const metadata = {
      authorization_endpoint: this.#codeFlow.endpoint,
      token_endpoint: tokenEndpoint,
      device_authorization_endpoint: this.#deviceFlow.endpoint,
      response_types_supported: ["code"],
      response_modes_supported: ["query"],
      grant_types_supported: ["authorization_code", deviceGrant],
      subject_types_supported: ["public"],
      scopes_supported: scopes,
      token_endpoint_auth_methods_supported: ["client_secret_basic", "none"],
      code_challenge_methods_supported: ["S256"],
      authorization_response_iss_parameter_supported: true
    };
    return [
      ...discoveryRoutes(issuer, claims, { metadata }),
      ...this.#codeFlow.routes(),
      ...this.#deviceFlow.routes(),
      { method: "POST", path: new URL(tokenEndpoint).pathname, handle: (request) => this.#exchange(request) }
    ];
  }
  async #exchange(request) {
    const { email, nonce } = this.#redeem(formOfClient(request));
    const accessToken = await this.#tokens.token(email);
    const idToken = await this.#tokens.token(email, {
      aud: clientId,
      at_hash: accessTokenHash(accessToken),
      ...nonce === void 0 ? {} : { nonce }
    });
    const body = {
      access_token: accessToken,
      token_type: "Bearer",
      expires_in: personTokenLifetimeSeconds,
      scope: scopes.join(" "),
      id_token: idToken
    };
    return jsonResponse(200, body, noStore);
  }
  #redeem(form) {
    switch (form.get("grant_type")) {
      case "authorization_code":
        return this.#codeFlow.redeem(form);
      case deviceGrant:
        return this.#deviceFlow.redeem(form);
      case void 0:
        return refuseClient("invalid_request", "The parameter grant_type is missing.");
      default:
        return refuseClient("unsupported_grant_type", "There are codes, and devices, and nothing else.");
    }
  }
};
function accessTokenHash(token) {
  return Buffer.from(hashOf("sha256", Buffer.from(token)).subarray(0, 16)).toString("base64url");
}
var oneHour = 3600;
var oidcMisbehaviours = {
  "oidc:expired-token": saying((now) => ({ exp: now - 10, iat: now - 310, nbf: now - 910 })),
  "oidc:future-token": saying((now) => ({ nbf: now + oneHour, iat: now + oneHour, exp: now + 2 * oneHour })),
  "oidc:another-audience": saying(() => ({ aud: "another-audience" })),
  "oidc:another-issuer": saying(() => ({ iss: "https://another-issuer.invalid" })),
  "oidc:without-subject": saying(() => ({ sub: void 0, email: void 0 })),
  "oidc:without-email": saying(
    (_, claims2) => "email" in claims2 ? { email: void 0, email_verified: void 0 } : {}
  ),
  "oidc:unverified-email": saying((_, claims2) => "email" in claims2 ? { email_verified: false } : {}),
  "oidc:another-nonce": saying((_, claims2) => "nonce" in claims2 ? { nonce: "another nonce" } : {}),
  "oidc:another-state": () => withRedirect((answer) => answer.set("state", "another state")),
  "oidc:another-redirect-issuer": () => withRedirect((answer) => answer.set("iss", "https://another-issuer.invalid")),
  "oidc:without-redirect-issuer": () => withRedirect((answer) => answer.delete("iss")),
  "oidc:failed-login": () => withRedirect((answer) => {
    answer.delete("code");
    answer.set("error", "server_error");
  }),
  "oidc:refused-code": () => async (request, right) => isPost(request) && request.url.pathname.endsWith("/token") ? refusedCode : right(),
  "oidc:another-key": ({ tokenIssuers }) => {
    const strangers = tokenIssuers.map(({ url }) => createTokenIssuer(url));
    return withTokens((claims2) => issuerOf(strangers, claims2).sign(claims2));
  }
};
var refusedCode = jsonResponse(400, { error: "invalid_grant", error_description: "The code is not valid." });
function withRedirect(change) {
  return async (_, right) => {
    const response = await right();
    const { location } = response.headers;
    if (location === void 0) return response;
    const url = new URL(location);
    change(url.searchParams);
    return { ...response, headers: { ...response.headers, location: url.href } };
  };
}
function saying(changes) {
  return ({ tokenIssuers, sources }) => withTokens((claims2) => {
    const said = { ...claims2, ...changes(Math.floor(sources.clock().getTime() / 1e3), claims2) };
    return issuerOf(tokenIssuers, claims2).sign(JSON.parse(JSON.stringify(said)));
  });
}
function issuerOf(issuers, { iss }) {
  const issuer = issuers.find(({ url }) => url === iss);
  if (issuer === void 0) throw new RangeError(`no issuer ${String(iss)}`);
  return issuer;
}
function withTokens(make) {
  return withJson(async (json2) => {
    if (typeof json2 !== "object" || json2 === null || Array.isArray(json2)) return json2;
    const members2 = { ...json2 };
    for (const name of ["value", "access_token", "id_token"]) {
      const claims2 = claimsOf(members2[name]);
      if (claims2 === void 0) continue;
      const hash = "at_hash" in claims2 ? { at_hash: accessTokenHash(String(members2.access_token)) } : {};
      members2[name] = await make({ ...claims2, ...hash });
    }
    return members2;
  });
}
function claimsOf(value) {
  return typeof value === "string" && value.split(".").length === 3 ? decodeJwt(value) : void 0;
}
var forms = [
  ["uploads", /^\/v2\/(.+)\/blobs\/uploads\/?()$/s],
  ["upload", /^\/v2\/(.+)\/blobs\/uploads\/([^/]+)$/s],
  ["blob", /^\/v2\/(.+)\/blobs\/([^/]+)$/s],
  ["manifest", /^\/v2\/(.+)\/manifests\/([^/]+)$/s],
  ["tags", /^\/v2\/(.+)\/tags\/list()$/s],
  ["referrers", /^\/v2\/(.+)\/referrers\/([^/]+)$/s]
];
var nameGrammar = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
var tagGrammar = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
var digestGrammar = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;
var maxNameLength = 255;
function readEndpoint(pathname) {
  const path = decoded(pathname);
  for (const [kind, form] of forms) {
    const [found, name = "", reference = ""] = form.exec(path) ?? [];
    if (found === void 0) continue;
    if (!isName(name)) refuseRegistry("NAME_INVALID", "invalid repository name");
    return { kind, name, reference };
  }
  return refusePlainly(404, "404 page not found");
}
function isName(text2) {
  return text2.length <= maxNameLength && nameGrammar.test(text2);
}
function isTag(text2) {
  return tagGrammar.test(text2);
}
function isDigest(text2) {
  return digestGrammar.test(text2);
}
function demandReference(reference) {
  if (isTag(reference)) return reference;
  if (reference.includes(":")) return demandDigest(reference);
  return refuseRegistry("MANIFEST_INVALID", "the reference is neither a tag nor a digest");
}
function demandDigest(text2) {
  if (text2 !== null && isDigest(text2)) return text2;
  return refuseRegistry("DIGEST_INVALID", "the digest is none, or of an algorithm that is not supported");
}
function canonicalDigest(bytes2) {
  return `sha256:${encodeHex(hashOf("sha256", bytes2))}`;
}
function demandMatch(digest, bytes2) {
  const right = digest.startsWith("sha512:") ? `sha512:${encodeHex(hashOf("sha512", bytes2))}` : canonicalDigest(bytes2);
  if (digest === right) return;
  refuseRegistry("DIGEST_INVALID", "provided digest did not match uploaded content", { detail: { digest } });
}
function decoded(pathname) {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return refuseRegistry("NAME_INVALID", "the path is not UTF-8, percent-encoded");
  }
}
var indexType = "application/vnd.oci.image.index.v1+json";
var imageTypes = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json"
];
var indexTypes = [indexType, "application/vnd.docker.distribution.manifest.list.v2+json"];
function readOutline(mediaType, bytes2) {
  const isImage = imageTypes.includes(mediaType);
  if (!isImage && !indexTypes.includes(mediaType)) return { blobs: [], manifests: [] };
  const manifest = demandObject(parsed(bytes2), "the manifest");
  if (manifest.schemaVersion !== 2) invalid2("schemaVersion is not 2");
  if ((manifest.mediaType ?? mediaType) !== mediaType) invalid2("mediaType is not the Content-Type");
  return { ...isImage ? imageParts(manifest) : indexParts(manifest), ...listing(manifest) };
}
function imageParts(manifest) {
  const config = demandDescriptor(manifest.config, "config");
  const layers = demandList(manifest.layers, "layers");
  const blobs = [config, ...layers].filter(isHeldHere).map(digestOf);
  return { blobs, manifests: [], ...artifactTypeOf(manifest.artifactType || config.mediaType) };
}
function indexParts({ manifests, artifactType }) {
  const listed = demandList(manifests, "manifests").map(digestOf);
  return { blobs: [], manifests: listed, ...artifactTypeOf(artifactType) };
}
function artifactTypeOf(artifactType) {
  return typeof artifactType === "string" && artifactType !== "" ? { artifactType } : {};
}
function listing({ subject, annotations }) {
  return {
    ...subject === void 0 ? {} : { subject: digestOf(demandDescriptor(subject, "subject")) },
    ...annotations === void 0 ? {} : { annotations: demandObject(annotations, "annotations") }
  };
}
function isHeldHere({ urls }) {
  return !Array.isArray(urls) || urls.length === 0;
}
function digestOf({ digest }) {
  return String(digest);
}
function demandList(value, what) {
  if (!Array.isArray(value)) return invalid2(`${what} is not a list`);
  return value.map((one) => demandDescriptor(one, what));
}
function demandDescriptor(value, what) {
  const descriptor = demandObject(value, what);
  const { mediaType, digest, size } = descriptor;
  const isRight = typeof mediaType === "string" && typeof digest === "string" && isDigest(digest);
  return isRight && Number.isSafeInteger(size) ? descriptor : invalid2(`${what} is not a descriptor`);
}
function demandObject(value, what) {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? value : invalid2(`${what} is not an object`);
}
function parsed(bytes2) {
  try {
    return parseJson(bytes2);
  } catch (error) {
    if (error instanceof CountersignError) return invalid2(error.message);
    throw error;
  }
}
function invalid2(problem2) {
  return refuseRegistry("MANIFEST_INVALID", `manifest invalid: ${problem2}`);
}
var registryMisbehaviours = {
  "registry:altered-manifest": () => withContent(/\/manifests\//, withOtherDigest),
  "registry:altered-blob": () => withContent(/\/blobs\//, (body) => body.length > 0 ? flipped(body, -1) : body),
  "registry:forgotten-manifest": ({ registries }) => (request, right) => {
    const registry = registries.find(({ origin }) => origin === request.url.origin);
    return asWith(() => registry?.routes({ forgetful: true }) ?? [], isPutOfManifest)(request, right);
  },
  "registry:moved-tag": movedTags,
  "registry:redirected-blobs": redirectedBlobs,
  "registry:missing-manifest": missingManifests,
  "registry:large-headers": () => async (_, right) => {
    const answer = await right();
    const padding = Array.from({ length: 6 }, (_2, at) => [`x-padding-${at}`, "a".repeat(4096)]);
    return { ...answer, headers: { ...answer.headers, ...Object.fromEntries(padding) } };
  }
};
function isRead({ method }) {
  return method === "GET" || method === "HEAD";
}
function isPutOfManifest({ method, url }) {
  return method === "PUT" && url.pathname.includes("/manifests/");
}
function withContent(path, change) {
  return async (request, right) => {
    const answer = await right();
    const isMeant = isRead(request) && answer.status === 200 && path.test(request.url.pathname);
    return isMeant ? { ...answer, body: change(answer.body) } : answer;
  };
}
function withOtherDigest(manifest) {
  const namesSomething = /"sha(?:256|512):/.test(decodeUtf8(manifest) ?? "");
  return namesSomething ? withOtherCharacter(manifest) : new Uint8Array([...manifest, 32]);
}
function manifestPath({ url }) {
  const [, repository, reference] = /^(.+)\/manifests\/([^/]+)$/.exec(url.pathname) ?? [];
  return repository === void 0 || reference === void 0 ? void 0 : [repository, decodeURIComponent(reference)];
}
var referrersTag = /^sha(?:256|512)-[0-9a-f]+$/;
function movedTags() {
  const read = /* @__PURE__ */ new Set();
  const moved = /* @__PURE__ */ new Map();
  return async (request, right) => {
    const [repository, reference] = manifestPath(request) ?? ["", ""];
    if (!isRead(request) || reference === "") return right();
    const known = moved.get(repository + reference);
    if (known !== void 0) return known;
    const answer = await right();
    if (answer.status !== 200 || !isTag(reference) || referrersTag.test(reference)) return answer;
    const tag = `${request.url.origin}${repository}:${reference}`;
    if (!read.has(tag)) {
      read.add(tag);
      return answer;
    }
    const other = annotated(answer);
    moved.set(repository + String(other.headers["docker-content-digest"]), other);
    return other;
  };
}
function annotated(answer) {
  const manifest = parseJson(answer.body);
  const body = utf8(JSON.stringify({ ...manifest, annotations: { "sandbox.countersign.moved": "true" } }));
  const digest = canonicalDigest(body);
  return { ...answer, headers: { ...answer.headers, "docker-content-digest": digest, etag: `"${digest}"` }, body };
}
function redirectedBlobs({ blobs }) {
  return async (request, right) => {
    const answer = await right();
    const digest = answer.headers["docker-content-digest"];
    const isBlob = request.method === "GET" && request.url.pathname.includes("/blobs/");
    if (!isBlob || answer.status !== 200) return answer;
    const path = `/registry/${String(digest).replace(":", "-")}`;
    blobs.keep(path, answer.body);
    return { status: 307, headers: { location: blobs.downloadUrl(path) }, body: new Uint8Array() };
  };
}
function missingManifests() {
  const listed = /* @__PURE__ */ new Set();
  return async (request, right) => {
    const answer = await right();
    if (!isRead(request) || answer.status !== 200) return answer;
    const [, reference] = manifestPath(request) ?? [];
    if (reference !== void 0 && listed.has(reference)) {
      return registryError("MANIFEST_UNKNOWN", "manifest unknown to registry");
    }
    if (answer.headers["content-type"] === indexType) for (const digest of digestsOf2(answer.body)) listed.add(digest);
    return answer;
  };
}
function digestsOf2(index) {
  const { manifests = [] } = JSON.parse(
    decodeUtf8(index) ?? ""
  );
  return manifests.map(({ digest }) => digest);
}
var maxEntryLength = 65535;
var TransparencyLog = class _TransparencyLog {
  origin;
  signer;
  store;
  #clock;
  #maxEntryLength;
  #witnesses;
  #checkpoints;
  #seen;
  #frozen;
  constructor({ origin, kind = "Ed25519", key, signerName = origin, ...options }) {
    this.origin = origin;
    this.signer = noteSigner(signerName, key ?? generateSigningKey(kind));
    this.store = options.store ?? new LogStore();
    this.#clock = options.clock ?? systemSources.clock;
    this.#maxEntryLength = options.maxEntryLength ?? maxEntryLength;
    this.#witnesses = options.witnesses ?? [];
    this.#checkpoints = options.checkpoints ?? {};
    this.#seen = options.seen ?? ((size, root) => size <= this.size && equalBytes(root, this.root(size)));
  }
  get size() {
    return this.store.size;
  }
  /** The id of the log in a trusted root (`logId.keyId`). */
  get logId() {
    return this.signer.keyHash;
  }
  /** SubjectPublicKeyInfo, DER. */
  get publicKey() {
    return this.signer.key.publicKey;
  }
  /** Appends an entry, which can be found by its leaf's hash and by each of these keys, which are hashes. Returns its index. */
  append(body, keys = []) {
    if (this.#frozen !== void 0) throw new RangeError("the log is frozen");
    if (body.length > this.#maxEntryLength) throw new RangeError(`an entry of ${body.length} bytes`);
    return this.store.append({ bytes: body, leafHash: leafHash(body), time: this.#clock(), keys });
  }
  body(index) {
    return this.store.entry(index);
  }
  root(size) {
    return this.store.tree.root(size);
  }
  inclusionProof(index, size) {
    return this.store.tree.inclusionProof(index, size);
  }
  consistencyProof(first, second) {
    return this.store.tree.consistencyProof(first, second);
  }
  /** The time at which the log was frozen, if it was. */
  get frozen() {
    return this.#frozen;
  }
  /** Freezes the log: it refuses new entries, and its last checkpoint says so. */
  freeze(time2) {
    this.#frozen = time2;
  }
  /** Returns a signed checkpoint, of the current size unless changed. */
  checkpoint(changes = {}) {
    const overrides = { ...this.#checkpoints, ...changes };
    const {
      origin = this.origin,
      size = this.size,
      root = this.root(size),
      extensionLines = this.#extension(size)
    } = overrides;
    const isOwn = origin === this.origin && this.#seen(size, root);
    const { signers = [this.signer, ...isOwn ? this.#witnesses : []] } = overrides;
    return signNote(checkpointText({ origin, size, root, extensionLines }), signers);
  }
  #extension(size) {
    return this.#frozen === void 0 || size < this.size ? [] : [frozenLine(this.#frozen)];
  }
  /** Returns a log of the same name and key that shows another store or other checkpoints. Witnesses cosign only its true, current state. */
  showing({
    store = this.store,
    checkpoints = {}
  }) {
    const { name: signerName, key } = this.signer;
    const seen = (size, root) => size === this.size && equalBytes(root, this.root(size));
    const limit = { maxEntryLength: this.#maxEntryLength };
    const own = { origin: this.origin, signerName, key, clock: this.#clock, witnesses: this.#witnesses, ...limit };
    return new _TransparencyLog({ ...own, store, checkpoints, seen });
  }
  /** Returns an entry with its inclusion proof in the current tree. */
  entry(index) {
    return {
      logIndex: String(index),
      logId: { keyId: encodeBase64(this.logId) },
      kindVersion: { kind: "hashedrekord", version: "0.0.2" },
      integratedTime: "0",
      inclusionPromise: null,
      inclusionProof: {
        logIndex: String(index),
        rootHash: encodeBase64(this.root()),
        treeSize: String(this.size),
        hashes: this.inclusionProof(index).map(encodeBase64),
        checkpoint: { envelope: this.checkpoint() }
      },
      canonicalizedBody: encodeBase64(this.body(index))
    };
  }
};
function frozenLine(time2) {
  const [day2, date, month, year, clock] = time2.toUTCString().replace(",", "").split(" ");
  return `Log frozen \u2014 ${day2} ${month} ${String(Number(date)).padStart(2)} ${clock} UTC ${year}`;
}
function memberAt2(value, ...path) {
  return path.reduce(
    (at, name) => typeof at === "object" && at !== null && !Array.isArray(at) && Object.hasOwn(at, name) ? at[name] : void 0,
    value
  );
}
function textAt(value, ...path) {
  const text2 = memberAt2(value, ...path);
  return typeof text2 === "string" && text2 !== "" ? text2 : void 0;
}
function listAt(value, ...path) {
  const list = memberAt2(value, ...path);
  return Array.isArray(list) ? list : [];
}
function readJson(json2, otherwise) {
  try {
    return parseJson(json2);
  } catch {
    return otherwise();
  }
}
function readBase64(text2, what) {
  try {
    return decodeBase64(text2);
  } catch {
    return refuseEntry(`failed parsing base64 data for ${what}: illegal base64 data`);
  }
}
function readVerifier(base64) {
  const pem = Buffer.from(readBase64(base64, "public key content")).toString("latin1").trim();
  try {
    if (pem.startsWith("-----BEGIN CERTIFICATE-----")) {
      const { publicKey, raw } = new X509Certificate2(pem);
      return verifier(publicKey, encodePem("CERTIFICATE", new Uint8Array(raw)), alternativeNames(new Uint8Array(raw)));
    }
    if (pem.startsWith("-----BEGIN PUBLIC KEY-----")) {
      const key = createPublicKey5(pem);
      return verifier(key, encodePem("PUBLIC KEY", subjectPublicKeyInfo(key)), []);
    }
  } catch {
  }
  return refuseEntry("invalid public key: failure decoding PEM");
}
function verifier(key, pem, subjects) {
  return { key, canonical: encodeBase64(utf8(pem)), hash: encodeHex(hashOf("sha256", utf8(pem))), subjects };
}
function checkDsse(spec) {
  const text2 = textAt(spec, "proposedContent", "envelope") ?? refuseEntry("proposed content envelope is missing");
  const envelope = readJson(text2, () => refuseEntry("invalid character in envelope"));
  const payload = readBase64(textAt(envelope, "payload") ?? "", "payload");
  const payloadType = textAt(envelope, "payloadType") ?? "";
  const signatures = listAt(envelope, "signatures").map((signature) => textAt(signature, "sig") ?? "");
  if (signatures.length === 0) refuseEntry("DSSE envelope must contain 1 or more signatures");
  const verifiers = listAt(spec, "proposedContent", "verifiers").map(
    (verifier2) => readVerifier(typeof verifier2 === "string" ? verifier2 : "")
  );
  const pairs = pair(preAuthenticationEncoding(payloadType, payload), signatures, verifiers);
  const [envelopeHash, payloadHash] = [sha256(utf8(text2)), sha256(payload)];
  return {
    spec: { envelopeHash, payloadHash, signatures: pairs.sort((a, b) => a.signature < b.signature ? -1 : 1) },
    keys: [
      // Rekor writes the algorithm before the hash of the key here, and not elsewhere.
      ...verifiers.flatMap(({ hash, subjects }) => [`sha256:${hash}`, ...subjects]),
      ...[envelopeHash, payloadHash].map(({ algorithm, value }) => `${algorithm}:${value}`),
      ...payloadType === "application/vnd.in-toto+json" ? statementKeys(payload) : []
    ]
  };
}
function statementKeys(payload) {
  const statement = readJson(payload, () => void 0);
  const described = [...listAt(statement, "subject"), ...listAt(statement, "predicate", "materials")];
  return described.flatMap(
    (one) => Object.entries(memberAt2(one, "digest") ?? {}).flatMap(
      ([algorithm, value]) => typeof value === "string" ? [`${algorithm}:${value}`] : []
    )
  );
}
function pair(signed, signatures, verifiers) {
  const left = new Set(signatures);
  const pairs = [];
  for (const { key, canonical } of verifiers) {
    if (left.size === 0) break;
    const hash = key.asymmetricKeyType === "ed25519" ? null : "sha256";
    const made = [...left].filter((signature) => verify3(hash, signed, key, readBase64(signature, "signature")));
    if (made.length === 0)
      refuseEntry("could not verify envelope: accepted signatures do not match threshold, Found: 0, Expected 1");
    for (const signature of made) {
      left.delete(signature);
      pairs.push({ signature, verifier: canonical });
    }
  }
  if (left.size > 0) refuseEntry("all signatures must have a key that verifies it");
  return pairs;
}
function sha256(bytes2) {
  return { algorithm: "sha256", value: encodeHex(hashOf("sha256", bytes2)) };
}
var curves = {
  "P-256": { name: "prime256v1", hash: "sha256", noble: p256 },
  "P-384": { name: "secp384r1", hash: "sha384", noble: p384 },
  "P-521": { name: "secp521r1", hash: "sha512", noble: p521 }
};
var messages2 = [utf8("a message of our choice"), utf8("another")];
function verifyDigest(curve, key, signature, digest) {
  const { Point, Signature } = curve.noble;
  const { Fn } = Point;
  const { r } = Signature.fromBytes(signature, "der");
  const { x = "", y = "", ...jwk } = key.export({ format: "jwk" });
  const point = Point.fromAffine({ x: integer(Buffer.from(x, "base64url")), y: integer(Buffer.from(y, "base64url")) });
  for (const message of messages2) {
    const chosen = hashOf(curve.hash, message);
    const shift = Fn.div(Fn.sub(Fn.create(integer(digest)), Fn.create(integer(chosen))), r);
    const moved = shift === 0n ? point : point.add(Point.fromBytes(multipleOfBase(curve, Fn.toBytes(shift))));
    if (moved.is0()) continue;
    const bytes2 = Buffer.from(moved.toBytes(false).subarray(1));
    const [left, right] = [bytes2.subarray(0, bytes2.length / 2), bytes2.subarray(bytes2.length / 2)];
    const movedJwk = { ...jwk, x: left.toString("base64url"), y: right.toString("base64url") };
    return verify4(curve.hash, message, createPublicKey6({ format: "jwk", key: movedJwk }), signature);
  }
  return false;
}
function multipleOfBase({ name }, factor) {
  const exchange = createECDH(name);
  exchange.setPrivateKey(factor);
  return new Uint8Array(exchange.getPublicKey());
}
function integer(bytes2) {
  return BigInt(`0x${Buffer.from(bytes2).toString("hex")}`);
}
var acceptedKeyDetails = [
  ecdsa("PKIX_ECDSA_P256_SHA_256", 5, curves["P-256"]),
  ecdsa("PKIX_ECDSA_P384_SHA_384", 12, curves["P-384"]),
  ecdsa("PKIX_ECDSA_P521_SHA_512", 13, curves["P-521"]),
  rsa("PKIX_RSA_PKCS1V15_2048_SHA256", 9, 2048),
  rsa("PKIX_RSA_PKCS1V15_3072_SHA256", 10, 3072),
  rsa("PKIX_RSA_PKCS1V15_4096_SHA256", 11, 4096),
  {
    name: "PKIX_ED25519_PH",
    number: 8,
    hash: "sha512",
    matches: (key) => key.asymmetricKeyType === "ed25519",
    verifies: accepting(
      (key, signature, digest) => ed25519OfDigest.verify(signature, digest, keyBits(subjectPublicKeyInfo(key)))
    )
  }
];
function readVerifierKey(kind, bytes2) {
  try {
    if (kind === "x509Certificate") return new X509Certificate3(bytes2).publicKey;
    return createPublicKey7({ key: Buffer.from(bytes2), format: "der", type: "spki" });
  } catch {
    return void 0;
  }
}
function ecdsa(name, number2, curve) {
  return {
    name,
    number: number2,
    hash: curve.hash,
    matches: (key) => key.asymmetricKeyType === "ec" && key.asymmetricKeyDetails?.namedCurve === curve.name,
    verifies: accepting((key, signature, digest) => verifyDigest(curve, key, signature, digest))
  };
}
function rsa(name, number2, modulusLength) {
  return {
    name,
    number: number2,
    hash: "sha256",
    matches: (key) => key.asymmetricKeyType === "rsa" && key.asymmetricKeyDetails?.modulusLength === modulusLength,
    verifies: accepting((key, signature, digest) => {
      const signed = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
      const sha2562 = der.sequence(der.oid("2.16.840.1.101.3.4.2.1"), der.null());
      return equalBytes(signed, der.sequence(sha2562, der.octetString(digest)));
    })
  };
}
var ed25519OfDigest = eddsa(ed25519.Point, sha512, {
  domain: (data) => concatBytes(utf8("SigEd25519 no Ed25519 collisions"), new Uint8Array([1, 0]), data)
});
function accepting(verify6) {
  return (...signed) => {
    try {
      return verify6(...signed);
    } catch {
      return false;
    }
  };
}
function checkHashedRekord(spec) {
  const signatureText = textAt(spec, "signature", "content") ?? refuseEntry("missing signature");
  const keyText = textAt(spec, "signature", "publicKey", "content") ?? refuseEntry("missing public key");
  const value = textAt(spec, "data", "hash", "value") ?? refuseEntry("missing hash value");
  const algorithm = readAlgorithm(textAt(spec, "data", "hash", "algorithm"));
  const signature = readBase64(signatureText, "signature content");
  const { key, canonical, hash: keyHash, subjects } = readVerifier(keyText);
  const digest = readDigest(value, algorithm);
  const details = acceptedKeyDetails.find(({ matches: matches2, hash }) => hash === algorithm && matches2(key));
  if (details === void 0) refuseEntry("entry algorithms are not allowed");
  if (!details.verifies(key, signature, digest)) refuseEntry("verifying signature: invalid signature");
  return {
    spec: {
      data: { hash: { algorithm, value } },
      signature: { content: encodeBase64(signature), publicKey: { content: canonical } }
    },
    keys: [keyHash, ...subjects, `${algorithm}:${value}`]
  };
}
function readAlgorithm(text2) {
  const known = Object.keys(hashLengths).find((name) => name === text2);
  const names = "data.hash.algorithm in body should be one of [sha256 sha384 sha512]";
  return known ?? refuseEntry(`validation failure list:
${names}`);
}
function readDigest(text2, algorithm) {
  if (text2.length !== hashLengths[algorithm] * 2) refuseEntry("invalid value for hash");
  try {
    return decodeHex(text2);
  } catch {
    return refuseEntry("encoding/hex: invalid byte");
  }
}
var kinds = { hashedrekord: checkHashedRekord, dsse: checkDsse };
function readProposedEntry(request) {
  if (request.length === 0) refuseParameter(602, "proposedEntry in body is required");
  return checkProposedEntry(
    readJson(request, () => refuseProposal("invalid character looking for beginning of value"))
  );
}
function checkProposedEntry(proposed) {
  const kind = textAt(proposed, "kind") ?? refuseProposal('invalid kind value: ""');
  const check2 = Object.hasOwn(kinds, kind) ? kinds[kind] : void 0;
  if (check2 === void 0) refuseProposal(`invalid kind value: ${JSON.stringify(kind)}`);
  const apiVersion = textAt(proposed, "apiVersion") ?? "";
  if (apiVersion !== "0.0.1") {
    const reason = `${kind} implementation for version '${apiVersion}' not found`;
    refuseEntry(`fetching ${kind} version implementation: ${reason}`);
  }
  const { spec, keys } = check2(memberAt2(proposed, "spec") ?? {});
  const distinct = new Set(keys.map((key) => key.toLowerCase()));
  return { body: utf8(canonicalJson({ apiVersion, kind, spec })), keys: [...distinct] };
}
function refuseProposal(reason) {
  refuseRekor(400, `parsing proposedEntry body from "" failed, because ${reason}`);
}
var maxQueries = 10;
var uuidForm = /^(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{80})$/;
var hashForm = /^(?:(?:sha512:)?[0-9a-fA-F]{128}|(?:sha256:)?[0-9a-fA-F]{64}|(?:sha1:)?[0-9a-fA-F]{40})$/;
var hashNames = { 40: "sha1", 64: "sha256", 128: "sha512" };
function readEntryQuery(request) {
  const query = readQuery(request, "entry");
  const uuids = listOf(query, "entryUUIDs").map(
    (uuid) => typeof uuid === "string" && uuidForm.test(uuid) ? uuid : refuseForm("entryUUIDs", "a UUID")
  );
  const indices = listOf(query, "logIndexes").map(
    (index) => typeof index === "number" && Number.isSafeInteger(index) && index >= 0 ? index : refuseForm("logIndexes", "an index")
  );
  const entries = listOf(query, "entries");
  if (uuids.length + indices.length + entries.length > maxQueries) {
    refuseRekor(422, `more than max allowed ${maxQueries} entries in request`);
  }
  return { uuids, indices, bodies: entries.map((entry) => checkProposedEntry(entry).body) };
}
function readIndexQuery(request) {
  const query = readQuery(request, "query");
  const operator = textOf3(query, "operator", /^(?:and|or)$/, "one of [and or]") === "and" ? "and" : "or";
  const hash = textOf3(query, "hash", hashForm, "a hash");
  const subject = textOf3(query, "subject", /^.{0,512}$/s, "at most 512 chars long");
  const email = textOf3(query, "email", /^[^@\s]+@[^@\s]+$/, "of type email");
  const named = hash === void 0 || hash.includes(":") ? hash : `${hashNames[hash.length]}:${hash}`;
  const keys = [named, publicKeyHash(query), email, subject];
  return { operator, keys: keys.flatMap((key) => key === void 0 ? [] : [key.toLowerCase()]) };
}
function publicKeyHash(query) {
  const key = memberAt2(query, "publicKey");
  if (key === void 0) return void 0;
  if (textOf3(key, "format") !== "x509") refuseForm("publicKey.format", "x509: the sandbox knows no other");
  return readVerifier(textOf3(key, "content") ?? "").hash;
}
function readQuery(request, name) {
  if (request.length === 0) refuseParameter(602, `${name} in body is required`);
  return readJson(request, () => refuseRekor(400, `parsing ${name} body from "" failed, because invalid character`));
}
function listOf(query, name) {
  const list = memberAt2(query, name);
  if (list === void 0) return [];
  return Array.isArray(list) && list.length > 0 ? list : refuseForm(name, "a list of at least 1 item");
}
function textOf3(value, name, form = /^/, described = "") {
  const text2 = memberAt2(value, name);
  if (text2 === void 0 || text2 === "") return void 0;
  if (typeof text2 !== "string") refuseForm(name, "of type string");
  return form.test(text2) ? text2 : refuseForm(name, described);
}
function refuseForm(name, form) {
  return refuseParameter(605, `${name} in body should be ${form}`);
}
var entriesPath = "/api/v1/log/entries";
var uuidPattern = "^([0-9a-fA-F]{64}|[0-9a-fA-F]{80})$";
var RekorV1Service = class {
  log;
  constructor(log) {
    this.log = log;
  }
  /**
   * Adds the entry of a ProposedEntry, JSON. It is in the log, and under its checkpoint, when this returns.
   *
   * @throws Refusal 400, 422; 409 with the path of the existing entry in `location`
   */
  add(request) {
    const { body, keys } = readProposedEntry(request);
    if (body.length > maxEntryLength) refuseEntry(`it has ${body.length} bytes`);
    const existing = this.log.findActive(body);
    if (existing !== void 0) {
      const uuid = this.log.uuid(existing);
      const message = `an equivalent entry already exists in the transparency log with UUID ${uuid}`;
      refuseRekor(409, message, { location: `${entriesPath}/${uuid}` });
    }
    return this.log.answer(this.log.append(body, keys));
  }
  routes() {
    const get = (path, handle) => ({
      method: "GET",
      path,
      handle: ({ url }) => handle(url)
    });
    const post = (path, handle) => ({
      method: "POST",
      path,
      handle: ({ body }) => handle(body)
    });
    return [
      post(entriesPath, (body) => this.#create(body)),
      post(`${entriesPath}/retrieve`, (body) => jsonResponse(200, this.#retrieve(body))),
      post("/api/v1/index/retrieve", (body) => jsonResponse(200, this.#search(body))),
      get(entriesPath, ({ searchParams }) => this.#entryAt(searchParams.get("logIndex"))),
      get(`${entriesPath}/*`, ({ pathname }) => this.#entryOf(pathname.slice(entriesPath.length + 1))),
      get("/api/v1/log", () => jsonResponse(200, this.#state())),
      get("/api/v1/log/publicKey", () => this.#publicKey()),
      get("/api/v1/log/proof", ({ searchParams }) => jsonResponse(200, this.#proof(searchParams)))
    ];
  }
  #create(body) {
    const { uuid, entry } = this.add(body);
    return jsonResponse(201, { [uuid]: entry }, { etag: uuid, location: `${entriesPath}/${uuid}` });
  }
  #entryAt(parameter) {
    if (parameter === null) refuseParameter(602, "logIndex in query is required");
    return this.#entry(wholeNumber3(parameter, "logIndex"));
  }
  #entryOf(uuid) {
    if (!new RegExp(uuidPattern).test(uuid)) refuseParameter(605, `entryUUID in path should match '${uuidPattern}'`);
    return this.#entry(this.log.find(uuid));
  }
  #entry(index) {
    const [entry] = this.#existing([index]);
    if (entry === void 0) throw new Refusal("no such entry", { status: 404, headers: {}, body: new Uint8Array() });
    return jsonResponse(200, entry);
  }
  /** Returns the entries that exist. The others are left out. */
  #retrieve(body) {
    const { uuids, bodies, indices } = readEntryQuery(body);
    const hashes = bodies.map((one) => encodeHex(leafHash(one)));
    return this.#existing([...[...uuids, ...hashes].map((uuid) => this.log.find(uuid)), ...indices]);
  }
  #existing(indices) {
    return indices.flatMap((index) => {
      if (index === void 0 || index >= this.log.size) return [];
      const { uuid, entry } = this.log.answer(index);
      return [{ [uuid]: entry }];
    });
  }
  /** Returns the UUIDs of the entries under any of the keys, or under all of them. */
  #search(body) {
    const { keys, operator } = readIndexQuery(body);
    const found = keys.map((key) => new Set(this.log.search(key)));
    const any = [...new Set(found.flatMap((indices2) => [...indices2]))];
    const indices = operator === "or" ? any : any.filter((index) => found.every((some) => some.has(index)));
    return indices.sort((a, b) => a - b).map((index) => this.log.uuid(index));
  }
  #state() {
    const { active, shards } = this.log;
    return { ...shardState(active), inactiveShards: shards.filter((shard) => shard !== active).map(shardState) };
  }
  #publicKey() {
    const pem = encodePem("PUBLIC KEY", this.log.key.publicKey);
    return { status: 200, headers: { "content-type": "application/x-pem-file" }, body: utf8(pem) };
  }
  #proof(query) {
    const { log } = this.#shardOf(query.get("treeID"));
    const first = wholeNumber3(query.get("firstSize") ?? "1", "firstSize");
    const lastText = query.get("lastSize") ?? refuseParameter(602, "lastSize in query is required");
    const last = wholeNumber3(lastText, "lastSize");
    if (first > last) refuseRekor(400, `firstSize(${first}) must be less than lastSize(${last})`);
    if (last > log.size) {
      const observable = `what is currently observable(${log.size})`;
      refuseRekor(400, `the tree size requested(${last}) was greater than ${observable}`);
    }
    return { rootHash: encodeHex(log.root()), hashes: log.consistencyProof(first, last).map(encodeHex) };
  }
  #shardOf(treeId) {
    if (treeId === null) return this.log.active;
    const shard = this.log.shards.find((candidate) => String(candidate.treeId) === treeId);
    if (shard === void 0) refuseRekor(400, `could not find log range for treeID ${treeId}`);
    return shard;
  }
};
function shardState({ log, treeId }) {
  return {
    rootHash: encodeHex(log.root()),
    treeSize: log.size,
    signedTreeHead: log.checkpoint(),
    treeID: String(treeId)
  };
}
function wholeNumber3(text2, name) {
  if (/^\d{1,15}$/.test(text2)) return Number(text2);
  return refuseParameter(601, `${name} in query must be of type int64: ${JSON.stringify(text2)}`);
}
var maxLeafLength = 4 * 1024 * 1024;
var shardsName = "shards";
var ShardedLog = class _ShardedLog {
  host;
  key;
  #sources;
  #storage;
  #answers;
  #shards;
  constructor({ host, sources, storage = new MemoryStorage(), answers = {}, shards = [] }) {
    this.host = host;
    this.key = keptSigningKey(storage, "log", "P-256");
    this.#sources = sources;
    this.#storage = storage;
    this.#answers = answers;
    this.#shards = [...shards];
    if (shards.length > 0) return;
    const lines = decodeUtf8(storage.read(shardsName) ?? new Uint8Array())?.split("\n") ?? [];
    for (const line of lines) if (line !== "") this.#open(BigInt(line));
    if (this.#shards.length === 0) this.newShard();
  }
  get shards() {
    return this.#shards;
  }
  /** The shard that takes new entries. */
  get active() {
    return this.#shards.at(-1);
  }
  /** The number of entries in all shards. */
  get size() {
    return this.active.offset + this.active.log.size;
  }
  /** Ends the active shard and begins another. */
  newShard() {
    const treeId = BigInt(`0x${encodeHex(this.#sources.random(8))}`) >> 1n;
    const treeIds = [...this.#shards.map((shard) => shard.treeId), treeId];
    this.#storage.write(shardsName, utf8(treeIds.map((id) => `${id}
`).join("")));
    this.#open(treeId);
  }
  /** Appends an entry, which can be found by these keys too. Returns its index. */
  append(body, keys = []) {
    return this.active.offset + this.active.log.append(body, keys.map(hashOfKey2));
  }
  /** Returns the indices of the entries under a key, in all shards. */
  search(key) {
    return this.#shards.flatMap(({ log, offset }) => log.store.find(hashOfKey2(key)).map((index) => offset + index));
  }
  /** Returns the index of an entry by its UUID, which is the hash of its leaf, with or without the id of its tree in front. */
  find(uuid) {
    const hash = decodeHex(uuid.slice(-64));
    const treeId = uuid.length > 64 ? BigInt(`0x${uuid.slice(0, -64)}`) : void 0;
    const shards = this.#shards.filter((shard) => treeId === void 0 || shard.treeId === treeId);
    return shards.map((shard) => indexOf(shard, hash)).findLast((index) => index !== void 0);
  }
  /** Returns the index of an entry of the active shard by its body. Entries of earlier shards may be added again. */
  findActive(body) {
    return indexOf(this.active, leafHash(body));
  }
  uuid(index) {
    const { treeId, log, offset } = this.#shardOf(index);
    return encodeHex(uintBytes(treeId, 8)) + encodeHex(log.store.leafHash(index - offset));
  }
  /** Returns an entry with its promise and its proof in the current tree. */
  answer(index, changes = {}) {
    const { log, offset } = this.#shardOf(index);
    const local = index - offset;
    const unchanged = { integratedTime: Math.floor(log.store.time(local).getTime() / 1e3), logIndex: index };
    const { integratedTime, logIndex, signingKey: signingKey2, checkpoint } = { ...unchanged, ...this.#answers, ...changes };
    const body = encodeBase64(log.body(local));
    const promised = { body, integratedTime, logID: encodeHex(log.logId), logIndex };
    const promise = (signingKey2 ?? this.key).sign(utf8(canonicalJson(promised)));
    const inclusionProof = {
      checkpoint: log.checkpoint(checkpoint),
      hashes: log.inclusionProof(local).map(encodeHex),
      logIndex: local,
      rootHash: encodeHex(log.root()),
      treeSize: log.size
    };
    const verification = { inclusionProof, signedEntryTimestamp: encodeBase64(promise) };
    return { uuid: this.uuid(index), entry: { ...promised, verification } };
  }
  /** Returns a log of the same name and key of which one shard, by default the active one, shows something else, or whose answers are changed. */
  showing({
    answers = {},
    shard = this.active,
    ...shown
  }) {
    const shards = this.#shards.map((one) => one === shard ? { ...one, log: one.log.showing(shown) } : one);
    return new _ShardedLog({ host: this.host, sources: this.#sources, storage: this.#storage, answers, shards });
  }
  #open(treeId) {
    const { host, key } = this;
    const store = new LogStore(this.#storage.folder(String(treeId)));
    const { clock } = this.#sources;
    const log = new TransparencyLog({
      origin: `${host} - ${treeId}`,
      signerName: host,
      key,
      store,
      clock,
      maxEntryLength: maxLeafLength
    });
    this.#shards.push({ treeId, log, offset: this.#shards.length === 0 ? 0 : this.size });
  }
  #shardOf(index) {
    const shard = this.#shards.findLast(({ offset }) => index >= offset);
    if (shard === void 0 || index >= this.size) throw new RangeError(`no entry ${index} in a log of ${this.size}`);
    return shard;
  }
};
function indexOf({ log, offset }, hash) {
  const index = log.store.findLeaf(hash);
  return index === void 0 ? void 0 : offset + index;
}
function hashOfKey2(key) {
  return hashOf("sha256", utf8(key));
}
var earlierShardSize = 7;
function seed(rekor, size) {
  while (rekor.log.size < size) rekor.add(seedRequest(rekor.log.size));
  return rekor;
}
function seedV1(rekor) {
  const { log } = rekor;
  while (log.shards.length === 1 && log.size < earlierShardSize) rekor.add(seedProposal(log.size));
  if (log.shards.length === 1) log.newShard();
  if (log.active.log.size === 0) rekor.add(seedProposal(log.size));
  return rekor;
}
function signDigest(number2) {
  const message = utf8(`entry ${number2} of a countersign sandbox`);
  const key = generateSigningKey("P-256");
  return { publicKey: key.publicKey, digest: hashOf("sha256", message), signature: encodeBase64(key.sign(message)) };
}
function seedRequest(number2) {
  const { publicKey, digest, signature } = signDigest(number2);
  const verifier2 = { publicKey: { rawBytes: encodeBase64(publicKey) }, keyDetails: "PKIX_ECDSA_P256_SHA_256" };
  const rekord = { digest: encodeBase64(digest), signature: { content: signature, verifier: verifier2 } };
  return utf8(JSON.stringify({ hashedRekordRequestV002: rekord }));
}
function seedProposal(number2) {
  const { publicKey, digest, signature } = signDigest(number2);
  const pem = utf8(encodePem("PUBLIC KEY", publicKey));
  const spec = {
    data: { hash: { algorithm: "sha256", value: encodeHex(digest) } },
    signature: { content: signature, publicKey: { content: encodeBase64(pem) } }
  };
  return utf8(JSON.stringify({ apiVersion: "0.0.1", kind: "hashedrekord", spec }));
}
var entriesPath2 = "/api/v1/log/entries";
var rekorV1Misbehaviours = {
  ...rekorMisbehaviours("rekor-v1", servedLog2),
  "rekor-v1:wrong-consistency-proof": (parts2) => wrongConsistencyProof2(servedLog2(parts2)),
  "rekor-v1:changed-inactive-shard": (parts2) => {
    const { log } = parts2.rekorV1;
    const inactive = log.shards[0] ?? log.active;
    const store = new LyingStore(inactive.log.store, { replaced: strangeAt(0, servedLog2(parts2)) });
    const routes = new RekorV1Service(log.showing({ shard: inactive, store })).routes();
    return asWith(
      () => routes,
      (request) => !submits(request)
    );
  },
  "rekor-v1:without-checkpoint": () => withMembers(["checkpoint", "signedTreeHead"], () => void 0),
  "rekor-v1:another-entry": ({ rekorV1: { log } }) => (request, right) => {
    if (!submits(request)) return right();
    const { uuid, entry } = log.answer(log.active.offset);
    return jsonResponse(201, { [uuid]: entry });
  },
  "rekor-v1:promise-by-another-key": answering(() => ({ signingKey: generateSigningKey("P-256") })),
  "rekor-v1:stale-integrated-time": answering((now) => ({ integratedTime: now - oneDay })),
  "rekor-v1:future-integrated-time": answering((now) => ({ integratedTime: now + oneDay }))
};
function answering(changes) {
  return ({ rekorV1: { log }, sources }) => asWith(() => {
    const answers = changes(Math.floor(sources.clock().getTime() / 1e3));
    return new RekorV1Service(log.showing({ answers })).routes();
  });
}
function servedLog2({ rekorV1: { log }, storage, sources }) {
  return {
    store: log.active.log.store,
    signer: log.active.log.signer,
    showing: (store) => new RekorV1Service(log.showing({ store })).routes(),
    changed: (checkpoints) => new RekorV1Service(log.showing({ checkpoints })).routes(),
    strange: () => {
      const strange = new RekorV1Service(
        new ShardedLog({ host: log.host, sources, storage: storage.folder("rekor-v1") })
      );
      if (strange.log.size === 0) strange.add(seedProposal(0));
      return strange.log.active.log.store;
    },
    spoilEntry: withOtherCharacter,
    submits,
    head: /^\/api\/v1\/log$/,
    readsEntries: (request) => request.url.pathname.startsWith(entriesPath2) && !submits(request)
  };
}
function submits(request) {
  return isPost(request) && request.url.pathname === entriesPath2;
}
var scalar = {};
var unread = {};
var verifierShape = {
  publicKey: { rawBytes: scalar },
  x509Certificate: { rawBytes: scalar },
  keyDetails: scalar
};
var requestShape = {
  hashedRekordRequestV002: { digest: scalar, signature: { content: scalar, verifier: verifierShape } },
  dsseRequestV002: unread
};
function readHashedRekord(body) {
  try {
    refuseUnknown(parseJson(body), requestShape);
    return check(ProtoField.parse(body, "JSON_INVALID", "request"));
  } catch (error) {
    if (error instanceof CountersignError) refuse("invalidArgument", error.message);
    throw error;
  }
}
function encodeHashedRekord({ digest, signature, keyDetails: keyDetails2, verifier: verifier2, rawBytes }) {
  const rekord = {
    data: { algorithm: keyDetails2.hash.replace("sha", "SHA2_"), digest: encodeBase64(digest) },
    signature: {
      content: encodeBase64(signature),
      verifier: { keyDetails: keyDetails2.name, [verifier2]: { rawBytes: encodeBase64(rawBytes) } }
    }
  };
  return utf8(canonicalJson({ apiVersion: "0.0.2", kind: "hashedrekord", spec: { hashedRekordV002: rekord } }));
}
function check(request) {
  const rekord = request.field("hashedRekordRequestV002");
  if (request.field("dsseRequestV002").present || !rekord.present) {
    refuse("invalidArgument", "invalid type, must be hashedrekord");
  }
  const digest = rekord.field("digest").data();
  const signature = rekord.field("signature").field("content").data();
  const verifierField = rekord.field("signature").field("verifier");
  const verifier2 = verifierKind(verifierField);
  const rawBytes = verifierField.field(verifier2).field("rawBytes").data();
  const keyDetails2 = readKeyDetails(verifierField.field("keyDetails"));
  const key = readVerifierKey(verifier2, rawBytes) ?? reject("parsing public key or certificate failed");
  if (!keyDetails2.matches(key)) reject(`the key is not of the kind ${keyDetails2.name}`);
  if (digest.length !== hashLengths[keyDetails2.hash])
    reject(`a digest of ${digest.length} bytes for ${keyDetails2.name}`);
  if (!keyDetails2.verifies(key, signature, digest)) reject("verifying signature: invalid signature");
  return { digest, signature, keyDetails: keyDetails2, verifier: verifier2, rawBytes };
}
function verifierKind(field) {
  const [kind, other] = ["publicKey", "x509Certificate"].filter((one) => field.field(one).present);
  if (kind === void 0 || other !== void 0) reject("one of public key and certificate is needed");
  return kind;
}
function readKeyDetails(field) {
  const table = Object.fromEntries(acceptedKeyDetails.map(({ name: name2, number: number2 }) => [name2, number2]));
  const name = field.enum(table);
  return acceptedKeyDetails.find((details) => details.name === name) ?? reject("unsupported entry algorithm");
}
function reject(reason) {
  refuse("invalidArgument", "invalid hashedrekord request", { "x-sandbox-reason": reason });
}
function refuseUnknown(value, shape) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  for (const [name, member] of Object.entries(value)) {
    const camel = name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
    const known = Object.hasOwn(shape, camel) ? shape[camel] : void 0;
    if (known === void 0) refuse("invalidArgument", `proto: unknown field ${JSON.stringify(name)}`);
    if (known !== unread) refuseUnknown(member, known);
  }
}
var readPaths = ["/api/v2", ""];
var textType = "text/plain; charset=utf-8";
var RekorService = class {
  log;
  constructor(log) {
    this.log = log;
  }
  /**
   * Adds the entry of a CreateEntryRequest, JSON. It is in the log, and under its checkpoint, when this returns.
   *
   * @throws Refusal `invalidArgument`; `alreadyExists` with the index of the existing entry in `x-log-index`; 405 for a frozen log
   */
  add(request) {
    if (this.log.frozen !== void 0) {
      const text2 = "This log has been frozen, please switch to the latest log.\n";
      throw new Refusal(text2, { status: 405, headers: { "content-type": textType }, body: utf8(text2) });
    }
    const body = encodeHashedRekord(readHashedRekord(request));
    if (body.length > maxEntryLength) refuse("invalidArgument", "invalid hashedrekord request");
    const existing = this.log.store.findLeaf(leafHash(body));
    if (existing !== void 0) {
      const message = `an equivalent entry already exists in the transparency log with index ${existing}`;
      refuse("alreadyExists", message, { "x-log-index": String(existing) });
    }
    return this.log.entry(this.log.append(body));
  }
  routes() {
    return [
      { method: "POST", path: "/api/v2/log/entries", handle: ({ body }) => jsonResponse(201, this.add(body)) },
      ...readPaths.flatMap((path) => this.#readRoutes(path))
    ];
  }
  #readRoutes(path) {
    const tiles = `${path}/tile/`;
    return [
      { method: "GET", path: `${path}/checkpoint`, handle: () => this.#checkpoint() },
      { method: "GET", path: `${tiles}*`, handle: ({ url }) => this.#tile(url.pathname.slice(tiles.length)) }
    ];
  }
  #checkpoint() {
    const headers = { "content-type": textType, "cache-control": "no-cache" };
    return { status: 200, headers, body: utf8(this.log.checkpoint()) };
  }
  #tile(path) {
    const body = tileAt(this.log.store, path, { name: "entries", encode }) ?? refuse("notFound", "Not Found");
    const headers = { "content-type": "application/octet-stream", "cache-control": "max-age=31536000, immutable" };
    return { status: 200, headers, body };
  }
};
function encode(entry) {
  return concatBytes(uintBytes(entry.length, 2), entry);
}
var checkpointPath = /^(?:\/api\/v2)?\/checkpoint$/;
var rekorV2Misbehaviours = {
  ...rekorMisbehaviours("rekor-v2", servedLog3),
  "rekor-v2:altered-tile": () => withBody((body) => flipped(body, 0), /\/tile\/\d/),
  "rekor-v2:collected-partials": (parts2) => collectedPartials2(servedLog3(parts2)),
  "rekor-v2:thawed-log": (parts2) => {
    const { log } = parts2.frozenRekor;
    const store = new LyingStore(log.store, { forgets: true });
    store.append(strangeAt(log.size, servedLog3(parts2)));
    const routes = new RekorService(log.showing({ store })).routes();
    return {
      "rekor-v2-frozen": asWith(
        () => routes,
        (request) => !isPost(request)
      )
    };
  },
  "rekor-v2:hundred-signatures": (parts2) => {
    const { signer, changed } = servedLog3(parts2);
    const strangers = Array.from(
      { length: 99 - parts2.witnesses.length },
      (_, at) => noteSigner(`stranger-${at + 1}.countersign.sandbox`, generateSigningKey("Ed25519"))
    );
    return always(changed({ signers: [signer, ...parts2.witnesses, ...strangers] }));
  },
  "rekor-v2:without-cosignatures": (parts2) => {
    const { signer, changed } = servedLog3(parts2);
    return always(changed({ signers: [signer] }));
  },
  "rekor-v2:cosignatures-by-another-key": cosigning(({ name, keyHash }, clock) => ({
    ...witness(name, generateSigningKey("Ed25519"), clock),
    keyHash
  })),
  "rekor-v2:stale-cosignatures": cosigning(
    ({ name, key }, clock) => witness(name, key, () => secondsAfter(clock(), -oneDay))
  ),
  "rekor-v2:future-cosignatures": cosigning(
    ({ name, key }, clock) => witness(name, key, () => secondsAfter(clock(), oneDay))
  ),
  "rekor-v2:without-checkpoint": () => {
    const without = withMembers(["checkpoint"], () => void 0);
    return (request, right) => checkpointPath.test(request.url.pathname) ? notFound2 : without(request, right);
  },
  "rekor-v2:another-entry": ({ rekor: { log } }) => (request, right) => isPost(request) ? jsonResponse(201, log.entry(0)) : right()
};
function cosigning(replace) {
  return (parts2) => {
    const { signer, changed } = servedLog3(parts2);
    const witnesses = parts2.witnesses.map((one) => replace(one, parts2.sources.clock));
    return always(changed({ signers: [signer, ...witnesses] }));
  };
}
function servedLog3({ rekor: { log }, storage }) {
  return {
    store: log.store,
    signer: log.signer,
    showing: (store) => new RekorService(log.showing({ store })).routes(),
    changed: (checkpoints) => new RekorService(log.showing({ checkpoints })).routes(),
    strange: () => {
      const store = new LogStore(storage.folder("rekor-v2"));
      const strange = new RekorService(new TransparencyLog({ origin: log.origin, store }));
      if (store.size === 0) strange.add(seedRequest(0));
      return store;
    },
    spoilEntry: withOtherCharacter,
    head: checkpointPath,
    readsEntries: ({ url }) => /\/tile\/entries\//.test(url.pathname)
  };
}
var hashOids = {
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3"
};
function readTimestampQuery(bytes2) {
  return readSequence(bytes2, (query) => {
    query.unsigned();
    const messageImprint = query.sequence();
    const hashOid = messageImprint.sequence().oid();
    const imprint = messageImprint.octetString();
    messageImprint.end();
    const policy = query.nextTag === tags.objectIdentifier ? query.oid() : void 0;
    const nonce = query.nextTag === tags.integer ? query.integerBytes() : void 0;
    const certificatesRequested = query.nextTag === tags.boolean ? query.boolean() : false;
    const hasExtensions = query.optional(contextTag(0, "constructed")) !== void 0;
    return { hashOid, imprint, policy, nonce, certificatesRequested, hasExtensions };
  });
}
function hashOfOid(oid) {
  return Object.keys(hashOids).find((hash) => hashOids[hash] === oid);
}
var oids = {
  signedData: "1.2.840.113549.1.7.2",
  timestampInfo: "1.2.840.113549.1.9.16.1.4",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47"
};
function encodeToken(profile) {
  const content = encodeTimestampInfo(profile);
  const signerInfo = encodeSignerInfo(profile, content);
  const { certificates } = profile;
  const signedData = der.sequence(
    der.integer(profile.signedDataVersion),
    der.set(hashAlgorithm(profile.digestHash)),
    der.sequence(der.oid(profile.contentType), der.context(0, der.octetString(content))),
    ...certificates === void 0 ? [] : [der.context(0, ...certificates)],
    der.set(...Array.from({ length: profile.signerInfos }, () => signerInfo))
  );
  return der.sequence(der.oid(oids.signedData), der.context(0, signedData));
}
function encodeTimestampInfo(profile) {
  const { accuracySeconds, nonce, authorityName } = profile;
  const hash = der.sequence(der.oid(hashOids[profile.imprintHash]), der.null());
  return der.sequence(
    der.integer(profile.version),
    der.oid(profile.policy),
    der.sequence(hash, der.octetString(profile.imprint)),
    der.unsigned(profile.serialNumber),
    generalizedTime(profile.genTime),
    ...accuracySeconds === void 0 ? [] : [der.sequence(der.integer(accuracySeconds))],
    ...nonce === void 0 ? [] : [der.element(tags.integer, nonce)],
    ...authorityName === void 0 ? [] : [der.context(0, encodeGeneralName({ kind: "directoryName", value: authorityName }))]
  );
}
function encodeSignerInfo(profile, content) {
  const attributes = profile.amendSignedAttributes?.(signedAttributes(profile, content));
  const attributeSet = attributes === void 0 ? void 0 : der.set(...attributes);
  const signature = profile.amendSignature(profile.signingKey.sign(attributeSet ?? content, profile.digestHash));
  return der.sequence(
    der.integer(1),
    der.sequence(encodeName(profile.signerIssuer), der.unsigned(profile.signerSerialNumber)),
    hashAlgorithm(profile.digestHash),
    ...attributeSet === void 0 ? [] : [attributeSet.with(0, 160)],
    signatureAlgorithm(profile.signingKey, profile.digestHash),
    der.octetString(signature)
  );
}
function signedAttributes(profile, content) {
  const { signingTime, messageDigest, signingCertificate } = profile;
  return [
    signedAttribute(oids.contentType, der.oid(profile.contentType)),
    ...signingTime === void 0 ? [] : [signedAttribute(oids.signingTime, der.time(signingTime))],
    signedAttribute(oids.messageDigest, der.octetString(messageDigest ?? hashOf(profile.digestHash, content))),
    ...signingCertificate === void 0 ? [] : [signingCertificateAttribute(profile, signingCertificate)]
  ];
}
function signedAttribute(oid, ...values) {
  return der.sequence(der.oid(oid), der.set(...values));
}
function signingCertificateAttribute(profile, certificate) {
  const issuer = encodeGeneralName({ kind: "directoryName", value: profile.signerIssuer });
  const issuerSerial = der.sequence(der.sequence(issuer), der.unsigned(profile.signerSerialNumber));
  const certificateId = der.sequence(der.octetString(hashOf("sha256", certificate)), issuerSerial);
  return signedAttribute(oids.signingCertificateV2, der.sequence(der.sequence(certificateId)));
}
function hashAlgorithm(hash) {
  return der.sequence(der.oid(hashOids[hash]));
}
function generalizedTime(time2) {
  const [, whole = "", fraction = ""] = /^(.{14})(\d*)Z$/.exec(time2.toISOString().replace(/[-:T.]/g, "")) ?? [];
  const digits = fraction.replace(/0+$/, "");
  return der.element(tags.generalizedTime, utf8(`${whole}${digits === "" ? "" : `.${digits}`}Z`));
}
var failures = { badAlg: 0, badRequest: 2, badDataFormat: 5, unacceptedPolicy: 15, unacceptedExtension: 16 };
var policyOid = "1.3.6.1.4.1.57264.2";
var granted = 0;
var rejection = 2;
var TimestampAuthority = class {
  root;
  signer;
  #sources;
  #precision;
  constructor(options) {
    const { sources, kind = "P-384", precision = "second", root = {}, signer = {} } = options;
    const { certificates, subject } = authorityDefaults(options);
    this.#sources = sources;
    this.#precision = precision;
    const rootRole = { name: "timestamp-root", subject: subject("timestamp-root"), pathLength: 0, codeSigning: false };
    this.root = certifyAuthority({ ...certificates, ...rootRole, overrides: root }, sources);
    const role = { name: "timestamp", subject: subject("timestamp"), kind, issuer: this.root };
    this.signer = certifyTimestampSigner({ ...certificates, ...role, overrides: signer }, sources);
  }
  /** The certificates of the authority, DER, in the order of a trusted root: the root last. */
  get chain() {
    return [this.signer.certificate, this.root.certificate];
  }
  /** Returns a granted TimeStampResp, DER, which is a bundle's `signedTimestamp`. */
  timestamp(request) {
    const { signer } = this;
    const now = this.#sources.clock();
    const genTime = request.genTime ?? (this.#precision === "second" ? wholeSecond(now) : now);
    const token = encodeToken({
      version: 1,
      policy: policyOid,
      imprintHash: "sha256",
      serialNumber: freshSerialNumber(this.#sources.random),
      genTime,
      accuracySeconds: 1,
      nonce: void 0,
      authorityName: signer.profile.subject,
      signedDataVersion: 3,
      contentType: oids.timestampInfo,
      certificates: [],
      signerInfos: 1,
      signerIssuer: signer.profile.issuer,
      signerSerialNumber: signer.profile.serialNumber,
      digestHash: "sha256",
      signingTime: genTime,
      messageDigest: void 0,
      signingCertificate: signer.certificate,
      amendSignedAttributes: (attributes) => attributes,
      signingKey: signer.key,
      amendSignature: (signature) => signature,
      ...request
    });
    return timestampResponse(granted, token);
  }
  /**
   * Answers a TimeStampReq with a token, perhaps changed, or with a rejection and its reason.
   *
   * @throws CountersignError `DER_INVALID` if it is not a TimeStampReq
   */
  respond(query, overrides = {}) {
    const request = readTimestampQuery(query);
    const imprintHash = hashOfOid(request.hashOid);
    const failure = this.#failureOf(request, imprintHash);
    if (imprintHash === void 0 || failure !== void 0) return rejectionOf(failure ?? "badAlg");
    return this.timestamp({
      imprint: request.imprint,
      imprintHash,
      nonce: request.nonce,
      certificates: request.certificatesRequested ? [this.signer.certificate] : [],
      ...overrides
    });
  }
  routes(path) {
    return [{ method: "POST", path, handle: ({ headers, body }) => this.#answer(headers["content-type"], body) }];
  }
  #answer(contentType, body) {
    if (contentType !== "application/timestamp-query") {
      return jsonResponse(415, { code: 415, message: `unsupported media type "${String(contentType)}"` });
    }
    try {
      return { status: 200, headers: { "content-type": "application/timestamp-reply" }, body: this.respond(body) };
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      return jsonResponse(400, { code: 400, message: `Error parsing timestamp request: ${error.message}` });
    }
  }
  #failureOf(request, hash) {
    if (hash === void 0) return "badAlg";
    if (request.imprint.length !== hashLengths[hash]) return "badDataFormat";
    if (request.policy !== void 0 && request.policy !== policyOid) return "unacceptedPolicy";
    return request.hasExtensions ? "unacceptedExtension" : void 0;
  }
};
function timestampResponse(status, token) {
  return der.sequence(der.sequence(der.integer(status)), ...token === void 0 ? [] : [token]);
}
function rejectionOf(failure) {
  const text2 = der.sequence(der.utf8String(failure));
  return der.sequence(der.sequence(der.integer(rejection), text2, der.namedBits(failures[failure])));
}
var rejection2 = 2;
var timestampMisbehaviours = {
  "timestamp:stale-time": stamping(({ sources }) => ({ genTime: secondsAfter(sources.clock(), -oneDay) })),
  "timestamp:future-time": stamping(({ sources }) => ({ genTime: secondsAfter(sources.clock(), oneDay) })),
  "timestamp:another-nonce": stamping(() => ({ nonce: new Uint8Array([42]) })),
  "timestamp:without-nonce": stamping(() => ({ nonce: void 0 })),
  "timestamp:another-imprint": stamping(() => ({ imprint: new Uint8Array(32).fill(42) })),
  "timestamp:another-key": stamping(({ timestampAuthority: { signer } }) => ({
    signingKey: generateSigningKey(signer.key.kind)
  })),
  "timestamp:certificate-without-usage": certified2({ extendedKeyUsage: void 0 }),
  "timestamp:certificate-of-wrong-usage": certified2({
    extendedKeyUsage: { critical: true, purposes: [keyPurposes.codeSigning] }
  }),
  "timestamp:rejected": () => () => reply(timestampResponse(rejection2, void 0))
};
function stamping(changes) {
  return (parts2) => ({ body }) => reply(parts2.timestampAuthority.respond(body, changes(parts2)));
}
function certified2(overrides) {
  return ({ timestampAuthority, sources }) => {
    const { root, signer } = timestampAuthority;
    const { subject, notBefore, notAfter } = signer.profile;
    const options = { subject, kind: signer.key.kind, issuer: root, notBefore, notAfter, overrides };
    const { key, profile, certificate } = certifyTimestampSigner(options, sources);
    const changes = {
      signingKey: key,
      signerSerialNumber: profile.serialNumber,
      signingCertificate: certificate,
      certificates: [certificate]
    };
    return ({ body }) => reply(timestampAuthority.respond(body, changes));
  };
}
function reply(body) {
  return { status: 200, headers: { "content-type": "application/timestamp-reply" }, body };
}
function tufKey(key) {
  const listed = listedKey(key);
  return { id: encodeHex(hashOf("sha256", utf8(olpcJson(listed)))), key, listed };
}
function listedKey({ kind, publicKey }) {
  if (kind === "P-256") {
    const keyval = { public: encodePem("PUBLIC KEY", publicKey) };
    return { keytype: "ecdsa", scheme: "ecdsa-sha2-nistp256", keyval };
  }
  if (kind !== "Ed25519") throw new RangeError(`TUF has no scheme for ${kind} that all clients know`);
  return { keytype: "ed25519", scheme: "ed25519", keyval: { public: encodeHex(keyBits(publicKey)) } };
}
function olpcJson(value) {
  if (typeof value === "string") return `"${value.replace(/["\\]/g, "\\$&")}"`;
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new RangeError(`${value} is not an integer`);
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(olpcJson).join(",")}]`;
  const members2 = Object.entries(value).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))).map(([name, member]) => `${olpcJson(name)}:${olpcJson(member)}`);
  return `{${members2.join(",")}}`;
}
var thresholds = { root: 2, targets: 2, snapshot: 1, timestamp: 1 };
var specificationVersion = "1.0.31";
function encodeMetadata(metadata, { amend, spoil, ...changes } = {}) {
  const { role, version, expires, content, signers } = { ...metadata, ...changes };
  const common = { _type: role, spec_version: specificationVersion, version, expires: metadataTime(expires) };
  const plain2 = { ...common, ...content };
  const file = signMetadata(amend?.(plain2) ?? plain2, signers);
  return spoil?.(file) ?? file;
}
function metadataTime(time2) {
  return wholeSecond(time2).toISOString().replace(".000Z", "Z");
}
function signMetadata(signed, signers) {
  const text2 = utf8(olpcJson(signed));
  const signatures = signers.map(({ id, key }) => ({ keyid: id, sig: encodeHex(key.sign(text2)) }));
  return utf8(JSON.stringify({ signatures, signed }, void 0, 1));
}
function rootContent(keysOf) {
  const names = Object.keys(thresholds);
  const roles = names.map((name) => [name, { keyids: keysOf(name).map(({ id }) => id), threshold: thresholds[name] }]);
  const keys = names.flatMap(keysOf).map(({ id, listed }) => [id, listed]);
  return { consistent_snapshot: true, keys: Object.fromEntries(keys), roles: Object.fromEntries(roles) };
}
function fileInfo(bytes2) {
  return { length: bytes2.length, hashes: { sha256: encodeHex(hashOf("sha256", bytes2)) } };
}
var tufMisbehaviours = {
  "tuf:expired-timestamp": ({ tuf, sources }) => timestampRole({ expires: metadataTime(secondsAfter(sources.clock(), -oneDay)) }, () => tuf.keysOf("timestamp")),
  "tuf:rolled-back-timestamp": ({ tuf }) => timestampRole({ version: 1 }, () => tuf.keysOf("timestamp")),
  "tuf:timestamp-by-another-key": () => {
    const stranger = tufKey(generateSigningKey("P-256"));
    return timestampRole({}, () => [stranger]);
  },
  "tuf:altered-target": () => withBody((body) => flipped(body, -2), /\/targets\//)
};
function timestampRole(changes, signers) {
  return withBody((body) => {
    const { signed } = JSON.parse(decodeUtf8(body) ?? "");
    return signMetadata({ ...signed, ...changes }, signers());
  }, /\/timestamp\.json$/);
}
var checkpointPath2 = /\/checkpoint$/;
var witnessMisbehaviours = {
  "witness:forked-tree": forking((signer) => signer),
  "witness:stale-checkpoint": () => remembering(checkpointPath2),
  "witness:checkpoint-by-another-key": forking(({ name, key, keyHash }) => ({
    ...noteSigner(name, generateSigningKey(key.kind)),
    keyHash
  })),
  "witness:without-cosignature": ({ witnesses }) => withBody((body) => {
    const names = witnesses.map(({ name }) => `\u2014 ${name} `);
    const lines = Buffer.from(body).toString().split(/(?<=\n)/);
    return utf8(lines.filter((line) => !names.some((name) => line.startsWith(name))).join(""));
  }, checkpointPath2)
};
function forking(signerOf) {
  return (parts2) => {
    const log = servedLog3(parts2);
    const { origin } = parts2.rekor.log;
    const fork = new LyingStore(log.store, { replaced: strangeAt(0, log) });
    const signer = signerOf(log.signer);
    const path = `/${encodeHex(hashOf("sha256", utf8(origin)))}/checkpoint`;
    return ({ url }, right) => {
      const witness2 = parts2.witnessServices.find(([prefix3]) => url.pathname === prefix3 + path);
      if (witness2 === void 0) return right();
      const text2 = checkpointText({ origin, size: fork.size, root: fork.tree.root(), extensionLines: [] });
      const body = utf8(signNote(text2, [signer, ...witness2[1].signers]));
      return { status: 200, headers: { "content-type": "text/plain; charset=utf-8" }, body };
    };
  };
}
var misbehaviours = {
  ...oidcMisbehaviours,
  ...fulcioMisbehaviours,
  ...certificateLogMisbehaviours,
  ...timestampMisbehaviours,
  ...rekorV1Misbehaviours,
  ...rekorV2Misbehaviours,
  ...witnessMisbehaviours,
  ...tufMisbehaviours,
  ...registryMisbehaviours,
  ...transportMisbehaviours
};
var Misbehaviours = class {
  #faults;
  #parts;
  #begun = [];
  constructor(faults, parts2) {
    this.#faults = faults;
    this.#parts = parts2;
  }
  /** The misbehaviours that are on, in the order in which they began. */
  get names() {
    return this.#begun.map(({ name }) => name);
  }
  /** Begins a misbehaviour. If several change the same answer, the latest is applied last. */
  begin(name, times = Number.POSITIVE_INFINITY) {
    demandCompatible([...this.names, name]);
    this.#begun = [...this.#begun, { name, times, answers: this.#answersOf(name, times) }];
  }
  /** Begins the misbehaviours of a service again, whose parts have changed. */
  renew(service) {
    this.#begun = this.#begun.map(
      (one) => serviceOf(one.name) === service && one.answers.length > 0 ? { ...one, answers: this.#answersOf(one.name, one.times) } : one
    );
  }
  #answersOf(name, times) {
    const misbehaviour = misbehaviours[name];
    if (typeof misbehaviour === "object") {
      this.#faults.set(serviceOf(name), misbehaviour.fault(), times);
      return [];
    }
    const begun = misbehaviour(this.#parts);
    const answers = typeof begun === "function" ? { [serviceOf(name)]: begun } : begun;
    return Object.entries(answers).map(([place, answer]) => [place, counted(answer, times)]);
  }
  /** Ends all misbehaviours, and all faults. */
  end() {
    this.#faults.clear();
    this.#begun = [];
  }
  /** Returns the routes of a service, or of another place, with the misbehaviours that are on when a request comes. */
  over(place, routes) {
    return routes.map((route) => ({
      ...route,
      handle: (request) => {
        let handle = async () => route.handle(request);
        for (const [name, answer] of this.#begun.flatMap(({ answers }) => answers)) {
          const right = handle;
          if (name === place) handle = async () => answer(request, right);
        }
        return handle();
      }
    }));
  }
};
function counted(answer, times) {
  let { skip = 0, times: left = Number.POSITIVE_INFINITY } = typeof times === "number" ? { times } : times;
  return (request, right) => {
    if (skip-- > 0 || left <= 0) return right();
    left -= 1;
    return answer(request, right);
  };
}
var exampleBuildkiteJob = {
  organization_slug: "example-org",
  organization_id: "01900000-0000-4000-8000-000000007001",
  pipeline_slug: "example-pipeline",
  pipeline_id: "01900000-0000-4000-8000-000000007002",
  build_number: 17,
  build_branch: "main",
  build_commit: "0123456789abcdef0123456789abcdef01234567",
  build_source: "webhook",
  step_key: "release",
  job_id: "01900000-0000-4000-8000-000000009001",
  agent_id: "01900000-0000-4000-8000-000000007003",
  runner_environment: "buildkite-hosted"
};
var buildkite = {
  example: exampleBuildkiteJob,
  occasional: ["build_tag", "cluster_id", "cluster_name", "queue_id", "queue_key"],
  keySetPath: ".well-known/jwks",
  numbered: false,
  lifetimeSeconds: 300,
  leewaySeconds: 0,
  subject(claims2) {
    const tag = text(claims2, "build_tag");
    const ref = tag ? `refs/tags/${tag}` : `refs/heads/${text(claims2, "build_branch")}`;
    const [organization2, pipeline, commit4, step] = [
      "organization_slug",
      "pipeline_slug",
      "build_commit",
      "step_key"
    ].map((name) => text(claims2, name));
    return `organization:${organization2}:pipeline:${pipeline}:ref:${ref}:commit:${commit4}:step:${step}`;
  },
  audience: (claims2) => `https://buildkite.com/${text(claims2, "organization_slug")}`
};
var organization = "01900000-0000-4000-8000-00000000a001";
var project = "01900000-0000-4000-8000-00000000a002";
var prefix2 = "oidc.circleci.com";
var exampleCircleciJob = {
  [`${prefix2}/project-id`]: project,
  [`${prefix2}/org-id`]: organization,
  [`${prefix2}/pipeline-id`]: "01900000-0000-4000-8000-00000000a003",
  [`${prefix2}/pipeline-definition-id`]: "01900000-0000-4000-8000-00000000a004",
  [`${prefix2}/workflow-id`]: "01900000-0000-4000-8000-00000000a005",
  [`${prefix2}/job-id`]: "01900000-0000-4000-8000-00000000a006",
  [`${prefix2}/context-ids`]: ["01900000-0000-4000-8000-00000000a007"],
  [`${prefix2}/ssh-rerun`]: false,
  [`${prefix2}/vcs-origin`]: "github.com/example-org/example-repo",
  [`${prefix2}/vcs-ref`]: "refs/heads/main"
};
var circleci = {
  example: exampleCircleciJob,
  occasional: [],
  keySetPath: ".well-known/jwks-pub.json",
  numbered: false,
  lifetimeSeconds: 3600,
  leewaySeconds: 0,
  subject: (claims2) => `org/${organization}/project/${text(claims2, `${prefix2}/project-id`)}/user/01900000-0000-4000-8000-00000000a008`,
  audience: () => organization
};
var exampleForgejoJob = {
  actor: "example-user",
  actor_id: "7303",
  base_ref: "",
  event_name: "push",
  head_ref: "",
  ref: "refs/heads/main",
  ref_protected: "false",
  ref_type: "branch",
  repository: "example-org/example-repo",
  repository_id: "7301",
  repository_owner: "example-org",
  repository_owner_id: "7302",
  run_attempt: "1",
  run_id: "8301",
  run_number: "17",
  sha: "0123456789abcdef0123456789abcdef01234567",
  workflow: "release.yml",
  workflow_ref: "example-org/example-repo/.forgejo/workflows/release.yml@refs/heads/main"
};
var forgejo = {
  example: exampleForgejoJob,
  occasional: [],
  keySetPath: ".well-known/keys",
  numbered: false,
  lifetimeSeconds: 3600,
  leewaySeconds: 0,
  subject(claims2) {
    const [repository, event, ref] = ["repository", "event_name", "ref"].map((name) => text(claims2, name));
    return event === "pull_request" ? `repo:${repository}:pull_request` : `repo:${repository}:ref:${ref}`;
  },
  audience: (claims2, issuer) => `${issuer.replace(/\/api\/actions$/, "")}/${text(claims2, "repository_owner")}`
};
var commit3 = "0123456789abcdef0123456789abcdef01234567";
var exampleGitlabJob = {
  namespace_id: "7001",
  namespace_path: "example-group",
  project_id: "7002",
  project_path: "example-group/example-project",
  project_visibility: "public",
  user_id: "7003",
  user_login: "example-user",
  user_email: "example-user@example.com",
  user_access_level: "developer",
  job_project_id: "7002",
  job_project_path: "example-group/example-project",
  job_namespace_id: "7001",
  job_namespace_path: "example-group",
  pipeline_id: "8001",
  pipeline_source: "push",
  job_id: "9001",
  ref: "main",
  ref_type: "branch",
  ref_path: "refs/heads/main",
  ref_protected: "true",
  runner_id: 7004,
  runner_environment: "gitlab-hosted",
  sha: commit3,
  ci_config_ref_uri: "gitlab.com/example-group/example-project//.gitlab-ci.yml@refs/heads/main",
  ci_config_sha: commit3
};
var gitlab = {
  example: exampleGitlabJob,
  occasional: [
    "environment",
    "environment_protected",
    "deployment_tier",
    "environment_action",
    "groups_direct",
    "user_identities"
  ],
  keySetPath: "oauth/discovery/keys",
  numbered: true,
  lifetimeSeconds: 3600,
  leewaySeconds: 5,
  subject(claims2) {
    const [project2, type, ref] = ["project_path", "ref_type", "ref"].map((name) => text(claims2, name));
    return `project_path:${project2}:ref_type:${type}:ref:${ref}`;
  },
  // GitLab has no default: the definition of the job has to name the audience.
  audience: (_claims, issuer) => issuer
};
var JobTokens = class {
  issuer;
  provider;
  /** The bearer token that a job presents: `ACTIONS_ID_TOKEN_REQUEST_TOKEN`. */
  requestToken;
  /** `ACTIONS_ID_TOKEN_REQUEST_URL`. Like GitHub's, it has a query already. */
  requestUrl;
  #sources;
  #settings = {};
  constructor(issuer, sources, { provider = github, requestToken } = {}) {
    this.issuer = issuer;
    this.provider = provider;
    this.requestToken = requestToken ?? encodeHex(sources.random(32));
    this.requestUrl = `${issuer.url}/token?job=1`;
    this.#sources = sources;
  }
  /** Replaces the settings for all following tokens, by default with the initial ones. */
  configure(settings = {}) {
    this.#settings = settings;
  }
  /** Returns a token for an audience; by default for the provider's, which is never Fulcio. */
  async token(audience2, settings = this.#settings) {
    const { provider, issuer } = this;
    const job = { ...provider.example, ...settings.claims };
    const lifetimeSeconds2 = settings.lifetimeSeconds ?? provider.lifetimeSeconds;
    const claims2 = {
      ...provider.numbered ? { jti: this.#freshId() } : {},
      sub: provider.subject(job, settings.subjectForm ?? "classic"),
      aud: audience2 ?? provider.audience(job, issuer.url),
      iss: issuer.url,
      ...tokenTimes(this.#sources.clock(), lifetimeSeconds2, provider.leewaySeconds),
      ...job
    };
    return issuer.sign(withoutUndefined(claims2));
  }
  /** Returns discovery, the key set, and the endpoint, which takes the query of `readTokenQuery`. */
  routes() {
    const { example, occasional, keySetPath } = this.provider;
    const claims2 = ["sub", "aud", "exp", "iat", "iss", "jti", "nbf", ...Object.keys(example), ...occasional];
    const { pathname } = new URL(this.requestUrl);
    return [
      ...discoveryRoutes(this.issuer, claims2, { keySetPath }),
      { method: "GET", path: pathname, handle: (request) => this.#answer(request) }
    ];
  }
  async #answer({ headers, url }) {
    const [scheme = "", token] = String(headers.authorization ?? "").split(" ");
    if (scheme.toLowerCase() !== "bearer" || token !== this.requestToken) {
      return jsonResponse(
        401,
        { message: "The request token is missing or not valid." },
        { "www-authenticate": "Bearer" }
      );
    }
    const { audience: audience2, claims: claims2, ...lifetime2 } = readTokenQuery(url, this.provider.example);
    const settings = { ...this.#settings, ...lifetime2, claims: { ...this.#settings.claims, ...claims2 } };
    return jsonResponse(200, { count: 1, value: await this.token(audience2, settings) });
  }
  #freshId() {
    return encodeHex(this.#sources.random(16)).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }
};
function withoutUndefined(claims2) {
  return Object.fromEntries(
    Object.entries(claims2).flatMap(([name, value]) => value === void 0 ? [] : [[name, value]])
  );
}
function withSubject(subject, example = {}) {
  return {
    example,
    occasional: [],
    keySetPath: "keys",
    numbered: false,
    lifetimeSeconds: 3600,
    leewaySeconds: 0,
    subject: () => subject,
    audience: (_, issuer) => issuer
  };
}
var kubernetes = withSubject("system:serviceaccount:release:signer", {
  "kubernetes.io": {
    namespace: "release",
    pod: { name: "signer-0", uid: "01900000-0000-4000-8000-00000000b001" },
    serviceaccount: { name: "signer", uid: "01900000-0000-4000-8000-00000000b002" }
  }
});
var spiffeTrustDomain = "example.org";
var spiffe = withSubject(`spiffe://${spiffeTrustDomain}/ns/release/sa/signer`);
var userDomain = "example.org";
var username = withSubject("example-user");
var import_node_http = __toESM(require_node_http(), 1);
var Exchange = class {
  url;
  request;
  response;
  #handle;
  #maxBodyLength;
  #onChunk;
  #read;
  constructor(url, request, response, handle, maxBodyLength2, onChunk) {
    this.url = url;
    this.request = request;
    this.response = response;
    this.#handle = handle;
    this.#maxBodyLength = maxBodyLength2;
    this.#onChunk = onChunk;
  }
  /** Reads the request with its whole body. */
  read() {
    this.#read ??= readBody(this.request, this.#maxBodyLength, this.#onChunk).then((body) => ({
      method: this.request.method ?? "GET",
      url: this.url,
      headers: this.request.headers,
      body
    }));
    return this.#read;
  }
  /** Has the service handle the request, and returns its answer or refusal without sending it. */
  async answer(handle = this.#handle) {
    try {
      return await handle(await this.read());
    } catch (error) {
      return refusal(error);
    }
  }
  send({ status, headers, body }) {
    if (this.response.destroyed) return;
    this.head(status, { ...headers, "content-length": String(body.length) });
    this.response.end(body);
  }
  /** Sends only a status and headers. */
  head(status, headers) {
    this.response.writeHead(status, { ...headers, ...this.request.complete ? {} : { connection: "close" } });
  }
};
async function readBody(request, maxLength, onChunk) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    onChunk(chunk);
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxLength) refuse("invalidArgument", "http: request body too large");
  }
  return concatBytes(...chunks);
}
function refusal(error) {
  if (error instanceof Refusal) return error.response;
  return grpcError("internal", `bug in the sandbox: ${String(error)}`);
}
var loopback = "127.0.0.1";
var keepAliveTimeout = 6e4;
var maxBodyLength = 4 * 1024 * 1024;
var HttpListener = class _HttpListener {
  origin;
  #server;
  #traffic;
  #services = [];
  #stray = () => refuse("unavailable", "the sandbox is starting");
  constructor(server, port, traffic) {
    this.#server = server;
    this.#traffic = traffic;
    this.origin = `http://${loopback}:${port}`;
    server.on("request", (request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }
  /** Starts to listen on loopback, by default on any free port. */
  static async listen(port = 0, traffic = new Traffic()) {
    const server = (0, import_node_http.createServer)({ keepAliveTimeout });
    await new Promise((resolve, reject2) => {
      server.once("error", reject2);
      server.listen(port, loopback, () => {
        server.off("error", reject2);
        resolve();
      });
    });
    return new _HttpListener(server, server.address().port, traffic);
  }
  serve(services, stray = grpcStray) {
    this.#services = services;
    this.#stray = stray;
  }
  /** Stops listening and ends every connection, including those with a request in progress. */
  async close() {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }
  [Symbol.asyncDispose]() {
    return this.close();
  }
  async #serve(request, response) {
    const { method = "GET" } = request;
    const url = new URL(request.url ?? "/", this.origin);
    const { service, route, methods: methods2 } = destinationOf(this.#services, method, url.pathname);
    const stray = () => this.#stray(method, url.pathname, methods2);
    const record = new ReceivedRequest(service, url.pathname, request);
    this.#traffic.record(record);
    const fault2 = this.#traffic.faults.take(service, `${method} ${url.pathname}${url.search}`);
    const limit = route?.maxBodyLength ?? maxBodyLength;
    const exchange = new Exchange(
      url,
      request,
      response,
      route?.handle ?? stray,
      limit,
      (chunk) => this.#traffic.recordBody(record, chunk)
    );
    if (fault2 === void 0) exchange.send(await exchange.answer());
    else await fault2(exchange);
  }
};
var originNames = [
  "main",
  "rekor",
  "rekorV1",
  "frozenRekor",
  "artifacts",
  "blobs",
  "registry",
  "registryWithoutReferrers",
  "github",
  "githubUploads",
  "githubWeb"
];
var laterOriginNames = [
  "registry",
  "registryWithoutReferrers",
  "github",
  "githubUploads",
  "githubWeb"
];
async function openOrigins(ports, traffic) {
  const opened = await Promise.allSettled(originNames.map((name) => HttpListener.listen(ports[name], traffic)));
  const listeners = opened.flatMap((result) => result.status === "fulfilled" ? [result.value] : []);
  const failure = opened.find((result) => result.status === "rejected");
  if (failure !== void 0) {
    await Promise.all(listeners.map((listener) => listener.close()));
    failPort(failure.reason);
  }
  return Object.fromEntries(originNames.map((name, at) => [name, listeners[at]]));
}
var keepable = { from: 2e4, count: 1e4 };
var attempts = 20;
async function openFurther(traffic, random, port) {
  for (let attempt2 = 1; ; attempt2++) {
    try {
      return await HttpListener.listen(port ?? keepable.from + Number(readUint(random(4))) % keepable.count, traffic);
    } catch (error) {
      if (port !== void 0 || attempt2 === attempts) failPort(error);
    }
  }
}
async function openKeepable(traffic, random) {
  for (let attempt2 = 1; ; attempt2++) {
    const offset = Number(readUint(random(4))) % (keepable.count - originNames.length);
    try {
      return await openOrigins(
        portsBy((_, at) => keepable.from + offset + at),
        traffic
      );
    } catch (error) {
      if (!(error instanceof CountersignError) || attempt2 === attempts) throw error;
    }
  }
}
function portsOf(origins) {
  return portsBy((name) => Number(new URL(origins[name].origin).port));
}
function portsBy(port) {
  return Object.fromEntries(originNames.map((name, at) => [name, port(name, at)]));
}
async function closeOrigins(origins) {
  await Promise.all(Object.values(origins).map((listener) => listener.close()));
}
function failPort(cause) {
  if (!(typeof cause === "object" && cause !== null && "code" in cause && "port" in cause)) throw cause;
  const { code, port } = cause;
  if (code === "EADDRINUSE")
    fail("USAGE", `port ${port} is already in use`, {
      cause,
      remedy: "If a sandbox with this state folder is already running, stop it. Otherwise, use a new folder, with another --port."
    });
  fail("USAGE", `cannot listen on port ${port}: ${code}`, {
    cause,
    remedy: "Use a new state folder, with another --port."
  });
}
var seedLength = 32;
var mlDsa44Oid = "2.16.840.1.101.3.4.3.17";
function keptMlDsaKey(storage, name) {
  return mlDsaKey(keep(storage, `${name}.seed`, () => new Uint8Array(randomBytes2(seedLength))));
}
function mlDsaKey(seed2) {
  const { publicKey, secretKey } = ml_dsa44.keygen(seed2);
  return {
    kind: "ML-DSA-44",
    publicKey: der.sequence(der.sequence(der.oid(mlDsa44Oid)), der.bitString(publicKey)),
    sign: (message) => new Uint8Array(ml_dsa44.sign(message, secretKey))
  };
}
var lifetime = 300;
var maxTokens = 1e3;
var Access = class {
  /** An account that may pull and push. */
  writer;
  /** An account that may pull. */
  reader;
  #origin;
  #sources;
  #tokens = /* @__PURE__ */ new Map();
  settings = { authentication: "none", anonymousPull: true };
  constructor(origin, sources) {
    this.#origin = origin;
    this.#sources = sources;
    this.writer = { username: "writer", password: encodeHex(sources.random(16)) };
    this.reader = { username: "reader", password: encodeHex(sources.random(16)) };
  }
  /** Refuses a request that may not do this to a repository, or, without a name, one without a valid token or account. */
  demand({ headers: { authorization } }, action2, name) {
    const { authentication } = this.settings;
    if (authentication === "basic" && !this.#actionsOf(authorization).includes(action2)) denied();
    if (authentication === "bearer") this.#demandBearer(authorization, action2, name);
  }
  /** Answers the token endpoint. Actions that are not allowed are left out of the token, and refused when it is used. */
  issueToken({ url, headers: { authorization } }) {
    const isAnonymous = authorization === void 0 && this.settings.anonymousPull;
    const allowed = isAnonymous ? ["pull"] : this.#actionsOf(authorization);
    const service = url.searchParams.get("service");
    if (service !== null && service !== this.#service) {
      refuseRegistry("UNSUPPORTED", "the tokens of this endpoint are for another service", { status: 400 });
    }
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size >= maxTokens && oldest !== void 0) this.#tokens.delete(oldest);
    const token = encodeHex(this.#sources.random(32));
    const now = wholeSecond(this.#sources.clock());
    const granted2 = grantsOf(url.searchParams.getAll("scope"), allowed);
    this.#tokens.set(token, { granted: granted2, expires: secondsAfter(now, lifetime) });
    const issued = now.toISOString().replace(".000Z", "Z");
    return jsonResponse(200, { token, access_token: token, expires_in: lifetime, issued_at: issued });
  }
  get #service() {
    return new URL(this.#origin).host;
  }
  /** Returns the actions of the account with these credentials. */
  #actionsOf(authorization) {
    const given = basicCredentials2(authorization);
    const isOf = ({ username: username2, password }) => given === `${username2}:${password}`;
    if (isOf(this.writer)) return ["pull", "push"];
    return isOf(this.reader) ? ["pull"] : unauthorized(`Basic realm="${this.#service}"`);
  }
  #demandBearer(authorization, action2, name) {
    const scope = name === void 0 ? "" : `,scope="repository:${name}:${action2 === "push" ? "pull,push" : "pull"}"`;
    const challenge = `Bearer realm="${this.#origin}/token",service="${this.#service}"${scope}`;
    const [, text2 = ""] = /^Bearer +(\S+)$/i.exec(String(authorization)) ?? [];
    const token = this.#tokens.get(text2);
    if (token === void 0 || token.expires <= this.#sources.clock()) {
      unauthorized(authorization === void 0 ? challenge : `${challenge},error="invalid_token"`);
    }
    if (name === void 0 || token.granted.get(name)?.includes(action2)) return;
    denied({ "www-authenticate": `${challenge},error="insufficient_scope"` });
  }
};
function basicCredentials2(authorization) {
  const [, encoded] = /^Basic +(\S+)$/i.exec(String(authorization)) ?? [];
  try {
    return encoded === void 0 ? void 0 : decodeUtf8(decodeBase64(encoded));
  } catch {
    return void 0;
  }
}
function grantsOf(scopes2, allowed) {
  const granted2 = /* @__PURE__ */ new Map();
  for (const scope of scopes2.flatMap((text2) => text2.split(" "))) {
    const [, name = "", actions = ""] = /^repository:([^:]+):([^:]+)$/.exec(scope) ?? [];
    if (!isName(name)) continue;
    const asked = actions.split(",");
    const more = allowed.filter((action2) => asked.includes(action2) || asked.includes("*"));
    granted2.set(name, [...granted2.get(name) ?? [], ...more]);
  }
  return granted2;
}
function unauthorized(challenge) {
  return refuseRegistry("UNAUTHORIZED", "authentication required", { headers: { "www-authenticate": challenge } });
}
function denied(headers = {}) {
  return refuseRegistry("DENIED", "requested access to the resource is denied", { headers });
}
var maxUploads = 100;
var maxOpenLength = 128 * 1024 * 1024;
var maxBlobLength = 64 * 1024 * 1024;
var nothing = new Uint8Array();
var BlobEndpoints = class {
  #content;
  #random;
  #uploads = /* @__PURE__ */ new Map();
  constructor(content, random) {
    this.#content = content;
    this.#random = random;
  }
  /** Answers GET, and HEAD, whose body is not sent. */
  get({ name, reference }) {
    const digest = demandDigest(reference);
    const body = this.#content.demand(name).blobs.get(digest);
    if (body === void 0) return refuseRegistry("BLOB_UNKNOWN", "blob unknown to registry", { detail: { digest } });
    const names = { "docker-content-digest": digest, etag: `"${digest}"` };
    return { status: 200, headers: { "content-type": "application/octet-stream", ...names }, body };
  }
  /** Answers POST: takes a whole blob, or begins an upload, also in place of mounting a blob of another repository. */
  begin({ name }, { url, body }) {
    const digest = url.searchParams.get("digest");
    if (digest !== null) return this.#keep(name, digest, body);
    if (this.#uploads.size >= maxUploads) this.#removeOldest();
    const session = uuidOf(this.#random(16));
    const state = encodeHex(this.#random(16));
    const location = `/v2/${name}/blobs/uploads/${session}?_state=${state}`;
    const upload = { location, session, state, name, chunks: [], length: 0 };
    this.#uploads.set(session, upload);
    return accepted(upload);
  }
  /** Answers PATCH. */
  add(endpoint2, request) {
    return accepted(this.#append(endpoint2, request));
  }
  /** Answers GET of an upload. */
  status(endpoint2, { url }) {
    return { ...accepted(this.#find(endpoint2, url)), status: 204 };
  }
  /** Answers PUT of an upload, perhaps with its last chunk. */
  close(endpoint2, request) {
    const digest = demandDigest(request.url.searchParams.get("digest"));
    const { chunks, session } = this.#append(endpoint2, request);
    this.#uploads.delete(session);
    return this.#keep(endpoint2.name, digest, concatBytes(...chunks));
  }
  #keep(name, given, bytes2) {
    const digest = demandDigest(given);
    demandMatch(digest, bytes2);
    this.#content.keepBlob(name, digest, bytes2);
    const headers = { location: `/v2/${name}/blobs/${digest}`, "docker-content-digest": digest };
    return { status: 201, headers, body: nothing };
  }
  /** Appends a chunk, which must begin where the upload ends if it has a range. */
  #append(endpoint2, { url, headers, body }) {
    const upload = this.#find(endpoint2, url);
    const { "content-range": range } = headers;
    if (range !== void 0) demandNext(upload, String(range), body.length);
    if (upload.length + body.length > maxBlobLength) {
      refuseRegistry("SIZE_INVALID", `the registry of the sandbox takes blobs of ${maxBlobLength} bytes at most`);
    }
    upload.chunks.push(body);
    upload.length += body.length;
    while ([...this.#uploads.values()].reduce((sum, { length }) => sum + length, 0) > maxOpenLength) {
      this.#removeOldest();
    }
    return upload;
  }
  #removeOldest() {
    const [oldest = ""] = this.#uploads.keys();
    this.#uploads.delete(oldest);
  }
  #find({ name, reference }, url) {
    const upload = this.#uploads.get(reference);
    if (upload?.name !== name) return refuseRegistry("BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
    if (url.searchParams.get("_state") === upload.state) return upload;
    return refuseRegistry("BLOB_UPLOAD_INVALID", "the location of the upload is not the one that was given");
  }
};
function progressOf({ location, length }) {
  return { location, range: `0-${Math.max(0, length - 1)}` };
}
function accepted(upload) {
  return { status: 202, headers: { ...progressOf(upload), "docker-upload-uuid": upload.session }, body: nothing };
}
function demandNext(upload, range, length) {
  const [, from, to] = /^([0-9]+)-([0-9]+)$/.exec(range) ?? [];
  if (from === void 0) refuseRegistry("BLOB_UPLOAD_INVALID", "Content-Range is none");
  if (Number(from) === upload.length && Number(to) - Number(from) + 1 === length) return;
  const headers = progressOf(upload);
  refuseRegistry("BLOB_UPLOAD_INVALID", "the chunk does not begin where the upload ends", { status: 416, headers });
}
function uuidOf(bytes2) {
  return encodeHex(bytes2).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}
var overhead = 1024;
var Repository = class {
  blobs = /* @__PURE__ */ new Map();
  manifests = /* @__PURE__ */ new Map();
  /** The digests of the tagged manifests. */
  tags = /* @__PURE__ */ new Map();
  /** Returns a manifest by its tag or digest. */
  manifest(reference) {
    return this.manifests.get(this.tags.get(reference) ?? reference);
  }
  /** Returns the manifests with this subject, oldest first. */
  referrers(subject) {
    return [...this.manifests.values()].filter(({ outline }) => outline.subject === subject);
  }
};
var Content = class {
  #repositories = /* @__PURE__ */ new Map();
  #maxLength;
  #length = 0;
  constructor(maxLength) {
    this.#maxLength = maxLength;
  }
  repository(name) {
    return this.#repositories.get(name);
  }
  /** Returns a repository, and refuses one that nothing was pushed to. */
  demand(name) {
    return this.repository(name) ?? refuseRegistry("NAME_UNKNOWN", "repository name not known to registry");
  }
  keepBlob(name, digest, bytes2) {
    if (!this.repository(name)?.blobs.has(digest)) this.#take(name, bytes2.length).blobs.set(digest, bytes2);
  }
  keepManifest(name, manifest) {
    const { digest, bytes: bytes2 } = manifest;
    const known = this.repository(name);
    const repository = known?.manifests.has(digest) ? known : this.#take(name, bytes2.length);
    repository.manifests.set(digest, manifest);
  }
  tag(name, tag, digest) {
    const known = this.repository(name);
    const repository = known?.tags.has(tag) ? known : this.#take(name, 0);
    repository.tags.set(tag, digest);
  }
  /** Makes room for an item in a repository, which is created if necessary. */
  #take(name, length) {
    if (this.#length + length + overhead > this.#maxLength) {
      refuseRegistry("DENIED", "the registry of the sandbox is full, until it is started again");
    }
    this.#length += length + overhead;
    const repository = this.repository(name) ?? new Repository();
    this.#repositories.set(name, repository);
    return repository;
  }
};
function listTags(content, { name }, { url }) {
  const all = [...content.demand(name).tags.keys()].sort();
  const last = url.searchParams.get("last");
  const left = last === null ? all : all.filter((tag) => tag > last);
  const count = demandCount(url.searchParams.get("n")) ?? left.length;
  const tags2 = left.slice(0, count);
  const next = tags2.length < left.length ? tags2.at(-1) : void 0;
  return jsonResponse(200, { name, tags: tags2 }, next === void 0 ? {} : linkTo(url, { n: String(count), last: next }));
}
function listReferrers(content, { name, reference }, { url }, pageSize) {
  const subject = demandDigest(reference);
  const artifactType = url.searchParams.get("artifactType");
  const all = (content.repository(name)?.referrers(subject) ?? []).filter(
    ({ outline }) => artifactType === null || outline.artifactType === artifactType
  );
  const last = all.findIndex(({ digest }) => digest === url.searchParams.get("last"));
  const page2 = all.slice(last + 1, last + 1 + pageSize);
  const next = last + 1 + pageSize < all.length ? page2.at(-1)?.digest : void 0;
  const index = { schemaVersion: 2, mediaType: indexType, manifests: page2.map(descriptorOf) };
  const headers = {
    "content-type": indexType,
    ...artifactType === null ? {} : { "oci-filters-applied": "artifactType" },
    ...next === void 0 ? {} : linkTo(url, { last: next })
  };
  return { status: 200, headers, body: utf8(JSON.stringify(index)) };
}
function descriptorOf({ mediaType, digest, bytes: bytes2, outline }) {
  const { artifactType, annotations } = outline;
  return {
    mediaType,
    digest,
    size: bytes2.length,
    ...artifactType === void 0 ? {} : { artifactType },
    ...annotations === void 0 ? {} : { annotations }
  };
}
function linkTo(url, parameters) {
  const query = new URLSearchParams(url.searchParams);
  for (const [name, value] of Object.entries(parameters)) query.set(name, value);
  return { link: `<${url.pathname}?${query}>; rel="next"` };
}
function demandCount(text2) {
  if (text2 === null) return void 0;
  if (!/^[0-9]{1,6}$/.test(text2)) refuseRegistry("UNSUPPORTED", "n is not a number of tags", { status: 400 });
  return Number(text2);
}
var maxManifestLength = 4 * 1024 * 1024;
function getManifest(content, { name, reference }) {
  const manifest = content.demand(name).manifest(demandReference(reference));
  if (manifest === void 0) return refuseRegistry("MANIFEST_UNKNOWN", "manifest unknown to registry");
  const { digest, mediaType, bytes: body } = manifest;
  return { status: 200, headers: { "content-type": mediaType, ...namesOf(digest) }, body };
}
function putManifest(content, { name, reference }, request, { referrersApi, isKept }) {
  const repository = content.repository(name) ?? new Repository();
  const manifest = readManifest(demandReference(reference), request);
  demandParts(repository, manifest);
  demandCondition(repository.manifest(reference), request);
  if (isKept) {
    content.keepManifest(name, manifest);
    if (!isDigest(reference)) content.tag(name, reference, manifest.digest);
  }
  const { subject } = manifest.outline;
  const headers = {
    location: `/v2/${name}/manifests/${manifest.digest}`,
    ...namesOf(manifest.digest),
    ...referrersApi && subject !== void 0 ? { "oci-subject": subject } : {}
  };
  return { status: 201, headers, body: new Uint8Array() };
}
function namesOf(digest) {
  return { "docker-content-digest": digest, etag: `"${digest}"` };
}
function readManifest(reference, { headers, body: bytes2 }) {
  if (bytes2.length > maxManifestLength) refuseRegistry("SIZE_INVALID", "the manifest is of more than 4 MiB");
  const [mediaType = ""] = String(headers["content-type"] ?? "").split(";");
  if (mediaType === "") refuseRegistry("MANIFEST_INVALID", "Content-Type does not say what the manifest is");
  if (isDigest(reference)) demandMatch(reference, bytes2);
  const digest = isDigest(reference) ? reference : canonicalDigest(bytes2);
  return { digest, mediaType: mediaType.trim(), bytes: bytes2, outline: readOutline(mediaType.trim(), bytes2) };
}
function demandParts({ blobs, manifests }, { outline }) {
  const digest = outline.blobs.find((one) => !blobs.has(one)) ?? outline.manifests.find((one) => !manifests.has(one) && !blobs.has(one));
  if (digest === void 0) return;
  const message = "manifest references a manifest or blob unknown to registry";
  refuseRegistry("MANIFEST_BLOB_UNKNOWN", message, { detail: { digest } });
}
function demandCondition(present, { headers }) {
  const { "if-match": match, "if-none-match": noneMatch } = headers;
  const isMet = (match === void 0 || isListed(present, String(match))) && (noneMatch === void 0 || !isListed(present, String(noneMatch)));
  if (!isMet) refusePlainly(412, "the tag is not what it was");
}
function isListed(present, tags2) {
  if (present === void 0) return false;
  const listed = tags2.split(",").map((tag) => tag.trim());
  return listed.includes("*") || listed.includes(`"${present.digest}"`);
}
var methods = ["GET", "HEAD", "POST", "PUT", "PATCH"];
var RegistryService = class {
  origin;
  #referrersApi;
  #content;
  #blobs;
  #access;
  #referrersPageSize = 100;
  constructor({ origin, sources, referrersApi = true, maxContentLength = 256 * 1024 * 1024 }) {
    this.origin = origin;
    this.#content = new Content(maxContentLength);
    this.#referrersApi = referrersApi;
    this.#blobs = new BlobEndpoints(this.#content, sources.random);
    this.#access = new Access(origin, sources);
  }
  /** The first part of the names of its images. */
  get host() {
    return new URL(this.origin).host;
  }
  /** An account that may pull and push. */
  get writer() {
    return this.#access.writer;
  }
  /** An account that may pull. */
  get reader() {
    return this.#access.reader;
  }
  /** Changes settings. The others stay as they are. */
  configure({ referrersPageSize = this.#referrersPageSize, ...access }) {
    if (!Number.isInteger(referrersPageSize) || referrersPageSize < 1) throw new RangeError("a page of no referrers");
    this.#referrersPageSize = referrersPageSize;
    this.#access.settings = { ...this.#access.settings, ...access };
  }
  /** Returns the routes. A `forgetful` registry acknowledges manifests that it does not store. */
  routes({ forgetful = false } = {}) {
    const answers = this.#answers(!forgetful);
    const handle = (request) => this.#answer(request, answers);
    return [
      ...methods.map((method) => ({ method, path: "/v2/*", handle, maxBodyLength: maxBlobLength })),
      { method: "GET", path: "/token", handle: (request) => this.#access.issueToken(request) }
    ];
  }
  #answers(isKept) {
    const blobs = this.#blobs;
    const content = this.#content;
    const options = { isKept, referrersApi: this.#referrersApi };
    return {
      uploads: { POST: (endpoint2, request) => blobs.begin(endpoint2, request) },
      upload: {
        GET: (endpoint2, request) => blobs.status(endpoint2, request),
        PATCH: (endpoint2, request) => blobs.add(endpoint2, request),
        PUT: (endpoint2, request) => blobs.close(endpoint2, request)
      },
      blob: { GET: (endpoint2) => blobs.get(endpoint2) },
      manifest: {
        GET: (endpoint2) => getManifest(content, endpoint2),
        PUT: (endpoint2, request) => putManifest(content, endpoint2, request, options)
      },
      tags: { GET: (endpoint2, request) => listTags(content, endpoint2, request) },
      referrers: {
        GET: (endpoint2, request) => (
          // In plain text and without a code, as GitHub's registry does.
          this.#referrersApi ? listReferrers(content, endpoint2, request, this.#referrersPageSize) : refusePlainly(404, "404 page not found")
        )
      }
    };
  }
  #answer(request, answers) {
    const { url, method } = request;
    const isRead2 = method === "GET" || method === "HEAD";
    if (url.pathname === "/v2/" && isRead2) {
      this.#access.demand(request, "pull");
      return jsonResponse(200, {}, { "docker-distribution-api-version": "registry/2.0" });
    }
    const endpoint2 = readEndpoint(url.pathname);
    const action2 = isRead2 && endpoint2.kind !== "upload" ? "pull" : "push";
    this.#access.demand(request, action2, endpoint2.name);
    const hasHead = endpoint2.kind === "blob" || endpoint2.kind === "manifest";
    const answer = Object.entries(answers[endpoint2.kind]).find(
      ([name]) => name === method || name === "GET" && method === "HEAD" && hasHead
    );
    return answer?.[1](endpoint2, request) ?? refuseRegistry("UNSUPPORTED", `the method ${method} is not supported here`);
  }
};
var keyDetails = {
  "P-256": "PKIX_ECDSA_P256_SHA_256",
  "P-384": "PKIX_ECDSA_P384_SHA_384",
  "P-521": "PKIX_ECDSA_P521_SHA_512",
  Ed25519: "PKIX_ED25519"
};
function trustedRoot(trusted) {
  const {
    certificateAuthorities = [],
    certificateLogs = [],
    transparencyLogs = [],
    timestampAuthorities = []
  } = trusted;
  return {
    mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
    tlogs: transparencyLogs.map((log) => logInstance(log, log.service.signer.key)),
    certificateAuthorities: certificateAuthorities.map(authority),
    ctlogs: certificateLogs.map((log) => logInstance(log, log.service.key)),
    timestampAuthorities: timestampAuthorities.map(authority)
  };
}
function logInstance(log, { publicKey, kind }) {
  return {
    baseUrl: log.url,
    hashAlgorithm: "SHA2_256",
    publicKey: { rawBytes: encodeBase64(publicKey), keyDetails: keyDetails[kind], validFor: validFor(log) },
    logId: { keyId: encodeBase64(log.service.logId) }
  };
}
function authority({ service, url, ...window }) {
  return {
    subject: { organization: "countersign-sandbox", commonName: "countersign-sandbox" },
    uri: url,
    certChain: { certificates: service.chain.map((certificate) => ({ rawBytes: encodeBase64(certificate) })) },
    validFor: validFor(window)
  };
}
function validFor({ start, end }) {
  return { start: start.toISOString(), ...end === void 0 ? {} : { end: end.toISOString() } };
}
var exampleRelease = {
  repository: "example-org/example-repo",
  tag: "v1.2.3",
  commit: "c0ffee".padEnd(40, "0"),
  ownerId: "6000001",
  repositoryId: "700000001",
  assets: { "app.tar.gz": utf8("an app"), "app.zip": utf8("the same app") }
};
var day = 24 * 3600;
var statementType = "application/vnd.in-toto+json";
var ReleaseAuthority = class {
  root;
  /** The issuer of the release service's certificate, and of the issuer of job certificates. */
  intermediate;
  /** The issuer of job certificates. */
  jobs;
  timestampAuthority;
  #key;
  #sources;
  #notBefore;
  constructor(options) {
    const { sources, storage = new MemoryStorage() } = options;
    const { certificates, subject } = authorityDefaults({ ...options, storage });
    this.#sources = sources;
    this.#notBefore = certificates.notBefore;
    const certify2 = (role, issuer, pathLength, codeSigning) => certifyAuthority(
      { ...certificates, name: role, subject: subject(role), pathLength, codeSigning, ...issuer && { issuer } },
      sources
    );
    this.root = certify2("github-root", void 0, 2, false);
    this.intermediate = certify2("github-l1", this.root, 1, false);
    this.jobs = certify2("github-l2", this.intermediate, 0, true);
    this.timestampAuthority = new TimestampAuthority({ ...options, storage });
    this.#key = keptSigningKey(storage, "github-releases", "P-256");
  }
  /** The certificates of the authority, DER, in the order of a trusted root: the root last. */
  get chain() {
    return [this.jobs, this.intermediate, this.root].map(({ certificate }) => certificate);
  }
  /** The trusted root of this instance, which has no logs. */
  get trustedRoot() {
    const start = this.#notBefore;
    return trustedRoot({
      certificateAuthorities: [{ service: this, url: "fulcio.github.sandbox", start }],
      timestampAuthorities: [{ service: this.timestampAuthority, url: "timestamp.github.sandbox", start }]
    });
  }
  /** Returns the bundle about a release. */
  attest(release, { statement = (same) => same, leaf = {}, timestamp = {} } = {}) {
    const payload = utf8(JSON.stringify(statement(statementOf(release))));
    const signature = this.#key.sign(
      utf8(`DSSEv1 ${statementType.length} ${statementType} ${payload.length} ${Buffer.from(payload).toString()}`)
    );
    const imprint = new Uint8Array(createHash4("sha256").update(signature).digest());
    const signedTimestamp = this.timestampAuthority.timestamp({ imprint, ...timestamp });
    return {
      mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
      verificationMaterial: {
        certificate: { rawBytes: encodeBase64(this.#certificate(leaf)) },
        timestampVerificationData: { rfc3161Timestamps: [{ signedTimestamp: encodeBase64(signedTimestamp) }] }
      },
      dsseEnvelope: {
        payload: encodeBase64(payload),
        payloadType: statementType,
        signatures: [{ sig: encodeBase64(signature) }]
      }
    };
  }
  #certificate(overrides) {
    const { key, profile } = this.intermediate;
    const { publicKey } = this.#key;
    return signCertificate({
      serialNumber: freshSerialNumber(this.#sources.random),
      issuer: profile.subject,
      subject: { organization: "countersign-sandbox", commonName: "Attester" },
      notBefore: this.#notBefore,
      notAfter: secondsAfter(this.#notBefore, 365 * day),
      publicKey,
      keyUsage: ["digitalSignature"],
      extendedKeyUsage: { critical: false, purposes: [keyPurposes.codeSigning] },
      basicConstraints: { authority: false },
      subjectKeyIdentifier: keyIdentifierOf(publicKey),
      authorityKeyIdentifier: key.keyIdentifier,
      subjectAlternativeNames: {
        critical: false,
        names: [{ kind: "uniformResourceIdentifier", value: "https://dotcom.releases.github.com" }]
      },
      additionalExtensions: [],
      signingKey: key,
      signatureHash: void 0,
      ...overrides
    });
  }
};
function statementOf({ repository, tag, commit: commit4, ownerId, repositoryId, assets }) {
  const purl = `pkg:github/${repository}@${encodeURIComponent(tag)}`;
  const sha2562 = (bytes2) => createHash4("sha256").update(bytes2).digest("hex");
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject: [
      { uri: purl, digest: { sha1: commit4 } },
      ...Object.entries(assets).map(([name, bytes2]) => ({ name, digest: { sha256: sha2562(bytes2) } }))
    ],
    predicateType: "https://in-toto.io/attestation/release/v0.2",
    predicate: { databaseId: "1", ownerId, packageId: repositoryId, purl, repository, repositoryId, tag }
  };
}
var fileName = "rekor-v2-shards";
var Shards = class _Shards {
  #options;
  #shards = [];
  constructor(options) {
    this.#options = options;
  }
  /** Opens the shards in the storage, with new ones for those that are missing. */
  static async open(options) {
    const shards = new _Shards(options);
    const [frozen, active] = options.listeners;
    shards.#add(frozen, "P-256", earlierShardSize);
    shards.#begin(active, options.created);
    for (const line of decodeUtf8(options.storage.read(fileName) ?? new Uint8Array())?.split("\n") ?? []) {
      const [port, time2] = line.split(" ");
      if (time2 !== void 0) shards.#begin(await options.listen(Number(port)), new Date(time2), new Date(time2));
    }
    return shards;
  }
  /** All shards, the active one last. */
  get all() {
    return this.#shards;
  }
  get active() {
    return this.#shards.at(-1);
  }
  get first() {
    return this.#shards[0];
  }
  /** Freezes the active shard, and begins another. */
  async rotate() {
    const { clock, storage, listen } = this.#options;
    const listener = await listen();
    const time2 = clock();
    const line = `${new URL(listener.origin).port} ${time2.toISOString()}
`;
    storage.write(fileName, utf8((decodeUtf8(storage.read(fileName) ?? new Uint8Array()) ?? "") + line));
    this.#begin(listener, time2, time2);
  }
  #begin(listener, frozen, start) {
    this.active.log.freeze(frozen);
    this.#add(listener, "Ed25519", 1, start);
  }
  #add(listener, kind, size, start) {
    const { storage, clock, witnesses, portInOrigin } = this.#options;
    const folder = storage.folder(`rekor-v2-shard-${this.#shards.length + 1}`);
    const { host, hostname } = new URL(listener.origin);
    const log = new TransparencyLog({
      origin: portInOrigin ? host : hostname,
      key: keptSigningKey(folder, "log", kind),
      clock,
      witnesses,
      store: new LogStore(folder)
    });
    const service = seed(new RekorService(log), size);
    this.#shards.push({ url: listener.origin, log, service, listener, start });
  }
};
var fileName2 = "sandbox.json";
var format = "countersign-sandbox/1";
function readState(storage) {
  const bytes2 = storage.read(fileName2);
  if (bytes2 === void 0) return void 0;
  const file = ProtoField.parse(bytes2, "USAGE", fileName2);
  const found = file.field("format").string();
  if (found !== format)
    fail("USAGE", `the format ${found} of the state folder is not supported; this version reads ${format}`, {
      remedy: "Use a new state folder."
    });
  const created = file.field("created").time() ?? file.field("created").fail("is missing");
  const ports = portsBy((name) => {
    const port = file.field("ports").field(name);
    return laterOriginNames.includes(name) && !port.present ? 0 : readPort(port);
  });
  return { created, name: file.field("name").text(), ports };
}
function readPort(field) {
  const port = Number(field.uint64());
  return port > 0 && port < 65536 ? port : field.fail("is not a port number");
}
function createState(storage, ports, sources) {
  const state = { created: sources.clock(), name: encodeHex(sources.random(4)), ports };
  const text2 = JSON.stringify({ format, ...state }, void 0, 1);
  if (!storage.create(fileName2, utf8(`${text2}
`)))
    fail("USAGE", "another sandbox has just been started with this state folder");
  return state;
}
function choosePorts(state, first) {
  if (state !== void 0 && first !== void 0 && state.ports.main !== first) {
    fail("USAGE", `the sandbox in this state folder has the port ${state.ports.main}, not ${first}`, {
      remedy: "Remove --port, or use another folder. The port cannot change, since it is part of the issuer in existing signatures."
    });
  }
  return state?.ports ?? portsBy((_, at) => first === void 0 ? 0 : first + at);
}
function signingConfig(urls, logs, start) {
  const service = ({ url, majorApiVersion, end }) => ({
    url,
    majorApiVersion,
    validFor: validFor(end === void 0 ? { start } : { start, end }),
    operator: "countersign-sandbox"
  });
  return {
    mediaType: "application/vnd.dev.sigstore.signingconfig.v0.2+json",
    caUrls: [service({ url: urls.fulcio, majorApiVersion: 1 })],
    oidcUrls: [service({ url: urls.personIssuer, majorApiVersion: 1 })],
    rekorTlogUrls: logs.map(service),
    rekorTlogConfig: { selector: "ANY" },
    tsaUrls: [service({ url: urls.timestamp, majorApiVersion: 1 })],
    tsaConfig: { selector: "ANY" }
  };
}
var oneWeek = 7 * 24 * 3600;
var oneYear = 365 * 24 * 3600;
var keyNames = { offline: ["offline-1", "offline-2", "offline-3"], online: ["online"] };
var TufRepository = class {
  /** The served files by their paths. Any file can be put here. */
  files;
  #sources;
  #storage;
  #kind;
  #timestampLifetime;
  #targets;
  #versions;
  #keys;
  #current;
  constructor(options) {
    const { sources, targets = {}, storage = new MemoryStorage() } = options;
    this.#sources = sources;
    this.#storage = storage;
    this.#kind = options.kind ?? "P-256";
    this.#timestampLifetime = options.timestampLifetimeSeconds ?? oneWeek;
    this.#targets = new Map(Object.entries(targets));
    this.files = readFiles(storage);
    this.#versions = readVersions(this.files);
    if (this.rootVersion === 0) {
      this.#keys = { offline: this.#keysOfRoot(1, "offline"), online: this.#keysOfRoot(1, "online") };
      this.#publishRoot();
    } else {
      const names = storage.folder("keys").names();
      const known = names.filter((name) => name.endsWith(".key")).map((name) => this.#key(name.slice(0, -4)));
      const { roles, expires } = JSON.parse(this.root(this.rootVersion)).signed;
      this.#keys = {
        offline: known.filter(({ id }) => roles.root.keyids.includes(id)),
        online: known.filter(({ id }) => roles.timestamp.keyids.includes(id))
      };
      if (new Date(expires) < secondsAfter(sources.clock(), oneYear / 2)) this.#publishRoot();
    }
    this.publish();
  }
  /** The first root, from which clients start. */
  get rootJson() {
    return this.root(1);
  }
  get rootVersion() {
    return this.#versions.root;
  }
  /** @throws RangeError if there is no such version */
  root(version) {
    const text2 = decodeUtf8(this.files.get(`${version}.root.json`) ?? new Uint8Array());
    if (!text2) throw new RangeError(`no root ${version}`);
    return text2;
  }
  /** Returns the current keys of a role. */
  keysOf(role) {
    return this.#keys[role === "root" || role === "targets" ? "offline" : "online"];
  }
  /** Replaces all keys, or all but the online one, by a root that the old and the new keys sign. */
  rotateRoot(changes = {}, { online = true } = {}) {
    const old = this.#keys;
    const next = this.rootVersion + 1;
    const offline = this.#keysOfRoot(next, "offline");
    this.#keys = { offline, online: online ? this.#keysOfRoot(next, "online") : old.online };
    this.#publishRoot({ signers: [...old.offline, ...offline], ...changes });
    this.publish();
  }
  /** Adds or replaces a target, and publishes it. */
  setTarget(name, bytes2) {
    this.#targets.set(name, bytes2);
    this.publish();
  }
  /** Publishes the next versions of targets, snapshot and timestamp. */
  publish(changes = {}) {
    for (const [name, bytes2] of this.#targets) this.#put(hashedPath(name, bytes2), bytes2);
    const targets = { targets: Object.fromEntries([...this.#targets].map(([name, bytes2]) => [name, fileInfo(bytes2)])) };
    const targetsFile = this.#publish("targets", oneYear, targets, changes.targets);
    const snapshot = { meta: { "targets.json": { version: this.#versions.targets, ...fileInfo(targetsFile) } } };
    const snapshotFile = this.#publish("snapshot", oneYear, snapshot, changes.snapshot);
    this.#publishTimestamp(snapshotFile, changes.timestamp);
  }
  routes(path) {
    const handle = ({ url }) => this.#serve(url.pathname.slice(path.length + 1));
    return [{ method: "GET", path: `${path}/*`, handle }];
  }
  #serve(path) {
    if (path === "timestamp.json") this.#renew();
    const body = this.files.get(path) ?? refuse("notFound", "Not Found");
    return { status: 200, headers: { "content-type": "application/json" }, body };
  }
  #publishRoot(changes) {
    this.#publish(
      "root",
      oneYear,
      rootContent((role) => this.keysOf(role)),
      changes
    );
  }
  #publish(role, lifetime2, content, changes = {}) {
    this.#versions[role] += 1;
    const version = this.#versions[role];
    const expires = secondsAfter(this.#sources.clock(), lifetime2);
    const file = encodeMetadata({ role, version, expires, content, signers: this.keysOf(role) }, changes);
    this.#put(role === "timestamp" ? "timestamp.json" : `${version}.${role}.json`, file);
    return file;
  }
  #publishTimestamp(snapshotFile, changes) {
    const content = { meta: { "snapshot.json": { version: this.#versions.snapshot, ...fileInfo(snapshotFile) } } };
    const lifetime2 = this.#timestampLifetime;
    const timestamp = this.#publish("timestamp", lifetime2, content, changes);
    this.#current = lifetime2 < 0 ? void 0 : { timestamp, until: secondsAfter(this.#sources.clock(), lifetime2 / 2) };
  }
  /** Signs the timestamp again if half of its lifetime is over, unless the file was replaced. */
  #renew() {
    const current = this.#current;
    if (current === void 0 || this.files.get("timestamp.json") !== current.timestamp) return;
    const snapshot = this.files.get(`${this.#versions.snapshot}.snapshot.json`);
    if (snapshot !== void 0 && this.#sources.clock() > current.until) this.#publishTimestamp(snapshot);
  }
  #put(path, bytes2) {
    this.files.set(path, bytes2);
    const [, folder, name = path] = /^(?:(.*)\/)?([^/]*)$/.exec(path) ?? [];
    (folder === void 0 ? this.#storage : this.#storage.folder(folder)).write(name, bytes2);
  }
  /** Returns the keys of a version of the root, which are generated if they are not in the storage. */
  #keysOfRoot(version, role) {
    return keyNames[role].map((name) => this.#key(`root-${version}-${name}`));
  }
  #key(name) {
    return tufKey(keptSigningKey(this.#storage.folder("keys"), name, this.#kind));
  }
};
function readFiles(storage) {
  const filesIn = (folder, path) => folder.names().map((name) => [path + name, folder.read(name) ?? new Uint8Array()]);
  return new Map([...filesIn(storage, ""), ...filesIn(storage.folder("targets"), "targets/")]);
}
function readVersions(files) {
  const names = [...files.keys()].map((path) => path.split("."));
  const latest = (role) => Math.max(0, ...names.map(([version, name, type]) => name === role && type === "json" ? Number(version) : 0));
  const file = files.get("timestamp.json");
  const timestamp = file === void 0 ? 0 : JSON.parse(decodeUtf8(file) ?? "").signed.version;
  return { root: latest("root"), targets: latest("targets"), snapshot: latest("snapshot"), timestamp };
}
function hashedPath(name, bytes2) {
  return `targets/${name}`.replace(/[^/]*$/, (last) => `${encodeHex(hashOf("sha256", bytes2))}.${last}`);
}
function isConsistent(first, second, proof) {
  if (first.size === 0) return proof.length === 0;
  if (first.size === second.size) return proof.length === 0 && equalBytes(first.root, second.root);
  const isPerfect = Number.isInteger(Math.log2(first.size));
  const [start, ...rest] = isPerfect ? [first.root, ...proof] : proof;
  if (start === void 0) return false;
  let [node, last] = [first.size - 1, second.size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let [left, whole] = [start, start];
  for (const hash of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      [left, whole] = [nodeHash(hash, left), nodeHash(hash, whole)];
      while (node % 2 === 0 && node > 0) [node, last] = [half(node), half(last)];
    } else {
      whole = nodeHash(whole, hash);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equalBytes(left, first.root) && equalBytes(whole, second.root);
}
function half(number2) {
  return Math.floor(number2 / 2);
}
var maxProofLength = 63;
var WitnessService = class {
  #makeSigners;
  #signers;
  #logs = /* @__PURE__ */ new Map();
  #witnessed = /* @__PURE__ */ new Map();
  /** @param signers makes the keys of the witness when they are needed: an ML-DSA-44 key takes a while */
  constructor(signers) {
    this.#makeSigners = signers;
  }
  /** The keys of the witness, each of which cosigns. */
  get signers() {
    this.#signers ??= this.#makeSigners();
    return this.#signers;
  }
  /** Adds a log. A witness knows a log by its origin: another log of the same origin is replaced, with all that was seen of it. */
  follow(log) {
    this.#logs.set(log.origin, log);
    this.#witnessed.delete(log.origin);
  }
  /**
   * Cosigns a submitted checkpoint, and returns the lines of the cosignatures.
   *
   * @throws Refusal 400, 403, 404, 409, 422
   */
  add(request) {
    const { oldSize, proof, checkpoint } = readSubmission(request);
    return this.#cosign(oldSize, proof, checkpoint);
  }
  /** Returns the latest checkpoint of a log by the SHA-256 of its origin, in hexadecimal. */
  latest(originHash) {
    const log = [...this.#logs.values()].find(({ origin }) => encodeHex(hashOf("sha256", utf8(origin))) === originHash);
    if (log === void 0) return void 0;
    const { size = 0 } = this.#witnessed.get(log.origin) ?? {};
    const observed = log.observe?.(size);
    if (observed !== void 0) this.#cosign(size, observed.proof, observed.checkpoint);
    return this.#witnessed.get(log.origin)?.note;
  }
  /** @param path the submission prefix, which is the monitoring prefix too */
  routes(path) {
    return [
      {
        method: "POST",
        path: `${path}/add-checkpoint`,
        handle: ({ body }) => plain(200, this.add(body))
      },
      {
        method: "GET",
        path: `${path}/*`,
        handle: ({ url }) => {
          const [, originHash = ""] = /^\/([0-9a-f]{64})\/checkpoint$/.exec(url.pathname.slice(path.length)) ?? [];
          return plain(200, this.latest(originHash) ?? refuse3(404, "no checkpoint of this log"));
        }
      }
    ];
  }
  #cosign(oldSize, proof, checkpoint) {
    const { text: text2, lines } = understood(() => readNote(checkpoint));
    const { origin, size, root } = understood(() => readCheckpointText(utf8(text2)));
    const log = this.#logs.get(origin) ?? refuse3(404, "unknown log");
    const own = lines.filter(({ name, keyId }) => name === log.signer.name && isStart(keyId, log.signer.keyHash));
    if (own.length === 0) refuse3(403, "the checkpoint is not signed by the log");
    if (!own.every(({ signature }) => isSigned(log.signer.key, text2, signature)))
      refuse3(403, "the signature of the log is invalid");
    if (oldSize > size) refuse3(400, "the old size is larger than that of the checkpoint");
    const known = this.#witnessed.get(origin) ?? { size: 0, root: emptyRoot };
    if (oldSize !== known.size) refuse3(409, `${known.size}`, "text/x.tlog.size");
    if (size === 0 && !equalBytes(root, emptyRoot)) refuse3(422, "the root is not that of an empty tree");
    if (!isConsistent(known, { size, root }, proof)) refuse3(422, "the consistency proof is invalid");
    const cosignatures = this.signers.map((one) => signatureLine(one, one.sign(utf8(text2)))).join("");
    const signatures = own.map(
      ({ name, signature }) => signatureLine({ name, keyHash: log.signer.keyHash }, signature)
    );
    this.#witnessed.set(origin, { size, root, note: `${text2}
${signatures.join("")}${cosignatures}` });
    return cosignatures;
  }
};
var emptyRoot = hashOf("sha256");
function readSubmission(body) {
  const text2 = decodeUtf8(body) ?? refuse3(400, "the request is not UTF-8");
  const end = text2.indexOf("\n\n");
  const [old = "", ...hashes] = text2.slice(0, end).split("\n");
  const [, oldSize] = /^old (0|[1-9]\d{0,14})$/.exec(old) ?? [];
  if (end < 0 || oldSize === void 0) refuse3(400, "the request does not begin with the old size");
  if (hashes.length > maxProofLength) refuse3(400, `the proof has more than ${maxProofLength} hashes`);
  const proof = understood(() => hashes.map(decodeBase64));
  if (proof.some((hash) => hash.length !== emptyRoot.length)) refuse3(400, "a hash of the proof has another length");
  return { oldSize: Number(oldSize), proof, checkpoint: text2.slice(end + 2) };
}
function isStart(start, bytes2) {
  return equalBytes(start, bytes2.subarray(0, start.length));
}
function isSigned({ kind, publicKey }, text2, signature) {
  const key = createPublicKey8({ key: Buffer.from(publicKey), format: "der", type: "spki" });
  return verify5(kind === "Ed25519" ? null : "sha256", utf8(text2), key, signature);
}
function understood(read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError || error instanceof CountersignError) refuse3(400, error.message);
    throw error;
  }
}
function plain(status, text2, contentType = "text/plain; charset=utf-8") {
  return { status, headers: { "content-type": contentType }, body: utf8(text2) };
}
function refuse3(status, reason, contentType) {
  throw new Refusal(reason, plain(status, `${reason}
`, contentType));
}
var trustedBeforeStart = 300;
var witnessNames = {
  "/witness-1": "witness-1.countersign.sandbox",
  "/witness-2": "witness-2.countersign.sandbox"
};
async function startSandbox(options = {}) {
  const sources = {
    clock: options.clock ?? systemSources.clock,
    random: options.random ?? systemSources.random
  };
  const { storage = new MemoryStorage() } = options;
  const traffic = new Traffic(options.recordRequests ?? true);
  const kept = readState(storage);
  const isAnywhere = kept === void 0 && options.port === void 0 && options.storage !== void 0;
  const origins = isAnywhere ? await openKeepable(traffic, sources.random) : await openOrigins(choosePorts(kept, options.port), traffic);
  const listeners = { origins, further: [] };
  try {
    const state = kept ?? createState(storage, portsOf(origins), sources);
    return await assemble(options, storage, state, sources, listeners, traffic);
  } catch (error) {
    await closeAll(listeners);
    throw error;
  }
}
async function closeAll({ origins, further }) {
  await Promise.all([closeOrigins(origins), ...further.map((listener) => listener.close())]);
}
async function assemble({ marked = true, portInOrigin = false, postQuantum = false, misbehaviours: misbehaviours2 = [] }, storage, state, sources, listeners, traffic) {
  const { origins, further } = listeners;
  const { clock, random } = sources;
  const start = secondsAfter(state.created, -trustedBeforeStart);
  const keys = storage.folder("keys");
  const logs = storage.folder("logs");
  const { main } = origins;
  const urls = {
    jobIssuer: `${main.origin}/gha`,
    gitlabIssuer: `${main.origin}/gitlab`,
    buildkiteIssuer: `${main.origin}/buildkite`,
    circleciIssuer: `${main.origin}/circleci`,
    forgejoIssuer: `${main.origin}/forgejo/api/actions`,
    kubernetesIssuer: `${main.origin}/kubernetes`,
    spiffeIssuer: `${main.origin}/spiffe`,
    usernameIssuer: `${main.origin}/username`,
    personIssuer: `${main.origin}/email`,
    fulcio: `${main.origin}/fulcio`,
    certificateLog: `${main.origin}/ct`,
    timestamp: `${main.origin}/tsa/api/v1/timestamp`,
    rekor: origins.rekor.origin,
    frozenRekor: origins.frozenRekor.origin,
    rekorV1: origins.rekorV1.origin,
    witness1: `${main.origin}/witness-1`,
    witness2: `${main.origin}/witness-2`,
    tuf: `${main.origin}/tuf`,
    results: `${origins.artifacts.origin}/`,
    registry: origins.registry.origin,
    registryWithoutReferrers: origins.registryWithoutReferrers.origin,
    github: origins.github.origin
  };
  const blobs = new BlobStore(origins.blobs.origin, sources);
  const artifactService = await ArtifactService.create({ origin: origins.artifacts.origin, blobs, sources });
  const [registry, registryWithoutReferrers] = [
    new RegistryService({ origin: urls.registry, sources }),
    new RegistryService({ origin: urls.registryWithoutReferrers, sources, referrersApi: false })
  ];
  const github2 = new GitHubService({
    origin: urls.github,
    uploads: origins.githubUploads.origin,
    web: origins.githubWeb.origin,
    artifacts: artifactService,
    blobs,
    sources,
    attestRelease: (release) => releaseService().attest(release)
  });
  const requestToken = encodeHex(keep(keys, "request-token", () => random(32)));
  const issuer = (name) => createTokenIssuer(urls[`${name}Issuer`], { storage: keys, name: `${name}-issuer` });
  const tokensLike = (name, provider) => new JobTokens(issuer(name), sources, { provider, requestToken });
  const jobTokens = new JobTokens(issuer("job"), sources, { requestToken });
  const gitlabTokens = tokensLike("gitlab", gitlab);
  const buildkiteTokens = tokensLike("buildkite", buildkite);
  const circleciTokens = tokensLike("circleci", circleci);
  const forgejoTokens = tokensLike("forgejo", forgejo);
  const kubernetesTokens = tokensLike("kubernetes", kubernetes);
  const spiffeTokens = tokensLike("spiffe", spiffe);
  const usernameTokens = tokensLike("username", username);
  const personTokens = new PersonTokens(issuer("person"), sources);
  const workloadTokens = [circleciTokens, forgejoTokens, kubernetesTokens, spiffeTokens, usernameTokens];
  const tokens = [jobTokens, gitlabTokens, buildkiteTokens, ...workloadTokens, personTokens];
  const authorizationServer = new AuthorizationServer(personTokens, sources);
  const origin = urls.certificateLog.replace("http://", "");
  const certificateLog = new CertificateLog(clock, { origin, storage: logs.folder("certificates") });
  const authority2 = { sources, marked, storage: keys, name: state.name, notBefore: secondsAfter(state.created, -3600) };
  const certificateAuthority = new CertificateAuthority({ ...authority2, log: certificateLog });
  const certificateLogService = new CertificateLogService(certificateLog, [certificateAuthority.root.certificate]);
  const timestampAuthority = new TimestampAuthority(authority2);
  const issuers = [
    { issuer: jobTokens.issuer, kind: "github-workflow" },
    { issuer: gitlabTokens.issuer, kind: "gitlab-pipeline" },
    { issuer: buildkiteTokens.issuer, kind: "buildkite-job" },
    { issuer: circleciTokens.issuer, kind: "circleci-job" },
    {
      issuer: forgejoTokens.issuer,
      kind: "forgejo-workflow",
      url: urls.forgejoIssuer.replace(/\/api\/actions$/, "")
    },
    { issuer: kubernetesTokens.issuer, kind: "kubernetes" },
    { issuer: spiffeTokens.issuer, kind: "spiffe", spiffeTrustDomain },
    { issuer: usernameTokens.issuer, kind: "username", subjectDomain: userDomain },
    { issuer: personTokens.issuer, kind: "email" }
  ];
  const fulcio = new CertificationService(certificateAuthority, issuers, clock);
  const witnessed = Object.entries(witnessNames).map(([path, name]) => {
    const ed255192 = witness(name, keptSigningKey(keys, name, "Ed25519"), clock);
    const signers = () => [ed255192, witness(name, keptMlDsaKey(keys, name), clock)];
    return { path, ed25519: ed255192, service: new WitnessService(signers) };
  });
  const witnesses = witnessed.flatMap(({ ed25519: ed255192, service: service2 }) => postQuantum ? service2.signers : [ed255192]);
  const shards = await Shards.open({
    storage: logs,
    clock,
    witnesses,
    created: state.created,
    listeners: [origins.frozenRekor, origins.rekor],
    listen: async (port) => {
      const listener = await openFurther(traffic, random, port);
      further.push(listener);
      return listener;
    },
    portInOrigin
  });
  const rekorV1Log = new ShardedLog({
    host: new URL(urls.rekorV1).hostname,
    sources,
    storage: logs.folder("rekor-v1")
  });
  const rekorV1 = seedV1(new RekorV1Service(rekorV1Log));
  const follow = (log) => {
    const observe = (size) => ({ checkpoint: log.checkpoint(), proof: log.consistencyProof(size) });
    for (const { service: service2 } of witnessed) service2.follow({ origin: log.origin, signer: log.signer, observe });
  };
  for (const { log } of [...shards.all, ...rekorV1Log.shards]) follow(log);
  const publication = () => {
    const { active, all } = shards;
    const startOf = (shard) => shard.start === void 0 ? start : secondsAfter(shard.start, -trustedBeforeStart);
    const frozen = all.slice(0, -1).map((shard) => ({ shard, end: shard.log.frozen ?? state.created }));
    const trust = trustedRoot({
      certificateAuthorities: [{ service: certificateAuthority, url: urls.fulcio, start }],
      certificateLogs: [{ service: certificateLog, url: urls.certificateLog, start }],
      transparencyLogs: [
        { service: active.log, url: active.url, start: startOf(active) },
        ...frozen.map(({ shard, end }) => ({ service: shard.log, url: shard.url, start: startOf(shard), end })),
        { service: rekorV1Log.active.log, url: urls.rekorV1, start }
      ],
      timestampAuthorities: [{ service: timestampAuthority, url: urls.timestamp, start }]
    });
    const v1 = { url: urls.rekorV1, majorApiVersion: 1 };
    const v2 = { url: active.url, majorApiVersion: 2 };
    const ended = frozen.map(({ shard, end }) => ({ url: shard.url, majorApiVersion: 2, end }));
    const configs = {
      signingConfig: signingConfig(urls, [v2, ...ended], start),
      signingConfigRekorV1: signingConfig(urls, [v1], start),
      signingConfigBothLogs: signingConfig(urls, [v2, ...ended, v1], start)
    };
    return { trustedRoot: trust, ...configs };
  };
  let published = publication();
  const targets = () => ({
    "trusted_root.json": utf8(JSON.stringify(published.trustedRoot)),
    "signing_config.v0.2.json": utf8(JSON.stringify(published.signingConfigRekorV1)),
    "signing_config_rekor_v2.v0.2.json": utf8(JSON.stringify(published.signingConfigBothLogs))
  });
  const tuf = new TufRepository({ sources, storage: storage.folder("tuf"), targets: targets() });
  const conduct = new Misbehaviours(traffic.faults, {
    sources,
    // Created only when a misbehaviour needs it.
    get storage() {
      return storage.folder("misbehaviour");
    },
    tokenIssuers: issuers.map((one) => one.issuer),
    fulcio,
    certificateLog: certificateLogService,
    certificateLogPath: "/ct",
    timestampAuthority,
    rekorV1,
    get rekor() {
      return shards.active.service;
    },
    frozenRekor: shards.first.service,
    witnesses,
    witnessServices: witnessed.map(({ path, service: service2 }) => [path, service2]),
    tuf,
    registries: [registry, registryWithoutReferrers],
    blobs
  });
  for (const name of misbehaviours2) conduct.begin(name);
  const service = (name, ...routes) => ({
    name,
    routes: conduct.over(name, routes.flat())
  });
  main.serve([
    service("oidc", ...[...tokens, authorizationServer].map((one) => one.routes())),
    // At the root too, as sigstore-python leaves out the path of a base URL.
    service("fulcio", fulcio.routes("/fulcio"), fulcio.routes("")),
    service("ct", certificateLogService.routes("/ct")),
    service("timestamp", timestampAuthority.routes("/tsa/api/v1/timestamp")),
    service("tuf", tuf.routes("/tuf")),
    service("witness", ...witnessed.map(({ path, service: service2 }) => service2.routes(path)))
  ]);
  const serveShards = () => {
    for (const shard of shards.all) {
      const routes = shard.service.routes();
      const isFirst = shard === shards.first;
      const place = isFirst ? "rekor-v2-frozen" : "rekor-v2";
      const misbehaves = isFirst || shard === shards.active;
      shard.listener.serve([{ name: "rekor-v2", routes: misbehaves ? conduct.over(place, routes) : routes }]);
    }
  };
  serveShards();
  origins.rekorV1.serve([service("rekor-v1", rekorV1.routes())], rekorStray);
  origins.artifacts.serve([service("artifacts", artifactService.routes())], twirpStray);
  origins.blobs.serve([service("blobs", blobs.routes())]);
  origins.registry.serve([service("registry", registry.routes())], registryStray);
  origins.registryWithoutReferrers.serve([service("registry", registryWithoutReferrers.routes())], registryStray);
  origins.github.serve([service("github", github2.routes())], gitHubStray);
  origins.githubUploads.serve([service("github", github2.uploadRoutes())], gitHubStray);
  origins.githubWeb.serve([service("github", github2.releases.webRoutes())], gitHubStray);
  const rotateRekor = async () => {
    await shards.rotate();
    published = publication();
    for (const [name, bytes2] of Object.entries(targets())) tuf.setTarget(name, bytes2);
    conduct.renew("rekor-v2");
    serveShards();
    follow(shards.active.log);
  };
  let releaseAuthority;
  const releaseService = () => {
    releaseAuthority ??= new ReleaseAuthority({ ...authority2, storage: storage.folder("releases") });
    return releaseAuthority;
  };
  const close = () => closeAll(listeners);
  return {
    get urls() {
      return { ...urls, rekor: shards.active.url };
    },
    jobTokens,
    gitlabTokens,
    buildkiteTokens,
    circleciTokens,
    forgejoTokens,
    kubernetesTokens,
    spiffeTokens,
    usernameTokens,
    personTokens,
    certificateAuthority,
    certificateLog,
    timestampAuthority,
    get transparencyLog() {
      return shards.active.log;
    },
    frozenLog: shards.first.log,
    get rekorShards() {
      return [...shards.all];
    },
    witnesses,
    witnessServices: witnessed.map(({ service: service2 }) => service2),
    rekorV1Log,
    artifactService,
    registry,
    registryWithoutReferrers,
    github: github2,
    get releaseAuthority() {
      return releaseService();
    },
    tuf,
    get trustedRoot() {
      return published.trustedRoot;
    },
    get signingConfig() {
      return published.signingConfig;
    },
    get signingConfigRekorV1() {
      return published.signingConfigRekorV1;
    },
    get signingConfigBothLogs() {
      return published.signingConfigBothLogs;
    },
    requests: traffic.requests,
    faults: traffic.faults,
    get misbehaviours() {
      return conduct.names;
    },
    rotateRekor,
    misbehave: (name, times) => conduct.begin(name, times),
    behave: () => conduct.end(),
    close,
    [Symbol.asyncDispose]: close
  };
}
export {
  demandBytes,
  exampleJob,
  lieNames,
  misbehaviourOf,
  readMisbehaviourNames,
  registryLieNames,
  serviceNames,
  startSandbox,
  transportFaults,
  verifierKey
};
