/** Runs a program, within a time and with a bounded output. */

import { spawn } from 'node:child_process';
import { dirname } from 'node:path';

export interface ProgramRequest {
  /** A name, which is looked for in PATH. */
  readonly program: string;
  readonly arguments: readonly string[];
  /** The text for its standard input. */
  readonly input: string;
  readonly timeoutMilliseconds: number;
  /** A longer output ends the program. */
  readonly maxOutputLength: number;
}

export type ProgramEnd =
  | { readonly kind: 'ended'; readonly exitCode: number; readonly output: Uint8Array }
  /** The problem reads on after the program's name: "cannot be run: ENOENT". */
  | { readonly kind: 'failed'; readonly problem: string };

export type RunProgram = (request: ProgramRequest) => Promise<ProgramEnd>;

/**
 * Runs programs with this environment. No shell is between, and what a program writes on standard error is not read.
 *
 * @param cancellation ends a program that runs
 */
export function programsOf(
  environment: Readonly<Record<string, string | undefined>>,
  cancellation?: AbortSignal,
): RunProgram {
  return (request) =>
    new Promise((resolve) => {
      const child = spawn(request.program, request.arguments, {
        env: { ...environment },
        // Windows looks into this folder before PATH: a program of that name in a workspace may be anybody's.
        cwd: dirname(process.execPath),
        stdio: ['pipe', 'pipe', 'ignore'],
        windowsHide: true,
      });
      const chunks: Buffer[] = [];
      let length = 0;
      const cancel = (): void => stop('was cancelled');
      const stop = (problem: string): void => {
        clearTimeout(deadline);
        cancellation?.removeEventListener('abort', cancel);
        child.kill('SIGKILL');
        // Something that the program started may hold the pipe open; it is not waited for.
        child.stdout.destroy();
        resolve({ kind: 'failed', problem });
      };
      const deadline = setTimeout(
        () => stop(`did not finish within ${request.timeoutMilliseconds / 1000} s`),
        request.timeoutMilliseconds,
      );
      child.stdout.on('data', (chunk: Buffer) => {
        length += chunk.length;
        chunks.push(chunk);
        if (length > request.maxOutputLength) stop(`printed more than ${request.maxOutputLength} bytes`);
      });
      child.on('error', (error: NodeJS.ErrnoException) => stop(`cannot be started (${error.code ?? 'unknown'})`));
      child.on('close', (code, signal) => {
        if (code === null) return stop(`was terminated by ${signal ?? 'a signal'}`);
        clearTimeout(deadline);
        cancellation?.removeEventListener('abort', cancel);
        resolve({ kind: 'ended', exitCode: code, output: new Uint8Array(Buffer.concat(chunks)) });
      });
      cancellation?.addEventListener('abort', cancel, { once: true });
      if (cancellation?.aborted) cancel();
      // A program that does not read what it is told may still answer.
      child.stdin.on('error', () => undefined);
      child.stdin.end(request.input);
    });
}
