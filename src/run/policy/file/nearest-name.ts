/** Suggests a name for a mistyped one. Loaded only for an error. */

// For programs of which this folder is a part only by imports, such as the type check of the sandbox.
/// <reference path="./damerau-levenshtein.d.ts" />
import distance from 'damerau-levenshtein';

/** Longer texts are not mistyped names. */
const longest = 64;

/** Returns the known name that differs least; `undefined` if all differ in more than a third of their characters. */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  if (given.length > longest) return undefined;
  const text = given.toLowerCase().replaceAll('_', '-');
  const ranked = known
    .map((name) => ({ name, steps: distance(text, name.toLowerCase()).steps }))
    .filter(({ name, steps }) => steps <= Math.max(1, Math.floor(Math.max(name.length, text.length) / 3)))
    .sort((one, other) => one.steps - other.steps);
  return ranked[0]?.name;
}
