import { describeTag, expectAnswer, fallbackTag, findReferrers, getFallbackIndex, getManifest, headManifest, listReferrers, nextPage, putManifest } from "./services-registry-manifests.mjs";
import { sleep } from "./services-http-sleep.mjs";
import { demandDigest, descriptorJson, indexMediaType, parseObject, readIndex } from "./services-registry-manifest.mjs";
import { programsOf } from "./node-run-program.mjs";
import { backOff, readSecretAnswer } from "./services-http-back-off.mjs";
import { readImageName } from "./subject-image-name.mjs";
import { dockerHub, formatRepository, hubByItsName, mayPointTo, parseRegistry, parseRepository, parseTag, registryOrigin, resolveAddress, withParameter } from "./services-registry-image-reference.mjs";
import { Secret } from "./node-secret.mjs";
import { inTurns } from "./node-concurrency.mjs";
import { utf8Bytes, readRegularFile, digest, equalDigests, formatDigest } from "./node-regular-file.mjs";
import { decodeBase64, encodeBase64 } from "./core-encoding-der.mjs";
import { parseJson, asList, asObject, asText, decodeUtf8, utf8 } from "./core-encoding-json.mjs";
import { CountersignError, attempt, fail, reading, systemCode } from "./core-errors-codes.mjs";
import { homedir } from "node:os";
import { join } from "node:path";
function passwordCredential(user, password, refuse) {
  return user.includes(":") ? refuse() : { kind: "password", user, password: new Secret(password) };
}
var maxLength = 1024 * 1024;
function readCredentialFile(bytes, path, repository) {
  if (bytes.length > maxLength) fail("CREDENTIALS_INVALID", `${path} is too large: the limit is ${maxLength} bytes`);
  const file = members(
    reading(
      "CREDENTIALS_INVALID",
      path,
      () => parseJson(utf8Bytes(bytes, "CREDENTIALS_INVALID", "the file"), { maxDepth: 16 })
    ),
    path
  );
  const auths = members(file.auths ?? {}, `${path}: auths`);
  const key = bestKey(Object.keys(auths), repository);
  return {
    helper: readHelper(file, path, repository),
    credential: key === void 0 ? void 0 : readAuth(members(auths[key], `${path}: auths`), `${path}: auths`)
  };
}
function serverName({ registry }) {
  return registry === dockerHub ? "https://index.docker.io/v1/" : registry;
}
function readHelper(file, path, repository) {
  const helpers = members(file.credHelpers ?? {}, `${path}: credHelpers`);
  const key = bestKey(Object.keys(helpers), repository);
  const own = key === void 0 ? void 0 : text(helpers[key], `${path}: credHelpers`);
  const name = own ?? text(file.credsStore, `${path}: credsStore`);
  if (name === void 0 || name === "") return void 0;
  return { name, server: serverName(repository), isForThisRegistry: own !== void 0 };
}
function bestKey(keys, repository) {
  return candidates(repository).map((candidate) => keys.find((key) => normalise(key) === candidate)).find((key) => key !== void 0);
}
function candidates(repository) {
  const parts = formatRepository(repository).split("/");
  return parts.map((_, index) => parts.slice(0, parts.length - index).join("/"));
}
function normalise(key) {
  const name = key.replace(/^(https?:\/\/[^/]+)\/v[12]\/?$/, "$1").replace(/^https?:\/\//, "");
  return hubByItsName(name.replace(/\/$/, ""));
}
function readAuth(entry, what) {
  const identityToken = text(entry.identitytoken, `${what}: identitytoken`);
  if (identityToken) return { kind: "identity-token", token: new Secret(identityToken) };
  const auth = text(entry.auth, `${what}: auth`);
  if (auth) return readUserAndPassword(auth, `${what}: auth`);
  const user = text(entry.username, `${what}: username`);
  const password = text(entry.password, `${what}: password`);
  if (!user || !password) return void 0;
  return passwordCredential(
    user,
    password,
    () => fail("CREDENTIALS_INVALID", `${what}: the user name contains a colon`)
  );
}
function readUserAndPassword(auth, what) {
  const refuse = () => fail("CREDENTIALS_INVALID", `${what} is not the base64 encoding of user:password`);
  const decoded = decodeUtf8(reading("CREDENTIALS_INVALID", what, () => decodeBase64(auth)));
  const both = (decoded ?? refuse()).replace(/\0+$/, "");
  const colon = both.indexOf(":");
  if (colon < 1) return refuse();
  return passwordCredential(both.slice(0, colon), both.slice(colon + 1), refuse);
}
function members(value, what) {
  return asObject(value) ?? fail("CREDENTIALS_INVALID", `${what} is not a JSON object`);
}
function text(value, what) {
  if (value === void 0 || value === null) return void 0;
  return asText(value) ?? fail("CREDENTIALS_INVALID", `${what} is not a string`);
}
var nameShape = /^[A-Za-z0-9._-]+$/;
var maxOutputLength = 64 * 1024;
var timeoutMilliseconds = 3e4;
async function askHelper(run, name, server) {
  if (!nameShape.test(name)) {
    fail("CREDENTIALS_INVALID", `${JSON.stringify(name.slice(0, 80))} is not a valid credential helper name`);
  }
  const program = `docker-credential-${name}`;
  const refuse = (problem) => fail("CREDENTIALS_INVALID", `the credential helper ${program} failed for ${server}: it ${problem}`, {
    remedy: `Run "docker login" again, or check the output of "${program} get".`
  });
  const ended = await run({ program, arguments: ["get"], input: server, timeoutMilliseconds, maxOutputLength });
  if (ended.kind === "failed") return refuse(ended.problem);
  if (ended.exitCode !== 0) {
    return isNotFound(ended.output) ? void 0 : refuse(`exited with code ${ended.exitCode}`);
  }
  const { Username: user, Secret: secret } = parse(ended.output) ?? refuse("did not print JSON");
  if (typeof user !== "string" || typeof secret !== "string" || secret === "") {
    return refuse("did not print a user name and a secret");
  }
  if (user === "<token>") return { kind: "identity-token", token: new Secret(secret) };
  if (user === "") return refuse("did not print a user name and a secret");
  return passwordCredential(user, secret, () => refuse("printed a user name that contains a colon"));
}
function isNotFound(output) {
  return decodeUtf8(output)?.trim() === "credentials not found in native keychain";
}
function parse(output) {
  try {
    return asObject(parseJson(output, { maxLength: maxOutputLength, maxDepth: 8 }));
  } catch (error) {
    if (error instanceof CountersignError) return void 0;
    throw error;
  }
}
function findCredentials(given, world) {
  return async (repository) => {
    const own = given.find(({ registry }) => registry === repository.registry);
    if (own !== void 0) return toCredential(own);
    for (const path of credentialFiles(world)) {
      const credential = await lookInto(path, repository, world);
      if (credential !== void 0) return credential;
    }
    return void 0;
  };
}
function toCredential({ registry, user, password }) {
  if (user === "" || user.includes(":")) {
    fail(
      "USAGE",
      `the user name for ${registry} is empty or contains a colon, which HTTP does not allow (RFC 7617, section 2)`
    );
  }
  return { kind: "password", user, password };
}
function credentialFiles({ environment, home }) {
  const { DOCKER_CONFIG: docker, REGISTRY_AUTH_FILE: podman, XDG_RUNTIME_DIR: runtime } = environment;
  return [
    join(docker || join(home, ".docker"), "config.json"),
    ...podman ? [podman] : [],
    ...runtime ? [join(runtime, "containers", "auth.json")] : []
  ];
}
async function lookInto(path, repository, { readFile, run }) {
  const bytes = await readFile(path).catch((cause) => {
    fail("CREDENTIALS_INVALID", `the credentials file ${path} cannot be read`, { cause });
  });
  if (bytes === void 0) return void 0;
  const { helper, credential } = readCredentialFile(bytes, path, repository);
  if (helper === void 0) return credential;
  const kept = await askHelper(run, helper.name, helper.server);
  return kept ?? (helper.isForThisRegistry ? void 0 : credential);
}
var maxTries = 6;
function manifestAttacher(session, patience) {
  const turns = /* @__PURE__ */ new Map();
  return (attachment) => {
    const subject = formatDigest(attachment.subject);
    const inTurn = turns.get(subject) ?? inTurns(1);
    turns.set(subject, inTurn);
    return attachManifest(session, attachment, patience, inTurn);
  };
}
async function attachManifest(session, attachment, patience, inTurn) {
  const { subject, mediaType, bytes, artifactType, annotations } = attachment;
  const own = digest("sha256", bytes);
  await putManifest(session, own, attachment);
  const isThere = async () => await headManifest(session, own) !== void 0;
  if (!await eventually(isThere, patience)) forgot(session, `the manifest ${formatDigest(own)}`);
  const descriptor = { mediaType, digest: own, size: bytes.length, artifactType, annotations };
  const isListed = async () => {
    const { source, descriptors } = await listReferrers(session, subject);
    if (source === "api") return lists(descriptors, own);
    await inTurn(() => addToFallbackIndex(session, subject, descriptor, patience));
    return true;
  };
  if (!await eventually(isListed, patience)) {
    forgot(session, `the reference from ${formatDigest(own)} to ${formatDigest(subject)}`);
  }
  return own;
}
function lists(descriptors, wanted) {
  return descriptors.some(({ digest: listed }) => equalDigests(listed, wanted));
}
async function eventually(check, patience) {
  for (let tries = 1; ; tries++) {
    if (await check()) return true;
    if (tries === maxTries) return false;
    await wait(tries, patience);
  }
}
async function addToFallbackIndex(session, subject, descriptor, patience) {
  let isAcknowledged = false;
  let takesAbsent = true;
  const isListed = (index) => index !== void 0 && lists(readIndex(index.bytes, describeTag(session, subject)), descriptor.digest);
  for (let tries = 1; tries <= maxTries; tries++) {
    const index = await getFallbackIndex(session, subject);
    if (isListed(index)) return;
    const bytes = withDescriptor(index, descriptor, describeTag(session, subject));
    const state = index ?? (takesAbsent ? "absent" : void 0);
    const put = await putManifest(session, fallbackTag(subject), { mediaType: indexMediaType, bytes }, state);
    isAcknowledged = put.kind === "stored";
    takesAbsent &&= isAcknowledged || index !== void 0;
    if (isAcknowledged && isListed(await getFallbackIndex(session, subject))) return;
    if (tries < maxTries) await wait(tries, patience);
  }
  if (isAcknowledged) forgot(session, `${fallbackTag(subject)} with ${formatDigest(descriptor.digest)}`);
  fail(
    "SERVICE_UNAVAILABLE",
    `${describeTag(session, subject)} was changed by other clients during ${maxTries} attempts`,
    {
      remedy: "Try again, with fewer concurrent jobs that attach to the same image."
    }
  );
}
function withDescriptor(index, descriptor, what) {
  const present = index === void 0 ? { schemaVersion: 2, mediaType: indexMediaType } : parseObject(index.bytes, what);
  const manifests = asList(present.manifests) ?? [];
  return utf8(JSON.stringify({ ...present, manifests: [...manifests, descriptorJson(descriptor)] }));
}
function wait(tries, { sleep: sleep2, random }) {
  return sleep2(backOff(tries, random));
}
function forgot({ registry }, what) {
  fail("SERVICE_RESPONSE_INVALID", `the registry (${registry.origin}) accepted ${what} but does not have it`);
}
var timeoutMilliseconds2 = 3e5;
var maxErrorLength = 64 * 1024;
async function getBlob(session, wanted, maxLength2) {
  const answered = await session.send({
    method: "GET",
    target: target(wanted),
    access: "pull",
    maxBodyLength: Math.max(maxLength2, maxErrorLength),
    timeoutMilliseconds: timeoutMilliseconds2
  });
  if (answered.response.status === 404) return void 0;
  const { body } = expectAnswer(answered, 200);
  const what = `the blob ${formatDigest(wanted)} of the registry (${session.registry.origin})`;
  if (body.length > maxLength2) fail("SERVICE_RESPONSE_INVALID", `${what} has more than ${maxLength2} bytes`);
  demandDigest(body, wanted, what);
  return body;
}
function blobPusher(session) {
  const pushed = /* @__PURE__ */ new Map();
  return (bytes) => {
    const stored = digest("sha256", bytes);
    const name = formatDigest(stored);
    const known = pushed.get(name);
    if (known !== void 0) return known;
    const pushing = pushBlob(session, stored, bytes);
    pushed.set(name, pushing);
    pushing.catch(() => pushed.delete(name));
    return pushing;
  };
}
async function pushBlob(session, stored, bytes) {
  if (await hasBlob(session, stored, "push")) return stored;
  const upload = await beginUpload(session);
  const answered = await session.send({
    method: "PUT",
    target: withParameter(upload, "digest", formatDigest(stored)),
    access: "push",
    headers: { "content-type": "application/octet-stream" },
    body: bytes,
    maxBodyLength,
    timeoutMilliseconds: timeoutMilliseconds2
  });
  if (answered.response.status === 404 && await hasBlob(session, stored, "push")) return stored;
  expectAnswer(answered, 201);
  return stored;
}
async function beginUpload(session) {
  const started = await session.send({ method: "POST", target: "blobs/uploads/", access: "push", maxBodyLength });
  const { location } = expectAnswer(started, 202).headers;
  return session.follow(location, started.request.url, "does not say where to upload a blob to");
}
var maxBodyLength = 1024 * 1024;
async function hasBlob(session, wanted, access) {
  const answered = await session.send({ method: "HEAD", target: target(wanted), access, maxBodyLength: 0 });
  return expectAnswer(answered, 200, 404).status === 200;
}
function target(wanted) {
  return `blobs/${formatDigest(wanted)}`;
}
var maxTokenLength = 64 * 1024;
var tokenShape = /^[\x21-\x7e]+$/;
async function authorize(http, registry, challenge, credential, scope) {
  if (challenge.kind === "bearer") return fetchToken(http, challenge, credential, scope);
  if (credential?.kind === "password") return basic(credential);
  return fail(
    "SERVICE_REFUSED",
    `the registry (${registry.origin}) requires a user name and a password, but no credentials were found`,
    {
      remedy: `Run "docker login ${registry.host}" first, or set \`registry-username\` and \`registry-password\`.`
    }
  );
}
function userAndPassword(credential) {
  return encodeBase64(utf8(`${credential.user}:${credential.password.reveal()}`));
}
function basic(credential) {
  return new Secret(`Basic ${userAndPassword(credential)}`);
}
async function fetchToken(http, challenge, credential, scope) {
  const request = {
    ...tokenRequest(challenge, credential, scope),
    service: "the token service of the registry",
    timeoutMilliseconds: 3e4,
    maxBodyLength: 256 * 1024
  };
  const { body } = expectAnswer({ request, response: await http(request), hasAccount: credential !== void 0 }, 200);
  const what = `the response of ${request.service} (${request.url.origin})`;
  const token = tokenOf(readSecretAnswer(what, () => parseJson(body, { maxDepth: 8 })));
  if (token === void 0 || token.length > maxTokenLength || !tokenShape.test(token)) {
    return fail("SERVICE_RESPONSE_INVALID", `${what} contains no token`);
  }
  return new Secret(`Bearer ${token}`);
}
function tokenRequest({ realm, service, scopes }, credential, scope) {
  const wanted = [.../* @__PURE__ */ new Set([scope, ...scopes])];
  if (credential?.kind === "identity-token") {
    const form = new URLSearchParams({
      grant_type: "refresh_token",
      client_id: "countersign",
      refresh_token: credential.token.reveal(),
      scope: wanted.join(" "),
      ...service !== void 0 && { service }
    });
    const headers = { "content-type": "application/x-www-form-urlencoded", accept: "application/json" };
    return { method: "POST", url: realm, headers, body: form.toString() };
  }
  const withService = service === void 0 ? realm : withParameter(realm, "service", service);
  const url = wanted.reduce((address, each) => withParameter(address, "scope", each), withService);
  const authorization = credential === void 0 ? {} : { authorization: basic(credential).reveal() };
  return { method: "GET", url, headers: { accept: "application/json", ...authorization } };
}
function tokenOf(answer) {
  const { token, access_token: accessToken } = asObject(answer) ?? {};
  return asText(token) || asText(accessToken) || void 0;
}
var maxHeaderLength = 4096;
var scheme = /\s*([A-Za-z][A-Za-z0-9-]*)(?=\s|,|$)/y;
var parameter = /\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([\w!#$%&'*+.^`|~-]+))\s*(?=,|$)/y;
var separator = /\s*(?:,\s*)+/y;
function readChallenge(header, registry) {
  const refuse = (problem) => fail("SERVICE_RESPONSE_INVALID", `the registry (${registry.origin}) responded with 401, but ${problem}`);
  if (typeof header !== "string") return refuse("sent no WWW-Authenticate header");
  if (header.length > maxHeaderLength) return refuse("its WWW-Authenticate header is longer than 4096 characters");
  const offered = readAll(header) ?? refuse("its WWW-Authenticate header is malformed");
  const bearer = offered.get("bearer");
  if (bearer !== void 0) {
    const realm = resolveAddress(bearer.get("realm"));
    if (realm === void 0 || !mayPointTo(registry, realm))
      return refuse("its WWW-Authenticate header has no https URL of a token service");
    const scopes = (bearer.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
    return { kind: "bearer", realm, service: bearer.get("service"), scopes };
  }
  return offered.has("basic") ? { kind: "basic" } : refuse("its WWW-Authenticate header offers neither Bearer nor Basic");
}
function readAll(header) {
  const schemes = /* @__PURE__ */ new Map();
  let current;
  let offset = 0;
  const take = (pattern) => {
    pattern.lastIndex = offset;
    const match = pattern.exec(header);
    if (match !== null) offset = pattern.lastIndex;
    return match;
  };
  while (offset < header.length) {
    const pair = current === void 0 ? null : take(parameter);
    if (pair !== null) {
      const [, name = "", quoted, plain = ""] = pair;
      if (current?.has(name.toLowerCase())) return void 0;
      current?.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? plain);
    } else {
      const next = take(scheme)?.[1]?.toLowerCase();
      if (next === void 0 || schemes.has(next)) return void 0;
      current = /* @__PURE__ */ new Map();
      schemes.set(next, current);
      if (take(/\s+(?=[^\s,])/y) !== null) continue;
    }
    if (take(separator) === null && header.slice(offset).trim() !== "") return void 0;
    if (header.slice(offset).trim() === "") break;
  }
  return schemes;
}
var redirects = /* @__PURE__ */ new Set([301, 302, 303, 307, 308]);
var maxRedirects = 5;
var RepositorySession = class {
  #http;
  #repository;
  #findCredential;
  #authorizations = /* @__PURE__ */ new Map();
  #credential;
  registry;
  constructor(http, repository, findCredential) {
    this.#http = http;
    this.#repository = repository;
    this.#findCredential = findCredential;
    this.registry = registryOrigin(repository);
  }
  /**
   * Sends a request. A 401 is answered once, with a new token if there was one before. Redirects are followed where nothing is
   * written, at most five times.
   *
   * @returns the last response
   * @throws CountersignError `SERVICE_REFUSED` if logging in fails; `SERVICE_RESPONSE_INVALID` for a challenge or a
   * redirect that must not be followed; `SERVICE_UNAVAILABLE`; what finding credentials throws
   */
  async send(wanted) {
    const url = this.address(wanted.target);
    const used = this.#authorizations.get(wanted.access);
    const first = await this.#sendTo(url, wanted, await used?.catch(() => void 0));
    if (first.response.status !== 401 || !this.#isRegistry(first.request.url)) return first;
    const current = this.#authorizations.get(wanted.access);
    if (current === void 0 || current === used) this.#logIn(wanted.access, first.response);
    return this.#sendTo(url, wanted, await this.#authorizations.get(wanted.access));
  }
  /** Returns the address of an object in the repository (distribution specification, "Endpoints"). */
  address(target2) {
    return typeof target2 === "string" ? new URL(`/v2/${this.#repository.name}/${target2}`, this.registry) : target2;
  }
  #logIn(access, { headers }) {
    const authorization = this.#authorization(access, headers["www-authenticate"]);
    this.#authorizations.set(access, authorization);
    authorization.catch(() => {
      if (this.#authorizations.get(access) === authorization) this.#authorizations.delete(access);
    });
  }
  async #authorization(access, header) {
    const challenge = readChallenge(header, this.registry);
    this.#credential ??= this.#findCredential(this.#repository);
    const actions = access === "pull" ? "pull" : "pull,push";
    const scope = `repository:${this.#repository.name}:${actions}`;
    return authorize(this.#http, this.registry, challenge, await this.#credential, scope);
  }
  async #sendTo(first, wanted, authorization) {
    const isReading = wanted.method === "GET" || wanted.method === "HEAD";
    let url = first;
    for (let followed = 0; ; followed++) {
      const request = this.#request(url, wanted, authorization);
      const response = await this.#http(request);
      const hasAccount = authorization !== void 0 && await this.#credential !== void 0;
      if (!isReading || !redirects.has(response.status)) return { request, response, hasAccount };
      if (followed === maxRedirects) this.#misled(`redirected more than ${maxRedirects} times`);
      url = this.follow(response.headers.location, url, "redirected to a URL that is not https");
    }
  }
  /**
   * Returns the address that the registry redirects to, if that is allowed.
   *
   * @throws CountersignError `SERVICE_RESPONSE_INVALID`
   */
  follow(location, base, problem) {
    const target2 = resolveAddress(location, base);
    return target2 !== void 0 && mayPointTo(this.registry, target2) ? target2 : this.#misled(problem);
  }
  #request(url, wanted, authorization) {
    const { method, headers = {}, body, maxBodyLength: maxBodyLength2, timeoutMilliseconds: timeoutMilliseconds3 = 3e4 } = wanted;
    const isRegistry = this.#isRegistry(url);
    return {
      method,
      url,
      // To another host the credentials do not travel, whatever the registry says.
      headers: authorization === void 0 || !isRegistry ? headers : { ...headers, authorization: authorization.reveal() },
      ...body !== void 0 && { body },
      service: isRegistry ? `the registry of ${this.#repository.name}` : "the server to which the registry redirects",
      timeoutMilliseconds: timeoutMilliseconds3,
      maxBodyLength: maxBodyLength2,
      // Where the registry points to, its address can hold what the registry was sent.
      quotes: authorization === void 0 ? "message" : "code"
    };
  }
  #isRegistry({ origin }) {
    return origin === this.registry.origin;
  }
  #misled(problem) {
    return fail("SERVICE_RESPONSE_INVALID", `the registry (${this.registry.origin}) ${problem}`);
  }
};
var pageSize = 1e3;
var maxPages = 1e3;
var maxTags = 1e5;
var maxPageLength = 4 * 1024 * 1024;
async function listTags(session) {
  const what = `the list of tags of the registry (${session.registry.origin})`;
  const tags = /* @__PURE__ */ new Set();
  let page = session.address(`tags/list?n=${pageSize}`);
  for (let pages = 0; page !== void 0; pages++) {
    if (pages === maxPages || tags.size > maxTags)
      fail("LIMIT_EXCEEDED", `${what} is too long: the limits are ${maxTags} tags and ${maxPages} pages`);
    const answered = await session.send({
      method: "GET",
      target: page,
      access: "pull",
      headers: { accept: "application/json" },
      maxBodyLength: maxPageLength
    });
    if (pages === 0 && answered.response.status === 404) return void 0;
    const { headers, body } = expectAnswer(answered, 200);
    for (const tag of readTags(body, what)) tags.add(tag);
    page = nextPage(session, headers.link, answered.request.url);
  }
  return [...tags];
}
function readTags(body, what) {
  const { tags } = parseObject(body, what);
  if (tags === null) return [];
  const list = asList(tags) ?? fail("SERVICE_RESPONSE_INVALID", `${what} has no "tags"`);
  return list.map(
    (tag) => attempt(() => parseTag(asText(tag) ?? "")) ?? fail("SERVICE_RESPONSE_INVALID", `${what} contains an invalid tag: ${JSON.stringify(tag).slice(0, 200)}`)
  );
}
function openRepository(http, repository, findCredential, patience) {
  const session = new RepositorySession(http, repository, findCredential);
  return {
    name: formatRepository(repository),
    getManifest: (name) => getManifest(session, name),
    headManifest: (name) => headManifest(session, name),
    tags: () => listTags(session),
    putManifest: async (name, manifest) => {
      await putManifest(session, name, manifest);
    },
    getBlob: (digest2, maxLength2) => getBlob(session, digest2, maxLength2),
    pushBlob: blobPusher(session),
    demandPush: async () => {
      await beginUpload(session);
    },
    referrers: (subject, artifactType) => listReferrers(session, subject, artifactType),
    findReferrers: (subject) => findReferrers(session, subject),
    attach: manifestAttacher(session, patience)
  };
}
function openRegistries(http, findCredential, patience, attachments) {
  const open = /* @__PURE__ */ new Map();
  const clientOf = (repository) => {
    const name = formatRepository(repository);
    const client = open.get(name) ?? openRepository(http, repository, findCredential, patience);
    open.set(name, client);
    return client;
  };
  return Object.assign(clientOf, {
    attachmentsOf: (repository) => clientOf(attachments ?? repository)
  });
}
function systemRegistries({ images, account, environment }, { http, random, files, cancellation }) {
  const run = programsOf(withoutTokens(environment), cancellation);
  const readFile = (path) => readRegularFile(files, path, maxCredentialFileLength).catch((cause) => {
    if (systemCode(cause) === "ENOENT") return void 0;
    throw cause;
  });
  const attachments = attachmentRepository(environment);
  const given = account === void 0 ? [] : [credentialOf(account, images, attachments)];
  const find = findCredentials(given, { environment, home: homedir(), readFile, run });
  const patience = { random, sleep: (milliseconds) => sleep(milliseconds, cancellation) };
  return openRegistries(http, find, patience, attachments);
}
function attachmentRepository({ COSIGN_REPOSITORY: name }) {
  if (name === void 0 || name === "") return void 0;
  return reading("USAGE", "the environment variable COSIGN_REPOSITORY", () => parseRepository(name));
}
var maxCredentialFileLength = 16 * 1024 * 1024;
function credentialOf({ registry, user, password }, images, attachments) {
  const named = images.map((image) => readImageName(image)).flatMap((name) => name.kind === "reference" ? [name.reference] : []);
  const repositories = [
    ...named.map(({ repository }) => repository),
    ...attachments === void 0 ? [] : [attachments]
  ];
  const all = new Set(repositories.map((repository) => repository.registry));
  if (registry !== void 0) {
    const meant = parseRegistry(registry);
    if (all.has(meant)) return { registry: meant, user, password };
    fail("USAGE", `the registry credentials are for ${meant}, but no image is in that registry`, {
      remedy: all.size === 0 ? "Omit `registry-username` and `registry-password`." : `Set \`registry\` to one of ${[...all].join(", ")}.`
    });
  }
  const [only, ...others] = all;
  if (only !== void 0 && others.length === 0) return { registry: only, user, password };
  return fail("USAGE", "the images are in several registries, so it is ambiguous which one the credentials are for", {
    remedy: 'Set `registry` to the registry of the credentials, or log in to each registry with "docker login".'
  });
}
function withoutTokens(environment) {
  const isKept = ([name]) => !/^(?:ACTIONS_|INPUT_|SIGSTORE_ID_TOKEN$)/i.test(name);
  return Object.fromEntries(Object.entries(environment).filter(isKept));
}

import "./services-http-answer.mjs";

import "./core-encoding-der.mjs";

import "./node-regular-file.mjs";

import "./core-errors-codes.mjs";

import "./run-world-world.mjs";

import "./core-errors-codes.mjs";
export {
  systemRegistries,
  systemRegistries as systemRegistries_2
};
