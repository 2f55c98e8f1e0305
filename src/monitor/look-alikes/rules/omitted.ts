import { describeEdits } from './difference.ts';
import type { EditRule } from './rule.ts';
import { editScore, type MeasuredByLength } from './score.ts';

const measured: MeasuredByLength = {
  short: { squats: 12, legitimate: 15 },
  medium: { squats: 21, legitimate: 5 },
  long: { squats: 24, legitimate: 6 },
};

export const omitted: EditRule = {
  id: 'omitted',
  reason: 'A character is missing.',
  compares: 'edits',
  match(edits, target) {
    const [edit] = edits;
    if (edits.length !== 1 || edit?.kind !== 'omitted') return undefined;
    return { score: editScore(measured, edits, target), difference: describeEdits(edits) };
  },
};
