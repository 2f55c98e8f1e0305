/** Shows what a run waits for, and how far it is: in one line of a terminal, or as a plain line from time to time elsewhere. */

import type { WriteStream } from 'node:tty';
import { plainLine, retryText } from '../report/index.ts';
import type { RetryNotice } from '../services/http/index.ts';

/** The stream, the clock and the timer of a progress display. */
export interface ProgressSystem {
  readonly stream: Pick<WriteStream, 'write' | 'isTTY' | 'columns'>;
  /** True if a stream that is not a terminal gets lines. */
  readonly isLogged: boolean;
  /** Milliseconds. */
  readonly now: () => number;
  /** Calls a function again and again; returns a function that ends this. */
  readonly every: (milliseconds: number, call: () => void) => () => void;
}

/** Shorter activities are not shown. */
const shownAfter = 1000;
/** The time between two updates of the line of a terminal. */
const refresh = 250;
/** The time until the first line in a log, and between further ones: a log keeps every line. */
const logged = { first: 30_000, next: 60_000 };

const clearLine = '\r\u001b[K';

export class Progress {
  readonly #system: ProgressSystem;
  readonly #waits = new Map<symbol, { readonly what: string; readonly since: number }>();
  #hash: Hash | undefined;
  #work: Work | undefined;
  #stop: (() => void) | undefined;
  #nextLog = 0;
  #shown = false;

  constructor(system: ProgressSystem) {
    this.#system = system;
  }

  /** Begins to wait for something: `the transparency log (https://…)`. Returns a function that ends this. */
  wait(what: string): () => void {
    const self = Symbol(what);
    this.#waits.set(self, { what, since: this.#begin() });
    return () => void this.#waits.delete(self);
  }

  /** Reports how many of so many items are done, and how many of those failed. `verb` is its participle: `signed`. */
  work(verb: string, total: number, done = 0, failed = 0): void {
    const { since, from } = this.#work ?? { since: this.#begin(), from: done };
    this.#work = { verb, total, since, from, done, failed };
  }

  /** Reports how many bytes of a file have been read. */
  hash(path: string, read: number, size: number): void {
    const since = this.#hash?.path === path ? this.#hash.since : this.#begin();
    this.#hash = read < size ? { path, since, read, size } : undefined;
  }

  /** Prints a permanent line. */
  line(text: string): void {
    this.#clear();
    this.#system.stream.write(`${plainLine(text)}\n`);
  }

  /** Prints that a request will be sent again. */
  retry(notice: RetryNotice): void {
    this.line(retryText(notice));
  }

  /** Ends the display, and clears the line of a terminal. */
  end(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#clear();
  }

  /** Starts the timer, and returns the time. */
  #begin(): number {
    const { now, every, stream } = this.#system;
    if (this.#stop === undefined) {
      this.#nextLog = now() + logged.first;
      this.#stop = every(stream.isTTY ? refresh : shownAfter, () => this.#update());
    }
    return now();
  }

  #update(): void {
    const { stream, now, isLogged } = this.#system;
    const text = plainLine(this.#text());
    if (stream.isTTY) {
      this.#clear();
      if (text === '') return;
      stream.write(text.slice(0, Math.max(20, (stream.columns || 80) - 1)));
      this.#shown = true;
    } else if (isLogged && text !== '' && now() >= this.#nextLog) {
      this.#nextLog = now() + logged.next;
      stream.write(`${text}\n`);
    }
  }

  #clear(): void {
    if (this.#shown) this.#system.stream.write(clearLine);
    this.#shown = false;
  }

  /** Returns the activities that have lasted a second; nothing if there are none. */
  #text(): string {
    const now = this.#system.now();
    const isLong = ({ since }: { readonly since: number }): boolean => now - since >= shownAfter;
    const [wait, ...others] = [...this.#waits.values()].filter(isLong).sort((a, b) => a.since - b.since);
    const [work, hash] = [this.#work, this.#hash];
    const parts = [
      ...(work && isLong(work) && work.total > 1 && work.done < work.total ? [workText(work, now)] : []),
      ...(hash && isLong(hash) ? [hashText(hash, now)] : []),
      ...(wait === undefined
        ? []
        : [
            `waiting for ${wait.what}${others.length === 0 ? '' : ` and ${others.length} more`}, ${duration(now - wait.since)}`,
          ]),
    ];
    return parts.join('; ');
  }
}

export interface ProgressOptions {
  /** Prints nothing. */
  readonly quiet?: boolean;
  /** Prints the progress only in a terminal: a program reads the output. Permanent lines are printed. */
  readonly json?: boolean | undefined;
}

const silent = { write: () => true, isTTY: false, columns: 0 };

/** Returns the display of this process on standard error. */
export function systemProgress({ quiet = false, json = false }: ProgressOptions): Progress {
  return new Progress({
    stream: quiet ? silent : process.stderr,
    isLogged: !json,
    now: () => performance.now(),
    every: (milliseconds, call) => {
      const timer = setInterval(call, milliseconds);
      timer.unref();
      return () => clearInterval(timer);
    },
  });
}

interface Work {
  readonly verb: string;
  readonly total: number;
  readonly since: number;
  /** The number of items that were done then. */
  readonly from: number;
  readonly done: number;
  readonly failed: number;
}

function workText({ verb, total, since, from, done, failed }: Work, now: number): string {
  const rate = (done - from) / ((now - since) / 1000);
  const shown = rate >= 10 ? Math.round(rate).toLocaleString('en') : rate.toFixed(1);
  return [
    `${verb} ${(done - failed).toLocaleString('en')} of ${total.toLocaleString('en')}`,
    ...(failed === 0 ? [] : [`${failed.toLocaleString('en')} failed`]),
    ...(rate === 0 ? [] : [`${shown}/s`, `${duration(((total - done) / rate) * 1000)} left`]),
  ].join(', ');
}

interface Hash {
  readonly path: string;
  readonly since: number;
  readonly read: number;
  readonly size: number;
}

function hashText({ path, since, read, size }: Hash, now: number): string {
  const rate = read / ((now - since) / 1000);
  const left = rate === 0 ? [] : [`${bytes(rate)}/s`, `${duration(((size - read) / rate) * 1000)} left`];
  return [`hashing ${path}: ${bytes(read)} of ${bytes(size)}`, ...left].join(', ');
}

function bytes(count: number): string {
  const gibibytes = count / 2 ** 30;
  return gibibytes >= 1 ? `${gibibytes.toFixed(1)} GiB` : `${Math.round(count / 2 ** 20)} MiB`;
}

/** `3 s`, `1 min 20 s`, `2 h 5 min` */
function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}
