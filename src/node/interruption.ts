/**
 * Ends a program on SIGINT or SIGTERM: in time even if something hangs, after finishing what it began, and with the status of the
 * signal.
 */

import { constants } from 'node:os';
import { setTimeout } from 'node:timers/promises';

export type EndingSignal = 'SIGINT' | 'SIGTERM';

/** The interface by which work takes over signals. */
export interface Interruption {
  /** Aborted by the first signal after {@link takeOver}. */
  readonly cancellation: AbortSignal;
  /**
   * Takes the signals over, because from here on something is under way that must be finished or reported. Before, and after a first
   * signal, a signal ends the process at once, as the system does it, even while a synchronous step runs.
   */
  takeOver(): void;
}

/** The parts of a process that ending it needs. */
export interface EndingProcess {
  readonly on: (signal: EndingSignal, listener: (signal: EndingSignal) => void) => unknown;
  readonly off: (signal: EndingSignal, listener: (signal: EndingSignal) => void) => unknown;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  /** Settles when all output is written. */
  readonly flush: () => Promise<unknown>;
  /** Reports whether a thread is in a call to the system that may never return. */
  readonly isBusy: () => boolean;
  readonly exit: (code: number) => void;
  /** Sends the process a signal for which it has no handler. */
  readonly raise: (signal: EndingSignal) => void;
}

/** The time that the work has to end after a signal. GitHub's runner kills a cancelled step after 7.5 seconds. */
const graceMilliseconds = 4000;
/** The time that a reader has to read the output. */
const flushMilliseconds = 1000;

/**
 * Does the work. If a signal comes after the work has taken the signals over, the work is cancelled, has a limited time to end, and the
 * process ends with the status 130 (SIGINT) or 143 (SIGTERM).
 *
 * @param work reports its own failure once it is cancelled: what it throws then is not seen
 * @throws what the work throws, if no signal came
 */
export async function untilInterrupted(
  work: (interruption: Interruption) => Promise<void>,
  system: EndingProcess = thisProcess,
): Promise<void> {
  const cancellation = new AbortController();
  let notify: (signal: EndingSignal) => void = () => undefined;
  const interrupted = new Promise<EndingSignal>((resolve) => {
    notify = resolve;
  });
  const onSignal = (signal: EndingSignal): void => {
    // The second signal ends the process at once.
    release();
    notify(signal);
    cancellation.abort();
  };
  const release = (): void => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) system.off(signal, onSignal);
  };
  let isTaken = false;
  const takeOver = (): void => {
    if (isTaken) return;
    isTaken = true;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) system.on(signal, onSignal);
  };

  const done = work({ cancellation: cancellation.signal, takeOver });
  const settled = done.then(
    () => undefined,
    () => undefined,
  );
  const signal = await Promise.race([interrupted, settled]);
  if (signal === undefined) {
    release();
    return done;
  }
  await Promise.race([settled, system.sleep(graceMilliseconds)]);
  return end(signal, system);
}

async function end(signal: EndingSignal, system: EndingProcess): Promise<never> {
  await Promise.all([Promise.race([system.flush(), system.sleep(flushMilliseconds)]), untilIdle(system)]);
  // Exiting waits for every thread: where one hangs, only the signal itself ends the process.
  if (system.isBusy()) system.raise(signal);
  else system.exit(128 + constants.signals[signal]);
  return new Promise<never>(() => undefined);
}

/** Waits a while for calls that have not returned yet. */
async function untilIdle({ isBusy, sleep }: EndingProcess): Promise<void> {
  for (let looks = 0; looks < 10 && isBusy(); looks++) await sleep(flushMilliseconds / 10);
}

/** Calls to the system that run in a thread, and can hang: those of files, and of name servers. */
const threaded = /^(?:FSReq|FILEHANDLECLOSEREQ|GetAddrInfoReq|GetNameInfoReq)/;

const thisProcess: EndingProcess = {
  on: (signal, listener) => process.on(signal, listener),
  off: (signal, listener) => process.off(signal, listener),
  sleep: setTimeout,
  flush: () => Promise.all([process.stdout, process.stderr].map(flushed)),
  isBusy: () => process.getActiveResourcesInfo().some((resource) => threaded.test(resource)),
  exit: (code) => process.exit(code),
  raise: (signal) => void process.kill(process.pid, signal),
};

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}
