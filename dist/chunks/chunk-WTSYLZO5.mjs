import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);
import {
  artifactOutcomes,
  worstOf
} from "./chunk-F7AKDO5X.mjs";
import {
  fail
} from "./chunk-4KXGZMC2.mjs";

// src/run/demand-verified.ts
function demandVerified(report) {
  const outcomes = artifactOutcomes(report);
  const failed = outcomes.filter(({ failure: failure2 }) => failure2 !== void 0);
  const failure = worstOf(failed.map((outcome) => outcome.failure));
  const worst = failed.find((outcome) => outcome.failure === failure);
  if (failure === void 0 || worst === void 0) return;
  const many = outcomes.length === 1 ? "" : `${failed.length} of ${outcomes.length} artifacts are not verified; `;
  fail(failure.code, `${many}${worst.artifact}: ${failure.message}`, {
    cause: failure,
    ...failure.remedy !== void 0 && { remedy: failure.remedy }
  });
}

// src/run/local-world.ts
import { randomBytes } from "node:crypto";
import * as files from "node:fs/promises";
var never = new AbortController().signal;
function localWorld(options = {}) {
  let network;
  const open = async () => (await import("./system-world-CDLQN4IB.mjs")).systemWorld(options);
  return {
    clock: () => /* @__PURE__ */ new Date(),
    random: randomBytes,
    http: async (request) => {
      network ??= open();
      return (await network).http(request);
    },
    files,
    cancellation: options.cancellation ?? never,
    [Symbol.dispose]: () => void network?.then((opened) => opened[Symbol.dispose]())
  };
}

export {
  demandVerified,
  localWorld
};
