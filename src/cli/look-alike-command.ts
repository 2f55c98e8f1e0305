/** `countersign look-alike` */

import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fail } from '../core/errors/index.ts';
import { LookAlikeFinder } from '../monitor/look-alikes/index.ts';
import type { lookAlikeRows } from '../options/index.ts';
import { lookAlikeJson, lookAlikeText } from '../report/index.ts';
import type { CommandValues } from './command-values.ts';
import { orFailureJson } from './json-output.ts';

export type LookAlikeOptions = CommandValues<typeof lookAlikeRows, 'look-alike'>;

/**
 * Prints for each candidate whether it looks like a protected name, and why. Candidates from standard input are explained as they arrive.
 *
 * @throws CountersignError `USAGE` without a target or kind, or for a target that does not have the form of its kind
 */
export async function lookAlikeCommand(
  candidates: readonly string[],
  { target: targets, kind, json = false }: LookAlikeOptions,
): Promise<void> {
  const explain = await orFailureJson(json, {}, async () => {
    if (kind === undefined) return fail('USAGE', '`--kind` is missing', { remedy: 'Specify the kind of the names.' });
    if (targets.length === 0) return fail('USAGE', '`--target` is missing', { remedy: 'Specify a protected name.' });
    const finder = new LookAlikeFinder(targets.map((name) => ({ kind, name })));
    return (candidate: string): string => {
      const found = finder.find({ kind, name: candidate });
      return json ? lookAlikeJson(candidate, found) : lookAlikeText(candidate, found);
    };
  });
  for (const argument of candidates) {
    for await (const candidate of argument === '-' ? standardInput() : [argument]) {
      if (!(await print(explain(candidate)))) return;
    }
  }
}

/** Returns the lines of standard input, without blank ones and without the white space around names. */
async function* standardInput(): AsyncIterable<string> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const name = line.replace(/^[ \t\r]+|[ \t\r]+$/g, '');
    if (name !== '') yield name;
  }
}

/** Prints a text, at the pace of the reader. Returns false if the reader has closed the pipe. */
async function print(text: string): Promise<boolean> {
  const { stdout } = process;
  if (stdout.destroyed) return false;
  if (stdout.write(text)) return true;
  try {
    await once(stdout, 'drain');
    return true;
  } catch {
    // The command reports other errors of its output like any command.
    return false;
  }
}
