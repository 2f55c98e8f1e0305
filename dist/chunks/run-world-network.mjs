import { openHttp } from "./services-http-http.mjs";
import { OutageClock, withRetries } from "./services-http-retry.mjs";
import { sleep } from "./services-http-sleep.mjs";
import "./services-http-explain-failure.mjs";
import "./services-http-back-off.mjs";
import "./report-retry-text.mjs";
import "./services-http-public-address.mjs";
import "./services-http-answer.mjs";
import "./core-encoding-json.mjs";
import "./core-errors-codes.mjs";
import { randomBytes } from "node:crypto";
function openNetwork({ cancellation, retryBudgetMilliseconds: budget = 0, onRetry }, clock) {
  const connections = openHttp("countersign", cancellation);
  const options = {
    ...{ budget, clock, random: randomBytes, sleep, cancellation, outages: new OutageClock(clock) },
    ...onRetry !== void 0 && { onRetry: withoutRepeats(onRetry, clock) }
  };
  const retrying = (http) => withRetries(http, options);
  return {
    http: retrying(connections.send),
    retrying,
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
