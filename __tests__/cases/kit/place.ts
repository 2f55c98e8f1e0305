/** Finds the parts of the cases: bundles of others, in the folder that `COUNTERSIGN_CASES` names. */

import { fileURLToPath } from 'node:url';

type Part = 'suite' | 'cpython' | 'real' | 'reports' | 'mutants' | 'vectors';

const { placeOf }: { readonly placeOf: (part: Part) => string | undefined } = await import(
  fileURLToPath(new URL('../../../scripts/cases/parts.mjs', import.meta.url))
);

/** Returns the folder of a part, or undefined if it is not there. */
export { placeOf };

/** Returns the folder of a part, which must be there. */
export function placeWith(part: Part): string {
  const place = placeOf(part);
  if (place === undefined) throw new Error(`the cases have no ${part}: npm run test:cases says how to get it`);
  return place;
}
