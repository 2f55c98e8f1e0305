/** Asks the person at the terminal. Answers are read from standard input, and everything is printed on standard error. */

import { createInterface } from 'node:readline';
import type { Terminal } from '../identity/index.ts';
import { plainLine } from '../report/index.ts';

/** The streams of a process that a terminal has. */
export interface TerminalStreams {
  readonly stdin: NodeJS.ReadableStream & {
    readonly isTTY?: boolean;
    readonly ref?: () => unknown;
    readonly unref?: () => unknown;
  };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** Returns the terminal of the process. */
export function processTerminal({ stdin, stderr }: TerminalStreams = process): Terminal {
  return {
    isInteractive: stdin.isTTY === true && stderr.isTTY === true,
    print: (line) => void stderr.write(`${plainLine(line)}\n`),
    ask: (question, end) =>
      new Promise((resolve, reject) => {
        stderr.write(question);
        stdin.ref?.();
        // The terminal itself echoes and edits the line, so that Ctrl-C is a signal as everywhere else.
        const lines = createInterface({ input: stdin, terminal: false });
        const finish = (settle: () => void): void => {
          settle();
          end.removeEventListener('abort', abort);
          lines.close();
          // A pipe that stays open must not keep the program running.
          stdin.pause();
          stdin.unref?.();
        };
        const abort = (): void => {
          stderr.write('\n');
          finish(() => reject(end.reason));
        };
        end.addEventListener('abort', abort, { once: true });
        lines.once('line', (line) => finish(() => resolve(line)));
        lines.once('close', () => resolve(undefined));
        if (end.aborted) abort();
      }),
  };
}
