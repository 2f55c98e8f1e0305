import { describeEdits } from './difference.ts';
import type { EditRule } from './rule.ts';
import { editScore, type MeasuredByLength } from './score.ts';

const measured: MeasuredByLength = {
  short: { squats: 35, legitimate: 141 },
  medium: { squats: 25, legitimate: 29 },
  long: { squats: 106, legitimate: 34 },
};

export const distance2: EditRule = {
  id: 'distance-2',
  reason: 'Two characters differ.',
  compares: 'edits',
  match(edits, target) {
    if (edits.length !== 2) return undefined;
    return { score: editScore(measured, edits, target), difference: describeEdits(edits) };
  },
};
