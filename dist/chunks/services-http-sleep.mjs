import { setTimeout } from "node:timers/promises";
var sleep = (milliseconds, cancellation) => setTimeout(milliseconds, void 0, cancellation === void 0 ? {} : { signal: cancellation });
export {
  sleep
};
