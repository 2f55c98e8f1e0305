import { __commonJS, __require } from "./core-errors-codes.mjs";
var require_node_util = __commonJS({
  wrapped(exports, module) {
    module.exports = __require("node:util");
  }
});

async function loadInstance(request, world) {
  const { readInstance } = await import("./run-world-read-instance.mjs");
  return readInstance(request, world);
}
async function publishedTrustedRoot(request, world) {
  const { readPublishedTrustedRoot } = await import("./run-world-read-instance.mjs");
  return readPublishedTrustedRoot(request, world);
}

import { randomBytes } from "node:crypto";
import * as files from "node:fs/promises";
var never = new AbortController().signal;
function systemWorld(options = {}) {
  const { cancellation = never } = options;
  const clock = () => /* @__PURE__ */ new Date();
  let network;
  const through = (choose) => {
    let chosen;
    return async (request) => {
      const ended = await options.onRequest?.(`${request.service} (${request.url.origin})`);
      try {
        network ??= import("./run-world-network.mjs").then(({ openNetwork }) => openNetwork({ ...options, cancellation }, clock));
        chosen ??= network.then(choose);
        return await (await chosen)(request);
      } finally {
        ended?.();
      }
    };
  };
  return {
    clock,
    random: randomBytes,
    http: through(({ http }) => http),
    retrying: (http) => through(({ retrying }) => retrying(http)),
    files,
    ...options.onHash && { onHash: options.onHash },
    cancellation,
    [Symbol.dispose]: () => void network?.then((opened) => opened[Symbol.dispose]())
  };
}
export {
  loadInstance,
  publishedTrustedRoot,
  require_node_util,
  systemWorld
};
