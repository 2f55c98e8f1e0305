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

function logUrl(url) {
  return url.replace(/\/$/, "");
}
function isCertificateLog(protocol) {
  return protocol === "rfc6962" || protocol === "static-ct";
}

import { fail } from "./core-errors-codes.mjs";

function chosenLogs(urls, roots) {
  const known = roots.flatMap(({ trust }) => [...trust.transparencyLogs, ...trust.certificateTransparencyLogs]).map(({ baseUrl }) => logUrl(baseUrl));
  const chosen = new Set(urls.map(logUrl));
  const unknown = [...chosen].find((url) => !known.includes(url));
  if (unknown !== void 0)
    fail("USAGE", `the log ${JSON.stringify(unknown)} is not in the trusted root`, {
      remedy: `Use one of ${[...new Set(known)].join(", ")}, or a trusted root that names the log.`
    });
  const isChosen = ({ baseUrl }) => chosen.size === 0 || chosen.has(logUrl(baseUrl));
  return (trust) => ({
    ...trust,
    transparencyLogs: trust.transparencyLogs.filter(isChosen),
    certificateTransparencyLogs: trust.certificateTransparencyLogs.filter(isChosen)
  });
}
export {
  chosenLogs,
  inWorld,
  isCertificateLog,
  logUrl
};
