/** A program, run to its end. */

import { spawn } from 'node:child_process';

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  /** All there is in its environment, but for where programs are: no proxy, no settings of whoever runs the tests. */
  readonly env: Readonly<Record<string, string>>;
}

export function run(program: string, args: readonly string[], { cwd, env }: RunOptions): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** The path of a judge, which `npm run test:interop` installs. */
export function judgePath(variable: string): string {
  const path = process.env[variable];
  if (!path)
    throw new Error(`${variable} is not set: run these tests by npm run test:interop, which brings the judges`);
  return path;
}
