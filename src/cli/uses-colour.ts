import type { WriteStream } from 'node:tty';

/**
 * Reports whether a stream gets colours: a terminal does, unless `NO_COLOR` is set (no-color.org) or the terminal is dumb. `FORCE_COLOR`
 * gives them to other streams too, such as the log of a CI system.
 */
export function usesColour(
  { isTTY }: Pick<WriteStream, 'isTTY'>,
  { NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv = process.env,
): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return isTTY === true && TERM !== 'dumb';
}
