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
export {
  inWorld
};
