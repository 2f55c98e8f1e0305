/** Spoilt bundles, and which of them get through. */

import { type Base, verifies } from './bases.ts';

export interface Mutant {
  readonly what: string;
  readonly json: string | Uint8Array;
  /** Why it may verify. */
  readonly why: string | undefined;
}

/** Why those verify that may. */
export const found = new Set<string>();

/** Those of the mutants that verify and may not. */
export async function survivors(base: Base, mutants: Iterable<Mutant>): Promise<readonly string[]> {
  const wrong: string[] = [];
  const judge = async ({ what, json, why }: Mutant): Promise<void> => {
    if (!(await verifies(base, json))) return;
    if (why === undefined) wrong.push(what);
    else found.add(why);
  };
  // Several at once: signatures are verified on other threads.
  let running: Promise<void>[] = [];
  for (const mutant of mutants) {
    running.push(judge(mutant));
    if (running.length === 16) {
      await Promise.all(running);
      running = [];
    }
  }
  await Promise.all(running);
  return wrong;
}
