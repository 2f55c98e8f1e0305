/** Starts the process of a step, reads its output, and stops it, as the runner does. */

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { constants as osConstants, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { LineReader, type RawLine } from './lines.ts';

/** The time that the process has, in milliseconds, after each step of a cancellation. */
export interface CancellationSchedule {
  /** After SIGINT, before SIGTERM. */
  readonly interrupt: number;
  /** After SIGTERM, before the whole process tree is killed. */
  readonly terminate: number;
  /** After the end of the process, for descendants that still hold its output open. */
  readonly drain: number;
  /** A minute of `timeout-minutes`. */
  readonly minute: number;
}

/** The schedule of GitHub's runner. */
export const cancellationSchedule: CancellationSchedule = {
  interrupt: 7500,
  terminate: 2500,
  drain: 5000,
  minute: 60_000,
};

export interface StepProcess {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly cancellation: AbortSignal | undefined;
  readonly schedule: CancellationSchedule;
  /** Called with each line, without its end. */
  readonly onLine: (stream: RawLine['stream'], line: string) => void;
}

export interface StepProcessEnd {
  /** The exit code; 128 plus the number of the signal for a process that a signal ended. */
  readonly exitCode: number;
  readonly signal: NodeJS.Signals | undefined;
  /** True if the process was cancelled while it ran. Its exit code is then ignored. */
  readonly cancelled: boolean;
}

const windows = process.platform === 'win32';

/** Runs a process to its end. Rejects if it cannot be started, or if `onLine` throws. */
export async function runStepProcess(request: StepProcess): Promise<StepProcessEnd> {
  const running = await start(request);
  const { child, exited } = running;
  let failure: { readonly cause: unknown } | undefined;
  const read = (name: RawLine['stream'], stream: Readable): Promise<void> =>
    readLines(stream, (line) => {
      if (failure !== undefined) return;
      try {
        request.onLine(name, line);
      } catch (cause) {
        failure = { cause };
        killTree(child);
      }
    });
  const drained = Promise.all([read('stdout', running.stdout), read('stderr', running.stderr)]);

  let over = false;
  let cancellation: Promise<void> | undefined;
  const cancel = (): void => {
    if (!over) cancellation ??= stop(child, exited, request.schedule);
  };
  request.cancellation?.addEventListener('abort', cancel, { once: true });
  // The signal may have come while the pipes were being made.
  if (request.cancellation?.aborted === true) cancel();
  try {
    const end = await exited;
    over = true;
    if (!(await settles(drained, request.schedule.drain))) {
      killTree(child);
      // Processes that have left the group cannot be killed; their output is not waited for.
      running.stdout.destroy();
      running.stderr.destroy();
      await drained;
    }
    await cancellation;
    if (failure !== undefined) throw failure.cause;
    return { ...end, cancelled: cancellation !== undefined };
  } finally {
    request.cancellation?.removeEventListener('abort', cancel);
  }
}

interface Running {
  readonly child: ChildProcess;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly exited: Promise<Omit<StepProcessEnd, 'cancelled'>>;
}

async function start(request: StepProcess): Promise<Running> {
  const pipes = windows ? undefined : await openPipes();
  try {
    const child = spawn(request.command, request.arguments, {
      cwd: request.directory,
      env: request.environment,
      stdio: ['pipe', pipes?.stdout.write ?? 'pipe', pipes?.stderr.write ?? 'pipe'],
      // A process group of its own, so that its descendants can be killed with it. Signals before that go to it alone.
      detached: !windows,
      windowsHide: true,
    });
    const exited = new Promise<Omit<StepProcessEnd, 'cancelled'>>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) =>
        resolve({
          exitCode: code ?? 128 + (signal === null ? 0 : osConstants.signals[signal]),
          signal: signal ?? undefined,
        }),
      );
    });
    // If the process never starts, `spawned` rejects, and nobody awaits this promise.
    exited.catch(() => undefined);
    // Steps have no input: who reads standard input finds its end.
    child.stdin?.on('error', () => undefined).end();
    await spawned(child);
    const stdout = pipes === undefined ? child.stdout : readingEnd(pipes.stdout);
    const stderr = pipes === undefined ? child.stderr : readingEnd(pipes.stderr);
    if (stdout === null || stderr === null) throw new Error('the process has no output to read');
    return { child, stdout, stderr, exited };
  } catch (cause) {
    if (pipes !== undefined) for (const pipe of [pipes.stdout, pipes.stderr]) closeSync(pipe.read);
    throw cause;
  } finally {
    // The process has copies of its own. As long as these are open, its output does not end.
    if (pipes !== undefined) for (const pipe of [pipes.stdout, pipes.stderr]) closeSync(pipe.write);
  }
}

function spawned(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
}

interface Pipe {
  readonly read: number;
  readonly write: number;
}

/**
 * Opens pipes for the output of a process. Node itself would use pairs of sockets: they hold three times as much as a pipe, so that output
 * that `process.exit()` cuts off on GitHub would arrive here, and they cannot be opened as /dev/stdout.
 */
async function openPipes(): Promise<{ readonly stdout: Pipe; readonly stderr: Pipe }> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-runner-'));
  try {
    const paths = [join(folder, 'stdout'), join(folder, 'stderr')] as const;
    await promisify(execFile)('mkfifo', ['-m', '600', ...paths]);
    return { stdout: openPipe(paths[0]), stderr: openPipe(paths[1]) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function openPipe(path: string): Pipe {
  // The reading end comes first, without waiting for a writer: otherwise each end would block until the other is opened.
  const read = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return { read, write: openSync(path, constants.O_WRONLY) };
}

function readingEnd(pipe: Pipe): Readable {
  return new Socket({ fd: pipe.read, readable: true, writable: false });
}

function readLines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  return new Promise((resolve) => {
    const decoder = new TextDecoder();
    const lines = new LineReader();
    const deliver = (completed: readonly string[]): void => {
      for (const line of completed) onLine(line);
    };
    stream.on('data', (bytes: Uint8Array) => deliver(lines.push(decoder.decode(bytes, { stream: true }))));
    // An error is the end of the output, too.
    stream.on('error', () => undefined);
    stream.once('close', () => {
      deliver([...lines.push(decoder.decode()), ...lines.end()]);
      resolve();
    });
  });
}

/**
 * Sends SIGINT, then SIGTERM, then kills the process and its descendants.
 *
 * On Windows the runner sends Ctrl-C and Ctrl-Break, which Node cannot: there the first signal ends the process at once.
 */
async function stop(child: ChildProcess, exited: Promise<unknown>, schedule: CancellationSchedule): Promise<void> {
  child.kill('SIGINT');
  if (await settles(exited, schedule.interrupt)) return;
  child.kill('SIGTERM');
  if (await settles(exited, schedule.terminate)) return;
  killTree(child);
}

/** Reports whether a promise settles within a time. */
function settles(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), milliseconds);
    const settled = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    promise.then(settled, settled);
  });
}

function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (windows) {
    execFile('taskkill', ['/T', '/F', '/PID', String(child.pid)], () => undefined);
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is empty.
  }
}
