import { plainLine } from "./core-errors-reference.mjs";
var Progress = class {
  #stream;
  #signed = 0;
  #unsigned = 0;
  #shown = false;
  constructor(stream) {
    this.#stream = stream;
  }
  /** Counts a finished subject. */
  subject(result) {
    if ("error" in result) this.#unsigned++;
    else this.#signed++;
    if (!this.#stream.isTTY) return;
    const failed = this.#unsigned === 0 ? "" : `, failed ${this.#unsigned}`;
    const text = plainLine(`signed ${this.#signed}${failed}: ${result.subject.name}`);
    this.#stream.write(`\r\x1B[K${text.slice(0, Math.max(20, (this.#stream.columns ?? 80) - 1))}`);
    this.#shown = true;
  }
  /** Prints a permanent line. */
  line(text) {
    this.end();
    this.#stream.write(`${plainLine(text)}
`);
  }
  /** Clears the progress line. */
  end() {
    if (this.#shown) this.#stream.write("\r\x1B[K");
    this.#shown = false;
  }
};

import { untilInterrupted } from "./node-interruption.mjs";

import { retryText } from "./node-safe-file-name.mjs";

import "./core-errors-reference.mjs";

var silent = { write: () => true, isTTY: false, columns: 0 };
function watchCommand(running, controller, quiet) {
  const progress = new Progress(quiet ? silent : process.stderr);
  untilInterrupted(({ cancellation, takeOver }) => {
    takeOver();
    cancellation.addEventListener("abort", () => {
      progress.line("Interrupted. A second signal stops immediately.");
      controller.abort();
    });
    return running;
  }).catch(() => void 0);
  return { onRetry: (notice) => progress.line(retryText(notice)), end: () => progress.end() };
}
export {
  Progress,
  watchCommand
};
