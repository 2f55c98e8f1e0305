import { lowerCase } from '../names/lower-case.ts';
import type { TextRule } from './rule.ts';

/** Estimated: npm tells such names apart, PyPI does not. */
const estimated = 0.5;

export const letterCase: TextRule = {
  id: 'letter-case',
  reason: 'The name differs only in upper and lower case.',
  compares: 'texts',
  keys: ({ name, shown }) => (name === 'package name' || name === 'workflow file' ? [lowerCase(shown)] : []),
  match(target, candidate) {
    if (target.shown === candidate.shown) return undefined;
    const at = [...target.shown].findIndex((character, index) => character !== candidate.shown[index]);
    return { score: estimated, difference: `another case from character ${at + 1} on` };
  },
};
