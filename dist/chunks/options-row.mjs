import { __commonJS, __require } from "./core-errors-codes.mjs";
var require_node_util = __commonJS({
  wrapped(exports, module) {
    module.exports = __require("node:util");
  }
});

var text = { type: "text" };
var path = { type: "path" };
var list = { type: "list", separator: /\n/ };
var commaList = { type: "list", separator: /[\n,]/ };
var paths = { type: "paths" };
var flag = { type: "switch" };
var duration = { type: "duration" };
var secret = { type: "secret" };
var jobCount = { type: "job-count", max: 1e3 };
var artifactId = { type: "artifact-id" };
var artifactDigest = { type: "artifact-digest" };
function choice(values) {
  return { type: "choice", values };
}
function expression(text2) {
  return `\${{ ${text2} }}`;
}
function count(max) {
  return { type: "count", max };
}

function inputsOf(table, action) {
  return Object.entries(table).flatMap(([key, row]) => {
    const description = textFor(row.action ?? row.about, action);
    if (description === void 0) return [];
    const none = row.form.type === "switch" ? "false" : "";
    return [
      {
        key,
        name: row.input ?? optionName(key),
        form: row.form,
        description: row.action === void 0 && row.form.type === "list" ? `${description.text} One per line.` : description.text,
        default: description.default ?? row.default ?? none
      }
    ];
  });
}
function flagsOf(table, command) {
  return Object.entries(table).flatMap(([key, row]) => {
    const description = textFor(row.command ?? row.about, command);
    if (row.flags === void 0 || row.command !== void 0 && description === void 0) return [];
    return [
      { key, row, flags: row.flags, description: description?.text, default: description?.default ?? row.default }
    ];
  });
}
function textFor(texts, frontEnd) {
  const found = typeof texts === "object" ? texts[frontEnd] : texts;
  return typeof found === "string" ? { text: found } : found;
}
function optionName(key) {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

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
  artifactDigest,
  artifactId,
  choice,
  commaList,
  count,
  duration,
  expression,
  flag,
  flagsOf,
  inputsOf,
  jobCount,
  list,
  loadInstance,
  optionName,
  path,
  paths,
  publishedTrustedRoot,
  require_node_util,
  secret,
  systemWorld,
  text
};
