/** Runs the script of a stage, with its timeout. */

import { statSync } from 'node:fs';
import { fail } from '../../src/core/errors/index.ts';
import type { StageHost, StageRun } from './stage.ts';
import { cancellationSchedule, runStepProcess, type StepProcessEnd } from './step-process.ts';
import type { StepRecorder } from './step-recorder.ts';

/** The end of the process; without an exit code if none was started. */
export interface ScriptEnd extends Omit<StepProcessEnd, 'exitCode'> {
  readonly exitCode: number | undefined;
  readonly timedOut: boolean;
}

const notStarted = { exitCode: undefined, signal: undefined, cancelled: false, timedOut: false } as const;

/**
 * Runs the script in a process of its own. Failures to start it are recorded as the step's.
 *
 * @throws CountersignError `USAGE`, if there is no Node to run it with
 */
export async function runScript(
  recorder: StepRecorder,
  host: StageHost,
  run: StageRun,
  environment: Readonly<Record<string, string>>,
): Promise<ScriptEnd> {
  const cancelled = (): boolean => run.signal?.aborted === true;
  if (cancelled()) {
    recorder.annotate('error', 'The operation was canceled.');
    return { ...notStarted, cancelled: true };
  }
  const target = joinUnchanged(run.actionDirectory, run.script);
  if (statSync(target, { throwIfNoEntry: false })?.isFile() !== true) {
    recorder.fail('The script of the action is missing.', `File not found: '${target}'`);
    return notStarted;
  }
  const schedule = { ...cancellationSchedule, ...host.schedule };
  using timeout = new Timeout(run.timeoutMinutes * schedule.minute);
  const command = host.nodeBinaries[run.manifest.using] ?? process.execPath;
  try {
    const end = await runStepProcess({
      command,
      arguments: [target],
      directory: host.workspace,
      environment,
      cancellation: AbortSignal.any([timeout.signal, ...(run.signal === undefined ? [] : [run.signal])]),
      schedule,
      onLine: (stream, line) => recorder.line(stream, line),
    });
    // If the job is cancelled at the same moment, that counts.
    const timedOut = end.cancelled && !cancelled();
    if (timedOut) {
      const minutes = run.timeoutMinutes;
      recorder.annotate('error', `The action '${run.displayName}' has timed out after ${minutes} minutes.`);
    } else if (end.cancelled) recorder.annotate('error', 'The operation was canceled.');
    else recorder.debug(`Node Action run completed with exit code ${end.exitCode}`);
    return { ...end, cancelled: end.cancelled && !timedOut, timedOut };
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (syscall === undefined || !syscall.startsWith('spawn')) throw cause;
    if (code === 'ENOENT') fail('USAGE', `Node was not found at ${command}`, { cause });
    // Other reasons, such as an environment that is too large, are the step's failure.
    recorder.fail('The process could not be started.', cause);
    return notStarted;
  }
}

/** A signal that aborts after so many milliseconds, or never if that is 0. */
class Timeout implements Disposable {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(milliseconds: number) {
    this.#timer = milliseconds > 0 ? setTimeout(() => this.#controller.abort(), milliseconds) : undefined;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}

/** Joins paths as the runner does: `..` stays in them, for Node to resolve. */
function joinUnchanged(directory: string, path: string): string {
  return /[\\/]$/.test(directory) ? `${directory}${path}` : `${directory}/${path}`;
}
