import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  HttpClient
} from "./chunk-BLZUZC4M.mjs";
import {
  describeAnswer
} from "./chunk-WXJWSKLB.mjs";
import {
  readUint
} from "./chunk-E6Z6BNYX.mjs";
import {
  CountersignError,
  fail
} from "./chunk-4KXGZMC2.mjs";

// src/run/system-world.ts
import { randomBytes } from "node:crypto";
import * as files from "node:fs/promises";

// src/services/http/http.ts
import { Readable } from "node:stream";
function openHttp(userAgent, cancellation) {
  const clients = /* @__PURE__ */ new Map();
  return {
    send: async (request) => {
      const client = clients.get(request.url.origin) ?? new AbortableClient(userAgent);
      clients.set(request.url.origin, client);
      return send(client, request, cancellation);
    },
    [Symbol.dispose]: () => {
      for (const client of clients.values()) client.dispose();
    }
  };
}
async function send(client, request, cancellation) {
  const deadline = AbortSignal.timeout(request.timeoutMilliseconds);
  const signal = cancellation === void 0 ? deadline : AbortSignal.any([cancellation, deadline]);
  try {
    signal.throwIfAborted();
    const message = await client.send(request, signal);
    return {
      status: message.statusCode ?? 0,
      headers: message.headers,
      body: await readBody(message, request, signal)
    };
  } catch (cause) {
    if (cancellation?.aborted) fail("CANCELLED", `cancelled while waiting for ${request.service}`, { cause });
    if (deadline.aborted) {
      const seconds2 = request.timeoutMilliseconds / 1e3;
      fail("SERVICE_UNAVAILABLE", `${request.service} (${request.url.origin}) did not answer within ${seconds2} s`, {
        cause,
        remedy: outage
      });
    }
    const code = cause instanceof CountersignError ? void 0 : systemCode(cause);
    if (code === void 0) throw cause;
    fail("SERVICE_UNAVAILABLE", `${request.service} (${request.url.origin}) cannot be reached: ${code}`, {
      cause,
      remedy: outage
    });
  }
}
function systemCode(cause) {
  return typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string" ? cause.code : void 0;
}
var outage = "This is an outage or a network problem, not a fault of your build. Run the job again later.";
async function readBody(message, { service, url, maxBodyLength }, signal) {
  const chunks = [];
  let length = 0;
  for await (const chunk of message) {
    length += chunk.length;
    if (length > maxBodyLength) {
      message.destroy();
      fail("SERVICE_RESPONSE_INVALID", `${service} (${url.origin}) answered more than ${maxBodyLength} bytes`);
    }
    chunks.push(chunk);
  }
  signal.throwIfAborted();
  return new Uint8Array(Buffer.concat(chunks));
}
var staleCodes = /* @__PURE__ */ new Set(["ECONNRESET", "EPIPE"]);
var AbortableClient = class {
  #client;
  #signal;
  #answered = false;
  constructor(userAgent) {
    const handler = {
      prepareRequest: (options) => {
        if (this.#signal !== void 0) options.signal = this.#signal;
        options.host = options.host?.replace(/^\[(.*)\]$/, "$1");
      },
      canHandleAuthentication: () => false,
      handleAuthentication: () => Promise.reject(new Error("no authentication is handled here"))
    };
    this.#client = new HttpClient(userAgent, [handler], {
      allowRedirects: false,
      allowRetries: false,
      keepAlive: true
    });
  }
  /**
   * Sends a request. A server may close a connection that it kept alive just as the next request is written to it (RFC 9112,
   * section 9.3.1): that is no outage, and the request is sent once more, on a new connection. Every request of ours can be
   * repeated.
   */
  async send(request, signal) {
    try {
      return await this.#attempt(request, signal);
    } catch (error) {
      const mayBeStale = this.#answered && !signal.aborted && staleCodes.has(systemCode(error));
      if (!mayBeStale) throw error;
      return this.#attempt(request, signal);
    }
  }
  async #attempt({ method, url, headers, body }, signal) {
    this.#signal = signal;
    const bytes = body instanceof Uint8Array ? { "content-length": String(body.length) } : {};
    const stream = body instanceof Uint8Array ? Readable.from([body], { objectMode: false }) : body ?? null;
    const response = await this.#client.request(method, url.href, stream, { ...headers, ...bytes });
    this.#answered = true;
    return response.message;
  }
  dispose() {
    this.#client.dispose();
  }
};

// src/services/http/sleep.ts
import { setTimeout } from "node:timers/promises";
var sleep = (milliseconds, cancellation) => setTimeout(milliseconds, void 0, cancellation === void 0 ? {} : { signal: cancellation });

// src/services/http/back-off.ts
var base = 1e3;
var cap = 6e4;
var longestAsked = 3e5;
function backOff(attempts, random) {
  const longest = Math.min(cap, base * 2 ** (attempts - 1));
  return Math.floor(Number(readUint(random(4))) / 2 ** 32 * longest);
}
var seconds = /^\d{1,9}$/;
var date = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
function retryAfter({ headers }, now) {
  const header = headers["retry-after"];
  if (typeof header !== "string") return 0;
  if (seconds.test(header)) return Math.min(longestAsked, Number(header) * 1e3);
  const wait = date.test(header) ? Date.parse(header) - now.getTime() : 0;
  return Math.min(longestAsked, Math.max(0, wait || 0));
}

// src/services/http/outage-clock.ts
var OutageClock = class {
  #clock;
  /** For each service that is out, the requests that wait for it. */
  #waiting = /* @__PURE__ */ new Map();
  #since = 0;
  #spent = 0;
  constructor(clock) {
    this.#clock = clock;
  }
  /** Milliseconds spent so far. */
  get spent() {
    return this.#spent + (this.#waiting.size > 0 ? this.#now() - this.#since : 0);
  }
  /** A request failed and may be sent again: its service is out. */
  failed(service, request) {
    if (this.#waiting.size === 0) this.#since = this.#now();
    const requests = this.#waiting.get(service) ?? /* @__PURE__ */ new Set();
    this.#waiting.set(service, requests.add(request));
  }
  /** A service answered: its outage is over for all who wait. */
  recovered(service) {
    if (!this.#waiting.has(service)) return;
    const spent = this.spent;
    this.#waiting.delete(service);
    this.#settle(spent);
  }
  /** A request is not sent again. Where nobody else waits for the service, its time stops to count. */
  gaveUp(service, request) {
    const requests = this.#waiting.get(service);
    requests?.delete(request);
    if (requests?.size === 0) this.recovered(service);
  }
  #settle(spent) {
    if (this.#waiting.size === 0) this.#spent = spent;
  }
  #now() {
    return this.#clock().getTime();
  }
};

// src/services/http/retry.ts
var transientStatuses = /* @__PURE__ */ new Set([408, 425, 429, 500, 502, 503, 504]);
var permanentCode = /^(?:HPE_|ERR_(?!STREAM_)|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_)/;
function withRetries(http, options) {
  const outages = new OutageClock(options.clock);
  return async (request) => {
    const self = Symbol(request.service);
    try {
      return await sendUntilAnswered(http, request, options, outages, self);
    } finally {
      outages.gaveUp(request.url.origin, self);
    }
  };
}
async function sendUntilAnswered(http, request, options, outages, self) {
  const { clock } = options;
  const { service, url } = request;
  let firstFailure;
  for (let attempts = 1; ; attempts++) {
    const outcome = await attempt(http, request);
    if ("response" in outcome) {
      outages.recovered(url.origin);
      return outcome.response;
    }
    outages.failed(url.origin, self);
    const now = clock();
    firstFailure ??= now;
    const wait = Math.max(outcome.askedToWait(now), backOff(attempts, options.random));
    const stop = isTooLate(request, new Date(now.getTime() + wait)) ? tooLate(request) : overBudget(options.budget, outages.spent, wait);
    if (stop !== void 0) giveUp(request, outcome, attempts, now.getTime() - firstFailure.getTime(), stop);
    options.onRetry?.({ service, origin: url.origin, attempt: attempts, wait, reason: outcome.reason });
    await waitFor(wait, request, options);
    if (isTooLate(request, clock())) {
      giveUp(request, outcome, attempts, clock().getTime() - firstFailure.getTime(), tooLate(request));
    }
  }
}
async function attempt(http, request) {
  try {
    const response = await http(request);
    if (!transientStatuses.has(response.status) && !request.notYet?.includes(response.status)) return { response };
    return {
      reason: describeAnswer(request, response),
      cause: void 0,
      askedToWait: (now) => retryAfter(response, now)
    };
  } catch (error) {
    if (!isTransient(error)) throw error;
    return { reason: error.message, cause: error, askedToWait: () => 0 };
  }
}
function isTransient(error) {
  if (!(error instanceof CountersignError) || error.code !== "SERVICE_UNAVAILABLE") return false;
  const { cause } = error;
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : void 0;
  return !(typeof code === "string" && permanentCode.test(code));
}
function overBudget(budget, spent, wait) {
  const left = budget - spent;
  if (left > 0 && wait <= left) return void 0;
  return {
    why: budget === 0 ? "retries are off" : `the retry budget of ${inSeconds(budget)} does not allow another attempt`,
    remedy: "Run the job again later, or allow more time for outages with a larger retry budget."
  };
}
function isTooLate({ usefulUntil: end }, time) {
  return end !== void 0 && time > end;
}
function tooLate({ usefulUntil: end }) {
  return {
    why: `what was asked is of use only until ${end?.toISOString()}`,
    remedy: "Run the job again later."
  };
}
async function waitFor(wait, { service }, { sleep: sleep2, cancellation }) {
  const cancelled = (cause) => fail("CANCELLED", `cancelled while waiting to ask ${service} again`, { cause });
  if (cancellation?.aborted) cancelled(cancellation.reason);
  try {
    await sleep2(wait, cancellation);
  } catch (cause) {
    if (cancellation?.aborted) cancelled(cause);
    throw cause;
  }
}
function giveUp({ url }, last, attempts, elapsed, stop) {
  const tried = attempts === 1 ? "once" : `${attempts} times in ${inSeconds(elapsed)}`;
  const remedy = isPublicGood(url) ? `${stop.remedy} https://status.sigstore.dev says how the public-good instance is.` : stop.remedy;
  fail("SERVICE_UNAVAILABLE", `${last.reason}. This is an outage: it was tried ${tried}, and ${stop.why}`, {
    remedy,
    ...last.cause !== void 0 && { cause: last.cause }
  });
}
function isPublicGood({ hostname }) {
  return hostname.endsWith(".sigstore.dev");
}
function inSeconds(milliseconds) {
  return `${Math.round(milliseconds / 100) / 10} s`;
}
function usefulUntil(http, end) {
  return (request) => http({ ...request, usefulUntil: end });
}

// src/run/system-world.ts
var never = new AbortController().signal;
function systemWorld(options = {}) {
  const { cancellation = never, retryBudgetMilliseconds: budget = 0, onRetry } = options;
  const connections = openHttp("countersign", cancellation);
  const clock = () => /* @__PURE__ */ new Date();
  return {
    clock,
    random: randomBytes,
    http: withRetries(connections.send, {
      budget,
      clock,
      random: randomBytes,
      sleep,
      cancellation,
      ...onRetry !== void 0 && { onRetry }
    }),
    files,
    cancellation,
    [Symbol.dispose]: () => connections[Symbol.dispose]()
  };
}

export {
  usefulUntil,
  systemWorld
};
