import { deliveryTo, gitHubOptions, storeAttestations } from "./deliver-upload-artifact.mjs";
import { placeOf, GitHubApi, GitHubRefusal, parseObject, readId, service } from "./services-github-api.mjs";
import "./services-http-public-address.mjs";
import { writeBundle } from "./core-bundle-write-bundle.mjs";
import "./services-http-answer.mjs";
import "./core-certificate-signed-certificate-timestamp.mjs";
import { mapConcurrently, maxBundleLength, readBundle } from "./core-bundle-read-bundle.mjs";
import "./core-certificate-certificate.mjs";
import "./core-encoding-der-writer.mjs";
import "./node-secret.mjs";
import { readStatement } from "./core-certificate-path.mjs";
import { readRegularFile, formatDigest } from "./node-regular-file.mjs";
import "./core-encoding-der.mjs";
import "./core-encoding-go-url.mjs";
import { parseJson, asList, asObject, asText } from "./core-encoding-json.mjs";
import { CountersignError, attempt, fail, inContext } from "./core-errors-codes.mjs";
function decompressSnappy(bytes, code, maxLength) {
  const reader = new Reader(bytes, code);
  const length = reader.varint();
  if (length > maxLength) fail("LIMIT_EXCEEDED", `the content has ${length} bytes; the limit is ${maxLength}`);
  if (length > bytes.length * maxRatio) reader.fail("is too short for its length");
  const output = new Uint8Array(length);
  let at = 0;
  while (!reader.isAtEnd) {
    const tag = reader.uint(1);
    const kind = tag & 3;
    if (kind === 0) {
      const literal = reader.take(literalLength(tag >>> 2, reader));
      if (literal.length > length - at) reader.fail("has more bytes than its length");
      output.set(literal, at);
      at += literal.length;
      continue;
    }
    const count = kind === 1 ? (tag >>> 2 & 7) + 4 : (tag >>> 2) + 1;
    const offset = kind === 1 ? tag >>> 5 << 8 | reader.uint(1) : reader.uint(kind === 2 ? 2 : 4);
    if (offset === 0 || offset > at) reader.fail("copies from outside of what came before");
    if (count > length - at) reader.fail("has more bytes than its length");
    for (const end = at + count; at < end; at++) output[at] = output[at - offset] ?? 0;
  }
  if (at !== length) reader.fail("has fewer bytes than its length");
  return output;
}
var maxRatio = 22;
function literalLength(length, reader) {
  return (length < 60 ? length : reader.uint(length - 59)) + 1;
}
var Reader = class {
  #bytes;
  #code;
  #at = 0;
  constructor(bytes, code) {
    this.#bytes = bytes;
    this.#code = code;
  }
  get isAtEnd() {
    return this.#at === this.#bytes.length;
  }
  fail(problem) {
    return fail(this.#code, `the content is not valid Snappy: it ${problem}`);
  }
  take(count) {
    if (count > this.#bytes.length - this.#at) this.fail("ends early");
    const from = this.#at;
    this.#at += count;
    return this.#bytes.subarray(from, this.#at);
  }
  /** Reads an integer of one to four bytes, the lowest first. */
  uint(width) {
    return this.take(width).reduceRight((value, byte) => value * 256 + byte, 0);
  }
  /** Reads a length of up to 32 bits: seven bits a byte, the lowest first. */
  varint() {
    let value = 0;
    for (let at = 0; at < 5; at++) {
      const byte = this.uint(1);
      value += (byte & 127) * 128 ** at;
      if (byte < 128) return value < 2 ** 32 ? value : this.fail("has a length of more than 32 bits");
    }
    return this.fail("has a length of more than 32 bits");
  }
};
var pageSize = 100;
var maxPages = 50;
var maxPage = 64 * 1024 * 1024;
var maxBundle = 32 * 1024 * 1024;
var concurrency = 8;
var permission = "attestations: read";
async function bundlesOf(api, repository, digest) {
  const listed = await inRepository(api, repository, digest, void 0);
  return (await fetchBundles(api, listed)).get(digest) ?? [];
}
async function inRepository(api, repository, digest, type) {
  const operation = { what: `the attestations of ${digest} in ${repository}`, permission, maxLength: maxPage };
  const listed = [];
  let after;
  for (let page = 1; page <= maxPages; page++) {
    const parameters = {
      subject_digest: digest,
      per_page: pageSize,
      ...type && { predicate_type: type },
      ...after && { after }
    };
    const answer = await unlessAbsent(
      () => api.send(
        operation,
        ({ rest }, through) => rest.repos.listAttestations({ ...placeOf(repository), ...parameters, ...through })
      )
    );
    if (answer === void 0) return listed;
    const items = asList(jsonOf(answer, operation, api).attestations) ?? invalid(operation, api, "has no list of attestations");
    listed.push(...items.map((item) => readListed(item, digest, operation, api)));
    after = nextCursor(answer);
    if (after === void 0) return listed;
  }
  return tooMany(operation, api);
}
function readListed(item, digest, operation, api) {
  const members = asObject(item) ?? invalid(operation, api, "lists something other than an attestation");
  const [bundle, url] = [asObject(members.bundle), asText(members.bundle_url)];
  if (bundle === void 0 && url === void 0) invalid(operation, api, "lists an attestation without its bundle");
  return { digest, bundle, url };
}
async function fetchBundles(api, listed) {
  const served = /* @__PURE__ */ new Map();
  const fetched = await mapConcurrently(listed, (one) => fetchBundle(api, one), concurrency);
  for (const [at, { digest }] of listed.entries()) {
    const bundle = fetched[at];
    if (bundle !== void 0) served.set(digest, [...served.get(digest) ?? [], bundle]);
  }
  return served;
}
async function fetchBundle(api, { digest, bundle, url = "" }) {
  if (bundle !== void 0) return { text: Buffer.from(JSON.stringify(bundle)) };
  const operation = {
    what: `a bundle of ${digest}`,
    permission,
    maxLength: maxBundle,
    storage: "GitHub's storage of attestations"
  };
  try {
    const { body, headers } = await api.fetchAnswer(operation, url);
    if (headers.location !== void 0) invalid(operation, api, "is a redirect");
    const isCompressed = headers["content-type"] === "application/x-snappy" || new URL(url).pathname.endsWith(".sn");
    return { text: isCompressed ? decompressSnappy(body, "SERVICE_RESPONSE_INVALID", maxBundle) : body };
  } catch (failure) {
    if (failure instanceof CountersignError && failure.code !== "CANCELLED") return { failure };
    throw failure;
  }
}
var absent = [404, 422];
async function unlessAbsent(work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GitHubRefusal && absent.includes(error.status)) return void 0;
    throw error;
  }
}
function jsonOf({ body }, operation, api) {
  const json = attempt(() => parseJson(body, { maxLength: maxPage, maxValues: 4e6 }));
  return asObject(json) ?? invalid(operation, api, "is not JSON");
}
function invalid({ what }, api, problem) {
  return fail("SERVICE_RESPONSE_INVALID", `the response of ${service} (${api.origin}) for ${what} ${problem}`);
}
function tooMany({ what }, api) {
  return fail("LIMIT_EXCEEDED", `${service} (${api.origin}) lists more than ${pageSize * maxPages} items for ${what}`);
}
function nextCursor({ headers: { link } }) {
  const [, target = ""] = /<([^<>]*)>;\s*rel="?next"?/.exec(typeof link === "string" ? link : "") ?? [];
  return URL.canParse(target) && new URL(target).searchParams.get("after") || void 0;
}
var maxAttestationLength = 16 * 1024 * 1024;
var maxAttempts = 3;
function openAttestationWriter(options) {
  const api = new GitHubApi(options);
  return {
    origin: api.origin,
    store: (repository, bundle, isFresh) => store(api, repository, bundle, isFresh)
  };
}
async function store(api, repository, bytes, isFresh) {
  const bundle = readAttestation(bytes);
  if (!isFresh && await holds(api, repository, bundle)) return { kind: "present" };
  for (let attempts = 1; ; attempts++) {
    try {
      return { kind: "created", id: await create(api, repository, bytes) };
    } catch (error) {
      if (!isUnknownOutcome(error)) throw error;
      if (await holds(api, repository, bundle)) return { kind: "present" };
      if (attempts >= maxAttempts) throw error;
    }
  }
}
function readAttestation(bytes) {
  if (bytes.length > maxAttestationLength)
    fail("LIMIT_EXCEEDED", `the bundle has ${bytes.length} bytes; GitHub stores up to ${maxAttestationLength}`, {
      remedy: "Attest fewer subjects at once, or a smaller document."
    });
  const bundle = readBundle(bytes);
  if (bundle.content.kind !== "dsse-envelope")
    fail("USAGE", "GitHub's attestation store takes statements, and the bundle has a signature without one", {
      remedy: "Set `bundle-format: attestation`."
    });
  const [subject] = readStatement(bundle.content.payload).subjects;
  const digest = subject?.digests.find(({ algorithm }) => algorithm === "sha256") ?? subject?.digests[0];
  if (digest === void 0)
    fail("USAGE", "GitHub's attestation store finds attestations by digests, and the first subject has none", {
      remedy: "Attest a subject with a SHA-256 digest."
    });
  return { bundle, subject: formatDigest(digest) };
}
function isUnknownOutcome(error) {
  return error instanceof CountersignError && (error.code === "SERVICE_UNAVAILABLE" || error.code === "SERVICE_RESPONSE_INVALID");
}
var permission2 = "attestations: write";
var refusals = [
  {
    status: 403,
    sign: /Feature not available for user-owned private repositories/,
    code: "SERVICE_REFUSED",
    reason: "it has no attestation store for private repositories of users",
    remedy: "Disable `store-attestations`, make the repository public, or move it to an organization with GitHub Enterprise Cloud."
  },
  {
    status: 403,
    sign: /Feature not available/,
    code: "SERVICE_REFUSED",
    reason: "the plan of the organization has no attestation store for private repositories",
    remedy: "Disable `store-attestations`, make the repository public, or use GitHub Enterprise Cloud."
  },
  {
    status: 404,
    sign: /(?:)/,
    code: "SERVICE_REFUSED",
    reason: "the server has no attestation store, or the repository is hidden from the token",
    remedy: "Check the name of the repository, and that the token is of a job of it. GitHub Enterprise Server has no attestation store: disable `store-attestations` there."
  },
  {
    status: 422,
    sign: /values do not match/i,
    code: "SERVICE_REFUSED",
    reason: "the certificate of the bundle names another repository or server",
    remedy: "Store attestations in the repository whose workflow signed them, on its server."
  },
  {
    status: 422,
    sign: /duplicate subject/i,
    code: "SERVICE_REFUSED",
    reason: "a subject occurs twice in the statement",
    remedy: "Attest each subject once."
  },
  {
    status: 422,
    sign: /(?:)/,
    code: "SERVICE_REFUSED",
    reason: "it found the bundle invalid",
    remedy: "Use `bundle-format: attestation`, and a certificate of the job that stores it."
  }
];
async function create(api, repository, bytes) {
  const what = `the attestation for ${repository}`;
  const operation = { what, permission: permission2, once: true, refusals };
  const bundle = bundleParameter(bytes);
  const answer = await api.send(
    operation,
    ({ rest }, through) => rest.repos.createAttestation({ ...placeOf(repository), bundle, ...through })
  );
  return readId(parseObject(answer, operation, api.origin).field("id"));
}
async function holds(api, repository, { bundle, subject }) {
  const wanted = writeBundle(bundle);
  const served = await bundlesOf(api, repository, subject);
  const isWanted = ({ text }) => attempt(() => writeBundle(readBundle(text))) === wanted;
  if (served.some((one) => "text" in one && isWanted(one))) return true;
  for (const one of served) if ("failure" in one) throw one.failure;
  return false;
}
function bundleParameter(bytes) {
  const json = asObject(parseJson(bytes, { maxLength: maxAttestationLength, maxValues: 2e6 })) ?? {};
  return {
    mediaType: asText(json.mediaType) ?? "",
    verificationMaterial: { ...asObject(json.verificationMaterial) },
    dsseEnvelope: { ...asObject(json.dsseEnvelope) }
  };
}
function gitHubAttestations(access) {
  return deliveryTo("github-attestations", async ({ signed }, world) => {
    const { repository, serverUrl } = access;
    const bundles = signed.map(({ bundlePath, resumed }) => ({
      bundlePath,
      read: () => readBack(bundlePath, world.files),
      isFresh: !resumed
    }));
    const writer = openAttestationWriter(gitHubOptions(access, world));
    const { stored, failures } = await storeAttestations(bundles, { writer, repository, serverUrl });
    const delivered = stored.filter(({ id }) => id !== void 0);
    return {
      place: repository,
      ids: stored.flatMap(({ id }) => id ?? []),
      urls: [...new Set(stored.map(({ url }) => url))],
      delivered: delivered.length,
      present: stored.length - delivered.length,
      value: void 0,
      failures: failures.map(({ name, error }) => inContext(error.code, `${name} was not stored at GitHub`, error))
    };
  });
}
async function readBack(path, files) {
  return readRegularFile(files, path, maxBundleLength).catch(
    (cause) => fail("DELIVERY_FAILED", `the bundle ${path} cannot be read back`, { cause })
  );
}
export {
  gitHubAttestations,
  readBack
};
