import { retryText } from "./report-retry-text.mjs";
import { plainLine } from "./options-row.mjs";
var shownAfter = 1e3;
var refresh = 250;
var logged = { first: 3e4, next: 6e4 };
var clearLine = "\r\x1B[K";
var Progress = class {
  #system;
  #waits = /* @__PURE__ */ new Map();
  #hash;
  #work;
  #stop;
  #nextLog = 0;
  #shown = false;
  constructor(system) {
    this.#system = system;
  }
  /** Begins to wait for something: `the transparency log (https://…)`. Returns a function that ends this. */
  wait(what) {
    const self = Symbol(what);
    this.#waits.set(self, { what, since: this.#begin() });
    return () => void this.#waits.delete(self);
  }
  /** Reports how many of so many items are done, and how many of those failed. `verb` is its participle: `signed`. */
  work(verb, total, done = 0, failed = 0) {
    const { since, from } = this.#work ?? { since: this.#begin(), from: done };
    this.#work = { verb, total, since, from, done, failed };
  }
  /** Reports how many bytes of a file have been read. */
  hash(path, read, size) {
    const since = this.#hash?.path === path ? this.#hash.since : this.#begin();
    this.#hash = read < size ? { path, since, read, size } : void 0;
  }
  /** Prints a permanent line. */
  line(text) {
    this.#clear();
    this.#system.stream.write(`${plainLine(text)}
`);
  }
  /** Prints that a request will be sent again. */
  retry(notice) {
    this.line(retryText(notice));
  }
  /** Ends the display, and clears the line of a terminal. */
  end() {
    this.#stop?.();
    this.#stop = void 0;
    this.#clear();
  }
  /** Starts the timer, and returns the time. */
  #begin() {
    const { now, every, stream } = this.#system;
    if (this.#stop === void 0) {
      this.#nextLog = now() + logged.first;
      this.#stop = every(stream.isTTY ? refresh : shownAfter, () => this.#update());
    }
    return now();
  }
  #update() {
    const { stream, now, isLogged } = this.#system;
    const text = plainLine(this.#text());
    if (stream.isTTY) {
      this.#clear();
      if (text === "") return;
      stream.write(text.slice(0, Math.max(20, (stream.columns || 80) - 1)));
      this.#shown = true;
    } else if (isLogged && text !== "" && now() >= this.#nextLog) {
      this.#nextLog = now() + logged.next;
      stream.write(`${text}
`);
    }
  }
  #clear() {
    if (this.#shown) this.#system.stream.write(clearLine);
    this.#shown = false;
  }
  /** Returns the activities that have lasted a second; nothing if there are none. */
  #text() {
    const now = this.#system.now();
    const isLong = ({ since }) => now - since >= shownAfter;
    const [wait, ...others] = [...this.#waits.values()].filter(isLong).sort((a, b) => a.since - b.since);
    const [work, hash] = [this.#work, this.#hash];
    const parts = [
      ...work && isLong(work) && work.total > 1 && work.done < work.total ? [workText(work, now)] : [],
      ...hash && isLong(hash) ? [hashText(hash, now)] : [],
      ...wait === void 0 ? [] : [
        `waiting for ${wait.what}${others.length === 0 ? "" : ` and ${others.length} more`}, ${duration(now - wait.since)}`
      ]
    ];
    return parts.join("; ");
  }
};
var silent = { write: () => true, isTTY: false, columns: 0 };
function systemProgress({ quiet = false, json = false }) {
  return new Progress({
    stream: quiet ? silent : process.stderr,
    isLogged: !json,
    now: () => performance.now(),
    every: (milliseconds, call) => {
      const timer = setInterval(call, milliseconds);
      timer.unref();
      return () => clearInterval(timer);
    }
  });
}
function workText({ verb, total, since, from, done, failed }, now) {
  const rate = (done - from) / ((now - since) / 1e3);
  const shown = rate >= 10 ? Math.round(rate).toLocaleString("en") : rate.toFixed(1);
  return [
    `${verb} ${(done - failed).toLocaleString("en")} of ${total.toLocaleString("en")}`,
    ...failed === 0 ? [] : [`${failed.toLocaleString("en")} failed`],
    ...rate === 0 ? [] : [`${shown}/s`, `${duration((total - done) / rate * 1e3)} left`]
  ].join(", ");
}
function hashText({ path, since, read, size }, now) {
  const rate = read / ((now - since) / 1e3);
  const left = rate === 0 ? [] : [`${bytes(rate)}/s`, `${duration((size - read) / rate * 1e3)} left`];
  return [`hashing ${path}: ${bytes(read)} of ${bytes(size)}`, ...left].join(", ");
}
function bytes(count) {
  const gibibytes = count / 2 ** 30;
  return gibibytes >= 1 ? `${gibibytes.toFixed(1)} GiB` : `${Math.round(count / 2 ** 20)} MiB`;
}
function duration(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1e3));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds % 3600 / 60)} min`;
}
export {
  systemProgress
};
