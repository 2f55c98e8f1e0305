import { systemWorld } from "./run-world-world.mjs";
import { __callDispose, __using } from "./core-errors-codes.mjs";
async function inWorld({ retryBudget = 0, quiet = false, json = false }, command) {
  var _stack = [];
  try {
    const controller = new AbortController();
    const start = performance.now();
    let running = Promise.resolve();
    let opening;
    let progress;
    const openProgress = async () => {
      opening ??= import("./cli-cancel-on-signal.mjs").then(
        ({ cancelOnSignal }) => cancelOnSignal(running, controller, { quiet, json })
      );
      progress = await opening;
      return progress;
    };
    const show = (call) => {
      if (progress !== void 0) call(progress);
      else if (performance.now() - start > 1e3) void openProgress().then(call);
    };
    const wait = async (what) => (await openProgress()).wait(what);
    const world = __using(_stack, systemWorld({
      cancellation: controller.signal,
      retryBudgetMilliseconds: retryBudget,
      onRequest: wait,
      onRetry: (notice) => progress?.retry(notice),
      onHash: (path, read, size) => show((shown) => shown.hash(path, read, size))
    }));
    running = command(world, { show, wait });
    try {
      await running;
    } finally {
      progress?.end();
    }
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    __callDispose(_stack, _error, _hasError);
  }
}

import { homedir } from "node:os";
import { join, resolve } from "node:path";
async function instanceRequest({
  instance: name,
  ...options
}, purpose) {
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
  const isComplete = purpose === "verify" && request.trustedRoot !== void 0;
  if (name !== "sandbox" || isComplete) return request;
  const { sandboxFiles } = await import("./cli-sandbox-settings.mjs");
  return { ...request, ...sandboxFiles(request, options.logVersion, process.env) };
}
export {
  inWorld,
  instanceRequest
};
