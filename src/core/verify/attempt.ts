import { CountersignError } from '../errors/index.ts';

/** Returns the result of a reader; `undefined` if it refuses what it reads, which fails where it is verified. */
export function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CountersignError) return undefined;
    throw error;
  }
}
