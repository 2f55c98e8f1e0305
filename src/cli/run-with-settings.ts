/** Runs a command of the user with settings in its environment, and with the terminal and the signals of this process. */

import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fail, systemCode } from '../core/errors/index.ts';

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does the work, which runs a command. Meanwhile, signals are passed to that command instead of ending this process, so that the work can
 * clean up. After a signal before its start, the command is not started.
 *
 * @param work calls its parameter with the settings; the result is the exit code: 128 plus the number of the signal if one ended the
 *   command
 */
export async function withCommand(
  command: readonly string[],
  work: (run: (settings: Readonly<Record<string, string>>) => Promise<number>) => Promise<number>,
): Promise<number> {
  let child: ChildProcess | undefined;
  let early: NodeJS.Signals | undefined;
  // The terminal itself sends Ctrl-C to all processes in the foreground. A second one would often mean "stop at once".
  const isAtTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  const forward = (signal: NodeJS.Signals): void => {
    if (child === undefined) early ??= signal;
    else if (signal !== 'SIGINT' || !isAtTerminal) child.kill(signal);
  };
  for (const signal of forwarded) process.on(signal, forward);
  try {
    return await work(async (settings) => {
      if (early !== undefined) return statusOf(early);
      child = start(command, settings);
      return ended(child, command);
    });
  } finally {
    for (const signal of forwarded) process.off(signal, forward);
  }
}

function start([program = '', ...args]: readonly string[], settings: Readonly<Record<string, string>>): ChildProcess {
  // A token of the caller must not be sent to the sandbox, and two tokens would be ambiguous.
  const { SIGSTORE_ID_TOKEN: _, ...environment } = process.env;
  return spawn(program, args, { env: { ...environment, ...settings }, stdio: 'inherit' });
}

async function ended(child: ChildProcess, [program = '']: readonly string[]): Promise<number> {
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(code ?? (signal === null ? 0 : statusOf(signal))));
    });
  } catch (cause) {
    return fail('USAGE', `the command ${JSON.stringify(program)} cannot be started: ${systemCode(cause)}`, {
      cause,
      remedy: 'Check its name, and that its folder is in PATH.',
    });
  }
}

function statusOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}
