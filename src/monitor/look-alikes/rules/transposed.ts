import { describeEdits } from './difference.ts';
import type { EditRule } from './rule.ts';
import { precision } from './score.ts';

const measured = { squats: 141, legitimate: 1 };

export const transposed: EditRule = {
  id: 'transposed',
  reason: 'Two neighbouring characters are transposed.',
  compares: 'edits',
  match(edits) {
    const [edit] = edits;
    if (edits.length !== 1 || edit?.kind !== 'transposed') return undefined;
    return { score: precision(measured), difference: describeEdits(edits) };
  },
};
