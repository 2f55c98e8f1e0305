import { constants } from "node:os";
import { setTimeout } from "node:timers/promises";
var graceMilliseconds = 4e3;
var flushMilliseconds = 1e3;
async function untilInterrupted(work, system = thisProcess) {
  const cancellation = new AbortController();
  let notify = () => void 0;
  const interrupted = new Promise((resolve) => {
    notify = resolve;
  });
  const onSignal = (signal2) => {
    release();
    notify(signal2);
    cancellation.abort();
  };
  const release = () => {
    for (const signal2 of ["SIGINT", "SIGTERM"]) system.off(signal2, onSignal);
  };
  let isTaken = false;
  const takeOver = () => {
    if (isTaken) return;
    isTaken = true;
    for (const signal2 of ["SIGINT", "SIGTERM"]) system.on(signal2, onSignal);
  };
  const done = work({ cancellation: cancellation.signal, takeOver });
  const settled = done.then(
    () => void 0,
    () => void 0
  );
  const signal = await Promise.race([interrupted, settled]);
  if (signal === void 0) {
    release();
    return done;
  }
  await Promise.race([settled, system.sleep(graceMilliseconds)]);
  return end(signal, system);
}
async function end(signal, system) {
  await Promise.all([Promise.race([system.flush(), system.sleep(flushMilliseconds)]), untilIdle(system)]);
  if (system.isBusy()) system.raise(signal);
  else system.exit(128 + constants.signals[signal]);
  return new Promise(() => void 0);
}
async function untilIdle({ isBusy, sleep }) {
  for (let looks = 0; looks < 10 && isBusy(); looks++) await sleep(flushMilliseconds / 10);
}
var threaded = /^(?:FSReq|FILEHANDLECLOSEREQ|GetAddrInfoReq|GetNameInfoReq)/;
var thisProcess = {
  on: (signal, listener) => process.on(signal, listener),
  off: (signal, listener) => process.off(signal, listener),
  sleep: setTimeout,
  flush: () => Promise.all([process.stdout, process.stderr].map(flushed)),
  isBusy: () => process.getActiveResourcesInfo().some((resource) => threaded.test(resource)),
  exit: (code) => process.exit(code),
  raise: (signal) => void process.kill(process.pid, signal)
};
function flushed(stream) {
  return new Promise((resolve) => stream.write("", () => resolve()));
}
export {
  untilInterrupted
};
