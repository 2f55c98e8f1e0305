/** Requests tokens from the programs of CI systems, which print them. */

import { decodeUtf8 } from '../../core/encoding/index.ts';
import { fail } from '../../core/errors/index.ts';
import { type RunProgram, Secret } from '../../node/index.ts';

const timeoutMilliseconds = 30_000;
const maxOutputLength = 64 * 1024;

export interface TokenCommand {
  readonly program: string;
  readonly arguments: readonly string[];
  /** The next step if the program prints no token. */
  readonly remedy: string;
}

/**
 * Runs a program that prints a token. No error repeats its output, which can contain the token.
 *
 * @throws CountersignError `TOKEN_PERMISSION_MISSING`
 */
export async function printedToken(run: RunProgram, command: TokenCommand): Promise<Secret> {
  const { program, arguments: given, remedy } = command;
  const refuse = (problem: string): never =>
    fail('TOKEN_PERMISSION_MISSING', `no identity token: ${program} ${problem}`, { remedy });
  const ended = await run({ program, arguments: given, input: '', timeoutMilliseconds, maxOutputLength });
  if (ended.kind === 'failed') return refuse(ended.problem);
  if (ended.exitCode !== 0) return refuse(`exited with code ${ended.exitCode}`);
  return new Secret(decodeUtf8(ended.output)?.trim() || refuse('printed no token'));
}
