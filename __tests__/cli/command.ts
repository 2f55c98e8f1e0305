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
  readonly onStart?: (interrupt: () => void) => void;
  /** Called with all that it has printed so far, each time that it prints. */
  readonly onOutput?: (stdout: string, interrupt: () => void) => void;
}

/** Runs it to its end, with an environment in which nothing is set. */
export function countersign(
  job: Job,
  args: readonly string[],
  { cwd, env, isUnread = false, onStart, onOutput }: RunOptions,
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(job.action, 'dist', 'cli.mjs'), ...args], {
      cwd,
      env: { PATH: process.env.PATH, HOME: job.path('home'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const interrupt = (): void => void child.kill('SIGINT');
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      onOutput?.(stdout, interrupt);
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    if (isUnread) child.stdout.destroy();
    child.once('spawn', () => onStart?.(interrupt));
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
