import { isLoopbackHost } from "./services-http-public-address.mjs";
import { expectStatus } from "./services-http-answer.mjs";
import { ProtoField } from "./core-encoding-der.mjs";
import { parseJson, asList, asObject, asText, concatBytes, utf8 } from "./core-encoding-json.mjs";
import { CountersignError, attempt, fail } from "./core-errors-codes.mjs";
var service = "the API of GitHub";
var storage = "GitHub's storage of artifacts";
var GitHubRefusal = class extends CountersignError {
  status;
  problem;
  constructor(status, code, message, details, problem) {
    super(code, message, details);
    this.status = status;
    this.problem = problem;
  }
};
var shortestHold = 6e4;
var longestHold = 36e5;
function rateLimitOf(response, now) {
  const { status, headers } = response;
  if (headers["x-ratelimit-remaining"] === "0")
    return later(now, numberIn(headers, "x-ratelimit-reset") * 1e3 - now.getTime());
  if (status !== 403 && status !== 429) return void 0;
  const seconds = numberIn(headers, "retry-after");
  if (seconds > 0) return later(now, seconds * 1e3);
  return status === 429 || /rate limit|abuse detection/i.test(messageOf(response)) ? later(now, 0) : void 0;
}
function later(now, milliseconds) {
  return new Date(now.getTime() + Math.min(longestHold, Math.max(shortestHold, milliseconds || 0)));
}
function numberIn(headers, name) {
  const value = headers[name];
  return typeof value === "string" && /^\d{1,12}$/.test(value) ? Number(value) : 0;
}
function rateLimited(origin, until, what) {
  return `${service} (${origin}) accepts no requests until ${until.toISOString()}, because the rate limit is used up: ${what} could not be requested`;
}
function rateRemedy(hasToken) {
  return hasToken ? "Run again after that time. Other jobs of the repository share the limit." : "Provide a token (GITHUB_TOKEN), with which GitHub allows more requests, or run again after that time.";
}
function demandAccepted(request, response, operation, circumstances) {
  const { status } = response;
  if (status >= 200 && status < 400) return;
  const refusal = circumstances.isApi ? explain(request, response, operation, circumstances) : void 0;
  if (refusal === void 0) {
    expectStatus(request, response, 200);
    return;
  }
  throw new GitHubRefusal(
    status,
    refusal.code,
    refusal.message,
    { remedy: refusal.remedy },
    status === 422 ? problemOf(response) : void 0
  );
}
function explain(request, response, { what, permission, refusals = [] }, { hasToken, now }) {
  const { origin } = request.url;
  const limit = [403, 429].includes(response.status) ? rateLimitOf(response, now) : void 0;
  if (limit !== void 0)
    return { code: "RATE_LIMITED", message: rateLimited(origin, limit, what), remedy: rateRemedy(hasToken) };
  const known = refusals.find(({ status, sign }) => status === response.status && sign.test(messageOf(response)));
  if (known !== void 0) return { ...known, message: `${service} (${origin}) refused ${what}: ${known.reason}` };
  switch (response.status) {
    case 401:
      return {
        code: "PERMISSION_MISSING",
        message: `${service} (${origin}) refused the token as invalid or expired`,
        remedy: "Provide a valid token (GITHUB_TOKEN). The token of a job ends with the job."
      };
    case 403:
      return {
        code: "PERMISSION_MISSING",
        message: `${service} (${origin}) refused access to ${what}: ${reasonOf(response)}`,
        remedy: permissionRemedy(permission, hasToken)
      };
    case 404:
      return {
        code: "SERVICE_REFUSED",
        message: `${service} did not find ${what}, which may not exist, or may be hidden from the token`,
        remedy: `Check the name. For a private repository, provide a token with \`${permission}\` for it.`
      };
    case 410:
      return {
        code: "SERVICE_REFUSED",
        message: `${service} no longer provides ${what}`,
        remedy: "It has expired, was deleted, or is disabled for the repository."
      };
    case 422:
      return {
        code: "SERVICE_REFUSED",
        message: `${service} (${origin}) refused the request for ${what} as invalid (422)`,
        remedy: "Check the names and values that the request contains."
      };
    default:
      return void 0;
  }
}
var problems = [
  [/used by an immutable release/i, "tag-used"],
  [/immutable/i, "immutable"],
  [/already[_ ]exists/i, "already-exists"]
];
function problemOf({ body }) {
  const json = asObject(attempt(() => parseJson(body, { maxLength: 64 * 1024, maxDepth: 16 })));
  const errors = (asList(json?.errors) ?? []).flatMap((error) => {
    const members = asObject(error);
    return [asText(error), asText(members?.message), asText(members?.code)];
  });
  const texts = [asText(json?.message), ...errors].filter((text2) => text2 !== void 0);
  return problems.find(([sign]) => texts.some((text2) => sign.test(text2)))?.[1];
}
var reasons = [
  [/SAML|single sign-on|SSO/i, "the token is not authorized for the single sign-on of the organization"],
  [/IP allow list/i, "the address of this machine is not on the allow list of the organization"],
  [/archived/i, "the repository is archived"]
];
function reasonOf(response) {
  const message = messageOf(response);
  return reasons.find(([sign]) => sign.test(message))?.[1] ?? "the token lacks a permission";
}
function permissionRemedy(permission, hasToken) {
  return hasToken ? `Add \`${permission}\` to the permissions of the job, or use a token that has it. In jobs of pull requests from forks, tokens can only read.` : `Provide a token (GITHUB_TOKEN) with \`${permission}\`.`;
}
function messageOf({ body }) {
  const json = attempt(() => parseJson(body, { maxLength: 64 * 1024, maxDepth: 16 }));
  return asText(asObject(json)?.message) ?? "";
}
var apiVersion = "2022-11-28";
var timeoutMilliseconds = 6e4;
var usualStall = 12e4;
var slowest = 50;
var maxLengthByDefault = 16 * 1024 * 1024;
var maxRedirects = 3;
var redirects = [301, 302, 307, 308];
var GitHubApi = class {
  origin;
  #baseUrl;
  #options;
  #octokit;
  /** No request is sent before this time. */
  #heldUntil;
  /** @throws CountersignError `USAGE` for an invalid URL */
  constructor(options) {
    const url = readApiUrl(options.apiUrl || "https://api.github.com");
    this.origin = url.origin;
    this.#baseUrl = url.href.replace(/\/$/, "");
    this.#options = options;
  }
  /**
   * Sends the request that a method of GitHub's client makes.
   *
   * @throws CountersignError as {@link demandAccepted} does, and those of HTTP
   */
  async send(operation, method) {
    return this.#through(operation, method, (url, init) => this.#answer(operation, url, init));
  }
  /**
   * Uploads content with the request that a method of GitHub's client makes. The token is sent along.
   *
   * @param base where the method's path begins, as a response of the API states it
   * @throws CountersignError `SERVICE_RESPONSE_INVALID` for a host that is not this API's host of uploads; else as {@link send}
   */
  async upload(operation, base, content, method) {
    if (!this.#takesUploads(base))
      fail(
        "SERVICE_RESPONSE_INVALID",
        `${service} (${this.origin}) names the host ${base.origin} for uploads, which is not a host of this API`,
        { remedy: "Check GITHUB_API_URL, and any proxy in between. The token was not sent there." }
      );
    return this.#through(
      operation,
      method,
      (url, init) => this.#answer(operation, url, { ...init, body: content }, { uploads: base.origin })
    );
  }
  /**
   * Downloads content with the request that a method of GitHub's client makes. The host that stores it gets no token.
   *
   * @throws CountersignError as {@link send} and {@link fetchWithoutToken}
   */
  async download(operation, sink, method) {
    const { headers } = await this.#through(
      operation,
      method,
      (url2, init) => this.#answer(operation, url2, init, { sink })
    );
    const { location } = headers;
    if (typeof location !== "string") return;
    const url = URL.canParse(location, this.origin) ? new URL(location, this.origin) : void 0;
    await this.fetchWithoutToken(operation, { url, sink, redirects: maxRedirects });
  }
  /** Reports whether a host may take uploads with the token: that of the API, and the one that GitHub has next to it. */
  #takesUploads(base) {
    if (isLocal(new URL(this.origin))) return isLocal(base);
    return base.origin === this.origin || base.origin === this.origin.replace("//api.", "//uploads.");
  }
  async #through(operation, method, send) {
    this.#octokit ??= this.#open();
    let answer;
    const fetch = async (url, init) => {
      answer = await send(new URL(url), init);
      return { status: 204, url, headers: [] };
    };
    try {
      await method(await this.#octokit, { request: { fetch } });
    } catch (error) {
      if (error instanceof Error && error.cause instanceof CountersignError) throw error.cause;
      throw error;
    }
    return answer ?? fail("USAGE", `no request was sent for ${operation.what}`);
  }
  /**
   * Fetches from where a response of the API points. Another host gets no token.
   *
   * @throws CountersignError `SERVICE_REFUSED`; those of HTTP
   */
  async fetchElsewhere(operation, location) {
    const url = URL.canParse(location) ? new URL(location) : void 0;
    return (await this.#elsewhere(operation, { url })).body;
  }
  /** Fetches as {@link fetchElsewhere} does, always without the token, and returns the headers too. */
  fetchAnswer(operation, location) {
    return this.#elsewhere(operation, { url: URL.canParse(location) ? new URL(location) : void 0 }, false);
  }
  /** Fetches as {@link fetchElsewhere} does, always without the token. */
  async fetchWithoutToken(operation, { url, sink, redirects: left = 0 }) {
    const { headers } = await this.#elsewhere(operation, { url, ...sink && { sink } }, false);
    const { location } = headers;
    if (typeof location !== "string") return;
    const next = url !== void 0 && URL.canParse(location, url) ? new URL(location, url) : void 0;
    if (left === 0)
      fail("SERVICE_RESPONSE_INVALID", `${storage} (${url?.origin}) redirects ${operation.what} too often`);
    await this.fetchWithoutToken(operation, { url: next, ...sink && { sink }, redirects: left - 1 });
  }
  async #elsewhere(operation, { url, sink }, takesToken = true) {
    if (url === void 0 || url.protocol !== "https:" && !isLocal(url))
      fail("SERVICE_RESPONSE_INVALID", `${service} (${this.origin}) redirects ${operation.what} to an invalid URL`);
    return this.#answer(operation, url, { method: "GET", headers: {} }, { ...sink && { sink }, takesToken });
  }
  /** Loads GitHub's client, which is large. It never gets the token, and never writes to the log. */
  async #open() {
    const { GitHub: Client } = await import("./actions-github-lib-utils.mjs");
    const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };
    return new Client({ baseUrl: this.#baseUrl, log: silent, request: { log: silent } });
  }
  async #answer(operation, target, { method, headers, body }, { sink, uploads, takesToken = true } = {}) {
    const { http, token, clock, stallMilliseconds = usualStall } = this.#options;
    for (let url = target, hops = 0; ; hops++) {
      const isApi = takesToken && (url.origin === this.origin || url.origin === uploads);
      if (isApi) this.#demandNotHeld(operation);
      const transferred = typeof body === "object" ? body.length : operation.size ?? 0;
      const request = {
        method: methodOf(method),
        url,
        headers: {
          ...isApi && {
            accept: operation.accept ?? "application/vnd.github+json",
            "x-github-api-version": apiVersion,
            ...headers["content-type"] !== void 0 && { "content-type": headers["content-type"] },
            ...token !== void 0 && { authorization: `Bearer ${token.reveal()}` }
          }
        },
        service: isApi ? service : operation.storage ?? storage,
        // The message of a refusal is classified, and not quoted.
        quotes: token === void 0 && isApi ? "message" : "code",
        timeoutMilliseconds: timeoutMilliseconds + transferred / slowest,
        ...transferred > 0 && { stallMilliseconds },
        maxBodyLength: operation.maxLength ?? maxLengthByDefault,
        // A client that goes on is banned.
        final: [429],
        ...operation.once === true && { once: true },
        ...body !== void 0 && { body },
        ...sink !== void 0 && { sink }
      };
      const response = await http(request);
      if (isApi) this.#hold(response, clock());
      const location = locationOf(response, url);
      const follows = location?.origin === this.origin && isApi && request.method === "GET" && hops < maxRedirects;
      if (location !== void 0 && follows) {
        url = location;
        continue;
      }
      if (location !== void 0 && isApi && request.method !== "GET") moved(this.origin, operation);
      demandAccepted(request, response, operation, { hasToken: token !== void 0, now: clock(), isApi });
      return { body: response.body, headers: response.headers };
    }
  }
  #hold(response, now) {
    const limit = rateLimitOf(response, now);
    if (limit !== void 0) this.#heldUntil = limit;
  }
  #demandNotHeld({ what }) {
    const { clock, token } = this.#options;
    if (this.#heldUntil === void 0 || this.#heldUntil <= clock()) return;
    fail("RATE_LIMITED", rateLimited(this.origin, this.#heldUntil, what), { remedy: rateRemedy(token !== void 0) });
  }
};
function ignore() {
}
function moved(origin, { what }) {
  return fail("SERVICE_REFUSED", `${service} (${origin}) redirects the request for ${what}, and did nothing`, {
    remedy: "If the repository was renamed or transferred, specify its present name."
  });
}
function methodOf(method) {
  if (method === "GET" || method === "POST" || method === "PATCH" || method === "DELETE") return method;
  return fail("USAGE", `${method} is not a method of a known request to ${service}`);
}
function locationOf({ status, headers }, from) {
  const { location } = headers;
  if (!redirects.includes(status) || typeof location !== "string") return void 0;
  return URL.canParse(location, from) ? new URL(location, from) : void 0;
}
function readApiUrl(text2) {
  const url = URL.canParse(text2) ? new URL(text2) : void 0;
  if (url !== void 0 && (url.protocol === "https:" || isLocal(url)) && url.search === "" && url.hash === "")
    return url;
  return fail("USAGE", `GITHUB_API_URL is ${JSON.stringify(text2)}, which is not the URL of an API of GitHub`, {
    remedy: "Set it to an https URL such as https://api.github.com, or unset it."
  });
}
function isLocal(url) {
  return url.protocol === "http:" && isLoopbackHost(url);
}
var maxText = 4096;
var maxIssueBody = 3e5;
var maxReferenced = 100;
var maxLabels = 100;
var maxAssets = 1e3;
function parseObject({ body }, { what, maxLength }, origin) {
  return ProtoField.parse(body, "SERVICE_RESPONSE_INVALID", `the response of ${service} (${origin}) for ${what}`, {
    ...maxLength !== void 0 && { maxLength },
    maxValues: 2e6
  });
}
function parseList({ body, headers }, operation, origin) {
  const wrapped = concatBytes(utf8('{"items":'), body, utf8("}"));
  return parseObject({ body: wrapped, headers }, operation, origin).field("items");
}
function hasNextPage({ headers }) {
  const { link } = headers;
  return typeof link === "string" && /;\s*rel="?next"?/.test(link);
}
function readRun(field, expected, jobs) {
  const run = readListedRun(field);
  if (run.id !== expected.id || run.attempt !== expected.attempt) field.fail("is about another run");
  return {
    id: run.id,
    attempt: run.attempt,
    path: run.path,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    headBranch: run.headBranch,
    headSha: text(field.field("headSha")),
    createdAt: run.createdAt,
    updatedAt: time(field.field("updatedAt")),
    url: text(field.field("htmlUrl")),
    referencedWorkflows: field.field("referencedWorkflows").list(maxReferenced).map((workflow) => ({
      path: withoutRef(text(workflow.field("path"))),
      sha: text(workflow.field("sha")),
      ref: optionalText(workflow.field("ref"))
    })),
    jobs
  };
}
function readListedRun(field) {
  return {
    id: id(field.field("id")),
    attempt: field.field("runAttempt").safeInteger() || 1,
    path: withoutRef(text(field.field("path"))),
    event: text(field.field("event")),
    status: text(field.field("status")),
    conclusion: optionalText(field.field("conclusion")),
    headBranch: optionalText(field.field("headBranch")),
    headRepositoryId: optionalId(field.field("headRepository").field("id")),
    createdAt: time(field.field("createdAt"))
  };
}
function readJob(field) {
  return {
    name: text(field.field("name")),
    status: text(field.field("status")),
    conclusion: optionalText(field.field("conclusion")),
    startedAt: field.field("startedAt").time(),
    completedAt: field.field("completedAt").time(),
    workflowName: optionalText(field.field("workflowName"))
  };
}
function readRepository(field) {
  const visibility = field.field("visibility");
  return {
    id: id(field.field("id")),
    ownerId: id(field.field("owner").field("id")),
    name: text(field.field("fullName")),
    defaultBranch: text(field.field("defaultBranch")),
    // GitHub Enterprise Server of some versions states only whether it is private.
    visibility: visibility.present ? text(visibility) : field.field("private").boolean() ? "private" : "public"
  };
}
var relations = ["ahead", "behind", "identical", "diverged"];
function readRelation(field) {
  const status = field.field("status");
  const found = text(status);
  return relations.find((relation) => relation === found) ?? status.fail("is not a known relation of commits");
}
function readLogin(field) {
  return text(field.field("login"));
}
function readIssue(field) {
  if (field.field("pullRequest").present) return void 0;
  const state = field.field("state");
  const found = text(state);
  return {
    number: field.field("number").safeInteger() || field.field("number").fail("is not the number of an issue"),
    title: text(field.field("title")),
    body: optionalText(field.field("body"), maxIssueBody) ?? "",
    state: found === "open" || found === "closed" ? found : state.fail("is neither open nor closed"),
    // Issues of deleted accounts have no author.
    author: optionalText(field.field("user").field("login")) ?? "",
    labels: field.field("labels").list(maxLabels).map((label) => attempt(() => text(label)) ?? text(label.field("name"))),
    url: text(field.field("htmlUrl"))
  };
}
function readComment(field) {
  return {
    author: optionalText(field.field("user").field("login")) ?? "",
    body: optionalText(field.field("body"), maxIssueBody) ?? ""
  };
}
function readArtifact(field) {
  const run = field.field("workflowRun");
  return {
    id: Number(id(field.field("id"))),
    name: text(field.field("name")),
    size: field.field("sizeInBytes").safeInteger(),
    digest: readDigest(field.field("digest")),
    isExpired: field.field("expired").boolean(),
    run: run.present ? {
      id: id(run.field("id")),
      repositoryId: id(run.field("repositoryId")),
      headRepositoryId: id(run.field("headRepositoryId")),
      headBranch: optionalText(run.field("headBranch"))
    } : void 0
  };
}
function readRelease(field, repository) {
  return {
    id: Number(id(field.field("id"))),
    repository,
    tag: text(field.field("tagName")),
    target: optionalText(field.field("targetCommitish")) ?? "",
    isDraft: field.field("draft").boolean(),
    isImmutable: field.field("immutable").boolean(),
    body: optionalText(field.field("body"), maxIssueBody) ?? "",
    hasAssets: field.field("assets").list(maxAssets).length > 0,
    // Without the parameters of the template, which follow in braces.
    uploadUrl: text(field.field("uploadUrl")).replace(/\{.*$/s, ""),
    url: text(field.field("htmlUrl"))
  };
}
function readAsset(field) {
  const state = field.field("state");
  const found = text(state);
  return {
    id: Number(id(field.field("id"))),
    name: text(field.field("name")),
    label: optionalText(field.field("label")),
    // GitHub's description has `open` for what its API calls `starter`.
    state: found === "uploaded" ? "uploaded" : found === "starter" || found === "open" ? "starter" : state.fail("is not a known state of an asset"),
    size: field.field("size").safeInteger(),
    digest: readDigest(field.field("digest")),
    downloadUrl: text(field.field("browserDownloadUrl"))
  };
}
function readReferenced(field) {
  const object = field.field("object");
  const sha = text(object.field("sha"));
  if (!/^[0-9a-f]{40}$|^[0-9a-f]{64}$/.test(sha)) object.field("sha").fail("is not the name of an object");
  return { sha, isTag: text(object.field("type")) === "tag" };
}
function readDigest(field) {
  const digest = optionalText(field);
  return digest === void 0 || /^sha256:[0-9a-f]{64}$/.test(digest) ? digest : field.fail("is not a SHA-256 digest");
}
function withoutRef(path) {
  const [, file, ref = ""] = /^(.*\.ya?ml)@(.*)$/s.exec(path) ?? [];
  return file === void 0 || /\.ya?ml$/.test(ref) ? path : file;
}
function text(field, max = maxText) {
  return optionalText(field, max) ?? field.fail("is missing");
}
function optionalText(field, max = maxText) {
  const value = field.string();
  if (value.length > max) field.fail(`has ${value.length} characters; the limit is ${max}`);
  return value === "" ? void 0 : value;
}
function readId(field) {
  return id(field);
}
function id(field) {
  return String(field.safeInteger() || field.fail("is missing"));
}
function optionalId(field) {
  return field.present ? id(field) : void 0;
}
function time(field) {
  return field.time() ?? field.fail("is missing");
}

var pageSize = 100;
var usualPages = 10;
function placeOf(repository) {
  const [, owner, repo] = /^([\w.-]{1,100})\/([\w.-]{1,100})$/.exec(repository) ?? [];
  if (owner !== void 0 && repo !== void 0 && !/^\.+$/.test(owner) && !/^\.+$/.test(repo)) return { owner, repo };
  return fail("USAGE", `${JSON.stringify(repository)} is not the name of a repository`, {
    remedy: "Write it as owner/name."
  });
}
async function readPages(api, operation, member, read, method, maxPages = usualPages) {
  const items = [];
  for (let page = 1; page <= maxPages; page++) {
    const answer = await api.send(
      operation,
      (octokit, through) => method(octokit, { per_page: pageSize, page }, through)
    );
    const total = member === void 0 ? void 0 : parseObject(answer, operation, api.origin);
    const list = total === void 0 ? parseList(answer, operation, api.origin) : total.field(member ?? "");
    items.push(...list.list(pageSize).map(read));
    if (hasNextPage(answer)) continue;
    if (total !== void 0 && total.field("totalCount").safeInteger() > items.length)
      total.fail(`lists ${items.length} items, but counts more`);
    return items;
  }
  return fail("LIMIT_EXCEEDED", `GitHub lists more than ${pageSize * maxPages} items for ${operation.what}`);
}
async function unlessMissing(work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GitHubRefusal && error.status === 404) return void 0;
    throw error;
  }
}
export {
  GitHubApi,
  GitHubRefusal,
  hasNextPage,
  pageSize,
  parseObject,
  placeOf,
  readArtifact,
  readAsset,
  readComment,
  readId,
  readIssue,
  readJob,
  readListedRun,
  readLogin,
  readPages,
  readReferenced,
  readRelation,
  readRelease,
  readRepository,
  readRun,
  service,
  unlessMissing
};
