import { setFailed } from '@actions/core';
import { CountersignError } from '../core/errors/index.ts';
import { keepYoungGenerationSmall } from '../node/index.ts';
import { plainLines } from '../report/index.ts';

/** Runs the work of a step. An error fails the step. */
export async function runStep(work: () => Promise<void>): Promise<void> {
  keepYoungGenerationSmall();
  try {
    await work();
  } catch (error) {
    setFailed(plainLines(describe(error)));
  }
}

function describe(error: unknown): string {
  if (!(error instanceof CountersignError))
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [`${error.code}: ${error.message}`, ...(error.remedy === undefined ? [] : [error.remedy])].join('\n');
}
