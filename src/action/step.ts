/** The step of an action as a process: how it is cancelled, how it fails, how it ends. */

import { setFailed } from '@actions/core';
import { CountersignError } from '../core/errors/index.ts';
import { plainLines } from '../report/index.ts';

/** Does the work; what it throws fails the step. The signal is aborted when the runner cancels it. */
export async function runStep(work: (cancellation: AbortSignal) => Promise<void>): Promise<void> {
  const cancellation = new AbortController();
  process.once('SIGINT', () => cancellation.abort());
  process.once('SIGTERM', () => cancellation.abort());
  try {
    await work(cancellation.signal);
  } catch (error) {
    setFailed(plainLines(describe(error)));
  }
  if (cancellation.signal.aborted) await endNow();
}

/** GitHub's artifact client takes no signal: its connections would hold a cancelled step up until the runner kills it. */
async function endNow(): Promise<never> {
  const written = (stream: NodeJS.WriteStream): Promise<void> =>
    new Promise((resolve) => stream.write('', () => resolve()));
  await Promise.all([process.stdout, process.stderr].map(written));
  // The one place that ends the process: all that was printed is out.
  return process.exit();
}

function describe(error: unknown): string {
  if (!(error instanceof CountersignError))
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [`${error.code}: ${error.message}`, ...(error.remedy === undefined ? [] : [error.remedy])].join('\n');
}
