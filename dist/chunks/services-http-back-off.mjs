import { readUint } from "./core-encoding-json.mjs";
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

import { CountersignError, fail } from "./core-errors-codes.mjs";

function readSecretAnswer(what, read) {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    const code = error.code === "LIMIT_EXCEEDED" ? error.code : "SERVICE_RESPONSE_INVALID";
    return fail(code, `${what} is not the expected JSON`);
  }
}
export {
  backOff,
  readSecretAnswer,
  retryAfter
};
