import { placeOf, GitHubApi, GitHubRefusal, hasNextPage, service } from "./services-github-api.mjs";
import { mapConcurrently } from "./node-concurrency.mjs";
import { parseJson, asList, asObject, asText } from "./core-encoding-json.mjs";
import { CountersignError, attempt, fail } from "./core-errors-codes.mjs";
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
var maxDigests = 1024;
var pageSize = 100;
var maxPages = 50;
var maxPage = 64 * 1024 * 1024;
var maxBundle = 32 * 1024 * 1024;
var concurrency = 8;
var permission = "attestations: read";
function openAttestationReader(options) {
  const api = new GitHubApi(options);
  return {
    origin: api.origin,
    bundles: async (place, digests, type) => {
      const [digest = ""] = digests;
      const isOne = place.kind === "repository" && digests.length === 1;
      return fetchBundles(
        api,
        await (isOne ? inRepository(api, place.name, digest, type) : ofOwner(api, place, digests, type))
      );
    }
  };
}
async function bundlesOf(api, repository, digest) {
  const listed = await inRepository(api, repository, digest, void 0);
  return (await fetchBundles(api, listed)).get(digest) ?? [];
}
async function inRepository(api, repository, digest, type) {
  const operation = { what: `the attestations of ${digest} in ${repository}`, permission, maxLength: maxPage };
  const listed = [];
  const texts = /* @__PURE__ */ new Map();
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
    if (answer === void 0) return page === 1 ? [] : invalid(operation, api, "lacks a page that it named before");
    const items = asList(jsonOf(answer, operation, api).attestations) ?? invalid(operation, api, "has no list of attestations");
    listed.push(...items.map((item) => readListed(item, digest, texts, operation, api)));
    if (!hasNextPage(answer)) return listed;
    after = nextCursor(answer) ?? invalid(operation, api, "has a next page without its cursor");
  }
  return tooMany(operation, api);
}
async function ofOwner(api, place, digests, type) {
  const owner = place.kind === "owner" ? ownerOf(place.name) : placeOf(place.name).owner;
  const listed = [];
  const texts = /* @__PURE__ */ new Map();
  let [from, count] = [0, maxDigests];
  while (from < digests.length) {
    const some = digests.slice(from, from + count);
    try {
      listed.push(...await ofDigests(api, owner, some, type, texts));
      from += count;
    } catch (failure) {
      const isTooLong = failure instanceof CountersignError && failure.code === "SERVICE_RESPONSE_INVALID";
      if (!(isTooLong || isRefused(failure)) || some.length === 1) throw failure;
      count = Math.ceil(some.length / 4);
    }
  }
  return listed;
}
async function ofDigests(api, owner, digests, type, texts) {
  const what = `the attestations of ${digests.length} digests of ${owner}`;
  const operation = { what, permission, maxLength: maxPage };
  const body = { subject_digests: [...digests], per_page: pageSize, ...type && { predicate_type: type } };
  const organization = (after2) => (octokit, through) => octokit.rest.orgs.listAttestationsBulk({ org: owner, ...body, ...after2, ...through });
  const user = (after2) => (octokit, through) => octokit.rest.users.listAttestationsBulk({ username: owner, ...body, ...after2, ...through });
  const listed = [];
  let [method, after] = [organization, {}];
  for (let page = 1; page <= maxPages; page++) {
    const statuses = digests.length === 1 ? absent : [404];
    const request = () => unlessAbsent(() => api.send(operation, method(after)), statuses);
    let answer = await request();
    if (answer === void 0 && page === 1) {
      method = user;
      answer = await request();
    }
    if (answer === void 0) return page === 1 ? [] : invalid(operation, api, "lacks a page that it named before");
    const json = jsonOf(answer, operation, api);
    const found = asObject(json.attestations_subject_digests) ?? invalid(operation, api, "has no attestations");
    for (const digest of digests)
      for (const item of asList(found[digest] ?? []) ?? invalid(operation, api, "has no list for a digest"))
        listed.push(readListed(item, digest, texts, operation, api));
    const info = asObject(json.page_info) ?? invalid(operation, api, "does not tell whether there are more pages");
    if (info.has_next === false) return listed;
    if (info.has_next !== true) invalid(operation, api, "does not tell whether there are more pages");
    after = { after: asText(info.next) ?? invalid(operation, api, "has a next page without its cursor") };
  }
  return tooMany(operation, api);
}
function readListed(item, digest, texts, operation, api) {
  const members = asObject(item) ?? invalid(operation, api, "lists something other than an attestation");
  const [bundle, url] = [asObject(members.bundle), asText(members.bundle_url)];
  if (bundle === void 0 && url === void 0) invalid(operation, api, "lists an attestation without its bundle");
  return { digest, bundle: bundle && textOf(bundle, texts), url };
}
function textOf(bundle, texts) {
  const json = JSON.stringify(bundle);
  const text = texts.get(json) ?? Buffer.from(json);
  texts.set(json, text);
  return text;
}
async function fetchBundles(api, listed) {
  const served = /* @__PURE__ */ new Map();
  const distinct = [...new Map(listed.map((one) => [one.bundle ?? one.url, one])).values()];
  const fetched = await mapConcurrently(distinct, (one) => fetchBundle(api, one), concurrency);
  const bySource = new Map(distinct.map(({ bundle, url }, at) => [bundle ?? url, fetched[at]]));
  for (const { digest, bundle: text, url } of listed) {
    const bundle = bySource.get(text ?? url);
    if (bundle !== void 0) served.set(digest, [...served.get(digest) ?? [], bundle]);
  }
  return served;
}
async function fetchBundle(api, { digest, bundle, url = "" }) {
  if (bundle !== void 0) return { text: bundle };
  const operation = {
    what: `a bundle of ${digest}`,
    permission,
    maxLength: maxBundle,
    storage: "GitHub's storage of attestations"
  };
  try {
    const { body, headers } = await api.fetchAnswer(operation, url);
    if (headers.location !== void 0) invalid(operation, api, "is a redirect");
    const isCompressed = mediaTypeOf(headers) === "application/x-snappy" || new URL(url).pathname.endsWith(".sn");
    return { text: isCompressed ? decompressSnappy(body, "SERVICE_RESPONSE_INVALID", maxBundle) : body };
  } catch (failure) {
    if (failure instanceof CountersignError && failure.code !== "CANCELLED") return { failure };
    throw failure;
  }
}
function mediaTypeOf({ "content-type": text = "" }) {
  return String(text).split(";")[0]?.trim().toLowerCase();
}
var absent = [404, 422];
async function unlessAbsent(work, statuses = absent) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GitHubRefusal && statuses.includes(error.status)) return void 0;
    throw error;
  }
}
function isRefused(error) {
  return error instanceof GitHubRefusal && error.status === 422;
}
function jsonOf({ body }, operation, api) {
  const json = attempt(() => parseJson(body, { maxLength: maxPage, maxValues: 4e6 }));
  return asObject(json) ?? invalid(operation, api, "is not JSON");
}
function invalid({ what }, api, problem) {
  return fail("SERVICE_RESPONSE_INVALID", `the response of ${service} (${api.origin}) for ${what} ${problem}`);
}
function tooMany({ what }, api) {
  return fail("LIMIT_EXCEEDED", `${service} (${api.origin}) lists more than ${pageSize * maxPages} items for ${what}`, {
    remedy: "Verify fewer artifacts at once, or specify their bundles with `bundle`."
  });
}
function nextCursor({ headers: { link } }) {
  const [, target = ""] = /<([^<>]*)>;\s*rel="?next"?/.exec(typeof link === "string" ? link : "") ?? [];
  return URL.canParse(target) && new URL(target).searchParams.get("after") || void 0;
}
function ownerOf(name) {
  if (/^[\w.-]{1,100}$/.test(name) && !/^\.+$/.test(name)) return name;
  return fail("USAGE", `${JSON.stringify(name)} is not the name of an owner of repositories`);
}
export {
  bundlesOf,
  openAttestationReader
};
