import { systemWorld } from "./node-regular-file.mjs";
import { __callDispose, __using } from "./core-errors-reference.mjs";
async function inWorld({ retryBudget = 0, quiet = false }, command) {
  var _stack = [];
  try {
    const controller = new AbortController();
    let running = Promise.resolve();
    let watching;
    let watch;
    const world = __using(_stack, systemWorld({
      cancellation: controller.signal,
      retryBudgetMilliseconds: retryBudget,
      onRequest: async () => {
        watching ??= import("./cli-watch.mjs").then(({ watchCommand }) => watchCommand(running, controller, quiet));
        watch = await watching;
      },
      onRetry: (notice) => watch?.onRetry(notice)
    }));
    running = command(world);
    try {
      await running;
    } finally {
      watch?.end();
    }
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    __callDispose(_stack, _error, _hasError);
  }
}

import { homedir } from "node:os";
import { join, resolve } from "node:path";
async function instanceRequest({ instance: name, ...options }, purpose) {
  const path = (given) => given === void 0 ? void 0 : resolve(given);
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  const request = {
    name,
    purpose,
    trustedRoot: path(options.trustedRoot),
    signingConfig: path(options.signingConfig),
    tufUrl: options.tufUrl,
    tufRoot: path(options.tufRoot),
    logVersion: options.logVersion,
    cacheDirectory: join(cache, "countersign", "tuf"),
    mode: options.offlineStale ? "offline-stale" : options.offline ? "offline" : "online"
  };
  if (name !== "sandbox") return request;
  const { sandboxFiles } = await import("./cli-sandbox-settings.mjs");
  return { ...request, ...sandboxFiles(request, options.logVersion, process.env) };
}

import { Secret } from "./node-concurrency.mjs";

import { utf8Text } from "./node-regular-file.mjs";

import { readToEnd } from "./node-regular-file.mjs";

import { fail, systemCode } from "./core-errors-reference.mjs";

import * as files from "node:fs/promises";
var maxPasswordLength = 64 * 1024;
async function readAccount(options) {
  const { registry, registryUsername: user, registryPassword: path } = options;
  if (user === void 0 && path === void 0) return void 0;
  if (user === void 0 || path === void 0)
    return fail("USAGE", "`registry-username` and `registry-password` must be given together");
  const bytes = await readToEnd(files, path, maxPasswordLength).catch(
    (cause) => (
      // Without the path, which could be the password itself.
      fail("USAGE", `the file given as \`registry-password\` cannot be read: ${systemCode(cause) ?? "unknown error"}`, {
        remedy: "Check the path."
      })
    )
  ) ?? fail("USAGE", `the file given as \`registry-password\` is larger than ${maxPasswordLength} bytes`);
  const text = utf8Text(bytes, "USAGE", "the file given as `registry-password`");
  const password = text.replace(/\r?\n$/, "");
  if (password === "") fail("USAGE", "the file given as `registry-password` contains no password");
  return { registry, user, password: new Secret(password) };
}
export {
  inWorld,
  instanceRequest,
  readAccount
};
