/** Prints the documents of `--json`: one for each run, on success and on failure. */

import { CountersignError } from '../core/errors/index.ts';
import { failureJson, plainJson } from '../report/index.ts';
import { errorInFlags } from './option-names.ts';
import { bug } from './report-error.ts';

/** Prints a document on one line. */
export function printJson(value: object): void {
  process.stdout.write(`${plainJson(JSON.stringify(value))}\n`);
}

/**
 * Does the work of a command. If it fails and JSON was requested, prints a document with the failure.
 *
 * @param members the members that the document has besides `version`, `exitCode` and `failure`
 * @throws what the work throws
 */
export async function orFailureJson<Result>(
  json: boolean | undefined,
  members: object,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (json) printJson(failureDocument(error, members));
    throw error;
  }
}

/** Returns the document of a run that failed. */
export function failureDocument(error: unknown, members: object = {}): object {
  return { version: 1, ...members, ...failureMembers(error) };
}

function failureMembers(error: unknown): object {
  if (!(error instanceof CountersignError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { exitCode: bug, failure: { code: null, kind: 'bug', message, remedy: null } };
  }
  return { exitCode: error.exitCode, failure: failureJson(errorInFlags(error)) };
}
