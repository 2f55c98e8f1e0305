import { describeEdits } from './difference.ts';
import type { EditRule } from './rule.ts';
import { editScore, type MeasuredByLength } from './score.ts';

const measured: MeasuredByLength = {
  short: { squats: 8, legitimate: 61 },
  medium: { squats: 5, legitimate: 8 },
  long: { squats: 8, legitimate: 4 },
};

export const substituted: EditRule = {
  id: 'substituted',
  reason: 'A character is replaced by another one.',
  compares: 'edits',
  match(edits, target) {
    const [edit] = edits;
    if (edits.length !== 1 || edit?.kind !== 'substituted') return undefined;
    return { score: editScore(measured, edits, target), difference: describeEdits(edits) };
  },
};
