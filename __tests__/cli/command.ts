/** The built command, run as somebody runs it who has installed it. */

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Job } from '../action/job.ts';

export interface Run {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Nobody reads what it prints, as when `head` has seen enough. */
  readonly isUnread?: boolean;
  /** Called with the process as soon as it runs. */
  readonly onStart?: (interrupt: Interrupt) => void;
  /** Called with all that it has printed so far, each time that it prints. */
  readonly onOutput?: (stdout: string, interrupt: Interrupt) => void;
  /** Called likewise for standard error. */
  readonly onErrorOutput?: (stderr: string, interrupt: Interrupt, type: Type) => void;
  /** Standard input is a pipe, into which `type` writes. By default, it is empty. */
  readonly hasInput?: boolean;
  /** Bytes that are written to standard input, which stays open, and a function that is called when the command has read most of them. */
  readonly input?: { readonly bytes: Uint8Array; readonly onRead: (interrupt: Interrupt) => void };
  /** Arguments of node, before the command. */
  readonly nodeArguments?: readonly string[];
}

/** Sends the process a signal, SIGINT by default. */
export type Interrupt = (signal?: NodeJS.Signals) => void;

/** Writes a line to standard input. */
export type Type = (line: string) => void;

/** Runs it to its end, with an environment in which nothing is set. */
export function countersign(
  job: Job,
  args: readonly string[],
  {
    cwd,
    env,
    isUnread = false,
    onStart,
    onOutput,
    onErrorOutput,
    hasInput = false,
    input,
    nodeArguments = [],
  }: RunOptions,
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...nodeArguments, join(job.action, 'dist', 'cli.mjs'), ...args], {
      cwd,
      env: { PATH: process.env.PATH, HOME: job.path('home'), ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    if (!hasInput && input === undefined) child.stdin.end();
    const type: Type = (line) => void child.stdin.write(`${line}\n`);
    const interrupt: Interrupt = (signal = 'SIGINT') => void child.kill(signal);
    // The command may end before it has read everything.
    child.stdin.on('error', () => undefined);
    if (input !== undefined) child.stdin.write(input.bytes, () => input.onRead(interrupt));
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      onOutput?.(stdout, interrupt);
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
      onErrorOutput?.(stderr, interrupt, type);
    });
    if (isUnread) child.stdout.destroy();
    child.once('spawn', () => onStart?.(interrupt));
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
