import { __commonJS, __require, __toESM } from "./core-errors-codes.mjs";
var require_node_http = __commonJS({
  wrapped(exports, module) {
    module.exports = __require("node:http");
  }
});

var require_node_https = __commonJS({
  wrapped(exports, module) {
    module.exports = __require("node:https");
  }
});

var bundleSuffixes = [".sigstore.jsonl", ".sigstore.json", ".sigstore", ".jsonl"];
function bundleStem(name) {
  const suffix = bundleSuffixes.find((one) => name.endsWith(one));
  return suffix === void 0 ? void 0 : name.slice(0, -suffix.length);
}

import { fail } from "./core-errors-codes.mjs";

import { require_node_util } from "./run-world-world.mjs";

var import_node_util = __toESM(require_node_util(), 1);
var Secret = class {
  #text;
  constructor(text) {
    this.#text = text;
  }
  /**
   * Returns the text itself, for the one place that sends it.
   *
   * @throws CountersignError `KEY_DISPOSED`
   */
  reveal() {
    return this.#text ?? fail("KEY_DISPOSED", "the secret was already disposed of; open a new session");
  }
  toString() {
    return "[secret]";
  }
  toJSON() {
    return "[secret]";
  }
  [import_node_util.inspect.custom]() {
    return "[secret]";
  }
  [Symbol.dispose]() {
    this.#text = void 0;
  }
};

async function loadRegistries(request, world) {
  if (request.images.length === 0) return void 0;
  const { systemRegistries } = await import("./run-world-system-registries.mjs");
  return systemRegistries(request, world);
}

function looksLikeImage(text) {
  return /^[a-z0-9][a-z0-9._:/-]*(?::\w[\w.-]*|@sha\d{3}:[0-9a-f]+)$/i.test(text);
}
function beginsLikeImage(text) {
  return /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+|[a-z0-9.-]+:\d+)(?:\/[\w-]+)+$/i.test(text);
}
export {
  Secret,
  beginsLikeImage,
  bundleStem,
  loadRegistries,
  looksLikeImage,
  require_node_http,
  require_node_https
};
