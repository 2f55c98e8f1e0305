import { systemWorld } from "./run-world-world.mjs";
import { __callDispose, __using } from "./core-errors-reference.mjs";
async function inWorld({ retryBudget = 0, quiet = false, json = false }, command) {
  var _stack = [];
  try {
    const controller = new AbortController();
    const start = performance.now();
    let running = Promise.resolve();
    let watching;
    let progress;
    const watch = async () => {
      watching ??= import("./cli-watch.mjs").then(({ watchCommand }) => watchCommand(running, controller, { quiet, json }));
      progress = await watching;
      return progress;
    };
    const showProgress = (show) => {
      if (progress !== void 0) show(progress);
      else if (performance.now() - start > 1e3) void watch().then(show);
    };
    const world = __using(_stack, systemWorld({
      cancellation: controller.signal,
      retryBudgetMilliseconds: retryBudget,
      onRequest: async (what) => (await watch()).wait(what),
      onRetry: (notice) => progress?.retry(notice),
      onHash: (path, read, size) => showProgress((shown) => shown.hash(path, read, size))
    }));
    running = command(world, showProgress);
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

import { failureJson } from "./options-shared.mjs";

import { bug } from "./cli-option-names.mjs";

import { errorInFlags, inFlags } from "./cli-option-names.mjs";

import { plainJson, plainLine } from "./core-errors-reference.mjs";

import { CountersignError } from "./core-errors-reference.mjs";

function printJson(value) {
  process.stdout.write(`${plainJson(JSON.stringify(value))}
`);
}
async function orFailureJson(json, members, work) {
  try {
    return await work();
  } catch (error) {
    if (json) printJson(failureDocument(error, members));
    throw error;
  }
}
function failureDocument(error, members = {}) {
  return { version: 1, ...members, ...failureMembers(error) };
}
function failureMembers(error) {
  if (!(error instanceof CountersignError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { exitCode: bug, failure: { code: null, kind: "bug", message, remedy: null } };
  }
  return { exitCode: error.exitCode, failure: failureJson(errorInFlags(error)) };
}

import "./options-sign.mjs";

import "./options-policy.mjs";

import "./options-policy.mjs";

import "./options-shared.mjs";

import "./options-shared.mjs";

import { instanceRequest } from "./cli-instance-request.mjs";

import { publishedTrustedRoot } from "./run-world-world.mjs";

function trustedRootCommand(options) {
  return inWorld({ retryBudget: options.retryBudget }, async (world) => {
    const { json, warnings } = await publishedTrustedRoot(await instanceRequest(options, "trusted-root"), world);
    for (const warning of warnings) process.stderr.write(`${plainLine(`Warning: ${inFlags(warning)}`)}
`);
    process.stdout.write(`${plainJson(json)}
`);
  });
}
export {
  failureDocument,
  inWorld,
  orFailureJson,
  orFailureJson as orFailureJson_2,
  printJson,
  printJson as printJson_2,
  trustedRootCommand
};
