import { sleep } from "./services-http-answer.mjs";
import { TunnelAgent, explainFailure, outage, withRetries } from "./services-http-explain-failure.mjs";
import "./services-http-back-off.mjs";
import { require_node_https, require_node_http } from "./node-make-folder.mjs";
import "./core-encoding-json.mjs";
import { fail, systemCode, __callDispose, __toESM, __using } from "./core-errors-reference.mjs";
import { randomBytes } from "node:crypto";
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
  if (host === "localhost" || host.endsWith(".localhost") || isLoopback(host)) return true;
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
function isLoopback(host) {
  return isIn(host, "127.0.0.0/8") || isIn(host, "::1/128");
}
function openHttp(userAgent, cancellation, system = {}) {
  const { environment = process.env, clock = () => /* @__PURE__ */ new Date() } = system;
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
        const client = clients.get(origin) ?? openOrigin(request.url, userAgent, environment);
        clients.set(origin, client);
        const deadline = __using(_stack, abortAfter(request.timeoutMilliseconds, pending));
        return await send(client, request, deadline.signal, cancellation, { environment, clock });
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
async function send(client, request, signal, cancellation, { environment, clock }) {
  try {
    cancellation?.throwIfAborted();
    const message = await client.send(request, signal);
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
      const seconds = request.timeoutMilliseconds / 1e3;
      const through = proxy === void 0 ? "" : ` through the proxy ${proxy.url.origin}`;
      fail(
        "SERVICE_UNAVAILABLE",
        `${request.service} (${request.url.origin})${through} did not respond within ${seconds} s`,
        {
          cause,
          remedy: outage
        }
      );
    }
    throw explainFailure(request, cause, { proxy, environment, now: clock() }) ?? cause;
  }
}
function abortAfter(milliseconds, pending) {
  const controller = new AbortController();
  const timeout = () => controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
  const timer = setTimeout(timeout, milliseconds).unref();
  pending.add(controller);
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      pending.delete(controller);
    }
  };
}
var maxErrorLength = 64 * 1024;
async function readBody(message, { service, url, maxBodyLength }, signal) {
  const limit = (message.statusCode ?? 0) < 400 ? maxBodyLength : Math.max(maxBodyLength, maxErrorLength);
  const chunks = [];
  let length = 0;
  for await (const chunk of message) {
    length += chunk.length;
    if (length > limit) {
      message.destroy();
      fail("SERVICE_RESPONSE_INVALID", `${service} (${url.origin}) sent more than ${limit} bytes`);
    }
    chunks.push(chunk);
  }
  signal.throwIfAborted();
  return new Uint8Array(Buffer.concat(chunks));
}
var maxHeaderSize = 33 * 1024;
var staleCodes = /* @__PURE__ */ new Set(["ECONNRESET", "EPIPE"]);
function openOrigin(url, userAgent, environment) {
  const proxy = proxyFor(url, environment);
  const options = { keepAlive: true };
  if (url.protocol !== "https:") return new OriginClient(userAgent, new import_node_http.Agent(options), void 0);
  if (proxy === void 0) return new OriginClient(userAgent, new import_node_https.Agent(options), void 0);
  return new OriginClient(userAgent, new TunnelAgent(proxy, options), proxy);
}
var OriginClient = class {
  #userAgent;
  #agent;
  #answered = false;
  proxy;
  /** True if a request was sent whose response must not be quoted. */
  wasSentSecret = false;
  constructor(userAgent, agent, proxy) {
    this.#userAgent = userAgent;
    this.#agent = agent;
    this.proxy = proxy;
  }
  /**
   * Sends a request. A server may close a connection that it kept alive just as the next request is written to it (RFC 9112,
   * section 9.3.1): that is no outage, and the request is sent once more, on a new connection. Every request of ours can be
   * repeated.
   */
  async send(request, signal) {
    if (request.quotes !== "message") this.wasSentSecret = true;
    try {
      return await this.#attempt(request, signal);
    } catch (error) {
      const mayBeStale = this.#answered && !signal.aborted && staleCodes.has(systemCode(error));
      if (!mayBeStale) throw error;
      return this.#attempt(request, signal);
    }
  }
  #attempt({ method, url, headers, body }, signal) {
    return new Promise((resolve, reject) => {
      const request = (url.protocol === "https:" ? import_node_https.request : import_node_http.request)(
        {
          method,
          // URL keeps the brackets of an IPv6 address, node:http wants it without.
          host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
          port: url.port || (url.protocol === "https:" ? 443 : 80),
          path: `${url.pathname}${url.search}`,
          headers: { ...headers, "user-agent": this.#userAgent },
          agent: this.#agent,
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
      request.end(body);
    });
  }
  dispose() {
    this.#agent.destroy();
  }
};
function openNetwork({ cancellation, retryBudgetMilliseconds: budget = 0, onRetry }, clock) {
  const connections = openHttp("countersign", cancellation);
  const options = { budget, clock, random: randomBytes, sleep, cancellation };
  return {
    http: withRetries(connections.send, {
      ...options,
      ...onRetry !== void 0 && { onRetry: withoutRepeats(onRetry, clock) }
    }),
    [Symbol.dispose]: () => connections[Symbol.dispose]()
  };
}
var repeatWindow = 6e4;
function withoutRepeats(onRetry, clock) {
  const last = /* @__PURE__ */ new Map();
  return (notice) => {
    const time = clock().getTime();
    const service = `${notice.service} ${notice.origin}`;
    const earlier = last.get(service);
    if (earlier !== void 0 && notice.attempt <= earlier.attempt && time - earlier.time < repeatWindow) return;
    last.set(service, { attempt: notice.attempt, time });
    onRetry(notice);
  };
}
export {
  openNetwork,
  withoutRepeats
};
