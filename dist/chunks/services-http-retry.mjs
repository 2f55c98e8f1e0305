import { ProxyFailure, checkName, outage } from "./services-http-explain-failure.mjs";
import { backOff, retryAfter } from "./services-http-back-off.mjs";
import { describeAnswer } from "./services-http-answer.mjs";
import { CountersignError, fail, systemCode } from "./core-errors-codes.mjs";
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
  /** Records that a request is not sent again. If no other request waits for the service, its time stops counting. */
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
var ServiceOutage = class extends CountersignError {
};
var transientStatuses = /* @__PURE__ */ new Set([408, 425, 429, 500, 502, 503, 504]);
var maxPassing = 5;
var permanentCode = /^(?:HPE_|ERR_(?!STREAM_)|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_)/;
function withRetries(http, options) {
  const { outages = new OutageClock(options.clock) } = options;
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
    const { answer } = outcome;
    if (outcome.isOutage) request.onOutage?.(outcome.askedToWait(clock()));
    if (answer !== void 0 && attempts >= maxPassing) return answer;
    outages.failed(url.origin, self);
    const now = clock();
    firstFailure ??= now;
    const pause = backOff(attempts, options.random) / (answer === void 0 ? 1 : 4);
    const wait = Math.max(outcome.askedToWait(now), Math.floor(pause));
    const stop = request.once ? sentOnce : isTooLate(request, new Date(now.getTime() + wait)) ? tooLate(request) : overBudget(options.budget, outages.spent, wait);
    if (stop !== void 0 && answer !== void 0) return answer;
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
    const isOutage = transientStatuses.has(response.status) && !request.final?.includes(response.status);
    const mayPass = request.mayPass?.includes(response.status) === true;
    if (!isOutage && !mayPass && !request.notYet?.includes(response.status)) return { response };
    return {
      reason: describeAnswer(request, response),
      cause: void 0,
      isOutage,
      isDown: isOutage && response.status >= 500,
      ...mayPass && { answer: response },
      askedToWait: (now) => retryAfter(response, now)
    };
  } catch (error) {
    if (!isTransient(error)) throw error;
    const name = checkName(error.cause);
    const isOutage = error.code === "SERVICE_UNAVAILABLE" && !(error.cause instanceof ProxyFailure) && name === void 0;
    return {
      reason: error.message,
      cause: error,
      isOutage,
      isDown: isOutage,
      remedy: name ?? (error.remedy === outage ? void 0 : error.remedy),
      askedToWait: () => 0
    };
  }
}
function isTransient(error) {
  if (!(error instanceof CountersignError)) return false;
  if (error.code !== "SERVICE_UNAVAILABLE" && error.code !== "NETWORK_UNAVAILABLE") return false;
  const code = systemCode(error.cause);
  return !(code !== void 0 && permanentCode.test(code));
}
var sentOnce = { why: "this request is not repeated", remedy: "Run again later." };
function overBudget(budget, spent, wait) {
  const left = budget - spent;
  if (left > 0 && wait <= left) return void 0;
  return {
    why: budget === 0 ? "retries are disabled" : `the retry budget of ${inSeconds(budget)} allows no further attempt`,
    remedy: "To wait longer, increase `retry-budget`.",
    isBudget: true
  };
}
function isTooLate({ usefulUntil: end }, time) {
  return end !== void 0 && time > end;
}
function tooLate({ usefulUntil: end }) {
  return {
    why: `a response would only be usable until ${end?.toISOString()}`,
    remedy: "Try again later."
  };
}
async function waitFor(wait, { service }, { sleep, cancellation }) {
  const cancelled = (cause) => fail("CANCELLED", `cancelled while waiting to retry ${service}`, { cause });
  if (cancellation?.aborted) cancelled(cancellation.reason);
  try {
    await sleep(wait, cancellation);
  } catch (cause) {
    if (cancellation?.aborted) cancelled(cause);
    throw cause;
  }
}
function giveUp({ url }, last, attempts, elapsed, stop) {
  const tried = attempts === 1 ? "once" : `${attempts} times in ${inSeconds(elapsed)}`;
  const status = last.isOutage && isPublicGood(url) ? "https://status.sigstore.dev shows the state of the public-good instance." : void 0;
  const remedy = [last.remedy, last.remedy?.includes(stop.remedy) ? void 0 : stop.remedy, status].filter((sentence) => sentence !== void 0).join(" ");
  const code = last.cause instanceof CountersignError ? last.cause.code : "SERVICE_UNAVAILABLE";
  const message = `${last.reason}${last.isOutage ? ". This is an outage" : ""} (tried ${tried}; ${stop.why})`;
  const details = { remedy, ...last.cause !== void 0 && { cause: last.cause } };
  if (last.isDown && stop.isBudget) throw new ServiceOutage(code, message, details);
  fail(code, message, details);
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
export {
  OutageClock,
  ServiceOutage,
  usefulUntil,
  withRetries
};
