/** A program in a terminal of its own, with a person who types at it. */

import { spawn } from 'node:child_process';

export interface TerminalRun {
  readonly code: number | null;
  /** Everything that the terminal showed. */
  readonly screen: string;
}

/** A reaction to the screen. It is used once, when the text is shown. */
export interface Reaction {
  readonly to: RegExp;
  /** Returns the keys that the person presses, if any. */
  readonly react: (found: RegExpExecArray) => string | undefined | Promise<string | undefined>;
}

/** Runs a shell command in a terminal. The reactions come one after the other. */
export function inTerminal(
  command: string,
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
  reactions: readonly Reaction[],
): Promise<TerminalRun> {
  return new Promise((resolve, reject) => {
    const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      cwd,
      env: { PATH: process.env.PATH, SHELL: '/bin/sh', ...env },
    });
    const left = [...reactions];
    let screen = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      screen += text;
      for (let next = left[0]; next !== undefined; next = left[0]) {
        const found = next.to.exec(screen);
        if (found === null) return;
        left.shift();
        void Promise.resolve(next.react(found)).then((keys) => keys !== undefined && child.stdin.write(keys));
      }
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, screen }));
  });
}
