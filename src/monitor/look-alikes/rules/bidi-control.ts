import { firstInvisible } from '../skeleton.ts';
import { codePoint } from './difference.ts';
import type { CandidateRule } from './rule.ts';

const estimated = 0.95;

export const bidiControl: CandidateRule = {
  id: 'bidi-control',
  reason: 'Invisible characters hide or reorder parts of the name.',
  compares: 'candidates',
  match({ shown }) {
    const character = firstInvisible(shown);
    if (character === undefined) return undefined;
    return { score: estimated, difference: `invisible character U+${codePoint(character)}` };
  },
};
