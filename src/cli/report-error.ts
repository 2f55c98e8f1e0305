import { CountersignError } from '../core/errors/index.ts';
import { plainLines } from '../report/index.ts';
import { errorInFlags } from './option-names.ts';

/** The exit code for a bug in Countersign. */
export const bug = 1;

/** Prints an error, and returns its exit code. */
export function reportError(error: unknown): number {
  if (!(error instanceof CountersignError)) {
    // Without the error's properties, which Node would print: an invalid URL among them can hold a password.
    process.stderr.write(plainLines(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`));
    return bug;
  }
  const { code, exitCode, message, remedy } = errorInFlags(error);
  process.stderr.write(plainLines(`${code}: ${message}\n${remedy === undefined ? '' : `${remedy}\n`}`));
  return exitCode;
}
