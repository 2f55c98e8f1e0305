import { CountersignError } from '../core/errors/index.ts';
import { plainLines } from '../report/index.ts';

/** The exit code of a defect of our own. */
const defect = 1;

/** Prints what went wrong, and returns the exit code that says it. */
export function reportError(error: unknown): number {
  if (!(error instanceof CountersignError)) {
    // Not the error's members, which Node would print: the one of a URL that is not valid holds its password.
    process.stderr.write(plainLines(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`));
    return defect;
  }
  const remedy = error.remedy === undefined ? '' : `${error.remedy}\n`;
  process.stderr.write(plainLines(`${error.code}: ${error.message}\n${remedy}`));
  return error.exitCode;
}
