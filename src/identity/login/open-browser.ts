/** Opens a page in the person's browser. No shell is between: an address can contain characters that a shell executes. */

import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import type { Environment } from '../providers/provider.ts';

type Command = readonly [program: string, ...args: readonly string[]];

/**
 * Returns the commands that open an address, in the order in which they are tried.
 *
 * @param environment `BROWSER` has commands, separated as in PATH; `%s` stands for the address, which is otherwise the last argument
 */
export function browserCommands(url: URL, environment: Environment, platform: NodeJS.Platform): readonly Command[] {
  const given = (environment.BROWSER ?? '').split(delimiter).flatMap((text) => {
    const [program, ...args] = words(text);
    if (program === undefined) return [];
    const filledIn = args.map((argument) => argument.replaceAll('%s', () => url.href));
    return [[program, ...filledIn, ...(args.some((argument) => argument.includes('%s')) ? [] : [url.href])] as const];
  });
  if (given.length > 0) return given;
  if (platform === 'darwin') return [['open', url.href]];
  // `start` belongs to cmd.exe, which would execute what follows a `&` in the address.
  if (platform === 'win32') return [['rundll32', 'url.dll,FileProtocolHandler', url.href]];
  return [['xdg-open', url.href]];
}

/** Splits a command into its words. Quotes keep spaces; nothing else is special. */
function words(command: string): readonly string[] {
  const found = command.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g);
  return [...found].map(([word]) => word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single));
}

/**
 * Opens an address with the first command that can.
 *
 * @returns the reason if none can. A program that does not end, such as a browser itself, has succeeded as far as anyone can tell; then
 *   the promise stays pending.
 */
export async function openBrowser(
  url: URL,
  environment: Environment,
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> {
  const problems: string[] = [];
  for (const command of browserCommands(url, environment, platform)) {
    const problem = await run(command, environment);
    if (problem === undefined) return undefined;
    problems.push(problem);
  }
  return problems.join('; ');
}

function run([program, ...args]: Command, environment: Environment): Promise<string | undefined> {
  const { SIGSTORE_ID_TOKEN: _, ...rest } = environment;
  return new Promise((resolve) => {
    const child = spawn(program, args, { env: rest, stdio: 'ignore', detached: true, windowsHide: true });
    child.on('error', (error: NodeJS.ErrnoException) => resolve(`${program} cannot be started (${error.code})`));
    child.on('exit', (code) => resolve(code === 0 ? undefined : `${program} ended with ${code ?? 'a signal'}`));
    // It may stay open for longer than this program runs.
    child.unref();
  });
}
