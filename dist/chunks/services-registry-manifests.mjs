import { demandDigest, emptyMediaType, indexMediaType, manifestMediaTypes, maxManifestLength, mediaTypeOf, parseObject, readIndex, readManifest, readMediaType } from "./services-registry-manifest.mjs";
import { parseTag } from "./services-registry-image-reference.mjs";
import { describeAnswer, expectStatus } from "./services-http-answer.mjs";
import { digest, equalDigests, formatDigest, parseDigest } from "./node-regular-file.mjs";
import { encodeHex } from "./core-encoding-der.mjs";
import { CountersignError, fail, reading } from "./core-errors-codes.mjs";
var logIn = 'No credentials were found for this registry. Run "docker login" first, or set `registry-username` and `registry-password`.';
var remedies = /* @__PURE__ */ new Map([
  [401, "The registry rejected the credentials. Log in again, or check `registry-username` and `registry-password`."],
  [
    403,
    'The account lacks the permission for this. To push to ghcr.io from GitHub Actions, the job needs "packages: write", and the package must grant its repository write access.'
  ]
]);
function expectAnswer({ request, response, hasAccount }, ...statuses) {
  const remedy = statuses.includes(response.status) ? void 0 : remedies.get(response.status);
  if (remedy === void 0) return expectStatus(request, response, ...statuses);
  return fail("SERVICE_REFUSED", describeAnswer(request, response), { remedy: hasAccount ? remedy : logIn });
}
async function answerOrFailure(read) {
  try {
    return await read();
  } catch (failure) {
    if (!(failure instanceof CountersignError)) throw failure;
    if (failure.kind !== "unavailable" || failure.code === "CANCELLED") throw failure;
    return failure;
  }
}
var accept = manifestMediaTypes.join(", ");
var etagShape = /^"[\x21\x23-\x7e]*"$/;
async function getManifest(session, name) {
  const answered = await session.send({
    method: "GET",
    target: target(name),
    access: "pull",
    headers: { accept },
    maxBodyLength: maxManifestLength
  });
  if (answered.response.status === 404) return void 0;
  const { body, headers } = expectAnswer(answered, 200);
  const what = describe(session, name);
  const manifest = readManifest(body, headers["content-type"], typeof name === "string" ? void 0 : name, what);
  const announced = announcedDigest(headers, what);
  if (announced !== void 0)
    demandDigest(body, announced, `${what}, whose Docker-Content-Digest is ${formatDigest(announced)},`);
  const { etag } = headers;
  return { ...manifest, etag: typeof etag === "string" && etagShape.test(etag) ? etag : void 0 };
}
async function headManifest(session, name) {
  const answered = await session.send({
    method: "HEAD",
    target: target(name),
    access: "pull",
    headers: { accept },
    maxBodyLength: 0
  });
  if (answered.response.status === 404) return void 0;
  const { headers } = expectAnswer(answered, 200);
  const what = describe(session, name);
  const mediaType = readMediaType(headers["content-type"], what);
  const announced = announcedDigest(headers, what);
  if (typeof name === "string")
    return announced === void 0 ? getManifest(session, name) : { mediaType, digest: announced };
  if (announced !== void 0 && !equalDigests(announced, name)) {
    fail("SERVICE_RESPONSE_INVALID", `the Docker-Content-Digest of ${what} is ${formatDigest(announced)}`);
  }
  return { mediaType, digest: name };
}
async function putManifest(session, name, { mediaType, bytes }, replaced) {
  if (bytes.length > maxManifestLength) {
    fail("LIMIT_EXCEEDED", `the manifest has ${bytes.length} bytes; the limit of registries is ${maxManifestLength}`);
  }
  const stored = digest(typeof name === "string" ? "sha256" : name.algorithm, bytes);
  if (typeof name !== "string" && !equalDigests(stored, name)) {
    fail("USAGE", `the manifest has the digest ${formatDigest(stored)} and cannot be stored as ${formatDigest(name)}`);
  }
  const condition = conditionOf(replaced);
  const answered = await session.send({
    method: "PUT",
    target: target(name),
    access: "push",
    headers: { "content-type": mediaType, ...condition },
    body: bytes,
    maxBodyLength: 1024 * 1024
  });
  if (answered.response.status === 412 && condition !== void 0) return { kind: "changed" };
  const { headers } = expectAnswer(answered, 200, 201);
  const what = describe(session, name);
  const announced = announcedDigest(headers, what);
  if (announced !== void 0) demandDigest(bytes, announced, `${what}, stored as ${formatDigest(announced)},`);
  return { kind: "stored" };
}
function conditionOf(replaced) {
  if (replaced === "absent") return { "if-none-match": "*" };
  return replaced?.etag === void 0 ? void 0 : { "if-match": replaced.etag };
}
function target(name) {
  return `manifests/${nameText(name)}`;
}
function nameText(name) {
  return typeof name === "string" ? name : formatDigest(name);
}
function describe({ registry }, name) {
  return `the manifest ${nameText(name)} of the registry (${registry.origin})`;
}
function announcedDigest({ "docker-content-digest": header }, what) {
  if (header === void 0) return void 0;
  if (typeof header === "string" && /^[a-z0-9]+:[0-9a-f]+$/.test(header)) {
    return reading("SERVICE_RESPONSE_INVALID", what, () => parseDigest(header));
  }
  return fail("SERVICE_RESPONSE_INVALID", `the Docker-Content-Digest of ${what} is malformed`);
}
var linkShape = /\s*<([^<>\s]*)>((?:\s*;\s*[\w*-]+(?:\s*=\s*(?:"[^"\\]*"|[\w!#$%&'*+.^`|~-]+))?)*)\s*(?:,|$)/y;
var next = /;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next)\s*(?:;|$)/i;
var maxLength = 8192;
function nextLink(header) {
  if (header === void 0) return void 0;
  if (typeof header !== "string" || header.length > maxLength) return "invalid";
  linkShape.lastIndex = 0;
  while (linkShape.lastIndex < header.length) {
    const link = linkShape.exec(header);
    if (link === null) return "invalid";
    const [, address = "", parameters = ""] = link;
    if (next.test(parameters)) return { address };
  }
  return void 0;
}
function nextPage(session, header, base) {
  const link = nextLink(header);
  if (link === void 0) return void 0;
  const page = session.follow(
    link === "invalid" ? void 0 : link.address,
    base,
    "sent a Link header without a valid URL of the next page"
  );
  if (page.origin === session.registry.origin) return page;
  return fail(
    "SERVICE_RESPONSE_INVALID",
    `the registry (${session.registry.origin}) refers to a different origin for the next page`
  );
}
var maxPages = 100;
var maxReferrers = 2e4;
var maxListLength = 32 * 1024 * 1024;
var noSuchApi = /* @__PURE__ */ new Set([400, 404, 405, 406]);
var certainlyAbsent = /* @__PURE__ */ new Set([404]);
async function listReferrers(session, subject, artifactType) {
  const listed = [];
  const api = await listByApi(session, subject, artifactType, noSuchApi, listed);
  const descriptors = api === "listed" ? listed : await listByTag(session, subject);
  return {
    source: api === "listed" ? "api" : "tag",
    // A registry need not filter, and a tag cannot.
    descriptors: descriptors.filter((each) => mayBeOfType(each, artifactType))
  };
}
async function findReferrers(session, subject) {
  const listed = [];
  const api = await answerOrFailure(() => listByApi(session, subject, void 0, certainlyAbsent, listed));
  if (api === "listed") return { source: "api", descriptors: listed, unread: [], isAnswered: true };
  const unread = api === "no-such-api" ? [] : [{ tag: void 0, failure: api }];
  const byTag = await answerOrFailure(() => listByTag(session, subject));
  if (byTag instanceof CountersignError) unread.push({ tag: fallbackTag(subject), failure: byTag });
  const descriptors = byTag instanceof CountersignError ? listed : [...listed, ...byTag];
  return { source: "tag", descriptors, unread, isAnswered: !(byTag instanceof CountersignError) };
}
function mayBeOfType({ artifactType }, wanted) {
  return wanted === void 0 || [void 0, emptyMediaType, wanted].includes(artifactType);
}
async function listByTag(session, subject) {
  const index = await getFallbackIndex(session, subject);
  return index === void 0 ? [] : readIndex(index.bytes, describeTag(session, subject));
}
async function listByApi(session, subject, artifactType, absent, found) {
  const filter = artifactType === void 0 ? "" : `?artifactType=${encodeURIComponent(artifactType)}`;
  let page = session.address(`referrers/${formatDigest(subject)}${filter}`);
  let length = 0;
  for (let pages = 0; page !== void 0; pages++) {
    if (pages === maxPages || found.length > maxReferrers || length > maxListLength) tooMany(session, subject);
    const answered = await session.send({
      method: "GET",
      target: page,
      access: "pull",
      headers: { accept: indexMediaType },
      maxBodyLength: maxManifestLength
    });
    if (pages === 0 && absent.has(answered.response.status)) return "no-such-api";
    const { headers, body } = expectAnswer(answered, 200);
    length += body.length;
    const what = `the referrers list of ${formatDigest(subject)} in the registry (${session.registry.origin})`;
    if (!isIndex(headers["content-type"], body, what))
      fail("SERVICE_RESPONSE_INVALID", `${what} is not an image index`);
    found.push(...readIndex(body, what));
    page = nextPage(session, headers.link, answered.request.url);
  }
  return "listed";
}
function isIndex(contentType, body, what) {
  const mediaType = mediaTypeOf(contentType);
  if (mediaType !== "application/json") return mediaType === indexMediaType;
  return parseObject(body, what).mediaType === indexMediaType;
}
function tooMany({ registry }, subject) {
  fail("LIMIT_EXCEEDED", `the registry (${registry.origin}) lists too many referrers of ${formatDigest(subject)}`);
}
function fallbackTag({ algorithm, bytes }) {
  return parseTag(`${algorithm}-${encodeHex(bytes).slice(0, 64)}`);
}
function describeTag({ registry }, subject) {
  return `the index ${fallbackTag(subject)} of the registry (${registry.origin})`;
}
async function getFallbackIndex(session, subject) {
  const index = await getManifest(session, fallbackTag(subject));
  if (index !== void 0 && equalDigests(index.digest, subject)) return void 0;
  if (index !== void 0 && index.mediaType !== indexMediaType) {
    fail("SERVICE_RESPONSE_INVALID", `${describeTag(session, subject)} is not an image index but ${index.mediaType}`);
  }
  return index;
}
export {
  answerOrFailure,
  describeTag,
  expectAnswer,
  fallbackTag,
  findReferrers,
  getFallbackIndex,
  getManifest,
  headManifest,
  listReferrers,
  nextPage,
  putManifest
};
