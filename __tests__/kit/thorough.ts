/** Decides how much the exhaustive tests do: a part by default, everything with `COUNTERSIGN_THOROUGH=1`, as in CI. */

export const isThorough = process.env.COUNTERSIGN_THOROUGH === '1';

/** Returns the number for a thorough run, or the smaller one for any other. */
export function amount(thorough: number, usual: number): number {
  return isThorough ? thorough : usual;
}

/** Yields one in so many of the cases, from the first on; in a thorough run all of them. */
export function* oneIn<Case>(count: number, cases: Iterable<Case>): Generator<Case> {
  let at = 0;
  for (const one of cases) if (at++ % count === 0 || isThorough) yield one;
}
