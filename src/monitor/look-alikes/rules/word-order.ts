import type { TextRule } from './rule.ts';
import { precision } from './score.ts';

const measured = { squats: 4, legitimate: 8 };

export const wordOrder: TextRule = {
  id: 'word-order',
  reason: 'The name has the same words in another order.',
  compares: 'texts',
  keys({ name, text }) {
    const words = text.split(/[-_.]/);
    return name === 'ref' || words.length === 1 ? [] : [words.sort().join('-')];
  },
  match: (target, candidate) => ({
    score: precision(measured),
    difference: `"${candidate.text}" has the words of "${target.text}"`,
  }),
};
