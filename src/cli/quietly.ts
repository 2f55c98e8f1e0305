import { CountersignError } from '../core/errors/index.ts';

/** Does the work. A failure sets the exit code and prints nothing; incorrect usage and bugs are thrown. */
export async function quietly<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (failure) {
    if (!(failure instanceof CountersignError) || failure.kind === 'usage') throw failure;
    process.exitCode = failure.exitCode;
    return undefined;
  }
}
