import { describeEdits } from './difference.ts';
import type { EditRule } from './rule.ts';
import { editScore, type MeasuredByLength } from './score.ts';

const measured: MeasuredByLength = {
  short: { squats: 8, legitimate: 22 },
  medium: { squats: 12, legitimate: 9 },
  long: { squats: 8, legitimate: 1 },
};

export const inserted: EditRule = {
  id: 'inserted',
  reason: 'There is an additional character.',
  compares: 'edits',
  match(edits, target) {
    const [edit] = edits;
    if (edits.length !== 1 || edit?.kind !== 'inserted') return undefined;
    return { score: editScore(measured, edits, target), difference: describeEdits(edits) };
  },
};
