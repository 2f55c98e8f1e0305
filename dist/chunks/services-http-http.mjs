import { TunnelAgent, explainFailure, outage } from "./services-http-explain-failure.mjs";
import { require_node_https, require_node_http } from "./report-retry-text.mjs";
import { demandPublicHost, isLoopbackHost, publicLookup } from "./services-http-public-address.mjs";
import { fail, systemCode, __callDispose, __toESM, __using } from "./core-errors-codes.mjs";
import { BlockList, isIP } from "node:net";
var import_node_http = __toESM(require_node_http(), 1);
var import_node_https = __toESM(require_node_https(), 1);
function proxyFor(url, environment) {
  if (url.protocol !== "https:") return void 0;
  const variable = ["https_proxy", "HTTPS_PROXY"].find((name) => environment[name]?.trim());
  if (variable === void 0 || goesDirect(url, environment)) return void 0;
  return readProxy(variable, environment[variable]?.trim() ?? "");
}
var proxyForm = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:(.*)@)?([^@/?#\s]+)\/*$/is;
function readProxy(variable, text) {
  const [, scheme = "http", account, host = ""] = proxyForm.exec(text) ?? [];
  const kind = scheme.toLowerCase();
  if (kind !== "http" && kind !== "https")
    fail("USAGE", `${variable} specifies a ${kind} proxy, which is not supported`, {
      remedy: "Only http and https proxies are supported. Set it to http://HOST:PORT."
    });
  const address = `${kind}://${host}`;
  if (host === "" || !URL.canParse(address))
    fail("USAGE", `${variable} is not a valid proxy URL`, { remedy: "Set it to http://HOST:PORT, or unset it." });
  const credentials = account === void 0 ? void 0 : decodeAccount(account);
  return {
    variable,
    url: new URL(address),
    authorization: credentials && `Basic ${Buffer.from(credentials).toString("base64")}`
  };
}
function decodeAccount(account) {
  const [user = "", ...password] = account.split(":");
  return [user, password.join(":")].map(decodeLeniently).join(":");
}
function decodeLeniently(text) {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}
function goesDirect(url, environment) {
  const host = bare(url.hostname);
  if (host.endsWith(".localhost") || isLoopbackHost({ hostname: host })) return true;
  const listed = (environment.no_proxy || environment.NO_PROXY || "").split(/[\s,]+/).filter((entry) => entry !== "");
  return listed.some((entry) => entry === "*" || matchesEntry(entry.toLowerCase(), host, url.port || "443"));
}
function bare(host) {
  return host.toLowerCase().replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
}
function matchesEntry(entry, host, port) {
  if (entry.includes("/")) return isIn(host, entry);
  const [, name = entry, entryPort] = isIP(entry) === 6 ? [] : /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  if (entryPort !== void 0 && entryPort !== port) return false;
  const listed = bare(name);
  if (isIP(listed) !== 0) return isIn(host, `${listed}/${isIP(listed) === 6 ? 128 : 32}`);
  if (isIP(host) !== 0) return false;
  if (/^\*?\./.test(listed)) return host.endsWith(listed.replace(/^\*/, ""));
  return listed !== "" && (host === listed || host.endsWith(`.${listed}`));
}
function isIn(host, network) {
  const [, address = "", bits = ""] = /^\[?([0-9a-f.:]+)\]?\/(\d{1,3})$/.exec(network) ?? [];
  const family = isIP(address);
  if (isIP(host) === 0 || family === 0 || Number(bits) > (family === 6 ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family === 6 ? "ipv6" : "ipv4");
  return list.check(host, isIP(host) === 6 ? "ipv6" : "ipv4");
}
function openHttp(userAgent, cancellation, system = {}) {
  const { environment = process.env, clock = () => /* @__PURE__ */ new Date(), addresses = "any", resolve } = system;
  const clients = /* @__PURE__ */ new Map();
  const pending = /* @__PURE__ */ new Set();
  const cancel = () => {
    for (const controller of pending) controller.abort(cancellation?.reason);
  };
  cancellation?.addEventListener("abort", cancel, { once: true });
  return {
    send: async (request) => {
      var _stack = [];
      try {
        const { origin } = request.url;
        const options = addresses === "public" ? publicOptions(request, resolve) : {};
        const client = clients.get(origin) ?? openOrigin(request.url, userAgent, environment, options);
        clients.set(origin, client);
        const deadline = __using(_stack, abortAfter(request.timeoutMilliseconds, pending));
        return await send(client, request, deadline, cancellation, { environment, clock });
      } catch (_) {
        var _error = _, _hasError = true;
      } finally {
        __callDispose(_stack, _error, _hasError);
      }
    },
    [Symbol.dispose]: () => {
      cancellation?.removeEventListener("abort", cancel);
      for (const client of clients.values()) client.dispose();
    }
  };
}
async function send(client, request, deadline, cancellation, { environment, clock }) {
  const { signal } = deadline;
  try {
    cancellation?.throwIfAborted();
    const message = await client.send(request, deadline);
    return {
      status: message.statusCode ?? 0,
      headers: message.headers,
      body: await readBody(message, request, signal),
      followsSecret: client.wasSentSecret
    };
  } catch (cause) {
    if (cancellation?.aborted) fail("CANCELLED", `cancelled while waiting for ${request.service}`, { cause });
    const { proxy } = client;
    if (signal.aborted) {
      const { timeoutMilliseconds, stallMilliseconds = 0 } = request;
      const problem = signal.reason === stalled ? `neither took nor sent anything for ${stallMilliseconds / 1e3} s` : `did not respond within ${timeoutMilliseconds / 1e3} s`;
      const through = proxy === void 0 ? "" : ` through the proxy ${proxy.url.origin}`;
      fail("SERVICE_UNAVAILABLE", `${request.service} (${request.url.origin})${through} ${problem}`, {
        cause,
        remedy: outage
      });
    }
    throw explainFailure(request, cause, { proxy, environment, now: clock() }) ?? cause;
  }
}
var stalled = new DOMException("The operation was aborted because nothing was sent or received", "TimeoutError");
function abortAfter(milliseconds, pending) {
  const controller = new AbortController();
  const timeout = () => controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
  const timer = setTimeout(timeout, milliseconds).unref();
  pending.add(controller);
  return {
    signal: controller.signal,
    stall: () => controller.abort(stalled),
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      pending.delete(controller);
    }
  };
}
async function sendStream(request, { length, open }) {
  let sent = 0;
  for await (const bytes of open()) {
    if (request.destroyed) return;
    sent += bytes.length;
    if (sent > length) break;
    await new Promise((resolve, reject) => {
      const closed = () => reject(new Error("the connection was closed"));
      request.once("close", closed);
      request.write(bytes, (error) => {
        request.off("close", closed);
        if (error) reject(error);
        else resolve();
      });
    });
  }
  if (sent !== length) fail("SUBJECT_CHANGED", `the content to send has another length than ${length} bytes`);
  request.end();
}
var maxErrorLength = 64 * 1024;
async function readBody(message, { service, url, maxBodyLength, sink }, signal) {
  const limit = (message.statusCode ?? 0) < 400 ? maxBodyLength : Math.max(maxBodyLength, maxErrorLength);
  const taken = message.statusCode === 200 ? sink : void 0;
  const body = new Body(taken === void 0 ? Math.min(statedLength(message), limit) : 0);
  taken?.begin();
  let length = 0;
  for await (const chunk of message) {
    length += chunk.length;
    if (length > limit) {
      message.destroy();
      fail("SERVICE_RESPONSE_INVALID", `${service} (${url.origin}) sent more than ${limit} bytes`);
    }
    if (taken === void 0) body.add(chunk);
    else await taken.take(chunk);
  }
  signal.throwIfAborted();
  return body.bytes();
}
var maxAllocated = 4 * 1024 * 1024;
function statedLength({ headers }) {
  const stated = headers["content-length"] ?? "";
  return /^\d{1,12}$/.test(stated) ? Math.min(Number(stated), maxAllocated) : 0;
}
var Body = class {
  #buffer;
  length = 0;
  constructor(expected) {
    this.#buffer = new Uint8Array(expected);
  }
  add(chunk) {
    const end = this.length + chunk.length;
    if (end > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(end, this.#buffer.length * 2));
      larger.set(this.#buffer.subarray(0, this.length));
      this.#buffer = larger;
    }
    this.#buffer.set(chunk, this.length);
    this.length = end;
  }
  /** Returns the body, in a buffer of its own length. */
  bytes() {
    return this.length === this.#buffer.length ? this.#buffer : this.#buffer.slice(0, this.length);
  }
};
function publicOptions({ url, service }, resolve) {
  if (isLoopbackHost(url)) return {};
  demandPublicHost(url, service);
  return { lookup: publicLookup(service, resolve) };
}
var maxHeaderSize = 33 * 1024;
var staleCodes = /* @__PURE__ */ new Set(["ECONNRESET", "EPIPE"]);
function openOrigin(url, userAgent, environment, shared) {
  const proxy = proxyFor(url, environment);
  const openAgent = (keepAlive) => {
    const options = { ...shared, keepAlive };
    if (url.protocol !== "https:") return new import_node_http.Agent(options);
    return proxy === void 0 ? new import_node_https.Agent(options) : new TunnelAgent(proxy, options);
  };
  return new OriginClient(userAgent, openAgent, proxy);
}
var OriginClient = class {
  #userAgent;
  #openAgent;
  #agent;
  /** The agents of requests that are sent once. */
  #others = /* @__PURE__ */ new Set();
  #answered = false;
  proxy;
  /** True if a request was sent whose response must not be quoted. */
  wasSentSecret = false;
  constructor(userAgent, openAgent, proxy) {
    this.#userAgent = userAgent;
    this.#openAgent = openAgent;
    this.#agent = openAgent(true);
    this.proxy = proxy;
  }
  /**
   * Sends a request. A server may close a connection that it kept alive just as the next request is written to it (RFC 9112,
   * section 9.3.1): that is no outage, and the request is sent once more, on a new connection, unless it must be sent once.
   */
  async send(request, deadline) {
    if (request.quotes !== "message") this.wasSentSecret = true;
    if (request.once === true) {
      const agent = this.#openAgent(false);
      this.#others.add(agent);
      return this.#attempt(request, deadline, agent);
    }
    try {
      return await this.#attempt(request, deadline);
    } catch (error) {
      const mayBeStale = this.#answered && !deadline.signal.aborted && staleCodes.has(systemCode(error));
      if (!mayBeStale) throw error;
      return this.#attempt(request, deadline);
    }
  }
  #attempt({ method, url, headers, body, stallMilliseconds }, { signal, stall }, agent = this.#agent) {
    const streamed = typeof body === "object" && !(body instanceof Uint8Array) ? body : void 0;
    return new Promise((resolve, reject) => {
      const request = (url.protocol === "https:" ? import_node_https.request : import_node_http.request)(
        {
          method,
          // URL keeps the brackets of an IPv6 address, node:http wants it without.
          host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
          port: url.port || (url.protocol === "https:" ? 443 : 80),
          path: `${url.pathname}${url.search}`,
          headers: {
            ...headers,
            ...streamed && { "content-length": String(streamed.length) },
            "user-agent": this.#userAgent
          },
          agent,
          signal,
          maxHeaderSize
        },
        (message) => {
          this.#answered = true;
          resolve(message);
        }
      );
      request.on("error", reject);
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      if (stallMilliseconds !== void 0) request.setTimeout(stallMilliseconds, stall);
      if (streamed === void 0) request.end(body);
      else sendStream(request, streamed).catch((error) => request.destroy(error));
    });
  }
  dispose() {
    for (const agent of [this.#agent, ...this.#others]) agent.destroy();
  }
};
export {
  openHttp
};
