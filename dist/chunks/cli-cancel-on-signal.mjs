import { systemProgress } from "./cli-progress.mjs";
import { untilInterrupted } from "./node-interruption.mjs";
import { keepYoungGenerationSmall } from "./node-young-generation.mjs";
import "./report-retry-text.mjs";
import "./options-row.mjs";
import "./core-errors-codes.mjs";
function cancelOnSignal(running, controller, options) {
  keepYoungGenerationSmall();
  const progress = systemProgress(options);
  untilInterrupted(({ cancellation, takeOver }) => {
    takeOver();
    cancellation.addEventListener("abort", () => {
      progress.line("Interrupted. A second signal stops immediately.");
      controller.abort();
    });
    return running;
  }).catch(() => void 0);
  return progress;
}
export {
  cancelOnSignal
};
